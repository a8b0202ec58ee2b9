"""Filtering the list of invoices by date: fields of every kind, and what opens them."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from typing import TYPE_CHECKING

import pytest

from steps.pages.base_page import ElementNotFoundError
from steps.pages.day_fields import WholeDate
from steps.pages.invoices import Invoices
from steps.verdicts.verdict import NotVerifiedError
from tests.suite.support.filtered_list import DRAW, PROFILE, TABLE, numbers, show

if TYPE_CHECKING:
    from playwright.sync_api import Page

DAYS = """<form onsubmit="event.preventDefault(); draw(from.value > '2026-01' ? 'Plans' : '')"><label>From
<input type=date id=from></label><label>To <input type=date></label><button>Search</button></form>"""


def test_days_are_applied_by_the_form_s_own_button(page: Page) -> None:
    invoices = show(page, DAYS)
    invoices.of_time(date(2026, 5, 1), date(2026, 7, 31))
    assert numbers(invoices) == ["INV-1"]


HINTED = """<div role=group aria-label="Date range"><input placeholder="Start date" aria-describedby=hint id=first>
<input placeholder="End date" aria-describedby=hint id=last></div><small id=hint>DD.MM.YYYY to DD.MM.YYYY</small>
<script>last.onchange = () => { if (/^01.05.2026/.test(first.value)) draw("Plans"); };</script>"""


def test_fields_that_only_a_placeholder_names_take_days_as_their_hint_writes_them(page: Page) -> None:
    invoices = show(page, HINTED)
    invoices.of_time(date(2026, 5, 1), date(2026, 7, 31))
    assert numbers(invoices) == ["INV-1"]
    assert page.locator("#last").input_value() == "31.07.2026"


FORGETS = """<input aria-label=From id=first><input aria-label=To id=last><script>
for (const one of [first, last]) one.onchange = () => { if (!/^\\d\\d\\.11\\.2026$/.test(one.value)) one.value = ""; };
const written = (day) => new Date(day + " UTC").toISOString().slice(0, 10).split("-").reverse().join(".");
document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("td:nth-child(2)").forEach((one) => {
  one.textContent = written(one.textContent); }));</script>"""
"""Fields that take days as the list writes them, and forget others."""


def test_fields_that_forget_days_of_another_form_are_given_the_list_s(page: Page) -> None:
    invoices = show(page, FORGETS)
    invoices.of_time(date(2026, 11, 1), date(2026, 11, 3))
    assert page.locator("#last").input_value() == "03.11.2026"


CREATED = """<button onclick="panel.hidden = false">Filters</button><div id=panel hidden><label>Created from
<input type=date id=first></label><label>Created until <input type=date id=last
onchange="if (first.value === '2026-05-01') draw('Plans')"></label></div>"""


def test_fields_that_say_of_what_they_name_the_days_are_filled(page: Page) -> None:
    invoices = show(page, CREATED)
    invoices.of_time(date(2026, 5, 1), date(2026, 7, 31))
    assert numbers(invoices) == ["INV-1"]


BESIDE = """<div><div><label>{} <input id={}></label></div><small>{}</small><em></em></div>"""
TAKES = """<script>for (const one of document.querySelectorAll("input")) one.onchange = () => {
  const taken = /^\\d\\d\\/\\d\\d\\/2026$/.test(one.value) && +one.value.slice(3, 5) < 13;
  one.ariaInvalid = !taken; one.closest("div").parentElement.querySelector("em").textContent = taken ? "" : "SAYS";
  if (taken && to.value === "31/07/2026") draw("Plans"); };</script>"""


@pytest.mark.parametrize(("hint", "says"), [("DD/MM/YYYY", "Wrong"), ("", "Enter a date as DD/MM/YYYY")])
def test_days_are_typed_as_what_stands_below_their_fields_tells(page: Page, hint: str, says: str) -> None:
    fields = "".join(BESIDE.format(name, name.lower(), hint) for name in ("From", "To"))
    invoices = show(page, fields + TAKES.replace("SAYS", says))
    invoices.of_time(date(2026, 5, 1), date(2026, 7, 31))
    assert numbers(invoices) == ["INV-1"]
    assert page.locator("#to").input_value() == "31/07/2026"


BARE = """<form onsubmit="event.preventDefault(); const days = [from.value, to.value].join();
draw(days === 'DAYS' ? 'Plans' : 'none')">From <input id=from> To <input id=to> HINT <button>Filter</button></form>"""


