"""Looking at a page never fails because the page is not whole: it is asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.pages.billing import BillingPage
from steps.pages.packages import PackageChoice
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def begun(page: Page) -> Page:
    """A page of which nothing has been parsed yet."""
    page.evaluate("() => document.documentElement.remove()")
    return page


def test_no_credits_show_while_there_is_no_body(begun: Page) -> None:
    assert BillingPage(begun, Profile()).bar_shows() is False


def test_nothing_is_on_sale_while_there_is_no_body(begun: Page) -> None:
    assert PackageChoice(begun, Profile()).offers() == []
