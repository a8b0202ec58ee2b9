"""The end of a run: its document and all that is made from it, and the exit code."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.reporting.exit_codes import COULD_NOT_RUN, exit_code_of
from steps.reporting.result_collector import COLLECTOR
from steps.reporting.run_document import FILE_NAME, Run, save
from steps.reporting.verdict_hooks import RESULT
from steps.runner.run_context import RUN, is_run

if TYPE_CHECKING:
    from collections.abc import Generator

    from steps.reporting.run_document import Scenario

ENDED = pytest.StashKey[Run]()
UNWRITTEN = pytest.StashKey[str]()
"""Why the report could not be written, in a sentence."""


_CUCUMBER = pytest.StashKey[str | None]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Take over `--cucumberjson`: what pytest-bdd writes fails at a rerun, and is empty with several workers."""
    config.stash[_CUCUMBER] = config.option.cucumber_json_path
    config.option.cucumber_json_path = None


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> Generator[None, None, None]:
    """Report what did not run; once all reporters have written, write what is made of the run's document."""
    config = session.config
    if COLLECTOR not in config.stash or not config.stash[COLLECTOR].plan.scenarios or not is_run(config):
        return (yield)
    collector = config.stash[COLLECTOR]
    run = collector.document(_why_missing(int(exitstatus), interrupted=collector.interrupted))
    for scenario in run.scenarios:
        if scenario.id not in collector.results:
            config.hook.pytest_runtest_logreport(report=_missing(scenario))
    run.exit_code = exit_code_of(run, int(exitstatus), interrupted=collector.interrupted)
    config.stash[ENDED] = run
    try:
        yield
        _write(config, run)
    except OSError as error:
        where = error.filename or config.stash[RUN].directory
        config.stash[UNWRITTEN] = f"The report could not be written ({where}: {error.strerror})."
        run.exit_code = run.exit_code or COULD_NOT_RUN
    session.exitstatus = run.exit_code
    return None


def _why_missing(exitstatus: int, *, interrupted: bool) -> str:
    if interrupted:
        return "the run was interrupted"
    stopped = exitstatus in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED)
    return "the run stopped at a failure" if stopped else ""


def _write(config: pytest.Config, run: Run) -> None:
    """Write the document, and what was asked for besides."""
    place = config.stash[RUN].directory
    save(run, place / FILE_NAME)
    from steps.reporting.html_report import write_page

    write_page(place / "index.html", [(run, place)])
    write_page(place.parent / "index.html", [(run, place)])
    if config.option.xmlpath:
        from steps.reporting.junit_xml import amend_junit

        amend_junit(_file(config.option.xmlpath), run, place)
    if cucumber := config.stash[_CUCUMBER]:
        from steps.reporting.cucumber_json import write_cucumber

        write_cucumber(_file(cucumber), [(run, place)])


def _file(name: str) -> Path:
    """Understand a file's name as pytest and pytest-bdd do."""
    return Path(os.path.expandvars(name)).expanduser()


def _missing(scenario: Scenario) -> pytest.TestReport:
    """Make the report of a scenario that did not run, which pytest itself does not count."""
    result = scenario.result
    where = (scenario.feature, scenario.line, f"{result.verdict}: {result.reason}")
    place = (scenario.feature, scenario.line - 1, scenario.title)
    report = pytest.TestReport(scenario.id, place, {}, "skipped", where, "call")
    setattr(report, RESULT, msgspec.to_builtins(result))
    return report
