"""Steps about what Billing shows afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_bdd import given, parsers, then

from steps.actors.purchase import parse_credits
from steps.pages.billing import BillingPage
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from steps.actors.member import Member
    from steps.actors.purchase import Purchase
    from steps.pages.billing import Credits


@given(parsers.parse("it is the {moment} of the month"))
def it_is_the_moment(member: Member, moment: str) -> None:
    member.target.move_clock(member.account, {"middle": "mid-month", "end": "month-end"}[moment])
    member.reload()


@then(parsers.re(r"(?P<amount>[\d,]+) add-on credits are added immediately"), target_fixture="now")
def credits_are_added(
    member: Member, purchase: Purchase, amount: str, measured: Callable[[str, float], None]
) -> Credits:
    now, seconds = member.wait_for_credits(purchase, parse_credits(amount))
    grown = now.grown_since(purchase.before)
    check(
        grown == parse_credits(amount),
        expected=f"{amount} more add-on credits within {member.immediate_timeout_s:g} s, before: "
        f"{format_amounts(purchase.before.add_on)}",
        actual=f"{grown:,} more {seconds:.1f} s after payment: {format_amounts(now.add_on)}",
    )
    measured("immediately", seconds)
    return now


@then("the plan, the monthly credits and the used credits are unchanged")
def the_rest_is_unchanged(member: Member, purchase: Purchase, now: Credits) -> None:
    before = purchase.before
    _same_plan(before, now, "after the purchase")
    if not before.plan:
        missing = [line for line in before.lines if line not in now.lines]
        check(
            not missing, expected=f"Billing still shows {', '.join(missing)}", actual="it does not show that any more"
        )
    _same_use(member, before, now, "after the purchase")


@then(parsers.parse("the credit bar's total has grown by {amount} credits"))
def the_total_has_grown(purchase: Purchase, now: Credits, amount: str) -> None:
    grown = [after - before for before, after in zip(purchase.before.totals, now.bars, strict=False)]
    check(
        not purchase.before.totals or (parse_credits(amount) in grown and set(grown) <= {0, parse_credits(amount)}),
        expected=f"the credit bar's total grows by {amount}, from {format_amounts(purchase.before.totals)}",
        actual=f"it is {format_amounts(now.bars)}",
    )


@then("the same is shown after a reload")
def the_same_after_a_reload(member: Member, now: Credits) -> None:
    _same(member, now, member.reload().credits(), "after a reload")


@then("the same is shown after signing in anew")
def the_same_after_signing_in(member: Member, now: Credits, new_context: Callable[..., Any]) -> None:
    member.sign_in_anew(new_context)
    _same(member, now, member.navigation.go_to_billing().credits(), "after signing in anew")


@then("opening the landing address again adds nothing")
def the_landing_adds_nothing(member: Member, purchase: Purchase, now: Credits) -> None:
    again = member.open_landing_again(purchase).credits()
    if purchase.is_late or again.grown_since(now) < 0:  # a landing may show what was before, until a reload
        again = member.reload().credits()
    _same(member, now, again, "after opening the landing address again")


@then("nothing has changed on Billing")
def nothing_has_changed(member: Member, purchase: Purchase) -> None:
    now = member.navigation.go_to_billing().credits()
    _same(member, purchase.before, now, "afterwards")


@then("one credit bar is shown")
def one_credit_bar(billing: BillingPage) -> None:
    billing.credits()
    count = billing.count_bars()
    shown = count == 1 or (count == 0 and billing.bar_shows())
    check(shown, expected="one credit bar is shown", actual=f"{count} bars" if count else "none")


@then("monthly credits and add-on credits are shown separately")
def shown_separately(billing: BillingPage) -> None:
    if billing.credits().add_on is None:
        raise NotVerifiedError("Billing shows no add-on credits: the account may have none.")


@then(parsers.parse("{amount} monthly credits are usable"))
def monthly_credits_are_usable(billing: BillingPage, amount: str) -> None:
    _shows(amount, "monthly credits", billing.credits().monthly)


@then(parsers.re(r"(?P<amount>[\d,]+) add-on credits are usable"))
def add_on_credits_are_usable(billing: BillingPage, amount: str) -> None:
    _shows(amount, "add-on credits", billing.credits().add_on)


@then(parsers.parse("{amount} credits are consumed"))
def credits_are_consumed(billing: BillingPage, amount: str) -> None:
    _shows(amount, "used credits", billing.credits().used)


@then(parsers.parse("the credit bar shows {usable} usable credits of {total}"))
def the_bar_shows(billing: BillingPage, usable: str, total: str) -> None:
    seen = billing.credits().totals
    check(
        parse_credits(total) in seen,
        expected=f"the bar's whole is {total} credits",
        actual=f"it is {seen or 'not told'}",
    )
    share, told = parse_credits(usable) / parse_credits(total), billing.bar_shares()
    near = any(abs(one - share) < 0.01 or abs(one - (1 - share)) < 0.01 for one in told)
    check(near, expected=f"the bar divides {usable} usable credits from the rest of {total}", actual=f"it shows {told}")


@then("the add-on credits are unchanged")
def the_add_on_credits_are_unchanged(member: Member, purchase: Purchase) -> None:
    before, now = purchase.before.add_on_amount, member.billing().credits().add_on_amount
    check(now == before, expected=f"{before:,} add-on credits, as before", actual=f"{now:,}")


def _shows(amount: str, what: str, seen: tuple[int, ...] | None) -> None:
    check(
        parse_credits(amount) in (seen or ()),
        expected=f"Billing shows {amount} {what}",
        actual=f"it shows {format_amounts(seen)}",
    )


def _same(member: Member, before: Credits, now: Credits, when: str) -> None:
    if now != before:
        now = BillingPage(member.page, member.target.profile).settled_credits()
    grown = now.grown_since(before)
    check(
        grown == 0,
        expected=f"the add-on credits {when}: {format_amounts(before.add_on)}",
        actual=format_amounts(now.add_on),
    )
    _same_use(member, before, now, when)
    check(
        before.bars == now.bars,
        expected=f"the bar's total {when}: {format_amounts(before.bars)}",
        actual=format_amounts(now.bars),
    )
    _same_plan(before, now, when)


def _same_plan(before: Credits, now: Credits, when: str) -> None:
    check(
        now.plan == before.plan,
        expected=f"the plan {when} is still {before.plan or 'not named'}",
        actual=f"it is {now.plan}",
    )


def _same_use(member: Member, before: Credits, now: Credits, when: str) -> None:
    """Hold monthly and used credits against those before, unless someone else is using some all the while."""
    if (now.monthly, now.used) == (before.monthly, before.used) or member.others_are_using_credits():
        return
    _same_amounts("monthly credits", when, before.monthly, now.monthly)
    _same_amounts("used credits", when, before.used, now.used)


def _same_amounts(what: str, when: str, before: tuple[int, ...] | None, now: tuple[int, ...] | None) -> None:
    check(now == before, expected=f"the {what} {when}: {format_amounts(before)}", actual=format_amounts(now))


def format_amounts(amounts: tuple[int, ...] | None) -> str:
    return " / ".join(f"{amount:,}" for amount in amounts) if amounts else "none shown"
