"""Which kind of card is chosen among those that a payment page offers."""

from __future__ import annotations

import pytest

from steps.readers.checkout.card_kinds import kind_among
from steps.targets.test_cards import ANOTHER, PAID


@pytest.mark.parametrize(
    ("kinds", "number", "chosen"),
    [
        (("Please select", "Visa", "MasterCard", "American Express"), PAID.number, "Visa"),
        (("Visa Debit", "Visa", "Mastercard Debit", "Mastercard"), PAID.number, "Visa"),
        (("Visa Electron", "Visa Credit", "Maestro", "Master Card"), ANOTHER.number, "Master Card"),
        (("Debit card", "Credit card"), PAID.number, "Credit card"),
        (("Debitkarte", "Kreditkarte"), ANOTHER.number, "Kreditkarte"),
        (("", "American Express", "Discover"), PAID.number, None),
        ((), PAID.number, None),
    ],
)
def test_a_card_is_of_its_brand_or_else_a_credit_card(kinds: tuple[str, ...], number: str, chosen: str | None) -> None:
    at = kind_among(kinds, number)
    assert (kinds[at] if at >= 0 else None) == chosen
