"""What a purchase may change of bars and shares, and what it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.credits.changes import changes_after_purchase
from tests.suite.support.changing import LINES, SENTENCE, read

if TYPE_CHECKING:
    from playwright.sync_api import Page

TRACK = (
    "<div style='height:12px;width:300px;background:#ddd'>"
    "<div style='height:12px;width:{}%;background:green'>{}</div></div>"
)
OF_EACH = (
    f"<div><p><b>Monthly credits</b> <i>2,000 / 10,000 left</i></p>{TRACK.format(20, '{}')}</div>"
    f"<div><p><b>Add-on credits</b> <i>{{}} left</i></p>{TRACK}</div>"
)


@pytest.mark.parametrize("said", ["", "%"])
@pytest.mark.parametrize(("after", "verdict"), [(88, "sound"), (58, "broken")])
def test_a_bar_beside_one_kind_of_credits_is_of_these(page: Page, after: int, verdict: str, said: str) -> None:
    was, now = (OF_EACH.format(said and "20%", *told) for told in (
        ("3,000 / 4,000", 75, said and "75%"), ("7,000 / 8,000", after, said and f"{after}%"),
    ))  # fmt: skip
    assert changes_after_purchase(read(page, was), read(page, now), 4_000).verdict == verdict


BAR = "<div role=progressbar aria-valuenow={share} aria-valuemin=0 aria-valuemax=100 style='height:8px'></div>"


@pytest.mark.parametrize(
    ("section", "share", "verdict"),
    [
        (BAR + SENTENCE + LINES, "9.6", "sound"),
        (BAR + SENTENCE + LINES, "11.4", "unclear"),
        (BAR + SENTENCE + LINES, "40", "broken"),
        ("<p>{share} % of credits used</p>" + SENTENCE + LINES, "9.6", "sound"),
        ("<p>{share} % of credits used</p>" + SENTENCE + LINES, "50", "broken"),
        (BAR + LINES, "11.4", "unclear"),
        (BAR + LINES, "9.6", "sound"),
    ],
)
def test_a_share_follows_from_the_numbers(page: Page, section: str, share: str, verdict: str) -> None:
    before = read(page, section, share="11.4")
    after = read(page, section, share=share, add_on="3,000", whole="13,000")
    found = changes_after_purchase(before, after, 2_000)
    assert found.verdict == verdict, str(found)


def test_a_bar_does_not_go_with_a_purchase(page: Page) -> None:
    gone = LINES + "<p>{share} of 13,000</p>"
    before = read(page, BAR + SENTENCE + LINES, share="11.4")
    found = changes_after_purchase(before, read(page, SENTENCE + gone, share="", add_on="3,000", whole="13,000"), 2_000)
    assert "is not shown any more" in str(found)
    assert found.verdict == "broken"
    drawn = read(page, SENTENCE + LINES + "<svg width=300 height=12></svg>", add_on="3,000", whole="13,000")
    assert changes_after_purchase(before, drawn, 2_000).verdict == "unclear"


@pytest.mark.parametrize(("used", "share", "verdict"), [("0", "0", "sound"), ("11,000", "100", "unclear")])
def test_a_full_bar_does_not_stay_full(page: Page, used: str, share: str, verdict: str) -> None:
    before = read(page, BAR + SENTENCE + LINES, share=share, used=used)
    after = read(page, BAR + SENTENCE + LINES, share=share, used=used, add_on="3,000", whole="13,000")
    found = changes_after_purchase(before, after, 2_000)
    assert found.verdict == verdict, str(found)


@pytest.mark.parametrize(("share", "verdict"), [("35", "sound"), ("0", "unclear")])
def test_a_share_of_what_both_kinds_had_before_all_was_used_may_follow(page: Page, share: str, verdict: str) -> None:
    used = (
        "<dl><dt>Monthly credits<dd>0 of 10,000 left<dt>Add-on credits<dd>{add_on} left<dt>Used credits<dd>11,200</dl>"
    )
    before = read(page, BAR + used, share="0", add_on="0")
    found = changes_after_purchase(before, read(page, BAR + used, share=share, add_on="6,000"), 6_000)
    assert found.verdict == verdict, str(found)


@pytest.mark.parametrize(("whole", "verdict"), [("12,000", "sound"), ("10,000", "unclear")])
def test_a_line_of_use_may_be_of_the_month_where_a_bar_shows_all(page: Page, whole: str, verdict: str) -> None:
    bar = "<div role=progressbar aria-valuenow=2000 aria-valuemin=0 aria-valuemax={whole} style=height:8px></div>"
    shown = "<p>Monthly credits 8,000 / 10,000</p>{add_on}" + bar + "<p>2,000 of 10,000 used</p>"
    before = read(page, shown, add_on="", whole="10000")
    after = read(page, shown, add_on="<p>Add-on credits 2,000</p>", whole=whole.replace(",", ""))
    found = changes_after_purchase(before, after, 2_000)
    assert found.verdict == verdict, str(found)


@pytest.mark.parametrize(
    ("now", "whole", "verdict"),
    [("13,000", "17,000", "sound"), ("11,000", "15,000", "broken"), ("7,000", "15,000", "unclear")],
)
def test_a_bar_that_counts_what_both_kinds_have_grows_with_them(page: Page, now: str, whole: str, verdict: str) -> None:
    bar = "<div role=progressbar aria-label=Credits aria-valuenow={now} aria-valuemax={whole} style=height:8px></div>"
    was = {"now": "11000" if now != "7,000" else "7000", "whole": "15000"}
    after = {"now": now.replace(",", ""), "whole": whole.replace(",", ""), "add_on": "3,000"}
    before = read(page, bar + LINES, **was)
    assert changes_after_purchase(before, read(page, bar + LINES, **after), 2_000).verdict == verdict


ALL_LEFT = (
    "<p>{} credits left</p><div style='display:flex;height:8px;width:600px;background:#ddd'>"
    "<div style='background:#111;width:{}%'></div><div style='background:#26e;width:{}%'></div></div>"
    "<div style='display:grid;grid-template-columns:1fr 1fr;gap:16px'><section><div>Monthly credits</div>"
    "<div>{} <small>/ {}</small></div></section><section><div>Add-on credits</div><div>{} <small>/ {}</small></div>"
    "</section></div>"
)


def _all_left(month: tuple[int, int], bought: tuple[int, int], drawn: int | None = None) -> str:
    whole = month[1] + bought[1]
    shares = [f"{100 * one / whole:.2f}" for one in (month[0], bought[0] if drawn is None else drawn)]
    numbers = [f"{one:,}" for one in (month[0] + bought[0], *month, *bought)]
    return ALL_LEFT.format(numbers[0], *shares, *numbers[1:])


@pytest.mark.parametrize(
    ("amount", "drawn", "verdict"),
    [(2_000, None, "sound"), (480_000, None, "sound"), (480_000, 1_000_000, "broken")],
)
def test_a_purchase_too_small_to_move_the_bar_of_a_large_account_leaves_no_doubt(
    page: Page, amount: int, drawn: int | None, verdict: str
) -> None:
    bought = (1_810_000, 1_829_000)
    was = read(page, _all_left((0, 20_000), bought))
    now = read(page, _all_left((0, 20_000), (bought[0] + amount, bought[1] + amount), drawn))
    assert changes_after_purchase(was, now, amount).verdict == verdict


@pytest.mark.parametrize(
    ("was", "now", "verdict"), [("17 %", "17 %", "sound"), ("17 %", "8 %", "broken"), ("14 %", "8 %", "sound")]
)
def test_a_share_that_fits_the_monthly_credits_alone_is_of_them(page: Page, was: str, now: str, verdict: str) -> None:
    section = (
        "<dl><dt>Monthly credits<dd>1,660 of 2,000 left<dt>Add-on credits<dd>{0}<dt>Used<dd>340</dl>"
        "<p>{1} of {2} credits left</p><p>{3} of this month's credits used · 2 of 5 seats taken</p>"
    )
    before = read(page, section.format("500", "2,160", "2,500", was))
    after = read(page, section.format("2,500", "4,160", "4,500", now))
    assert changes_after_purchase(before, after, 2_000).verdict == verdict
