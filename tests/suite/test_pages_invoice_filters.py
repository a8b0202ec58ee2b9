"""Filters of invoices as sites draw them, pressed in a browser: which is found, and whether it was applied."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from typing import TYPE_CHECKING

import pytest

from steps.pages.base_page import ElementNotFoundError
from steps.pages.invoices import Invoices
from steps.targets.labels import Labels
from steps.targets.profile import Limits, Profile
from steps.verdicts.verdict import NotVerifiedError
from tests.suite.support.filtered_list import numbers, show

if TYPE_CHECKING:
    from playwright.sync_api import Page

LIST = """<script>const unfold = (box, done) => { const list = document.body.appendChild(document.createElement("div"));
  list.role = "listbox"; for (const words of ["All", "Credits", "Plans"]) {
    const one = list.appendChild(document.createElement("div")); one.role = "option"; one.textContent = words;
    one.onclick = () => { list.remove(); done(words); }; } };</script>"""
CLEAR = (
    """<div id=box style="position:relative;width:140px;padding:5px;border:1px solid" onmousedown="unfold(this,
  (words) => { shown.textContent = words; draw(words); })"><input role=combobox aria-label=Type readonly
  style="opacity:0;[STYLE]"><span id=shown>All types</span></div>"""
    + LIST
)
CLEAR_SELECT = """<div style="position:relative;width:140px">All types<select aria-label=Type
  style="opacity:0;position:absolute;inset:0" onchange="draw(this.value)">
  <option>All<option>Credits<option>Plans</select></div>"""
CHIPS = """<div {}>{}</div><script>for (const chip of document.querySelectorAll(".chip")) chip.onclick = () => {{
  for (const one of document.querySelectorAll(".chip")) one.setAttribute("aria-pressed", one === chip);
  draw(chip.textContent); }};</script>"""
THREE = "".join("<{0} class=chip {1}>" + words + "</{0}> " for words in ("All", "Credits", "Plans"))
RADIOS = """<fieldset><legend>Type</legend>{}</fieldset>""".format(
    "".join(
        f"<label><input type=radio name=t onclick=\"draw('{words}')\">{words}</label>"
        for words in ("All", "Credits", "Plans")
    )
)
BOXES = """<fieldset><legend>Type</legend><label><input type=checkbox checked onclick=now()>Credits</label>
<label><input type=checkbox checked onclick=now()>Plans</label></fieldset><script>const now = () => {
  const on = [...document.querySelectorAll(":checked")].map((one) => one.labels[0].textContent);
  draw(on.length === 1 ? on[0] : ""); };</script>"""
FORM = """<form onsubmit="event.preventDefault(); draw(kind.value)"><label>Type
<select id=kind><option>All<option>Credits
<option>Plans</select></label> <button>{}</button></form>"""
PANEL = """<button onclick="panel.hidden = false">Filters</button><div id=panel hidden>
<label>Type <select id=kind><option>All<option>Credits<option>Plans</select></label>
<button onclick="draw(kind.value); panel.hidden = true">Apply</button></div>"""
FILTERS = {
    "transparent list over its box": CLEAR.replace("[STYLE]", "position:absolute;inset:0;width:100%;height:100%"),
    "transparent list under its box": CLEAR.replace("[STYLE]", "position:absolute;pointer-events:none;width:1px"),
    "transparent native list": CLEAR_SELECT,
    "pressable boxes": CHIPS.format("role=group aria-label=Type", THREE.format("div", "tabindex=0")),
    "buttons beside a label": "<span>Type:</span>" + CHIPS.format("style=display:inline", THREE.format("button", "")),
    "links of which one is for all": CHIPS.format("", THREE.format("a", "href=#")),
    "tabs": CHIPS.format("role=tablist", THREE.format("button", "role=tab")),
    "radios": RADIOS,
    "several at once": BOXES,
    "a form with a button": FORM.format("Filter"),
    "a form with a button in other words": FORM.format("Los"),
    "a form in a table": FORM.format("Filter")
    .replace("<label>Type", "<table><tr><td>Type<td>")
    .replace("<select id=kind>", "<select id=kind aria-label=Type>")
    .replace("</label>", "<td>")
    .replace("</form>", "</table></form>"),
    "a panel to open": PANEL,
    "a list in a panel": LIST
    + """<button aria-haspopup=dialog aria-label=Filter onclick="panel.hidden = false">Y</button><div id=panel hidden>
<button id=box role=combobox aria-haspopup=listbox aria-label=Type
  onclick="unfold(this, (words) => { this.textContent = words; })">All types</button>
