"""Acting on a page: with a mouse past what lies over it, and by keyboard alone where Tab and the arrows lead."""

from __future__ import annotations

import re
import time
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest

from steps.pages.base_page import BasePage
from steps.pages.input_device import MOUSE, KeyboardInput, MouseInput, OutOfReachError, UnpressableError
from steps.targets.profile import Profile
from tests.support.serving import Quiet, serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

NOTE = 'onclick="document.title = this.id || this.textContent"'
BEFORE = "<a href='#a'>Home</a><button>Help</button>"
AFTER = "<button>Close</button>"

ROVING = f"""<div role=radiogroup onkeydown="if (event.key === 'ArrowDown') it.focus()"><p role=radio tabindex=0>A</p>
<p id=it role=radio tabindex=-1 onkeydown="if (event.key === ' ') this.click()" {NOTE}>B</p></div>"""


def show(page: Page, body: str) -> None:
    page.set_content(f"<title>nothing</title>{BEFORE}{body}{AFTER}")


ACTIVE = """<div id=box tabindex=0 {0}>Packages</div><ul id=list role=listbox {1}><li id=a role=option>2,000<li id=it
role=option>4,000<li id=c role=option>6,000</ul><script>
const keys = document.querySelector("[tabindex]"), items = [...document.querySelectorAll("li")];
let at = -1;
keys.onkeydown = ({{ key }}) => {{
  if (key === "ArrowDown") keys.setAttribute("aria-activedescendant", items[at = Math.min(at + 1, 2)].id);
  if (key === "Enter" && at >= 0) document.title = items[at].textContent.trim();
}};</script>"""


@pytest.mark.parametrize(
    "html",
    [
        ACTIVE.format("role=combobox aria-haspopup=listbox aria-expanded=true aria-controls=list", ""),
        ACTIVE.format("", "tabindex=0").replace("<div id=box tabindex=0 >Packages</div>", ""),
    ],
    ids=["combobox", "listbox"],
)
def test_keys_lead_to_the_active_item_of_a_list_that_keeps_the_focus(page: Page, html: str) -> None:
    page.set_content(html)
    KeyboardInput().press(page.locator("#it"))
    assert page.title() == "4,000"


@pytest.mark.parametrize(
    "body",
    [
        f"<button id=it {NOTE}>Buy</button>",
        f"<a id=it href='#it' {NOTE}>Buy</a>",
        "<label id=it for=box>Buy</label><input id=box type=checkbox onclick=\"document.title = 'it'\">",
        f"<label {NOTE} id=it>Buy <input type=checkbox></label>",
        f"<label id=it role=button tabindex=0 onkeydown='this.click()' {NOTE}>Buy <input type=radio hidden></label>",
        f"<div id=it><button {NOTE}>it</button></div>",
        f"<button {NOTE} aria-label=Buy><span id=it>it</span></button>",
        f"<input type=radio name=n><input type=radio name=n><input id=it type=radio name=n {NOTE}>",
        ROVING,
    ],
    ids=[
        "button",
        "link",
        "label beside",
        "label",
        "label as a button",
        "around",
        "within",
        "radio buttons",
        "roving focus",
    ],
)
def test_a_press_reaches_what_keys_reach(page: Page, body: str) -> None:
    show(page, body)
    KeyboardInput().press(page.locator("#it"))
    assert page.title() == "it"


def test_a_press_reaches_into_shadow_trees(page: Page) -> None:
    show(page, "<div id=host></div>")
    shadow = f"host.attachShadow({{ mode: 'open' }}).innerHTML = `<button id=it {NOTE}>Buy</button>`"
    page.evaluate(f"() => {{ {shadow}; }}")
    KeyboardInput().press(page.locator("#it"))
    assert page.title() == "it"


def test_what_a_button_of_another_tree_takes_in_is_pressed_with_it(page: Page) -> None:
    show(page, "<x-button><i style='display:inline-block;width:30px'>A</i></x-button>")
    within = f"<button id=it {NOTE}><span style='pointer-events:none'><slot></slot></span> Ada</button>"
    page.evaluate(
        "(within) => { document.querySelector('x-button').attachShadow({ mode: 'open' }).innerHTML = within }", within
    )
    MOUSE.press(page.locator("i"))
    assert page.title() == "it"


@pytest.mark.parametrize("frame", [False, True])
def test_a_field_is_filled_anew(page: Page, frame: bool) -> None:  # noqa: FBT001 - a parameter
    field = "<input id=it value=old>"
    show(page, f'<iframe srcdoc="{field}"></iframe>' if frame else field)
    place = page.frame_locator("iframe").locator("#it") if frame else page.locator("#it")
    KeyboardInput().fill(place, "12 / 34")
    assert place.input_value() == "12 / 34"


