"""What a page may say that is contrary to what is documented of credits that are bought."""

from __future__ import annotations

import pytest

from steps.readers.page.contrary import contrary, contrary_where_sold


@pytest.mark.parametrize(
    ("text", "is_contrary"),
    [
        ("You will be charged $27.00 again on Dec 15.", True),
        ("Your card will not be charged again.", False),
        ("4,000 add-on credits will be removed on Dec 15.", True),
        ("Unused monthly credits will be removed on Dec 15.", False),
        ("Credits will be removed if a payment is disputed.", False),
        ("Only one package per month.", True),
        ("Extra credits can only be bought on weekdays.", True),
        ("Buy credits at any time.", False),
        ("Renews automatically on Dec 30, 2026.", False),
        ("Credits are added on the first day of your next billing cycle.", False),
    ],
)
def test_a_sentence_may_be_contrary_to_the_documentation(text: str, *, is_contrary: bool) -> None:
    assert bool(contrary(text)) is is_contrary


@pytest.mark.parametrize(
    ("text", "is_contrary"),
    [
        ("You will be charged $27.00 again on Dec 15.", True),
        ("Your plan renews every month. Packages are billed once.", False),
        ("Credits are added on the first day of your next billing cycle.", True),
        ("Monthly credits are added again in the next billing cycle.", False),
        ("Each package renews every month.", True),
    ],
)
def test_beside_packages_a_renewal_is_theirs(text: str, *, is_contrary: bool) -> None:
    assert bool(contrary_where_sold(text)) is is_contrary
