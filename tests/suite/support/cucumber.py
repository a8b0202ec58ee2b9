"""Cucumber messages, read back by the official package."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from cucumber_messages import Envelope, TestStepResultStatus, message_converter

from steps.reporting.run_document import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WORST = (TestStepResultStatus.failed, TestStepResultStatus.pending)


class Messages:
    """The messages of a file; each that refers to another refers to one that came before."""

    def __init__(self, file: Path) -> None:
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        self.envelopes: list[Envelope] = [message_converter.from_dict(line, Envelope) for line in lines]
        written = [message_converter.to_dict(one) for one in self.envelopes]
        assert written == lines, "the package knows each key"
        self.pickles = {one.id: one for one in self.each("pickle")}
        self.hooks = {one.id for one in self.each("hook")}
        self.cases = {one.id: one for one in self.each("test_case")}
        self.steps = {one.id: one for case in self.cases.values() for one in case.test_steps}
        self.started = {one.id: one for one in self.each("test_case_started")}
        self._check()

    def each(self, kind: str) -> Iterator[Any]:
        """Yield all messages of a kind, in order."""
        return (told for one in self.envelopes if (told := getattr(one, kind)) is not None)

    def title(self, case_started: str) -> str:
        """Return the title of what an attempt carried out."""
        return str(self.pickles[self.cases[self.started[case_started].test_case_id].pickle_id].name)

    def results(self, title: str) -> list[Any]:
        """Return how each step of a scenario ended, hooks included."""
        return [
            one.test_step_result
            for one in self.each("test_step_finished")
            if self.title(one.test_case_started_id) == title
        ]

    def _check(self) -> None:
        assert [len(list(self.each(kind))) for kind in ("meta", "test_run_started", "test_run_finished")] == [1, 1, 1]
        nodes = json.dumps([message_converter.to_dict(one) for one in self.each("gherkin_document")])
        for case in self.cases.values():
            pickle = self.pickles[case.pickle_id]
            known = [step.pickle_step_id for step in case.test_steps if step.pickle_step_id]
            assert known == [step.id for step in pickle.steps]
            assert {step.hook_id for step in case.test_steps if step.hook_id} <= self.hooks
            assert all(f'"id": "{node}"' in nodes for node in pickle.ast_node_ids)
        finished = [one.test_case_started_id for one in self.each("test_case_finished")]
        assert sorted(finished) == sorted(self.started)
        assert {one.test_case_id for one in self.started.values()} == set(self.cases)
        for kind in ("test_step_started", "test_step_finished"):
            assert sorted(one.test_step_id for one in self.each(kind)) == sorted(self.steps)


def of_messages(file: Path) -> dict[str, int]:
    """Count how many scenarios ended how."""
    told = Messages(file)
    verdicts: Counter[str] = Counter()
    for one in told.started:
        results = told.results(told.title(one))
        said = next((result.message for result in results if result.status in _WORST), None)
        verdict = "passed" if said is None else said.partition(":")[0]
        verdicts[verdict if verdict in VERDICTS else "failed"] += 1
        assert said is not None or {result.status for result in results} == {TestStepResultStatus.passed}
    return dict(verdicts)
