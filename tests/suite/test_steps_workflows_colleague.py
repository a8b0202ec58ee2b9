"""A workflow that another member runs: no page says who may run one, but whose credits they are is promised."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from steps import workflows
from steps.pages.base_page import ElementNotFoundError
from steps.readers.workspace.workflow_results import WorkflowResult
from steps.targets.target import Account
from steps.verdicts.verdict import NotVerifiedError


def _runs(monkeypatch: pytest.MonkeyPatch, said: str, *, sets_up: bool = False) -> workflows.Run:
    """Let a colleague run a workflow that `said` something; nothing for a page without workflows."""

    def run(*_: object) -> WorkflowResult:
        if not said:
            raise ElementNotFoundError("There is no workflow.")
        return WorkflowResult(said)

    monkeypatch.setattr(workflows, "run_workflow", run)
    target = SimpleNamespace(sets_up=sets_up, colleague=lambda _: Account("Grace", ""), signed_in=lambda _: None)
    navigation = SimpleNamespace(go_to_billing=lambda: SimpleNamespace(settled_credits=lambda: None))
    member: Any = SimpleNamespace(target=target, account=None, navigation=navigation, credits_used=[])
    return workflows.another_member_runs_a_workflow(member, lambda *_: member)


@pytest.mark.parametrize("said", ["Run completed: 1 credit used", "Run not completed: 0 credit left."])
def test_what_is_said_of_credits_counts(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    assert _runs(monkeypatch, said).result.text == said


@pytest.mark.parametrize("said", ["", "Run failed: your role may not run this workflow."])
def test_who_may_run_workflows_is_known_of_nobody_elses_site(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    with pytest.raises(NotVerifiedError, match=r"Whether Grace may run workflows is not known: .*workflow"):
        _runs(monkeypatch, said)
    if said:
        assert not _runs(monkeypatch, said, sets_up=True).result.completed
    else:
        with pytest.raises(ElementNotFoundError):
            _runs(monkeypatch, said, sets_up=True)
