"""What is to be paid next for the plan: a purchase of credits, which is paid at once, leaves it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steps.readers.money.money import Money
from steps.readers.plans.next_charge import changed_charges
from steps.targets.profile import Profile

PROFILE = Profile(base_url="http://site.example")
PAID = Money(Decimal(54), "USD")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            ["Next invoice: Dec 15, 2026, $49.00"],
            ["Next invoice: Dec 15, 2026, $103.00"],
            "“Next invoice: Dec 15, 2026, $49.00” became “Next invoice: Dec 15, 2026, $103.00”",
        ),
        (["Upcoming charge", "$49.00"], ["Upcoming charge", "$69.00"], "“Upcoming charge $49.00” became"),
        (["Next payment", "$49.00 on Dec 15"], ["Next payment", "$69.00 on Dec 15"], "“Next payment $49.00 on"),
        (["Renews on Dec 15 for $49.00"], ["Renews on Dec 15 for $69.00"], "became “Renews on Dec 15 for $69.00”"),
        (["Next invoice: $49.00"], ["Paid today: $54.00", "Next invoice: $49.00"], ""),
        (["Next invoice: Dec 15"], ["Next invoice: Dec 15"], ""),
        (["Next invoice", "Last payment: $49.00"], ["Next invoice", "Last payment: $54.00"], ""),
        (["Spent this month: $49.00"], ["Spent this month: $103.00"], ""),
        (["Pro", "$49.00 / month"], ["Next invoice: Dec 15, $103.00"], "“Next invoice: Dec 15, $103.00” came"),
        (["Pro"], ["Upcoming charge", "$54.00"], "“Upcoming charge $54.00” came"),
        (["Pro", "$49.00 / month"], ["Next invoice: Dec 15, $49.00"], ""),
        (["Next", "Payment $20.00"], ["Next", "Payment $54.00"], ""),
    ],
)
def test_a_purchase_leaves_what_is_to_be_paid_next(before: list[str], after: list[str], told: str) -> None:
    found = "; ".join(changed_charges(before, after, PAID, PROFILE))
    assert (told in found) if told else not found
