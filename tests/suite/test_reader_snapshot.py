"""What the one look at a page takes for seen, for pressable and for in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.credits.credits import read_credits
from steps.readers.page.capture import capture, selectors_of
from steps.readers.page.fact import Fact
from steps.readers.page.lines import Layout
from steps.readers.page.snapshot import decode, encode
from steps.targets.labels import Label, Labels
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from steps.readers.page.snapshot import Element, Snapshot


def look(page: Page, html: str) -> Snapshot:
    page.set_content(html)
    return capture(page)


def said(snapshot: Snapshot) -> list[str]:
    return [text.text for text in snapshot.texts]


def named(snapshot: Snapshot, name: str) -> Element:
    return next(one for one in snapshot.elements if name in {one.name, one.id})


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "visibility:hidden",
        "opacity:0",
        "position:absolute;left:-9999px",
        "position:absolute;top:-500px",
        "position:absolute;width:1px;height:1px;overflow:hidden",
        "position:absolute;clip:rect(0 0 0 0)",
        "clip-path:inset(50%)",
        "max-height:0;overflow:hidden",
        "font-size:0",
        "color:transparent",
        "text-indent:-9999px;overflow:hidden",
        "transform:scale(0)",
        "position:fixed;left:100%;width:300px",
        "content-visibility:hidden",
    ],
)
def test_what_nobody_sees_is_not_there(page: Page, style: str) -> None:
    snapshot = look(page, f"<p>Seen</p><div style='{style}'><p>Hidden</p></div>")
    assert said(snapshot) == ["Seen"]


CUT_OFF = """<div style='height:90px;overflow:hidden'><div style='height:90px;overflow:auto'>
<div style='height:200px'></div>{}</div></div>"""
"""A box that cuts off what one inside of it scrolls, for the sake of its corners."""


@pytest.mark.parametrize(
    "html",
    [
        "<p aria-hidden=true>Seen</p>",
        "<div style='position:fixed;bottom:0'>Seen</div>",
        "<div style='margin-top:5000px'>Seen</div>",
        "<div style='height:0'><p>Seen</p></div>",
        "<div style='visibility:hidden'><p style='visibility:visible'>Seen</p></div>",
        "<details open><summary>Seen</summary></details>",
        "<div style='height:40px;overflow:auto'><div style='height:200px'></div><p>Seen</p></div>",
        CUT_OFF.format("<div style='height:50px;overflow:auto'><p style='margin-top:99px'>Seen</p></div>"),
        "<p style='background:linear-gradient(red,blue);background-clip:text;color:transparent'>Seen</p>",
        "<div style='display:contents'>Seen</div>",
        "<p style='background:#111;color:rgb(0,0,0)'>Seen</p>",
    ],
)
def test_what_a_person_can_get_to_see_is_there(page: Page, html: str) -> None:
    assert said(look(page, html)) == ["Seen"]


def test_what_has_been_scrolled_past_in_a_box_is_there(page: Page) -> None:
    page.set_content(
        "<div id=box style='height:100px;overflow:auto'><p>First</p><p style='margin-top:2000px'>Last</p></div>"
    )
    page.evaluate("box.scrollTop = 2000")
    assert said(capture(page)) == ["First", "Last"]


@pytest.mark.parametrize(("label", "shows"), [("Text", True), ("", False)])
def test_an_empty_field_that_its_label_alone_shows_is_there(page: Page, label: str, *, shows: bool) -> None:
    html = f"<div style='position: relative'><label for=f style='position: absolute'>{label}</label>"
    found = look(page, f"{html}<textarea id=f style='opacity: 0'></textarea></div>")
    assert any(one.role == "textbox" for one in found.elements) is shows


@pytest.mark.parametrize("tag", ["input role=combobox", "select"])
def test_a_transparent_list_over_a_box_that_shows_is_there(page: Page, tag: str) -> None:
    html = f"<div>All<{tag} aria-label=Type style='opacity:0'></div>"
    assert "unseen" in named(look(page, html), "Type").states
    hidden = look(page, html.replace("opacity:0", "display:none"))
    assert not [one for one in hidden.elements if one.name == "Type"]


def test_what_scrolls_where_it_is_cut_off_is_not_there(page: Page) -> None:
    away = "<div style='margin-left:300px;height:40px;overflow:auto'><p>Away</p></div>"
    hidden = f"<div style='width:200px;overflow:hidden'><div style='width:700px'>{away}</div></div>"
    assert said(look(page, hidden)) == []


def test_closed_details_and_slides_that_are_cut_off_are_not_there(page: Page) -> None:
    slides = "<div style='width:100px;overflow:hidden'><div style='display:flex;width:300px'>{}</div></div>"
    inside = "".join(f"<b style='flex:0 0 100px'>{n}</b>" for n in ("one", "two", "three"))
    assert said(look(page, "<details><summary>More</summary>less</details>" + slides.format(inside))) == ["More", "one"]


def test_shadow_trees_and_slots_read_in_the_order_in_which_they_show(page: Page) -> None:
    tree = "<template shadowrootmode=open><i>before</i> <slot></slot> <i>after</i></template>"
    page.goto("about:blank")
    page.evaluate("html => document.body.setHTMLUnsafe(html)", f"<my-card>{tree}<b>slotted</b></my-card>")
    assert said(capture(page)) == ["before", "slotted", "after"]


def test_pieces_of_a_line_know_what_stands_before_them(page: Page) -> None:
    glued, apart, broken = look(page, "<p><b>10,000</b>credits<br>left</p><p>Add-on <s>1</s></p>").texts[:3]
    assert (glued.text, apart.space_before, broken.broken) == ("10,000", False, True)
    assert glued.block == apart.block == broken.block
    snapshot = look(page, "<p>Add-on <s>1</s></p>")
    assert [(text.space_before, text.struck) for text in snapshot.texts] == [(False, False), (True, True)]


def test_what_a_style_sheet_writes_is_text(page: Page) -> None:
    css = "<style>b::before{content:'Used '}b::after{content:' ' attr(data-unit)}</style>"
    snapshot = look(page, css + "<b data-unit=credits>12</b>")
    assert [(text.text, text.generated) for text in snapshot.texts] == [
        ("Used", True),
        ("12", False),
        ("credits", True),
    ]


@pytest.mark.parametrize(
    ("html", "role", "name"),
    [
        ("<button aria-label='Close it'>x</button>", "button", "Close it"),
        ("<i id=a>Type</i><i id=b>All</i><div role=combobox aria-labelledby='a b'>v</div>", "combobox", "Type All"),
        ("<label>Company <input></label>", "textbox", "Company"),
        ("<label for=e>E-mail</label><input id=e type=email>", "textbox", "E-mail"),
        ("<input placeholder='PO number'>", "textbox", "PO number"),
        ("<a href='#'><img alt='Home'></a>", "link", "Home"),
        ("<input type=submit value='Pay now'>", "button", "Pay now"),
        ("<section aria-label='Plan'>x</section>", "region", "Plan"),
        ("<h2>Current <b>Plan</b></h2>", "heading", "Current Plan"),
        ("<button><span aria-hidden=true>★</span> Buy</button>", "button", "Buy"),
        ("<fieldset><legend>Card</legend>x</fieldset>", "group", "Card"),
    ],
)
def test_roles_and_names_are_those_of_the_standards(page: Page, html: str, role: str, name: str) -> None:
    assert (role, name) in {(one.role, one.name) for one in look(page, html).elements}


def test_no_typed_value_leaves_the_page(page: Page) -> None:
    page.set_content(
        "<input id=a><input type=password value=geheim><textarea>secret</textarea><div contenteditable></div>"
    )
    page.locator("#a").fill("4242 4242")
    saved = encode(capture(page)).decode()
    assert not any(word in saved for word in ("4242", "geheim", "secret"))


def test_states_are_read(page: Page) -> None:
    html = """<fieldset disabled><button>Off</button></fieldset>
    <button aria-expanded=false aria-haspopup=true>Open</button>
    <input type=checkbox checked aria-label=Tick><p aria-live=polite id=live>Saved</p>
    <div inert><button>Inert</button></div>
    <label><input type=radio name=r style='opacity:0;position:absolute' id=drawn> 2,000 credits</label>
    <div id=press style='cursor:pointer'>Card</div>"""
    snapshot = look(page, html)
    assert "disabled" in named(snapshot, "Off").states
    assert {"collapsed", "popup"} <= set(named(snapshot, "Open").states)
    assert "checked" in named(snapshot, "Tick").states
    assert "live" in named(snapshot, "live").states
    assert "inert" in named(snapshot, "Inert").states
    assert {"unchecked", "unseen"} <= set(named(snapshot, "drawn").states)
    assert "pressable" in named(snapshot, "press").states


@pytest.mark.parametrize(
    ("attributes", "is_pressable"),
    [
        ("tabindex=0", True),
        ("tabindex=0 style='height:20px;overflow:auto'", False),
        ("tabindex=0 role=region aria-label=Billing", False),
        ("tabindex=0 style='height:20px;overflow:auto;cursor:pointer'", True),
    ],
)
def test_what_takes_the_focus_to_be_scrolled_is_not_pressed(page: Page, attributes: str, *, is_pressable: bool) -> None:
    snapshot = look(page, f"<div id=box {attributes}><p>Pro</p><p>4,000 credits</p></div>")
    assert ("pressable" in named(snapshot, "box").states) == is_pressable


def test_what_is_covered_says_by_what(page: Page) -> None:
    style = "position:fixed;inset:0 0 auto 0;height:60px;background:#fff"
    cover = f"<div role=dialog aria-label='Cookies' style='{style}'></div>"
    snapshot = look(
        page, f"<button>Add credits</button>{cover}<button style='margin-top:3000px;display:block'>Far</button>"
    )
    covered = named(snapshot, "Add credits")
    assert "covered" in covered.states
    assert covered.covered_by == "dialog “Cookies”"
    assert named(snapshot, "Far").states == ("offscreen",)


def test_an_own_icon_covers_no_button(page: Page) -> None:
    html = "<button style='position:relative'>Pay<i style='position:absolute;inset:0'></i></button>"
    assert named(look(page, html), "Pay").states == ()


DRAWN = "<div style='height:8px;width:400px;background:{}'>{}</div>"
PART = "<i style='display:block;height:8px;width:12.5%;background:navy'></i>"
CELLS = (
    "<table width=400 height=12 cellspacing=0 cellpadding=0><tr><td bgcolor=green width=40></td>"
    "<td bgcolor=navy width=200></td><td bgcolor={} width=160></td></tr></table>"
)
NAMED = "<div role=progressbar aria-valuenow=25 aria-valuemin=0 aria-valuemax=100 style='height:8px'></div>"


@pytest.mark.parametrize(
    ("html", "value", "fill"),
    [
        ("<progress value=2500 max=14000></progress>", "2500//14000", None),
        (NAMED, "25/0/100", None),
        (DRAWN.format("#eee", PART), "", 0.125),
        (CELLS.format("#ccc"), "", 0.6),
        (CELLS.format("gold"), "", 1.0),
        (DRAWN.format("linear-gradient(to right, navy 40%, #eee 40%)", ""), "", 0.4),
    ],
)
def test_bars_say_how_full_they_are(page: Page, html: str, value: str, fill: float | None) -> None:
    found = [one for one in look(page, html).elements if one.value or one.fill >= 0]
    assert [one.value for one in found] == [value]
    assert fill is None or found[0].fill == pytest.approx(fill, abs=0.005)


def test_what_a_selector_of_the_profile_matches_is_marked(page: Page) -> None:
    profile = Profile(base_url="http://site.example", labels=Labels(add_on_credits=Label(selector="[data-x=bought]")))
    page.set_content("<p data-x=bought>4,000</p><p>1</p>")
    marked = [one for one in capture(page, selectors_of(profile)).elements if one.states]
    assert [one.states for one in marked] == [("label:add_on_credits",)]


def test_a_frame_is_looked_at_by_itself(page: Page) -> None:
    page.set_content(
        "<p>Outside</p><iframe title='Card' srcdoc='<label>CVC <input autocomplete=cc-csc></label>'></iframe>"
    )
    frame = page.frames[1]
    frame.wait_for_selector("input")
    assert named(capture(frame), "CVC").kind == "text cc-csc"
    assert said(capture(page)) == ["Outside"]


def test_a_snapshot_comes_back_from_its_file(page: Page) -> None:
    snapshot = look(page, "<h2>Current Plan</h2><progress value=1 max=4></progress>")
    assert decode(encode(snapshot)) == snapshot


def test_a_saved_snapshot_is_read_as_the_page_was(page: Page, tmp_path: Path) -> None:
    snapshot = look(page, "<h2>Current Plan</h2><p>Pro</p><dl><dt>Monthly credits<dd>9,500<dt>Add-on credits<dd>0</dl>")
    saved = tmp_path / "snapshot.json"
    saved.write_bytes(encode(snapshot))
    again = read_credits(decode(saved.read_bytes()), Profile(base_url="https://site.example"))
    assert again == read_credits(snapshot, Profile(base_url="https://site.example"))
    assert isinstance(again.monthly, Fact)


def test_a_badge_is_one_in_a_shadow_tree_too(page: Page) -> None:
    page.set_content("<h3><b>Studio</b> <x-badge>Current</x-badge></h3>")
    page.evaluate("""() => { const root = document.querySelector("x-badge").attachShadow({ mode: "open" });
      root.innerHTML = `<style>i { padding: 0 8px; background: #ddd }</style><i class=badge><slot></slot></i>`; }""")
    badges = [one.tag for one in capture(page).elements if "badge" in one.states]
    assert badges == ["i"]
    assert [line.text for line in Layout(capture(page)).lines] == ["Studio", "Current"]
