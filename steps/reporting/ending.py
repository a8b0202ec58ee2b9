"""The end of a run: its document and all that is made from it, and the exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.reporting.collector import COLLECTOR
from steps.reporting.document import FILE_NAME, Run, save
from steps.reporting.exits import exit_code_of
from steps.reporting.outcomes import RESULT
from steps.running import RUN

if TYPE_CHECKING:
    from collections.abc import Generator

    from steps.reporting.document import Scenario

_WHY_MISSING = {
    int(pytest.ExitCode.TESTS_FAILED): "the run stopped at a failure",
    int(pytest.ExitCode.INTERRUPTED): "the run was interrupted",
}
ENDED = pytest.StashKey[Run]()


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> Generator[None, None, None]:
    """Tell all reporters of what did not run; once they have written, write what is made of the run's document."""
    config = session.config
    if COLLECTOR not in config.stash or not config.stash[COLLECTOR].plan.scenarios or config.option.collectonly:
        return (yield)
    collector = config.stash[COLLECTOR]
    run = collector.document(_WHY_MISSING.get(int(exitstatus), ""))
    for scenario in run.scenarios:
        if scenario.id not in collector.results:
            config.hook.pytest_runtest_logreport(report=_missing(scenario))
    yield
    run.exit_code = exit_code_of(run, int(exitstatus), require_verified=config.getoption("--require-verified"))
    session.exitstatus = run.exit_code
    config.stash[ENDED] = run
    save(run, config.stash[RUN].directory / FILE_NAME)
    return None


def _missing(scenario: Scenario) -> pytest.TestReport:
    """Make the report of a scenario that did not run, which pytest itself does not count."""
    result = scenario.result
    where = (scenario.feature, scenario.line, f"{result.verdict}: {result.reason}")
    place = (scenario.feature, scenario.line - 1, scenario.title)
    report = pytest.TestReport(scenario.id, place, {}, "skipped", where, "call")
    setattr(report, RESULT, msgspec.to_builtins(result))
    return report
