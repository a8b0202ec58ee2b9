"""Steps about plans: the list of them, upgrading, downgrading."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pytest_bdd import given, parsers, then, when

from steps.actors.balance_check import ExpectedBalance, hold_balance, told_of
from steps.actors.billing_contents import hold_kept
from steps.actors.checkout import refused, understood
from steps.actors.new_month import Month, hold_days_moved
from steps.actors.plan_invoices import hold_renewed_at
from steps.actors.plan_shown import hold_at_once, hold_fee, hold_plan, hold_unused
from steps.actors.plans import (
    PlanChange,
    downgrade,
    hold_marked,
    hold_not_suspended,
    plan_name,
    subscription_of,
    try_upgrade,
    upgrade,
)
from steps.actors.purchase import Purchase
from steps.actors.purchase_invoices import hold_not_invoiced
from steps.actors.thanks import hold_unthreatened
from steps.pages.not_found import ElementNotFoundError
from steps.pages.polling import until
from steps.readers.page.capture import capture, selectors_of
from steps.readers.page.fact import Fact
from steps.readers.page.lines import layout_of
from steps.readers.plans.plan_terms import (
    announced_amiss,
    other_fee,
    said_to_be_on,
    unchanged_terms,
)
from steps.targets.test_cards import CHALLENGED, REFUSED
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import StorageState

    from steps.actors.member import Member
    from steps.pages.billing import BillingPage
    from steps.pages.plans import PlanChoice
    from steps.readers.credits.judgement import About
    from steps.targets.target import Account, WorkspaceSetup


@when("the member asks to upgrade the plan", target_fixture="plans")
def the_member_asks_to_upgrade(member: Member) -> PlanChoice:
    return subscription_of(member).upgrade_plan(several=False)


@then("several plans are available")
def several_plans(plans: PlanChoice) -> None:
    names = plans.settled_plans()
    check(len(names) > 1, expected="a list of several plans", actual=", ".join(names) or "no plan")
    amiss = plans.amiss()
    check(not amiss, expected="plans that can be chosen", actual=f"“{'”, “'.join(amiss)}”")


@when("the member upgrades the plan", target_fixture="purchase")
def the_member_upgrades(member: Member) -> Purchase:
    return upgrade(member).purchase


@then("opening the landing address of the upgrade again changes nothing")
def the_landing_of_the_upgrade_changes_nothing(member: Member, purchase: Purchase) -> None:
    """Hold it where the payment page has sent the buyer to an address: else there is none to be opened."""
    shown = member.navigation.go_to_billing().settled_credits()
    with suppress(NotVerifiedError):
        again = member.open_landing_again(purchase).settled_credits()
        hold_balance(member, ExpectedBalance(shown, "after opening the landing address again"), again)


@given("the member has upgraded to the next dearer plan", target_fixture="change")
def the_member_has_upgraded_by_one(member: Member) -> PlanChange:
    return upgrade(member, to="next")


@when("the member tries to upgrade the plan with a card that is declined", target_fixture="purchase")
def the_member_tries_to_upgrade(member: Member) -> Purchase:
    purchase = try_upgrade(member, REFUSED["declined"]).purchase
    refused(purchase, REFUSED["declined"])
    member.leave_payment(purchase)
    return purchase


@when(
    "the member tries to upgrade the plan with a card that needs 3-D Secure and leaves without answering",
    target_fixture="purchase",
)
def the_member_leaves_the_challenge_of_an_upgrade(member: Member) -> Purchase:
    purchase = try_upgrade(member, CHALLENGED).purchase
    outcome = understood(purchase)
    if outcome.kind != "challenged":
        raise NotVerifiedError(f"The payment page asked for no 3-D Secure: {outcome.message or outcome.kind}.")
    member.leave_challenge(purchase)
    return purchase


@given("the member has downgraded the plan", target_fixture="change")
@when("the member downgrades the plan", target_fixture="change")
def the_member_downgrades(member: Member) -> PlanChange:
    return downgrade(member)


@when("the next billing cycle begins", target_fixture="purchase")
def the_next_cycle_begins(member: Member) -> Purchase:
    purchase = Purchase(before=member.billing().settled_credits())
    purchase.note_contents(member.page, member.target.profile)
    member.move_clock("next-month")
    return purchase


@when(parsers.re(r"(?P<number>two|three) billing cycles have ended"), target_fixture="purchase")
def several_cycles_have_ended(member: Member, number: str) -> Purchase:
    purchase = the_next_cycle_begins(member)
    for _ in range(1 if number == "two" else 2):
        member.reload()
        the_next_cycle_begins(member)
    return purchase


@then("the current plan is the one that was paid for")
def the_plan_is_the_paid_one(member: Member, start: WorkspaceSetup) -> None:
    plan, profile = member.target.paid[member.account.key].plan or start.plan or "", member.target.profile
    page = layout_of(capture(member.page, selectors_of(profile)))
    messages = [line.text for line in page.told if page.is_message(line)]
    others = {*profile.labels.of("plan_name").names, *profile.plans} - {plan}
    wrong = next(filter(None, (said_to_be_on(messages, one) for one in others)), "")
    check(not wrong, expected=f"the current plan is {plan}", actual=f"“{wrong}”")
    hold_plan(member, plan)


@then("the current plan is the one that was chosen")
def the_plan_is_the_chosen_one(member: Member, change: PlanChange) -> None:
    hold_plan(member, change.chosen)
    hold_fee(member, change.purchase)


@given("the plan before is still the current one at the end of the month")
def the_plan_before_stays_until_the_end(member: Member, change: PlanChange) -> None:
    member.move_clock("month-end")
    member.reload()
    hold_plan(member, change.before)


@then("the current plan is that one in the billing cycle after that, too")
def the_plan_stays_the_chosen_one(member: Member, change: PlanChange) -> None:
    member.move_clock("next-month")
    member.reload()
    hold_plan(member, change.chosen)


@then("the current plan is still the one before")
def the_plan_is_the_one_before(member: Member, change: PlanChange) -> None:
    page = layout_of(capture(member.page, selectors_of(member.target.profile)))
    early = said_to_be_on((line.text for line in page.told if page.is_message(line)), change.chosen)
    check(not early, expected=f"a change to {change.chosen} that is still to come", actual=f"“{early}”")
    hold_plan(member, change.before)
    before = change.purchase.before
    hold_not_suspended(change.purchase, member.billing().credits())
    hold_unthreatened(member, change.purchase)
    now, was = member.billing().credits(), change.purchase.plan_prices[0]
    told = announced_amiss(before, now, change.chosen, member.target.profile)
    check(
        not told,
        expected=f"a change to {change.chosen} at the end of the billing cycle, as Billing tells of it",
        actual=f"“{told}”",
    )
    fees = other_fee(before, now, was, was)
    check(not fees, expected=f"{change.before} costs {was} until the cycle ends", actual=f"“{'”, “'.join(fees)}”")
    member.reload()
    hold_not_invoiced(member, change.purchase, by_nobody=True)
    hold_kept(member, change.purchase, "once another plan is chosen")


@then("its monthly credits are there")
def the_credits_of_the_plan_are_there(member: Member, purchase: Purchase) -> None:
    """Hold that the monthly credits are no longer those before, where the list of plans tells of others.

    Others than it tells of are in doubt: what was left of the plan before may count.
    """
    hold_at_once(member, purchase)
    before, promised = purchase.before.monthly, purchase.plan_credits
    if promised is None or not isinstance(before, Fact) or promised in before.value.numbers:
        return
    stale: list[str] = []

    def are_there() -> bool:
        now = member.billing().credits()
        stale[:] = unchanged_terms(purchase.before, now)
        seen = now.monthly
        is_new = not isinstance(seen, Fact) or promised in seen.value.numbers or seen.value != before.value
        return is_new and not stale

    is_there = False
    for _ in range(2):  # a page may correct old credits while it stays open
        is_there = is_there or bool(until(are_there, member.immediate_timeout_s / 2, every=0.5))
        if not is_there:
            member.reload()
    seen = member.billing().credits()
    hold_unused(purchase, seen)
    now = seen.monthly
    if is_there and isinstance(now, Fact) and now.value.whole is not None and promised not in now.value.numbers:
        member.doubts.append(
            f"The list of plans tells of {promised:,} credits a month, and Billing shows {told_of(now)}: what was left"
            " of the plan before may count."
        )
    check(
        is_there or are_there(),
        expected=f"the {promised:,} monthly credits that the list of plans tells of",
        actual=f"as before, “{'”, “'.join(stale or before.lines)}”",
    )


@then("the monthly credits are those of that plan")
def the_credits_are_those_of_the_plan(member: Member, change: PlanChange, purchase: Purchase) -> None:
    """Hold all that a new month begins with against the list of plans, where that tells of it."""
    now = member.billing().settled_credits()
    hold_days_moved(member, Month(purchase.before, now))
    hold_renewed_at(member, purchase, change.purchase)
    promised, seen = change.purchase.plan_credits, now.monthly
    if promised is None or not isinstance(seen, Fact):
        return
    left = seen.value.left if seen.value.left is not None else next(iter(seen.value.plain), promised)
    check(
        promised in seen.value.numbers and left == promised,
        expected=f"the {promised:,} monthly credits that the list of plans tells of",
        actual=told_of(seen),
    )


@then("the credits are those of the plan before")
def the_credits_are_those_before(member: Member, change: PlanChange) -> None:
    about: set[About] = {"monthly", "add-on", "used"}
    now = member.billing().settled_credits()
    hold_balance(member, ExpectedBalance(change.purchase.before, "until the cycle ends", about=about), now)


@then("everybody who signs in sees that plan")
def everybody_sees_the_plan(
    member: Member,
    start: WorkspaceSetup,
    new_context: Callable[..., Any],
    member_of: Callable[[Account, StorageState | None], Member],
) -> None:
    """Look as the member in a new session and, where the workspace has another one that is known, as a colleague."""
    plan = member.target.paid[member.account.key].plan or start.plan or ""
    with suppress(NotVerifiedError):  # some sessions are a person's, and cannot be begun anew
        member.sign_in_anew(new_context)
    hold_plan(member, plan)
    try:
        account = member.target.colleague(member.account)
        colleague = member_of(account, member.target.signed_in(account))
    except NotVerifiedError:
        return
    try:
        hold_plan(colleague, plan)
    except NotVerifiedError as error:
        member.doubts.append(f"What {account.name} sees of the plan: {error}")
    except ElementNotFoundError as error:
        if member.target.sets_up:
            raise
        member.doubts.append(f"Whether {account.name} may open Billing is not known: {error}")


@then("several plans are still available")
def several_plans_still(member: Member) -> None:
    names = subscription_of(member).upgrade_plan(several=False).settled_plans()
    told, line = ", ".join(names) or "no plan", "doc:upgrade-downgrade.2"
    check(len(names) > 1, expected="a list of several plans after a purchase too", actual=told, promise=line)


@then("the list of plans marks no other plan as the current one")
def the_list_marks_no_other(member: Member) -> None:
    plan = member.navigation.go_to_billing().settled_credits().plan
    hold_marked(member, plan.value if isinstance(plan, Fact) else "")


@then("Billing names the current plan")
def billing_names_the_plan(billing: BillingPage) -> None:
    name = plan_name(billing.settled_credits())
    check(bool(name), expected="Billing names the current plan", actual=billing.describe_current_plan)
