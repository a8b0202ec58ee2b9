"""Looks at a page one after the other, and what of the newest one can be pressed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from steps.readers.page.capture import capture, changed_since, element_at, wait_for_change

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_change_that_nobody_sees_is_no_change(page: Page) -> None:
    page.set_content("<p id=here>2,000 credits</p>")
    first = capture(page)
    page.evaluate("here.dataset.poll = '2'")
    assert changed_since(page, first.stamp) is None


def test_a_page_that_stands_still_is_not_sent_again(page: Page) -> None:
    page.set_content("<p>2,000 credits</p><select><option>One</select>")
    first = capture(page)
    second = capture(page)
    assert second.elements is first.elements
    assert second.time > first.time
    page.evaluate("document.querySelector('p').style.marginLeft = '100px'")
    third = capture(page)
    assert third.texts[0].box.x == first.texts[0].box.x + 100
    assert third.stamp == first.stamp


SILENT_CHANGES = {
    "a tick": "ticked.checked = true",
    "a half tick": "ticked.indeterminate = true",
    "a choice": "chosen.selectedIndex = 1",
    "a list that is scrolled": "scrolled.scrollTop = 150",
    "a pop-over": "popped.showPopover()",
    "a page that is scrolled": "scrollTo(0, 500)",
    "an address": "location.hash = 'elsewhere'",
    "an animation": "moved.animate([{ opacity: 0 }, { opacity: 0 }], 60000)",
}
SILENT = """<input id=ticked type=checkbox><select id=chosen><option>1<option>2</select><div popover id=popped>P</div>
<p id=moved>Moves</p><div id=scrolled style='height:40px;overflow:auto'><p>Above<p style='margin-top:150px'>Below</div>
<p style='margin-top:3000px'>End</p>"""


@pytest.mark.parametrize("change", SILENT_CHANGES.values(), ids=SILENT_CHANGES)
def test_what_changes_without_a_trace_in_the_document_is_seen_at_once(page: Page, change: str) -> None:
    page.set_content(SILENT)
    first = capture(page)
    page.evaluate(f"() => {{ {change} }}")
    assert replace(capture(page), time=first.time) != first


def test_the_end_of_an_animation_is_seen_at_once(page: Page) -> None:
    page.set_content("<p id=moved>Moves</p>")
    page.evaluate("() => { moved.animate([{ opacity: 0 }, { opacity: 0 }], 60000) }")
    assert not capture(page).texts
    page.evaluate("document.getAnimations()[0].cancel()")
    assert capture(page).texts


def test_a_look_with_other_selectors_and_one_at_another_page_are_looks_anew(page: Page) -> None:
    page.set_content("<p>One</p>")
    assert capture(page).elements != capture(page, {"credit_bar": "p"}).elements
    page.set_content("<p>Two</p>")
    assert [one.text for one in capture(page).texts] == ["Two"]
    page.goto("data:text/html,<p>Three</p>")
    assert [one.text for one in capture(page).texts] == ["Three"]


def test_an_element_of_the_newest_look_can_be_pressed(page: Page) -> None:
    page.set_content(
        "<button onclick='document.title = `one`'>One</button><button onclick='this.remove()'>Two</button>"
    )
    first = capture(page)
    buttons = [at for at, one in enumerate(first.elements) if one.role == "button"]
    one, two = (element_at(page, first.stamp, at) for at in buttons)
    assert one is not None
    assert two is not None
    one.click()
    assert page.title() == "one"
    two.click()
    assert element_at(page, first.stamp, buttons[1]) is None
    capture(page)
    assert element_at(page, first.stamp, buttons[0]) is None


@pytest.mark.parametrize(
    "change", ["here.append('more')", "setTimeout(() => within.append('more'), 30)"], ids=["before", "in-a-shadow-tree"]
)
def test_a_change_since_the_last_look_ends_the_wait(page: Page, change: str) -> None:
    page.set_content("<p id=here>2,000 credits</p><div id=host></div>")
    page.evaluate("window.within = host.attachShadow({ mode: 'open' }); within.innerHTML = '<p>4,000</p>'")
    capture(page)
    page.evaluate(change)
    began = time.monotonic()
    wait_for_change(page, 0, 20_000)
    assert time.monotonic() - began < 10
    assert changed_since(page, "") is not None


def test_a_page_that_stands_still_is_waited_for_as_long_as_said(page: Page) -> None:
    page.set_content("<p>2,000 credits</p>")
    capture(page)
    began = time.monotonic()
    wait_for_change(page, 0, 300)
    assert time.monotonic() - began >= 0.25


def test_a_poll_gets_nothing_until_something_changes(page: Page) -> None:
    page.set_content("<p id=a>1,250</p><button>Buy</button>")
    first = capture(page)
    assert changed_since(page, first.stamp) is None
    page.evaluate("document.querySelector('button').disabled = true")
    second = changed_since(page, first.stamp)
    assert second is not None
    assert changed_since(page, second.stamp) is None
    page.evaluate("a.textContent = '1,260'")
    assert changed_since(page, second.stamp) is not None
    page.goto("data:text/html,<p>Elsewhere</p>")  # what was kept of the script belongs to a page that is gone
    assert [text.text for text in capture(page).texts] == ["Elsewhere"]


def test_a_change_in_a_shadow_tree_is_seen_at_once(page: Page) -> None:
    page.goto("about:blank")
    tree = "<my-card><template shadowrootmode=open><i>1,250</i></template></my-card>"
    page.evaluate("html => document.body.setHTMLUnsafe(html)", tree)
    first = capture(page)
    assert changed_since(page, first.stamp) is None
    page.evaluate("document.querySelector('my-card').shadowRoot.querySelector('i').textContent = '2'")
    assert changed_since(page, first.stamp) is not None


def test_what_no_observer_tells_of_is_seen_within_moments(page: Page) -> None:
    page.set_content("<style>b { color: black }</style><b>1,250</b>")
    first = capture(page)
    page.evaluate("document.styleSheets[0].cssRules[0].style.display = 'none'")
    page.wait_for_function("since => performance.now() - since > 1100", arg=first.time)
    assert changed_since(page, first.stamp) is not None
