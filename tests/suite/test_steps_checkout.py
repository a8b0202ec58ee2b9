"""Whether a payment page refused a card in the words that are expected, or in those that the profile vouches for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from steps.actors.checkout import refused
from steps.actors.purchase import Purchase
from steps.pages.payment_outcome import Outcome
from steps.targets.test_cards import CHALLENGED, REFUSED
from steps.verdicts.expectations import BrokenPromiseError

if TYPE_CHECKING:
    from steps.readers.credits.credits import CreditsReading
    from steps.targets.test_cards import Card

OTHER = "No luck, code 57"


def _purchase(outcome: Outcome) -> Purchase:
    return Purchase(before=cast("CreditsReading", None), outcome=outcome)


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("We are unable to authenticate your payment method.", CHALLENGED),
        ("We couldn\u2019t verify your identity.", CHALLENGED),
        ("We could not authenticate your card. Please choose another payment method.", CHALLENGED),
        ("We weren\u2019t able to authenticate you.", CHALLENGED),
        ("We failed to verify this payment.", CHALLENGED),
        ("Authentication wasn\u2019t successful", CHALLENGED),
        ("3D Secure authentication was cancelled", CHALLENGED),
        ("Your card could not be verified by your bank.", CHALLENGED),
        ("Card verification failed", CHALLENGED),
        ("There are not enough funds on this card. Please try another one.", REFUSED["without sufficient funds"]),
        ("Your payment was refused by your bank.", REFUSED["declined"]),
    ],
)
def test_a_refusal_in_expected_words_is_one(text: str, card: Card) -> None:
    refused(_purchase(Outcome("refused", text)), card)


def test_a_refusal_for_another_reason_is_none() -> None:
    with pytest.raises(BrokenPromiseError):
        refused(_purchase(Outcome("refused", "Your card was declined.")), REFUSED["expired"])


def test_a_refusal_in_other_words_is_one_where_the_profile_says_so() -> None:
    refused(_purchase(Outcome("refused", OTHER, is_labelled=True)), CHALLENGED)
    for outcome in (Outcome("refused", OTHER), Outcome("left", OTHER, is_labelled=True)):
        with pytest.raises(BrokenPromiseError):
            refused(_purchase(outcome), CHALLENGED)
