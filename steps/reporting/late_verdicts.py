"""What a late look finds becomes the scenario's verdict, in every report, as if it had been found at its end.

The scenario has been reported by then: it is reported once more, and the earlier report does not count any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from steps.reporting.failure_message import FailureText, failure_of, summary_of
from steps.reporting.result_collector import COLLECTOR
from steps.reporting.run_document import Result
from steps.reporting.test_plan import SCENARIO, promise_of
from steps.reporting.verdict_hooks import RESULT
from steps.runner.quarantine import flaky_entry
from steps.runner.run_context import RUN
from steps.verdicts.verdict import UnverifiedError

if TYPE_CHECKING:
    from collections.abc import Iterator

_LATE = "acceptance_late"
"""The attribute of a report that takes the place of an earlier one."""


class LateVerdicts:
    """Reports scenarios once more, in the process that carried them out."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._passed: dict[str, dict[str, Any]] = {}
        self._found: dict[str, Exception] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the result of a scenario that passed, and forget the one whose place a late one takes."""
        told = getattr(report, RESULT, None)
        if told is None:
            return
        run = self._config.stash[RUN]
        # The last scenario has waited for the looks at all others, which is not its time.
        if run.late_looks_s:
            told["seconds"], run.late_looks_s = round(told["seconds"] - run.late_looks_s, 3), 0.0
        if hasattr(report, _LATE):
            self._forget_earlier(report.nodeid)
        elif told["verdict"] == "passed":
            self._passed[report.nodeid] = told

    def _forget_earlier(self, nodeid: str) -> None:
        if COLLECTOR in self._config.stash:
            self._config.stash[COLLECTOR].results.pop(nodeid, None)
        terminal: Any = self._config.pluginmanager.get_plugin("terminalreporter")
        for reports in terminal.stats.values() if terminal else ():
            reports[:] = [one for one in reports if getattr(one, "nodeid", "") != nodeid]

    def pytest_acceptance_late_look(self, nodeid: str, error: Exception) -> None:
        """Keep what was found until the last scenario has been reported too."""
        self._found[nodeid] = error

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Report once more what was found, after the last scenario."""
        answer = yield
        items = {one.nodeid: one for one in item.session.items}
        while self._found:
            nodeid, error = self._found.popitem()
            if nodeid in self._passed and nodeid in items:
                self._send(self._report(items[nodeid], msgspec.convert(self._passed[nodeid], Result), error))
        return answer

    def _send(self, report: pytest.TestReport) -> None:
        """Report it here, or leave it to the controlling process: a worker reports only what it is carrying out."""
        hook, output = self._config.hook, getattr(self._config, "workeroutput", None)
        if output is None:
            hook.pytest_runtest_logreport(report=report)
        else:
            data = hook.pytest_report_to_serializable(config=self._config, report=report)
            output.setdefault(_LATE, []).append(self._config.stash[RUN].secrets.redact_data(data))

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Report what a worker has found late."""
        hook = self._config.hook
        for data in getattr(node, "workeroutput", {}).get(_LATE, []):
            report = hook.pytest_report_from_serializable(config=self._config, data=data)
            report.node = node
            hook.pytest_runtest_logreport(report=report)

    def _report(self, item: pytest.Item, result: Result, error: Exception) -> pytest.TestReport:
        scenario, promise = item.stash[SCENARIO], promise_of(item)
        if isinstance(error, UnverifiedError):
            result.verdict, result.reason = error.verdict.value, str(error)
        else:
            result.verdict = "failed"
            info = pytest.ExceptionInfo.from_exc_info((type(error), error, error.__traceback__))  # type: ignore[arg-type] # or none
            result.failure = failure_of(info, item.config)
            if entry := flaky_entry(item.path, scenario.outline or scenario.title):
                result.verdict, result.reason = "not verified", f"{entry}; this time: {summary_of(result)}"
        failed = result.verdict == "failed"
        place = item.config.stash[RUN].directory
        told: Any = (
            str(FailureText(scenario, promise, result, place))
            if failed
            else (scenario.feature, scenario.line, f"{result.verdict}: {result.reason}")
        )
        report = pytest.TestReport(
            item.nodeid, item.location, {}, "failed" if failed else "skipped", told, "call",
            user_properties=[("verdict", result.verdict), ("promise", promise.id), ("reason", summary_of(result))],
        )  # fmt: skip
        setattr(report, RESULT, msgspec.to_builtins(result))
        setattr(report, _LATE, True)
        return report


def pytest_configure(config: pytest.Config) -> None:
    """Start keeping results, in every process."""
    config.pluginmanager.register(LateVerdicts(config), "acceptance-late-verdicts")
