"""Changing the plan: which one to change to, and what shows which plan a workspace is on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from steps.actors.checkout import paid
from steps.actors.purchase import Purchase
from steps.pages.plans import Subscription
from steps.readers.fact import Fact, Unclear
from steps.targets.test_cards import PAID
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from steps.actors.member import Member
    from steps.pages.plans import PlanChoice
    from steps.readers.credits import CreditsReading


@dataclass
class PlanChange:
    """A change of the plan: its name before, and the one chosen."""

    before: str
    chosen: str
    purchase: Purchase


def upgrade(member: Member, promise: str = "") -> PlanChange:
    """Pay for the dearest plan. Raises NotVerifiedError where the workspace is on it."""
    change, choice = _change(member, max, "The account is on the dearest plan, {}: there is none to upgrade to.")
    member.history.begin()
    change.purchase.payment = choice.pay_for(change.chosen)
    member.pay(change.purchase, PAID)
    paid(change.purchase, promise)
    member.target.paid[member.account.key].plan = change.chosen
    return change


def downgrade(member: Member) -> PlanChange:
    """Choose the cheapest plan. Raises NotVerifiedError where the workspace is on it."""
    change, choice = _change(member, min, "The account is on the cheapest plan, {}: there is none to downgrade to.")
    choice.take(change.chosen)
    return change


def can_be_downgraded(member: Member) -> bool:
    """Whether there is a cheaper plan than the workspace's."""
    seen, _, prices = _available(member)
    member.reload()
    return plan_name(seen) != min(prices, key=lambda one: prices[one])


def subscription_of(member: Member) -> Subscription:
    """Return the plan's section on Billing."""
    member.billing()
    return Subscription(member.page, member.target.profile)


def plan_name(seen: CreditsReading) -> str:
    """Return the name of the plan, "" where Billing names none. Raises NotVerifiedError where it is not certain."""
    if isinstance(seen.plan, Unclear):
        raise NotVerifiedError(str(seen.plan))
    return seen.plan.value if isinstance(seen.plan, Fact) else ""


def _change(member: Member, pick: Callable[..., str], none: str) -> tuple[PlanChange, PlanChoice]:
    """Return a change to the plan picked by its price, and the open list; `none` is said of the present plan."""
    seen, choice, prices = _available(member)
    before, chosen = plan_name(seen), pick(prices, key=lambda one: prices[one])
    if chosen == before:
        raise NotVerifiedError(none.format(before))
    return PlanChange(before, chosen, Purchase(before=seen)), choice


def _available(member: Member) -> tuple[CreditsReading, PlanChoice, dict[str, Decimal]]:
    """Return what Billing shows, the open list of plans, and the price of each."""
    subscription = subscription_of(member)
    seen = subscription.settled_credits()
    before = plan_name(seen)
    choice = subscription.upgrade_plan()
    prices = choice.prices(before)
    if before not in prices or len(prices) < 2:
        told = ", ".join(f"{name} {price}" for name, price in prices.items()) or "none is told"
        raise NotVerifiedError(
            f"Which plans are dearer or cheaper than {before or 'this one'} cannot be told by their prices: {told}.",
            line="labels.plan_name = […]",
        )
    return seen, choice, prices
