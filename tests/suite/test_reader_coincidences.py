"""Numbers and words of Current Plan that happen to look like something else: none is taken for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.readers.credits.agreement import contradictions
from steps.readers.credits.changes import changes_after_purchase
from steps.readers.credits.credits import CreditsReading, read_credits
from steps.readers.page.capture import capture
from steps.readers.page.fact import Absent, Fact
from steps.targets.labels import Labels, words
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example")
GERMAN = Profile(
    base_url="http://site.example",
    labels=Labels(monthly_credits=words("Monatsguthaben"), add_on_credits=words("Zusatzguthaben")),
)
KINDS = "<dl><dt>Monthly credits<dd>{month}<dt>Add-on credits<dd>{bought}</dl>"
BAR = (
    "<div style='height:8px;width:400px;background:#ddd'><div style='height:8px;background:#08f;width:{}%'></div></div>"
)
CALLED = "".join(
    f"<div role=progressbar aria-label='{kind} credits used' aria-valuenow={share} aria-valuemax=100"
    " style='height:8px;width:300px'></div>"
    for kind, share in (("Monthly", 5), ("Add-on", 0))
)


def read(page: Page, section: str, profile: Profile = PROFILE, above: str = "") -> CreditsReading:
    page.set_content(f"{above}<h2>Current Plan</h2><p>Pro</p>{section}<h2>Billing Information</h2>")
    return read_credits(capture(page), profile)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>5% of credits used</p>" + CALLED, "<p>4% of credits used</p>" + CALLED),
        (KINDS.format(month="7,000 left of 10,000", bought="630 left of 750") + "<p>30% of credits used</p>",
         KINDS.format(month="7,000 left of 10,000", bought="2,630 left of 2,750") + "<p>25% of credits used</p>"),
        (KINDS.format(month="500/10,000 credits used", bought="0/750 credits used") + BAR.format("4.65"),
         KINDS.format(month="500/10,000 credits used", bought="0/2,750 credits used") + BAR.format("3.92")),
    ],
    ids=["beside a bar of one kind", "rounded up", "a bar below one kind"],
)  # fmt: skip
def test_a_share_of_all_credits_is_not_of_the_kind_that_happens_to_have_it(page: Page, before: str, after: str) -> None:
    kinds = ("", "") if "<dl>" in before else (KINDS.format(month="9,500", bought=one) for one in ("0", "2,000"))
    first, second = kinds
    changed = changes_after_purchase(read(page, first + before), read(page, second + after), 2_000)
    assert changed.verdict == "sound", str(changed)


@pytest.mark.parametrize(
    ("rest", "profile"),
    [
        ("<svg role=img aria-label='2,000 of {} credits used' width=300 height=8></svg><p>80 % left</p>", PROFILE),
        ("<dl><dt>Summe<dd>10,000</dl>", GERMAN),
        ("<p>8,000 \u00fcbrig von 10,000</p>", GERMAN),
    ],
    ids=["a share in words", "a total by another name", "a part in other words"],
)
def test_what_stands_still_where_all_credits_have_grown_is_no_proof(page: Page, rest: str, profile: Profile) -> None:
    names = [profile.labels.of(one).names[0] for one in ("monthly_credits", "add_on_credits")]
    month = "8,000 von 10,000" if "Summe" in rest else "8,000"
    kinds = "<dl><dt>{}<dd>{}<dt>{}<dd>{}</dl>".format
    before = read(page, kinds(names[0], month, names[1], 0) + rest.format("10,000"), profile)
    after = read(page, kinds(names[0], month, names[1], "11,000") + rest.format("21,000"), profile)
    assert changes_after_purchase(before, after, 11_000).verdict != "sound"


def test_a_bar_that_is_drawn_as_before_though_it_says_more_is_broken(page: Page) -> None:
    bar = (
        "<p>9,500 of {0} credits used</p><div role=progressbar aria-label='Credit usage' aria-valuenow={1}"
        " aria-valuemin=0 aria-valuemax={2} style='height:8px;width:300px;background:#eee'><div"
        " style='height:8px;width:5%;background:#08f'></div></div>"
    )
    before = read(page, KINDS.format(month="500", bought="0") + bar.format("10,000", 500, 10000))
    after = read(page, KINDS.format(month="500", bought="2,000") + bar.format("12,000", 2500, 12000))
    assert "it is drawn as before, 5% filled" in str(changes_after_purchase(before, after, 2_000))


@pytest.mark.parametrize(
    "above",
    [
        "<p>New: buy 14,000 credits and get 10% off.</p>",
        "<h2>Payments</h2><div style='display:flex'><span>Oct 7, 2026</span><span>14,000 credits</span></div>",
    ],
    ids=["an offer", "a payment"],
)
def test_credits_that_nobody_has_now_are_no_balance_beside_current_plan(page: Page, above: str) -> None:
    before = read(page, KINDS.format(month="10,000", bought="4,000"), above=above)
    after = read(page, KINDS.format(month="10,000", bought="6,000"), above=above)
    changed = changes_after_purchase(before, after, 2_000)
    assert changed.verdict == "sound", str(changed)


@pytest.mark.parametrize("mark", ["", ":", " \u24d8:"])
def test_numbers_behind_a_name_that_nobody_knows_are_of_that(page: Page, mark: str) -> None:
    said = f"<p>Included{mark} 9,500 of 10,000 left</p><p>Purchased{mark} 0 of 0 left</p>"
    found = read(page, said)
    assert contradictions(found) == []
    assert not isinstance(found.overall, Fact)


def test_a_value_that_goes_on_in_other_words_is_not_read_in_part(page: Page) -> None:
    box = "<div>Zusatzguthaben<h3>0</h3><p>von {} verbraucht</p></div><p>Monatsguthaben 500</p>"
    before, after = (read(page, box.format(one), GERMAN) for one in ("0", "2,000"))
    assert changes_after_purchase(before, after, 2_000).verdict == "unclear"


@pytest.mark.parametrize("beside", ["Dec 1, 2026", "Active"])
def test_a_heading_in_a_box_of_its_own_is_no_heading_of_what_follows(page: Page, beside: str) -> None:
    boxes = f"<div style='display:flex'><div><h4>Renews on</h4><p>{beside}</p></div></div>"
    found = read(page, f"{boxes}<dl><dt>Used<dd>500</dl>" + KINDS.format(month="9,500", bought="0"))
    assert isinstance(found.used, Fact)
    assert found.used.value == 500


def test_a_bar_that_says_of_what_it_is_a_part_is_of_no_kind_with_another_whole(page: Page) -> None:
    bar = (
        "<div role=progressbar aria-valuetext='500 of 1,212,000 credits used' aria-valuenow=0 aria-valuemax=100></div>"
    )
    kinds = "<dl><dt>Add-on credits<dd>0 / 1,202,000 used<dt>Monthly credits<dd>500 / 10,000 used</dl>"
    assert contradictions(read(page, f"{bar}{kinds}<p>500 of 1,212,000 credits used</p>")) == []


def test_credits_of_a_plan_are_no_plan(page: Page) -> None:
    rows = "<div style='display:flex'><p>Credits of your plan</p><p>9,500 credits remaining</p></div>"
    rows += "<div style='display:flex'><p>Bought credits</p><p>13,000 credits remaining</p></div>"
    assert isinstance(read(page, rows).overall, Absent)


IN_GERMAN = "<dl><dt>Monatsguthaben<dd>10,000<dt>Zusatzguthaben<dd>{}</dl>"


@pytest.mark.parametrize(
    ("rest", "later", "verdict"),
    [
        ("3,870 von 10,000 Credits", "7,870 von 14,000 Credits", "unclear"),  # what is used may have grown
        ("3,870 von 10,000 Credits", "9,495 von 14,000 Credits", "broken"),
        ("3,870 von 10,000 Credits", "3,870 von 14,000 Credits", ""),
    ],
)
def test_a_part_in_words_that_nobody_knows_is_not_taken_for_what_is_left(
    page: Page, rest: str, later: str, verdict: str
) -> None:
    before = read(page, IN_GERMAN.format("0") + f"<p>{rest} verbraucht</p>", GERMAN)
    after = read(page, IN_GERMAN.format("4,000") + f"<p>{later} verbraucht</p>", GERMAN)
    changes = changes_after_purchase(before, after, 4_000)
    assert ("broken" if changes.broken else "unclear" if changes.unclear else "") == verdict


def test_a_sum_of_both_kinds_that_stands_still_above_its_label_is_no_proof(page: Page) -> None:
    section = (
        "<div>{0}</div><div>Monatsguthaben</div><div>{1}</div><div>Summe</div><div>{2}</div><div>Zusatzguthaben</div>"
    )
    before = read(page, section.format("1,000", "1,750", "750"), GERMAN)
    after = read(page, section.format("1,000", "1,750", "4,750"), GERMAN)
    changes = changes_after_purchase(before, after, 4_000)
    assert changes.broken or changes.unclear


def test_a_number_that_is_left_is_no_whole_by_a_word_behind_it(page: Page) -> None:
    reading = read(page, "<p><b>9,500 credits remaining</b> Included</p><p><b>0</b> Purchased</p>")
    assert not isinstance(reading.overall, Fact) or reading.overall.value.whole is None


@pytest.mark.parametrize(("name", "is_sure"), [("Restliche Credits", False), ("Restliches Monatsguthaben", True)])
def test_what_was_left_of_the_only_credits_may_be_what_is_left_of_all(page: Page, name: str, *, is_sure: bool) -> None:
    line = f"<p>{name}: 11,209 · Monatsguthaben: 25,000 · Verbraucht: 13,791 · Zusatzguthaben: {{}}</p>"
    german = Profile(
        base_url="http://site.example", labels=msgspec.structs.replace(GERMAN.labels, used_credits=words("Verbraucht"))
    )
    before, after = (read(page, line.format(bought), german) for bought in ("0", "115,000"))
    assert bool(changes_after_purchase(before, after, 115_000).unclear) is not is_sure
