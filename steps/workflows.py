"""Steps about workflows and the credits that they use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then, when

from steps.pages.workflows import WorkflowResult, WorkflowsPage
from steps.readers.changes import add_on_growth
from steps.readers.fact import Fact, Unclear
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.readers.credits import CreditsReading


@given("a member who knows the credits of the workspace", target_fixture="known")
def a_member_who_knows_the_credits(member: Member) -> CreditsReading:
    return member.navigation.go_to_billing().credits()


@when(parsers.parse("the member runs a workflow on a text of {length} characters"), target_fixture="ran")
def the_member_runs_a_workflow(member: Member, length: str) -> WorkflowResult:
    return flows_of(member).run(_text(int(length.replace(",", ""))))


@when("the member runs a workflow twice", target_fixture="runs")
def the_member_runs_a_workflow_twice(member: Member) -> list[WorkflowResult]:
    flows = flows_of(member)
    return [flows.run("Hello"), flows.run("Hello")]


@then("the run completes")
def the_run_completes(ran: WorkflowResult) -> None:
    check(ran.completed, expected="the run completes", actual=f"“{ran.text}”")


@then("both runs complete")
def both_runs_complete(runs: list[WorkflowResult]) -> None:
    for ran in runs:
        the_run_completes(ran)


@then("the run does not complete for want of credits")
def the_run_does_not_complete(ran: WorkflowResult) -> None:
    check(
        ran.out_of_credits,
        expected="the run does not complete, and says that there are no credits",
        actual=f"“{ran.text}”",
    )


@then("the run completes, and exactly one credit is used")
def one_credit_is_used(member: Member, ran: WorkflowResult, known: CreditsReading) -> None:
    the_run_completes(ran)
    changed = _changes(known, member.navigation.go_to_billing().credits())
    check(
        changed == {1},
        expected="exactly one credit is used",
        actual=f"the figures on Billing changed by {changed or 'nothing'}",
    )


@then("the run completes, and more than one credit is used, all of them whole")
def more_credits_are_used(member: Member, ran: WorkflowResult, known: CreditsReading) -> None:
    the_run_completes(ran)
    changed = _changes(known, member.navigation.go_to_billing().credits())
    check(
        len(changed) == 1 and min(changed) > 1,
        expected="more than one whole credit is used",
        actual=f"{changed or 'none'}",
    )
    check("." not in ran.credits_named(), expected="whole credits", actual=ran.credits_named())


@then("the run completes, and no add-on credits are used")
def no_add_on_credits_are_used(member: Member, ran: WorkflowResult, known: CreditsReading) -> None:
    the_run_completes(ran)
    now = member.navigation.go_to_billing().credits()
    grown = _grown(known, now)
    check(grown == 0, expected="the add-on credits stay as they were", actual=f"they changed by {grown:+,}")


@then("the run completes, and one of the add-on credits is used")
def one_add_on_credit_is_used(member: Member, ran: WorkflowResult, known: CreditsReading) -> None:
    the_run_completes(ran)
    now = member.navigation.go_to_billing().credits()
    grown = _grown(known, now)
    check(grown == -1, expected="one add-on credit is used", actual=f"they changed by {grown:+,}")
    check(now.monthly == known.monthly, expected=f"the monthly credits stay: {known.monthly}", actual=str(now.monthly))


def flows_of(member: Member) -> WorkflowsPage:
    """Go to the workflows."""
    flows = WorkflowsPage(member.page, member.target.profile)
    member.navigation.start()
    if not flows.shows():
        member.navigation.click_until(flows.labels.of("flows"), flows.shows)
    return flows


def _changes(before: CreditsReading, now: CreditsReading) -> set[int]:
    """Return by how much the balances on Billing changed, those that did not left out."""
    changed: set[int] = set()
    for old, new in ((before.monthly, now.monthly), (before.add_on, now.add_on)):
        for one in (old, new):
            if isinstance(one, Unclear):
                raise NotVerifiedError(str(one))
        if isinstance(old, Fact) and isinstance(new, Fact):
            was, is_ = old.value, new.value
            pairs = [(was.left, is_.left), (was.used, is_.used), *zip(was.plain, is_.plain, strict=False)]
            changed |= {abs(other - one) for one, other in pairs if one is not None and other is not None}
    if isinstance(before.used, Fact) and isinstance(now.used, Fact):
        changed.add(abs(now.used.value - before.used.value))
    return changed - {0}


def _grown(before: CreditsReading, now: CreditsReading) -> int:
    grown = add_on_growth(before, now)
    if isinstance(grown, Unclear):
        raise NotVerifiedError(str(grown))
    return grown


def _text(length: int) -> str:
    return ("Hello " * (length // 6 + 1))[:length]
