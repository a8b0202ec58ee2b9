"""Steps about workflows and the credits that they use."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from pytest_bdd import given, parsers, then, when

from steps.actors.balance_check import told_of
from steps.actors.preconditions import buy_smallest
from steps.actors.workflows import Size, TooFewCreditsError, credits_after, hold_affordable, run_workflow
from steps.pages.base_page import ElementNotFoundError
from steps.readers.credits.changes import add_on_growth
from steps.readers.credits.totals import likely_left
from steps.readers.page.fact import Fact, Unclear, said
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import StorageState

    from steps.actors.member import Member
    from steps.readers.credits.balance import Balance
    from steps.readers.credits.credits import CreditsReading
    from steps.readers.page.fact import Absent
    from steps.readers.workspace.workflow_results import WorkflowResult
    from steps.targets.target import Account


class Run(NamedTuple):
    """A run of a workflow, and the credits that Billing showed before it."""

    before: CreditsReading
    result: WorkflowResult


@when(parsers.re(r"the member runs a (?P<size>small|medium|large) workflow"), target_fixture="ran")
def the_member_runs_a_workflow(member: Member, size: Size) -> Run:
    before = member.navigation.go_to_billing().credits()
    return Run(before, _run(member, size))


@when("another member of the workspace runs a small workflow", target_fixture="ran")
def another_member_runs_a_workflow(member: Member, member_of: Callable[[Account, StorageState | None], Member]) -> Run:
    """Let a colleague run one. Raises NotVerifiedError where that fails for another reason: no page says who may."""
    account = member.target.colleague(member.account)
    before = member.navigation.go_to_billing().settled_credits()
    member.credits_used.append(0)
    member.last_seen = None
    told = f"Whether {account.name} may run workflows is not known"
    try:
        result = run_workflow(member_of(account, member.target.signed_in(account)), "small")
    except ElementNotFoundError as error:
        if member.target.sets_up:
            raise
        raise NotVerifiedError(f"{told}: {error}") from error
    if not (result.completed or result.out_of_credits or member.target.sets_up):
        raise NotVerifiedError(f"{told}: “{result.text}”")
    return Run(before, result)


class Runs(NamedTuple):
    """Runs one after the other, and the credits that Billing showed before them."""

    before: CreditsReading
    results: list[WorkflowResult]


@given(parsers.re(r"the member has run a (?P<size>small|large) workflow"))
def the_member_has_run_a_workflow(member: Member, size: Size) -> None:
    before = member.billing().settled_credits()
    try:
        result = _run(member, size)
    except TooFewCreditsError:
        buy_smallest(member)
        before, result = member.billing().settled_credits(), _run(member, size)
    check(result.completed, expected="the run completes", actual=f"“{result.text}”", promise="doc:buy-credits.0b")
    now = credits_after(member, before)  # what it used may show late, and is not to be blamed on what follows
    with suppress(NotVerifiedError):  # what Billing shows of credits is for other scenarios
        _hold_told(result, _changes(before, now))


@given("a small workflow has stopped for lack of credits")
def a_workflow_has_stopped(member: Member) -> None:
    result = run_workflow(member, "small")
    check(result.out_of_credits, expected="a message that there are no credits left", actual=f"“{result.text}”")


@when("the member runs a large and a small workflow", target_fixture="runs")
def the_member_runs_both(member: Member) -> Runs:
    before = member.navigation.go_to_billing().settled_credits()
    return Runs(before, [_run(member, "large"), _run(member, "small")])


def _run(member: Member, size: Size) -> WorkflowResult:
    result = run_workflow(member, size)
    if size == "large":
        hold_affordable(member, result)
    return result


@then("the run completes")
def the_run_completes(ran: Run) -> None:
    _completes(ran.result)


@then("both runs complete")
def both_runs_complete(runs: Runs) -> None:
    for result in runs.results:
        _completes(result)


@then("the credits that they tell of are used, the monthly ones first")
def what_they_tell_of_is_used(member: Member, runs: Runs) -> None:
    """Hold it as far as the runs tell of credits, and Billing of what is left of each kind."""
    told = [one.credits_used for one in runs.results if one.credits_used is not None]
    there, billing = likely_left(runs.before), member.navigation.go_to_billing()
    if there is not None and len(told) == len(runs.results):
        billing.until(lambda: likely_left(billing.credits()) == there - sum(told), member.immediate_timeout_s / 2)
    member.last_seen = now = billing.settled_credits()
    left = likely_left(now)
    check(
        there is None or left is None or len(told) < len(runs.results) or there - left == sum(told),
        expected=f"{sum(told):,} credits are used, as the runs say",
        actual=f"{there or 0:,} were left, and now {left or 0:,}",
        promise="doc:credit-use.1",
    )
    monthly = now.monthly.value.likely_left if isinstance(now.monthly, Fact) else None
    check(
        _grown(runs.before, now) == 0 or not monthly,
        expected="no add-on credits are used while monthly ones are left",
        actual=f"{_told_of_add_on(runs.before, now)}, with {told_of(now.monthly)}",
        promise="assumption:monthly-first",
    )


@then("looking at it again uses none")
def looking_again_uses_none(member: Member) -> None:
    """Load the page on which the run was told of again, or where that is not known, the list of workflows."""
    before = member.navigation.go_to_billing().settled_credits()
    member.navigation.visit(member.ran_at or member.target.profile.routes.start)
    now = member.navigation.go_to_billing().settled_credits()
    changed = _changes(before, now)
    check(not changed, expected="a run that is looked at again uses nothing", actual=_told_of_changes(changed))


@then("the run does not complete")
def the_run_does_not_complete(ran: Run) -> None:
    check(not ran.result.completed, expected="the run does not complete", actual=f"“{ran.result.text}”")


@then("the member is told that there are no credits left")
def the_member_is_told_of_no_credits(ran: Run) -> None:
    check(ran.result.out_of_credits, expected="a message that there are no credits left", actual=f"“{ran.result.text}”")


@then("exactly one credit is used")
def one_credit_is_used(member: Member, ran: Run) -> None:
    now = credits_after(member, ran.before)
    _hold_whole(now)
    changed = _changes(ran.before, now)
    check(
        changed == {1},
        expected="exactly one credit is used",
        actual=_told_of_changes(changed),
    )
    _hold_told(ran.result, changed)


@then("no credits are used")
def no_credits_are_used(member: Member, ran: Run) -> None:
    now = member.navigation.go_to_billing().settled_credits()
    changed = _changes(ran.before, now)
    check(not changed, expected="no credits are used", actual=_told_of_changes(changed))


@then("more than one credit is used")
def more_credits_are_used(member: Member, ran: Run) -> None:
    now = credits_after(member, ran.before)
    _hold_whole(now)
    changed = _changes(ran.before, now)
    check(
        len(changed) == 1 and min(changed) > 1,
        expected="more than one credit is used",
        actual=_told_of_changes(changed),
    )
    _hold_told(ran.result, changed)


@then("only whole credits are used")
def only_whole_credits_are_used(ran: Run) -> None:
    named = ran.result.credits_named()
    check("." not in named, expected="whole credits", actual=named)


@then("no add-on credits are used")
def no_add_on_credits_are_used(member: Member, ran: Run) -> None:
    now = credits_after(member, ran.before)
    grown = _grown(ran.before, now)
    if grown < 0 and _is_used_up(now.monthly) and not member.target.sets_up:
        raise NotVerifiedError("The run used up the monthly credits, so that it needed add-on credits as well.")
    check(grown == 0, expected="the add-on credits stay as they were", actual=_told_of_add_on(ran.before, now))


@then("one add-on credit is used")
def one_add_on_credit_is_used(member: Member, ran: Run) -> None:
    now = credits_after(member, ran.before)
    grown = _grown(ran.before, now)
    check(grown == -1, expected="one add-on credit is used", actual=_told_of_add_on(ran.before, now))
    was = ran.before.monthly
    stays = said(now.monthly) == said(was)
    check(stays, expected=f"the monthly credits stay: {told_of(was)}", actual=told_of(now.monthly))


def _hold_whole(seen: CreditsReading) -> None:
    """Raise BrokenPromiseError where Billing shows parts of credits."""
    parts = [one.told for one in seen.shown if any((each.number.value or 0) % 1 for each in one.amounts)]
    check(not parts, expected="whole credits", actual="; ".join(f"“{one}”" for one in parts))


def _hold_told(result: WorkflowResult, changed: set[int]) -> None:
    """Raise BrokenPromiseError where a run says that it used another number of credits than Billing does."""
    check(
        result.credits_used is None or changed == {result.credits_used},
        expected=f"as many credits are used as the run says: “{result.text}”",
        actual=_told_of_changes(changed),
    )


def _completes(result: WorkflowResult) -> None:
    check(result.completed, expected="the run completes", actual=f"“{result.text}”")


def _told_of_add_on(before: CreditsReading, now: CreditsReading) -> str:
    return f"{told_of(before.add_on)} became {told_of(now.add_on)}"


def _told_of_changes(changed: set[int]) -> str:
    return f"the figures on Billing changed by {' and '.join(f'{one:,}' for one in sorted(changed)) or 'nothing'}"


def _changes(before: CreditsReading, now: CreditsReading) -> set[int]:
    """Return by how much the balances on Billing changed, those that did not left out.

    Of a run that used up the monthly credits, and add-on credits for the rest, that is both together.
    """
    monthly, add_on = _change_of(before.monthly, now.monthly), _change_of(before.add_on, now.add_on)
    used = set()
    if isinstance(before.used, Fact) and isinstance(now.used, Fact):
        used = {abs(now.used.value - before.used.value)}
    both = {sum(monthly) + sum(add_on)} if len(monthly) == len(add_on) == 1 else set()
    may_be_gone = isinstance(now.monthly, Fact) and 0 in now.monthly.value.plain and both == used
    changed = both if both and (_is_used_up(now.monthly) or may_be_gone) else monthly | add_on
    return (changed | used) - {0}


def _is_used_up(credits_: Fact[Balance] | Unclear | Absent) -> bool:
    if not isinstance(credits_, Fact):
        return False
    balance = credits_.value
    return balance.left == 0 or (balance.used is not None and balance.used == balance.whole)


def _change_of(old: Fact[Balance] | Unclear | Absent, new: Fact[Balance] | Unclear | Absent) -> set[int]:
    """Return by how much the numbers of one kind of credits changed."""
    for one in (old, new):
        if isinstance(one, Unclear):
            raise NotVerifiedError(str(one))
    if not (isinstance(old, Fact) and isinstance(new, Fact)):
        return set()
    was, is_ = old.value, new.value
    pairs = [(was.left, is_.left), (was.used, is_.used), *zip(was.plain, is_.plain, strict=False)]
    return {abs(other - one) for one, other in pairs if one is not None and other is not None} - {0}


def _grown(before: CreditsReading, now: CreditsReading) -> int:
    grown = add_on_growth(before, now)
    if isinstance(grown, Unclear):
        raise NotVerifiedError(str(grown))
    return grown
