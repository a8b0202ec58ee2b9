"""Changing the plan: which one to change to, and what shows which plan a workspace is on."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from steps.actors.checkout import paid
from steps.actors.purchase import Purchase
from steps.pages.base_page import ElementNotFoundError, blame_promise
from steps.pages.plans import Subscription
from steps.readers.checkout.alerts import unusable
from steps.readers.page.capture import capture
from steps.readers.page.fact import Fact, Unclear
from steps.readers.page.lines import layout_of
from steps.readers.plans.next_charge import changed_charges
from steps.readers.plans.plan_prices import OwnPlan
from steps.readers.plans.plan_terms import changed_terms
from steps.targets.test_cards import PAID
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from steps.actors.member import Member
    from steps.pages.plans import PlanChoice
    from steps.readers.credits.credits import CreditsReading
    from steps.readers.money.money import Money
    from steps.targets.test_cards import Card

Place = Literal["next", "last"]
"""Which of the dearer plans."""


@dataclass
class PlanChange:
    """A change of the plan: its name before, and the one chosen."""

    before: str
    chosen: str
    purchase: Purchase
    is_before_listed: bool = False
    """Whether the list of plans offers the one before."""


def upgrade(member: Member, promise: str = "", *, to: Place = "last") -> PlanChange:
    """Pay for the dearest plan, or the next dearer one. Raises NotVerifiedError where there is none."""
    change = try_upgrade(member, PAID, to)
    paid(change.purchase, promise)
    left = member.target.paid[member.account.key]
    left.plan, left.next_plan, left.downgraded_to = change.chosen, "", ""
    left.plan_before = change.before if change.is_before_listed else ""
    return change


def try_upgrade(member: Member, card: Card, to: Place = "last") -> PlanChange:
    """Choose a dearer plan, and pay with a card that may be refused. Raises NotVerifiedError where there is none."""
    none = "The account is on the dearest plan, {}: there is none to upgrade to."
    change, choice = _change(member, lambda order, at: _place_in(order[at + 1 :], to), none)
    member.history.begin()
    member.listed = ()
    price = change.purchase.plan_prices[1]
    change.purchase.payment = choice.pay_for(change.chosen)
    member.pay(change.purchase, card)
    hold_plan_price(change, price)
    return change


def hold_plan_price(change: PlanChange, price: Money | None) -> None:
    """Raise BrokenPromiseError where more is asked for than the list says that the plan costs, besides taxes.

    It may be less: what was left of the plan before may count.
    """
    asked = change.purchase.paid_for
    net = asked.before_taxes if asked is not None else None
    check(
        price is None or net is None or net.currency != price.currency or net.amount <= price.amount,
        expected=f"no more is asked for than {change.chosen} costs by the list of plans, {price}",
        actual=f"the payment page asks for {net}",
        promise="doc:upgrade-downgrade.3",
    )


def hold_terms(member: Member, purchase: Purchase, now: CreditsReading) -> None:
    """Raise BrokenPromiseError where the plan costs or holds something else than before a purchase of credits."""
    profile = member.target.profile
    found = changed_terms(purchase.before, now, profile.labels.of("plan_name").names)
    lines = tuple(line.text for line in layout_of(capture(member.page)).lines)
    asked = purchase.paid_for.amount_due if purchase.paid_for else None
    paid_now = asked.value if isinstance(asked, Fact) else None
    found += changed_charges(purchase.lines_before, lines, paid_now, profile)
    check(
        not found,
        expected="the plan costs and holds what it did before",
        actual="; ".join(found),
        promise="doc:billing.4",
    )
    hold_not_suspended(purchase, now)


def hold_marked(member: Member, plan: str) -> None:
    """Raise BrokenPromiseError where the list of plans marks another plan as the current one.

    Who is on the dearest plan may be offered no list, and the list may call a plan "Pro" that Billing calls "Pro plan".
    """
    with suppress(ElementNotFoundError):
        choice = subscription_of(member).upgrade_plan(several=False)
        choice.settled_plans()
        marked, own = choice.marked(), plan.casefold()
        check(
            all(one.casefold() in own or own in one.casefold() for one in marked),
            expected=f"the list of plans marks {plan} as the current one, if any",
            actual=f"it marks {' and '.join(marked)}",
        )


def hold_not_suspended(purchase: Purchase, now: CreditsReading) -> None:
    """Raise BrokenPromiseError where Billing has come to say that the plan or the credits cannot be used."""
    found = unusable((one.text for one in purchase.before.shown), (one.text for one in now.shown))
    check(
        not found,
        expected="plan and credits can be used once they are paid for",
        actual=f"“{'”, “'.join(found)}” came",
    )


def downgrade(member: Member) -> PlanChange:
    """Choose the next cheaper plan. Raises NotVerifiedError where the workspace is on the cheapest.

    Raises BrokenPromiseError where this run has left a cheaper one, and the list offers none.
    """
    none = "The account is on the cheapest plan, {}: there is none to downgrade to."
    billing_at = subscription_of(member).page.url
    left = member.target.paid[member.account.key]

    def next_cheaper(order: tuple[str, ...], at: int) -> tuple[str, ...]:
        is_left = left.plan == order[at] and bool(left.plan_before)
        check(
            at > 0 or not is_left,
            expected=f"the list of plans offers {left.plan_before}, as it did before {left.plan} was chosen",
            actual=", ".join(order),
            promise="doc:upgrade-downgrade.2",
        )
        return order[:at][-1:]

    change, choice = _change(member, next_cheaper, none)
    if left.next_plan == change.chosen:  # an earlier scenario has chosen it
        _back_to_billing(member, billing_at)
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


def _place_in(dearer: tuple[str, ...], to: Place) -> tuple[str, ...]:
    return dearer[:1] if to == "next" else dearer[-1:]


def _place(member: Member) -> tuple[str, tuple[str, ...]]:
    """Return the workspace's plan, and the plans from the cheapest to the dearest; Billing shows again afterwards."""
    billing_at = subscription_of(member).page.url
    noted, _, order = _available(member)
    _back_to_billing(member, billing_at)
    return plan_name(noted.before), order


