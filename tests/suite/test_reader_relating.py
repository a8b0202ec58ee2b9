"""Which label a number of credits belongs to, by where it stands, and where that is left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.credits.balance import Balance
from steps.readers.credits.changes import changes_after_purchase
from steps.readers.credits.credits import read_credits
from steps.readers.page.capture import capture
from steps.readers.page.fact import Absent, Fact, Unclear
from tests.suite.support.balances import PROFILE, each, read, value

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize(
    "line",
    [
        "Monthly credits: 9,500 \u00b7 Add-on credits: 0 \u00b7 Used: 500",
        "Used: 500 | Add-on credits: 0 of 0 left | Monthly credits: 9,500 of 10,000 left | Seats: 3 / 5 used",
    ],
)
def test_used_credits_stand_in_a_list_with_the_others(page: Page, line: str) -> None:
    assert value(read(page, f"<p>{line}</p>").used) == 500


@pytest.mark.parametrize(
    "line",
    [
        "■ Monthly credits 7,500 ■ Add-on credits 2,000 ■ Used 2,500",
        "Monthly credits 7,500, add-on credits 2,000, used 2,500",
    ],
)
def test_a_word_between_two_numbers_belongs_to_the_second_where_names_come_first(page: Page, line: str) -> None:
    add_on = value(read(page, f"<p>{line}</p>").add_on)
    assert isinstance(add_on, Balance)
    assert add_on.plain == (2_000,)


def test_used_credits_of_each_kind_in_one_list_are_unclear(page: Page) -> None:
    line = "Monthly credits: 9,500 \u00b7 Used: 500 \u00b7 Add-on credits: 0 \u00b7 Used: 7"
    assert isinstance(read(page, f"<p>{line}</p>").used, Unclear)


BALANCES = "<dl><dt>Monthly credits<dd>9,500<dt>Add-on credits<dd>0</dl>"


@pytest.mark.parametrize("around", ["{}<p>9,500 left of 10,000</p>", "<p>9,500 left of 10,000</p>{}"])
def test_what_is_left_may_be_a_sentence_between_lists(page: Page, around: str) -> None:
    seen = read(page, f"{around.format(BALANCES)}<dl><dt>Price<dd>$49<dt>Seats<dd>3 of 5</dl>")
    assert value(seen.overall) == Balance(left=9_500, whole=10_000)


def test_what_stands_below_a_heading_of_its_column_is_about_that(page: Page) -> None:
    row = "<div style='display:flex'>{}</div>"
    cells = "<div style='flex:1'>{}</div><div style='flex:1'>{}</div>"
    grid = row.format(cells.format("Seats", "Price per 1,000 credits")) + row.format(cells.format("3 / 5 used", "$10"))
    assert value(read(page, BALANCES + grid).overall) is Absent


def test_a_number_below_a_line_that_may_be_its_label_is_unclear(page: Page) -> None:
    assert isinstance(read(page, f"{BALANCES}<p>Seats</p><p>3 left of 5</p>").overall, Unclear)


@pytest.mark.parametrize("title", ["<div><h3>$49.00 / month</h3><p>Price</p></div>", "<div>Renews on</div>"])
def test_a_title_of_something_else_above_a_list_of_credits_is_not_that_of_its_first_line(
    page: Page, title: str
) -> None:
    section = (
        f"{title}<div><p><b>500</b> Used</p><p><b>9,500</b> Monthly credits</p><p><b>0</b> Add-on credits</p></div>"
    )
    assert value(read(page, section).used) == 500


def test_used_credits_that_may_be_of_something_else_are_unclear(page: Page) -> None:
    assert isinstance(read(page, f"{BALANCES}<p>Storage</p><p>500 used</p>").used, Unclear)


def test_a_page_that_names_neither_kind_leaves_open_whose_credits_it_counts(page: Page) -> None:
    seen = read(page, "<p>Plan pool</p><p>917 of 1,000 credits used</p><p>Extra pool</p><p>237,000</p>")
    assert isinstance(seen.overall, Unclear)
    assert "monthly_credits" in seen.overall.settle


def test_signs_that_no_balance_has_leave_it_unclear(page: Page) -> None:
    assert isinstance(read(page, "<p>Monthly credits: 500</p><p>Add-on credits: +-18,041</p>").add_on, Unclear)


def test_what_is_used_behind_one_kind_alone_may_be_of_that_or_of_all(page: Page) -> None:
    assert isinstance(read(page, "<p>Monthly credits: 433, Used: 67, Renews on: 2026-12-01</p>").used, Unclear)


@pytest.mark.parametrize("dash", ["\u2014", "<b>-</b>"])
def test_a_dash_in_the_place_of_a_number_is_no_number_of_the_next_line(page: Page, dash: str) -> None:
    section = f"<div><p>950 left Monthly credits</p><p>{dash} Add-on credits</p><p>950 Credits left</p></div>"
    assert value(read(page, section).add_on) is Absent


TABLE = """<h2>Current Plan</h2><table style="width:600px"><caption>Credits</caption>
<tr><th><th align=left>Total<th align=right>Used<th align=right>Left
<tr><th>Monthly credits<td align=right>900<td align=right>412<td align=right>488
<tr><th>Add-on credits<td align=right>2,217,000<td align=right>217,000<td align=right>2,000,000</table>"""


def test_a_table_of_credits_is_read_by_its_columns_however_wide_their_numbers_are(page: Page) -> None:
    page.set_content(TABLE)
    reading = read_credits(capture(page), PROFILE)
    assert isinstance(reading.monthly, Fact)
    assert isinstance(reading.add_on, Fact)
    monthly, add_on = reading.monthly.value, reading.add_on.value
    assert (monthly.whole, monthly.used, monthly.left) == (900, 412, 488)
    assert (add_on.whole, add_on.used, add_on.left) == (2_217_000, 217_000, 2_000_000)


def test_two_cells_without_headings_are_two_numbers(page: Page) -> None:
    page.set_content(
        "<h2>Current Plan</h2><table><tr><th>Monthly credits<td>412<td>900<tr><th>Add-on credits<td>100<td>200</table>"
    )
    reading = read_credits(capture(page), PROFILE)
    assert isinstance(reading.monthly, Fact)
    assert reading.monthly.value.plain == (412, 900)


def test_a_number_written_short_is_read_as_its_title_tells(page: Page) -> None:
    short = "<p>{} <abbr title='{} credits'>{}</abbr> left"
    seen = read(page, short.format("Monthly credits", "11,250", "11.2K") + short.format("Add-on credits", "9", "4K"))
    assert [value(one) for one in (seen.monthly, seen.add_on)] == [Balance(left=11250), Balance(left=4000)]


def test_what_is_used_and_left_beside_a_label_is_of_that_kind(page: Page) -> None:
    seen = read(page, "<dl><dt>Monthly credits<dd>3,200 used · 46,800 left<dt>Add-on credits<dd>0 used · 7 left</dl>")
    assert (value(seen.monthly), value(seen.add_on)) == (Balance(left=46_800, used=3_200), Balance(left=7, used=0))


PLANS = "<h2>Available plans</h2>" + "".join(
    f"<div><h3>{plan}</h3>{badge}<p>$49 / month</p><p>{month} monthly credits</p></div>"
    for plan, badge, month in (("Pro", "<small>Current plan</small>", "10,000"), ("Business", "", "25,000"))
)


def test_a_badge_beside_one_of_several_plans_is_no_section(page: Page) -> None:
    page.set_content(f"<section><h2>Current Plan</h2><p>Pro</p>{BALANCES}</section><section>{PLANS}</section>")
    seen = read_credits(capture(page), PROFILE)
    assert (value(seen.plan), value(seen.monthly)) == ("Pro", Balance(plain=(9_500,)))


@pytest.mark.parametrize(
    "other",
    [
        "<h3>Storage</h3><progress value=12 max=50></progress><p>12 GB of 50 GB used</p>",
        "<table><tr><th scope=row>Seats<td><progress value=8 max=10></progress><td>8<td>10</table>",
    ],
)
def test_a_bar_of_something_else_is_none_of_credits(page: Page, other: str) -> None:
    bar = "<progress aria-label='Monthly credits left' value=9500 max=10000></progress>"
    assert [one.name for one in read(page, f"{bar}{BALANCES}{other}").bars] == ["Monthly credits left"]


def test_what_is_there_in_addition_is_read(page: Page) -> None:
    line = "You have used 500 of your 10,000 monthly credits. In addition you have 66,000 add-on credits."
    assert value(read(page, f"<p>{line}</p>").add_on) == Balance(plain=(66_000,))


@pytest.mark.parametrize("line", ["No add-on credits", "You have no add-on credits yet.", "Add-on credits: none yet"])
def test_a_line_may_say_that_there_are_none(page: Page, line: str) -> None:
    none = read(page, f"<p>Monthly credits: 9,500</p><p>{line}</p>")
    assert changes_after_purchase(none, none, 2_000).verdict == "broken"
    bought = read(page, "<p>Monthly credits: 9,500</p><p>2,000 add-on credits left</p>")
    assert changes_after_purchase(none, bought, 2_000).verdict == "sound"


@pytest.mark.parametrize(
    ("beside", "used"),
    [
        ("<span>3,200 used</span>", 3_200),
        ("<span>3 seats used</span>", None),
        ("<span>3,200 used</span><span>today</span>", None),
    ],
)
def test_what_is_used_stands_in_a_row_with_what_is_left(page: Page, beside: str, used: int | None) -> None:
    row = "<div style='display:flex;justify-content:space-between'><span><b>17,800</b> {}</span>{}</div>"
    for of_all in ("credits available", "of 21,000 credits left"):
        seen = read(page, row.format(of_all, beside) + each("<p>{}: {}</p>"))
        assert value(seen.used) == (used or Absent)
