"""Steps about finishing checkout, and about payments that do not go through."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then, when

from steps.pages.base_page import blame_promise
from steps.readers.changes import add_on_growth
from steps.targets.test_cards import ANOTHER, CHALLENGED, PAID, REFUSED
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.actors.purchase import Purchase
    from steps.pages.payment_outcome import Outcome
    from steps.targets.test_cards import Card


_CHOOSING, _PAYING = "doc:buy-credits.4a", "doc:buy-credits.4b"
"""The promises blamed where a purchase that only leads to what a scenario is about fails: before paying, and after."""


@when(parsers.re(r"the member buys (?P<amount>[\d,]+) credits"), target_fixture="purchase")
def the_member_buys(member: Member, amount: str) -> Purchase:
    purchase = member.buy(amount)
    paid(purchase)
    return purchase


@given(parsers.re(r"the member has bought (?P<amount>[\d,]+) credits"))
def the_member_has_bought(member: Member, amount: str) -> None:
    purchase = _bought(member, amount, PAID)
    paid(purchase, _PAYING)
    now, _ = member.wait_for_credits(purchase, purchase.amount)
    check(
        add_on_growth(purchase.before, now) == purchase.amount,
        expected=f"{amount} credits are added",
        actual="they are not",
        promise=_PAYING,
    )


@when(
    parsers.parse("the member buys {amount} credits with a card that needs 3-D Secure and completes it"),
    target_fixture="purchase",
)
def the_member_completes_the_challenge(member: Member, amount: str) -> Purchase:
    purchase = _bought(member, amount, CHALLENGED, complete=True)
    paid(purchase)
    return purchase


@when(
    parsers.parse("the member tries to buy {amount} credits with a card that needs 3-D Secure and fails it"),
    target_fixture="purchase",
)
def the_member_fails_the_challenge(member: Member, amount: str) -> Purchase:
    return _bought(member, amount, CHALLENGED, complete=False)


@given(
    parsers.parse("the member has tried to buy {amount} credits with a card that is {card}"), target_fixture="purchase"
)
def the_member_has_tried_to_buy(member: Member, amount: str, card: str) -> Purchase:
    purchase = the_member_tries_to_buy(member, amount, card)
    refused(purchase, REFUSED[card].refusal)
    return purchase


@when(parsers.parse("the member tries to buy {amount} credits with a card that is {card}"), target_fixture="purchase")
def the_member_tries_to_buy(member: Member, amount: str, card: str) -> Purchase:
    return _bought(member, amount, REFUSED[card])


@when("the member pays with another card", target_fixture="purchase")
def the_member_pays_with_another_card(member: Member, purchase: Purchase) -> Purchase:
    member.pay(purchase, ANOTHER)
    paid(purchase)
    return purchase


@then(parsers.parse("the payment page says that the card is {card}"))
def the_payment_page_says(purchase: Purchase, card: str) -> None:
    refused(purchase, REFUSED[card].refusal)


@then("the payment page says that the card could not be authenticated")
def the_payment_page_says_not_authenticated(purchase: Purchase) -> None:
    refused(purchase, CHALLENGED.refusal)


def _bought(member: Member, amount: str, card: Card, *, complete: bool | None = None) -> Purchase:
    """Buy credits on the way to what a scenario is about: what is missing there is not what the scenario checks."""
    with blame_promise(_CHOOSING):
        purchase = member.choose(amount)
    with blame_promise(_PAYING):
        member.pay(purchase, card, complete=complete)
    return purchase


def paid(purchase: Purchase, promise: str = "") -> None:
    """Hold the payment's outcome against what a paid card leads to expect, which `promise` is about."""
    outcome = _understood(purchase)
    seen = f"{outcome.kind} {outcome.message}".strip()
    check(
        outcome.kind == "left",
        expected="the payment succeeds and the buyer is sent back",
        actual=f"the payment page: {seen}",
        promise=promise,
    )


def refused(purchase: Purchase, words: str) -> None:
    """Hold the payment page's message against the words for this refusal, matched loosely: they vary."""
    outcome = _understood(purchase)
    seen = outcome.message or f"no message ({outcome.kind})"
    is_said = outcome.kind != "left" and bool(re.search(words, seen, re.IGNORECASE))
    check(is_said, expected=f"a message like “{words}”", actual=seen)


def _understood(purchase: Purchase) -> Outcome:
    """Return the payment's outcome. Raises NotVerifiedError where the page said what cannot be understood."""
    assert purchase.outcome is not None
    if purchase.outcome.is_doubtful:
        raise NotVerifiedError(purchase.outcome.message)
    return purchase.outcome
