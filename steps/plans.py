"""Steps about plans: the list of them, upgrading, downgrading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then, when

from steps.actors.purchase import Purchase
from steps.checkout import paid
from steps.pages.plans import Subscription
from steps.pages.polling import until
from steps.readers.fact import Fact, Unclear
from steps.targets.test_cards import PAID
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.pages.billing import BillingPage
    from steps.pages.plans import PlanChoice
    from steps.readers.credits import CreditsReading


@when("the member asks to upgrade the plan", target_fixture="plans")
def the_member_asks_to_upgrade(member: Member) -> PlanChoice:
    return _subscription(member).upgrade_plan()


@then("several plans are available")
def several_plans(plans: PlanChoice) -> None:
    names = plans.plans()
    check(len(names) > 1, expected="a list of several plans", actual=", ".join(names) or "no plan")


@when(parsers.parse("the member upgrades to the plan {plan}"), target_fixture="purchase")
def the_member_upgrades(member: Member, plan: str) -> Purchase:
    subscription = _subscription(member)
    purchase = Purchase(before=subscription.settled_credits())
    choice = subscription.upgrade_plan()
    member.history.begin()
    purchase.payment = choice.pay_for(plan)
    member.pay(purchase, PAID)
    paid(purchase)
    return purchase


@given(parsers.parse("the member has downgraded to the plan {plan}"))
@when(parsers.parse("the member downgrades to the plan {plan}"))
def the_member_downgrades(member: Member, plan: str) -> None:
    _subscription(member).upgrade_plan().take(plan)


@when("the next billing cycle begins", target_fixture="purchase")
def the_next_cycle_begins(member: Member) -> Purchase:
    before = member.billing().settled_credits()
    member.target.move_clock(member.account, "next-month")
    return Purchase(before=before)


@when("two billing cycles have ended", target_fixture="purchase")
def two_cycles_have_ended(member: Member) -> Purchase:
    before = the_next_cycle_begins(member).before
    member.reload()
    the_next_cycle_begins(member)
    return Purchase(before=before)


@then(parsers.parse("the current plan is {plan}"))
def the_plan_is(member: Member, plan: str) -> None:
    seen = ""

    def is_the_plan() -> bool:
        nonlocal seen
        seen = plan_name(member.navigation.go_to_billing().credits())
        return seen == plan

    until(is_the_plan, member.immediate_timeout_s, every=0.5)
    check(
        seen == plan,
        expected=f"the current plan is {plan} within {member.immediate_timeout_s:g} s",
        actual=f"it is {seen}" if seen else "Billing names none",
    )


@then("Billing names the current plan")
def billing_names_the_plan(billing: BillingPage) -> None:
    name = plan_name(billing.settled_credits())
    check(bool(name), expected="Billing names the current plan", actual=billing.describe_page)


def _subscription(member: Member) -> Subscription:
    member.billing()
    return Subscription(member.page, member.target.profile)


def plan_name(seen: CreditsReading) -> str:
    """Return the name of the plan, "" where Billing names none. Raises NotVerifiedError where it is not certain."""
    if isinstance(seen.plan, Unclear):
        raise NotVerifiedError(str(seen.plan))
    return seen.plan.value if isinstance(seen.plan, Fact) else ""
