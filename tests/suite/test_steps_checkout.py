"""Whether a payment page refused a card in the words that are expected, or in those that the profile vouches for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from steps.actors.purchase import Purchase
from steps.checkout import refused
from steps.pages.payment_outcome import Outcome
from steps.targets.test_cards import CHALLENGED
from steps.verdicts.expectations import BrokenPromiseError

if TYPE_CHECKING:
    from steps.readers.credits import CreditsReading

OTHER = "No luck, code 57"


def _purchase(outcome: Outcome) -> Purchase:
    return Purchase(before=cast("CreditsReading", None), outcome=outcome)


@pytest.mark.parametrize(
    "text", ["We are unable to authenticate your payment method.", "We couldn\u2019t verify your identity."]
)
def test_a_refusal_in_expected_words_is_one(text: str) -> None:
    refused(_purchase(Outcome("refused", text)), CHALLENGED.refusal)


def test_a_refusal_in_other_words_is_one_where_the_profile_says_so() -> None:
    refused(_purchase(Outcome("refused", OTHER, is_labelled=True)), CHALLENGED.refusal)
    for outcome in (Outcome("refused", OTHER), Outcome("left", OTHER, is_labelled=True)):
        with pytest.raises(BrokenPromiseError):
            refused(_purchase(outcome), CHALLENGED.refusal)
