"""A run on one screen, by promise: what the terminal shows at its end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from steps.reporting.coverage import coverage_lines
from steps.reporting.report_model import view_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.reporting.report_model import Section
    from steps.reporting.run_document import Run, VerdictName

COLOURS: dict[VerdictName, str] = {
    "passed": "green", "failed": "red", "flaky": "yellow",
    "not verified": "yellow", "refused": "yellow", "blocked": "yellow",
}  # fmt: skip
_SCREEN = 24
"""Lines above which promises that hold are counted instead of listed."""
_REASONS = 6
_WORDS: dict[VerdictName, str] = {"failed": "FAILED", "flaky": "FLAKY"}
_WIDTH = 88


def summary_lines(run: Run) -> Iterator[tuple[str, str]]:
    """Return the lines, each with the colour that it has on a terminal ("" for none)."""
    view = view_of([(run, Path())])
    short = sum(len(sections) + 1 for sections in view.chapters.values()) > _SCREEN
    for title, sections in view.chapters.items():
        yield title, ""
        for section in sections:
            if not (short and section.verdict == "passed"):
                yield _line(section), COLOURS[section.verdict]
        holding = sum(section.verdict == "passed" for section in sections)
        if short and holding:
            others = "" if holding == len(sections) else " other" if holding == 1 else " others"
            yield f"  {holding}{others} hold{'s' if holding == 1 else ''}", "green"
    for verdict, reason, rows in view.unverified[:_REASONS]:
        yield f"{verdict} ({len(rows)}): {reason}", COLOURS[verdict]
    if len(view.unverified) > _REASONS:
        yield f"… and {len(view.unverified) - _REASONS} other reasons, in the report", "yellow"
    yield from ((line, "") for line in coverage_lines(run.coverage))
    yield from ((waiver, "yellow") for waiver in run.waivers)
    for one in [row for rows in view.red.values() for row, _ in rows if row.verdict == "flaky"][:_REASONS]:
        yield f"flaky: {one.scenario.title}: {one.reason}", COLOURS["flaky"]
    total = ", ".join(f"{count} {verdict}" for verdict, count in run.counts.items() if count)
    yield f"{len(run.scenarios)} scenario{'s' if len(run.scenarios) != 1 else ''}: {total}", COLOURS[view.verdict]


def _line(section: Section) -> str:
    promise = section.promise
    title = f"{promise.step:<4} {promise.title}" if promise.kind == "promise" else promise.title
    counts = ", ".join(_counts(section))
    return f"  {title if len(title) <= _WIDTH else title[: _WIDTH - 1] + '…':<{_WIDTH}}  {counts}"


def _counts(section: Section) -> Iterator[str]:
    """Yield how many scenarios ended how; those that broke on their way say nothing of the promise itself."""
    failures = [cell.failure for row in section.rows for cell in row.cells if cell and cell.verdict == "failed"]
    on_the_way = sum(one is not None and bool(one.promise) for one in failures)
    for verdict, count in section.counts:
        if verdict != "failed":
            yield f"{count} {_WORDS.get(verdict, verdict)}"
            continue
        if count > on_the_way:
            yield f"{count - on_the_way} {_WORDS[verdict]}"
        if on_the_way:
            yield f"{on_the_way} FAILED on the way"
