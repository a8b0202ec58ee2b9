"""JUnit XML as CI servers read it: a test case for each scenario, with verdict, promise and artefacts as properties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from steps.reporting.failure_message import FailureText, shown, summary_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from steps.reporting.run_document import Run, Scenario

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COUNTED = {"errors": "error", "failures": "failure", "skipped": "skipped"}


def amend_junit(file: Path, run: Run, place: Path) -> None:
    """Put a run's scenarios into pytest's JUnit file, instead of what pytest wrote of them; tests beside them stay.

    `place` is the run's directory. pytest itself writes a case too many for what was tried again, and none for what did
    not run.
    """
    tree = ET.parse(file)  # noqa: S314 - pytest wrote it a moment ago
    suite = next(tree.iter("testsuite"))
    own = {_address(scenario) for scenario in run.scenarios}
    for case in suite.findall("testcase"):
        address = (case.get("classname"), case.get("name"))
        if address in own or address == (None, None):
            suite.remove(case)
    suite.extend(_case(scenario, run, place) for scenario in run.scenarios)
    _count(suite)
    tree.write(file, encoding="utf-8", xml_declaration=True)


def write_junit(file: Path, runs: list[tuple[Run, Path]]) -> None:
    """Write runs, each with its directory, as suites of one file."""
    suites = ET.Element("testsuites", name="acceptance")
    for run, place in runs:
        about = {"name": run.target.name, "timestamp": run.started, "time": f"{run.seconds:.3f}"}
        suite = ET.SubElement(suites, "testsuite", about)
        suite.extend(_case(scenario, run, place) for scenario in run.scenarios)
        _count(suite)
    file.parent.mkdir(parents=True, exist_ok=True)
    ET.ElementTree(suites).write(file, encoding="utf-8", xml_declaration=True)


def _address(scenario: Scenario) -> tuple[str, str]:
    path, _, name = scenario.id.partition("::")
    return path.replace("/", "."), name


def _case(scenario: Scenario, run: Run, place: Path) -> ET.Element:
    classname, name = _address(scenario)
    result = scenario.result
    where = {"file": scenario.feature, "line": str(scenario.line - 1)}  # as pytest writes it: counted from 0
    case = ET.Element("testcase", where, classname=classname, name=_clean(name), time=f"{result.seconds:.3f}")
    properties = ET.SubElement(case, "properties")
    for key, value in _properties(scenario, run, place):
        ET.SubElement(properties, "property", name=key, value=_clean(value))
    words = _clean(summary_of(result))
    if result.verdict == "failed":
        promise = next(one for one in run.promises if one.id == scenario.promise)
        text = str(FailureText(scenario, promise, result, place))
        ET.SubElement(case, "failure", message=words).text = _clean(text)
    elif result.verdict != "passed":
        ET.SubElement(case, "skipped", message=f"{result.verdict}: {words}", type=result.verdict)
    files = [shown(place / artifact.path) for artifact in result.artifacts]
    if files:
        ET.SubElement(case, "system-out").text = "\n".join(f"[[ATTACHMENT|{path}]]" for path in files)
    return case


def _properties(scenario: Scenario, run: Run, place: Path) -> Iterator[tuple[str, str]]:
    result = scenario.result
    yield "verdict", result.verdict
    yield "promise", scenario.promise
    yield "feature", f"{scenario.feature}:{scenario.line}"
    yield "target", run.target.name
    if result.verdict != "passed":
        yield "reason", summary_of(result)
    if result.attempts > 1:
        yield "attempts", str(result.attempts)
    for name, seconds in result.measured.items():
        yield f"measured {name}", f"{seconds:.3f}"
    for artifact in result.artifacts:
        yield artifact.kind, shown(place / artifact.path)


def _count(suite: ET.Element) -> None:
    suite.set("tests", str(len(suite.findall("testcase"))))
    for attribute, tag in _COUNTED.items():
        suite.set(attribute, str(len(suite.findall(f"testcase/{tag}"))))


def _clean(text: str) -> str:
    return _ILLEGAL.sub("?", text)