def test_a_list_takes_the_letters_of_an_option(page: Page) -> None:
    show(page, "<select id=it><option>Germany<option>United Kingdom<option>United States</select>")
    KeyboardInput().select(page.locator("#it"), 2)
    assert page.locator("#it").input_value() == "United States"


@pytest.mark.parametrize("body", ["<div id=it onclick='0'>Buy now</div>", "<button id=it tabindex=-1>Buy now</button>"])
def test_what_tab_does_not_lead_to_is_told_with_what_it_leads_to(page: Page, body: str) -> None:
    show(page, body)
    page.evaluate("onkeydown = () => { document.title = 1 + (+document.title || 0); }")
    with pytest.raises(OutOfReachError) as caught:
        KeyboardInput().press(page.locator("#it"))
    assert caught.value.expected == "“Buy now” can be reached by keyboard"
    assert caught.value.seen == "Tab leads to elsewhere, “Home”, “Help”, “Close”, and not there"
    assert int(page.title()) < 10, "once round the page is enough"


def test_what_was_typed_is_not_told(page: Page) -> None:
    show(page, "<label>Card <input value=4242></label><button id=it tabindex=-1>Pay</button>")
    with pytest.raises(OutOfReachError) as caught:
        KeyboardInput().press(page.locator("#it"))
    assert "“Card”" in caught.value.seen
    assert "4242" not in caught.value.seen


COVERED = "<button onclick='document.title += \"pressed\"'>Buy</button><div style='position: fixed; inset: 0'>{}</div>"
NEWS = "<p>What is new</p><a href='#more'>Read more</a><button onclick='this.parentElement.remove()'>{}</button>"


@pytest.mark.parametrize("done", ["Got it", "Skip tour", "Accept all", "Only necessary"])
@pytest.mark.parametrize("how", ["press", "click_once"])
def test_what_a_site_puts_over_its_pages_is_done_with(page: Page, done: str, how: str) -> None:
    page.set_content(COVERED.format(NEWS.format(done)))
    getattr(MOUSE, how)(page.get_by_role("button", name="Buy"))
    assert page.title() == "pressed"
    assert page.get_by_text("What is new").count() == 0


@pytest.mark.parametrize(
    ("page_html", "why"),
    [
        (COVERED.format(NEWS.format("Close")), "“Buy” is covered by “What is new"),
        (COVERED.format(""), "“Buy” is covered by <div> without any text"),
        ("<button disabled>Buy</button>", "“Buy” is disabled"),
        ("<div role=button aria-disabled=true tabindex=0>Buy</div>", "“Buy” is disabled"),
    ],
)
def test_what_a_person_could_not_press_is_not_pressed(page: Page, page_html: str, why: str) -> None:
    page.set_content(page_html)
    with pytest.raises(UnpressableError, match=re.escape(why)):
        MOUSE.press(page.get_by_role("button", name="Buy"))
    assert page.title() == ""


def test_what_lies_over_the_words_of_a_control_within_it_covers_nothing(page: Page) -> None:
    page.set_content("""<button style="position:relative"><span>Buy</span>
      <i style="position:absolute;inset:0"></i></button>""")
    assert BasePage(page, Profile(base_url="http://site.example")).obstacle_of(page.get_by_text("Buy")) == ""


def test_what_comes_over_a_restless_button_meanwhile_is_not_pressed_for_it(page: Page) -> None:
    page.set_content(
        "<style>@keyframes pulse { 50% { transform: translateX(3px) } } #it { animation: pulse .2s infinite }</style>"
        f"<button id=it {NOTE}>Add credits</button>"
        f"<div id=over hidden style='position:fixed;inset:0' {NOTE}>22,000</div>"
    )
    page.evaluate("() => { setTimeout(() => { over.hidden = false }, 1500) }")  # a mouse waits a second here, twice
    with pytest.raises(UnpressableError, match="22,000"):
        MOUSE.press(page.locator("#it"))
    assert page.title() == ""


def test_what_never_holds_still_is_pressed_all_the_same(page: Page) -> None:
    page.set_content(
        "<style>@keyframes pulse { 50% { transform: translateX(3px) } } button "
        "{ animation: pulse .2s infinite }</style>"
        "<button onclick='document.title = \"pressed\"'>Buy</button>"
    )
    MOUSE.press(page.get_by_role("button", name="Buy"))
    assert page.title() == "pressed"


def test_a_profile_names_what_closes_news(page: Page) -> None:
    page.set_content(COVERED.format(NEWS.format("Alles klar")))
    MouseInput(["Alles klar"]).press(page.get_by_role("button", name="Buy"))
    assert page.title() == "pressed"


BUTTON = (
    "<span><template shadowrootmode=open><button onclick='document.querySelector(`[style*=fixed]`).remove()'>"
    "<slot></slot></button></template>Accept all</span>"
)


