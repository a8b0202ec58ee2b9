"""What Billing says of credits, in every form in which pages say it, and what must not be taken for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.credits.balance import Balance
from steps.readers.credits.credits import CreditsReading, read_credits
from steps.readers.credits.totals import likely_left
from steps.readers.page.capture import capture
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.targets.labels import Label, Labels
from steps.targets.profile import Profile
from tests.suite.support.balances import PAGE, PLAIN, PROFILE, ROW, each, read, value

if TYPE_CHECKING:
    from playwright.sync_api import Page

FORMS = {
    "a list of terms": f"<dl>{each('<dt>{}</dt><dd>{}</dd>')}</dl>",
    "rows of a table": f"<table>{each('<tr><td>{}</td><td>{}</td></tr>')}</table>",
    "columns under headings": "<table><tr><th>Monthly credits<th>Add-on credits<tr><td>7,500<td>4,000</table>",
    "rows of boxes that touch": each(ROW),
    "lines": each("<p>{}: {}</p>"),
    "bold values": each("<p>{} <b>{}</b></p>"),
    "glued in line": each("<p><span>{}</span><b>{}</b></p>"),
    "values before labels": each("<p><b>{1}</b> {0}</p>"),
    "cards": f"<div style='display:flex'>{each('<div><small>{}</small><h3>{}</h3></div>')}</div>",
    "values above labels": f"<div style='display:flex'>{each('<div><h3>{1}</h3><small>{0}</small></div>')}</div>",
    "a grid of two rows": "<div style='display:grid;grid-template-columns:1fr 1fr'><i>Monthly credits</i>"
    "<i>Add-on credits</i><b>7,500</b><b>4,000</b></div>",
    "one sentence": "<p>7,500 monthly credits and 4,000 add-on credits.</p>",
    "one line": "<p>Monthly credits: 7,500 · Add-on credits: 4,000</p>",
    "broken lines": "<p>Monthly credits: 7,500<br>Add-on credits: 4,000</p>",
    "fieldsets": each("<fieldset><legend>{}</legend>{}</fieldset>"),
    "named boxes": each("<section aria-label='{}'>{}</section>"),
    "a legend": f"<ul>{each('<li>● <span>{}</span> <b>{}</b></li>')}</ul>",
    "with seats between": each("<p>{}: {}</p><p>Seats: 3 of 5</p>"),
    "digits that roll": "<div>Monthly credits</div><div "
    "style='display:flex'><i>7</i><i>,</i><i>5</i><i>0</i><i>0</i></div>"
    "<div>Add-on credits</div><div>4,000</div>",
    "remarks in brackets": each("<p>{} (used first): {}</p>"),
    "read out when they change": each("<p aria-live=polite>{}: {}</p>"),
    "terms in a row above their descriptions": "<dl style='display:grid;grid-template-columns:1fr 1fr'>"
    "<dt>Monthly credits<dt>Add-on credits<dd>7,500<dd>4,000</dl>",
    "a note between": f"<ul>{each('<li><b>{}</b><div>Resets Dec 1</div><span>{}</span></li>')}</ul>",
    "remarks below names, numbers beside both": "<style>li{display:grid;grid-template-columns:1fr auto}small"
    "{display:block}</style>" + each("<li><span>{}<small>do not expire</small></span><b>{}</b></li>"),
    "how they have changed below": "<div style='display:flex'>"
    f"{each('<div><p>{}</p><p>{}</p><p>▲ 2,000 this week</p></div>')}</div>",
    "the whole in brackets": f"<div style='display:flex'>{each('<div><h3>{1}</h3><p>{0} (of 20,000)</p></div>')}</div>",
    "the unit in short": each("<p>{}: <b>{} cr</b></p>"),
    "behind a message": each("<p>{}: {}</p>") + "<div role=status>Monthly credits: 100 were used</div>",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_a_balance_is_read_in_every_form(page: Page, form: str) -> None:
    seen = read(page, form)
    assert (value(seen.monthly), value(seen.add_on)) == PLAIN
    assert value(seen.plan) == "Pro"


LEFT_OF, USED = Balance(left=7_500, whole=10_000), Balance(used=2_500, whole=10_000)
OF = Balance(plain=(7_500, 10_000))
SENTENCES = {
    "Your workspace has 7,500 of its 10,000 monthly credits, and 4,000 add-on credits, 11,500 credits in total; 2,500"
    " were used since Nov 12, 2026.": OF,
    "It has 7,500 von 10,000 monthly credits, and 4,000 add-on credits, too.": OF,
    "You have <b>7,500</b> of your <b>10,000</b> monthly credits left, plus <b>4,000</b> add-on credits.": LEFT_OF,
    "7,500 of 10,000 monthly credits left and 4,000 add-on credits": LEFT_OF,
    "There are 7,500 monthly credits left of your 10,000, as well as 4,000 add-on credits that never expire.": LEFT_OF,
    "Your workspace has 7,500 monthly credits and 4,000 add-on credits.": PLAIN[0],
    "11,500 credits left: 7,500 monthly credits and 4,000 add-on credits": PLAIN[0],
    "This month you've used 2,500 of your 10,000 monthly credits. You also own 4,000 add-on credits.": USED,
}


TILES = """<div style='display:flex;justify-content:space-between'><span>17,500 of 20,000 credits left</span>
<span>2,500 used</span></div><div style='display:flex'><div><p>Monthly credits</p><p>7,500</p><p>of 10,000</p></div>
<div><p>Add-on credits</p><p>10,000</p><p>Never expire</p></div></div>"""


def test_what_a_label_below_is_not_about_is_said_of_all_credits(page: Page) -> None:
    overall = read(page, TILES).overall
    assert isinstance(overall, Fact)
    assert (overall.value.left, overall.value.whole) == (17_500, 20_000)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_tells_of_both_kinds(page: Page, sentence: str) -> None:
    seen = read(page, f"<p>{sentence}</p>")
    assert (value(seen.monthly), value(seen.add_on)) == (SENTENCES[sentence], PLAIN[1])


@pytest.mark.parametrize(
    ("text", "balance"),
    [
        ("7,500 left", Balance(left=7_500)),
        ("2,500 / 10,000 used", Balance(used=2_500, whole=10_000)),
        ("2,500 / 10,000", Balance(plain=(2_500, 10_000))),
        ("7,500 left of 10,000", Balance(left=7_500, whole=10_000)),
        ("10,000 total, 2,500 used, 7,500 left", Balance(plain=(10_000,), used=2_500, left=7_500)),
        ("7,500 left of 10,000 bought", Balance(left=7_500, whole=10_000)),
        ("7,500 remaining of 10,000 credits purchased", Balance(left=7_500, whole=10_000)),
    ],
)
def test_words_say_what_a_number_is(page: Page, text: str, balance: Balance) -> None:
    assert value(read(page, ROW.format("Monthly credits", text)).monthly) == balance


@pytest.mark.parametrize(
    "used",
    [
        "<dl><dt>Used credits<dd>1,251 of 116,000</dl>",
        "<table><tr><td>Used credits<td>1,251<td>of 116,000</table>",
        "<table><tr><td>Used credits<td>1,251 of 116,000</table>",
        "<div><p>Used credits</p><b>1,251</b><p>of 116,000 credits</p></div>",
    ],
)
def test_a_label_says_of_two_numbers_which_is_used(page: Page, used: str) -> None:
    seen = read(page, ROW.format("Monthly credits", "7,500") + used)
    assert (value(seen.used), value(seen.overall)) == (1_251, Balance(used=1_251, whole=116_000))


def test_a_table_says_it_by_its_columns(page: Page) -> None:
    rows = "<tr><td>Monthly credits<td>2,500<td>10,000<td>7,500<tr><td>Add-on credits<td>0<td>4,000<td>4,000"
    seen = read(page, f"<table><tr><th>Credits<th>Used<th>Total<th>Left{rows}</table>")
    assert value(seen.monthly) == Balance(left=7_500, used=2_500, whole=10_000)
    assert value(seen.used) == 2_500


TWO_ROWS = "<tr><th rowspan=2>Credits<th colspan=2>This period<th rowspan=2>{}<tr><th>Allotted<th>Used"


@pytest.mark.parametrize(
    ("last", "left", "balance"),
    [
        ("Available", 7_500, Balance(left=7_500, used=2_500, whole=10_000)),
        ("Next month", 7_600, Balance(plain=(10_000, 2_500, 7_600))),
        ("Available", 9_000, Balance(plain=(10_000, 2_500, 9_000))),
    ],
)
def test_headings_of_two_rows_say_it_and_what_is_used_and_left_is_the_whole(
    page: Page, last: str, left: int, balance: Balance
) -> None:
    rows = f"<tr><th>Monthly credits<td>10,000<td>2,500<td>{left:,}<tr><th>Add-on credits<td>4,000<td>0<td>4,000"
    seen = read(page, f"<table>{TWO_ROWS.format(last)}{rows}</table>")
    assert value(seen.monthly) == balance


@pytest.mark.parametrize(
    ("sentence", "overall", "used"),
    [
        ("1,250 of 12,500 credits used", Balance(used=1_250, whole=12_500), 1_250),
        ("You have used 1,250 of your 12,500 credits.", Balance(used=1_250, whole=12_500), 1_250),
        ("7,500 left of 10,000", Balance(left=7_500, whole=10_000), Absent),
        ("83 % left", Absent, Absent),
        ("Used: 1,250", Balance(used=1_250), 1_250),
    ],
)
def test_what_is_said_of_all_credits(page: Page, sentence: str, overall: object, used: object) -> None:
    seen = read(page, f"<p>{sentence}</p><p>Monthly credits are used up first, add-on credits after them.</p>")
    assert (value(seen.overall), value(seen.used)) == (overall, used)


@pytest.mark.parametrize(
    "sentence",
    [
        "Add-on credits never expire. Minimum purchase: 2,000.",
        "Add-on credits are valid until Dec 31, 2027.",
        "Get 500 bonus credits when you buy 44,000 add-on credits or more.",
        "Monthly credits reset on the 1st of each month.",
        "$10.00 per 1,000 add-on credits",
        "Seats: 3 / 5 used",
    ],
)
def test_a_sentence_about_credits_is_no_balance(page: Page, sentence: str) -> None:
    seen = read(page, f"<p>{sentence}</p>{each(ROW)}<p>{sentence}</p>")
    assert (value(seen.monthly), value(seen.add_on)) == PLAIN
    assert isinstance(seen.overall, Absent)


@pytest.mark.parametrize(
    "section",
    [
        "<p>Add-on credits: 4,000</p><p>Add-on credits: 6,000</p>",
        ROW.format("Add-on credits", "about 13,000 tokens"),
        "<div><p>Add-on credits</p><p>4,000</p><p>6,000</p></div>",
        "<p>Add-on credits: 10.000</p>",
    ],
)
def test_one_of_two_is_never_picked(page: Page, section: str) -> None:
    add_on = read(page, ROW.format("Monthly credits", "7,500") + section).add_on
    assert not isinstance(add_on, Fact) or len(add_on.value.plain) > 1
    assert not isinstance(add_on, Unclear) or "labels.add_on_credits" in add_on.settle or "thousands" in add_on.settle


def test_a_value_that_cannot_be_read_sends_nobody_to_the_next_one(page: Page) -> None:
    cards = (
        "<div><h3>approx. 13,000 pieces</h3><p>Add-on credits</p></div><div><h3>7,500</h3><p>Monthly credits</p></div>"
    )
    seen = read(page, f"<div style='display:flex'>{cards}</div>")
    assert isinstance(seen.add_on, Unclear)
    assert value(seen.monthly) == Balance(plain=(7_500,))


def test_the_line_of_the_profile_that_settles_a_number_is_named(page: Page) -> None:
    seen = read(page, "<dl><dt>Monthly credits<dd>10.000<dt>Add-on credits<dd>1.250</dl>")
    assert isinstance(seen.monthly, Unclear)
    assert seen.monthly.settle == 'thousands = "."'


MODAL = (
    "<div role=dialog aria-modal=true style='position:fixed;left:200px;top:90px;width:400px;background:#fff'>{}</div>"
)


def test_a_name_that_the_profile_has_already_is_not_asked_for_again(page: Page) -> None:
    page.set_content("<h2>Current Plan</h2><p>Pro</p><p>Cr\u00e9dits mensuels</p><p>8,437 sur 10,000 restants</p>")
    labels = Labels(monthly_credits="Cr\u00e9dits mensuels")
    found = read_credits(capture(page), Profile(base_url="http://site.example", labels=labels)).monthly
    assert isinstance(found, Unclear)
    assert found.settle == 'labels.monthly_credits = { selector = "\u2026" }'


def test_what_lies_behind_a_dialog_or_in_a_pop_up_is_no_balance(page: Page) -> None:
    seen = read(page, each(ROW) + MODAL.format("<h2>Add credits</h2><p>Monthly credits: 9 until they are used</p>"))
    assert isinstance(seen.add_on, Absent)
    page.set_content("<p>Add-on credits: 214</p>" + MODAL.format(PAGE.format(each(ROW))))
    assert value(read_credits(capture(page), PROFILE).add_on) == PLAIN[1]


def own(selector: str) -> Profile:
    return Profile(base_url="http://site.example", labels=Labels(add_on_credits=Label(selector=selector)))


def test_a_selector_of_the_profile_is_the_only_word_on_its_number(page: Page) -> None:
    section = "<p id=a>Bought <b>4,000</b></p><p id=b>nothing</p><p>Add-on credits: 9</p><p>Monthly credits: 7,500</p>"
    assert value(read(page, section, own("#a b")).add_on) == PLAIN[1]
    for selector in ("p", "#b"):
        add_on = read(page, section, own(selector)).add_on
        assert isinstance(add_on, Unclear), selector
        assert "labels.add_on_credits" in add_on.settle


@pytest.mark.parametrize(
    ("monthly", "add_on", "left"),
    [
        (Balance(plain=(0, 2_000)), Balance(plain=(1_600,)), 1_600),
        (Balance(left=500, whole=2_000), Balance(plain=(1_600,)), 2_100),
        (Balance(used=500, whole=2_000), Balance(plain=(1_600,)), 3_100),
        (Balance(used=500), Balance(plain=(1_600,)), None),
    ],
)
def test_so_many_credits_are_likely_left(monthly: Balance, add_on: Balance, left: int | None) -> None:
    nothing = Absent("")
    reading = CreditsReading(nothing, Fact(monthly, ("",)), Fact(add_on, ("",)), nothing, nothing, (), ())
    assert likely_left(reading) == left
