"""Gathers, in the controlling process, how every scenario ended, and makes the run's document of it."""

from __future__ import annotations

import contextlib
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from steps.reporting.attempts import RUN_AGAIN, combined
from steps.reporting.exit_codes import exit_code_of
from steps.reporting.failure_message import FailureText
from steps.reporting.run_document import FILE_NAME, VERSION, Result, Run, Scenario, Target, not_run, save
from steps.reporting.scenario_recorder import TARGET
from steps.reporting.test_plan import plan_of
from steps.reporting.verdict_hooks import RESULT
from steps.runner.run_context import RUN, is_run, seed_of

if TYPE_CHECKING:
    from collections.abc import Generator

    from steps.reporting.run_document import Promise
    from steps.reporting.test_plan import Plan


class Collector:
    """What has come in of a run so far. A plugin of the process that all reports come to."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.results: dict[str, Result] = {}
        self.facts: dict[str, Any] = {}
        self.trouble = ""
        self.interrupted = False
        """Whether somebody stopped the run, by Ctrl-C."""
        self._started = time.time()

    @property
    def plan(self) -> Plan:
        """What the run set out to do."""
        return plan_of(self.config)

    def pytest_collection_finish(self) -> None:
        """Write a first document, in which nothing has run: a run that is killed leaves no other."""
        self.save_plan()

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self) -> None:
        """Do the same with workers, once the first of them has left its plan."""
        self.save_plan()

    def save_plan(self) -> None:
        """Write the run's document as it is if nothing of it is carried out."""
        file = self.config.stash[RUN].directory / FILE_NAME
        if self.plan.scenarios and is_run(self.config) and not file.exists():
            run = self.document("the run did not come to its end")
            run.exit_code = exit_code_of(run, 0)
            with contextlib.suppress(OSError):  # told at the end
                save(run, file)

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Note whether a person pressed Ctrl-C, also in a worker; pytest stops some runs by itself."""
        self.interrupted = excinfo.type is KeyboardInterrupt or (
            "keyboard-interrupt" in str(excinfo.value) and not self.trouble
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the result of a scenario, of all attempts at it together.

        The report is held until the run's end, and keeps no more than the verdict, for those who colour it.
        The terminal gets its text in colours; who comes first, as GitHub's annotations do, has read it as a string.
        """
        sent = getattr(report, RESULT, None)
        if sent is None:
            return
        latest = msgspec.convert(sent, Result)
        result = combined(self.results.get(report.nodeid), latest, RUN_AGAIN)
        self.results[report.nodeid] = result
        setattr(report, RESULT, {"verdict": result.verdict})
        outcome: str = report.outcome
        if outcome == "rerun":  # of pytest-rerunfailures
            return
        if result.trouble and not result.is_own_mistake:  # then the run goes on
            self.trouble = self.trouble or result.reason
        if result.verdict == "failed":
            report.outcome = "failed"
        found = self._planned(report.nodeid)
        if report.failed and found:
            text: Any = FailureText(*found, result, self.config.stash[RUN].directory)
            report.longrepr = text

    @pytest.hookimpl(optionalhook=True, wrapper=True)
    def pytest_handlecrashitem(self, crashitem: str, report: pytest.TestReport) -> Generator[None, None, None]:
        """Make a scenario whose worker crashed not verified: that breaks no promise."""
        yield
        found = self._planned(crashitem)
        if found is None:
            return
        self.trouble = self.trouble or "A worker process crashed."
        result = not_run(found[0].result.steps, "its worker process crashed")
        setattr(report, RESULT, msgspec.to_builtins(result))
        if report.failed:
            report.outcome = "skipped"
            report.longrepr = (found[0].feature, found[0].line, f"{result.verdict}: {result.reason}")

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a worker found out about the target."""
        self.facts = self.facts or getattr(node, "workeroutput", {}).get(RESULT) or {}

    def document(self, why_missing: str) -> Run:
        """Make the document of what is known now; a scenario that has no result did not run, and `why_missing`."""
        run = self.config.stash[RUN]
        self.facts = self.facts or _facts(self.config)
        scenarios = [msgspec.structs.replace(one, result=self._result(one, why_missing)) for one in self.plan.scenarios]
        seen = [scenario.result.answers for scenario in scenarios]
        return Run(
            version=VERSION,
            id=run.directory.name,
            started=datetime.fromtimestamp(self._started, UTC).isoformat(timespec="seconds"),
            seconds=round(time.time() - self._started, 2),
            target=self._target(),
            seed=seed_of(self.config),
            guard=self.facts.get("guard") or run.guard.header(),
            require_verified=self.config.getoption("--require-verified"),
            allow_flaky=self.config.getoption("--allow-flaky")
            and not self.config.getoption("--fail-on-flaky", default=False),
            trouble=self.trouble,
            selection=self.plan.selection,
            answers={name: answer for answers in seen for name, answer in answers.items()}
            | (self.facts.get("answers") or {}),
            promises=self.plan.promises,
            scenarios=scenarios,
            other_shards=self.plan.other_shards,
            may=list(run.profile.may),
            waivers=run.profile.waivers,
        )

    def _planned(self, nodeid: str) -> tuple[Scenario, Promise] | None:
        scenario = next((one for one in self.plan.scenarios if one.id == nodeid), None)
        promise = next((one for one in self.plan.promises if scenario and one.id == scenario.promise), None)
        return (scenario, promise) if scenario and promise else None

    def _result(self, scenario: Scenario, why_missing: str) -> Result:
        return self.results.get(scenario.id) or not_run(scenario.result.steps, self.trouble or why_missing)

    def _target(self) -> Target:
        profile, sent = self.config.stash[RUN].profile, self.facts
        known = ("name", "address", "variant", "faults", "answers", "guard")
        return Target(
            name=sent.get("name") or self.config.stash[RUN].target_name,
            kind=profile.kind,
            address=sent.get("address") or profile.base,
            variant=sent.get("variant") or profile.variant,
            faults=sent.get("faults") or self.config.getoption("--fault"),
            facts={key: value for key, value in sent.items() if key not in known},
        )


COLLECTOR = pytest.StashKey[Collector]()


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start gathering, in the process that all reports come to."""
    if not hasattr(config, "workerinput"):
        config.stash[COLLECTOR] = Collector(config)
        config.pluginmanager.register(config.stash[COLLECTOR], "acceptance-collector")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over, from a worker, what it found out about the target."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[RESULT] = _facts(session.config)


def _facts(config: pytest.Config) -> dict[str, Any]:
    """Return what the target says of itself, as plain values."""
    if TARGET not in config.stash:
        return {}
    sent: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(config.stash[TARGET].facts()))
    return sent | {"guard": config.stash[RUN].guard.header()}
