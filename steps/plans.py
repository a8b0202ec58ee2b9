"""Steps about plans: the list of them, upgrading, downgrading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then, when

from steps.actors.member import Purchase
from steps.checkout import paid
from steps.pages.plans import Subscription
from steps.pages.polling import until
from steps.targets.test_cards import PAID
from steps.verdicts.expectations import expect

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.pages.plans import PlanChoice


@when("the member asks to upgrade the plan", target_fixture="plans")
def the_member_asks_to_upgrade(member: Member) -> PlanChoice:
    return _subscription(member).upgrade_plan()


@then("several plans are available")
def several_plans(plans: PlanChoice) -> None:
    names = plans.plans()
    expect(len(names) > 1, "a list of several plans", ", ".join(names) or "no plan")


@when(parsers.parse("the member upgrades to the plan {plan}"), target_fixture="attempt")
def the_member_upgrades(member: Member, plan: str) -> Purchase:
    subscription = _subscription(member)
    attempt = Purchase(before=subscription.settled_credits())
    choice = subscription.upgrade_plan()
    member.trail.begin()
    attempt.payment = choice.pay_for(plan)
    member.pay(attempt, PAID)
    paid(attempt)
    return attempt


@given(parsers.parse("the member has downgraded to the plan {plan}"))
@when(parsers.parse("the member downgrades to the plan {plan}"))
def the_member_downgrades(member: Member, plan: str) -> None:
    _subscription(member).upgrade_plan().take(plan)


@when("the next billing cycle begins")
def the_next_cycle_begins(member: Member) -> None:
    member.target.move_clock(member.account, "next-month")


@then(parsers.parse("the current plan is immediately {plan}"))
def the_plan_is_immediately(member: Member, plan: str) -> None:
    def named() -> str:
        return member.shell.go_to_billing().credits().plan

    until(lambda: named() == plan, member.immediate_timeout_s, every=0.5)
    expect(
        named() == plan, f"the plan is {plan} within {member.immediate_timeout_s:g} s of payment", f"it is {named()}"
    )


@then(parsers.re(r"the current plan is (?:still|by now) (?P<plan>.+)"))
def the_plan_is_after_a_reload(member: Member, plan: str) -> None:
    seen = member.reload().credits().plan
    expect(seen == plan, f"the plan is {plan}", f"it is {seen}")


def _subscription(member: Member) -> Subscription:
    member.billing()
    return Subscription(member.page, member.target.profile)
