"""What comes and goes on the payment page with what a buyer chooses, and what is kept of it, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

from tests.fake.support.checkout_page import Checkout

if TYPE_CHECKING:
    from tests.fake.conftest import Control


def test_the_accordion_and_a_ticked_save_box_go_together(control: Control, page: Page) -> None:
    checkout = Checkout(control, page, layout="card-choice", save_box_ticked=True)
    expect(page.locator("#cardNumber, #phoneNumber")).to_have_count(0)
    page.locator("#payment-method-label-card").click()
    expect(page.locator("#phoneNumber")).to_be_visible()
    page.locator("#cardNumber").fill("4242424242424242")
    page.get_by_role("radio", name="US bank account").check(force=True)
    expect(page.locator("#cardNumber")).to_have_count(0)
    page.get_by_role("radio", name="Card", exact=True).check(force=True)
    expect(page.locator("#cardNumber")).to_have_value("4242 4242 4242 4242")
    page.locator("#enableStripePass").uncheck()
    expect(page.locator("#phoneNumber")).to_have_count(0)
    checkout.fill()
    page.locator("div.SubmitButton-IconContainer").click()
    page.wait_for_url(f"{control.fake.site_url}/**")
    assert checkout.bought() == 44_000


def test_a_summary_takes_a_code_and_shows_another_currency(control: Control, page: Page) -> None:
    Checkout(control, page, summary="promotion-code")
    page.get_by_test_id("promotion-code-button").click()
    page.locator("#promotionCode").fill("FREE")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("This code is invalid.")).to_be_visible()
    Checkout(control, page, summary="local-currency")
    total = page.get_by_test_id("product-summary-total-amount")
    expect(total).to_have_text("$359.00")
    page.get_by_role("radio", name="EUR").check()
    expect(total).to_have_text("€330.28")


def test_no_card_number_is_kept(control: Control, page: Page) -> None:
    checkout = Checkout(control, page)
    checkout.fill("4000000000000002")
    checkout.submit.click()
    expect(page.locator(".FieldError span[role=alert]")).to_have_text(
        ["Your credit card was declined. Try paying with a debit card instead."]
    )
    kept = str(checkout.state()) + str(control.ask("GET", "/journal"))
    assert "4000000000000002" not in kept
    dump = "\n".join(control.fake.databases()[1].dump())
    assert "payment_intents" in dump
    assert "0002" in dump, "the last four digits are kept"
    for number in ("4000000000000002", "4242424242424242", "4000 0000 0000 0002"):
        assert number not in dump
