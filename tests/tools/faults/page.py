"""The matrix as a page of the living documentation: one file that opens from a disk, made with the report's kit."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from steps.reporting.html_kit import write_html
from tests.tools.faults.judging import Sight, tags_of
from tests.tools.faults.telling import MARKS, covered, headline_of

if TYPE_CHECKING:
    from steps.reporting.then_faults import ThenFaults
    from tests.tools.faults.judging import Line, Seen

_TEMPLATE = Path(__file__).parent / "matrix.html"
_MEANINGS = {
    Sight.CAUGHT: "caught: a scenario of what the fault breaks says so",
    Sight.EXPECTED: "seen as well: it breaks this too, for the reason given below",
    Sight.CUT_OFF: "cut off: the scenario says on the way what is broken",
    Sight.UNCLEAR: "unclear: not verified, and says what would settle it",
    Sight.HOLDS: "holds: the fault changes nothing here",
    Sight.WRONG: "unexpected: red, and nobody would expect it",
}


def write_matrix(file: Path, lines: list[Line], thens: list[ThenFaults], lacking: list[str], seconds: float) -> None:
    """Write the page; `lacking` names the Thens that no fault turns red, `seconds` is how long all of it took."""
    tags = tags_of(lines)
    write_html(
        file,
        _TEMPLATE,
        lines=lines,
        tags=tags,
        chapters=_chapters(lines, tags),
        headline=headline_of(lines),
        warnings=[],
        thens=_by_scenario(thens),
        covered=covered(thens),
        lacking=lacking,
        verdict="failed" if lacking or any(line.troubles for line in lines) else "passed",
        runs=sum(len(line.seen) for line in lines),
        seconds=seconds,
        written=f"{datetime.now(UTC):%-d %B %Y, %H:%M} UTC",
        marks=MARKS,
        meanings=_MEANINGS,
        counted=_counted,
        caught=lambda line: line.sights(Sight.CAUGHT),
        beside=_beside,
    )


def _by_scenario(thens: list[ThenFaults]) -> dict[tuple[str, str], list[ThenFaults]]:
    """Group the Thens by feature and scenario."""
    found: dict[tuple[str, str], list[ThenFaults]] = {}
    for one in thens:
        found.setdefault((one.then.feature, one.then.scenario), []).append(one)
    return found


def _chapters(lines: list[Line], tags: list[str]) -> dict[str, list[Line]]:
    """Group the faults by what they break."""
    faults = [line for line in lines if line.fault]
    return {tag: found for tag in tags if (found := [one for one in faults if one.fault and one.fault.breaks == tag])}


def _counted(line: Line, tag: str) -> str:
    """Count how the scenarios of a cell went."""
    there = [one for one in line.seen if one.tag == tag]
    sights = [(sight, sum(one.sight is sight for one in there)) for sight in Sight]
    return ", ".join(f"{count} {sight}" for sight, count in sights if count)


def _beside(line: Line) -> list[tuple[str, str]]:
    """Return what else is reported broken, each with the catalogue's reason."""
    said: list[Seen] = line.sights(Sight.EXPECTED)
    return [(tag, reason) for tag, reason in (line.fault.also if line.fault else {}).items() if tag in _blamed(said)]


def _blamed(seen: list[Seen]) -> set[str]:
    return {one.blames for one in seen}
