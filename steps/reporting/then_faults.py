"""Which faults of the fake turn which Then red: what `make faults` has found, for those who read a report.

A Then stands here under its feature, its scenario's title and its words, so that what was found of one that has been
changed since is not told of it. The packages of an outline are one: `<package>` stands for each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from steps.reporting.run_document import Scenario, Step

FILE_NAME = "thens.json"
MATRIX = "faults.html"
"""The page of the matrix, which stands beside the file."""
_PACKAGE = "package"
_CONTINUES = ("And", "But", "*")


class Then(Struct, frozen=True):
    """A Then, or an And behind one: its feature, its scenario's title, its words."""

    feature: str
    scenario: str
    words: str


class ThenFaults(Struct):
    """A Then, the line where it stands, and the faults with which its scenario was red at exactly this step."""

    then: Then
    line: int
    faults: list[str]


Found = dict[Then, list[str]]


def thens_of(scenario: Scenario) -> Iterator[tuple[Then, Step]]:
    """Yield each Then of a scenario, with its step."""
    keyword = ""
    for step in scenario.result.steps:
        keyword = keyword if step.keyword in _CONTINUES else step.keyword
        if keyword == "Then":
            yield then_of(scenario, step), step


def then_of(scenario: Scenario, step: Step) -> Then:
    """Return a step of a scenario as a Then."""
    amount = scenario.example.get(_PACKAGE)
    words = [scenario.title, step.text]
    title, text = (one.replace(amount, f"<{_PACKAGE}>") if amount else one for one in words)
    return Then(scenario.feature, title, text)


def save(found: list[ThenFaults], file: Path) -> None:
    """Write what was found. Raises OSError."""
    file.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1))


def load(places: list[Path]) -> Mapping[Then, list[str]]:
    """Return what was found, from the first of these directories that has the file; nothing where none has."""
    file = next((one for place in places if (one := place / FILE_NAME).is_file()), None)
    try:
        found = msgspec.json.decode(file.read_bytes(), type=list[ThenFaults]) if file else []
    except (OSError, msgspec.MsgspecError):  # of another version: a report does without
        found = []
    return {one.then: one.faults for one in found}
