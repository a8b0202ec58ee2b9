"""Cucumber messages (NDJSON), which Cucumber's own viewers show: the features, their pickles, and how each one ended.

Format: https://github.com/cucumber/messages. Documents and pickles are the official parser's, messages the official
package's; where a scenario ended, and why, is taken from Cucumber JSON, so that both say the same.
"""

from __future__ import annotations

import errno
import json
import platform
from collections import defaultdict
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import cucumber_messages as messages
from gherkin.stream.gherkin_events import GherkinEvents

from steps.documentation.feature_file import ENCODING
from steps.reporting.cucumber_json import element_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from steps.reporting.run_document import Run, Scenario

_GHERKIN = messages.SourceMediaType.text_x_cucumber_gherkin_plain
_NANOSECONDS = 1_000_000_000


def write_messages(file: Path, runs: Iterable[tuple[Run, Path]], root: Path) -> None:
    """Write runs, each with its directory; features lie below `root`. Raises OSError, also for a changed feature."""
    stream = _Stream(root)
    lines = [json.dumps(one, ensure_ascii=False) for one in stream.envelopes(list(runs))]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


class _Stream:
    """The messages of one file, with ids that no two of them share."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._gherkin = GherkinEvents(GherkinEvents.Options(print_source=True, print_ast=True, print_pickles=True))
        self._run_id = self._id()

    def envelopes(self, runs: list[tuple[Run, Path]]) -> Iterator[dict[str, Any]]:
        """Yield all messages, in the order that the format asks for."""
        yield _plain(meta=_meta())
        began = min(_moment(run.started) for run, _ in runs)
        yield _plain(test_run_started=messages.TestRunStarted(_timestamp(began), self._run_id))
        for run, place in runs:
            yield from self._run(run, place, f"{run.target.name}/" if len(runs) > 1 else "")
        ended = max(_moment(run.started) + run.seconds for run, _ in runs)
        success = not any(run.exit_code for run, _ in runs)
        trouble = next((run.trouble for run, _ in runs if run.trouble), None)
        finished = messages.TestRunFinished(
            success, _timestamp(ended), message=trouble, test_run_started_id=self._run_id
        )
        yield _plain(test_run_finished=finished)

    def _run(self, run: Run, place: Path, prefix: str) -> Iterator[dict[str, Any]]:
        pickles: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
        for feature in dict.fromkeys(scenario.feature for scenario in run.scenarios):
            yield from self._feature(feature, prefix, pickles)
        told: set[str] = set()
        for scenario in run.scenarios:
            pickle = _pickle_of(scenario, pickles[scenario.feature, scenario.line])
            if pickle["id"] in told:  # several browsers, or two rows that are alike
                pickle = self._copy(pickle)
                yield {"pickle": pickle}
            told.add(pickle["id"])
            element = element_of(scenario, place, allow_flaky=run.allow_flaky)
            yield from self._scenario(scenario, element, pickle, _moment(scenario.result.started or run.started))

    def _feature(
        self, feature: str, prefix: str, pickles: dict[tuple[str, int], list[dict[str, Any]]]
    ) -> Iterator[dict[str, Any]]:
        """Yield a feature's source, document and pickles; keep the pickles by the lines of their scenarios."""
        text = (self._root / feature).read_text(encoding=ENCODING)
        lines: dict[str, int] = {}
        event = _plain(source=messages.Source(data=text, media_type=_GHERKIN, uri=f"{prefix}{feature}"))
        for envelope in self._gherkin.enum(event):  # type: ignore[arg-type] # the same, as a TypedDict
            one: dict[str, Any] = dict(envelope)
            yield one
            if "gherkinDocument" in one:
                lines = dict(_scenario_lines(one["gherkinDocument"]["feature"]))
            elif "pickle" in one:
                pickles[feature, lines[one["pickle"]["astNodeIds"][0]]].append(one["pickle"])

    def _scenario(
        self, scenario: Scenario, element: dict[str, Any], pickle: dict[str, Any], start: float
    ) -> Iterator[dict[str, Any]]:
        told: list[tuple[messages.TestStep, dict[str, Any]]] = []
        for when in ("before", "steps", "after"):
            for number, step in enumerate(element.get(when, [])):
                if when == "steps":
                    test_step = messages.TestStep(self._id(), pickle_step_id=pickle["steps"][number]["id"])
                    test_step.step_definition_ids, test_step.step_match_arguments_lists = [], []
                else:
                    hook = _hook(self._id(), when, scenario)
                    yield _plain(hook=hook)
                    test_step = messages.TestStep(self._id(), hook_id=hook.id)
                told.append((test_step, step))
        case = messages.TestCase(self._id(), pickle["id"], [one for one, _ in told], self._run_id)
        yield _plain(test_case=case)
        yield from self._attempt(case.id, scenario, told, start)

    def _attempt(
        self, case: str, scenario: Scenario, told: list[tuple[messages.TestStep, dict[str, Any]]], now: float
    ) -> Iterator[dict[str, Any]]:
        started = messages.TestCaseStarted(0, self._id(), case, _timestamp(now), scenario.result.worker or None)
        yield _plain(test_case_started=started)
        end = now + scenario.result.seconds
        for test_step, step in told:
            yield _plain(test_step_started=messages.TestStepStarted(started.id, test_step.id, _timestamp(now)))
            for picture in step.get("embeddings", []):
                base64 = messages.AttachmentContentEncoding.base64
                attached = messages.Attachment(
                    picture["data"], base64, picture["mime_type"],
                    test_case_started_id=started.id, test_step_id=test_step.id,
                )  # fmt: skip
                yield _plain(attachment=attached)
            result = _result(step["result"])
            now += result.duration.seconds + result.duration.nanos / _NANOSECONDS
            finished = messages.TestStepFinished(started.id, test_step.id, result, _timestamp(now))
            yield _plain(test_step_finished=finished)
        ended = messages.TestCaseFinished(started.id, _timestamp(max(now, end)), will_be_retried=False)
        yield _plain(test_case_finished=ended)

    def _copy(self, pickle: dict[str, Any]) -> dict[str, Any]:
        """Return the pickle with ids of its own, for what is carried out more than once."""
        return {**pickle, "id": self._id(), "steps": [{**step, "id": self._id()} for step in pickle["steps"]]}

    def _id(self) -> str:
        return self._gherkin.id_generator.get_next_id()


