"""The list of invoices filtered by type and by days, in the forms that most sites have."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import structs

from steps.pages.base_page import ElementNotFoundError
from steps.pages.invoices import Invoices
from steps.readers.invoices.invoices import read_invoices
from steps.readers.invoices.payments import kind_of
from steps.readers.page.capture import capture
from steps.readers.page.fact import Fact
from steps.targets.labels import Labels
from steps.verdicts.verdict import NotVerifiedError
from tests.suite.support.invoice_rows import HEAD, PROFILE, TABLE, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page

    from steps.readers.invoices.payments import Kind


BOTH = """<table><tr><th>Invoice</th><th>Date</th><th>Type</th><th>Item</th><th>Amount</th></tr><tbody id=rows></tbody>
</table>
<script>const all = [["INV-2", "Nov 2, 2026", "Add-on credits", "4,000 credits", "$40.00"],
  ["INV-1", "Nov 1, 2026", "Subscription", "Pro plan", "$49.00"]];
const draw = (wanted) => { rows.innerHTML = all.filter((one) => wanted.startsWith("All") || one[2] === wanted)
  .map((one) => `<tr>${one.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join(""); }; draw("All");</script>"""
CHIPS = """<div role=radiogroup aria-label=Type><button role=radio>All</button><button role=radio>Subscription</button>
<button role=radio>Add-on credits</button></div>[TABLE]<script>
for (const chip of document.querySelectorAll("[role=radio]")) {
  chip.onclick = () => setTimeout(draw, 60, chip.textContent); }
</script>"""
SELECT = """<label>Type <select onchange="draw(this.value)"><option>All</option><option>Subscription</option>
<option>Add-on credits</option></select></label>[TABLE]"""
BOX = """<label id=l>Type</label>
<div role=combobox tabindex=0 aria-labelledby='l v' aria-expanded=false id=box><span id=v>All</span></div>
[TABLE]<script>box.onclick = () => {
  const list = document.body.appendChild(document.createElement("ul")); list.role = "listbox";
  for (const words of ["All", "Subscription", "Add-on credits"]) {
    const one = list.appendChild(document.createElement("li")); one.role = "option"; one.textContent = words;
    one.onclick = () => { v.textContent = words; list.remove(); draw(words); }; } };
</script>"""
WITH_SIGN = BOX.replace("<span id=v>All</span>", "<span id=v>All</span><i role=button aria-label=Open>\u25be</i>")
FILTERS = {"chips": CHIPS, "select": SELECT, "box": BOX, "box with a sign to press": WITH_SIGN}


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize(("kind", "left"), [("credits", ["INV-2"]), ("plans", ["INV-1"])])
def test_invoices_are_filtered_by_type(page: Page, name: str, kind: Kind, left: Sequence[str]) -> None:
    page.set_content(HEAD + FILTERS[name].replace("[TABLE]", BOTH))
    invoices = Invoices(page, PROFILE)
    invoices.of_type(kind)
    assert [one.number for one in invoices.all()] == left


def test_a_filter_may_be_answered_late(page: Page) -> None:
    late = CHIPS.replace("draw, 60", "draw, 900").replace(
        "chip.onclick = () =>", "chip.onclick = () => (chip.ariaChecked = true) &&"
    )
    page.set_content(HEAD + late.replace("[TABLE]", BOTH))
    invoices = Invoices(page, PROFILE)
    invoices.of_type("credits")
    assert [one.number for one in invoices.all()] == ["INV-2"]


def test_a_choice_in_words_of_its_own_is_the_type_of_its_rows(page: Page) -> None:
    page.set_content(HEAD + SELECT.replace("[TABLE]", BOTH).replace("Add-on credits", "Extra"))
    invoices = Invoices(page, PROFILE)
    invoices.of_type("credits")
    assert [one.number for one in invoices.all()] == ["INV-2"]


def test_choices_that_say_nothing_are_unclear(page: Page) -> None:
    page.set_content(
        HEAD
        + SELECT.replace("[TABLE]", BOTH)
        .replace("<option>Add-on credits", "<option>Kind A")
        .replace("<option>Sub", "<option>B")
    )
    with pytest.raises(NotVerifiedError, match=r"labels\.credit_payments"):
        Invoices(page, PROFILE).of_type("credits")
    own = structs.replace(PROFILE, labels=Labels(credit_payments="Kind A"))
    page.locator("select").evaluate("one => one.options[2].value = 'Add-on credits'")
    invoices = Invoices(page, own)
    invoices.of_type("credits")
    assert [one.number for one in invoices.all()] == ["INV-2"]


def test_a_payment_is_for_a_plan_by_the_profiles_own_word(page: Page) -> None:
    page.set_content(HEAD + BOTH.replace("Subscription", "Grundgebühr").replace("Pro plan", "Grundgebühr"))
    kinds = []
    for labels in (Labels(), Labels(plan_payments="Grundgebühr")):
        read = read_invoices(capture(page), structs.replace(PROFILE, labels=labels))
        assert isinstance(read, Fact)
        kinds.append({one.number: kind_of(one) for one in read.value}["INV-1"])
    assert kinds == [None, "plans"]


def test_a_list_without_a_filter_breaks_the_promise(page: Page) -> None:
    page.set_content(HEAD + BOTH)
    with pytest.raises(ElementNotFoundError, match="Type"):
        Invoices(page, PROFILE).of_type("credits")


@pytest.mark.parametrize(
    "kind", ["type=date", "placeholder=MM/DD/YYYY", "placeholder='TT.MM.JJJJ'", "placeholder=dd-MMM-yyyy"]
)
def test_days_are_typed_as_a_field_takes_them(page: Page, kind: str) -> None:
    page.set_content(HEAD + f"<label>From <input {kind}></label><label>To <input {kind}></label>" + BOTH)
    Invoices(page, PROFILE).of_time(date(2026, 5, 1), date(2026, 7, 31))
    typed = page.evaluate("[...document.querySelectorAll('input')].map((one) => one.value)")
    forms = {"type=date": "%Y-%m-%d", "placeholder=MM/DD/YYYY": "%m/%d/%Y", "placeholder=dd-MMM-yyyy": "%d-%b-%Y"}
    form = forms.get(kind, "%d.%m.%Y")
    assert typed == [day.strftime(form) for day in (date(2026, 5, 1), date(2026, 7, 31))]


TYPED_FILTERS = """<script>for (const one of document.querySelectorAll('input')) one.onchange = () => {
  const typed = [...document.querySelectorAll('input')].map((field) => field.value);
  const [first, last] = typed.map((text) => TAKEN.test(text) ? text : '');
  one.setAttribute('aria-invalid', SAYS && !TAKEN.test(one.value));
  for (const row of document.querySelectorAll('tr:has(td)')) {
    const day = new Date(row.cells[1].innerText + ' UTC').toISOString().slice(0, 10);
    row.hidden = (first && day < first) || (last && day > last);
  } }</script>"""


@pytest.mark.nightly
@pytest.mark.parametrize(("says", "hint"), [("false", ""), ("true", ""), ("true", "Format: YYYY-MM-DD")])
def test_a_field_that_takes_days_in_another_form_is_asked_again(page: Page, says: str, hint: str) -> None:
    fields = "<label>From <input aria-describedby=hint></label><label>To <input></label>" + f"<p id=hint>{hint}</p>"
    script = TYPED_FILTERS.replace("SAYS", says).replace("TAKEN", r"/^\d{4}-\d\d-\d\d$/")
    page.set_content(HEAD + fields + TABLE.format(rows(20, 9, 2)) + script)
    invoices = Invoices(page, PROFILE)
    invoices.of_time(date(2026, 11, 5), date(2026, 11, 12))
    assert [one.number for one in invoices.on_this_page()] == ["INV-9"]


@pytest.mark.nightly
def test_a_field_that_takes_no_form_of_a_day_leaves_the_filter_open(page: Page) -> None:
    page.set_content(HEAD + "<label>From <input></label><label>To <input></label>" + TABLE.format(rows(20, 9, 2)))
    with pytest.raises(NotVerifiedError, match="in what form it takes a day"):
        Invoices(page, PROFILE).of_time(date(2026, 11, 5), date(2026, 11, 12))


def test_a_filter_by_whole_months_is_told_without_a_line_that_would_not_help(page: Page) -> None:
    page.set_content(f"<h2>Invoices</h2><div>Month</div><input type=month>{TABLE.format(rows(3))}")
    with pytest.raises(NotVerifiedError, match="by a whole month") as told:
        Invoices(page, PROFILE).of_time(date(2026, 11, 1), date(2026, 11, 3))
    assert not told.value.line


FIRST_OF_ALL = """<h2>Invoices</h2>
<button id=type aria-label="Filter by type" onclick="menu.hidden = false">\u25bd</button>
<ul id=menu hidden><li style="cursor:pointer" onclick="draw('Credits')">Credits
<li style="cursor:pointer" onclick="draw('Plans')">Plans</ul>
<table><tr><th>Invoice<th>Date<th>Item<th>Amount<tbody id=rows></table><p id=total></p>
<script>const all = [["INV-3", "Nov 3, 2026", "6,000 credits", "$60.00"],
  ["INV-2", "Nov 2, 2026", "4,000 credits", "$40.00"], ["INV-1", "Nov 1, 2026", "Pro plan", "$49.00"]];
const draw = (kind = "") => { menu.hidden = true;
  const found = all.filter((one) => one[2].toLowerCase().includes(kind.toLowerCase().replace(/s$/, "")));
  rows.innerHTML = found.slice(0, 2).map((one) => `<tr>${one.map((cell) => `<td>${cell}`).join("")}`).join("");
  total.textContent = `Total ${found.length}`; }; draw();</script><h2>Help</h2>"""


@pytest.mark.parametrize(("counts", "wrong"), [("Total", None), ("Page 1, showing", NotVerifiedError)])
def test_a_filter_whose_first_page_is_as_before_is_told_by_the_count(page: Page, counts: str, wrong: Any) -> None:
    page.set_content(FIRST_OF_ALL.replace("Total", counts))
    invoices = Invoices(page, PROFILE)
    with pytest.raises(wrong) if wrong else nullcontext():
        invoices.of_type("credits")
    assert [one.number for one in invoices.listed()] == ["INV-3", "INV-2"]
