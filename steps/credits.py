"""Steps about what Billing shows of credits, before and after a purchase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_bdd import given, parsers, then, when

from steps.actors.authentication import hold_signed_out, log_out
from steps.actors.balance_check import ExpectedBalance, hold_arrived, hold_balance, hold_still, hold_usable
from steps.actors.billing_contents import contents_of, hold_shown
from steps.actors.credits_shown import hold_bar, hold_consumed, hold_one_bar, hold_shown_separately
from steps.actors.landing import SETTLED
from steps.actors.new_month import Month, hold_add_on_kept, hold_begun_anew, month_with_a_run
from steps.actors.plans import hold_terms
from steps.actors.price_check import hold_price
from steps.actors.purchase import Purchase, parse_credits
from steps.actors.purchase_invoices import hold_charged_once
from steps.actors.thanks import hold_still_thanked, hold_thanks
from steps.actors.unchanged import hold_unchanged
from steps.pages.not_found import ElementNotFoundError
from steps.readers.checkout.landing import claims_payment
from steps.readers.credits.agreement import contradictions, doubts
from steps.readers.credits.expiry import expired, renewed_before
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from playwright.sync_api import StorageState

    from steps.actors.member import Member
    from steps.pages.billing import BillingPage
    from steps.readers.credits.credits import CreditsReading
    from steps.readers.credits.judgement import About
    from steps.targets.target import Account, Target, WorkspaceSetup


_MOMENTS = {
    "middle of the month": ("mid-month",),
    "end of the month": ("month-end",),
    "middle of the next month": ("next-month", "mid-month"),
}


@given(parsers.re(rf"it is the (?P<moment>{'|'.join(_MOMENTS)})$"))
def it_is_the_moment(member: Member, moment: str) -> None:
    for to in _MOMENTS[moment]:
        member.move_clock(to)
    member.month_ends = moment == "end of the month"
    member.reload()


@when("the end of the month comes", target_fixture="purchase")
def the_end_of_the_month_comes(member: Member) -> Purchase:
    purchase = Purchase(before=member.billing().settled_credits())
    purchase.note_contents(member.page, member.target.profile)
    it_is_the_moment(member, "end of the month")
    return purchase


@then(parsers.re(r"(?P<amount>[\d,]+) add-on credits are added immediately"), target_fixture="now")
def credits_are_added(
    member: Member,
    purchase: Purchase,
    amount: str,
    measured: Callable[[str, float], None],
    note_new_lines: Callable[[Iterable[str]], None],
) -> CreditsReading:
    now, seconds = hold_arrived(member, purchase, parse_credits(amount))
    purchase.stay_at(member.page.url)  # some are sent on after a moment
    hold_price(purchase)
    if purchase.payment is not None:
        hold_thanks(member, purchase.amount, now)  # they may come after the credits
    measured("immediately", seconds)
    note_new_lines(purchase.new_lines(member.page))
    member.last_seen = now
    return now


@then("the plan, the monthly credits and the used credits are unchanged")
def the_rest_is_unchanged(member: Member, purchase: Purchase, now: CreditsReading) -> None:
    expected = ExpectedBalance(purchase.before, "after the purchase", purchase.amount, {"plan", "monthly", "used"})
    hold_balance(member, expected, now)
    hold_terms(member, purchase, now)


@then(parsers.parse("the credit bar's total has grown by {amount} credits"))
def the_total_has_grown(member: Member, purchase: Purchase, now: CreditsReading, amount: str) -> None:
    about: set[About] = {"total", "bar", "add-on"}
    expected = ExpectedBalance(purchase.before, "after the purchase", parse_credits(amount), about)
    hold_balance(member, expected, now)


@then("the same is shown after a reload")
def the_same_after_a_reload(member: Member, purchase: Purchase, now: CreditsReading) -> None:
    hold_balance(member, ExpectedBalance(now, "after a reload"), member.billing_before(purchase).credits())


@then("the same is shown after signing in anew")
def the_same_after_signing_in(member: Member, now: CreditsReading, new_context: Callable[..., Any]) -> None:
    before = contents_of(member)
    member.sign_in_anew(new_context)
    shown = member.navigation.go_to_billing().credits()
    hold_balance(member, ExpectedBalance(now, "after signing in anew"), shown)
    hold_shown(member, before, "after signing in anew")


@then("the same is shown after logging out and signing in again")
def the_same_after_logging_out(member: Member, now: CreditsReading) -> None:
    before = contents_of(member)
    member.navigation.start()
    log_out(member)
    hold_signed_out(member)
    member.sign_in()
    member.own_state = member.context.storage_state()
    shown = member.navigation.go_to_billing().credits()
    hold_balance(member, ExpectedBalance(now, "after logging out and signing in again"), shown)
    hold_shown(member, before, "after logging out and signing in again")


@given("another member of the workspace who has Billing open", target_fixture="colleague")
def another_member_who_has_billing_open(
    member: Member, member_of: Callable[[Account, StorageState | None], Member]
) -> Member:
    account = member.target.colleague(member.account)
    colleague = member_of(account, member.target.signed_in(account))
    try:
        colleague.navigation.go_to_billing().credits()
    except ElementNotFoundError as error:
        if member.target.sets_up:
            raise
        raise NotVerifiedError(f"Whether {account.name} may see the credits is not known: {error}") from error
    return colleague


@then("the same is shown to the other member after a reload")
def the_same_to_another_member(member: Member, now: CreditsReading, colleague: Member) -> None:
    shown = colleague.reload().credits()
    hold_balance(colleague, ExpectedBalance(now, "to another member"), shown)
    hold_shown(colleague, contents_of(member), "to another member", by_another=True)


@then("all that Billing says of credits agrees")
def all_of_it_agrees(member: Member) -> None:
    billing = member.billing()
    seen, drawn = billing.settled_credits(), billing.bar_parts()
    if contradictions(seen, drawn):  # what is drawn may still be moving
        billing = member.reload()
        seen, drawn = billing.settled_credits(), billing.bar_parts()
    found = contradictions(seen, drawn)
    today = member.target.now(member.account).date()
    if over := expired(seen, member.target.profile, today):
        found.append(f"“{over}”, and they are shown as usable")
    if over := renewed_before(seen, member.target.profile, today):
        found.append(f"“{over}”, and today is {today:%Y-%m-%d}")
    check(
        not found,
        expected="figures, words and the bar tell the same",
        actual="; ".join(found),
        promise="doc:billing.3",
    )
    member.doubts += [str(one) for one in doubts(seen, drawn)]


@then(parsers.re(r"the same still shows after Billing has stayed open for (?P<seconds>\d+) seconds"))
def the_same_on_an_open_page(member: Member, seconds: str) -> None:
    hold_still(member, int(seconds))
    hold_still_thanked(member)


@then(parsers.re(r"any thanks are for (?P<amount>[\d,]+) credits"))
def any_thanks_are_for(member: Member, amount: str) -> None:
    hold_thanks(member, parse_credits(amount))


@then("the member is not told that anything was paid")
def not_told_of_a_payment(member: Member) -> None:
    """Watch for a moment: messages come once the page has asked what became of the payment."""
    claimed = ""
    known = member.purchases[-1].lines_before if member.purchases else ()

    def is_claimed() -> bool:
        nonlocal claimed
        page, is_billing = member.landing.look()
        labels = member.landing.profile.labels
        claimed = claims_payment(page, labels, everywhere=not is_billing, known=known)
        return bool(claimed)

    member.navigation.until(is_claimed, SETTLED)
    check(not claimed, expected="no word of a payment", actual=f"“{claimed}”")


@then("opening the landing address again adds nothing")
def the_landing_adds_nothing(member: Member, purchase: Purchase, now: CreditsReading) -> None:
    again = member.open_landing_again(purchase).credits()
    hold_balance(member, ExpectedBalance(now, "after opening the landing address again"), again)


@then("opening the landing address adds nothing for the other member either")
def the_landing_adds_nothing_for_others(colleague: Member, purchase: Purchase, now: CreditsReading) -> None:
    again = colleague.open_landing_again(purchase).credits()
    hold_balance(colleague, ExpectedBalance(now, "after another member opened the landing address"), again)


@then("nothing has changed on Billing")
def nothing_has_changed(member: Member, purchase: Purchase) -> None:
    hold_unchanged(member, purchase)


@then("one credit bar is shown")
def one_credit_bar(billing: BillingPage) -> None:
    hold_one_bar(billing)


@then("monthly credits and add-on credits are shown separately")
def shown_separately(billing: BillingPage) -> None:
    hold_shown_separately(billing)


@then("the usable credits of both kinds are shown")
def usable_credits_are_shown(billing: BillingPage, start: WorkspaceSetup, target: Target) -> None:
    """Hold them against what the workspace has, where that is known."""
    seen = billing.settled_credits()
    is_known = target.sets_up
    hold_usable((start.monthly_credits or 0) - (start.used_credits or 0) if is_known else None, "monthly", seen.monthly)
    hold_usable(start.add_on_credits if is_known else None, "add-on", seen.add_on)


@then("all monthly credits are usable again")
def monthly_credits_begin_anew(member: Member, start: WorkspaceSetup, purchase: Purchase) -> None:
    now = member.navigation.go_to_billing().settled_credits()
    hold_begun_anew(member, start, Month(purchase.before, now))
    member.last_seen = now


@when("the member runs a small workflow in each of two billing cycles", target_fixture="months")
def the_member_runs_one_in_each_cycle(member: Member) -> list[Month]:
    return [month_with_a_run(member) for _ in range(2)]


@then("each time all monthly credits are usable again")
def each_month_begins_anew(member: Member, start: WorkspaceSetup, months: list[Month]) -> None:
    for month in months:
        hold_begun_anew(member, start, month)


@then("each time the add-on credits are unchanged")
def each_month_keeps_add_on(months: list[Month]) -> None:
    for month in months:
        hold_add_on_kept(month)


@then("the used credits are shown as consumed")
def credits_are_consumed(billing: BillingPage, start: WorkspaceSetup, target: Target) -> None:
    hold_consumed(billing.settled_credits(), start if target.sets_up else None)


@then("the credit bar shows the usable credits of all")
def the_bar_shows(billing: BillingPage, start: WorkspaceSetup, target: Target) -> None:
    if target.sets_up:  # else the next step holds it against what the rest of Billing says
        hold_bar(billing.settled_credits(), start)


@then("the add-on credits are unchanged")
def the_add_on_credits_are_unchanged(member: Member, purchase: Purchase) -> None:
    now = member.reload().settled_credits()
    hold_add_on_kept(Month(purchase.before, now))
    hold_charged_once(member, purchase)
    member.last_seen = now
