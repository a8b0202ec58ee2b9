"""Days of credits and plan that are over, and told as if they were to come: where they are over for certain."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from steps.readers.credits.expiry import expired, renewed_before
from tests.suite.support.balances import PROFILE, read

if TYPE_CHECKING:
    from playwright.sync_api import Page

TODAY = date(2026, 11, 29)
BALANCES = "<dl><dt>Monthly credits<dd>6,800<dt>Add-on credits<dd>{}<dt>{}<dd>{}</dl>"


@pytest.mark.parametrize(
    ("add_on", "label", "day", "is_over"),
    [
        ("5,500", "Add-on credits expire", "20 October 2026", True),
        ("5,500", "Add-on credits valid until", "2026-10-20", True),
        ("5,500", "Add-on credits expire", "20 October 2027", False),
        ("5,500", "Add-on credits expire", "28 November 2026", False),
        ("5,500", "Add-on credits expire", "05/12/2026", False),
        ("5,500", "Add-on credits expire", "05/10/2026", True),
        ("5,500", "Monthly credits expire", "20 October 2026", False),
        ("5,500", "Credits never expire", "Since 20 October 2026", False),
        ("0", "Add-on credits expire", "20 October 2026", False),
    ],
)
def test_credits_are_told_to_be_over_where_their_day_is(
    page: Page, add_on: str, label: str, day: str, *, is_over: bool
) -> None:
    told = expired(read(page, BALANCES.format(add_on, label, day)), PROFILE, TODAY)
    assert told == (f"{label} {day}" if is_over else "")


@pytest.mark.parametrize(
    ("line", "is_over"),
    [
        ("Renews on 21 October 2026", True),
        ("Next billing: 2026-10-21", True),
        ("Renews on 21 December 2026", False),
        ("Renews on 28 November 2026", False),
        ("Renews on 05/12/2026", False),
        ("Renewed on 21 October 2026", False),
        ("Renews every month since 21 October 2027", False),
        ("Renews in 9 days", False),
    ],
)
def test_a_renewal_is_told_to_be_over_where_its_day_is(page: Page, line: str, *, is_over: bool) -> None:
    told = renewed_before(read(page, f"<p>{line}</p><p>Monthly credits 6,800</p>"), PROFILE, TODAY)
    assert told == (line if is_over else "")
