"""Steps about workflows and the credits that they use."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_bdd import parsers, then, when

from steps.pages.workflows import WorkflowResult, WorkflowsPage
from steps.verdicts.expectations import check

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.pages.billing import Credits


_LETTERS = {"small": 5, "large": 20_000}
"""How long the text is on which a workflow runs: what is read uses credits."""


class Run(NamedTuple):
    """A run of a workflow, and the credits that Billing showed before it."""

    before: Credits
    result: WorkflowResult


@when(parsers.re(r"the member runs a (?P<size>small|large) workflow"), target_fixture="ran")
def the_member_runs_a_workflow(member: Member, size: str) -> Run:
    before = member.navigation.go_to_billing().credits()
    return Run(before, flows_of(member).run(_text(_LETTERS[size])))


@when("the member runs two small workflows", target_fixture="runs")
def the_member_runs_a_workflow_twice(member: Member) -> list[WorkflowResult]:
    flows = flows_of(member)
    return [flows.run("Hello"), flows.run("Hello")]


@then("the run completes")
def the_run_completes(ran: Run) -> None:
    _completes(ran.result)


@then("both runs complete")
def both_runs_complete(runs: list[WorkflowResult]) -> None:
    for result in runs:
        _completes(result)


@then("the run does not complete")
def the_run_does_not_complete(ran: Run) -> None:
    check(not ran.result.completed, expected="the run does not complete", actual=f"“{ran.result.text}”")


@then("the member is told that there are no credits left")
def the_member_is_told_of_no_credits(ran: Run) -> None:
    check(ran.result.out_of_credits, expected="a message that there are no credits left", actual=f"“{ran.result.text}”")


@then("exactly one credit is used")
def one_credit_is_used(member: Member, ran: Run) -> None:
    changed = _changes(ran.before, member.navigation.go_to_billing().credits())
    check(
        changed == {1},
        expected="exactly one credit is used",
        actual=f"the figures on Billing changed by {changed or 'nothing'}",
    )


@then("more than one credit is used")
def more_credits_are_used(member: Member, ran: Run) -> None:
    changed = _changes(ran.before, member.navigation.go_to_billing().credits())
    check(
        len(changed) == 1 and min(changed) > 1,
        expected="more than one credit is used",
        actual=f"the figures on Billing changed by {changed or 'nothing'}",
    )


@then("only whole credits are used")
def only_whole_credits_are_used(ran: Run) -> None:
    named = ran.result.credits_named()
    check("." not in named, expected="whole credits", actual=named)


@then("no add-on credits are used")
def no_add_on_credits_are_used(member: Member, ran: Run) -> None:
    now = member.navigation.go_to_billing().credits()
    check(
        now.add_on == ran.before.add_on,
        expected=f"the add-on credits stay {ran.before.add_on}",
        actual=f"they are {now.add_on}",
    )


@then("one add-on credit is used")
def one_add_on_credit_is_used(member: Member, ran: Run) -> None:
    now = member.navigation.go_to_billing().credits()
    used = ran.before.add_on_amount - now.add_on_amount
    check(used == 1, expected="one add-on credit is used", actual=f"{used:,} are used")
    check(
        now.monthly == ran.before.monthly,
        expected=f"the monthly credits stay {ran.before.monthly}",
        actual=f"they are {now.monthly}",
    )


def _completes(result: WorkflowResult) -> None:
    check(result.completed, expected="the run completes", actual=f"“{result.text}”")


def flows_of(member: Member) -> WorkflowsPage:
    """Go to the workflows."""
    flows = WorkflowsPage(member.page, member.target.profile)
    member.navigation.start()
    if not flows.shows():
        member.navigation.click_until(flows.labels.of("flows"), flows.shows)
    return flows


def _changes(before: Credits, now: Credits) -> set[int]:
    """Return by how much the figures for credits changed, without those that did not change."""
    pairs = ((before.monthly, now.monthly), (before.add_on, now.add_on), (before.used, now.used))
    figures = [(was, is_) for old, new in pairs for was, is_ in zip(old or (), new or (), strict=False)]
    return {abs(is_ - was) for was, is_ in figures} - {0}


def _text(length: int) -> str:
    return ("Hello " * (length // 6 + 1))[:length]
