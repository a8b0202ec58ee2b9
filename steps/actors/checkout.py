"""Purchases that lead to what a scenario is about, and how a payment that should succeed is held to that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.actors.balance_check import hold_arrived
from steps.actors.balance_wait import others_are_using_credits
from steps.actors.price_check import hold_price
from steps.pages.base_page import blame_promise
from steps.pages.polling import until
from steps.readers.checkout.landing import put_off, said_of_payment, thanked_for, told_with_thanks
from steps.readers.checkout.payment_messages import says
from steps.readers.credits.totals import likely_left
from steps.readers.page.fact import Fact
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.actors.purchase import Purchase
    from steps.pages.payment_outcome import Outcome
    from steps.readers.checkout.payment_messages import Kind
    from steps.readers.credits.credits import CreditsReading
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.test_cards import Card

CHOOSING, PAYING, INVOICES = "doc:buy-credits.4a", "doc:buy-credits.4b", "doc:billing.6"
"""The promises blamed where a purchase that only leads to what a scenario is about fails: before paying, and after."""

_OTHER_THANKS = 2.0
"""Seconds that the thanks for an earlier purchase may still show."""


def bought(member: Member, amount: str, card: Card, *, complete: bool | None = None) -> Purchase:
    """Buy credits on the way to what a scenario is about: what is missing there is not what the scenario checks."""
    with blame_promise(CHOOSING):
        purchase = member.choose(amount)
    with blame_promise(PAYING):
        member.pay(purchase, card, complete=complete)
    return purchase


def hold_added(member: Member, purchase: Purchase, promise: str = "") -> None:
    """Raise BrokenPromiseError unless a purchase was paid, and its credits were added immediately."""
    paid(purchase, promise)
    hold_thanks(member, purchase.amount)  # on a page that may lead on by itself
    now, _ = hold_arrived(member, purchase, purchase.amount, promise)
    hold_price(purchase)
    hold_thanks(member, purchase.amount, now)


def hold_thanks(member: Member, amount: int, now: CreditsReading | None = None) -> None:
    """Raise BrokenPromiseError where a buyer who comes back is told that it failed, or of other credits.

    So it does where the thanks tell another price, or another balance than Billing shows `now`.
    """
    outcome = member.purchases[-1].outcome if member.purchases and member.purchases[-1].amount == amount else None
    earlier = outcome.named if outcome is not None else ()
    check(
        not earlier or amount in earlier,
        expected=f"any thanks are for {amount:,} credits",
        actual=f"they are for {', '.join(f'{one:,}' for one in earlier)}, before the buyer was sent back",
    )
    passing: list[int] = []
    looks: list[Snapshot] = []

    def watch(seen: Snapshot) -> None:
        nonlocal passing
        looks.append(seen)
        passing = thanked_for(seen, member.target.profile.thousands) or passing

    page, is_billing = member.landing.look(watch)
    said = said_of_payment(page, everywhere=not is_billing)
    is_denied = said is not None and said.kind not in {"paid", "processing", "ended"}
    check(
        not is_denied,
        expected="a buyer who has paid is not told that it failed",
        actual=f"“{said.text if said else ''}”",
    )
    later = put_off(page, everywhere=not is_billing)
    check(not later, expected="a buyer who has paid is not told to wait for the credits", actual=f"“{later}”")
    is_thanked_anywhere, thousands = said is not None and said.kind == "paid", member.target.profile.thousands
    named = thanked_for(page, thousands, everywhere=is_thanked_anywhere, of_its_own=not is_billing)
    if is_billing and passing and not named:
        named = passing

    def are_right() -> bool:
        nonlocal named
        if named and amount not in named and named is not passing:
            now = thanked_for(member.landing.look()[0], thousands, everywhere=is_thanked_anywhere)
            named = now if now or is_billing else named  # a page that thanked, and has led on, has said it
        return not named or amount in named

    check(
        bool(until(are_right, _OTHER_THANKS)),
        expected=f"any thanks are for {amount:,} credits",
        actual=f"they are for {', '.join(f'{one:,}' for one in named)}",
    )
    for one in (*looks, page):
        _hold_told_with_thanks(member, amount, one, now)


def _hold_told_with_thanks(member: Member, amount: int, seen: Snapshot, now: CreditsReading | None) -> None:
    """Hold the price and the balance that thanks tell against what was asked for and what Billing shows."""
    money, balances = told_with_thanks(seen, amount, member.target.profile)
    bought_ = member.purchases[-1] if member.purchases and member.purchases[-1].amount == amount else None
    due = bought_.paid_for.amount_due if bought_ is not None and bought_.paid_for is not None else None
    if isinstance(due, Fact):
        told = [one for one in money if one.currency == due.value.currency]
        expected = f"any thanks are for what was asked for, {due.value}"
        check(not told or due.value in told, expected=expected, actual=f"they tell {', '.join(map(str, told))}")
    if not (now and balances):
        return
    shown = {one.value for line in now.shown for one in line.numbers} | {likely_left(now)}
    check(
        bool(shown & set(balances)) or others_are_using_credits(member),
        expected="any balance that thanks tell is one that Billing shows",
        actual=f"they tell {', '.join(f'{one:,}' for one in balances)}",
    )


def paid(purchase: Purchase, promise: str = "") -> None:
    """Hold the payment's outcome against what a paid card leads to expect, which `promise` is about."""
    outcome = understood(purchase)
    seen = outcome.message if outcome.kind == "unclear" else f"{outcome.kind} {outcome.message}".strip()
    check(
        outcome.kind == "left",
        expected="the payment succeeds and the buyer is sent back",
        actual=f"the payment page: {seen}",
        promise=promise,
    )


_REASONS: frozenset[Kind] = frozenset({
    "insufficient funds", "expired card", "wrong security code", "invalid number", "processing error",
    "not authenticated",
})  # fmt: skip
"""What a payment page may say that is wrong with a card: another one than is wrong is no vague word."""


def refused(purchase: Purchase, card: Card) -> None:
    """Hold the payment page's message against what it has to say of a card, in published words or the profile's."""
    assert card.refusal
    outcome = understood(purchase)
    seen = outcome.message or f"no message ({outcome.kind})"
    kinds: tuple[Kind, ...] = ("declined", "failed", "refused") if card.refusal == "declined" else (card.refusal,)
    is_vague = not says(seen, *kinds, "declined", "failed", *(_REASONS - {*kinds}))
    if outcome.kind == "refused" and says(seen, "refused") and is_vague:
        line = 'labels.payment_message = "…"'
        raise NotVerifiedError(f"“{seen}” does not say why the payment page refuses a card.", line=line)
    is_said = outcome.is_labelled or says(seen, *kinds)
    is_refused = outcome.kind != "left" and is_said
    check(is_refused, expected=f"a message like “{card.refusal}”", actual=seen)


def understood(purchase: Purchase) -> Outcome:
    """Return the payment's outcome. Raises NotVerifiedError where the page said what cannot be understood."""
    assert purchase.outcome is not None
    if purchase.outcome.is_doubtful:
        raise NotVerifiedError(purchase.outcome.message)
    return purchase.outcome
