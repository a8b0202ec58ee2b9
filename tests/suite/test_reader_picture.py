"""Whether a bar is true to the credits: its numbers, its name, its parts, and how it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.pages.billing import BillingPage
from steps.readers.credits.agreement import contradictions, doubts
from steps.readers.credits.changes import changes_after_purchase
from steps.readers.credits.credits import CreditsReading, read_credits
from steps.readers.page.capture import capture, selectors_of
from steps.targets.labels import Label, Labels
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example")
LEGEND = "<p>Monthly credits: 6,000 left, 4,000 used</p><p>Add-on credits: 8,000 left, 2,000 used</p>"
RING = "stroke=#27c stroke-width=6 fill=none stroke-dasharray='70 30' pathLength=100"


@pytest.mark.parametrize(
    ("drawn", "told"),
    [
        ("<div style='width:100%;height:8px;background:#27c'></div>", "drawn in parts of 100.0%"),
        ("<div style='width:100%;height:8px;background:linear-gradient(90deg,#27c 70%,#eee 70%)'></div>", ""),
        (f"<svg width=300 height=300><circle cx=150 cy=150 r=140 {RING}></svg>", ""),
        (f"<svg width=300 height=8><path d='M0 4H300' stroke=#eee /><path d='M0 4H300' {RING} /></svg>", ""),
    ],
)
def test_a_bar_that_counts_right_is_held_against_how_it_is_drawn(page: Page, drawn: str, told: str) -> None:
    bar = "<div role=progressbar aria-valuenow=14000 aria-valuemax=20000 style='width:300px'>{}</div>"
    page.set_content(f"<h2>Current Plan</h2><p>Pro</p>{LEGEND}{bar.format(drawn)}<h2>Invoices</h2>")
    found = contradictions(read_credits(capture(page), PROFILE), BillingPage(page, PROFILE).bar_parts())
    assert bool(found) == bool(told)
    assert told in "; ".join(found)


@pytest.mark.parametrize(("filled", "told"), [(91, ""), (37, "shows neither"), (9, "")])
def test_a_bar_is_held_against_what_is_left_of_each_kind(page: Page, filled: int, told: str) -> None:
    page.set_content(
        "<h2>Current Plan</h2><p>Pro</p><p>Monthly credits: 8,736 of 10,000 left</p>"
        "<p>Add-on credits: 4,000 of 4,000 left</p><svg role=progressbar aria-label='Credits left' "
        f"aria-valuemin=0 aria-valuemax=100 aria-valuenow={filled} width=90 height=90></svg><h2>Invoices</h2>"
    )
    found = contradictions(read_credits(capture(page), PROFILE), BillingPage(page, PROFILE).bar_parts())
    assert bool(found) == bool(told)
    assert told in "; ".join(found)


_DRAWN = "<div class=track style='width:400px;height:8px;background:#eee'>{0}</div>"
_PART = "<div style='width:{0}%;height:8px;background:#27c'></div>"
_OF_ALL = "<p><span>7,700</span><span> / 12,000 credits available</span></p>"
_KINDS = "<p>Monthly credits: {0} of 10,000 left</p>{1}<p>Add-on credits: 4,000 left</p>"
_ARIA = "<div role=progressbar aria-valuemin=0 aria-valuemax=5750 aria-valuenow={0} style=height:8px></div>"


@pytest.mark.parametrize(
    ("card", "told"),
    [
        (_DRAWN.format(_PART.format(50)) + _OF_ALL, "shows neither"),
        (_DRAWN.format(_PART.format(64)) + _OF_ALL, ""),
        (_DRAWN.format(_PART.format(36)) + _OF_ALL, ""),
        ("<progress value=0 max=27000></progress><p>25,750 of 27,000 credits available</p>", "filled by neither"),
        ("<progress value=1250 max=27000></progress><p>25,750 of 27,000 credits available</p>", ""),
        ("<progress value=25750 max=27000></progress><p>25,750 of 27,000 credits available</p>", ""),
        (_ARIA.format(0) + "<p>750 of 5,750 credits remaining</p>", "filled by neither"),
        (_ARIA.format(5000) + "<p>750 of 5,750 credits remaining</p>", ""),
        (_KINDS.format("2,000", _DRAWN.format(_PART.format(20))), ""),
        (_KINDS.format("9,900", _DRAWN.format(_PART.format(2))), ""),
    ],
)
def test_a_bar_is_true_to_the_numbers_beside_it(page: Page, card: str, told: str) -> None:
    page.set_content(f"<h2>Current Plan</h2><p>Pro</p>{card}<h2>Invoices</h2>")
    reading = read_credits(capture(page), PROFILE)
    assert reading.bars
    found = contradictions(reading, BillingPage(page, PROFILE).bar_parts())
    assert bool(found) == bool(told)
    assert told in "; ".join(found)


@pytest.mark.parametrize(
    ("name", "is_true"),
    [
        ("25,750 of 27,000 credits left", True),
        ("1,250 of 27,000 credits used", True),
        ("1,250 of 5,000 credits used", True),
        ("3,750 of 27,000 credits left", True),
        ("15,750 of 17,000 credits left", False),
        ("15,750 of 27,000 credits left", False),
    ],
)
def test_a_bar_is_called_after_what_it_shows(page: Page, name: str, *, is_true: bool) -> None:
    bar = f"<div role=img aria-label='{name}' style='width:300px;background:#ccc'>{_PART.format(95)}</div>"
    lines = "<p>Monthly credits <b>3,750</b></p><p>Add-on credits <b>22,000</b></p><p>25,750 of 27,000 credits left</p>"
    page.set_content(f"<h2>Current Plan</h2><p>Pro</p>{bar}{lines}<h2>Invoices</h2>")
    reading = read_credits(capture(page), PROFILE)
    assert reading.bars
    assert bool(contradictions(reading)) != is_true


CELLS = """<table class=bar style="border-collapse:collapse;width:360px;height:16px"><tr>
<td style="padding:0;width:{}%;background:#c33"><td style="padding:0;background:#369"></table>"""


@pytest.mark.parametrize(
    ("used", "selector", "wrong", "open_"), [(30, "", 0, 1), (30, ".bar", 0, 0), (50, ".bar", 1, 0)]
)
def test_a_bar_of_cells_without_a_role_is_seen_and_told_by_a_selector(
    page: Page, used: int, selector: str, wrong: int, open_: int
) -> None:
    profile = Profile(
        base_url="http://site.example", labels=Labels(credit_bar=Label(selector=selector)) if selector else Labels()
    )
    page.set_content(f"<h2>Current Plan</h2><p>Pro</p>{LEGEND}{CELLS.format(used)}<h2>Invoices</h2>")
    reading = read_credits(capture(page, selectors_of(profile)), profile)
    drawn = BillingPage(page, profile).bar_parts()
    assert len(reading.bars) == 1
    assert (len(contradictions(reading, drawn)), len(doubts(reading, drawn))) == (wrong, open_)


def test_a_selector_finds_a_bar_that_nothing_else_tells(page: Page) -> None:
    bar = "<div class=bar><b style='display:inline-block;width:70%;background:#27c'>Usage</b></div>"
    page.set_content(f"<h2>Current Plan</h2><p>Pro</p>{LEGEND}{bar}<h2>Invoices</h2>")
    for labels, count in ((Labels(), 0), (Labels(credit_bar=Label(selector=".bar")), 1)):
        profile = Profile(base_url="http://site.example", labels=labels)
        assert len(read_credits(capture(page, selectors_of(profile)), profile).bars) == count


SEGMENTS = (
    "<p>Pro</p><p>Monthly credits 8,760 of 10,000 left</p><p>Add-on credits 2,500 of 2,500 left</p>"
    "<p>1,240 of 12,500 used</p><div style='display:flex;height:12px;width:500px;background:#ddd'>{}</div>"
)
SEGMENT = (
    "<div role=progressbar aria-valuemin=0 aria-valuemax=100 aria-valuenow={0} aria-label='{1} credits'"
    " style='width:{0}%;background:#36c'></div>"
)


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ((9.9, 70.1, 20), ""),
        ((9.9, 20, 70.1), "part for the monthly credits is 20.0%"),
        ((20, 70.1, 9.9), "part for the add-on credits is 9.9%"),
        ((90.1, 9.9, 0), "part for the used credits is 90.1%"),
        ((0, 80, 10), "part for the add-on credits is 10.0%"),
    ],
)
def test_each_named_part_of_a_bar_is_as_large_as_what_it_is_called_after(
    page: Page, shares: tuple[float, ...], told: str
) -> None:
    parts = "".join(SEGMENT.format(*one) for one in zip(shares, ("Used", "Monthly", "Add-on"), strict=True))
    page.set_content(f"<h2>Current Plan</h2>{SEGMENTS.format(parts)}<h2>Invoices</h2>")
    reading = read_credits(capture(page), PROFILE)
    assert len(reading.bars) == 1
    found = contradictions(reading, BillingPage(page, PROFILE).bar_parts())
    assert told in "; ".join(found)
    assert bool(found) == bool(told)
    assert not doubts(reading, BillingPage(page, PROFILE).bar_parts())


@pytest.mark.parametrize(
    ("shares", "verdict"),
    [((6.7, 47.4, 45.9), "sound"), ((9.9, 70.1, 20), "broken"), ((6.7, 70.1, 23.2), "broken")],
)
def test_each_part_of_a_bar_follows_from_what_was_bought(page: Page, shares: tuple[float, ...], verdict: str) -> None:
    def seen(*shares: float, text: str = SEGMENTS) -> CreditsReading:
        parts = "".join(SEGMENT.format(*one) for one in zip(shares, ("Used", "Monthly", "Add-on"), strict=True))
        page.set_content(f"<h2>Current Plan</h2>{text.format(parts)}<h2>Invoices</h2>")
        return read_credits(capture(page), PROFILE)

    before = seen(9.9, 70.1, 20)
    bought = SEGMENTS.replace("2,500 of 2,500", "8,500 of 8,500").replace("12,500", "18,500")
    changes = changes_after_purchase(before, seen(*shares, text=bought), 6_000)
    assert (changes.verdict, changes.unclear) == (verdict, ())


def test_a_part_that_is_too_small_to_be_drawn_is_no_line_that_went(page: Page) -> None:
    told = SEGMENT.replace("aria-label", "aria-valuetext='{2} credits' aria-label")

    def seen(text: str, *parts: tuple[float, str, str]) -> CreditsReading:
        page.set_content(
            f"<h2>Current Plan</h2>{text.format(''.join(told.format(*one) for one in parts))}<h2>Invoices</h2>"
        )
        return read_credits(capture(page), PROFILE)

    before = seen(SEGMENTS, (9.9, "Used", "1,240"), (70.1, "Monthly", "8,760"), (20, "Add-on", "2,500"))
    bought = SEGMENTS.replace("2,500 of 2,500", "1,202,500 of 1,202,500").replace("12,500 used", "1,212,500 used")
    changes = changes_after_purchase(
        before, seen(bought, (0, "Used", "1,240"), (0.7, "Monthly", "8,760"), (99.2, "Add-on", "1,202,500")), 1_200_000
    )
    assert (changes.verdict, changes.unclear) == ("sound", ())


IN_A_SENTENCE = """<h2>Current Plan</h2><p>Pro</p><p>Your team can still use {usable:,} credits: {monthly:,} of 16,000
monthly credits and {add_on:,} add-on credits.</p><div role=meter aria-label="Credit usage" aria-valuemin=0
aria-valuemax={total} aria-valuenow={usable} style="display:flex;height:14px;width:600px;background:#eee"><i
style="width:{first}%;background:#444ce7"></i><i style="width:{second}%;background:#a4bcfd"></i></div>
<p>{used:,} credits used since November 1.</p><h2>Invoices</h2>"""


@pytest.mark.parametrize(
    ("used", "add_on", "drawn", "is_wrong", "is_open"),
    [
        (3_912, 5_000, 5_000, False, False),
        (3_912, 71_000, 5_000, True, False),
        (4_000, 5_000, 5_000, False, False),  # 88 of them bought ones, as the bar counts
    ],
)
def test_what_is_left_of_a_kind_follows_from_all_that_is_used(
    page: Page, used: int, add_on: int, drawn: int, *, is_wrong: bool, is_open: bool
) -> None:
    monthly = 12_088
    total = monthly + add_on + used
    first, second = (100 * one / total for one in (monthly, drawn))
    page.set_content(
        IN_A_SENTENCE.format(
            usable=monthly + add_on, monthly=monthly, add_on=add_on, total=total, used=used, first=first, second=second
        )
    )
    reading, parts = read_credits(capture(page), PROFILE), BillingPage(page, PROFILE).bar_parts()
    assert (bool(contradictions(reading, parts)), bool(doubts(reading, parts))) == (is_wrong, is_open)