def _back_to_billing(member: Member, address: str) -> None:
    """Leave the list of plans, which lies over Billing or is a page of its own."""
    if member.page.url == address:
        member.reload()
    else:
        member.navigation.visit(address)
        member.billing()


def subscription_of(member: Member) -> Subscription:
    """Return the plan's section on Billing."""
    member.billing()
    return Subscription(member.page, member.target.profile)


def plan_name(seen: CreditsReading) -> str:
    """Return the name of the plan, "" where Billing names none. Raises NotVerifiedError where it is not certain."""
    if isinstance(seen.plan, Unclear):
        raise NotVerifiedError(str(seen.plan))
    return seen.plan.value if isinstance(seen.plan, Fact) else ""


def _change(
    member: Member, choose: Callable[[tuple[str, ...], int], tuple[str, ...]], none: str
) -> tuple[PlanChange, PlanChoice]:
    """Return a change of plan, and the open list.

    `choose` returns the plan to change to, if any, by their order and the place of the present one, of which `none` is
    said where there is no such plan.
    """
    noted, choice, order = _available(member)
    before = plan_name(noted.before)
    chosen = next(iter(choose(order, order.index(before))), "")
    if not chosen:
        raise NotVerifiedError(none.format(before))
    noted.plan_credits = choice.credits_of(chosen)
    noted.plan_prices = choice.price_of(before), choice.price_of(chosen)
    return PlanChange(before, chosen, noted, before in choice.plans()), choice


def _available(member: Member) -> tuple[Purchase, PlanChoice, tuple[str, ...]]:
    """Return what Billing shows before anything is paid, the open list of plans, and the plans, the cheapest first."""
    subscription = subscription_of(member)
    seen = subscription.settled_credits()
    noted = Purchase(before=seen)
    noted.note_contents(member.page, member.target.profile)
    name = plan_name(seen)
    if not name:
        with blame_promise("doc:billing.2"):
            raise ElementNotFoundError(f"Billing names no plan. {subscription.describe_current_plan()}")
    choice = subscription.upgrade_plan()
    order = choice.order(OwnPlan(name, tuple(one.text for one in seen.shown)))
    if isinstance(order, Unclear):
        raise NotVerifiedError(str(order))
    return noted, choice, order.value
