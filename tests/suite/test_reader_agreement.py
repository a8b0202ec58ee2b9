"""All that Billing says of credits is one truth, what it says of the plan stays, and thanks are for what was bought."""

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
BILLING = """<h2>Current Plan</h2><p>Pro</p><p>{head} credits usable</p><p>{consumed} consumed</p>
<div role=progressbar aria-label=Credits aria-valuenow={now} aria-valuemin=0 aria-valuemax=15000
  aria-valuetext="{text} of 15,000 credits usable" style="display:flex;height:12px;width:600px;background:#eee">
  <span style="flex-grow:{monthly};background:#27c"></span><span style="flex-grow:{add_on};background:#2a7"></span>
  <span style="flex-grow:{used};background:#bbb"></span></div>
<table><tr><th>Credits<th>Remaining<th>Used<tr><td>Monthly credits<td>6,000<td>4,000
<tr><td>Add-on credits<td>4,500<td>500</table><h2>Invoices</h2>"""
SOUND = {
    "head": "10,500", "consumed": "4,500", "now": "10500", "text": "10,500",
    "monthly": "6000", "add_on": "4500", "used": "4500",
}  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        ({}, ""),
        ({"now": "4500"}, "the bar counts 4,500 and says"),
        ({"now": "9000"}, "filled by neither"),
        ({"head": "6,000"}, "“6,000 credits usable” says 6,000"),
        ({"consumed": "4,000"}, "“4,000 consumed” says 4,000"),
        ({"consumed": "5,200"}, "“5,200 consumed” says 5,200"),
        ({"text": "15,000"}, "says 15,000"),
        ({"text": "4,500", "now": "4500"}, "the bar says “4,500 of 15,000 credits usable”"),
        ({"text": "6,000 monthly credits and 4,500 add-on credits"}, ""),
        ({"text": "4,500 monthly credits and 6,000 add-on credits"}, "of the monthly credits"),
        ({"used": "0"}, "drawn in parts of"),
        ({"add_on": "0"}, "drawn in parts of"),
    ],
)
def test_figures_words_and_bar_tell_the_same(page: Page, shown: dict[str, str], told: str) -> None:
    page.set_content(BILLING.format(**SOUND | shown))
    found = contradictions(read_credits(capture(page), PROFILE), BillingPage(page, PROFILE).bar_parts())
    assert bool(found) == bool(told)
    assert told in "; ".join(found)


@pytest.mark.parametrize(("most", "is_wrong"), [(17_000, True), (100_000, False)])
def test_a_bar_counts_no_more_than_its_own_whole(page: Page, most: int, *, is_wrong: bool) -> None:
    page.set_content(
        "<h2>Current Plan</h2><p>Pro</p><p>Monthly credits 870</p><p>Add-on credits 99,000</p>"
        f"<div role=meter aria-label='Credits left' aria-valuemin=0 aria-valuenow=99870 aria-valuemax={most} "
        "style='width:300px;height:9px;background:#eee'></div><h2>Invoices</h2>"
    )
    assert ("tells of more credits" in "; ".join(contradictions(read_credits(capture(page), PROFILE)))) is is_wrong


@pytest.mark.parametrize(("whole", "is_wrong"), [("10,000", True), ("14,000", False)])
def test_no_more_is_left_than_there_is_in_all(page: Page, whole: str, *, is_wrong: bool) -> None:
    rows = "<p>Monthly credits 6,750</p><p>Add-on credits 4,000</p><p>Used 3,250</p>"
    page.set_content(
        f"<h2>Current Plan</h2><p>Pro</p>{rows}<p>10,750 of {whole} credits are left.</p><h2>Invoices</h2>"
    )
    told = "“10,750 of 10,000 credits are left.” tells of more credits than there are in all"
    assert contradictions(read_credits(capture(page), PROFILE)) == [told] * is_wrong


