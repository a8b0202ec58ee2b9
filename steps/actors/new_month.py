"""The beginning of a new month: what Billing shows then, held against what it showed before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from steps.actors.balance_check import hold_usable, told_of
from steps.actors.balance_wait import others_are_using_credits
from steps.actors.workflows import credits_after, run_workflow
from steps.readers.credits.changes import add_on_growth, counts_anew
from steps.readers.credits.totals import is_same_plan, may_be_of_month, month_like
from steps.readers.page.fact import Fact, Unclear
from steps.readers.plans.plan_terms import outdated
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.readers.credits.credits import CreditsReading
    from steps.targets.target import WorkspaceSetup

_USED = 'labels.used_credits = "…"'


@dataclass(frozen=True)
class Month:
    """What Billing showed in one billing cycle, and what it shows in a later one."""

    before: CreditsReading
    now: CreditsReading


def month_with_a_run(member: Member) -> Month:
    """Run a small workflow, and wait for the next billing cycle."""
    began = member.billing().settled_credits()
    result = run_workflow(member, "small")
    check(result.completed, expected="the run completes", actual=f"“{result.text}”", promise="doc:buy-credits.0b")
    before = credits_after(member, began)  # what it used may show late
    member.move_clock("next-month")
    member.last_seen = member.reload().settled_credits()
    return Month(before, member.last_seen)


def hold_days_moved(member: Member, month: Month) -> None:
    """Raise BrokenPromiseError where Billing tells of days and changes to come that are over with the cycle before."""
    still = outdated(month.before, month.now, member.target.profile)
    check(not still, expected="nothing that is over with the billing cycle before", actual=f"“{'”, “'.join(still)}”")


def hold_begun_anew(member: Member, start: WorkspaceSetup, month: Month) -> None:
    """Raise BrokenPromiseError unless all monthly credits of the plan are usable, and none of the cycle before."""
    seen = month.now.monthly
    hold_days_moved(member, month)
    _hold_possible(month)
    if member.target.sets_up:
        hold_usable(start.monthly_credits, "monthly", seen)
        return
    may_be = may_be_of_month(month.now) or month_like(month.before, month.now)
    if not may_be:
        raise NotVerifiedError("Billing does not tell how many monthly credits the plan has.")
    are_usable = {one.used == 0 for one in may_be}
    if len(are_usable) > 1:
        raise NotVerifiedError(
            str(Unclear("What is left of the monthly credits", seen.lines if isinstance(seen, Fact) else (), _USED))
        )
    if are_usable == {False} and others_are_using_credits(member):
        raise NotVerifiedError("Somebody else uses credits of the same workspace at the same time.")
    whole = max(one.whole for one in may_be)
    check(are_usable == {True}, expected=f"Billing shows {whole:,} monthly credits", actual=f"it shows {told_of(seen)}")
    ago = {one.whole for one in may_be_of_month(month.before)}
    if len(ago) == 1 and is_same_plan(month.before, month.now):
        more = min(one.whole for one in may_be) - min(ago)
        told = f"{min(ago):,} monthly credits, as many as in the month before"
        check(more <= 0, expected=f"Billing shows {told}", actual=f"it shows {told_of(seen)}")


def _hold_possible(month: Month) -> None:
    """Raise BrokenPromiseError where more monthly credits are left than there are, or fewer than none are used."""
    seen, used, was = month.now.monthly, month.now.used, month.before.used
    left, whole = (seen.value.left, seen.value.whole) if isinstance(seen, Fact) else (None, None)
    check(
        left is None or whole is None or left <= whole,
        expected=f"at most the {whole or 0:,} monthly credits of the plan are left",
        actual=told_of(seen),
    )
    is_negative = isinstance(used, Fact) and used.value < 0 <= (was.value if isinstance(was, Fact) else 0)
    lines = used.lines if isinstance(used, Fact) else ()
    check(not is_negative, expected="no fewer than no credits are used", actual=f"“{'”, “'.join(lines)}”")


def hold_add_on_kept(month: Month) -> None:
    """Raise BrokenPromiseError unless the add-on credits have stayed."""
    grown = add_on_growth(month.before, month.now)
    if isinstance(grown, Unclear):
        raise NotVerifiedError(str(grown))
    stays = grown == 0 or counts_anew(month.before.add_on, month.now.add_on)
    before, now = told_of(month.before.add_on), told_of(month.now.add_on)
    check(stays, expected=f"the add-on credits stay: {before}", actual=now)
