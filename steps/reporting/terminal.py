"""What the terminal shows of verdicts: a word of their own while the run goes on, one screen by promise at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.reporting.collector import COLLECTOR
from steps.reporting.document import worst
from steps.reporting.ending import ENDED
from steps.reporting.failure import shown
from steps.reporting.grouping import chapters_of, reasons_of
from steps.reporting.outcomes import RESULT
from steps.running import RUN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.reporting.document import Run, VerdictName
    from steps.reporting.grouping import Kept

_LETTERS = {"not verified": "n", "refused": "r", "blocked": "b"}
_COLOURS: dict[VerdictName, str] = {
    "passed": "green", "failed": "red", "not verified": "yellow", "refused": "yellow", "blocked": "yellow",
}  # fmt: skip
_SCREEN = 24
"""Lines above which promises that hold are told as a number."""
_REASONS = 6
_WORDS: dict[VerdictName, str] = {"failed": "FAILED"}
_WIDTH = 88


@pytest.hookimpl(tryfirst=True)
def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, tuple[str, dict[str, bool]]] | None:
    """Show what was not verified as what it is: neither a dot nor a skip."""
    verdict = (getattr(report, RESULT, None) or {}).get("verdict")
    if verdict not in _LETTERS or report.outcome != "skipped":
        return None
    return verdict, _LETTERS[verdict], (verdict.upper(), {"yellow": True, "bold": True})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell the run by promise."""
    run = config.stash.get(ENDED, None)
    if run is None:
        _say_that_nothing_ran(terminalreporter, config)
        return
    terminalreporter.write_sep("=", f"promises, on {run.target.name}")
    for words, colour in _screen(run):
        terminalreporter.write_line(words, **({colour: True} if colour else {}))
    file = config.stash[RUN].directory.parent / "index.html"
    terminalreporter.write_line(f"report: {shown(file)}")


def _say_that_nothing_ran(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if COLLECTOR in config.stash and not config.option.collectonly:
        selection = config.stash[COLLECTOR].plan.selection
        if selection.deselected:
            by = " and ".join(selection.by) or "what was asked for"
            words = f"Nothing was run: none of the {selection.deselected} scenarios matches {by}."
            terminalreporter.write_line(words, yellow=True)


def _screen(run: Run) -> Iterator[tuple[str, str]]:
    chapters = chapters_of(run)
    short = sum(len(chapter.kept) + 1 for chapter in chapters) > _SCREEN
    for chapter in chapters:
        yield chapter.title, ""
        holding = [one for one in chapter.kept if one.verdict == "passed"]
        for one in chapter.kept:
            if not (short and one.verdict == "passed"):
                yield _line(one), _COLOURS[one.verdict]
        if short and holding:
            more = "others " if len(holding) < len(chapter.kept) else ""
            yield f"  {len(holding)} {more}hold", "green"
    yield from _reasons(run)
    total = ", ".join(f"{count} {verdict}" for verdict, count in run.counts.items() if count)
    yield f"{len(run.scenarios)} scenarios: {total}", _COLOURS[_worst(run)]


def _line(one: Kept) -> str:
    promise = one.promise
    name = f"{promise.step:<4} " if promise.kind == "promise" else ""
    title = f"{name}{promise.title}"
    counts = ", ".join(f"{count} {_WORDS.get(verdict, verdict)}" for verdict, count in one.counts)
    return f"  {title if len(title) <= _WIDTH else title[: _WIDTH - 1] + '…':<{_WIDTH}}  {counts}"


def _reasons(run: Run) -> Iterator[tuple[str, str]]:
    reasons = reasons_of(run.scenarios)
    for verdict, reason, count in reasons[:_REASONS]:
        yield f"{verdict} ({count}): {reason}", _COLOURS[verdict]
    if len(reasons) > _REASONS:
        yield f"… and {len(reasons) - _REASONS} other reasons, in the report", "yellow"


def _worst(run: Run) -> VerdictName:
    return worst([verdict for verdict, count in run.counts.items() if count])