def _scenario_lines(node: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield id and line of each scenario and outline below a feature or a rule."""
    for child in node["children"]:
        if "rule" in child:
            yield from _scenario_lines(child["rule"])
        elif "scenario" in child:
            yield child["scenario"]["id"], child["scenario"]["location"]["line"]


def _pickle_of(scenario: Scenario, pickles: list[dict[str, Any]]) -> dict[str, Any]:
    """Find the pickle of a scenario among those of its line: examples are told apart by what their steps say."""
    said = [step.text for step in scenario.result.steps]
    for one in pickles:
        if one["name"] == scenario.title and [step["text"] for step in one["steps"]] == said:
            return one
    where = f"{scenario.feature}:{scenario.line}"
    raise OSError(errno.ENOENT, f'"{scenario.title}" does not stand there any more as it was when it ran', where)


def _hook(hook_id: str, when: str, scenario: Scenario) -> messages.Hook:
    kind = messages.HookType.before_test_case if when == "before" else messages.HookType.after_test_case
    where = messages.SourceReference(location=messages.Location(scenario.line), uri=scenario.feature)
    return messages.Hook(hook_id, where, f"{when} all steps", type=kind)


def _result(told: dict[str, Any]) -> messages.TestStepResult:
    seconds, nanos = divmod(told.get("duration", 0), _NANOSECONDS)
    status = messages.TestStepResultStatus(told["status"].upper())
    return messages.TestStepResult(messages.Duration(nanos, seconds), status, message=told.get("error_message"))


def _meta() -> messages.Meta:
    return messages.Meta(
        cpu=messages.Product(platform.machine()),
        implementation=messages.Product("diaflow-acceptance", version("diaflow-acceptance")),
        os=messages.Product(platform.system(), platform.release()),
        protocol_version=version("cucumber-messages"),
        runtime=messages.Product(platform.python_implementation(), platform.python_version()),
    )


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def _timestamp(moment: float) -> messages.Timestamp:
    seconds, nanos = divmod(round(moment * _NANOSECONDS), _NANOSECONDS)
    return messages.Timestamp(nanos, seconds)


def _plain(**message: object) -> dict[str, Any]:
    """Return a message in its envelope, as JSON has it."""
    known: dict[str, Any] = messages.message_converter.to_dict(messages.Envelope(**message))
    return known
