"""Which scenarios are known to catch each fault, so that a run need not meet all that might.

`catches.toml` names them for each fault by feature and title, as the last run with `--record` has seen it: the quickest
one that catches the fault, and those that are the only ones to turn a Then red.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from steps.reporting.run_document import Scenario

CATCHES = Path(__file__).with_name("catches.toml")


def name_of(scenario: Scenario) -> str:
    """Return a scenario's feature and title, which no run changes."""
    return f"{Path(scenario.feature).stem}: {scenario.title}"


def known_catches(path: Path = CATCHES) -> dict[str, list[str]]:
    """Return the names of scenarios by the fault that they catch; nothing where none was recorded."""
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
