"""The published test card numbers. Others are typed only where both a profile and an option allow real payments.

Source: the payment processor's public page on testing. Any future expiry and any CVC are accepted with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Refusal = Literal["declined", "insufficient funds", "expired card", "not authenticated"]


@dataclass(frozen=True)
class Card:
    """A card, and what the message says with which the payment page refuses it.

    The fields after the security code are typed only where a payment page asks for them; the country is the United
    States.
    """

    number: str
    refusal: Refusal | None = None
    expiry: str = "12 / 34"
    cvc: str = "123"
    holder: str = "Test Buyer"
    street: str = "1 Test Street"
    town: str = "New York"
    state: str = "NY"
    postcode: str = "10001"
    phone: str = "+12015550123"


PAID = Card("4242424242424242")
ANOTHER = Card("5555555555554444")
CHALLENGED = Card("4000002760003184", "not authenticated")
REFUSED = {
    "declined": Card("4000000000000002", "declined"),
    "without sufficient funds": Card("4000000000009995", "insufficient funds"),
    "expired": Card("4000000000000069", "expired card"),
}
TEST_NUMBERS = frozenset(card.number for card in (PAID, ANOTHER, CHALLENGED, *REFUSED.values()))