@pytest.mark.parametrize(
    ("day", "hint", "listed"),
    [
        ("2026-11-01", "(YYYY-MM-DD)", "Nov {0}, 2026"),
        ("2026-11-01", "", "Nov {0}, 2026"),
        ("01.11.2026", "", "0{0}.11.2026"),
    ],
    ids=["a hint beside them", "as they are kept", "as the list writes them"],
)
def test_days_are_typed_into_bare_fields_in_the_form_that_they_take(
    page: Page, day: str, hint: str, listed: str
) -> None:
    filters, rows = BARE.replace("DAYS", f"{day},{day}").replace("HINT", hint), DRAW
    for number in range(1, 4):
        rows = rows.replace(f"Nov {number}, 2026", listed.format(number))
    page.set_content(f"<h2>Invoices</h2>{filters}{TABLE}{rows}")
    invoices = Invoices(page, PROFILE)
    invoices.of_time(date(2026, 11, 1), date(2026, 11, 1))
    assert numbers(invoices) == ["INV-1"]


POPOVER = """<button id=opens OPENS>Date range</button><div id=pop role=dialog aria-label="Date range" hidden
style="position:absolute;background:#fff">DAYS</div><script>opens.onclick = () => { pop.hidden = false; };
pop.querySelector("form").addEventListener("submit", () => { pop.hidden = true; }); pop.LAID</script>"""


@pytest.mark.parametrize("laid", ["", "style.cssText = 'position:fixed;inset:20%;background:#fff'"])
@pytest.mark.parametrize("opens", ["aria-haspopup=dialog", "aria-expanded=false", ""])
def test_days_are_typed_into_what_a_button_opens(page: Page, opens: str, laid: str) -> None:
    popover = POPOVER.replace("OPENS", opens).replace("LAID", laid or "hidden").replace("DAYS", DAYS)
    invoices = show(page, popover.replace("<button>Search", "<button>Apply"))
    invoices.of_time(date(2026, 5, 1), date(2026, 7, 31))
    assert numbers(invoices) == ["INV-1"]


def test_a_button_for_certain_days_is_not_pressed_to_find_fields(page: Page) -> None:
    with pytest.raises(NotVerifiedError, match=r"labels\.invoices_from"):
        show(page, "<button onclick='draw(`Plans`)'>Last 30 days</button>").of_time(date(2026, 5, 1), date(2026, 7, 31))
    assert numbers(Invoices(page, PROFILE)) == ["INV-3", "INV-2", "INV-1"]


def test_a_filter_by_date_that_takes_no_days_is_not_verified(page: Page) -> None:
    with pytest.raises(NotVerifiedError, match=r"labels\.invoices_from"):
        show(page, "<button>Date range</button>").of_time(date(2026, 5, 1), date(2026, 7, 31))
    with pytest.raises(ElementNotFoundError, match="From"):
        show(page, "").of_time(date(2026, 5, 1), date(2026, 7, 31))


SEGMENTS = """<script>
const field = (label, group) => {
  const box = document.body.insertBefore(document.createElement("div"), document.querySelector("table"));
  box.role = "group"; box.ariaLabel = group ? label : "Issued"; box.id = label;
  for (const [unit, length, most, shape] of [["month", 2, 12, "MM"], ["day", 2, 31, "DD"], ["year", 4, 9999, "YYYY"]]) {
    const one = box.appendChild(document.createElement("span"));
    let held = "";
    Object.assign(one, { role: "spinbutton", contentEditable: "true", tabIndex: 0, textContent: shape });
    one.ariaLabel = group ? unit : `${unit}, ${label}`;
    one.onfocus = () => { held = ""; };
    one.onkeydown = (event) => {
      if (event.key === "Enter") { one.ariaValueNow = 0; one.textContent = shape; }
      if (!/^\\d$/.test(event.key)) return;
      event.preventDefault();
      held = (held + event.key).slice(-length); one.textContent = held; one.ariaValueNow = +held;
      if (held.length === length) one.nextElementSibling?.focus();
      const all = [...document.querySelectorAll("[role=spinbutton]")].map((each) => each.ariaValueNow);
      if (all.every(Boolean)) { document.title = all.join(" "); draw("Plans"); }
    };
  }
};
</script>"""


