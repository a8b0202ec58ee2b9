"""What Billing says of the plan beside its name: a purchase leaves it, an upgrade changes it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from steps.readers.credits.credits import CreditsReading, read_credits
from steps.readers.money.money import Money
from steps.readers.page.capture import capture
from steps.readers.plans.plan_terms import (
    announced,
    announced_amiss,
    changed_terms,
    comes_later,
    other_fee,
    outdated,
    said_to_be_on,
    unchanged_fee,
    unchanged_terms,
)
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example")


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ("15,000 credits each month for $99.00.", ""),
        ("17,000 credits each month for $99.00.", "became “17,000"),
        ("15,000 credits each month for $149.00.", "became “15,000 credits each month for $149.00"),
        ("15,000 credits each month for $99.00.</p><p>Changes to Basic on 3 May 2026.", "“Changes to Basic"),
        ("15,000 credits each month for $99.00.</p><p role=status>Changes to the Solo plan.", "“Changes to the"),
        ("15,000 credits each month for $99.00.</p><p>Your trial ends on 15.12.2026.", "“Your trial ends"),
        ("15,000 credits each month for $99.00.</p><p>Add-on credits never expire.", ""),
        ("15,000 credits each month for $99.00.</p><p>Moves to Solo on 3 May 2026.", "“Moves to Solo"),
        ("15,000 credits each month for $99.00.</p><p>Last payment: $20.00 for Pro.", ""),
        ("15,000 credits each month for $99.00.</p><p>Active · Auto-recharge: On", "“Active · Auto-recharge: On” came"),
        ("15,000 credits each month for $99.00.</p><p>Auto top-up is off", ""),
        ("15,000 credits each month for $99.00.</p><p>Automatic top-up</p><p>On", "“Automatic top-up On” came"),
        ("15,000 credits each month for $99.00.</p><p>Automatic top-up</p><p>Off", ""),
    ],
)
def test_a_purchase_leaves_the_terms_of_the_plan(page: Page, after: str, told: str) -> None:
    def read(terms: str) -> CreditsReading:
        page.set_content(f"<h2>Current Plan</h2><p>Pro</p><p>{terms}</p><p>Monthly credits: 5</p><h2>Invoices</h2>")
        return read_credits(capture(page), PROFILE)

    before = read("15,000 credits each month for $99.00.")
    found = changed_terms(before, read(after), PROFILE.labels.of("plan_name").names)
    assert bool(found) == bool(told)
    assert told in "; ".join(found)


@pytest.mark.parametrize(
    ("after", "is_red"), [("Never expire", False), ("Expire on 20 Dec 2026", True), ("They do not expire", False)]
)
def test_a_purchase_leaves_it_that_add_on_credits_never_expire(page: Page, after: str, *, is_red: bool) -> None:
    def read(words: str) -> CreditsReading:
        page.set_content(f"<h2>Current Plan</h2><p>Pro</p><p>Add-on credits: 5</p><p>{words}</p><h2>Invoices</h2>")
        return read_credits(capture(page), PROFILE)

    assert bool(changed_terms(read("Never expire"), read(after), ())) == is_red


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ("\u00a349.00 per month (ex VAT)</dd><dt>Renews on</dt><dd>1 Dec 2026", ""),
        ("\u00a349.00 per year (ex VAT)</dd><dt>Renews on</dt><dd>1 Dec 2026", "became “\u00a349.00 per year"),
        ("\u00a349.00 per month (ex VAT)</dd><dt>Renews on</dt><dd>1 Jan 2027", "“1 Dec 2026” became “1 Jan 2027”"),
        ("\u00a349.00 per month (ex VAT)</dd><dt>Ends on</dt><dd>1 Dec 2026", "“Renews on” became “Ends on”"),
    ],
)
def test_a_purchase_leaves_the_billing_cycle(page: Page, after: str, told: str) -> None:
    def read(terms: str) -> CreditsReading:
        terms = f"<dl><dt>Price</dt><dd>{terms}</dd></dl>"
        page.set_content(f"<h2>Current Plan</h2><p>Pro</p>{terms}<p>Monthly credits: 5</p>")
        return read_credits(capture(page), PROFILE)

    before = read("\u00a349.00 per month (ex VAT)</dd><dt>Renews on</dt><dd>1 Dec 2026")
    found = changed_terms(before, read(after), PROFILE.labels.of("plan_name").names)
    assert (bool(found), told in "; ".join(found)) == (bool(told), True)


@pytest.mark.parametrize(
    ("was", "now", "is_moved"),
    [
        ("Resets on</p><p>1 Dec 2026", "Resets on</p><p>1 Jan 2027", True),
        ("Renews on Dec 12, 2026", "Renews on Jan 11, 2027", True),
        ("Renews on Dec 12, 2026", "Renews on Dec 12, 2026", False),
        ("Resets on</p><p>1 Dec 2026", "Resets on</p><p>1 Dec 2026", False),
        (
            "Resets with each billing cycle</p><p>860 of 7,600",
            "Resets with each billing cycle</p><p>860 of 9,600",
            False,
        ),
        ("Resets in 4 days, 10 hours", "Resets in 4 days, 9 hours", False),
    ],
)
def test_a_purchase_leaves_the_day_of_the_reset(page: Page, was: str, now: str, *, is_moved: bool) -> None:
    readings = []
    for told in (was, now):
        page.set_content(f"<h2>Current Plan</h2><p>Pro</p><p>Monthly credits: 5</p><p>{told}</p><h2>Invoices</h2>")
        readings.append(read_credits(capture(page), PROFILE))
    assert bool(changed_terms(readings[0], readings[1], ())) == is_moved


@pytest.mark.parametrize(
    ("after", "is_stale"),
    [
        ("3,000 credits each month for $29.00.</p><p>Monthly credits: 49,300 of 50,000 left", True),
        ("50,000 credits each month for $249.00.</p><p>Monthly credits: 49,300 of 50,000 left", False),
        ("3,000 credits each month for $29.00.</p><p>Monthly credits: 2,100 of 3,000 left", False),
        ("3,000 credits each month for $29.00.", False),
    ],
)
def test_after_an_upgrade_no_line_tells_of_the_month_before(page: Page, after: str, *, is_stale: bool) -> None:
    def read(terms: str) -> CreditsReading:
        page.set_content(f"<h2>Current Plan</h2><p>Pro</p><p>{terms}</p><h2>Invoices</h2>")
        return read_credits(capture(page), PROFILE)

    before = read("3,000 credits each month for $29.00.</p><p>Monthly credits: 2,300 of 3,000 left")
    assert bool(unchanged_terms(before, read(after))) == is_stale


@pytest.mark.parametrize(
    ("cycle", "told", "is_amiss"),
    [
        ("Renews on 14 Dec 2026", "Changes to Basic on 29 Nov 2026.", True),
        ("Renews on 14 Dec 2026", "Changes to Basic on 14 Dec 2026.", False),
        ("Renews on 14 Dec 2026", "Your Pro plan ends on 13 Dec 2026.", False),
        ("Credits reset on 1 Dec 2026</p><p>Renews on 14 Dec 2026", "Changes to Basic on 14 Dec 2026.", False),
        ("Credits reset on 1 Dec 2026</p><p>Renews on 14 Dec 2026", "Changes to Basic on 28 Nov 2026.", True),
        ("Billed monthly", "Changes to Basic on 29 Nov 2026.", False),
        ("Renews on 14 Dec 2026", "Changes to Basic on 14 Jan 2027.", True),
        ("Credits reset on 1 Dec 2026", "Changes to Basic on 14 Dec 2026.", False),
        ("Last renewed on 14 Nov 2026", "Changes to Basic on 14 Dec 2026.", False),
        ("Billing period 14 Nov 2026 to 14 Dec 2026", "Changes to Basic on 14 Dec 2026.", False),
        ("Renews on 14 Dec 2026", "Changes to Business on 14 Dec 2026.", True),
        ("Renews on 14 Dec 2026", "Changes to the next plan on 14 Dec 2026.", False),
        ("Renews on 14 Dec 2026", "Workflow last ran on 29 Nov 2026.", False),
    ],
)
def test_a_downgrade_that_is_announced_for_other_days_or_to_another_plan_is_told(
    page: Page, cycle: str, told: str, *, is_amiss: bool
) -> None:
    readings = []
    for more in ("", f"<p>{told}</p>"):
        page.set_content(f"<h2>Current Plan</h2><p>Pro</p><p>{cycle}</p><p>Monthly credits: 5</p>{more}")
        readings.append(read_credits(capture(page), PROFILE))
    assert announced_amiss(readings[0], readings[1], "Basic", PROFILE) == (told if is_amiss else "")


@pytest.mark.parametrize(
    ("was", "now", "due", "is_other"),
    [
        ("$99.00 per month", "$249.00 per month", 249, False),
        ("$99.00 per month", "$498.00 per month", 249, True),
        ("$99.00 per month", "$49.00 per month", 99, True),
        ("Pro, $99.00 per month", "Business, $498.00 per month", 249, True),
        ("$99.00 per month", "$99.00 per month, then $49.00 per month", 99, False),
        ("$297.00 per month for 3 seats", "$747.00 per month for 3 seats", 249, False),
    ],
)
def test_a_month_costs_what_the_list_of_plans_says(page: Page, was: str, now: str, due: int, *, is_other: bool) -> None:
    readings = []
    for plan, fee in (("Pro", was), ("Business" if due > 99 else "Pro", now)):
        page.set_content(f"<h2>Current Plan</h2><h3>{plan}</h3><p>{fee}</p><p>Monthly credits: 5</p>")
        readings.append(read_credits(capture(page), PROFILE))
    prices = (Money(Decimal(99), "USD"), Money(Decimal(due), "USD"))
    assert other_fee(readings[0], readings[1], *prices) == ([now] if is_other else [])


@pytest.mark.parametrize(
    ("after", "listed", "is_stale"),
    [
        ("$99.00 per month", 249, True), ("$249.00 per month", 249, False), ("$99.00 per month", None, False),
        ("$99.00 per month, renews on 14 Jan 2027", 249, True),
        ("$249.00 per month</p><p>$99.00 per month until 14 Dec 2026", 249, False),
    ],
)  # fmt: skip
def test_an_upgrade_changes_what_a_month_costs(page: Page, after: str, listed: int | None, *, is_stale: bool) -> None:
    def read(fee: str) -> CreditsReading:
        page.set_content(
            f"<h2>Current Plan</h2><p>Pro</p><dl><dt>Fee<dd>{fee}</dl><p>Monthly credits: 5</p><p>Seat: $9 per month"
        )
        return read_credits(capture(page), PROFILE)

    now = Money(Decimal(listed), "USD") if listed else None
    found = unchanged_fee(read("$99.00 per month"), read(after), Money(Decimal(99), "USD"), now)
    assert found == ([after] if is_stale else [])


@pytest.mark.parametrize(
    ("was", "now", "is_outdated"),
    [
        ("Renews on 14 Dec 2026", "Renews on 14 Dec 2026", True),
        ("Renews on 14 Dec 2026", "Renews on 14 Jan 2027", False),
        ("<dl><dt>Next renewal<dd>14 Dec 2026</dl>", "<dl><dt>Next renewal<dd>14 Dec 2026</dl>", True),
        ("Your plan changes to Basic on 14 Dec 2026.", "Your plan changes to Basic on 14 Dec 2026.", True),
        ("Your plan changes to Basic at the end of the billing cycle.", "Changed to Pro on 1 Dec 2026", False),
        ("Your plan changes to Pro on 14 Dec 2026.", "Your plan changes to Pro on 14 Jan 2027.", True),
        ("Your plan changes to Pro on 14 Dec 2026.", "Your plan changes to Basic on 14 Jan 2027.", False),
        ("Renews each month", "Renews each month", False),
        ("Renewed monthly since 14 Dec 2025", "Renewed monthly since 14 Dec 2025", False),
        ("Monthly credits: 500, first used on 14 Dec 2025", "Monthly credits: 500, first used on 14 Dec 2025", False),
    ],
)
def test_a_new_cycle_has_other_days(page: Page, was: str, now: str, *, is_outdated: bool) -> None:
    readings = []
    for told in (was, now):
        page.set_content(f"<h2>Current Plan</h2><p>Pro</p><p>{told}</p><p>Monthly credits: 5</p>")
        readings.append(read_credits(capture(page), PROFILE))
    assert bool(outdated(readings[0], readings[1], PROFILE)) == is_outdated


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("You are on the Basic plan now.", True),
        ("You’re now on Basic", True),
        ("Your plan changes to Basic on 17 December 2026.", False),
        ("You are on the Pro plan until then.", False),
    ],
)
def test_a_change_that_is_to_come_is_not_said_to_have_come(text: str, *, is_said: bool) -> None:
    assert bool(said_to_be_on([text], "Basic")) is is_said


def seen_with(page: Page, *lines: str) -> list[CreditsReading]:
    readings = []
    for more in ("", *lines):
        page.set_content(f"<h2>Current Plan</h2><p>Pro</p><p>Renews on 14 Dec 2026</p><p>Monthly credits: 5</p>{more}")
        readings.append(read_credits(capture(page), PROFILE))
    return readings


@pytest.mark.parametrize(
    ("line", "is_later"),
    [
        ("<p>Starts on 30 Dec 2026</p>", True),
        ("<p>Changes to Basic on 30 Dec 2026.</p>", True),
        ("<p>You changed to Business on 30 Nov 2026.</p>", False),
        ("<p>Started on 30 Nov 2026</p>", False),
        ("<p>Renews on 30 Dec 2026</p>", False),
        ("<p>The next billing period starts on 30 Dec 2026</p>", False),
        ("<p>Changes to Business on 30 Dec 2026.</p>", False),
    ],
)
def test_a_plan_that_was_paid_for_begins_at_once(page: Page, line: str, *, is_later: bool) -> None:
    before, now = seen_with(page, line)
    found = comes_later(before, now, "Business", PROFILE, date(2026, 11, 30))
    assert found == (line[3:-4] if is_later else "")


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("<p>Changes to Business on 17 Dec 2026.</p>", True),
        ("<p role=status>Switching to Business</p>", True),
        ("<p>The payment did not go through, so that the plan stays.</p>", False),
        ("<p role=status>Upgrading to Business failed: your card was declined.</p>", False),
    ],
)
def test_what_announces_another_plan_is_told(page: Page, line: str, *, is_one: bool) -> None:
    before, now = seen_with(page, line)
    assert bool(announced(before, now)) is is_one
    assert announced(now, now) == ""
