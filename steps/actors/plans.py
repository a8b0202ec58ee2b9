"""Changing the plan: which one to change to, and what shows which plan a workspace is on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from steps.actors.checkout import paid
from steps.actors.purchase import Purchase
from steps.pages.base_page import ElementNotFoundError, blame_promise
from steps.pages.plans import Subscription
from steps.readers.fact import Fact, Unclear
from steps.readers.plan_prices import OwnPlan
from steps.targets.test_cards import PAID
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
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
    change, choice = _change(member, -1, "The account is on the dearest plan, {}: there is none to upgrade to.")
    member.history.begin()
    change.purchase.payment = choice.pay_for(change.chosen)
    member.pay(change.purchase, PAID)
    paid(change.purchase, promise)
    left = member.target.paid[member.account.key]
    left.plan, left.next_plan, left.downgraded_to = change.chosen, "", ""
    return change


def downgrade(member: Member) -> PlanChange:
    """Choose the cheapest plan. Raises NotVerifiedError where the workspace is on it."""
    change, choice = _change(member, 0, "The account is on the cheapest plan, {}: there is none to downgrade to.")
    left = member.target.paid[member.account.key]
    if left.next_plan == change.chosen:  # an earlier scenario has chosen it
        member.reload()
        return change
    choice.take(change.chosen)
    left.next_plan = change.chosen
    return change


def can_be_downgraded(member: Member) -> bool:
    """Whether there is a cheaper plan than the workspace's."""
    plan, order = _place(member)
    return plan != order[0]


def can_be_upgraded(member: Member) -> bool:
    """Whether there is a dearer plan than the workspace's."""
    plan, order = _place(member)
    return plan != order[-1]


def _place(member: Member) -> tuple[str, tuple[str, ...]]:
    """Return the workspace's plan, and the plans from the cheapest to the dearest; Billing shows again afterwards."""
    seen, _, order = _available(member)
    member.reload()
    return plan_name(seen), order


def subscription_of(member: Member) -> Subscription:
    """Return the plan's section on Billing."""
    member.billing()
    return Subscription(member.page, member.target.profile)


def plan_name(seen: CreditsReading) -> str:
    """Return the name of the plan, "" where Billing names none. Raises NotVerifiedError where it is not certain."""
    if isinstance(seen.plan, Unclear):
        raise NotVerifiedError(str(seen.plan))
    return seen.plan.value if isinstance(seen.plan, Fact) else ""


def _change(member: Member, place: int, none: str) -> tuple[PlanChange, PlanChoice]:
    """Return a change to the plan at a place of their order, and the open list; `none` is said of the present plan."""
    seen, choice, order = _available(member)
    before, chosen = plan_name(seen), order[place]
    if chosen == before:
        raise NotVerifiedError(none.format(before))
    return PlanChange(before, chosen, Purchase(before=seen, plan_credits=choice.credits_of(chosen))), choice


def _available(member: Member) -> tuple[CreditsReading, PlanChoice, tuple[str, ...]]:
    """Return what Billing shows, the open list of plans, and the plans from the cheapest to the dearest."""
    subscription = subscription_of(member)
    seen = subscription.settled_credits()
    name = plan_name(seen)
    if not name:
        with blame_promise("doc:billing.2"):
            raise ElementNotFoundError(f"Billing names no plan. {subscription.describe_page()}")
    choice = subscription.upgrade_plan()
    order = choice.order(OwnPlan(name, tuple(one.text for one in seen.shown)))
    if isinstance(order, Unclear):
        raise NotVerifiedError(str(order))
    return seen, choice, order.value
