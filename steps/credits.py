"""Steps about what Billing shows afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_bdd import given, parsers, then

from steps.actors.member import whole
from steps.pages.billing import BillingPage
from steps.verdicts.expectations import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from steps.actors.member import Member, Purchase
    from steps.pages.billing import Credits


@given(parsers.parse("it is the {moment} of the month"))
def it_is_the_moment(member: Member, moment: str) -> None:
    member.target.move_clock(member.account, {"middle": "mid-month", "end": "month-end"}[moment])
    member.reload()


@then(parsers.re(r"(?P<amount>[\d,]+) add-on credits are added immediately"), target_fixture="now")
def credits_are_added(
    member: Member, attempt: Purchase, amount: str, measured: Callable[[str, float], None]
) -> Credits:
    now, seconds = member.wait_for_credits(attempt, whole(amount))
    grown = now.grown_since(attempt.before)
    expect(
        grown == whole(amount),
        f"{amount} more add-on credits within {member.immediate_timeout_s:g} s, before: {_told(attempt.before.add_on)}",
        f"{grown:,} more {seconds:.1f} s after payment: {_told(now.add_on)}",
    )
    measured("immediately", seconds)
    return now


@then("the plan, the monthly credits and the used credits are unchanged")
def the_rest_is_unchanged(member: Member, attempt: Purchase, now: Credits) -> None:
    before = attempt.before
    _same_plan(before, now, "after the purchase")
    if not before.plan:
        missing = [line for line in before.lines if line not in now.lines]
        expect(not missing, f"Billing still shows {', '.join(missing)}", "it does not show that any more")
    _same_use(member, before, now, "after the purchase")


@then(parsers.parse("the credit bar's total has grown by {amount} credits"))
def the_total_has_grown(attempt: Purchase, now: Credits, amount: str) -> None:
    grown = [after - before for before, after in zip(attempt.before.totals, now.bars, strict=False)]
    expect(
        not attempt.before.totals or (whole(amount) in grown and set(grown) <= {0, whole(amount)}),
        f"the credit bar's total grows by {amount}, from {_told(attempt.before.totals)}",
        f"it is {_told(now.bars)}",
    )


@then("the same is shown after a reload")
def the_same_after_a_reload(member: Member, now: Credits) -> None:
    _same(member, now, member.reload().credits(), "after a reload")


@then("the same is shown after signing in anew")
def the_same_after_signing_in(member: Member, now: Credits, new_context: Callable[..., Any]) -> None:
    member.sign_in_anew(new_context)
    _same(member, now, member.shell.go_to_billing().credits(), "after signing in anew")


@then("opening the landing address again adds nothing")
def the_landing_adds_nothing(member: Member, attempt: Purchase, now: Credits) -> None:
    again = member.open_landing_again(attempt).credits()
    if attempt.is_late or again.grown_since(now) < 0:  # a landing may show what was before, until a reload
        again = member.reload().credits()
    _same(member, now, again, "after opening the landing address again")


@then("nothing has changed on Billing")
def nothing_has_changed(member: Member, attempt: Purchase) -> None:
    now = member.shell.go_to_billing().credits()
    _same(member, attempt.before, now, "afterwards")


def _same(member: Member, before: Credits, now: Credits, when: str) -> None:
    if now != before:
        now = BillingPage(member.page, member.target.profile).settled_credits()
    grown = now.grown_since(before)
    expect(grown == 0, f"the add-on credits {when}: {_told(before.add_on)}", _told(now.add_on))
    _same_use(member, before, now, when)
    expect(before.bars == now.bars, f"the bar's total {when}: {_told(before.bars)}", _told(now.bars))
    _same_plan(before, now, when)


def _same_plan(before: Credits, now: Credits, when: str) -> None:
    expect(now.plan == before.plan, f"the plan {when} is still {before.plan or 'not named'}", f"it is {now.plan}")


def _same_use(member: Member, before: Credits, now: Credits, when: str) -> None:
    """Hold monthly and used credits against those before, unless someone else is using some all the while."""
    if (now.monthly, now.used) == (before.monthly, before.used) or member.others_are_using_credits():
        return
    expect(now.monthly == before.monthly, f"the monthly credits {when}: {_told(before.monthly)}", _told(now.monthly))
    expect(now.used == before.used, f"the used credits {when}: {_told(before.used)}", _told(now.used))


def _told(amounts: tuple[int, ...] | None) -> str:
    return " / ".join(f"{amount:,}" for amount in amounts) if amounts else "none shown"
