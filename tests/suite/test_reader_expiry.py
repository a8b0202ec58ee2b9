"""Add-on credits that are shown and said to have expired: told where the day is over for certain."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from steps.readers.credits.expiry import expired
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