@pytest.mark.parametrize(
    "bar",
    [
        "<div role=progressbar style='{0}'><div style='width:70%;height:8px;background:#27c'></div></div>",
        "<div role=progressbar style='{0}'><div style='width:30%;height:8px;background:#27c'></div></div>",
        "<div role=progressbar style='{0}'><div><div style='width:70%;height:8px;background:#27c'></div></div></div>",
        "<div role=progressbar style='{0}'><p style='height:8px;margin:0;transform:translateX(-30%)'></p></div>",
        "<div role=progressbar style='{0};background:linear-gradient(90deg, #27c 70%, #eee 70%)'></div>",
    ],
)
def test_a_bar_may_be_drawn_in_any_way(page: Page, bar: str) -> None:
    legend = "<p>Monthly credits: 6,000 left, 4,000 used</p><p>Add-on credits: 8,000 left, 2,000 used</p>"
    page.set_content(f"<h2>Current Plan</h2><p>Pro</p>{legend}{bar.format('width:400px;height:8px')}<h2>Invoices</h2>")
    reading = read_credits(capture(page), PROFILE)
    assert contradictions(reading, BillingPage(page, PROFILE).bar_parts()) == []
    assert contradictions(reading, [[0.5]])


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


COUNTED = """<h2>Current Plan</h2><p>Pro</p><p>You have 7,500 of your 10,000 monthly credits left, plus 1,200 add-on
credits.</p><div role=progressbar aria-label=Credits aria-valuemin=0 aria-valuemax={0} aria-valuenow={1} style=
"height:8px;width:400px;background:#ddd"><div style="height:8px;width:{2}%;background:red"></div></div>"""


@pytest.mark.parametrize(
    ("numbers", "is_open", "told"),
    [
        ((11_200, 8_700, 77.7), False, ""),
        ((11_200, 2_500, 22.3), False, ""),
        ((11_200, 8_700, 40), False, "drawn in parts"),
        ((11_200, 8_000, 71.4), True, ""),
        ((12_000, 8_700, 72.5), True, ""),
    ],
)
def test_a_bar_that_counts_what_both_kinds_have_is_borne_out(
    page: Page, numbers: tuple[float, ...], told: str, *, is_open: bool
) -> None:
    page.set_content(COUNTED.format(*numbers))
    seen, drawn = read_credits(capture(page), PROFILE), BillingPage(page, PROFILE).bar_parts()
    assert bool(doubts(seen, drawn)) == is_open
    found = "; ".join(contradictions(seen, drawn))
    assert bool(found) == bool(told)
    assert told in found


def test_a_total_in_a_table_that_is_not_the_sum_is_told_with_its_row_and_the_sum(page: Page) -> None:
    rows = "".join(
        f"<tr><th>{label}<td>{left}<td>{used}"
        for label, left, used in (
            ("Monthly credits", "6,000", "4,000"),
            ("Add-on credits", "8,000", "2,000"),
            ("All credits", "6,000", "6,000"),
        )
    )
    page.set_content(f"<h2>Current Plan</h2><p>Pro</p><table><tr><th>Credits<th>Left<th>Used{rows}</table>")
    (told,) = contradictions(read_credits(capture(page), PROFILE))
    assert told.startswith("“All credits 6,000")
    assert told.endswith("says 6,000, where both kinds of credits together have 14,000")


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


TABLE = (
    "<table><tr><th>Credits<th>Granted<th>Used<th>Remaining<tr><td>Monthly<td>15,000<td>3,250<td>11,750"
    "<tr><td>Add-on<td>6,000<td>1,500<td>4,500</table>"
    "<ul><li>Monthly <b>{}</b><li>Add-on <b>{}</b><li>Used <b>4,750</b></ul>"
)


@pytest.mark.parametrize(
    ("monthly", "add_on", "told"),
    [
        ("11,750", "4,500", []),
        ("15,000", "6,000", []),
        ("4,500", "11,750", ["4,500 monthly", "11,750 add-on"]),
        ("11,750", "4,600", ["4,600 add-on"]),
    ],
)
def test_a_legend_is_true_to_the_table(page: Page, monthly: str, add_on: str, told: list[str]) -> None:
    page.set_content(f"<h2>Current Plan</h2><p>Pro</p>{TABLE.format(monthly, add_on)}<h2>Invoices</h2>")
    found = contradictions(read_credits(capture(page), PROFILE))
    assert [" ".join(one.split()[:2]) for one in found] == told


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


@pytest.mark.parametrize(("other", "is_open"), [("0", True), ("2,500", False)])
def test_used_credits_that_are_told_in_two_ways_are_in_doubt(page: Page, other: str, *, is_open: bool) -> None:
    page.set_content(
        "<h2>Current Plan</h2><p>Pro</p><dl><dt>Monthly credits<dd>7,500<dt>Add-on credits<dd>1,200"
        f"<dt>Used credits<dd>2,500</dl><ul><li>Used credits {other}</ul><h2>Invoices</h2>"
    )
    assert bool(doubts(read_credits(capture(page), PROFILE))) == is_open


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
