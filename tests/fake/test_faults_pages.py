"""Faults that only a browser shows: what is dead, what leads nowhere, what comes and goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.fake.support.visiting import Visit, visits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.fake.conftest import Control


@pytest.fixture
def visit(control: Control, page: Page) -> Iterator[Callable[..., Visit]]:
    yield from visits(control, page)


def test_a_dead_tab_stays_where_it_is(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["billing-tab-dead"])
    here.to("/settings/general")
    here.page.get_by_role("tab", name="Billing").click()
    expect(here.page.get_by_role("tab", name="General")).to_have_attribute("aria-selected", "true")
    expect(here.page.get_by_role("heading", name="General")).to_be_visible()


def test_a_missing_tab_leaves_the_others_alone(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["billing-tab-missing"])
    here.to("/settings/general")
    expect(here.page.get_by_role("tab")).to_have_text(["General"])
    here.page.get_by_role("tab").press("ArrowRight")
    expect(here.page.get_by_role("heading", name="General")).to_be_visible()


def test_a_dead_button_opens_nothing(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["add-credits-dead"])
    here.button("Add credits").click()
    here.button("Upgrade plan").click()
    expect(here.page.get_by_role("dialog")).to_have_accessible_name("Choose a plan")


def test_an_error_is_shown_instead_of_billing(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["billing-shows-error"])
    expect(here.page.get_by_role("alert")).to_contain_text("Billing could not be loaded.")
    here.control.ask("PUT", f"/workspaces/{here.seeded['id']}/faults", {"faults": []})
    here.button("Try again").click()
    here.shows(500)


def test_choosing_may_lead_nowhere(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["choosing-does-nothing"])
    here.open_packages()
    with here.page.expect_response("**/api/billing/checkout"):
        here.button("2,000 credits").click()
    expect(here.page.get_by_role("dialog", name="Add credits")).to_be_visible()
    assert here.page.url.endswith("/settings/billing")


def test_closing_the_popup_may_add_credits_and_choosing_does_not(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["closing-adds-credits"])
    here.open_packages()
    with here.page.expect_response("**/dismissed"):
        here.page.keyboard.press("Escape")
    here.page.reload()
    here.shows(2_500)
    here.open_packages()
    here.button("4,000 credits").click()
    here.pay()
    here.shows(6_500)


def test_credits_may_be_gone_after_a_reload(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["gone-after-reload"])
    here.open_packages()
    here.button("4,000 credits").click()
    here.pay()
    here.shows(4_500)
    here.page.reload()
    here.shows(500)


def test_the_buyer_may_be_signed_out_by_paying(visit: Callable[..., Visit]) -> None:
    here = visit(faults=["session-lost"])
    here.open_packages()
    here.button("4,000 credits").click()
    here.pay()
    expect(here.page.get_by_role("heading", name="Sign in")).to_be_visible()
