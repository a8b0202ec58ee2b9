"""Steps about what Billing shows afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_bdd import given, parsers, then

from steps.member import whole
from steps.promises import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from steps.member import Attempt, Member
    from steps.pages.billing import Credits


@given(parsers.parse("it is the {moment} of the month"))
def it_is_the_moment(member: Member, moment: str) -> None:
    member.target.move_clock(member.account, {"middle": "mid-month", "end": "month-end"}[moment])
    member.reload()


@then(parsers.re(r"(?P<amount>[\d,]+) add-on credits are added immediately"), target_fixture="now")
def credits_are_added(member: Member, attempt: Attempt, amount: str, measured: Callable[[str, float], None]) -> Credits:
    now, seconds = member.wait_for_add_on(attempt, whole(amount))
    grown = now.grown_since(attempt.before)
    expect(
        grown == whole(amount),
        f"{amount} more add-on credits within {member.profile_limits:g} s, before: {_told(attempt.before.add_on)}",
        f"{grown:,} more {seconds:.1f} s after payment: {_told(now.add_on)}",
    )
    measured("immediately", seconds)
    return now


@then("the plan, the monthly credits and the used credits are unchanged")
def the_rest_is_unchanged(attempt: Attempt, now: Credits) -> None:
    before = attempt.before
    expect(now.plan == before.plan, f"the plan is still {before.plan}", f"the plan is {now.plan}")
    if not before.plan:
        missing = [line for line in before.lines if line not in now.lines]
        expect(not missing, f"Billing still shows {', '.join(missing)}", "it does not show that any more")
    expect(now.monthly == before.monthly, f"the monthly credits are still {_told(before.monthly)}", _told(now.monthly))
    expect(now.used == before.used, f"the used credits are still {_told(before.used)}", _told(now.used))


@then(parsers.parse("the credit bar's total has grown by {amount} credits"))
def the_total_has_grown(attempt: Attempt, now: Credits, amount: str) -> None:
    grown = [after - before for before, after in zip(attempt.before.totals, now.bars, strict=False)]
    expect(
        not attempt.before.totals or (whole(amount) in grown and set(grown) <= {0, whole(amount)}),
        f"the credit bar's total grows by {amount}, from {_told(attempt.before.totals)}",
        f"it is {_told(now.bars)}",
    )


@then("the same is shown after a reload")
def the_same_after_a_reload(member: Member, now: Credits) -> None:
    _same(now, member.reload().credits(), "after a reload")


@then("the same is shown after signing in anew")
def the_same_after_signing_in(member: Member, now: Credits, new_context: Callable[..., Any]) -> None:
    member.sign_in_anew(new_context)
    _same(now, member.shell.go_to_billing().credits(), "after signing in anew")


@then("opening the landing address again adds nothing")
def the_landing_adds_nothing(member: Member, attempt: Attempt, now: Credits) -> None:
    _same(now, member.open_landing_again(attempt).credits(), "after opening the landing address again")


@then("nothing has changed on Billing")
def nothing_has_changed(member: Member, attempt: Attempt) -> None:
    member.shell.go_to_billing()
    _same(attempt.before, member.billing().credits(), "afterwards")


def _same(before: Credits, now: Credits, when: str) -> None:
    for name, was, is_ in (
        ("add-on credits", before.add_on, now.add_on),
        ("monthly credits", before.monthly, now.monthly),
        ("used credits", before.used, now.used),
        ("bar's total", before.bars, now.bars),
    ):
        expect(was == is_, f"the {name} {when}: {_told(was)}", _told(is_))
    expect(before.plan == now.plan, f"the plan {when}: {before.plan}", now.plan)


def _told(amounts: tuple[int, ...] | None) -> str:
    return " / ".join(f"{amount:,}" for amount in amounts) if amounts else "none shown"