<button onclick="panel.hidden = true; draw(box.textContent.replace('All types', ''))">Apply</button></div>""",
    "a sign in the heading": """<style>th span { cursor: pointer }</style><script>
  const funnel = () => { document.body.insertAdjacentHTML("beforeend", `<div id=over><label><input type=checkbox
    name=t> Credits</label><label><input type=checkbox name=t> Plans</label><button>Confirm</button>
    <button>Reset</button></div>`);
    const boxes = [...over.querySelectorAll("input")], on = window.on ?? [];
    boxes.forEach((one, at) => { one.checked = on[at]; });
    const [confirm, reset] = over.querySelectorAll("button");
    over.onchange = () => { confirm.disabled = !boxes.some((one) => one.checked); };
    reset.onclick = () => { window.on = []; over.remove(); draw(""); };
    confirm.onclick = () => { window.on = boxes.map((one) => one.checked); over.remove();
      draw(window.on[0] === window.on[1] ? "" : window.on[0] ? "Credits" : "Plans"); }; };
  const item = () => { const cell = [...document.querySelectorAll("th")].find((one) => one.textContent === "Item");
    cell.innerHTML = "Type<span onclick=funnel()><svg width=9 height=9></svg></span>"; };
  addEventListener("DOMContentLoaded", item);</script>""",
    "a field that takes no text": LIST
    + """<label>Type <input readonly value="All" onclick="unfold(this, (words) => {
  this.value = words; draw(words); })"></label>""",
    "a list of rows without roles": LIST.replace('list.role = "listbox";', "").replace('one.role = "option";', "")
    + """<style>div > div { cursor: pointer }</style><span>Type</span> <input readonly placeholder="All types"
  onclick="unfold(this, (words) => { this.value = words; draw(words); })">""",
    "a box without a role": LIST
    + """<div style="cursor:pointer" onclick="unfold(this, (words) => {
  this.textContent = 'Type: ' + words; draw(words); })">Type: All</div>""",
}


@pytest.mark.parametrize("name", FILTERS)
def test_each_kind_of_filter_is_worked(page: Page, name: str) -> None:
    invoices = show(page, FILTERS[name])
    invoices.of_type("credits")
    assert numbers(invoices) == ["INV-3", "INV-2"]
    invoices.of_type("plans")
    assert numbers(invoices) == ["INV-1"]


UNDONE = (
    "a sign in the heading",
    "a list of rows without roles",
    "transparent native list",
    "tabs",
    "several at once",
    "a panel to open",
    "a box without a role",
)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in UNDONE else [pytest.mark.nightly]) for name in FILTERS]
)
def test_what_was_chosen_is_taken_back_where_something_stands_for_all(page: Page, name: str) -> None:
    invoices = show(page, FILTERS[name])
    invoices.of_type("credits")
    assert invoices.of_all_types("credits")
    assert numbers(invoices) == ["INV-3", "INV-2", "INV-1"]


def test_a_choice_for_all_that_changes_nothing_leaves_the_list_as_it_is(page: Page) -> None:
    invoices = show(page, FORM.format("Filter").replace("draw(kind.value)", "kind.value != 'All' && draw(kind.value)"))
    invoices.of_type("plans")
    assert invoices.of_all_types("plans")
    assert numbers(invoices) == ["INV-1"]


def test_a_filter_that_ignores_what_was_chosen_leaves_the_list_as_it_is(page: Page) -> None:
    invoices = show(page, FORM.format("Filter").replace("draw(kind.value)", ""))
    invoices.of_type("plans")
    assert numbers(invoices) == ["INV-3", "INV-2", "INV-1"]


def test_what_may_not_have_been_applied_is_not_verified(page: Page) -> None:
    form = (
        FORM.replace("<form onsubmit=", "<div x=")
        .replace("</form>", "</div>")
        .replace("<button>", "<button onclick='draw(kind.value)'>")
    )
    with pytest.raises(NotVerifiedError, match=r"labels\.apply_filter"):
        show(page, form.format("Los")).of_type("plans")
    invoices = Invoices(page, Profile(limits=Limits(page=2), labels=Labels(apply_filter="Los")))
    invoices.of_type("plans")
    assert numbers(invoices) == ["INV-1"]


def test_chips_that_do_not_say_which_is_chosen_and_change_nothing_are_not_verified(page: Page) -> None:
    chips = CHIPS.format("role=group aria-label=Type", THREE.format("div", "tabindex=0")).split("<script>")[0]
    with pytest.raises(NotVerifiedError, match=r"labels\.invoice_type"):
        show(page, chips).of_type("credits")


@pytest.mark.parametrize("is_marked", [True, False])
def test_a_chip_that_a_class_alone_marks_as_chosen_is_chosen(page: Page, *, is_marked: bool) -> None:
    marks = "for (const one of here.children) one.className = one === event.target ? 'on' : ''" if is_marked else ""
    chips = "".join(f"<button class='{mark}' onclick=\"{marks}\">{name}</button>" for name, mark in
                    (("All", "on"), ("Credits", ""), ("Plans", "")))  # fmt: skip
    invoices = show(page, f"<div id=here role=group aria-label=Type>{chips}</div>")
    page.evaluate("draw('Credits')")  # then the filter has nothing to change
    with nullcontext() if is_marked else pytest.raises(NotVerifiedError, match=r"labels\.invoice_type"):
        invoices.of_type("credits")


@pytest.mark.parametrize("controls", ["", "<button>Add credits</button><button>Upgrade plan</button>"])
def test_a_page_without_any_filter_breaks_the_promise(page: Page, controls: str) -> None:
    with pytest.raises(ElementNotFoundError, match="Type"):
        show(page, controls).of_type("credits")


