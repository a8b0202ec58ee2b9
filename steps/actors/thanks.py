"""What a buyer is told who comes back: of the payment, of the credits, of the price, and of the balance since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.actors.balance_wait import others_are_using_credits
from steps.pages.polling import until
from steps.readers.checkout.alerts import alerts_on, errors_on, others_named, pending_on
from steps.readers.checkout.landing import (
    PAID_FOR,
    denied,
    put_off,
    said_of_payment,
    thanked_for,
    thanks_for_the_month,
    told_with_thanks,
)
from steps.readers.credits.totals import likely_left
from steps.readers.page.capture import capture, selectors_of
from steps.readers.page.contrary import contrary
from steps.readers.page.fact import Fact
from steps.readers.page.lines import layout_of
from steps.verdicts.expectations import check

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.actors.purchase import Purchase
    from steps.readers.credits.credits import CreditsReading
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.labels import Labels

_OTHER_THANKS = 2.0
"""Seconds that the thanks for an earlier purchase may still show."""


def hold_thanks(member: Member, amount: int, now: CreditsReading | None = None) -> None:
    """Raise BrokenPromiseError where a buyer who comes back is told that it failed, or of other credits.

    So it does where the thanks tell another price, or another balance than Billing shows `now`.
    """
    purchase = member.purchases[-1] if member.purchases and member.purchases[-1].amount == amount else None
    earlier = purchase.outcome.named if purchase is not None and purchase.outcome is not None else ()
    check(
        not earlier or amount in earlier,
        expected=f"any thanks are for {amount:,} credits",
        actual=f"they are for {_written(earlier)}, before the buyer was sent back",
    )
    _hold_paid_by_thanks(purchase)
    passing: list[Snapshot] = []
    page, is_billing = member.landing.look(passing.append)
    _hold_not_denied(page, member.target.profile.labels, purchase, everywhere=not is_billing)
    _hold_named(member, amount, page, passing, is_billing=is_billing)
    if purchase is not None and now is not None:
        _hold_no_alert(member, purchase, [*passing, page])
    for seen in (*passing, page):
        _hold_told_besides(member, purchase, seen, now, everywhere=seen is not page or not is_billing)


def _hold_paid_by_thanks(purchase: Purchase | None) -> None:
    """Hold what a page of the payment's own said was paid against what was asked for, with tax or without."""
    asked = purchase.paid_for if purchase is not None else None
    if purchase is None or purchase.outcome is None or asked is None or not isinstance(asked.amount_due, Fact):
        return
    due = asked.amount_due.value
    told = [one for one in purchase.outcome.priced if one.currency == due.currency]
    check(
        not told or not {due, asked.before_taxes}.isdisjoint(told),
        expected=f"any thanks are for what was asked for, {due}",
        actual=f"they tell {', '.join(map(str, told))}, before the buyer was sent back",
    )


def hold_still_thanked(member: Member) -> None:
    """Raise BrokenPromiseError where Billing, left open, comes to say that the last payment failed, or is amiss."""
    purchase = next(iter(member.purchases[-1:]), None)
    if purchase is not None:
        page = capture(member.page, selectors_of(member.target.profile))
        _hold_not_denied(page, member.target.profile.labels, purchase, everywhere=False)
        _hold_no_alert(member, purchase, [page])


def _hold_not_denied(page: Snapshot, labels: Labels, purchase: Purchase | None, *, everywhere: bool) -> None:
    said = said_of_payment(page, labels, everywhere=everywhere)
    text = said.text if said is not None and said.kind not in PAID_FOR else ""
    if not text and purchase is not None and purchase.asked_after is None:  # else a refusal may still show
        text = denied(page, purchase.lines_before)
    check(not text, expected="a buyer who has paid is not told that it failed", actual=f"“{text}”")
    monthly = thanks_for_the_month(page, everywhere=everywhere)
    check(not monthly, expected="any thanks are for add-on credits", actual=f"“{monthly}”")
    later = put_off(page, everywhere=everywhere)
    check(not later, expected="a buyer who has paid is not told to wait for the credits", actual=f"“{later}”")


def _hold_no_alert(member: Member, purchase: Purchase, seen: list[Snapshot]) -> None:
    """Hold that nothing warns of an error, of money that is owed or of credits that are gone, nor names another buyer.

    But for errors that is looked at once more on a page that was loaded anew.
    """
    known = purchase.lines_before
    errors = [text for page in seen for text in errors_on(page, known)]
    check(not errors, expected="no error is shown to a buyer who has paid", actual=f"“{'”, “'.join(errors)}”")
    hold_unthreatened(member, purchase, seen[-1])


