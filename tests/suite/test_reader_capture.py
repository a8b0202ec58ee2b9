"""Looks at a page one after the other, and what of the newest one can be pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.readers.capture import capture, changed_since, element_at

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_change_that_nobody_sees_is_no_change(page: Page) -> None:
    page.set_content("<p id=here>2,000 credits</p>")
    first = capture(page)
    page.evaluate("here.dataset.poll = '2'")
    assert changed_since(page, first.stamp) is None


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
