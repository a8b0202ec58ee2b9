"""Purchases that lead to what a scenario is about, and how a payment that should succeed is held to that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.actors.balance_check import hold_arrived
from steps.actors.price_check import hold_price
from steps.actors.thanks import hold_thanks
from steps.pages.base_page import blame_promise
from steps.readers.checkout.payment_messages import says, says_charged
from steps.readers.page.fact import Fact
from steps.targets.test_cards import CHALLENGED, PAID
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.actors.purchase import Purchase
    from steps.pages.payment_outcome import Outcome
    from steps.readers.checkout.payment_messages import Kind
    from steps.targets.test_cards import Card

CHOOSING, PAYING, INVOICES = "doc:buy-credits.4a", "doc:buy-credits.4b", "doc:billing.6"
"""The promises blamed where a purchase that only leads to what a scenario is about fails: before paying, and after."""


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


_KEY = re.compile(r"[a-z]\w*(?:\.[a-z]\w*){2,}")
"""A message that is the name of a text: "errors.card.expired_card"."""


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
    is_a_key = bool(_KEY.fullmatch(outcome.message.strip()))
    check(not is_a_key, expected=f"a message like “{card.refusal}”", actual=f"“{outcome.message}”")
    check(not says_charged(seen), expected="a card that is refused is not charged", actual=f"“{seen}”")
    is_said = outcome.is_labelled or says(seen, *kinds)
    is_refused = outcome.kind != "left" and is_said
    check(is_refused, expected=f"a message like “{card.refusal}”", actual=seen)
    _hold_amount(purchase)


def _hold_amount(purchase: Purchase) -> None:
    """Raise BrokenPromiseError where the payment page asks for another amount once it has refused a card."""
    asked, now = (
        one.amount_due.value if one is not None and isinstance(one.amount_due, Fact) else None
        for one in (purchase.paid_for, purchase.asked_after)
    )
    check(
        None in {asked, now} or asked == now,
        expected=f"{asked} is asked for after a refused card, as before",
        actual=f"the payment page asks for {now}",
        promise=CHOOSING,
    )


def understood(purchase: Purchase) -> Outcome:
    """Return the payment's outcome. Raises NotVerifiedError where the page said what cannot be understood.

    So it does where the page knows no such number as that of a test card, or no bank was seen to ask.
    """
    assert purchase.outcome is not None
    outcome, card = purchase.outcome, purchase.card
    if outcome.is_doubtful:
        raise NotVerifiedError(outcome.message)
    if card == CHALLENGED and outcome.kind == "unclear" and not purchase.is_challenged:
        lines = 'labels.complete_challenge = "…" and labels.fail_challenge = "…"'
        raise NotVerifiedError(
            f"How the payment page asks for 3-D Secure cannot be told: {outcome.message}.", line=lines
        )
    if card not in {None, PAID} and outcome.kind == "refused" and says(outcome.message, "invalid number"):
        number = card.number if card else ""
        raise NotVerifiedError(f"The payment page does not know the test card {number}: “{outcome.message}”")
    return outcome