def hold_unthreatened(member: Member, purchase: Purchase, seen: Snapshot | None = None) -> None:
    """Raise BrokenPromiseError where something warns of an account with which nothing is wrong, or names another buyer.

    What was `seen`, and is no message, is looked at once more on a page that was loaded anew.
    """
    known, profile = purchase.lines_before, member.target.profile

    def amiss(page: Snapshot) -> list[str]:
        lines = [line.text for line in layout_of(page).lines]
        against = [text for text in lines if purchase.amount and text not in known and contrary(text)]
        named = others_named(known, lines, member.account.email, others_of(member))
        return alerts_on(page, profile.thousands, known) + named + against

    now = seen or capture(member.page, selectors_of(profile))
    found = amiss(now) if known else []
    layout = layout_of(now)
    if found and not any(layout.is_message(line) for line in layout.told if line.text in found):
        member.reload()
        found = amiss(capture(member.page, selectors_of(profile)))
    check(not found, expected="nothing is wrong with the account", actual=f"“{'”, “'.join(found)}”")
    if known and pending_on(now, known):
        _hold_not_pending(member, known)


def _hold_not_pending(member: Member, known: tuple[str, ...]) -> None:
    """Raise BrokenPromiseError where Billing, loaded anew, goes on to say that a payment is on its way."""
    member.reload()
    found: list[str] = []

    def is_settled() -> bool:
        found[:] = pending_on(capture(member.page), known)
        return not found

    until(is_settled, member.immediate_timeout_s, page=member.page)
    check(not found, expected="no payment is on its way any more", actual=f"“{'”, “'.join(found)}”")


def others_of(member: Member) -> set[str]:
    """Return the e-mail addresses of all other people that are known."""
    known = {*member.account.everybody, *(one.email for one in member.target.profile.accounts)}
    return {one for one in known if one} - {member.account.email}


def _hold_named(member: Member, amount: int, page: Snapshot, passing: list[Snapshot], *, is_billing: bool) -> None:
    """Hold the credits that are thanked for, on the page or else on what passed by before it."""
    profile = member.target.profile
    said = said_of_payment(page, profile.labels, everywhere=not is_billing)
    anywhere = said is not None and said.kind == "paid"
    before = next((found for seen in reversed(passing) if (found := thanked_for(seen, profile))), [])
    named = thanked_for(page, profile, everywhere=anywhere, of_its_own=not is_billing)
    if is_billing and not named:
        named = before

    def are_right() -> bool:
        nonlocal named
        if named and amount not in named and named is not before:
            now = thanked_for(member.landing.look()[0], profile, everywhere=anywhere)
            named = now if now or is_billing else named  # a page that thanked, and has led on, has said it
        return not named or amount in named

    check(
        bool(until(are_right, _OTHER_THANKS)),
        expected=f"any thanks are for {amount:,} credits",
        actual=f"they are for {_written(named)}",
    )


def _hold_told_besides(
    member: Member, purchase: Purchase | None, seen: Snapshot, now: CreditsReading | None, *, everywhere: bool
) -> None:
    """Hold the price and the balance that thanks tell against what was asked for, with tax or without, and Billing."""
    asked = purchase.paid_for if purchase is not None else None
    if purchase is None or asked is None:
        return
    money, balances = told_with_thanks(seen, purchase.amount, member.target.profile, everywhere=everywhere)
    if isinstance(asked.amount_due, Fact):
        due = asked.amount_due.value
        told = [one for one in money if one.currency == due.currency]
        check(
            not told or not {due, asked.before_taxes}.isdisjoint(told),
            expected=f"any thanks are for what was asked for, {due}",
            actual=f"they tell {', '.join(map(str, told))}",
        )
    purchase.balances_told += [one for one in balances if one not in purchase.balances_told]
    if now and (balances := purchase.balances_told):
        shown = {one.value for line in now.shown for one in line.numbers} | {likely_left(now)}
        check(
            not shown.isdisjoint(balances) or others_are_using_credits(member),
            expected="any balance that thanks tell is one that Billing shows",
            actual=f"they tell {_written(balances)}",
        )


def _written(amounts: list[int] | tuple[int, ...]) -> str:
    return ", ".join(f"{one:,}" for one in amounts)
