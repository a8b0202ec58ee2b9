"""Steps about finishing checkout, and about payments that do not go through."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then, when

from steps.pages.base_page import blame_promise
from steps.targets.test_cards import ANOTHER, CHALLENGED, REFUSED
from steps.verdicts.expectations import expect

if TYPE_CHECKING:
    from steps.actors.member import Member, Purchase
    from steps.targets.test_cards import Card


_PAYING = "doc:buy-credits.4"
"""What is to blame where a purchase that only leads to what a scenario is about does not come off."""


@when(parsers.re(r"the member buys (?P<amount>[\d,]+) credits"), target_fixture="attempt")
def the_member_buys(member: Member, amount: str) -> Purchase:
    attempt = member.buy(amount)
    paid(attempt)
    return attempt


@given(parsers.re(r"the member has bought (?P<amount>[\d,]+) credits"))
def the_member_has_bought(member: Member, amount: str) -> None:
    with blame_promise(_PAYING):
        attempt = member.buy(amount)
    paid(attempt, _PAYING)
    now, _ = member.wait_for_credits(attempt, attempt.amount)
    expect(now.grown_since(attempt.before) == attempt.amount, f"{amount} credits are added", "they are not", _PAYING)


@when(
    parsers.parse("the member buys {amount} credits with a card that needs 3-D Secure and completes it"),
    target_fixture="attempt",
)
def the_member_completes_the_challenge(member: Member, amount: str) -> Purchase:
    attempt = _tried(member, amount, CHALLENGED, complete=True)
    paid(attempt)
    return attempt


@when(
    parsers.parse("the member tries to buy {amount} credits with a card that needs 3-D Secure and fails it"),
    target_fixture="attempt",
)
def the_member_fails_the_challenge(member: Member, amount: str) -> Purchase:
    return _tried(member, amount, CHALLENGED, complete=False)


@given(
    parsers.parse("the member has tried to buy {amount} credits with a card that is {card}"), target_fixture="attempt"
)
def the_member_has_tried_to_buy(member: Member, amount: str, card: str) -> Purchase:
    attempt = the_member_tries_to_buy(member, amount, card)
    refused(attempt, REFUSED[card].refusal)
    return attempt


@when(parsers.parse("the member tries to buy {amount} credits with a card that is {card}"), target_fixture="attempt")
def the_member_tries_to_buy(member: Member, amount: str, card: str) -> Purchase:
    return _tried(member, amount, REFUSED[card])


@when("the member pays with another card", target_fixture="attempt")
def the_member_pays_with_another_card(member: Member, attempt: Purchase) -> Purchase:
    member.pay(attempt, ANOTHER)
    paid(attempt)
    return attempt


@then(parsers.parse("the payment page says that the card is {card}"))
def the_payment_page_says(attempt: Purchase, card: str) -> None:
    refused(attempt, REFUSED[card].refusal)


@then("the payment page says that the card could not be authenticated")
def the_payment_page_says_not_authenticated(attempt: Purchase) -> None:
    refused(attempt, CHALLENGED.refusal)


def _tried(member: Member, amount: str, card: Card, *, complete: bool | None = None) -> Purchase:
    """Pay with a card that something is special about; the way to where it is typed is no matter of the card."""
    with blame_promise(_PAYING):
        return member.buy(amount, card, complete=complete)


def paid(attempt: Purchase, promise: str = "") -> None:
    """Hold the payment's outcome against what a paid card leads to expect, which `promise` is about."""
    assert attempt.outcome is not None
    seen = f"{attempt.outcome.kind} {attempt.outcome.message}".strip()
    expect(
        attempt.outcome.kind == "left",
        "the payment succeeds and the buyer is sent back",
        f"the payment page: {seen}",
        promise,
    )


def refused(attempt: Purchase, words: str) -> None:
    """Hold the payment page's message against the words for this refusal, matched loosely: they vary."""
    assert attempt.outcome is not None
    seen = attempt.outcome.message or f"no message ({attempt.outcome.kind})"
    expect(bool(re.search(words, seen, re.IGNORECASE)), f"a message like “{words}”", seen)
