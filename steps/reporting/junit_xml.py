"""JUnit XML as CI servers read it: a test case for each scenario, with verdict, promise and artefacts as properties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from junitparser import Attr, Error, Failure, JUnitXml, Properties, Property, Skipped, TestCase, TestSuite

from steps.reporting.failure_message import FailureText, shown, summary_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from steps.reporting.run_document import Run, Scenario

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Case(TestCase):
    file = Attr()
    line = Attr()


def amend_junit(file: Path, run: Run, place: Path) -> None:
    """Put a run's scenarios into pytest's JUnit file, instead of what pytest wrote of them; tests beside them stay.

    `place` is the run's directory. pytest itself writes a case too many for what was tried again, and none for what did
    not run.
    """
    written = JUnitXml.fromfile(str(file))
    suite = next(iter(written))
    own = {_address(scenario) for scenario in run.scenarios}
    for case in list(suite):
        if (case.classname, case.name) in own or (case.classname, case.name) == (None, None):
            suite.remove(case)
    _add(suite, run, place)
    written.write(str(file))


def write_junit(file: Path, runs: list[tuple[Run, Path]]) -> None:
    """Write runs, each with its directory, as suites of one file."""
    whole = JUnitXml("acceptance")
    for run, place in runs:
        suite = TestSuite(run.target.name)
        suite.timestamp = run.started
        _add(suite, run, place)
        whole.add_testsuite(suite)
    whole.update_statistics()
    file.parent.mkdir(parents=True, exist_ok=True)
    whole.write(str(file))


def _add(suite: TestSuite, run: Run, place: Path) -> None:
    suite.extend(_case(scenario, run, place) for scenario in run.scenarios)
    suite.update_statistics()


def _address(scenario: Scenario) -> tuple[str, str]:
    path, _, name = scenario.id.partition("::")
    return path.replace("/", "."), name


def _case(scenario: Scenario, run: Run, place: Path) -> TestCase:
    classname, name = _address(scenario)
    result = scenario.result
    case = _Case(_clean(name), classname, result.seconds)
    case.file, case.line = scenario.feature, str(scenario.line - 1)  # as pytest writes it: counted from 0
    properties = Properties()
    for key, value in _properties(scenario, run, place):
        properties.add_property(Property(key, _clean(value)))
    case.append(properties)  # type: ignore[no-untyped-call] # typed in part
    words = _clean(summary_of(result))
    if result.verdict == "failed" or (result.verdict == "flaky" and not run.allow_flaky):
        failure = Failure(words, result.verdict)
        promise = next(one for one in run.promises if one.id == scenario.promise)
        failure.text = _clean(str(FailureText(scenario, promise, result, place)))
        case.result = failure
    elif result.is_own_mistake:
        error = Error(f"{result.verdict}: {words}", result.verdict)
        promise = next(one for one in run.promises if one.id == scenario.promise)
        error.text = _clean(str(FailureText(scenario, promise, result, place)))
        case.result = error
    elif result.verdict != "passed":
        case.result = Skipped(f"{result.verdict}: {words}", result.verdict)
    if files := [shown(place / artifact.path) for artifact in result.artifacts]:
        case.system_out = "\n".join(f"[[ATTACHMENT|{path}]]" for path in files)
    return case


def _properties(scenario: Scenario, run: Run, place: Path) -> Iterator[tuple[str, str]]:
    result = scenario.result
    yield "verdict", result.verdict
    yield "promise", scenario.promise
    yield "feature", f"{scenario.feature}:{scenario.line}"
    yield "target", run.target.name
    if result.verdict != "passed":
        yield "reason", summary_of(result)
    if result.history:
        yield "attempts", str(len(result.history))
    for name, seconds in result.measured.items():
        yield f"measured {name}", f"{seconds:.3f}"
    for artifact in result.artifacts:
        yield artifact.kind, shown(place / artifact.path)


def _clean(text: str) -> str:
    return _ILLEGAL.sub("?", text)
