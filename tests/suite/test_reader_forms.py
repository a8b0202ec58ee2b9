"""Forms in which products show a plan and its credits: a sound purchase reads as sound, and no broken one does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.credits.changes import changes_after_purchase
from steps.readers.credits.credits import CreditsReading, read_credits
from steps.readers.page.capture import capture
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example")
FILLED = (
    "<div style='height:8px;width:400px;background:#ddd'><div style='height:8px;background:#08f;width:{}%'></div></div>"
)
ROW = "<div style='display:flex;justify-content:space-between;width:400px'><span>{}</span><span>{}</span></div>"
KINDS = "<p>Monthly credits {month}</p><p>Add-on credits {bought}</p>"
USED = FILLED.format("{share}")
FORMS = {
    "a title above": "<div>Credits</div><div>{used} / {whole} used</div>" + KINDS,
    "a title above what is left": "<p>Credits</p><p>{left} / {whole} left</p>" + KINDS,
    "a large number": "<p>Your balance</p><p style='font-size:32px'>{left}</p><p>credits</p>"
    "<p>{month_left} monthly credits</p><p>{bought} add-on credits</p>",
    "a share and two bare numbers": "<p>{share}% of credits used</p><p>{left} of {whole}</p>" + KINDS,
    "words of a plan": "<p>{month} credits/month</p><p>+{bought} add-on credits</p><p>{used} used</p>",
    "what a plan includes": "<p>Your plan includes <b>{month}</b> monthly credits.</p>"
    "<p>You bought <b>{bought}</b> add-on credits.</p><p>You used <b>{used}</b> credits this month.</p>",
    "included in plan": "<p>{used} of {whole} credits used</p><p>{month} monthly credits included in plan</p>"
    "<p>{bought} add-on credits purchased</p>",
    "remarks beside the numbers": "<div>Monthly credits<br><b>{month}</b> per month</div>"
    "<div>Add-on credits<br><b>{bought}</b> never expire</div><div>Used<br><b>{used}</b> this month</div>",
    "small remarks": "<ul><li>Monthly credits <b>{month}</b> <small>/ month</small><li>Add-on credits <b>{bought}</b>"
    "<small> one-time</small><li>Used credits <b>{used}</b> <small>of {whole}</small></ul>",
    "two lines for each kind": "<p>Monthly credits</p><p>{month_left} remaining</p><p>{used} used of {month}</p>"
    "<p>Add-on credits</p><p>{bought} remaining</p><p>0 used of {bought}</p>",
    "a table of kinds": "<table><tr><th>Credits<th>Total<th>Used<th>Left<tr><th>Monthly<td>{month}<td>{used}"
    "<td>{month_left}<tr><th>Add-on<td>{bought}<td>0<td>{bought}<tr><th>Total<td>{whole}<td>{used}<td>{left}</table>",
    "a table of states": "<table><tr><td><th>Monthly<th>Add-on<th>Total<tr><th>Included<td>{month}<td>{bought}"
    "<td>{whole}<tr><th>Used<td>{used}<td>0<td>{used}<tr><th>Left<td>{month_left}<td>{bought}<td>{left}</table>",
    "a sum": "<p>Balance: <b>{left}</b> credits ({month_left} monthly + {bought} add-on)</p><p>Used: {used}</p>",
    "a calculation": ROW.format("Monthly credits", "{month}") + ROW.format("Add-on credits", "+{bought}")
    + ROW.format("Used credits", "-{used}") + ROW.format("Available credits", "= {left}"),
    "numbers at both ends of a bar": "<p>Used credits</p>" + USED + ROW.format("{used}", "{whole}") + KINDS,
    "numbers over a bar": ROW.format("Credit usage", "{used} / {whole}") + USED + KINDS,
    "labels below": "<div style='display:grid;grid-template-columns:1fr 1fr 1fr'><b>{month}</b><b>{bought}</b>"
    "<b>{used}</b><span>Monthly credits</span><span>Add-on credits</span><span>Used credits</span></div>",
    "one line": "<p>Monthly credits: {month} | Add-on credits: {bought} | Used: {used} | Left: {left}</p>",
    "of each kind": "<p>{used} of {month} monthly credits used</p><p>0 of {bought} add-on credits used</p>",
    "a bar in each box": "<div>Monthly credits: <meter value={raw_month_left} max={raw_month}></meter> {month_left} of"
    " {month}</div><div>Add-on credits: <meter value={raw_bought} max={raw_bought}></meter> {bought} of {bought}</div>",
    "a named bar of all in a box of one": "<div>Monthly credits {month} <meter aria-label=Credits value={raw_used}"
    " max={raw_whole}></meter></div><div>Add-on credits {bought} <meter value={raw_bought} max={raw_bought}></meter>"
    "</div>",
    "used in brackets": "<p>Monthly credits {month} (used {used})</p><p>Add-on credits {bought} (used 0)</p>",
    "a dash for nothing": "<div>Monthly credits<span>{month}</span></div><div>Add-on credits<span>{some}</span></div>"
    "<div>Used<span>{used}</span></div>",
    "short numbers above the whole ones": "<div>Monthly credits<h3>{short_month_left} <i>/ {short_month}</i></h3><p>"
    "{month_left} of {month} left</p></div><div>Add-on credits<h3>{short_bought}</h3><p>{bought} of {bought} left</p>"
    "</div><div>Used credits<h3>{short_used}</h3><p>{used} this cycle</p></div>",
    "a link beside a number": "<table><tr><th>Monthly credits<td>{month}<tr><th>Add-on credits<td>{bought} [<a href=#>"
    "Add credits</a>]<tr><th>Used credits<td>{used}</table>",
    "two numbers with words and without": "<div><p>Used credits</p><p aria-hidden=true>{used} / {whole}</p><div"
    " role=progressbar aria-valuemin=0 aria-valuemax=100 aria-valuenow={share} aria-valuetext='{used} of {whole}"
    " credits' style='height:9px'></div></div>" + KINDS,
    "a table with a row of all": "<table><tr><td><th>Monthly<th>Add-on<th>Sum<tr><td>Credits<td>{month}<td>{bought}<td>"
    "{whole}<tr><td>Used<td>{used}<td>—<td>{used}<tr><td>Left<td>{month_left}<td>{bought}<td>{left}</table>",
    "used and left in the box of one kind": "<div><b>{month} monthly credits</b><br><i>{used} used · {month_left}"
    " left</i></div><div><b>{bought} add-on credits</b></div>",
    "a remark on the period": "<div>Monthly credits<b>{month}</b><p>{used} used in the current period, {month_left}"
    " remaining.</p></div><div>Add-on credits<b>{bought}</b><p>Only used after your monthly credits.</p></div>",
    "usage of a period": "<p>{month} credits every month</p><p>{bought} add-on credits</p><p>Usage this period {used}"
    " credits</p>",
    "fields that nobody types into": "<p>Monthly credits <input readonly value={month}></p><p>Add-on credits"
    " <input readonly value={bought}></p><p>Used credits <input readonly value={used}></p>",
    "a title beside a number of all": "<div style='display:flex'><p>Credits</p><p>{used} of {whole} used</p></div><div"
    " role=progressbar aria-label=Credits aria-valuenow={share}></div><div style='display:flex'><div><span"
    " style='display:block'>Monthly credits</span>{month}</div><div><span style='display:block'>Add-on credits</span>"
    "{bought}</div><div><span style='display:block'>Seats</span>4 / 10</div></div>",
    "struck out": "<p>Monthly credits: <del>{month}</del> {month_left}</p><p>Add-on credits: {bought}</p>",
}  # fmt: skip
STATES = {
    "some of each": {"month": 12_500, "bought": 4_000, "used": 1_300},
    "none bought yet": {"month": 12_500, "bought": 0, "used": 1_300},
    "none used yet": {"month": 12_500, "bought": 4_000, "used": 0},
    "a new workspace": {"month": 12_500, "bought": 0, "used": 0},
}
SOUND = {"bought": 4_000}
BROKEN = {
    "nothing is added": {},
    "they are added to the monthly ones": {"month": 4_000},
    "they are added twice": {"bought": 8_000},
    "one is missing": {"bought": 3_999},
    "the used ones are forgotten": {"bought": 4_000, "used": -1_300},
    "one more is used": {"bought": 4_000, "used": 1},
}
"""What a purchase of 4,000 credits adds, to which number."""


def read(page: Page, form: str, state: dict[str, int], more: dict[str, int]) -> CreditsReading:
    month, bought, used = (max(number + more.get(name, 0), 0) for name, number in state.items())
    whole = month + bought
    numbers = {
        "month": month, "bought": bought, "used": used, "whole": whole,
        "left": whole - used, "month_left": month - used,
    }  # fmt: skip
    shown = {name: f"{number:,}" for name, number in numbers.items()} | {"share": f"{100 * used / whole:.1f}"}
    shown |= {"some": shown["bought"] if bought else "\u2014"}
    shown |= {
        f"short_{name}": f"{number / 1000:.1f}k" if number > 999 else str(number) for name, number in numbers.items()
    }
    shown |= {f"raw_{name}": str(number) for name, number in numbers.items()}
    page.set_content(f"<h2>Current Plan</h2><p>Pro</p>{form.format(**shown)}<h2>Invoices</h2>")
    return read_credits(capture(page), PROFILE)


@pytest.mark.sampled(6)
@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_purchase_is_sound_in_any_form_and_none_that_is_broken_is(
    page: Page, form: str, state: dict[str, int]
) -> None:
    before = read(page, form, state, {})
    sound = changes_after_purchase(before, read(page, form, state, SOUND), 4_000)
    expected = {"unclear", "sound"} if (form, state["bought"]) == (FORMS["two lines for each kind"], 0) else {"sound"}
    assert {sound.verdict: str(sound)}.keys() <= expected, str(sound)
    broken = {name: more for name, more in BROKEN.items() if state["used"] or more.get("used", 0) >= 0}
    verdicts = {
        name: changes_after_purchase(before, read(page, form, state, more), 4_000) for name, more in broken.items()
    }
    assert {name: str(one) for name, one in verdicts.items() if one.verdict == "sound"} == {}


def test_a_bar_beside_one_kind_is_of_that_where_it_is_filled_so(page: Page) -> None:
    form = (
        "<div>Monthly credits <b style='display:block;width:400px;height:8px;background:#ddd'><b style='display:block;"
    )
    form += "height:8px;background:#08f;width:10.4%'></b></b> {used} of {month} used</div>"
    both = form + "<div>Add-on credits {bought} left</div>"
    before, after = (read(page, both, STATES["some of each"], more) for more in ({}, SOUND))
    changed = changes_after_purchase(before, after, 4_000)
    assert changed.verdict == "sound", str(changed)


@pytest.mark.parametrize("word", ["used", "left"])
def test_a_bar_at_its_end_that_stays_is_sound_unless_its_name_says_otherwise(page: Page, word: str) -> None:
    bar = f"<div role=progressbar aria-label='Add-on credits {word}' aria-valuenow=0 aria-valuemax=100>0%</div>"
    before, after = (read(page, KINDS + bar, STATES["none used yet"], more) for more in ({}, SOUND))
    assert (changes_after_purchase(before, after, 4_000).verdict == "sound") is (word == "used")
