"""With which card a receipt says that it was paid."""

from __future__ import annotations

import pytest

from steps.readers.invoices.receipt_words import another_card_on
from steps.targets.test_cards import PAID


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("Paid with Visa •••• 4242", ""), ("Visa 4242", ""), ("Card ending in 4242", ""), ("Paid by card", ""),
        ("Paid with Mastercard •••• 1881", "Mastercard •••• 1881"), ("American Express 1005", "American Express 1005"),
        ("Card ending in 1881", "Card ending in 1881"), ("For the year ending 2026", ""), ("VISA xxxx xxxx 4242", ""),
        ("Mastercard 2026-11-30", ""),
    ],
)  # fmt: skip
def test_a_receipt_names_the_card_that_was_paid_with(line: str, named: str) -> None:
    assert another_card_on(f"Receipt\n{line}", PAID.number) == named