STAYS = """<button id=opens aria-haspopup=menu aria-expanded=false>Type</button><div id=menu role=menu hidden
style="position:absolute;right:0;top:0">{}</div><script>opens.onclick = () => {{ menu.hidden = !menu.hidden;
  opens.setAttribute("aria-expanded", !menu.hidden); }};
const on = new Set(); for (const one of menu.children) one.onclick = () => {{ const said = one.innerText;
  on.has(said) ? on.delete(said) : on.add(said); one.setAttribute("aria-checked", on.has(said));
  opens.innerText = on.size ? `Type (${{on.size}})` : "Type";
  draw(on.size === 1 ? [...on][0] : FORGETS); }};</script>"""
ITEM = "<div role=menuitemcheckbox aria-checked=false tabindex=-1>{}</div>"


def test_a_ticked_choice_of_a_menu_is_chosen_though_the_list_stays_as_it_is(page: Page) -> None:
    """The button says how many are chosen, and all that is listed is of that kind already."""
    stays = STAYS.format(ITEM.format("Credits") + ITEM.format("Plans")).replace("FORGETS", '""')
    invoices = show(page, stays)
    page.evaluate("all.splice(2); draw('')")
    invoices.of_type("credits")
    assert numbers(invoices) == ["INV-3", "INV-2"]


@pytest.mark.parametrize(("forgets", "left"), [('""', 3), ('"Credits"', 2)])
def test_a_menu_that_stays_open_is_opened_anew_to_take_a_choice_back(page: Page, forgets: str, left: int) -> None:
    invoices = show(page, STAYS.format(ITEM.format("Credits") + ITEM.format("Plans")).replace("FORGETS", forgets))
    invoices.of_type("credits")
    assert numbers(invoices) == ["INV-3", "INV-2"]
    assert invoices.of_all_types("credits")
    assert len(numbers(invoices)) == left


@pytest.mark.parametrize("none", ["", "None"])
def test_a_box_that_was_ticked_is_taken_back_for_all_kinds(page: Page, none: str) -> None:
    boxes = BOXES.replace(" checked", "" if not none else " checked")
    boxes = boxes.replace(
        'draw(on.length === 1 ? on[0] : "")', f'draw(on.length === 1 ? on[0] : on.length ? "" : "{none}")'
    )
    invoices = show(page, boxes)
    invoices.of_type("credits")
    assert invoices.of_all_types("credits")
    assert numbers(invoices) == ["INV-3", "INV-2", "INV-1"]


TO_CLEAR = """<div><label>From <input type=date></label> <span><input id=box role=combobox aria-label=Type
  onclick="unfold(this, (words) => { this.value = words; own.hidden = false; draw(words); })"><button id=own hidden
  aria-label=Clear onclick="box.value = ''; this.hidden = true; [CLEARS]">x</button></span></div>"""


@pytest.mark.parametrize(("clears", "left"), [("draw('')", 3), ("", 2)])
def test_a_field_without_a_choice_for_all_is_cleared_by_its_own_sign(page: Page, clears: str, left: int) -> None:
    invoices = show(page, LIST.replace('"All", ', "") + TO_CLEAR.replace("[CLEARS]", clears))
    invoices.of_type("credits")
    assert invoices.of_all_types("credits")
    assert len(numbers(invoices)) == left


def test_a_field_with_nothing_that_clears_it_claims_nothing(page: Page) -> None:
    field = TO_CLEAR.replace("own.hidden = false;", "").replace("[CLEARS]", "")
    invoices = show(page, LIST.replace('"All", ', "") + field)
    invoices.of_type("credits")
    assert not invoices.of_all_types("credits")


PROPERTIES = """<div><input id=box role=combobox aria-expanded=false
  aria-label="Find payments" onclick="offer(['Number', 'Date', 'Type'])"></div><ul id=list role=listbox></ul><script>
const offer = (words) => { box.ariaExpanded = words.length > 0; list.innerHTML = words.map((one) =>
  `<li role=option>${one}</li>`).join("");
  for (const one of list.children) one.onclick = () => chosen(one.innerText); };
const chosen = (said) => said === "Type" ? offer(["Type =", "Type !="]) : said === "Type ="
  ? offer(["Type = Credits", "Type = Plans"]) : (offer([]), draw(said.split("= ")[1])); </script>"""


def test_a_filter_by_properties_is_worked_step_by_step(page: Page) -> None:
    invoices = show(page, PROPERTIES)
    invoices.of_type("credits")
    assert numbers(invoices) == ["INV-3", "INV-2"]
    assert not invoices.of_all_types("credits")


def test_a_box_that_shows_a_column_is_no_property(page: Page) -> None:
    columns = PROPERTIES.replace("role=option", "role=menuitemcheckbox aria-checked=true")
    with pytest.raises(NotVerifiedError):
        show(page, columns).of_type("credits")
    assert page.get_by_text("Type =").count() == 0


def test_a_filter_by_properties_may_know_days(page: Page) -> None:
    with pytest.raises(NotVerifiedError, match="“Date”"):
        show(page, PROPERTIES).of_time(date(2026, 5, 1), date(2026, 7, 31))
