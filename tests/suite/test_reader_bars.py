"""The bars and pictures of credits on Billing: what counts as one, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.credits.agreement import contradictions, lagging_add_on
from steps.readers.credits.balance import Balance
from steps.readers.credits.changes import changes_after_purchase
from steps.readers.credits.credits import read_credits
from steps.readers.page.capture import capture
from steps.readers.page.fact import Absent
from steps.targets.labels import Labels
from steps.targets.profile import Profile
from tests.suite.support.balances import PLAIN, ROW, each, read, value

if TYPE_CHECKING:
    from playwright.sync_api import Page

CARDS = (
    "<div style='display:flex'><div><p>Monthly credits</p><h3>7,500</h3><p>of 10,000, reset on Dec 15, 2026</p></div>"
    "<div><p>Add-on credits</p><h3>4,000</h3><p>Used once monthly credits are gone</p></div>"
    "<div><p>Used credits</p><h3>2,500</h3><p>since Nov 15, 2026</p></div></div>"
)
LEGEND = f"<ul>{each('<li><i></i><span>{}</span> <span>{}</span></li>')}</ul>"
NAMED = '<svg role=img aria-label="{}" width=300 height=12><path d="M0 6H300" stroke=red /></svg>'
TOLD = "Credit usage: 7,500 monthly credits and 4,000 add-on credits left, 2,500 used"


@pytest.mark.parametrize("around", ["", LEGEND])
def test_what_a_number_is_a_part_of_stands_below_it_and_tells_of_no_other_credits(page: Page, around: str) -> None:
    """What a legend says once more, in the same words, is no second number."""
    seen = read(page, CARDS + around)
    assert (value(seen.monthly), value(seen.add_on)) == (Balance(plain=(7_500, 10_000)), PLAIN[1])
    assert value(seen.overall) == Balance(used=2_500)
    full = (CARDS + around).replace("7,500", "10,000")
    assert value(read(page, full).monthly) == Balance(plain=(10_000, 10_000))


def test_a_picture_is_the_bar_and_what_its_name_tells_of_each_kind_counts(page: Page) -> None:
    seen = read(page, CARDS + NAMED.format(TOLD) + LEGEND)
    assert [str(bar) for bar in seen.bars] == [f"the bar ({TOLD})"]
    assert value(seen.add_on) == Balance(left=4_000, plain=(4_000,))
    later = [part.replace("4,000", "6,000") for part in (CARDS, NAMED.format(TOLD), LEGEND)]
    assert changes_after_purchase(seen, read(page, "".join(later)), 2_000).verdict == "sound"
    stale = read(page, later[0] + NAMED.format(TOLD) + later[2])
    assert changes_after_purchase(seen, stale, 2_000).verdict == "broken"
    torn = read(page, later[0] + later[1] + LEGEND)
    assert lagging_add_on(seen, torn, 2_000) == ["Add-on credits 4,000"]
    assert lagging_add_on(seen, torn, 6_000) == []
    assert lagging_add_on(seen, read(page, "".join(later)), 2_000) == []


BAR = "<div role=progressbar aria-label='{}' aria-valuenow={} aria-valuemax={} style='height:8px'></div>"


@pytest.mark.parametrize(
    ("later", "verdict"),
    [
        (BAR.format("Credit usage", 2_500, 16_000), "sound"),
        (BAR.format("Monthly credits", 2_500, 10_000) + BAR.format("Add-on credits", 0, 6_000), "broken"),
    ],
)
def test_one_bar_stays_one(page: Page, later: str, verdict: str) -> None:
    before = read(page, each(ROW) + BAR.format("Credit usage", 2_500, 14_000))
    after = read(page, each(ROW).replace("4,000", "6,000") + later)
    assert changes_after_purchase(before, after, 2_000).verdict == verdict


FILLED = (
    "<div style='height:{}px;width:300px;background:#eee'>"
    "<i style='display:block;height:8px;width:{}%;background:red'></i></div>"
)
SHADOW = (
    "<div><template shadowrootmode=open><style>button { background: blue; width: 300px } i { display: none }</style>"
    "<button><i></i><slot></slot></button></template>Add credits</div>"
)


@pytest.mark.parametrize(
    ("control", "bars"),
    [
        ("<button style='padding:0'>Buy" + FILLED.format(8, 40) + "</button>", 0),
        ("<div role=switch aria-checked=false>" + FILLED.format(20, 50) + "</div>", 0),
        (SHADOW, 0),
        ("<button style='padding:40px'>Add-on credits" + FILLED.format(8, 40) + "</button>", 1),
        ("<a href=/usage>" + FILLED.format(8, 40) + "</a>", 1),
    ],
    ids=["button", "switch", "spinner", "card", "link"],
)
def test_the_look_of_a_control_is_no_bar(page: Page, control: str, bars: int) -> None:
    assert len(read(page, each(ROW) + control).bars) == bars


@pytest.mark.parametrize(
    ("drawn", "bars", "drawings"),
    [
        (NAMED.format("11,500 of 14,000 credits left"), 1, ()),
        (NAMED.format("Credit usage"), 1, ()),
        (NAMED.format("Visits"), 0, ("Visits",)),
        ("<svg width=300 height=12><path d='M0 6H300' stroke=red /></svg>", 0, ("<svg>",)),
        ("<svg width=24 height=24><path d='M0 6H24' stroke=red /></svg>", 0, ()),
        (NAMED.format("Credit usage") + "<progress max=14000 value=11500 aria-label='Credits'></progress>", 1, ()),
    ],
)
def test_a_drawing_may_be_the_bar(page: Page, drawn: str, bars: int, drawings: tuple[str, ...]) -> None:
    seen = read(page, CARDS + drawn)
    assert (len(seen.bars), seen.drawings) == (bars, drawings)


def test_what_a_bar_says_of_each_kind_is_not_said_of_all(page: Page) -> None:
    bar = (
        "<div role=progressbar aria-valuenow=11500 aria-valuemax=14000 aria-label=Credits"
        " aria-valuetext='7,500 monthly credits and 4,000 add-on credits of 14,000 available'"
        " style='width:200px;height:9px'></div>"
    )
    seen = read(page, bar + each("<p>{}: {}</p>"))
    assert value(seen.overall) in (Absent, Balance(left=11_500, whole=14_000))


def test_bars_are_read_by_number_word_and_filling(page: Page) -> None:
    drawn = (
        "<div style='height:8px;width:400px;background:#eee'><i "
        "style='display:block;height:8px;width:25%;background:red'></i></div>"
    )
    counting = (
        "<div role=progressbar aria-label='Credit usage' aria-valuenow=2500 aria-valuemax=14000 "
        "style='height:8px'></div>"
    )
    speaking = (
        "<div role=meter aria-valuenow=18 aria-valuemax=100 aria-valuetext='2,500 of 14,000 credits "
        "used' style='height:8px'></div>"
    )
    other = "<div role=progressbar aria-label=Storage aria-valuenow=12 aria-valuemax=50 style='height:8px'></div>"
    seen = read(page, each(ROW) + drawn + counting + speaking + other)
    shares = [None if bar.share is None else round(bar.share, 2) for bar in seen.bars]
    assert shares == [0.25, 0.18, 0.18]
    assert [bar.whole for bar in seen.bars] == [None, 14_000, None]
    assert value(seen.overall) == Balance(used=2_500, whole=14_000)


def test_two_bars_are_told_apart(page: Page) -> None:
    bar = (
        "<div>{0} <b>{1} used</b><div role=progressbar aria-label='{0} used' aria-valuenow=25 "
        "aria-valuemax=100 style='height:8px'></div></div>"
    )
    seen = read(page, bar.format("Monthly credits", "2,500 / 10,000") + bar.format("Add-on credits", "0 / 4,000"))
    assert [one.owner for one in seen.bars] == ["monthly", "add_on"]
    assert value(seen.used) == 2_500


def test_what_is_there_for_ears_alone_is_no_part_of_what_is_drawn(page: Page) -> None:
    ears = "position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0 0 0 0)"
    drawn = f"<div style='height:12px;width:8%;background:red'><span style='{ears}'>8 %</span></div>"
    reading = read(
        page,
        "<p>Monthly credits: 9,000 of 10,000 left</p><p>Add-on credits: 2,000 of 2,000 left</p>"
        "<div style='height:12px;width:600px;background:#ddd;position:relative'>"
        f"<progress value=8 max=100 aria-label=Credits style='{ears}'>"
        f"</progress>{drawn}</div>",
    )
    assert [round(one.share or 0, 2) for one in reading.bars] == [0.08]


@pytest.mark.parametrize("cell", ["&nbsp;", ""])
def test_a_bar_may_be_drawn_by_the_cells_of_a_table(page: Page, cell: str) -> None:
    bar = (
        "<table><tr><td>All credits<td><table style='width:300px;border-collapse:collapse'><tr style='height:14px'>"
        f"<td width='75%' bgcolor='#3a7d44'>{cell}<td bgcolor='#ffffff'>{cell}</table>11,500 left</table>"
    )
    (found,) = read(page, each(ROW) + bar).bars
    assert found.share == pytest.approx(0.75, abs=0.02)


def test_a_bar_of_all_credits_is_of_none_of_them_whatever_those_are_called(page: Page) -> None:
    page.set_content(
        "<h2>Current Plan</h2><p style='display:flex'><b>Credits</b> <i>2,250 / 12,000</i></p>"
        "<p>Add-on credits 2,000</p><div role=progressbar aria-label='All credits' aria-valuemax=14000"
        " aria-valuenow=2250 style='height:9px'></div>"
    )
    reading = read_credits(capture(page), Profile(labels=Labels(monthly_credits="Credits")))
    assert [one.owner for one in reading.bars] == [None]
    assert contradictions(reading) == []
