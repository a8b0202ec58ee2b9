"""What Billing shows of a plan that was chosen: its name, its price, and that it is there at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.actors.plans import (
    hold_not_suspended,
    plan_name,
)
from steps.actors.thanks import hold_unthreatened
from steps.pages.polling import until
from steps.readers.page.fact import Fact
from steps.readers.plans.plan_terms import (
    begins_to_buy,
    comes_later,
    other_fee,
    unchanged_fee,
)
from steps.verdicts.expectations import check

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.actors.purchase import Purchase
    from steps.readers.credits.credits import CreditsReading

_MANY = 100
"""From how many on no workflow that others run meanwhile has used credits."""


def hold_at_once(member: Member, purchase: Purchase) -> None:
    """Raise BrokenPromiseError where the plan is told to come later, to be unpaid, or to buy credits by itself."""
    hold_fee(member, purchase)
    plan, today = member.target.paid[member.account.key].plan, member.target.now(member.account).date()
    later = comes_later(purchase.before, member.billing().credits(), plan, member.target.profile, today)
    check(not later, expected=f"the plan {plan} at once", actual=f"“{later}”")
    hold_not_suspended(purchase, member.billing().credits())
    hold_unthreatened(member, purchase)
    begun = begins_to_buy(purchase.before, member.billing().credits())
    check(not begun, expected="no credits are bought by themselves", actual=f"“{'”, “'.join(begun)}”")


def hold_unused(purchase: Purchase, seen: CreditsReading) -> None:
    """Raise BrokenPromiseError where many credits are used since the upgrade began."""
    was, used = purchase.before.used, seen.used
    if isinstance(was, Fact) and isinstance(used, Fact):
        told = f"“{', '.join(was.lines)}” became “{', '.join(used.lines)}”"
        check(used.value - was.value < _MANY, expected="an upgrade uses no credits", actual=told)


def hold_fee(member: Member, purchase: Purchase) -> None:
    """Raise BrokenPromiseError where Billing still tells what a month of the plan before costs."""

    def stale() -> list[str]:
        now, prices = member.billing().credits(), purchase.plan_prices
        told = [*unchanged_fee(purchase.before, now, *prices), *other_fee(purchase.before, now, *prices)]
        return list(dict.fromkeys(told))

    if stale():
        member.reload()  # a page may correct it while it stays open
        until(lambda: not stale(), member.immediate_timeout_s / 2, every=0.5)
    found, price = stale(), purchase.plan_prices[1]
    check(not found, expected=f"Billing tells that the plan costs {price}", actual=f"“{'”, “'.join(found)}”")


def hold_plan(member: Member, plan: str) -> None:
    """Raise BrokenPromiseError where Billing does not come to name the plan in the time that "immediately" allows."""
    seen = ""

    def is_the_plan() -> bool:
        nonlocal seen
        seen = plan_name(member.billing().credits())
        return seen == plan

    for _ in range(2):  # a page may correct an old plan while it stays open
        member.navigation.go_to_billing()
        if until(is_the_plan, member.immediate_timeout_s / 2, every=0.5):
            break
    check(
        seen == plan,
        expected=f"the current plan is {plan} within {member.immediate_timeout_s:g} s",
        actual=f"it is {seen}" if seen else "Billing names none",
    )
