"""The end of a run: its document and all that is made from it, and the exit code."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.reporting.exit_codes import COULD_NOT_RUN, exit_code_of
from steps.reporting.github_summary import write_badge, write_summary
from steps.reporting.result_collector import COLLECTOR
from steps.reporting.run_document import FILE_NAME, Run, save
from steps.reporting.verdict_hooks import RESULT
from steps.runner.redaction import sweep
from steps.runner.run_context import ELSEWHERE, RUN, is_run, temporary_reports
from steps.runner.termination import hurrying

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from steps.reporting.run_document import Scenario

ENDED = pytest.StashKey[Run]()
REPORT = pytest.StashKey[Path]()
"""Where the report of the run is."""
UNWRITTEN = pytest.StashKey[list[str]]()
"""What could not be written where it belongs, and why."""


_CUCUMBER = pytest.StashKey[str | None]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option for Cucumber messages; `--cucumberjson` is pytest-bdd's."""
    parser.getgroup("acceptance").addoption(
        "--cucumber-messages", metavar="FILE", help="Write Cucumber messages (NDJSON), which Cucumber's viewers show."
    )


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
    unwritten = [config.stash[ELSEWHERE]] if ELSEWHERE in config.stash else []
    with _noting(unwritten), hurrying() if collector.interrupted else contextlib.nullcontext():
        try:
            yield  # here pytest writes its JUnit file, and puts away what the session's fixtures have left
        except Exception:
            if not collector.interrupted:  # else the browser, or the site, may have been interrupted too
                raise
    with _noting(unwritten):
        _write_page(config, run)
    if REPORT not in config.stash:
        with contextlib.suppress(OSError):
            _write_page_elsewhere(config, run)
    with _noting(unwritten):
        _write_files(config, run)
    if unwritten:
        config.stash[UNWRITTEN] = unwritten
        run.exit_code = run.exit_code or COULD_NOT_RUN
    session.exitstatus = run.exit_code
    return None


def _why_missing(exitstatus: int, *, interrupted: bool) -> str:
    if interrupted:
        return "the run was interrupted"
    stopped = exitstatus in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED)
    return "the run stopped at a failure" if stopped else ""


@contextlib.contextmanager
def _noting(unwritten: list[str]) -> Iterator[None]:
    """Add to the list what cannot be written, and why."""
    try:
        yield
    except OSError as error:
        unwritten.append(f"{error.filename or 'a file'}: {error.strerror}")


def _write_page(config: pytest.Config, run: Run) -> None:
    """Write the document, and the page made of it."""
    from steps.reporting.html_report import is_free, write_page

    place = config.stash[RUN].directory
    save(run, place / FILE_NAME)
    write_page(place / "index.html", [(run, place)])
    config.stash[REPORT] = place / "index.html"
    write_badge(run, place)
    if is_free(latest := place.parent / "index.html"):
        write_page(latest, [(run, place)])
        write_badge(run, place.parent)
        config.stash[REPORT] = latest


def _write_page_elsewhere(config: pytest.Config, run: Run) -> None:
    """Write both to a temporary directory."""
    from steps.reporting.html_report import write_page
    from steps.reporting.run_merge import moved

    there = temporary_reports()
    save(moved(run, config.stash[RUN].directory, there), there / FILE_NAME)
    write_page(there / "index.html", [(moved(run, config.stash[RUN].directory, there), there)])
    sweep(there, config.stash[RUN].secrets)
    config.stash[REPORT] = there / "index.html"


def _write_files(config: pytest.Config, run: Run) -> None:
    """Write what was asked for besides."""
    write_summary(run)
    place = config.stash[RUN].directory
    if config.option.xmlpath and _file(config.option.xmlpath).exists():
        from steps.reporting.junit_xml import amend_junit

        amend_junit(_file(config.option.xmlpath), run, place)
    if cucumber := config.stash[_CUCUMBER]:
        from steps.reporting.cucumber_json import write_cucumber

        write_cucumber(_file(cucumber), [(run, place)])
    if wanted := config.getoption("--cucumber-messages"):
        from steps.reporting.cucumber_messages import write_messages

        write_messages(_file(wanted), [(run, place)], config.rootpath)
    if config.getoption("allure_report_dir", None):
        from steps.reporting.allure_results import amend_results

        amend_results(_file(config.option.allure_report_dir), run, place)
        sweep(_file(config.option.allure_report_dir), config.stash[RUN].secrets)


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
