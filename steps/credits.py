"""Steps about what Billing shows of credits, before and after a purchase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_bdd import given, parsers, then

from steps.actors.balance_check import ExpectedBalance, hold_balance
from steps.actors.purchase import parse_credits
from steps.readers.changes import add_on_growth
from steps.readers.fact import Absent, Fact, Unclear
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from steps.actors.member import Member
    from steps.actors.purchase import Purchase
    from steps.pages.billing import BillingPage
    from steps.readers.credits import Balance, CreditsReading
    from steps.readers.judgement import About


@given(parsers.parse("it is the {moment} of the month"))
def it_is_the_moment(member: Member, moment: str) -> None:
    member.target.move_clock(member.account, {"middle": "mid-month", "end": "month-end"}[moment])
    member.reload()


@then(parsers.re(r"(?P<amount>[\d,]+) add-on credits are added immediately"), target_fixture="now")
def credits_are_added(
    member: Member, purchase: Purchase, amount: str, measured: Callable[[str, float], None]
) -> CreditsReading:
    now, seconds = member.wait_for_credits(purchase, parse_credits(amount))
    grown = add_on_growth(purchase.before, now)
    if isinstance(grown, Unclear):
        raise NotVerifiedError(str(grown))
    check(
        grown == parse_credits(amount),
        expected=f"{amount} more add-on credits within {member.immediate_timeout_s:g} s, before: "
        f"{_lines(purchase.before.add_on)}",
        actual=f"{grown:,} more {seconds:.1f} s after payment: {_lines(now.add_on)}",
    )
    measured("immediately", seconds)
    return now


@then("the plan, the monthly credits and the used credits are unchanged")
def the_rest_is_unchanged(member: Member, purchase: Purchase, now: CreditsReading) -> None:
    expected = ExpectedBalance(purchase.before, "after the purchase", purchase.amount, {"plan", "monthly", "used"})
    hold_balance(member, expected, now)


@then(parsers.parse("the credit bar's total has grown by {amount} credits"))
def the_total_has_grown(member: Member, purchase: Purchase, now: CreditsReading, amount: str) -> None:
    about: set[About] = {"total", "bar", "add-on"}
    expected = ExpectedBalance(purchase.before, "after the purchase", parse_credits(amount), about)
    hold_balance(member, expected, now)


@then("the same is shown after a reload")
def the_same_after_a_reload(member: Member, now: CreditsReading) -> None:
    hold_balance(member, ExpectedBalance(now, "after a reload"), member.reload().settled_credits())


@then("the same is shown after signing in anew")
def the_same_after_signing_in(member: Member, now: CreditsReading, new_context: Callable[..., Any]) -> None:
    member.sign_in_anew(new_context)
    shown = member.navigation.go_to_billing().settled_credits()
    hold_balance(member, ExpectedBalance(now, "after signing in anew"), shown)


@then("opening the landing address again adds nothing")
def the_landing_adds_nothing(member: Member, purchase: Purchase, now: CreditsReading) -> None:
    again = member.open_landing_again(purchase).settled_credits()
    hold_balance(member, ExpectedBalance(now, "after opening the landing address again"), again)


@then("nothing has changed on Billing")
def nothing_has_changed(member: Member, purchase: Purchase) -> None:
    now = member.navigation.go_to_billing().settled_credits()
    hold_balance(member, ExpectedBalance(purchase.before, "afterwards"), now)


@then("one credit bar is shown")
def one_credit_bar(billing: BillingPage) -> None:
    bars = billing.settled_credits().bars
    if len(bars) > 1 and len({bar.owner for bar in bars} - {None}) > 1:
        raise NotVerifiedError("Billing shows a bar for each kind of credits, where one bar for both is documented.")
    check(len(bars) == 1, expected="one credit bar is shown", actual="; ".join(map(str, bars)) or "none")


@then("monthly credits and add-on credits are shown separately")
def shown_separately(billing: BillingPage) -> None:
    seen = billing.settled_credits()
    check(
        not isinstance(seen.monthly, Absent), expected="Billing shows the monthly credits", actual=billing.describe_page
    )
    if isinstance(seen.add_on, Absent):
        raise NotVerifiedError("Billing shows no add-on credits: the account may have none.")
    for one in (seen.monthly, seen.add_on):
        if isinstance(one, Unclear):
            raise NotVerifiedError(str(one))


@then(parsers.parse("{amount} monthly credits are usable"))
def monthly_credits_are_usable(billing: BillingPage, amount: str) -> None:
    _usable(amount, "monthly credits", billing.settled_credits().monthly)


@then(parsers.re(r"(?P<amount>[\d,]+) add-on credits are usable"))
def add_on_credits_are_usable(billing: BillingPage, amount: str) -> None:
    _usable(amount, "add-on credits", billing.settled_credits().add_on)


@then(parsers.parse("{amount} credits are consumed"))
def credits_are_consumed(billing: BillingPage, amount: str) -> None:
    used = billing.settled_credits().used
    if isinstance(used, Unclear):
        raise NotVerifiedError(str(used))
    is_shown = isinstance(used, Fact) and used.value == parse_credits(amount)
    check(is_shown, expected=f"Billing shows {amount} used credits", actual=f"it shows {_lines(used)}")


@then(parsers.parse("the credit bar shows {usable} usable credits of {total}"))
def the_bar_shows(billing: BillingPage, usable: str, total: str) -> None:
    left, whole = parse_credits(usable), parse_credits(total)
    for bar in billing.settled_credits().bars:
        expected = f"the bar shows {usable} usable credits of {total}"
        check(bar.whole in {None, whole}, expected=expected, actual=str(bar))
        check(bar.now in {None, left, whole - left}, expected=expected, actual=str(bar))
        shares = (left / whole, 1 - left / whole)
        near = bar.share is None or any(abs(bar.share - share) < 0.01 for share in shares)
        check(near, expected=expected, actual=f"{bar}, of which {bar.share or 0:.1%} are filled")
        said = [one.number.value for one in bar.amounts]
        check(set(said) <= {left, whole - left, whole}, expected=expected, actual=f"{bar}")


@then("the add-on credits are unchanged")
def the_add_on_credits_are_unchanged(member: Member, purchase: Purchase) -> None:
    now = member.billing().settled_credits()
    grown = add_on_growth(purchase.before, now)
    if isinstance(grown, Unclear):
        raise NotVerifiedError(str(grown))
    check(grown == 0, expected=f"the add-on credits stay: {_lines(purchase.before.add_on)}", actual=_lines(now.add_on))


def _usable(amount: str, what: str, seen: Fact[Balance] | Unclear | Absent) -> None:
    if isinstance(seen, Unclear):
        raise NotVerifiedError(str(seen))
    balance = seen.value if isinstance(seen, Fact) else None
    left = balance and ((balance.left,) if balance.left is not None else balance.plain)
    is_shown = parse_credits(amount) in (left or ())
    check(is_shown, expected=f"Billing shows {amount} {what}", actual=f"it shows {_lines(seen)}")


def _lines(seen: Fact[Any] | Unclear | Absent) -> str:
    return "; ".join(f"“{line}”" for line in seen.lines) if isinstance(seen, Fact) else "none"
