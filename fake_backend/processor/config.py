"""How a processor is set up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fake_backend.database import Database
    from fake_backend.request_log import RequestLog


@dataclass(frozen=True)
class ProcessorConfig:
    """A processor's surroundings: its database (made with `SCHEMA`), its own address, and the request log."""

    database: Database
    processor_url: str
    request_log: RequestLog
    merchant: str = "Diaflow"
