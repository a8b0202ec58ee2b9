"""The matrix as a page of the living documentation: one file that opens from a disk, in the report's own dress."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import steps.reporting
from steps.reporting.failure_message import words_of
from steps.reporting.report_model import format_duration
from tests.tools.faults.judging import Sight, tags_of
from tests.tools.faults.telling import MARKS, headline_of

if TYPE_CHECKING:
    from tests.tools.faults.judging import Line, Seen

_OWN = Path(__file__).parent
_DRESS = Path(next(iter(steps.reporting.__path__))) / "page" / "report.css"
_MEANINGS = {
    Sight.CAUGHT: "caught: a scenario of what the fault breaks says so",
    Sight.EXPECTED: "seen as well: it breaks this too, for the reason given below",
    Sight.CUT_OFF: "cut off: the scenario says on the way what is broken",
    Sight.HOLDS: "holds: the fault changes nothing here",
    Sight.WRONG: "unexpected: red, and nobody would expect it",
}


def write_matrix(file: Path, lines: list[Line], seconds: float) -> None:
    """Write the page; `seconds` is how long all of it took."""
    environment = Environment(
        loader=FileSystemLoader(_OWN), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(
        kind=lambda sight: sight.replace(" ", "-"), format_duration=format_duration, words=words_of
    )
    tags = tags_of(lines)
    page = environment.get_template("matrix.html").render(
        dress=Markup(_DRESS.read_text(encoding="utf-8")),  # noqa: S704 - the project's own file
        lines=lines,
        tags=tags,
        chapters=_chapters(lines, tags),
        headline=headline_of(lines),
        right=not any(line.troubles for line in lines),
        runs=sum(len(line.seen) for line in lines),
        seconds=seconds,
        written=f"{datetime.now(UTC):%-d %B %Y, %H:%M} UTC",
        marks=MARKS,
        meanings=_MEANINGS,
        counted=_counted,
        caught=lambda line: line.sights(Sight.CAUGHT),
        beside=_beside,
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page, encoding="utf-8")


def _chapters(lines: list[Line], tags: list[str]) -> dict[str, list[Line]]:
    """Put the faults under what they break."""
    faults = [line for line in lines if line.fault]
    return {tag: found for tag in tags if (found := [one for one in faults if one.fault and one.fault.breaks == tag])}


def _counted(line: Line, tag: str) -> str:
    """Say of a cell how many of its scenarios went how."""
    there = [one for one in line.seen if one.tag == tag]
    sights = [(sight, sum(one.sight is sight for one in there)) for sight in Sight]
    return ", ".join(f"{count} {sight}" for sight, count in sights if count)


def _beside(line: Line) -> list[tuple[str, str]]:
    """Give what else is said to be broken, each with the catalogue's reason."""
    said: list[Seen] = line.sights(Sight.EXPECTED)
    return [(tag, reason) for tag, reason in (line.fault.also if line.fault else {}).items() if tag in _blamed(said)]


def _blamed(seen: list[Seen]) -> set[str]:
    return {one.blames for one in seen}
