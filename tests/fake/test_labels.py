"""What a person reads on a control is a part of the name by which it is called (WCAG 2.5.3), on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from fake_backend.control.variants import VARIANTS
from fake_backend.processor.settings import Layout, Summary
from steps.pages.accessibility import axe_violations
from tests.fake.support.checkout_page import Checkout
from tests.fake.support.visiting import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.fake.conftest import Control

_RULE = "label-content-name-mismatch"


def mismatches(page: Page) -> list[str]:
    return axe_violations(page, _RULE)


def settled(page: Page) -> list[str]:
    page.wait_for_load_state("networkidle")
    return mismatches(page)


@pytest.mark.parametrize("choice", VARIANTS["package_choice"])
def test_packages_are_called_what_is_written_on_them(control: Control, page: Page, choice: str) -> None:
    Visit(control, page, variant={"package_choice": choice}).open_packages()
    page.get_by_role("dialog").get_by_text("44,000 credits").wait_for()
    assert mismatches(page) == []


@pytest.mark.parametrize("layout", get_args(Layout))
def test_what_a_payment_page_offers_is_called_what_it_says(control: Control, page: Page, layout: str) -> None:
    summaries = get_args(Summary)
    summary = summaries[get_args(Layout).index(layout) % len(summaries)]
    checkout = Checkout(control, page, layout=layout, summary=summary, save_box_ticked=True)
    seen = {"at first": mismatches(page)}
    for name in ("promotion-code-button", "card-accordion-item-button"):
        for found in checkout.frame.get_by_test_id(name).all():
            found.click()
    seen["unfolded"] = mismatches(page)
    checkout.fill("4000002760003184")
    if (phone := checkout.of("#phoneNumber")).count():
        phone.fill("2015550123")
    checkout.submit.click()
    checkout.challenge().locator("#test-source-fail-3ds").wait_for()
    seen["challenged"] = mismatches(page)
    assert {stop: found for stop, found in seen.items() if found} == {}


@pytest.mark.nightly
def test_every_control_of_the_site_is_called_what_it_says(control: Control, page: Page) -> None:
    here = Visit(control, page, variant={"payment_tab": "embedded"}, invoices=30)
    seen = {}
    for address in ("/settings/billing", "/settings/general", "/flows", "/users", "/billing/success", "/nowhere"):
        here.to(address)
        seen[address] = settled(page)
    for name in ("Upgrade plan", "Enter billing information"):
        here.to("/settings/billing")
        here.button(name).click()
        page.get_by_role("dialog").wait_for()
        seen[name] = settled(page)
    here.to("/settings/billing")
    page.get_by_role("button", name="User profile").click()
    seen["profile menu"] = settled(page)
    here.open_packages()
    here.package("4,000").click()
    page.wait_for_url("**/billing/pay/**")
    seen["embedded payment page"] = settled(page)
    payment = next(frame.url for frame in page.frames if "/c/pay/" in frame.url)
    for address in (payment.replace("cs_test_", "cs_test_none"), control.fake.processor_url):
        page.goto(address)
        seen[address] = settled(page)
    page.context.clear_cookies()
    for address in ("/sign-in", "/reset-password"):
        here.to(address)
        seen[address] = settled(page)
    assert {place: found for place, found in seen.items() if found} == {}
