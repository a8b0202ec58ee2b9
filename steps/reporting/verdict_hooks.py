"""From what happened in a scenario to its verdict, in the process that carries the scenario out.

A scenario ends once: what goes wrong afterwards, while its account and browser are put away, is part of the same
verdict, so that pytest, the report, JUnit and Cucumber JSON count alike.
"""

from __future__ import annotations

import os
import time
from bdb import BdbQuit
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from steps.reporting.broken_tools import broken_tool
from steps.reporting.failure_message import FailureText, failure_of, summary_of
from steps.reporting.own_mistakes import reason_of
from steps.reporting.run_document import Artifact, Failure, Result
from steps.reporting.scenario_recorder import BROWSER, RECORD, TARGET, Record
from steps.reporting.step_screenshots import BROWSER_DRIVEN
from steps.reporting.test_plan import SCENARIO, promise_of
from steps.runner.quarantine import flaky_entry
from steps.runner.run_context import RUN
from steps.targets.fake_control_client import ControlError
from steps.targets.fake_process import FakeStartError
from steps.verdicts.verdict import TargetUnavailableError, UnverifiedError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

RESULT = "acceptance"
"""The attribute of pytest's report that carries the result from worker to controlling process."""
_ARTIFACT = "playwright_"
_MEASURED, _NEW_LINE = "measured ", "new line"


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Carry a scenario out, and report it when all of it is over: what went wrong last belongs to the same verdict."""
    if SCENARIO not in item.stash:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for report in list(_phases(item, nextitem)):
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def _phases(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[pytest.TestReport]:
    """Carry out setup, call and teardown, as pytest's own protocol does."""
    hook, option = item.ihook, item.config.option
    broken_off = (pytest.exit.Exception, *(() if option.usepdb else (KeyboardInterrupt,)))
    acts: dict[str, Callable[[], object]] = {
        "setup": lambda: hook.pytest_runtest_setup(item=item),
        "call": lambda: hook.pytest_runtest_call(item=item),
        "teardown": lambda: hook.pytest_runtest_teardown(item=item, nextitem=None if _is_over(item) else nextitem),
    }
    sound = True
    for when, act in acts.items():
        if when == "call" and (not sound or option.setuponly):
            continue
        call = pytest.CallInfo.from_call(act, when, reraise=broken_off)  # type: ignore[arg-type] # one of the three
        report = hook.pytest_runtest_makereport(item=item, call=call)
        if call.excinfo and not call.excinfo.errisinstance((pytest.skip.Exception, BdbQuit)):
            hook.pytest_exception_interact(node=item, call=call, report=report)
        sound = sound and report.passed
        yield report
    item.funcargs = {}  # type: ignore[attr-defined] # a page with all that it loaded is not held until the run's end


def _is_over(item: pytest.Item) -> bool:
    """Whether the run ends here, so that all fixtures go too."""
    return bool(item.session.shouldfail or item.session.shouldstop)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Generator[None, Any, Any]:
    """Judge each phase of a scenario; after the last one, put the verdict on the report that pytest counts."""
    report: pytest.TestReport = yield
    if SCENARIO not in item.stash:
        return report
    if report.when == "setup":
        item.stash[RECORD] = Record(item)
        item.stash[_ATTEMPT] = _Attempt(report)
    attempt = item.stash[_ATTEMPT]
    if report.when == "call":
        attempt.report = report
    if not (report.when == "teardown" and report.passed):
        attempt.judge(item, report, call.excinfo)
    if report.when == "teardown":
        _conclude(item, attempt, report)
        del item.stash[_ATTEMPT], item.stash[RECORD]
    return report


class _Attempt:
    """What is known of an attempt so far: the report that counts, and the verdict."""

    def __init__(self, report: pytest.TestReport) -> None:
        self.report = report
        self.started = time.time()
        self.result: Result | None = None

    def judge(
        self, item: pytest.Item, report: pytest.TestReport, excinfo: pytest.ExceptionInfo[BaseException] | None
    ) -> None:
        """Judge one phase; what weighs more than what was found before takes its place."""
        if report.when == "setup" and report.passed:
            return
        found = _verdict(item, report, excinfo)
        before = self.result
        if before is None or before.verdict == "passed":
            self.result = found
        elif _weight(found) > _weight(before):
            reason = f"{found.reason} (before that: {before.reason})".strip()
            self.result = msgspec.structs.replace(found, reason=reason)
        elif found.failure and before.failure:
            before.failure.message += f"\nafterwards: {found.failure.message}"


def _weight(result: Result) -> int:
    """Order what keeps a scenario from passing: a broken promise and trouble that goes on are not taken back."""
    if result.is_own_mistake:
        return 1
    return 2 if result.verdict == "failed" or result.trouble else 0


_ATTEMPT = pytest.StashKey[_Attempt]()


