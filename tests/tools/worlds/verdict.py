"""How a reading stands to the truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["wrong", "unclear", "passed as sound"]


@dataclass(frozen=True)
class Finding:
    """What is not as it should be in one world."""

    kind: Kind
    about: str
    """What of the page it is about; findings are counted by this."""
    detail: str


def wrong(about: str, truth: object, read: object) -> Finding:
    """A reading that goes against the truth."""
    return Finding("wrong", about, f"{about}: a person reads {truth}, the reader {read}")


def unclear(about: str, why: object) -> Finding:
    """A fact that a reader leaves open."""
    return Finding("unclear", about, f"{about}: {why}")
