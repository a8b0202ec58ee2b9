"""To which address paying would have led a buyer who did not pay."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from steps.actors.purchase import Purchase

if TYPE_CHECKING:
    from steps.readers.credits import CreditsReading


def _purchase(*addresses: str, landing: str = "") -> Purchase:
    before = cast("CreditsReading", None)
    return Purchase(before=before, addresses=list(addresses), landings=[landing] if landing else [])


@pytest.mark.parametrize(
    ("own", "paid", "landing", "led_to"),
    [
        (
            "https://pay.example/c/pay/cs_test_b2Yz#fid%2Fa/b",
            "https://pay.example/c/pay/cs_test_a1Xy#fidkd",
            "https://site.example/thanks?session=cs_test_a1Xy",
            "https://site.example/thanks?session=cs_test_b2Yz",
        ),
        (
            "https://pay.example/checkout/txn_01k7b3?lang=en",
            "https://pay.example/checkout/txn_01k7a2?lang=en",
            "https://site.example/?checkout=txn_01k7a2#settings/billing",
            "https://site.example/?checkout=txn_01k7b3#settings/billing",
        ),
        (
            "https://pay.example/?order=0f8fad5b-d9cb-469f-a165-70867728950e",
            "https://pay.example/?order=7c9e6679-7425-40de-944b-e07fc1f90ae7",
            "https://site.example/billing/7c9e6679-7425-40de-944b-e07fc1f90ae7/done",
            "https://site.example/billing/0f8fad5b-d9cb-469f-a165-70867728950e/done",
        ),
        ("https://pay.example/txn_01k7b3", "https://pay.example/txn_01k7a2", "https://site.example/thanks", ""),
        ("https://pay.example/c/2", "https://pay.example/c/1", "https://site.example/plans/1", ""),
        (
            "https://pay.example/txn_01k7b3",
            "https://other.example/v2/txn_01k7a2",
            "https://site.example/txn_01k7a2",
            "",
        ),
    ],
)
def test_the_address_names_the_session_that_was_not_paid(own: str, paid: str, landing: str, led_to: str) -> None:
    assert _purchase(own).landing_instead(_purchase(paid, landing=landing)) == led_to
