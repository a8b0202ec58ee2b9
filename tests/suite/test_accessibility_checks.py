"""What people cannot see whole, and what axe finds."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest

from steps.pages.accessibility import axe_violations, clipped, still_clipped
from steps.pages.input_device import MouseInput
from tests.support.serving import Quiet, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

FAR = "<p style='height: 3000px'></p>"
IT = "<button id=it>Buy</button>"
FRAME = "<iframe id=it style='display: block; width: 300px; height: 100px; {}'></iframe>"
SEEN = {
    "in sight": IT,
    "below": FAR + IT,
    "in what moves up and down": f"<div style='height: 60px; overflow: auto'>{FAR}{IT}</div>",
    "in what a script of the page's scrolls": f"<div style='overflow: hidden; height: 60px' "
    f"onwheel='this.scrollTop += event.deltaY'>{FAR}{IT}</div>",
    "drawn by its label": "<label><input id=it type=radio style='opacity: 0; position: absolute'>Buy</label>",
    "made of what is put into slots": "<div><template shadowrootmode=open><p id=it><i><slot></slot></i></p></template>"
    "<b>Buy</b></div>",
    "drawn by a text in a slot": "<div><template shadowrootmode=open><p id=it><i><slot></slot></i></p></template>"
    "Buy</div>",
    "a pop-up with its list opened": "<div id=it role=dialog style='height: 90px'>Buy</div>"
    "<div role=listbox style='position: fixed; top: 40px; width: 100%; height: 90px; background: red'>2,000</div>",
    "taller than the screen": "<div id=it style='height: 3000px'>Terms</div>",
    "a frame whose edge is for shadows alone": FRAME.format("margin: -8px")
    + "<button style='position: relative; width: 300px'>Pay",
    "above a bar that leaves room": f"{FAR}{IT}<p style='height: 90px'></p>"
    "<div style='position: fixed; bottom: 0; width: 100%; height: 60px; background: red'></div>",
}
UNSEEN = {
    "sticks out at the side": "<div style='position: fixed; left: 300px'><p id=it style='width: 300px'>Buy",
    "shows only after moving sideways": f"<div style='overflow: auto'><p style='width: 900px; text-align: right'>{IT}",
    "is cut off within itself": "<button id=it style='width: 40px; overflow: hidden; white-space: nowrap'>1,200,000",
    "is cut off within itself ": "<button id=it style='width:90px'><b style='display:block;width:20px;overflow:hidden'>"
    "1,200,000</b></button>",
    "is cut off or covered": f"{IT}<div style='position: fixed; inset: 0; background: red'></div>",
    "lies where nothing scrolls to": f"<div style='overflow: hidden; height: 90px'><p style='height: 300px'></p>{IT}",
    "is not shown": "<button id=it style='visibility: hidden'>Buy</button>",
}


@pytest.fixture(autouse=True)
def phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 600})


@pytest.mark.parametrize("name", SEEN)
def test_what_is_seen_whole_is_not_told(page: Page, name: str) -> None:
    page.set_content(SEEN[name])
    assert clipped({"Buy": page.locator("#it")}) == []


@pytest.mark.parametrize("why", UNSEEN)
def test_what_is_not_seen_whole_is_told(page: Page, why: str) -> None:
    page.set_content(UNSEEN[why])
    assert clipped({"Buy": page.locator("#it")}) == [f"Buy {why.strip()}"]


def test_what_hides_behind_the_edge_of_a_box_is_told(page: Page) -> None:
    page.set_content(
        "<div style='width: 100px; height: 40px; overflow: hidden; position: relative'>"
        "<button id=it style='position: absolute; left: 60px; width: 90px'>Buy</button></div>"
    )
    page.locator("div").evaluate("box => box.addEventListener('scroll', () => { box.scrollLeft = 0; })")
    assert clipped({"Buy": page.locator("#it")})


def test_a_frame_that_something_lies_over_is_told(page: Page) -> None:
    page.set_content(f"{FRAME.format('')}<button style='position: relative; top: -8px; width: 300px'>Pay")
    assert clipped({"the card": page.locator("#it")}) == ["the card is cut off or covered"]


def test_what_still_slides_in_is_not_cut_off(page: Page) -> None:
    page.set_content(
        "<style>@keyframes up { from { transform: translateY(200px) } }</style>"
        "<body style='overflow:hidden'><div id=it role=dialog style='position:fixed;inset:0;animation:up .3s'>Buy</div>"
    )
    assert clipped({"the pop-up": page.locator("#it")}) == []


@pytest.mark.parametrize(("colour", "told"), [("transparent", []), ("#0008", ["the pop-up is cut off or covered"])])
def test_a_list_that_the_pop_up_has_opened_covers_nothing_with_its_backdrop(
    page: Page, colour: str, told: list[str]
) -> None:
    page.set_content(
        "<div id=it role=dialog style='position:fixed;inset:50px'>Choose a package</div>"
        f"<div style='position:fixed;inset:0;background:{colour}'></div>"
        "<div role=listbox style='position:fixed;left:80px;top:80px'><div role=option>2,000 credits</div></div>"
    )
    assert clipped({"the pop-up": page.locator("#it")}) == told


def test_what_was_moved_sideways_before_is_no_matter(page: Page) -> None:
    page.set_content(f"<p style='width: 2000px'>Table</p><div style='position: fixed; top: 0'>{IT}</div>")
    page.evaluate("scrollTo(500, 0)")
    assert clipped({"Buy": page.locator("#it")}) == []


def test_a_barrier_is_told_with_its_rule_its_sentence_and_its_element(page: Page) -> None:
    page.set_content("<html lang=en><title>Shop</title><h1>Shop</h1><button id=it></button>")
    assert axe_violations(page) == ['button-name: Buttons must have discernible text: <button id="it"></button>']


@pytest.mark.parametrize(("colour", "is_told"), [("#fff", True), ("#000", False)])
def test_text_in_the_colour_of_its_ground_is_told(page: Page, colour: str, *, is_told: bool) -> None:
    """Axe itself says of such a text that it cannot tell."""
    page.set_content(f"<html lang=en><title>Shop</title><p style='color:{colour};background:#fff'>$20.00</p>")
    assert bool(axe_violations(page, "color-contrast")) is is_told


def test_a_page_without_barriers_and_advice_that_is_no_guideline(page: Page) -> None:
    page.set_content("<html lang=en><title>Shop</title><p>No landmark, no heading: advised, not required.</p>")
    assert axe_violations(page) == []


def test_frames_that_show_are_looked_into(page: Page) -> None:
    frame = '<iframe title=Card srcdoc="<html lang=en><title>Card</title><input id=it>"{}></iframe>'
    for hidden, found in ((" hidden", 0), ("", 1)):
        page.set_content(f"<html lang=en><title>Shop</title>{frame.format(hidden)}")
        page.frames[1].wait_for_load_state()
        assert len(axe_violations(page)) == found


def test_only_the_wanted_rules_are_asked(page: Page) -> None:
    page.set_content("<html lang=en><title>Shop</title><button></button><p style='color: #ccc; background: #fff'>Price")
    assert [one.split(":")[0] for one in axe_violations(page, "color-contrast")] == ["color-contrast"]


class Undressed(Quiet, BaseHTTPRequestHandler):
    """A page whose look comes half a second after it."""

    def do_GET(self) -> None:
        late = self.path == "/late.css"
        if late:
            threading.Event().wait(0.5)
        text = "input { height: 40px }" if late else PAGE_OF_TWO_FIELDS
        self.send_response(200)
        self.send_header("Content-Type", "text/css" if late else "text/html")
        self.end_headers()
        self.wfile.write(text.encode())


PAGE_OF_TWO_FIELDS = (
    "<!doctype html><html lang=en><title>Shop</title><style>input { height: 8px; display: block }</style>"
    "<link rel=stylesheet href=/late.css><input aria-label=Card><input aria-label=Expiry>"
)


@pytest.fixture
def undressed() -> Iterator[str]:
    with serving(Undressed) as address:
        yield address


def test_a_page_is_looked_at_when_it_is_dressed(page: Page, undressed: str) -> None:
    page.goto(undressed, wait_until="commit")
    assert axe_violations(page, "target-size") == []


def test_what_still_moves_is_waited_for(page: Page) -> None:
    page.set_content(
        "<html lang=en><title>Shop</title><style>@keyframes come { from { opacity: 0.1 } }"
        " p { animation: come 800ms linear } b { animation: come 1s infinite }</style>"
        "<body style='background: #fff'><p>Price</p><b aria-hidden=true></b>"
    )
    assert axe_violations(page, "color-contrast") == []


def test_news_that_come_meanwhile_are_closed_and_hide_nothing(page: Page) -> None:
    page.set_content(
        "<button id=it>Buy</button><div role=dialog aria-modal=true style='position:fixed;inset:0;background:#fff'"
        " onclick='event.target.localName === `button` && this.remove()'>News<button>Maybe later</button></div>"
    )
    assert clipped({"Buy": page.locator("#it")})
    assert still_clipped(lambda: {"Buy": page.locator("#it")}, MouseInput()) == []