@pytest.mark.parametrize("is_shadow", [False, True])
def test_what_is_made_of_shadow_trees_is_done_with(page: Page, *, is_shadow: bool) -> None:
    news = f"<p>What is new</p><b>{BUTTON}</b>"
    inner = f"<div><template shadowrootmode=open>{news}</template></div>" if is_shadow else news
    page.set_content(COVERED.format(inner))
    MOUSE.press(page.get_by_role("button", name="Buy"))
    assert page.title() == "pressed"


TOUR = (
    "<button id=menu onclick='items.hidden = !items.hidden'>Menu</button><p id=items hidden>"
    "<button onclick='document.title += `pressed`'>Buy</button></p><div id=over><div style='position: fixed; inset: 0'"
    " ></div><div role=dialog style='position: fixed; inset: 40%'><h2>What is new</h2><button onclick='{}'>{}</button>"
    "</div></div>"
)
"""A dialog beside the sheet that lies over everything else, as component libraries build it."""


def test_a_dialog_beside_its_sheet_is_done_with(page: Page) -> None:
    page.set_content(TOUR.format("over.remove()", "Skip tour").replace(" hidden>", ">"))
    MOUSE.press(page.get_by_role("button", name="Buy"))
    assert page.title() == "pressed"


def test_a_dialog_beside_its_sheet_is_named(page: Page) -> None:
    page.set_content(TOUR.format("over.remove()", "Weiter").replace(" hidden>", ">"))
    told = "“Buy” is covered by “What is new Weiter”, which “Weiter” may close (labels.dismiss)"
    with pytest.raises(UnpressableError, match=re.escape(told)):
        MOUSE.press(page.get_by_role("button", name="Buy"))


def test_a_menu_that_closes_with_what_lay_over_it_is_told(page: Page) -> None:
    page.set_content(TOUR.format("over.remove(); items.hidden = true", "Skip tour").replace(" hidden>", ">"))
    with pytest.raises(UnpressableError, match="“Buy” is gone since"):
        MOUSE.press(page.locator("#items button"))


def test_pay_is_not_uncovered(page: Page) -> None:
    page.set_content(COVERED.format(NEWS.format("Accept all")))
    with pytest.raises(UnpressableError):
        MOUSE.click_once(page.get_by_role("button", name="Buy"), expect_navigation=True)
    assert page.get_by_text("What is new").count() == 1


def test_what_lies_beyond_the_window_and_cannot_be_scrolled_to_is_told(page: Page) -> None:
    page.set_content("<button style='position:fixed;left:9px;top:2000px'>Apply</button>")
    with pytest.raises(UnpressableError, match="“Apply” lies beyond the edge of the window"):
        MouseInput().press(page.get_by_role("button"))


class Slow(Quiet, BaseHTTPRequestHandler):
    """A form that is answered only after a press counts as lost."""

    sent = 0

    def do_GET(self) -> None:
        self.answer(
            b"<title>sent</title>" if "sent" in self.path else b"<form method=post><button>Save</button></form>"
        )

    def do_POST(self) -> None:
        type(self).sent += 1
        time.sleep(2.2)
        self.send_response(303)
        self.send_header("Location", "/sent")
        self.end_headers()

    def answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)


def test_a_form_that_is_answered_late_is_sent_once(page: Page) -> None:
    with serving(Slow) as address:
        page.goto(address)
        MOUSE.press(page.get_by_role("button"))
        page.wait_for_url("**/sent")
    assert Slow.sent == 1


HIDDEN = "position:absolute;opacity:0;width:1px;height:1px"
MARKS = {
    "<button id=it>Buy</button>": True,
    "<style>*{outline:none}</style><button id=it>Buy</button>": False,
    "<style>:focus{outline:0;box-shadow:none}</style><button id=it>Buy</button>": False,
    "<style>*{outline:none} #it:focus-visible{box-shadow:0 0 0 2px}</style><button id=it>Buy</button>": True,
    "<style>*{outline:none} @media all{p:focus-within{border:1px solid}}</style><p><button id=it>Buy</button>": True,
    "<style>*{outline:none} .other:focus{border:1px solid}</style><button id=it>Buy</button>": False,
    "<style>*{outline:none}</style><button id=it onfocus=\"this.className='is-focused'\">Buy</button>": True,
    f"<label><input id=it type=radio style='{HIDDEN}'>2,000</label>": False,
    f"<style>:focus+b{{outline:solid}}</style><label><input id=it type=radio style='{HIDDEN}'><b>2,000</b>": True,
    "<style>:focus{outline:solid} #it:focus{outline:none}</style><button id=it>Buy</button>": False,
}
"""Pages, and whether each shows that its element has the focus."""


@pytest.mark.parametrize("html", MARKS)
def test_what_has_the_focus_shows_it_or_is_told(page: Page, html: str) -> None:
    page.set_content(html)
    keyboard = KeyboardInput()
    keyboard.tab_to(page.locator("#it"))
    assert bool(keyboard.unmarked) is not MARKS[html]
