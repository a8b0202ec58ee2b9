"""Running workflows, small ones and large ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from steps.pages.workflows import WorkflowsPage

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.pages.workflows import WorkflowResult

Size = Literal["small", "large"]
_LETTERS: dict[Size, int] = {"small": 5, "large": 20_000}
"""How long the text is on which a workflow runs: what is read uses credits."""


def flows_of(member: Member) -> WorkflowsPage:
    """Go to the workflows."""
    flows = WorkflowsPage(member.page, member.target.profile)
    member.navigation.start()
    if not flows.shows():
        member.navigation.click_until(flows.labels.of("flows"), flows.shows)
    return flows


def run_workflow(flows: WorkflowsPage, size: Size) -> WorkflowResult:
    """Run a workflow on a text of that size."""
    letters = _LETTERS[size]
    return flows.run(("Hello " * (letters // 6 + 1))[:letters])