@pytest.mark.parametrize(("group", "names"), [("true", ("Earliest", "Latest")), ("false", ("From", "To"))])
def test_days_are_typed_into_segments(page: Page, group: str, names: tuple[str, str]) -> None:
    page.set_content(f"<h2>Invoices</h2>{TABLE}{DRAW}{SEGMENTS}<h2>Help</h2>")
    page.evaluate(f"field('{names[0]}', {group}); field('{names[1]}', {group})")
    Invoices(page, PROFILE).of_time(date(2026, 5, 3), date(2026, 7, 31))
    assert page.title() == "5 3 2026 7 31 2026"
    Invoices(page, PROFILE).of_time(date(2026, 5, 3), date(2026, 7, 31))  # a list that stays as it is says so
    assert page.locator("[role=spinbutton]").last.inner_text() == "2026"


MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November")
CHOSEN = {
    "day": "".join(f"<option>{day}" for day in range(1, 32)),
    "month": "".join(f"<option value=m{at}>{name}" for at, name in enumerate((*MONTHS, "December"), start=1)),
    "year": "<option>2026<option>2025",
}
THREE_LISTS = "<fieldset><legend>{}</legend>" + "".join(
    f"<label>{unit.title()} <select><option value=''>--{options}</select></label> " for unit, options in CHOSEN.items()
)
THREE_TYPED = "<fieldset><legend>{}</legend>" + "".join(
    f"<label>{unit} <input size=4 inputmode=numeric></label>" for unit in ("Day", "Month", "Year")
)
NAMED_EACH = "".join(
    f"<select aria-label='{{}} {unit}'><option>{unit}{options}</select>" for unit, options in CHOSEN.items()
)
TWICE_NAMED = THREE_LISTS.replace("<label>Year <select>", "<label for=ty>Year</label><label><select id=ty>")
SENDS = """<form onsubmit="event.preventDefault(); draw('Plans'); document.title =
  [...this.querySelectorAll('select, input')].map((one) => one.value).join(' ')">{}<button>Search</button></form>"""


@pytest.mark.parametrize("field", [THREE_LISTS, THREE_TYPED, TWICE_NAMED, NAMED_EACH.replace("{}", "{0}")])
def test_days_are_chosen_from_a_list_for_each_part(page: Page, field: str) -> None:
    type_ = "<label for=ty>Type</label> <label><select id=ty><option value=''>All types<option>Credits</select></label>"
    invoices = show(page, SENDS.format(type_ + "</fieldset>".join(field.format(name) for name in ("From", "To"))))
    invoices.of_time(date(2026, 5, 3), date(2026, 7, 31))
    month = "{:02}" if field is THREE_TYPED else "m{}"
    day = "03" if field is THREE_TYPED else "3"
    assert page.title() == f"{day} {month.format(5)} 2026 31 {month.format(7)} 2026"


def test_a_year_that_a_list_does_not_have_is_not_verified(page: Page) -> None:
    invoices = show(page, SENDS.format("</fieldset>".join(THREE_LISTS.format(name) for name in ("From", "To"))))
    with pytest.raises(NotVerifiedError, match=r"labels\.invoices_from"):
        invoices.of_time(date(2024, 5, 3), date(2026, 7, 31))


PRESETS = {
    "a menu": """<button aria-haspopup=dialog aria-expanded=false onclick="this.ariaExpanded = 'true';
      over.hidden = false">Date: Any time</button>""",
    "a list that the page draws": """<button role=combobox aria-label=Date aria-expanded=false onclick="
      over.innerHTML = over.innerHTML.replaceAll('<button', '<i role=option tabindex=0').replaceAll('button>', 'i>');
      over.setAttribute('role', 'listbox'); this.ariaExpanded = 'true'; over.hidden = false">All time</button>""",
    "buttons": "<script>addEventListener('DOMContentLoaded', () => { over.hidden = false; "
    "document.querySelector('h2').after(over); })</script>",
    "a list": """<label>Date <select onchange="own.hidden = this.value !== 'Custom range'"><option>Any time
      <option>Last 7 days<option>Custom range</select></label>
      <script>addEventListener('DOMContentLoaded', () => document.querySelector("h2").after(own));</script>""",
}
PANEL = """<div id=over role=dialog aria-label="Date range" hidden><button>Any time</button><button>Last 7 days</button>
<button onclick="own.hidden = false">Custom range\u2026</button></div>
<div id=own hidden><label>From <input type=date id=first></label><label>To <input type=date id=last></label>
<button onclick="const shown = [...rows.rows].filter((one) => {
    const day = new Date(one.cells[1].textContent + ' UTC').toISOString().slice(0, 10);
    return day < first.value || day > last.value; }); shown.forEach((one) => one.remove()); over.hidden = true;
    own.hidden = true;">Apply</button></div>"""


