"""What Billing says of credits, in every form in which pages say it, and what must not be taken for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.capture import capture, selectors_of
from steps.readers.credits import Balance, CreditsReading, read_credits
from steps.readers.fact import Absent, Fact, Unclear
from steps.targets.labels import Label, Labels
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example")
PAGE = "<h2>Current Plan</h2><p>Pro</p>{}<h2>Billing Information</h2><h2>Invoices</h2><p>2,000 credits $20</p>"


def read(page: Page, section: str, profile: Profile = PROFILE) -> CreditsReading:
    page.set_content(PAGE.format(section))
    return read_credits(capture(page, selectors_of(profile)), profile)


def value(one: object) -> object:
    return one.value if isinstance(one, Fact) else type(one)


PLAIN = (Balance(plain=(7_500,)), Balance(plain=(4_000,)))
ROW = "<div style='display:flex'><div>{}</div><div>{}</div></div>"
PAIRS = (("Monthly credits", "7,500"), ("Add-on credits", "4,000"))


def each(form: str) -> str:
    return "".join(form.format(label, amount) for label, amount in PAIRS)


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
    "behind a message": each("<p>{}: {}</p>") + "<div role=status>Monthly credits: 100 were used</div>",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_a_balance_is_read_in_every_form(page: Page, form: str) -> None:
    seen = read(page, form)
    assert (value(seen.monthly), value(seen.add_on)) == PLAIN
    assert value(seen.plan) == "Pro"


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


def test_what_lies_behind_a_dialog_or_in_a_pop_up_is_no_balance(page: Page) -> None:
    seen = read(page, each(ROW) + MODAL.format("<h2>Add credits</h2><p>Monthly credits: 9 until they are used</p>"))
    assert isinstance(seen.add_on, Absent)
    page.set_content("<p>Add-on credits: 214</p>" + MODAL.format(PAGE.format(each(ROW))))
    assert value(read_credits(capture(page), PROFILE).add_on) == PLAIN[1]


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
    ("section", "plan"),
    [
        ("<p>Business <span>$49</span> per month</p>", "Business"),
        ("<p>You are on the Pro Internal plan.</p>", "Pro Internal"),
        ("<p>Heron plan, billed yearly</p>", "Heron"),
        ("<h3>Basic</h3><button>Upgrade to Business</button>", "Basic"),
        ("<p>Basic</p><p>Business</p>", Unclear),
        ("<p><b>Your plan</b> <span>Renews on Dec 3, 2026</span></p>", Absent),
    ],
)
def test_the_plan_is_named_or_unclear(page: Page, section: str, plan: object) -> None:
    page.set_content(PAGE.replace("<p>Pro</p>", section).format(each(ROW)))
    assert value(read_credits(capture(page), PROFILE).plan) == plan


@pytest.mark.parametrize(
    "line",
    [
        "Monthly credits: 9,500 \u00b7 Add-on credits: 0 \u00b7 Used: 500",
        "Used: 500 | Add-on credits: 0 of 0 left | Monthly credits: 9,500 of 10,000 left | Seats: 3 / 5 used",
    ],
)
def test_used_credits_stand_in_a_list_with_the_others(page: Page, line: str) -> None:
    assert value(read(page, f"<p>{line}</p>").used) == 500


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
