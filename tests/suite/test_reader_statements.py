"""What the words around a number of credits say of it: a part, the whole, what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.readers.credits.agreement import contradictions, doubts
from steps.readers.credits.balance import Balance
from steps.readers.credits.credits import read_credits
from steps.readers.page.capture import capture, selectors_of
from steps.readers.page.fact import Absent
from steps.targets.labels import Labels
from tests.suite.support.balances import PROFILE, read, value

if TYPE_CHECKING:
    from playwright.sync_api import Page

TWO_CARDS = "<div style='display:flex'><div>{}</div><div><h3>4,000</h3><p>Add-on credits left</p></div></div>"
SAID = {
    "a word for the whole behind its number": (
        "<p>Monthly credits</p><p>10,000 included, 7,500 left</p><p>Add-on credits: 4,000 purchased, 4,000 left</p>",
        Balance(left=7_500, whole=10_000),
    ),
    "a whole below its part": (
        (
            "<dl><dt>Monthly credits<dd>7,500<dd><small>of <b>10,000</b> monthly credits left</small></dl>"
            "<dl><dt>Add-on credits<dd>4,000<dd>never expire</dl>"
        ),
        Balance(left=7_500, whole=10_000),
    ),
    "headings of columns for the whole": (
        (
            "<table><tr><th>Kind<th>Limit<th>Remaining<tr><td>Monthly credits<td>10,000<td>7,500"
            "<tr><td>Add-on credits<td>4,000<td>4,000</table>"
        ),
        Balance(left=7_500, whole=10_000),
    ),
    "headings above a grid without rows": (
        (
            "<div style='display:grid;grid-template-columns:9px 1fr 90px 90px'><b></b><b></b><b>Used</b><b>Limit</b>"
            "<i style='background:red'></i><b>Monthly credits</b><b>2,500</b><b>10,000</b>"
            "<i style='background:blue'></i><b>Add-on credits</b><b>0</b><b>4,000</b></div>"
        ),
        Balance(used=2_500, whole=10_000),
    ),
    "boxes that stand as a table does": (
        (
            "<style>.r{display:flex;width:400px}.r>*{flex:1}</style><div class=r><b>Type</b><b>Total</b>"
            "<b>Used</b><b>Left</b></div><div class=r><b>Monthly credits</b><b>10,000</b><b>2,500</b><b>7,500</b></div>"
            "<div class=r><b>Add-on credits</b><b>4,000</b><b>0</b><b>4,000</b></div>"
        ),
        Balance(left=7_500, used=2_500, whole=10_000),
    ),
    "what a label says behind a comma": (
        (
            "<div><p>Monthly credits, used</p><h3>2,500</h3><p>7,500 available</p></div>"
            "<div><p>Add-on credits, available</p><h3>4,000</h3></div>"
        ),
        Balance(left=7_500, used=2_500),
    ),
    "of how many a sentence speaks": (
        "<p>Of your 10,000 monthly credits you have used 2,500, so 7,500 are left. 4,000 add-on credits left.</p>",
        Balance(used=2_500, whole=10_000),
    ),
    "a table with a column for each kind": (
        (
            "<table><tr><th><th>Monthly credits<th>Add-on credits<tr><th scope=row>Included / purchased<td>10,000"
            "<td>4,000<tr><th scope=row>Used<td>2,500<td>0<tr><th scope=row>Remaining<td>7,500<td>4,000</table>"
        ),
        Balance(left=7_500, used=2_500, whole=10_000),
    ),
    "what is left above what is used of how many": (
        (
            "<div><p>Monthly credits</p><b>7,500 left</b><p>2,500 of 10,000 used</p></div>"
            "<div><p>Add-on credits</p><b>4,000 left</b><p>0 of 4,000 used</p></div>"
        ),
        Balance(left=7_500, used=2_500, whole=10_000),
    ),
    "a footnote behind a word": (
        (
            "<div><h3>7,500</h3><p>Monthly credits left<sup>2</sup></p></div>"
            "<div><h3>4,000</h3><p>Add-on credits left<sup>3</sup></p></div>"
        ),
        Balance(left=7_500),
    ),
    "a dash in a column of days": (
        (
            "<table><tr><th>Kind<th>Given<th>Used<th>Remaining<th>Expires<tr><td>Monthly credits<td>10,000<td>2,500"
            "<td>7,500<td>-<tr><td>Add-on credits<td>4,000<td>0<td>4,000<td>-</table>"
        ),
        Balance(left=7_500, used=2_500, whole=10_000),
    ),
    "of how many a share is": (
        (
            "<p>7,500 monthly credits left</p><p>You've used 25% of your 10,000 monthly credits</p>"
            "<p>4,000 add-on credits left</p>"
        ),
        Balance(left=7_500, whole=10_000),
    ),
    "the whole below the label, with a note": (
        TWO_CARDS.format("<h3>7,500</h3><p>Monthly credits left</p><p>out of 10,000. Resets in 9 days</p>"),
        Balance(left=7_500, whole=10_000),
    ),
    "statements marked up on one line": (
        "<p><span>Monthly credits 7,500 left</span><span>Add-on credits 4,000 left</span> <em>2,500 used</em></p>",
        Balance(left=7_500),
    ),
    "figures that a script writes": (
        (
            "<p><span>Monthly credits</span> <output>7,500 left of 10,000</output></p>"
            "<p><span>Add-on credits</span> <output>4,000 left</output></p>"
        ),
        Balance(left=7_500, whole=10_000),
    ),
    "what stands in a meter for old browsers": (
        (
            "<p>Monthly credits <b>7,500 left</b><meter min=0 max=10000 value=7500>7,500 of 10,000</meter></p>"
            "<p>Add-on credits <b>4,000 left</b></p>"
        ),
        Balance(left=7_500),
    ),
    "what was bought below the label, what is left beside both": (
        (
            "<style>p{display:grid;grid-template-columns:1fr auto}small{display:block}</style>"
            "<p><span>Monthly credits<small>10,000 included</small></span><b>7,500 left</b></p>"
            "<p><span>Add-on credits<small>none used</small></span><b>4,000</b></p>"
        ),
        Balance(left=7_500, whole=10_000),
    ),
    "what both come to, at the end": (
        "<p>You have 7,500 monthly and 4,000 add-on credits: 11,500 credits in total.</p>",
        Balance(plain=(7_500,)),
    ),
    "what both come to, behind a comma": (
        "<p>7,500 of 10,000 monthly credits left, and 4,000 add-on credits, 11,500 in all</p>",
        Balance(left=7_500, whole=10_000),
    ),
    "cards that stand in a line of text": (
        (
            "<style>i{display:inline-block;width:200px}b{display:block}</style>"
            "<i>Monthly credits<b>7,500</b>left</i> <i>Add-on credits<b>4,000</b>left</i> <i>Calls<b>312</b>a day</i>"
        ),
        Balance(plain=(7_500,)),
    ),
}


@pytest.mark.parametrize(("form", "monthly"), SAID.values(), ids=SAID.keys())
def test_the_words_around_a_number_say_what_it_is(page: Page, form: str, monthly: Balance) -> None:
    seen = read(page, form)
    assert value(seen.monthly) == monthly
    add_on = value(seen.add_on)
    assert isinstance(add_on, Balance)
    assert add_on.numbers - {0} == {4_000}


USED = "<dl><dt>Monthly credits used<dd>3,410 of 20,000<dt>Add-on credits used<dd>1,105 of 6,000</dl>"
PART = "<div role=progressbar style='height:9px;width:{}%' aria-valuenow={} aria-valuemin=0 aria-valuemax=26000></div>"


@pytest.mark.parametrize(("add_on", "wrong"), [(1_105, 0), (3_105, 1)])
def test_bars_that_stand_in_one_track_are_parts_of_one_bar(page: Page, add_on: int, wrong: int) -> None:
    parts = PART.format(13.1, 3_410) + PART.format(add_on / 260, add_on)
    seen = read(page, f"{USED}<div style='display:flex;width:500px'>{parts}</div>")
    assert [str(bar) for bar in seen.bars] == [f"the bar ({3_410 + add_on:,} of 26,000)"]
    assert len(contradictions(seen)) == wrong
    assert not doubts(seen)


@pytest.mark.parametrize("other", ["Team members: 3 of 5", "Basic information", "Business address"])
def test_a_line_that_only_begins_like_a_plan_names_none(page: Page, other: str) -> None:
    form = f"<dl><dt>Plan<dd>Pro Internal <b>Active</b></dl><p>{other}</p><p>Monthly credits: 5</p>"
    seen = read(page, form, plan="")
    assert value(seen.plan) == "Pro Internal"


def test_a_section_ends_where_a_heading_of_its_rank_stands_outside_of_it(page: Page) -> None:
    page.set_content(
        "<section><h3>Current Plan</h3><p><b>Pro</b>. 7,500 monthly credits left. 4,000 add-on credits left.</p>"
        "</section><h3>All plans</h3><div><h4>Basic</h4>$19<p>2,000 monthly credits</p></div>"
    )
    seen = read_credits(capture(page), PROFILE)
    assert (value(seen.plan), value(seen.monthly)) == ("Pro", Balance(left=7_500))


SEATS = {
    "beside its numbers": "<div style='display:flex'><h4>Seats</h4><div><b>14</b><p>Used</p></div></div>",
    "over a line": "<h4>Seats</h4><div>Left: 2 | Used: 8 | Total: 10</div>",
}
KINDS = "<h4>Monthly credits</h4><div>7,500 left of 10,000</div><h4>Add-on credits</h4><div>4,000 left of 4,000</div>"


@pytest.mark.parametrize("seats", SEATS.values(), ids=SEATS.keys())
def test_what_a_heading_names_for_something_else_tells_of_no_credits(page: Page, seats: str) -> None:
    assert contradictions(read(page, KINDS + seats)) == []
    assert contradictions(read(page, KINDS + "<h4>Total</h4><div>Left: 2</div>"))


@pytest.mark.parametrize(("total", "wrong"), [("12,000", 0), ("12,400", 1)])
def test_credits_of_a_third_kind_may_be_in_a_total(page: Page, total: str, wrong: int) -> None:
    third = f"<h4>Bonus credits</h4><div>500 left of 500</div><h4>Total</h4><div>{total} left</div>"
    assert len(contradictions(read(page, KINDS + third))) == wrong


def test_the_column_of_another_table_names_no_plan(page: Page) -> None:
    table = "<table><tr><th>Team<th>Monthly limit<tr><td>Sales<td>500</table>"
    assert value(read(page, KINDS + table, plan="<p>Business. Since 2024.</p>").plan) == "Business"


@pytest.mark.parametrize(
    ("line", "used"),
    [
        ("<p><span>740 used</span> <span>6,260 of 7,000 left</span></p>", 740),
        ("<dl><dt>Used credits<dd>740 since 14 Nov 2026</dl>", 740),
        ("<div><p>Used this cycle</p><h3>740</h3></div>", 740),
    ],
)
def test_used_credits_are_told_beside_other_numbers_and_times(page: Page, line: str, used: int) -> None:
    rows = "<tr><th>Monthly credits<td>5,000<td>0<td>5,000<tr><th>Add-on credits<td>2,000<td>740<td>1,260"
    page.set_content(f"<h2>Current Plan</h2>{line}<table><tr><th><th>Granted<th>Used<th>Remaining{rows}</table>")
    seen = read_credits(capture(page), PROFILE)
    assert value(seen.used) == used
    assert contradictions(seen) == []


@pytest.mark.parametrize(("used", "is_open"), [("3,240", False), ("3,000", True)])
def test_a_bar_counts_what_is_used_of_all_where_no_kind_tells_it(page: Page, used: str, *, is_open: bool) -> None:
    kinds = "<p>Monthly credits: 0 left of 3,000</p><p>Add-on credits: 7,760</p>"
    bar = "<div role=progressbar aria-valuenow=7760 aria-valuemax=11000 style=height:9px></div>"
    page.set_content(f"<h2>Current Plan</h2>{kinds}<p>Used credits: {used}</p>{bar}<p>7,760 of 11,000 credits left</p>")
    assert bool(doubts(read_credits(capture(page), PROFILE))) is is_open


@pytest.mark.parametrize(("left", "told"), [("4,688", ""), ("5,000", "5,000 are left and 312 used")])
def test_what_is_left_and_what_is_used_are_the_whole(page: Page, left: str, told: str) -> None:
    rows = f"<tr><th>Monthly credits<td>5,000<td>312<td>{left}<tr><th>Add-on credits<td>2,000<td>0<td>2,000"
    page.set_content(f"<h2>Current Plan</h2><table><tr><th><th>Granted<th>Used<th>Remaining{rows}</table>")
    assert told in "; ".join(found := contradictions(read_credits(capture(page), PROFILE)))
    assert bool(found) is bool(told)


@pytest.mark.parametrize(
    ("text", "monthly", "add_on"),
    [
        (
            "Used 3,250 of 12,000 this cycle. Add-on: 2,000 remaining.",
            Balance(used=3_250, whole=12_000),
            Balance(left=2_000),
        ),
        ("8,750 left this month</p><p>Add-on: 2,000 left", Balance(left=8_750), Balance(left=2_000)),
        ("Used 3,250 of 14,000 this cycle.", Absent, Absent),  # of all
        (
            "Included in plan: 8,750 left</p><p>Purchased add-ons: 2,000 left",
            Balance(left=8_750),
            Balance(left=2_000),
        ),
        ("Plan credits: 12,000</p><p>Extra credits: 2,000", Balance(plain=(12_000,)), Balance(plain=(2_000,))),
        ("Included in plan: 12,000", Absent, Absent),  # of whatever
    ],
)
def test_the_month_tells_monthly_credits_from_add_on_credits(
    page: Page, text: str, monthly: object, add_on: object
) -> None:
    page.set_content(f"<h2>Current Plan</h2><p>Pro</p><p>{text}</p><h2>Invoices</h2>")
    seen = read_credits(capture(page), PROFILE)
    assert (value(seen.monthly), value(seen.add_on)) == (monthly, add_on)


@pytest.mark.parametrize(
    ("now", "whole", "is_open"), [(7_760, 20_000, False), (12_240, 20_000, False), (7_760, 14_000, True)]
)
def test_a_bar_counts_what_is_left_of_all_where_one_kind_tells_no_more(
    page: Page, now: int, whole: int, *, is_open: bool
) -> None:
    bar = f"<progress aria-label=Credits value={now} max={whole}></progress>"
    page.set_content(
        "<h2>Current Plan</h2><p>Monthly credits: 12,000 of 12,000 used</p>"
        f"<p>Add-on credits: 7,760 left</p>{bar}<h2>Invoices</h2>"
    )
    assert bool(doubts(read_credits(capture(page), PROFILE))) is is_open


@pytest.mark.parametrize(
    ("head", "balance"),
    [
        ("Verbraucht", Balance(left=8_750, used=3_250, whole=12_000)),
        ("Sonstiges", Balance(plain=(8_750, 3_250, 12_000))),
    ],
)
def test_one_column_that_the_profile_names_tells_the_other_two(page: Page, head: str, balance: Balance) -> None:
    labels = Labels(used_credits="Verbraucht", credit_bar="Kontostand")
    profile = msgspec.structs.replace(PROFILE, labels=labels)
    rows = "<tr><td>Monthly credits<td>8,750<td>3,250<td>12,000<tr><td>Add-on credits<td>2,000<td>0<td>2,000"
    page.set_content(
        f"<h2>Current Plan</h2><p>Pro</p><table><tr><th>Art<th>Verf&uuml;gbar<th>{head}<th>Gesamt{rows}</table>"
        "<div role=progressbar aria-label=Kontostand aria-valuenow=10750 aria-valuemax=14000 style=height:9px></div>"
    )
    seen = read_credits(capture(page, selectors_of(profile)), profile)
    assert value(seen.monthly) == balance
    assert [one.name for one in seen.bars] == ["Kontostand"]
    assert bool(doubts(seen)) is bool(balance.plain)