@pytest.mark.parametrize("name", PRESETS)
def test_days_of_one_s_own_are_chosen_beside_those_that_are_offered(page: Page, name: str) -> None:
    invoices = show(page, PRESETS[name])
    page.evaluate(f"document.body.insertAdjacentHTML('beforeend', `{PANEL}`)")
    page.evaluate("document.dispatchEvent(new Event('DOMContentLoaded', { bubbles: true }))")
    invoices.of_time(date(2026, 11, 2), date(2026, 11, 2))
    assert numbers(invoices) == ["INV-2"]


RANGE = """<input readonly placeholder="Date range" onclick="over.hidden = false"><div id=over hidden>
<label>From <input id=first placeholder=YYYY-MM-DD></label> <label>To <input id=last placeholder=YYYY-MM-DD></label>
<button onclick="[...rows.rows].filter((one) => {
    const day = new Date(one.cells[1].textContent + ' UTC').toISOString().slice(0, 10);
    return day < first.value || day > last.value; }).forEach((one) => one.remove()); over.hidden = true">Apply</button>
</div>"""
"""A field that nothing can be typed into, whose press brings those that take the days, until they are applied."""


def test_days_are_typed_into_what_a_field_for_the_range_brings(page: Page) -> None:
    invoices = show(page, RANGE)
    invoices.of_time(date(2026, 11, 2), date(2026, 11, 2))
    assert numbers(invoices) == ["INV-2"]


FILTER = """<button aria-haspopup=dialog onclick="panel.hidden = !panel.hidden">Filter</button>
<div id=panel hidden role=dialog aria-label=Filter>
<label>From <input type=date></label><label>To <input type=date></label>
<button onclick="panel.hidden = true; {}">Apply</button></div>"""


@pytest.mark.parametrize(
    ("forgets", "is_taken"), [("", True), ("panel.querySelectorAll('input').forEach((one) => one.value = '')", False)]
)
def test_days_that_leave_all_listed_are_looked_for_in_the_panel_that_has_closed(
    page: Page, forgets: str, *, is_taken: bool
) -> None:
    invoices = show(page, FILTER.format(forgets))
    with nullcontext() if is_taken else pytest.raises(NotVerifiedError, match="lost the days"):
        invoices.of_time(date(2026, 11, 1), date(2026, 11, 3))
    assert not is_taken or numbers(invoices) == ["INV-3", "INV-2", "INV-1"]


def test_what_opened_the_days_may_say_which_are_chosen(page: Page) -> None:
    says = "document.querySelector(`button`).textContent = `2026-11-01 to 2026-11-03`; panel.innerHTML = ``"
    invoices = show(page, FILTER.format(says).replace("Filter</button>", "Date range</button>"))
    invoices.of_time(date(2026, 11, 1), date(2026, 11, 3))
    assert numbers(invoices) == ["INV-3", "INV-2", "INV-1"]


ECHOES = "<input onchange=\"if (this.value) this.value = 'SHOWN'\">"


@pytest.mark.parametrize(
    ("shown", "is_guessed"), [("Oct 2, 2026", False), ("10/02/2026", True), ("Oct 12, 2026", True)]
)
def test_a_field_that_tells_the_day_in_words_has_taken_it(page: Page, shown: str, *, is_guessed: bool) -> None:
    page.set_content(ECHOES.replace("SHOWN", shown))
    field = WholeDate(page.locator("input"), "en-US")
    assert field.enter(date(2026, 10, 2))
    assert field.is_guessed is is_guessed


@pytest.mark.parametrize(
    ("before", "behind", "pressed"),
    [
        ("<button name=upgrade>Upgrade plan</button>", "", ""),
        ("", "<button name=look>Look</button>", "look"),
        ("<button type=button>Add</button>", "<input type=submit name=look>", "look"),
    ],
)
def test_enter_in_a_field_presses_no_button_that_stands_before_it(
    page: Page, before: str, behind: str, pressed: str
) -> None:
    page.set_content(f"<form>{before}<input id=day>{behind}</form>")
    page.evaluate(
        "() => { document.title = ''; document.forms[0].onsubmit = (event) => { event.preventDefault();"
        " document.title = event.submitter.name; } }"
    )
    WholeDate(page.locator("#day"), "en-US").send()
    assert page.title() == pressed
