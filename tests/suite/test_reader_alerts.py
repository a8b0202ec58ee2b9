"""What a site warns a buyer of though the payment went through, and what is no warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.checkout.alerts import alerts_on, errors_on, naming_others, others_named, unusable
from steps.readers.page.capture import capture

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize(
    ("html", "is_error"),
    [
        ("<div role=alert>Something went wrong (500). Please contact support.</div>", True),
        ("<div style='position: fixed; top: 0'>An error occurred.</div>", True),
        ("<p role=alert>Could not load the packages. Please try again later.</p>", True),
        ("<p role=alert>Billing information could not be saved.</p>", True),
        ("<div role=status>Payment successful</div>", False),
        ("<p>If something went wrong, contact support.</p>", False),
    ],
)
def test_an_error_is_told_by_a_message(page: Page, html: str, *, is_error: bool) -> None:
    page.set_content(f"{html}<h2>Current Plan</h2><p>Pro plan</p>")
    assert bool(errors_on(capture(page))) is is_error
    assert not errors_on(capture(page), page.locator("body").inner_text().splitlines())


@pytest.mark.parametrize(
    ("line", "is_alert"),
    [
        ("Your workspace has run out of credits. Workflows are paused.", True),
        ("You are out of credits", True),
        ("Outstanding balance: $20.00", True),
        ("Outstanding balance: $0.00", False),
        ("Workflows are paused when credits run out.", False),
        ("You have no monthly credits left", False),
        ("4,500 credits left", False),
        ("NaN credits left", True),
        ("Thank you! Please pay your invoice within 14 days.", True),
        ("Your workspace will be locked in 3 days unless you update your card.", True),
        ("Workflows will be paused when credits run out.", False),
        ("If a payment fails, your workspace will be locked.", False),
        ("Unused credits will be deleted after two years.", False),
        ("Please pay by card.", False),
        ("Your workspace is read-only until the downgrade takes effect.", True),
        ("You have never bought add-on credits.", True),
        ("No credits have been purchased yet.", True),
        ("If you have never bought credits, see below.", False),
        ("You have reached the purchase limit. No more credits can be bought this month.", True),
        ("You have reached this month's limit of purchases.", True),
        ("No more than 2,000,000 credits can be bought a month.", False),
        ("Your upgrade to Business is waiting for payment.", True),
        ("Plans change once payment is received.", False),
        ("Write {{name}} where the name belongs", False),
    ],
)
def test_a_line_may_warn_of_what_no_buyer_expects(page: Page, line: str, *, is_alert: bool) -> None:
    page.set_content(f"<h2>Current Plan</h2><p>{line}</p>")
    assert alerts_on(capture(page), ",") == [line] * is_alert
    assert alerts_on(capture(page), ",", [line]) == []


def test_a_message_of_before_that_no_credits_are_left_is_wrong_once_there_are(page: Page) -> None:
    line = "You are out of credits."
    page.set_content(f"<div role=alert>{line}</div><h2>Current Plan</h2>")
    assert alerts_on(capture(page), ",", [line]) == [line]


def test_another_person_where_the_buyer_stood_is_told() -> None:
    before, others = ["Ada", "ada@example.com", "Invited by bob@example.com"], ["bob@example.com", "eve@example.net"]
    told = ["bob@example.com", "Invited by bob@example.com"]
    assert others_named(before, told, "ada@example.com", others) == ["bob@example.com"]
    assert others_named(before, [*told, "Ada, ada@example.com"], "ada@example.com", others) == []
    assert others_named(["Ada"], told, "ada@example.com", others) == []


@pytest.mark.parametrize(
    ("line", "is_wrong"),
    [
        ("Past due", True),
        ("Pro plan Past due", True),
        ("Your subscription is cancelled.", True),
        ("Add-on credits: 5,000 left (pending review, not usable yet)", True),
        ("Add-on credits: 5,000 left", False),
        ("Add-on credits: 5,000 (pending)", True),
        ("5,000 credits pending", True),
        ("5,000 (pending)", True),
        ("3 members are locked out", False),
        ("Exports are unavailable", False),
        ("Active", False),
    ],
)
def test_plan_and_credits_can_be_used_after_a_purchase(line: str, *, is_wrong: bool) -> None:
    before = ["Pro plan", "Active", "Add-on credits: 3,000 left"]
    assert unusable(before, ["Pro plan", line]) == [line] * is_wrong
    assert unusable([*before, line], ["Pro plan", line]) == []


def test_what_was_so_before_is_no_news() -> None:
    assert not unusable(["Bonus credits: 500 (on hold)"], ["Bonus credits: 600 (on hold)"])


@pytest.mark.parametrize(
    ("lines", "strangers"),
    [
        (["Email", "eve@contoso.example"], ["eve@contoso.example"]),
        (["ada@example.com", "eve@contoso.example"], []),
        (["Email", "books@example.com"], []),
    ],
)
def test_a_page_may_name_somebody_else_as_the_buyer(lines: list[str], strangers: list[str]) -> None:
    assert naming_others(lines, "ada@example.com", ["eve@contoso.example"]) == strangers
