"""Cucumber JSON, as the report tools of other languages read it.

Format: https://github.com/cucumber/cucumber-json-schema. What could not be verified is a pending step there, which no
tool shows as green; its message begins with the verdict.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from steps.reporting.failure_message import summary_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from steps.reporting.run_document import Run, Scenario, Step

_STATUS = {"passed": "passed", "failed": "failed", "stopped": "pending", "not run": "skipped"}
_NANOSECONDS = 1_000_000_000


def write_cucumber(file: Path, runs: Iterable[tuple[Run, Path]]) -> None:
    """Write runs, each with its directory: one entry for each feature of a run."""
    features = [feature for run, place in runs for feature in _features(run, place)]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(features, ensure_ascii=False, indent=1), encoding="utf-8")


def _features(run: Run, place: Path) -> list[dict[str, Any]]:
    promises = {promise.id: promise for promise in run.promises}
    features: dict[str, dict[str, Any]] = {}
    for scenario in run.scenarios:
        feature = features.setdefault(
            scenario.feature,
            {
                "keyword": "Feature",
                "id": scenario.feature,
                "uri": scenario.feature,
                "name": promises[scenario.promise].feature_title,
                "description": "",
                "line": 1,
                "tags": [],
                "elements": [],
            },
        )
        feature["elements"].append(element_of(scenario, place, allow_flaky=run.allow_flaky))
    return list(features.values())


def element_of(scenario: Scenario, place: Path, *, allow_flaky: bool) -> dict[str, Any]:
    """Return a scenario with its steps, and where it ended, and why."""
    result = scenario.result
    element = {
        "keyword": "Scenario Outline" if scenario.outline else "Scenario",
        "type": "scenario",
        "id": scenario.id,
        "name": scenario.title,
        "description": "",
        "line": scenario.line,
        "start_timestamp": result.started,
        "tags": [{"name": f"@{tag}", "line": scenario.line} for tag in scenario.tags],
        "steps": [_step(step) for step in result.steps],
    }
    if result.verdict != "passed":
        _explain(element, scenario, place, allow_flaky=allow_flaky)
    return element


def _step(step: Step) -> dict[str, Any]:
    result = {"status": _STATUS[step.status], "duration": int(step.seconds * _NANOSECONDS)}
    return {
        "keyword": f"{step.keyword} ",
        "name": step.text,
        "line": step.line,
        "match": {"location": ""},
        "result": result,
    }


def _explain(element: dict[str, Any], scenario: Scenario, place: Path, *, allow_flaky: bool) -> None:
    """Put the reason where the scenario ended: on its step, or behind all steps if those went well."""
    result = scenario.result
    ended = next((step for step in element["steps"] if step["result"]["status"] in ("failed", "pending")), None)
    if ended is None and result.verdict in ("failed", "flaky"):
        ended = {"match": {"location": "afterwards"}, "result": {"status": "failed", "duration": 0}}
        element["after"] = [ended]
    elif ended is None:
        ended = element["steps"][0] if element["steps"] else {"match": {"location": "before"}, "result": {}}
        ended["result"]["status"] = "pending"
        if not element["steps"]:
            element["before"] = [ended]
    said = summary_of(result)
    ended["result"]["error_message"] = said if result.verdict == "failed" else f"{result.verdict}: {said}"
    if result.verdict == "flaky" and allow_flaky:
        ended["result"]["status"] = "pending"
    pictures = [place / artifact.path for artifact in result.artifacts if artifact.kind == "screenshot"]
    ended["embeddings"] = [
        {"mime_type": "image/png", "data": base64.b64encode(picture.read_bytes()).decode()}
        for picture in pictures
        if picture.is_file()
    ]
