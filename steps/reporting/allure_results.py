"""Allure results: what the published plugin (allure-pytest) wrote of a run's scenarios, made to tell what the run does.

The plugin itself writes a result for each attempt, calls what cannot be verified broken, and does not know what is
found late; so there is one result of each scenario, made from the run's document, with the plugin's ids, which keep its
history. What it wrote of other tests stays. What was not verified is skipped there, which nothing shows as green.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from allure_commons.logger import AllureFileLogger
from allure_commons.model2 import (
    ATTACHMENT_PATTERN,
    Attachment,
    Label,
    Parameter,
    Status,
    StatusDetails,
    TestResult,
    TestStepResult,
)
from allure_commons.types import LabelType
from allure_commons.utils import md5

from steps.reporting.failure_message import FailureText, summary_of

if TYPE_CHECKING:
    from pathlib import Path

    from steps.reporting.run_document import Run, Scenario

_STEP = {"passed": Status.PASSED, "failed": Status.FAILED, "stopped": Status.SKIPPED, "not run": Status.SKIPPED}
_KEPT = ("uuid", "historyId", "testCaseId", "fullName", "titlePath", "description")


def amend_results(directory: Path, run: Run, place: Path) -> None:
    """Write one result for each scenario, in place of those of its attempts. `place` is the run's directory."""
    attempts = _attempts(directory, _milliseconds(run.started))
    logger = AllureFileLogger(directory)
    for scenario in run.scenarios:
        written = attempts[_full_name(scenario)]
        for file, _ in written:
            file.unlink()
        logger.report_result(_result(scenario, run, place, written[-1][1] if written else {}, logger))


def _attempts(directory: Path, since: int) -> dict[str, list[tuple[Path, dict[str, Any]]]]:
    """Find what the plugin wrote in this run, by the full names of the tests; of each test, the last comes last."""
    found: dict[str, list[tuple[Path, dict[str, Any]]]] = defaultdict(list)
    for file in directory.glob("*-result.json"):
        told = json.loads(file.read_bytes())
        if told.get("start", 0) >= since:
            found[told.get("fullName", "")].append((file, told))
    for several in found.values():
        several.sort(key=lambda one: one[1]["start"])
    return found


def _full_name(scenario: Scenario) -> str:
    """Return the name that the plugin gives a test."""
    path, _, name = scenario.id.partition("::")
    return f"{path.removesuffix('.feature').replace('/', '.')}#{name}"


def _result(scenario: Scenario, run: Run, place: Path, told: dict[str, Any], logger: AllureFileLogger) -> TestResult:
    result, full_name = scenario.result, _full_name(scenario)
    known = {"uuid": str(uuid4()), "fullName": full_name, "testCaseId": md5(full_name), "historyId": md5(full_name)}
    start = _milliseconds(result.started or run.started)
    new = TestResult(
        **(known | {key: told[key] for key in _KEPT if key in told}),
        name=scenario.title,
        status=_status(scenario, run),
        start=start,
        stop=start + round(result.seconds * 1000),
        labels=[*(Label(**one) for one in told.get("labels", [])), *_labels(scenario, run)],
        parameters=[Parameter(name, value) for name, value in scenario.example.items()],
        steps=_steps(scenario, start),
    )
    if result.verdict != "passed":
        promise = next(one for one in run.promises if one.id == scenario.promise)
        words = summary_of(result)
        new.statusDetails = StatusDetails(
            flaky=result.verdict == "flaky" or None,
            message=words if result.verdict == "failed" else f"{result.verdict}: {words}",
            trace=str(FailureText(scenario, promise, result, place)),
        )
    for picture in (place / one.path for one in result.artifacts if one.kind == "screenshot"):
        if picture.is_file():
            name = ATTACHMENT_PATTERN.format(prefix=uuid4(), ext="png")
            logger.report_attached_file(picture, name)
            new.attachments.append(Attachment(name=picture.name, source=name, type="image/png"))
    return new


def _status(scenario: Scenario, run: Run) -> str:
    result = scenario.result
    if result.verdict == "failed" or (result.verdict == "flaky" and not run.allow_flaky):
        return Status.FAILED
    if result.is_own_mistake:
        return Status.BROKEN
    return Status.PASSED if result.verdict == "passed" else Status.SKIPPED


def _labels(scenario: Scenario, run: Run) -> list[Label]:
    """Return feature and promise, by which Allure's "behaviours" groups, and what filters are made of."""
    promise = next(one for one in run.promises if one.id == scenario.promise)
    return [
        Label(LabelType.FEATURE, promise.feature_title),
        Label(LabelType.STORY, promise.title),
        *(Label(LabelType.TAG, tag) for tag in scenario.tags),
        Label("promise", promise.id),
        Label("verdict", scenario.result.verdict),
        Label("target", run.target.name),
    ]


def _steps(scenario: Scenario, start: int) -> list[TestStepResult]:
    steps = []
    for step in scenario.result.steps:
        stop = start + round(step.seconds * 1000)
        steps.append(
            TestStepResult(name=f"{step.keyword} {step.text}", status=_STEP[step.status], start=start, stop=stop)
        )
        start = stop
    return steps


def _milliseconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp() * 1000)
