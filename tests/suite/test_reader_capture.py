"""Looks at a page one after the other, and what of the newest one can be pressed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from steps.readers.capture import capture, changed_since, element_at, wait_for_change

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