def _verdict(
    item: pytest.Item, report: pytest.TestReport, excinfo: pytest.ExceptionInfo[BaseException] | None
) -> Result:
    error = excinfo.value if excinfo else None
    trouble = _trouble(item, error) if report.failed else None
    if trouble:
        return Result("not verified", trouble, trouble=True)
    if isinstance(error, UnverifiedError):
        return Result(error.verdict.value, str(error))
    if hasattr(report, "wasxfail"):
        return Result("not verified", f"expected to fail: {report.wasxfail or 'no reason was given'}")
    if report.skipped:
        return Result("not verified", f"skipped: {_skip_reason(report)}")
    if report.passed:
        nothing = not item.stash[RECORD].steps
        return Result("not verified", "the scenario has no steps") if nothing else Result("passed")
    failure = failure_of(excinfo, item.config) if excinfo else Failure(str(report.longrepr))
    if failure.promise == promise_of(item).tag:
        failure.promise = ""
    failed, scenario = Result("failed", failure=failure), item.stash[SCENARIO]
    entry = flaky_entry(item.path, scenario.outline or scenario.title)
    if excinfo and failure.is_own:
        line = next((step.line for step in item.stash[RECORD].steps if step.status == "failed"), scenario.line)
        reason = reason_of(excinfo, item.config.rootpath, f"{scenario.feature}:{line}")
        failed = Result("not verified", reason, trouble=True, failure=failure)
    elif entry:
        known = f"{entry}; this time: {summary_of(failed)}"
        failed = Result("not verified", known, failure=failure)
    return failed


def _trouble(item: pytest.Item, error: BaseException | None) -> str | None:
    """Return what is wrong with the target, the fake or a tool, if that is why the scenario could not go on."""
    if isinstance(error, TargetUnavailableError):
        return str(error)
    target = item.config.stash.get(TARGET, None)
    words = broken_tool(error, item.config.stash.get(BROWSER_DRIVEN, None)) or (target.trouble() if target else None)
    if words is None and isinstance(error, (ControlError, FakeStartError)):
        words = str(error)
    if words:
        item.session.shouldstop = words
    return words


def _skip_reason(report: pytest.TestReport) -> str:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return reason.removeprefix("Skipped: ")


def _conclude(item: pytest.Item, attempt: _Attempt, last: pytest.TestReport) -> None:
    """Make the result whole, and let pytest's report and the JUnit properties say the same."""
    result = attempt.result
    if result is None:  # --setup-only and the like: it did not run
        return
    record, main = item.stash[RECORD], attempt.report
    count, amount = record.paid()
    result.started = datetime.fromtimestamp(attempt.started, UTC).isoformat(timespec="milliseconds")
    result.seconds = round(time.time() - attempt.started, 3)
    result.steps, result.answers = record.steps, record.answers
    result.measured = {k[len(_MEASURED) :]: float(str(v)) for k, v in item.user_properties if k.startswith(_MEASURED)}
    result.new_lines = [str(text) for name, text in item.user_properties if name == _NEW_LINE]
    result.artifacts = list(_artifacts(item.config, last))
    if record.snapshot:
        result.artifacts.append(Artifact("snapshot", record.snapshot))
    result.payments, result.paid = count, str(amount)
    result.browser = item.config.stash.get(BROWSER, "")
    result.worker = getattr(item.config, "workerinput", {}).get("workerid", "")
    if result.verdict not in ("passed", "failed"):
        for step in result.steps:
            step.status = "stopped" if step.status == "failed" else step.status
    _say(item, main, last, result)


def _say(item: pytest.Item, main: pytest.TestReport, last: pytest.TestReport, result: Result) -> None:
    scenario = item.stash[SCENARIO]
    promise = promise_of(item)
    if result.verdict == "failed":
        main.outcome = "failed"
        main.longrepr = str(FailureText(scenario, promise, result, item.config.stash[RUN].directory))
    elif result.verdict != "passed":
        main.outcome = "skipped"
        main.longrepr = (scenario.feature, scenario.line, f"{result.verdict}: {result.reason}")
        if hasattr(main, "wasxfail"):
            del main.wasxfail
    if last is not main:
        last.outcome, last.longrepr = "passed", None
    main.user_properties = [*item.user_properties, ("verdict", result.verdict), ("promise", promise.id)]
    if result.verdict != "passed":
        main.user_properties.append(("reason", summary_of(result)))
    setattr(main, RESULT, msgspec.to_builtins(result))


def _artifacts(config: pytest.Config, last: pytest.TestReport) -> Iterator[Artifact]:
    place = config.stash[RUN].directory
    for name, value in last.user_properties:
        kind = name.removeprefix(_ARTIFACT)
        if kind in ("screenshot", "trace", "video") and kind != name:
            file = Path(config.invocation_params.dir, str(value))
            yield Artifact(kind, Path(os.path.relpath(file, place)).as_posix())  # type: ignore[arg-type] # checked above
