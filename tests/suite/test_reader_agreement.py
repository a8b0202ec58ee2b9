"""All that Billing says of credits is one truth, what it says of the plan stays, and thanks are for what was bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.pages.billing import BillingPage
from steps.readers.credits.agreement import contradictions, doubts
from steps.readers.credits.credits import read_credits
from steps.readers.page.capture import capture
from steps.readers.page.fact import Fact
from steps.targets.profile import Profile
from tests.suite.support.balances import each

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


@pytest.mark.parametrize(("left", "is_wrong"), [("16,260", False), ("3,760", True)])
def test_credits_of_one_kind_are_among_those_that_are_left_of_all(page: Page, left: str, *, is_wrong: bool) -> None:
    card = "<div><p>{}</p><p><b>{}</b></p><p>{}</p></div>"
    cards = (("Monthly credits", "3,760", "of 5,000 in your plan"), ("Add-on credits", "12,500", "never expire"))
    shown = "".join(card.format(*one) for one in (*cards, ("Used credits", "1,240", "since 2026-11-19")))
    page.set_content(f"<h2>Current Plan</h2><p>Pro</p>{shown}<p>{left} of 17,500 credits left</p><h2>Invoices</h2>")
    reading = read_credits(capture(page), PROFILE)
    assert isinstance(reading.monthly, Fact)
    assert isinstance(reading.used, Fact)
    assert bool(contradictions(reading)) is is_wrong


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


@pytest.mark.parametrize(("other", "is_open"), [("0", True), ("2,500", False)])
def test_used_credits_that_are_told_in_two_ways_are_in_doubt(page: Page, other: str, *, is_open: bool) -> None:
    page.set_content(
        "<h2>Current Plan</h2><p>Pro</p><dl><dt>Monthly credits<dd>7,500<dt>Add-on credits<dd>1,200"
        f"<dt>Used credits<dd>2,500</dl><ul><li>Used credits {other}</ul><h2>Invoices</h2>"
    )
    assert bool(doubts(read_credits(capture(page), PROFILE))) == is_open


TOTALS = "<p>Monthly credits {0}</p><p>Add-on credits {1}</p><p>Used credits {2}</p><p>{3} credits left in total</p>"


@pytest.mark.parametrize(
    ("numbers", "is_wrong", "is_open"),
    [
        ((12_500, 4_000, 1_300, 15_200), False, False),
        ((11_200, 4_000, 1_300, 15_200), False, False),
        ((11_200, 4_000, 1_300, 15_700), True, False),
        ((12_500, 4_000, 1_300, 15_100), True, False),
        ((12_500, 4_000, 1_300, 15_700), False, True),
    ],
)
def test_a_total_is_made_up_by_the_numbers_of_both_kinds(
    page: Page, numbers: tuple[int, ...], *, is_wrong: bool, is_open: bool
) -> None:
    told = TOTALS.format(*(f"{one:,}" for one in numbers))
    page.set_content(f"<h2>Current Plan</h2><p>Pro</p>{told}<h2>Invoices</h2>")
    reading = read_credits(capture(page), PROFILE)
    assert (bool(contradictions(reading)), bool(doubts(reading))) == (is_wrong, is_open)


def test_what_is_left_and_used_of_all_makes_up_the_whole(page: Page) -> None:
    kinds = "<p>Monthly credits 12,500</p><p>Add-on credits 4,000</p>"
    line = "<p>{} credits left, {} used of {}</p>"
    for left, told in (("15,200", []), ("15,700", ["of 16,500 credits 15,700 are left and 1,300 used"])):
        page.set_content(f"<h2>Current Plan</h2><p>Pro</p>{kinds}{line.format(left, '1,300', '16,500')}")
        assert contradictions(read_credits(capture(page), PROFILE))[:1] == told


PAIRS = """<h2>Current Plan</h2><p>Pro</p><p>{left} credits left</p>
<div style="display:flex;height:8px;width:600px;background:#ddd"><div style="background:#111;width:{monthly}%"></div>
<div style="background:#26e;width:{add_on}%"></div></div>
<div style="display:grid;grid-template-columns:1fr 1fr;gap:16px"><section><div>Monthly credits</div>
<div>{of_month}</div></section><section><div>Add-on credits</div><div>{bought}</div></section></div>"""


@pytest.mark.parametrize(
    ("left", "of_month", "bought", "add_on", "is_true"),
    [
        ("13,357", "0 / 3,000", "13,357 / 14,000", 78.57, True),
        ("13,357", "0 / 3,000", "13,357 / 14,000", 40, False),
        ("3,643", "3,000 / 3,000", "13,357 / 14,000", 21.43, True),  # what is used
        ("14,000", "0 / 3,000", "13,357 / 14,000", 40, None),
    ],
)
def test_what_is_left_of_all_tells_which_of_two_numbers_are_left(
    page: Page, left: str, of_month: str, bought: str, add_on: float, *, is_true: bool | None
) -> None:
    page.set_content(PAIRS.format(left=left, monthly=0, of_month=of_month, bought=bought, add_on=add_on))
    reading = read_credits(capture(page), PROFILE)
    assert bool(doubts(reading)) == (is_true is None)
    assert bool(contradictions(reading)) == (is_true is False)


ROWS = """<h2>Current Plan</h2><p>Pro</p><table><tr><td>Monthly credits<td>{whole}{used}<td>2,700 left
<tr><td>Add-on credits<td>2,000{unused}<td>2,000 left<tr><td>Total<td>5,000{used}<td>4,700 left</table>"""


@pytest.mark.parametrize(
    ("whole", "used", "told"),
    [
        ("3,000", "<td>300 used", ""), ("2,700", "<td>300 used", ""), ("3,000 in all", "<td>300 used", ""),
        ("3,100", "<td>300 used", "3,100 monthly credits stand"),
        ("3,000", "", ""), ("2,600", "", "2,600 monthly credits stand"),
    ],
)  # fmt: skip
def test_a_row_may_tell_the_whole_and_what_it_is_made_of(page: Page, whole: str, used: str, told: str) -> None:
    page.set_content(ROWS.format(whole=whole, used=used, unused=used.replace("300", "0")))
    found = contradictions(read_credits(capture(page), PROFILE))
    assert bool(found) == bool(told)
    assert told in "; ".join(found)


@pytest.mark.parametrize(("used", "is_wrong"), [("3,200", False), ("NaN", True), ("undefined", True)])
def test_a_programs_word_for_nothing_is_no_number(page: Page, used: str, *, is_wrong: bool) -> None:
    rows = "<dt>Monthly credits<dd>6,800 of 10,000 left<dt>Add-on credits<dd>5,500"
    page.set_content(f"<h2>Current Plan</h2><p>Pro</p><dl>{rows}<dt>Used credits<dd>{used}</dl><h2>Invoices</h2>")
    assert contradictions(read_credits(capture(page), PROFILE)) == [f"“Used credits {used}” tells nothing"] * is_wrong


@pytest.mark.parametrize(("headline", "is_wrong"), [("12.3K", False), ("12,300", False), ("15.3K", True)])
def test_a_headline_is_held_against_what_one_kind_lacks_and_the_other_has(
    page: Page, headline: str, *, is_wrong: bool
) -> None:
    rows = "<dt>Monthly credits<dd>6,800 / 10,000<dt>Add-on credits<dd>5,500<dt>Used credits<dd>3,200"
    page.set_content(
        f"<h2>Current Plan</h2><p>Pro</p><h3>{headline} credits available</h3><dl>{rows}</dl><h2>Invoices</h2>"
    )
    assert bool(contradictions(read_credits(capture(page), PROFILE))) is is_wrong


@pytest.mark.parametrize(
    ("beside", "is_wrong"),
    [
        ("<p>7,400 credits left</p>", True),
        ("<p>\u26a1 7,400 credits remaining</p>", True),
        ("<p>10,500 credits left</p>", False),
        ("<p>6,000 credits left</p>", False),  # of the month
        ("<p>7.4K credits left</p>", False),
        ("<p>7,400 credits left this week</p>", False),
        ("<p>7,400 credits left</p><p>300 credits left</p>", False),  # in two workspaces
    ],
)
def test_a_balance_in_the_sidebar_is_that_of_billing(page: Page, beside: str, *, is_wrong: bool) -> None:
    page.set_content(f"<nav>{beside}</nav>{BILLING.format(**SOUND)}")
    assert bool(contradictions(read_credits(capture(page), PROFILE))) is is_wrong


def test_a_balance_in_the_sidebar_may_be_less_than_what_is_called_by_no_word(page: Page) -> None:
    page.set_content(f"<nav>7,400 credits left</nav><h2>Current Plan</h2>{each('<p>{}: {}</p>')}<h2>Invoices</h2>")
    assert contradictions(read_credits(capture(page), PROFILE)) == []
