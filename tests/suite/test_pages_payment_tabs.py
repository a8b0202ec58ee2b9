"""The payment page of a purchase among open tabs: the one that was opened for it, not one that was left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.pages.checkout import other_tabs, payment_page_of
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

PROFILE = Profile(base_url="http://site.example")
PAY = "http://pay.example/c/pay/cs_test_{}"


@pytest.fixture
def billing(context: BrowserContext) -> Page:
    context.route("**/*", lambda asked: asked.fulfill(body="<p>Total $20.00</p>", content_type="text/html"))
    page = context.new_page()
    page.goto("http://site.example/billing")
    return page


def test_a_payment_page_that_was_left_open_is_not_that_of_the_next_purchase(billing: Page) -> None:
    left = billing.context.new_page()
    left.goto(PAY.format("one"))
    known = other_tabs(billing)
    assert payment_page_of(billing, PROFILE, known=known) is None
    opened = billing.context.new_page()
    opened.goto(PAY.format("two"))
    found = payment_page_of(billing, PROFILE, known=known)
    assert found is not None
    assert found.page is opened


def test_a_tab_that_is_used_again_is_known_by_its_new_address(billing: Page) -> None:
    tab = billing.context.new_page()
    tab.goto(PAY.format("one"))
    known = other_tabs(billing)
    tab.goto(PAY.format("two"))
    found = payment_page_of(billing, PROFILE, known=known)
    assert found is not None
    assert found.page is tab
