"""The parts of a bar by the colours of its legend: each is as large as what the legend says that it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.pages.billing import BillingPage
from steps.readers.credits.agreement import contradictions, doubts
from steps.targets.labels import Label, Labels
from steps.targets.profile import Profile
from tests.suite.support.balances import PROFILE, read

if TYPE_CHECKING:
    from playwright.sync_api import Page

FIGURES = "<p>Monthly credits: 11,842 of 12,500 left</p><p>Add-on credits: 4,000 of 4,000 left</p>"
MERGED = "<p>Monthly credits: 15,842 of 16,500 left</p><p>Add-on credits: 0 of 0 left</p>"
BAR = "<div {role} style='display:flex;width:500px;height:12px;background:#ddd'>{parts}</div>"
PART = "<div style='width:{}%;background:{}'></div>"
ROLE = "role=progressbar aria-label=Credits aria-valuemin=0 aria-valuemax=16500 aria-valuenow=15842"
SIGN = "display:inline-block;width:10px;height:10px;background:"
LEGENDS = [
    f"<ul><li><i style='{SIGN}{{}}'></i> Monthly credits</li><li><i style='{SIGN}{{}}'></i> Add-on credits</li></ul>",
    f"<ul><li><i style='{SIGN}{{}}'></i>Monthly</li><li><i style='{SIGN}{{}}'></i>Add-on</li></ul>",
    (
        f"<style>li::before {{{{ content: ''; {SIGN}var(--c) }}}}</style>"
        "<ul><li style='--c: {}'>Monthly credits</li><li style='--c: {}'>Add-on credits</li></ul>"
    ),
]
BLUE, GREEN = "rgb(32, 96, 200)", "rgb(16, 150, 90)"


@pytest.mark.parametrize("form", [(ROLE, LEGENDS[0]), ("", LEGENDS[0]), (ROLE, LEGENDS[1]), (ROLE, LEGENDS[2])])
@pytest.mark.parametrize(
    ("figures", "parts", "told"),
    [
        (FIGURES, [(71.8, BLUE), (24.2, GREEN)], ""),
        (FIGURES, [(24.2, GREEN), (71.8, BLUE)], ""),
        (FIGURES, [(24.2, BLUE), (71.8, GREEN)], "part for the monthly credits is 24.2%"),
        (FIGURES, [(24.2, "red"), (71.8, GREEN)], "part for the add-on credits is 71.8%"),
        (FIGURES, [(72, "red"), (24, "orange")], ""),  # no colour of the legend
        (FIGURES, [(71.8, BLUE), (3, GREEN)], "part for the add-on credits is 3.0%"),
        (MERGED, [(71.8, BLUE), (24.2, GREEN)], "part for the monthly credits is 71.8%"),
        (MERGED, [(96, BLUE), (0, GREEN)], ""),
    ],
)
def test_each_part_is_as_large_as_its_colour_stands_for(
    page: Page, figures: str, parts: list[tuple[float, str]], told: str, form: tuple[str, str]
) -> None:
    drawn = BAR.format(role=form[0], parts="".join(PART.format(*one) for one in parts))
    reading = read(page, figures + drawn + form[1].format(BLUE, GREEN))
    assert len(reading.bars) == 1
    found = contradictions(reading, BillingPage(page, PROFILE).bar_parts())
    assert bool(found) == bool(told)
    assert told in "; ".join(found)


@pytest.mark.parametrize("form", [(ROLE, LEGENDS[0]), ("", LEGENDS[1])])
def test_a_bar_that_is_filled_for_all_in_the_colour_of_one_kind_is_in_doubt(page: Page, form: tuple[str, str]) -> None:
    drawn = BAR.format(role=form[0], parts=PART.format(96, BLUE))
    reading = read(page, FIGURES + drawn + form[1].format(BLUE, GREEN))
    parts = BillingPage(page, PROFILE).bar_parts()
    assert not contradictions(reading, parts)
    assert ["all in a colour that the legend gives" in str(one) for one in doubts(reading, parts)] == [True]


def test_small_parts_may_be_drawn_wider_so_that_they_are_seen(page: Page) -> None:
    figures = FIGURES.replace("4,000 of 4,000", "90 of 90")
    drawn = BAR.format(role="", parts=PART.format(91, BLUE) + PART.format(4, GREEN))
    reading = read(page, figures + drawn + LEGENDS[0].format(BLUE, GREEN))
    assert contradictions(reading) == []


def test_the_parts_may_be_of_what_is_left(page: Page) -> None:
    drawn = BAR.format(role="", parts=PART.format(74.75, BLUE) + PART.format(25.25, GREEN))
    assert contradictions(read(page, FIGURES + drawn + LEGENDS[0].format(BLUE, GREEN))) == []


@pytest.mark.parametrize(("monthly", "is_open"), [(70, False), (30, False), (50, True)])
def test_two_parts_that_fill_a_bar_may_be_what_is_left_of_each_kind(page: Page, monthly: int, *, is_open: bool) -> None:
    """Where a page says how many are used in no way that tells all, nothing else says what the bar should be."""
    profile = Profile(
        base_url=PROFILE.base, labels=Labels(credit_bar=Label(names=("Credits",), selector="[aria-label=Credits]"))
    )
    parts = PART.format(monthly, "#27c") + PART.format(100 - monthly, "#2a6")
    figures = "<p>Monthly credits: 7,000 of 10,000 left</p><p>Add-on credits: 3,000</p>"
    reading = read(page, figures + BAR.format(role="role=img aria-label=Credits", parts=parts), profile)
    assert bool(doubts(reading, BillingPage(page, profile).bar_parts())) is is_open
