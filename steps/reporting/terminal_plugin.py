"""What the terminal shows of verdicts: a word of their own while the run goes on, one screen by promise at its end."""

from __future__ import annotations

import pytest

from steps.reporting.failure_message import shown
from steps.reporting.github_annotations import annotate
from steps.reporting.result_collector import COLLECTOR
from steps.reporting.session_finish import ENDED, REPORT, UNWRITTEN
from steps.reporting.terminal_summary import summary_lines
from steps.reporting.verdict_hooks import RESULT
from steps.runner.run_context import is_run

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
    if unwritten := config.stash.get(UNWRITTEN, []):
        words = f"The report could not be written where it belongs ({'; '.join(dict.fromkeys(unwritten))})."
        terminalreporter.write_line(words, red=True)
    if REPORT in config.stash:
        terminalreporter.write_line(f"report: {shown(config.stash[REPORT])}")
    annotate(run)


def _say_that_nothing_ran(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if COLLECTOR in config.stash and is_run(config):
        selection = config.stash[COLLECTOR].plan.selection
        if selection.deselected:
            by = " and ".join(selection.by) or "what was asked for"
            words = f"Nothing was run: none of the {selection.deselected} scenarios matches {by}."
            terminalreporter.write_line(words, yellow=True)
