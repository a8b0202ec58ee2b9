"""What a purchase may change on Current Plan, and what it may not."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest

from steps.actors.balance_check import hold_growth
from steps.readers.credits.changes import changes_after_purchase, unchanged
from steps.readers.page.fact import Absent
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import NotVerifiedError
from tests.suite.support.changing import LINES, SENTENCE, read

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize(
    ("after", "verdict", "told"),
    [
        ({"add_on": "3,000", "whole": "13,000"}, "sound", ""),
        ({"whole": "13,000"}, "broken", "grown by 2,000"),
        ({"add_on": "2,999", "whole": "13,000"}, "broken", "grown by 2,000"),
        ({"add_on": "3,000"}, "broken", "“1,250 of 11,000 credits used” stayed"),
        ({"add_on": "3,000", "whole": "12,000"}, "broken", "“1,250 of 11,000 credits used” became “1,250 of 12,000"),
        ({"add_on": "3,000", "whole": "13,000", "used": "0"}, "broken", "became “0 of 13,000 credits used”"),
        ({"add_on": "3,000", "whole": "13,000", "used": "3,250"}, "broken", "a purchase uses no credits"),
        ({"add_on": "3,000", "whole": "13,000", "monthly": "12,000"}, "broken", "leaves the monthly credits"),
        ({"add_on": "3,000", "whole": "13,000", "plan": "Business"}, "broken", "the plan “Pro” became “Business”"),
        ({"add_on": "3.000", "whole": "13,000"}, "unclear", 'thousands = "."'),
    ],
)
def test_every_number_stays_or_grows_by_what_was_bought(
    page: Page, after: dict[str, str], verdict: str, told: str
) -> None:
    changes = changes_after_purchase(read(page, SENTENCE + LINES), read(page, SENTENCE + LINES, **after), 2_000)
    assert (changes.verdict, told in str(changes)) == (verdict, True)


@pytest.mark.parametrize(("word", "verdict"), [("used", "sound"), ("consumed", "sound"), ("usable", "unclear")])
def test_a_number_that_one_word_calls_used_counts_no_bought_credits(page: Page, word: str, verdict: str) -> None:
    kinds = "<p>Monthly credits <b>0 / 3,000</b></p><p>Add-on credits <b>{add_on}</b></p>"
    row = f"<div style='display:flex'><p>{{used}} of {{whole}} credits left</p><p>3,600 {word}</p></div>"
    before = read(page, row + kinds, used="1,400", whole="5,000", add_on="1,400 / 2,000")
    after = read(page, row + kinds, used="7,400", whole="11,000", add_on="7,400 / 8,000")
    assert changes_after_purchase(before, after, 6_000).verdict == verdict


NO_BALANCE = {
    "packs": ("<p>left, from 2 packs</p>", "2 packs", "3 packs"),
    "what they are enough for": ("<p>Enough for \u2248 500 runs</p>", "500 runs", "900 runs"),
    "what was spent": ("<p>Spent in 2026</p><b>$441.00</b>", "441.00", "461.00"),
}


@pytest.mark.parametrize(("line", "was", "now"), NO_BALANCE.values(), ids=NO_BALANCE.keys())
def test_what_counts_something_else_may_change_with_a_purchase(page: Page, line: str, was: str, now: str) -> None:
    before = read(page, LINES + line)
    changes = changes_after_purchase(before, read(page, LINES + line.replace(was, now), add_on="3,000"), 2_000)
    assert (changes.verdict, "became" in str(changes)) == ("sound", True)
    assert unchanged(before, read(page, LINES + line.replace(was, now))).verdict == "broken"


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Updated 12 s ago", "Updated 3 s ago"),
        ("Members: 8 of 10", "Members: 9 of 10"),
        ("Points: 490", "Points: 529"),
        ("Last purchase: 2,000 credits", "Last purchase: 4,000 credits"),
        ("Upcoming invoice: $49.00", "Upcoming invoice: $9"),
    ],
)
def test_what_is_no_credits_may_move_meanwhile(page: Page, was: str, now: str) -> None:
    before, after = read(page, LINES + f"<p>{was}</p>"), read(page, LINES + f"<p>{now}</p>", add_on="3,000")
    assert changes_after_purchase(before, after, 2_000).verdict == "sound"


THREE = (
    "<table><tr><th>Kind<th>Assigned<th>Taken<th>Free<tr><td>Monthly credits<td>9,000<td>2,000<td>7,000"
    "<tr><td>Add-on credits<td>{}<td>{}<td>{}</table>"
)


@pytest.mark.parametrize(
    ("now", "verdict"),
    [
        (("8,000", "2,000", "6,000"), "sound"),
        (("8,000", "0", "8,000"), "broken"),
        (("6,000", "2,000", "4,000"), "broken"),
    ],
)
def test_a_whole_and_its_parts_grow_together_whatever_they_are_called(
    page: Page, now: tuple[str, ...], verdict: str
) -> None:
    before, after = (read(page, THREE.format(*one)) for one in (("6,000", "2,000", "4,000"), now))
    assert changes_after_purchase(before, after, 2_000).verdict == verdict


@pytest.mark.parametrize(("now", "verdict"), [("13,000", "sound"), ("12,500", "broken")])
def test_the_sum_of_both_kinds_in_whatever_words_moves_with_them(page: Page, now: str, verdict: str) -> None:
    before = read(page, LINES + "<p>Guthaben: 11,000</p>")
    after = read(page, LINES + f"<p>Guthaben: {now}</p>", add_on="3,000")
    assert changes_after_purchase(before, after, 2_000).verdict == verdict


@pytest.mark.parametrize(("used", "verdict"), [("1,500", "unclear"), ("0", "broken")])
def test_what_is_used_alone_shows_no_growth_and_stays(page: Page, used: str, verdict: str) -> None:
    form = "<p><b>Monthly credits</b> \u2013 900 used</p><p><b>Add-on credits</b> \u2013 {} used</p>"
    changes = changes_after_purchase(read(page, form.format("1,500")), read(page, form.format(used)), 2_000)
    assert changes.verdict == verdict
    assert "monthly" not in [one.about for one in changes.broken]


def test_a_total_that_may_be_of_the_month_alone_proves_nothing(page: Page) -> None:
    first = {"add_on": "0", "whole": "10,000"}
    before = read(page, SENTENCE + LINES, **first)
    after = read(page, SENTENCE + LINES, **first | {"add_on": "2,000"})
    assert changes_after_purchase(before, after, 2_000).verdict == "unclear"


def test_a_zero_may_be_hidden_before_the_first_purchase(page: Page) -> None:
    before = read(page, "<dl><dt>Monthly credits<dd>10,000</dl>")
    assert changes_after_purchase(before, read(page, LINES, add_on="2,000"), 2_000).verdict == "sound"
    assert changes_after_purchase(before, read(page, LINES, add_on="3,000"), 2_000).verdict == "broken"


def test_a_rounded_number_shows_no_exact_growth(page: Page) -> None:
    changes = changes_after_purchase(read(page, LINES, add_on="10.2K"), read(page, LINES, add_on="12.2K"), 2_000)
    assert changes.verdict == "unclear"


def test_words_that_changed_are_named_and_break_nothing(page: Page) -> None:
    before, after = (
        read(page, LINES + "<p>Updated 10:42</p>"),
        read(page, LINES + "<p>Updated 10:44</p>", add_on="3,000"),
    )
    changes = changes_after_purchase(before, after, 2_000)
    assert (changes.verdict, changes.noted) == ("sound", ("“Updated 10:42” became “Updated 10:44”",))


def test_a_line_that_came_is_told_from_others_of_its_form_by_what_stayed(page: Page) -> None:
    others = "<dl><dt>Plan credits<dd>9,500{}<dt>Credits spent<dd>500</dl>"
    before = read(page, others.format(""))
    changes = changes_after_purchase(before, read(page, others.format("<dt>Top-up credits<dd>2,000")), 2_000)
    assert changes.broken == ()


def test_a_label_that_says_that_there_is_none_names_no_other_number(page: Page) -> None:
    lines = "<div><p>Monthly credits - 9,500</p><p>Add-on credits - {add_on}</p><p>Used - 500</p></div>"
    before, after = (read(page, lines, add_on=one) for one in ("None", "2,000"))
    assert isinstance(before.add_on, Absent)
    assert changes_after_purchase(before, after, 2_000).broken == ()


def test_where_nothing_was_bought_nothing_changes(page: Page) -> None:
    before = read(page, SENTENCE + LINES)
    assert unchanged(before, read(page, SENTENCE + LINES)).verdict == "sound"
    assert unchanged(before, read(page, SENTENCE + LINES, add_on="1,001")).verdict == "broken"
    assert unchanged(before, read(page, SENTENCE + LINES, used="1,251")).verdict == "broken"


@pytest.mark.parametrize("line", ["<dl><dt>Pool<dd>11,000</dl>", "<p>11,000 Summe</p>"])
def test_a_lone_number_that_may_count_all_credits_has_to_move(page: Page, line: str) -> None:
    section = LINES + line
    changes = changes_after_purchase(read(page, section), read(page, section, add_on="3,000"), 2_000)
    assert changes.verdict == "unclear"
    assert "11,000" in str(changes)


def test_a_number_that_is_named_as_the_months_stays(page: Page) -> None:
    section = LINES + "<div><p>Monthly allowance</p><p>12,500</p></div>"
    changes = changes_after_purchase(read(page, section), read(page, section, add_on="3,000"), 2_000)
    assert changes.verdict == "sound", str(changes)


@pytest.mark.parametrize(
    ("line", "is_red"),
    [
        ("<ul><li>Add-on 1,000</li></ul>", True),
        ("<dl><dt>Top-up credits<dd>1,000</dl>", True),
        ("<dl><dt>Last top-up<dd>1,000</dl>", False),
        ("<p>1,000 credits bought on Oct 3, 2026</p>", False),
        ("<p>Runs 1,000</p>", False),
    ],
)
def test_add_on_credits_by_another_name_grow_too(page: Page, line: str, *, is_red: bool) -> None:
    section = LINES + line
    changes = changes_after_purchase(read(page, section), read(page, section, add_on="3,000"), 2_000)
    assert (changes.verdict == "broken") is is_red, str(changes)


def test_two_numbers_that_were_both_sums_of_all_credits_have_to_grow(page: Page) -> None:
    section = (
        LINES.replace("{add_on}", "{add_on}, of {bought} 250 used")
        + "<p style=display:flex><i>2,750 used</i><i>{left} of {whole} left</i></p>"
    )
    shown = {"monthly": "7,500 of 10,000", "add_on": "750 left", "bought": "1,000", "left": "8,250", "whole": "11,000"}
    grown = shown | {"add_on": "2,750 left", "bought": "3,000"}
    changes = changes_after_purchase(read(page, section, **shown), read(page, section, **grown), 2_000)
    assert "“8,250 of 11,000 left” stayed as it was" in str(changes)


def test_two_numbers_in_other_words_that_differ_by_a_balance_may_count_all_credits(page: Page) -> None:
    section = LINES + "<p>500 von 10,500 Credits verbraucht</p>"
    changes = changes_after_purchase(read(page, section), read(page, section, add_on="3,000"), 2_000)
    assert changes.verdict == "unclear"


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ("", "", "broken"),
        ("<p>Add-on credits: 1,000</p>", "", "broken"),
        ("", "<p>Add-on credits: 2,000</p>", "grown"),
        ("", "<p>Extra credits: 2,000</p>", "unclear"),
        ("<p>Top-ups 1,000</p>", "<p>Top-ups 3,000</p>", "unclear"),
        ("<p>Purchased: 1,000 credits</p>", "<p>Purchased: 3,000 credits</p>", "unclear"),
        ("<p>1,000 extra</p>", "<p>3,000 extra</p>", "unclear"),
    ],
)
def test_add_on_credits_under_another_name_are_not_hidden(page: Page, before: str, after: str, verdict: str) -> None:
    monthly = "<p>Monthly credits: {monthly} left</p>"
    seen = [read(page, monthly + section) for section in (before, after)]
    raised = {"broken": BrokenPromiseError, "unclear": NotVerifiedError}.get(verdict)
    told = {"broken": "Billing shows the add-on credits", "unclear": "labels.add_on_credits"}.get(verdict)
    with pytest.raises(raised, match=told) if raised else nullcontext():
        hold_growth(seen[0], seen[1], 2_000, 1.0)


RINGS = (
    "<div style='display:flex'><div><p>12,000</p><b>Monthly credits</b><p>12,000 left of 12,000</p></div>"
    "<div><p>{0:,}</p><b>Add-on credits</b><p>{0:,} left</p></div></div>"
)


@pytest.mark.parametrize(("bought", "verdict"), [(2_000, "sound"), (0, "broken")])
def test_numbers_above_and_below_a_label_are_all_of_that_kind(page: Page, bought: int, verdict: str) -> None:
    before, after = (read(page, RINGS.format(add_on)) for add_on in (37_600, 37_600 + bought))
    assert changes_after_purchase(before, after, 2_000).verdict == verdict


def test_where_nothing_was_bought_nothing_is_said_of_a_purchase(page: Page) -> None:
    told = str(unchanged(read(page, SENTENCE + LINES), read(page, SENTENCE + LINES, monthly="12,000")))
    assert "the monthly credits should be the same" in told
    assert "purchase" not in told


def test_credits_that_went_elsewhere_are_told_with_those_that_are_lacking(page: Page) -> None:
    before, now = read(page, SENTENCE + LINES), read(page, SENTENCE + LINES, monthly="12,000")
    with pytest.raises(BrokenPromiseError, match=r"0 more 1\.0 s after payment: “Add-on.*; “Monthly.* became “Monthly"):
        hold_growth(before, now, 2_000, 1.0)


def test_a_list_of_purchases_is_no_balance(page: Page) -> None:
    bought = "<p>Purchased packages</p><ul><li>1,000 credits, Oct 21, 2026</li>{}</ul>"
    before = read(page, SENTENCE + LINES + bought.format(""))
    later = bought.format("<li>2,000 credits, Nov 30, 2026</li>")
    after = read(page, SENTENCE + LINES + later, add_on="3,000", whole="13,000")
    assert changes_after_purchase(before, after, 2_000).verdict == "sound"
