"""Packages that the pop-up has in a frame: read, chosen and left like others."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import pytest

from tests.suite.support.package_pop_up import AMOUNTS, PAY, TEXTS, opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROWS = "".join(f"<p>{text} <a href=# onclick='document.title = `{text}`; top.{PAY}'>Order</a></p>" for text in TEXTS)
CHOICE = "".join(
    f"<label><input type=radio name=p value='{text}' onclick='go.disabled = false'>{text}</label>" for text in TEXTS
)
REVIEWED = (
    CHOICE
    + """<button id=go disabled onclick="document.title = document.querySelector(`:checked`).value;
  document.body.innerHTML = `<h3>You are about to buy</h3><button>Continue to payment</button>`;
  document.querySelector(`button`).onclick = () => { top."""
    + PAY
    + """ }">Next</button>"""
)
FRAME = (
    "<button onclick='this.parentNode.remove()'>Close</button>"
    "<iframe style='width:600px;height:400px' srcdoc=\"{}\"></iframe>"
)


@pytest.mark.parametrize("inside", [ROWS, REVIEWED], ids=["a link for each", "a choice and a review"])
def test_packages_in_a_frame_are_chosen(page: Page, inside: str) -> None:
    choice = opened(page, FRAME.format(escape(inside)))
    assert [offer.amount for offer in choice.settled_offers(AMOUNTS)] == AMOUNTS
    choice.choose("5,000")
    assert page.url.endswith("/pay?5,000%20credits,%20$50.00")


def test_a_pop_up_with_a_frame_is_left_by_what_stands_around_it(page: Page) -> None:
    choice = opened(page, FRAME.format(escape(ROWS)))
    assert choice.lies_over_the_page
    assert choice.leave() == ""
    assert page.locator("iframe").count() == 0
