"""The published test numbers: the only numbers that the suite types unless a profile and a flag allow a real payment.

Source: the payment processor's public page on testing. Any future expiry and any CVC go with them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """A card as a buyer types it, and the words (a regular expression) by which the payment page refuses it.

    What follows the security code is typed where a payment page asks for it; the country is the United States.
    """

    number: str
    refusal: str = ""
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
CHALLENGED = Card(
    "4000002760003184", r"unable to authenticate|authenticat\w+ (?:failed|was not)|could not be authenticated"
)
REFUSED = {
    "declined": Card("4000000000000002", r"declined"),
    "without sufficient funds": Card("4000000000009995", r"insufficient funds"),
    "expired": Card("4000000000000069", r"expired"),
}
TEST_NUMBERS = frozenset(card.number for card in (PAID, ANOTHER, CHALLENGED, *REFUSED.values()))
