"""The processor's published test cards, what each does, and the checks of the card fields.

Source: docs.stripe.com/testing. No other number is charged: a real card on this page is declined, as in test mode.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Refusal:
    """Why a payment is refused: published codes, and the sentence that the page shows."""

    code: str
    message: str
    decline_code: str | None = None
    # Some refusals are said of the card, under its fields; others of the whole attempt, above the Pay button.
    of_card: bool = True


_PLAIN = "Your credit card was declined. Try paying with a debit card instead."

DECLINED = Refusal("card_declined", _PLAIN, "generic_decline")
INSUFFICIENT = Refusal(
    "card_declined",
    "Your credit card was declined because of insufficient funds. Try paying with a debit card instead.",
    "insufficient_funds",
)
NOT_A_TEST_CARD = Refusal(
    "card_declined",
    "Your card was declined. Your request was in test mode, but used a non test card. "
    "For a list of valid test cards, visit: https://stripe.com/docs/testing.",
    "test_mode_live_card",
)
UNAUTHENTICATED = Refusal(
    "payment_intent_authentication_failure",
    "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
    of_card=False,
)


@dataclass(frozen=True)
class Card:
    """What is kept of a card: never its number."""

    brand: str
    last4: str
    refusal: Refusal | None
    challenge: bool
    exp_month: int = 12
    exp_year: int = 2034


_REFUSED: Mapping[str, Refusal] = MappingProxyType(
    {
        "4000000000000002": DECLINED,
        "4000000000009995": INSUFFICIENT,
        "4000000000009987": Refusal("card_declined", _PLAIN, "lost_card"),
        "4000000000009979": Refusal("card_declined", _PLAIN, "stolen_card"),
        "4000000000000069": Refusal("expired_card", "Your card is expired. Try a different card."),
        "4000000000000127": Refusal("incorrect_cvc", "Your card’s CVC is incorrect."),
        "4000000000000119": Refusal(
            "processing_error", "An error occurred while processing your card. Try again.", of_card=False
        ),
        "4000008400001629": DECLINED,
    }
)
_CHALLENGED = frozenset({"4000002760003184", "4000008400001629"})
_PAID = frozenset({"4242424242424242", "5555555555554444", "378282246310005", "4000002760003184"})
_BRANDS = (("4", "visa"), ("34", "amex"), ("37", "amex"), ("6011", "discover"), ("65", "discover"))


def look_up(number: str, expiry: tuple[int, int] = (12, 2034)) -> Card:
    """Return what happens when a card that passed the field checks is charged; `expiry` is its month and year."""
    refusal = _REFUSED.get(number) or (None if number in _PAID else NOT_A_TEST_CARD)
    return Card(brand_of(number), number[-4:], refusal, number in _CHALLENGED, *expiry)


def brand_of(number: str) -> str:
    """Return the brand by the number's first digits; "unknown" when no rule fits."""
    if number[:2] in {"51", "52", "53", "54", "55"} or (number[:4].isdigit() and 2221 <= int(number[:4]) <= 2720):
        return "mastercard"
    return next((brand for start, brand in _BRANDS if number.startswith(start)), "unknown")


def length_of(brand: str) -> int:
    """Return how many digits a complete number of this brand has."""
    return 15 if brand == "amex" else 16


def passes_luhn(number: str) -> bool:
    """Whether the last digit fits the others (ISO/IEC 7812-1)."""
    digits = [int(digit) for digit in reversed(number)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[0::2]) + sum(doubled)) % 10 == 0
