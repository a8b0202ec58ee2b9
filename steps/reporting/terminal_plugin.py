"""What the terminal shows of verdicts: a word of their own while the run goes on, one screen by promise at its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from steps.reporting.failure_message import FailureText, shown
from steps.reporting.github_annotations import annotate
from steps.reporting.result_collector import COLLECTOR
from steps.reporting.session_finish import ENDED, REPORT, UNWRITTEN
from steps.reporting.terminal_summary import summary_lines
from steps.reporting.verdict_hooks import RESULT
from steps.runner.run_context import RUN, is_run

if TYPE_CHECKING:
    from steps.reporting.run_document import Run

_LETTERS = {"flaky": "f", "not verified": "n", "refused": "r", "blocked": "b"}


@pytest.hookimpl(tryfirst=True)
def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, tuple[str, dict[str, bool]]] | None:
    """Show what is flaky or not verified as what it is: neither a dot nor a skip."""
    verdict = (getattr(report, RESULT, None) or {}).get("verdict")
    if verdict not in _LETTERS or report.outcome not in ("skipped", "passed"):
        return None
    return verdict, _LETTERS[verdict], (verdict.upper(), {"yellow": True, "bold": True})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the run by promise."""
    run = config.stash.get(ENDED, None)
    if run is None:
        _say_that_nothing_ran(terminalreporter, config)
        return
    terminalreporter.write_sep("=", f"promises, on {run.target.name}")
    for words, colour in summary_lines(run):
        terminalreporter.write_line(words, **({colour: True} if colour else {}))
    _show_own_mistakes(terminalreporter, run)
    if unwritten := config.stash.get(UNWRITTEN, []):
        words = f"The report could not be written where it belongs ({'; '.join(dict.fromkeys(unwritten))})."
        terminalreporter.write_line(words, red=True)
    if REPORT in config.stash:
        terminalreporter.write_line(f"report: {shown(config.stash[REPORT])}")
    annotate(run)


def _show_own_mistakes(terminalreporter: pytest.TerminalReporter, run: Run) -> None:
    """Show each mistake of the suite once, with its traceback: pytest itself shows only what failed."""
    promises = {one.id: one for one in run.promises}
    mistakes = {one.result.reason: one for one in reversed(run.scenarios) if one.result.is_own_mistake}
    for one in mistakes.values():
        terminalreporter.write_sep("_", one.title)
        place = terminalreporter.config.stash[RUN].directory
        terminalreporter.write_line(str(FailureText(one, promises[one.promise], one.result, place)))


def _say_that_nothing_ran(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if COLLECTOR in config.stash and is_run(config):
        selection = config.stash[COLLECTOR].plan.selection
        if selection.deselected:
            by = " and ".join(selection.by) or "what was asked for"
            words = f"Nothing was run: none of the {selection.deselected} scenarios matches {by}."
            if amount := re.search(r"(?<![\d,])\d{4,}", by):
                words += f' Did you mean "{int(amount[0]):,}"?'
            words += " `pytest features --collect-only -q` lists them."
            terminalreporter.write_line(words, yellow=True)
