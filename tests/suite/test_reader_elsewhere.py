"""What a page says of credits beside Current Plan, in a header, a sidebar or a banner, follows a purchase too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.credits.agreement import contradictions
from steps.readers.credits.changes import changes_after_purchase
from steps.readers.credits.credits import read_credits
from steps.readers.page.capture import capture
from tests.suite.support.balances import PAGE, PROFILE, each

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from steps.readers.credits.credits import CreditsReading

LINE = each("<p>{}: {}</p>")


def seen_with(page: Page, beside: str, section: str = LINE) -> CreditsReading:
    before, after = beside.split("|") if "|" in beside else (beside, "")
    page.set_content(before + PAGE.format(section) + after)
    return read_credits(capture(page), PROFILE)


@pytest.mark.parametrize(
    ("beside", "later", "verdict"),
    [
        ("<header>11,500 credits</header>", "11,500", "broken"),
        ("<header>11,500 credits</header>", "13,500", "sound"),
        ("<p>Add-on credits 4,000</p>", "4,000", "broken"),
        ("<p>Add-on credits 4,000</p>", "6,000", "sound"),
        ("<div>You have 11,500 credits left.</div>", "11,500", "broken"),
        ("<header>11.5k credits</header>", "11.5k", "broken"),
        ("<header>&#9889; 11.5k</header>", "11.5k", "broken"),
        ("<header>11.5k</header>", "13.5k", "sound"),
        ("<header>12k credits</header>", "12k", "broken"),
        ("<header>7.5k credits</header>", "7.5k", "sound"),  # the monthly ones
        ("|<nav><p>Home</p><p>11,500</p></nav>", "11,500", "broken"),
        ("<nav><a href=/>Home</a><span>11,500 visits</span></nav>", "11,500", "sound"),
        ("<header>7,500 monthly credits</header>", "7,500", "sound"),
        ("<header>4,000 credits bought last</header>", "4,000", "sound"),
        ("|<p>11,500 credits were bought in all</p>", "11,500", "sound"),
    ],
)
def test_a_balance_beside_current_plan_follows_a_purchase(page: Page, beside: str, later: str, verdict: str) -> None:
    before = seen_with(page, beside)
    number = next(one for one in ("11,500", "11.5k", "12k", "7.5k", "7,500", "4,000") if one in beside)
    after = seen_with(page, beside.replace(number, later), LINE.replace("4,000", "6,000"))
    assert changes_after_purchase(before, after, 2_000).verdict == verdict


def test_a_number_that_current_plan_has_for_something_else_is_not_held(page: Page) -> None:
    used = "<p>Used credits: 11,500</p>"
    before, after = (
        seen_with(page, "<header>11,500 credits used</header>", LINE.replace("4,000", add_on) + used)
        for add_on in ("4,000", "6,000")
    )
    assert changes_after_purchase(before, after, 2_000).verdict == "sound"


@pytest.mark.parametrize(("role", "is_told"), [("alert", True), ("note", False)])
def test_an_error_beside_the_credits_is_told(page: Page, role: str, *, is_told: bool) -> None:
    beside = f"<p role={role}>Credit usage could not be loaded.</p>"
    assert any("could not be loaded" in one for one in contradictions(seen_with(page, "", LINE + beside))) is is_told
