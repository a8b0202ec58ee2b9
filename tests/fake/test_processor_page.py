"""The hosted payment page in a real browser: ids, names and words as published, in each of its layouts."""

from __future__ import annotations

import re
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.fake.support.checkout_page import Checkout

if TYPE_CHECKING:
    from tests.fake.conftest import Control

LAYOUTS = ("fields", "card-choice", "nested-frame", "save-box", "payment-element", "field-frames")
DECLINED = "Your credit card was declined. Try paying with a debit card instead."
INSUFFICIENT = "Your credit card was declined because of insufficient funds. Try paying with a debit card instead."
UNAUTHENTICATED = (
    "We are unable to authenticate your payment method. Please choose a different payment method and try again."
)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_takes_a_payment_and_sends_the_buyer_back(control: Control, page: Page, layout: str) -> None:
    checkout = Checkout(control, page, layout=layout)
    expect(page.get_by_test_id("product-summary-total-amount")).to_have_text("$359.00")
    expect(page.get_by_test_id("product-summary-name")).to_have_text("44,000 credits")
    expect(page.get_by_text("Sandbox", exact=True)).to_be_visible()
    checkout.fill()
    expect(checkout.submit).to_have_class(re.compile("SubmitButton--complete"))
    checkout.submit.click()
    page.wait_for_url(f"{control.fake.site_url}/**")
    assert checkout.bought() == 44_000
    page.goto(checkout.url)
    expect(page.get_by_role("heading", name="You’re all done here")).to_be_visible()
    expect(
        page.get_by_text("You’ve either completed your payment or this checkout session has timed out.")
    ).to_be_visible()


def test_the_fields_have_the_published_names(control: Control, page: Page) -> None:
    Checkout(control, page)
    published = {
        "Card number": ("cardNumber", "1234 1234 1234 1234", "cc-number"),
        "Expiration": ("cardExpiry", "MM / YY", "cc-exp"),
        "CVC": ("cardCvc", "CVC", "cc-csc"),
        "Cardholder name": ("billingName", "Full name on card", "cc-name"),
        "ZIP": ("billingPostalCode", "ZIP", "billing postal-code"),
    }
    for name, (identifier, placeholder, autocomplete) in published.items():
        field = page.get_by_role("textbox", name=name, exact=True)
        assert field.get_attribute("id") == field.get_attribute("name") == identifier
        assert field.get_attribute("placeholder") == placeholder
        assert field.get_attribute("autocomplete") == autocomplete
    assert page.get_by_role("combobox", name="Country or region").input_value() == "US"
    email = page.get_by_role("textbox", name="Email")
    expect(email).to_have_value(re.compile("@example.com$"))
    expect(email).not_to_be_editable()


def test_the_country_decides_about_the_postcode(control: Control, page: Page) -> None:
    Checkout(control, page)
    country = page.get_by_role("combobox", name="Country or region")
    country.select_option("GB")
    expect(page.get_by_role("textbox", name="Postal code", exact=True)).to_be_visible()
    country.select_option("VN")
    expect(page.locator("#billingPostalCode")).to_have_count(0)
    country.select_option("CA")
    expect(page.get_by_role("textbox", name="Postal code", exact=True)).to_have_value("")


def test_pay_without_a_card_says_what_is_required(control: Control, page: Page) -> None:
    checkout = Checkout(control, page)
    expect(checkout.submit).to_have_class(re.compile("SubmitButton--incomplete"))
    checkout.submit.click()
    expect(page.locator("[data-qa=EmptyFieldError]")).to_have_text(["Required"] * 5)
    expect(page.locator("#cardNumber")).to_be_focused()
    assert checkout.state()["sessions"][0]["payment_intent"] is None


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("cardNumber", "4242424242424241", "Your card number is invalid."),
        ("cardNumber", "4242 4242", "Your card number is incomplete."),
        ("cardExpiry", "1", "Your card’s expiration date is incomplete."),
        ("cardExpiry", "12 / 20", "Your card’s expiration year is in the past."),
        ("cardCvc", "12", "Your card’s security code is incomplete."),
        ("billingPostalCode", "12", "Your ZIP is invalid."),
    ],
)
def test_a_field_is_checked_before_anything_is_sent(
    control: Control, page: Page, field: str, value: str, message: str
) -> None:
    checkout = Checkout(control, page)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    checkout.fill(
        **{field: value} if field != "cardNumber" else {}, card=value if field == "cardNumber" else "4242424242424242"
    )
    checkout.submit.click()
    expect(page.locator(".FieldError span[role=alert]")).to_have_text([message])
    assert sent == []
    page.locator(f"#{field}").fill("")
    expect(page.locator(".FieldError span[role=alert]")).to_have_count(0)


@pytest.mark.parametrize(
    ("card", "message"),
    [
        ("4000000000000002", DECLINED),
        ("4000000000009995", INSUFFICIENT),
        ("4000000000009987", DECLINED),
        ("4000000000009979", DECLINED),
        ("4000000000000069", "Your card is expired. Try a different card."),
        ("4000000000000127", "Your card’s CVC is incorrect."),
        ("4111111111111111", re.compile("used a non test card")),
    ],
)
def test_a_refused_card_is_said_under_the_card_and_another_can_be_tried(
    control: Control, page: Page, card: str, message: str | re.Pattern[str]
) -> None:
    checkout = Checkout(control, page)
    checkout.fill(card)
    checkout.submit.click()
    expect(page.locator("#cardNumber-fieldset .FieldError span[role=alert]")).to_have_text(message)
    expect(page.locator(".ConfirmPayment-Error")).to_be_empty()
    expect(page.locator("#billingName")).to_have_value("Ada")
    assert checkout.bought() == 0
    assert checkout.state()["sessions"][0]["status"] == "open"
    checkout.of("#cardNumber").fill("5555555555554444")
    checkout.submit.click()
    page.wait_for_url(f"{control.fake.site_url}/**")
    assert checkout.bought() == 44_000


def test_a_processing_error_is_said_of_the_whole_attempt(control: Control, page: Page) -> None:
    checkout = Checkout(control, page)
    checkout.fill("4000000000000119")
    checkout.submit.click()
    expect(page.locator(".ConfirmPayment-Error")).to_have_text(
        "An error occurred while processing your card. Try again."
    )
    expect(page.locator(".FieldError span")).to_have_count(0)


@pytest.mark.parametrize("layout", ["fields", "nested-frame"])
def test_a_completed_challenge_pays(control: Control, page: Page, layout: str) -> None:
    checkout = Checkout(control, page, layout=layout)
    checkout.fill("4000002760003184")
    checkout.submit.click()
    checkout.press("#test-source-authorize-3ds")
    page.wait_for_url(f"{control.fake.site_url}/**")
    assert checkout.bought() == 44_000


@pytest.mark.parametrize("layout", ["fields", "nested-frame"])
def test_a_failed_challenge_pays_nothing(control: Control, page: Page, layout: str) -> None:
    checkout = Checkout(control, page, layout=layout)
    checkout.fill("4000002760003184")
    checkout.submit.click()
    checkout.press("#test-source-fail-3ds")
    expect(checkout.of(".ConfirmPayment-Error")).to_have_text(UNAUTHENTICATED)
    assert checkout.bought() == 0
    assert {it["type"] for it in checkout.state()["deliveries"]} == {"payment_intent.payment_failed"}


@pytest.mark.parametrize(("settings", "bought"), [({}, 0), ({"accept_left_challenge": True}, 44_000)])
def test_a_challenge_that_is_left_pays_nothing(
    control: Control, page: Page, settings: dict[str, Any], bought: int
) -> None:
    checkout = Checkout(control, page, **settings)
    checkout.fill("4000002760003184")
    checkout.submit.click()
    checkout.challenge().locator("#test-source-fail-3ds").wait_for()
    with page.expect_response("**/challenge/**") if bought else nullcontext():
        page.goto(control.fake.site_url)
    assert checkout.bought() == bought


def test_a_challenge_can_end_in_a_decline(control: Control, page: Page) -> None:
    checkout = Checkout(control, page)
    checkout.fill("4000008400001629")
    checkout.submit.click()
    checkout.press("#test-source-authorize-3ds")
    expect(page.locator("#cardNumber-fieldset .FieldError span[role=alert]")).to_have_text(DECLINED)
    assert checkout.bought() == 0


def test_pay_pressed_twice_pays_once(control: Control, page: Page) -> None:
    checkout = Checkout(control, page, webhook_delay_s=0.5)
    checkout.fill()
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    checkout.submit.dblclick(no_wait_after=True)
    page.wait_for_url(f"{control.fake.site_url}/**")
    assert checkout.bought() == 44_000
    completed = [it for it in checkout.state()["deliveries"] if it["type"] == "checkout.session.completed"]
    assert len(completed) == 1
    assert len(sent) == 1, "the page itself takes the first press only"


def test_a_ticked_save_box_wants_a_phone_number_and_says_nothing(control: Control, page: Page) -> None:
    checkout = Checkout(control, page, layout="save-box")
    expect(page.locator("#enableStripePass")).to_be_checked()
    checkout.fill()
    checkout.of("#enableStripePass").check()
    checkout.submit.click()
    page.wait_for_timeout(300)
    assert page.url == checkout.url
    assert checkout.state()["sessions"][0]["payment_intent"] is None
    page.get_by_role("textbox", name="Phone number").fill("2015550123")
    checkout.submit.click()
    page.wait_for_url(f"{control.fake.site_url}/**")


def test_the_way_back_leaves_the_session_open(control: Control, page: Page) -> None:
    checkout = Checkout(control, page)
    back = page.get_by_role("link", name="Back to Diaflow")
    assert back.get_attribute("data-testid") == "business-link"
    back.click()
    page.wait_for_url(f"{control.fake.site_url}/**")
    assert checkout.state()["sessions"][0]["status"] == "open"
    assert checkout.bought() == 0


def test_a_page_that_never_finishes_stays_at_processing(control: Control, page: Page) -> None:
    checkout = Checkout(control, page, never_finishes=True)
    checkout.fill()
    checkout.submit.click()
    expect(checkout.submit).to_have_class(re.compile("SubmitButton--processing"))
    page.wait_for_timeout(700)
    expect(checkout.submit).to_have_class(re.compile("SubmitButton--processing"))
    assert checkout.bought() == 0


@pytest.mark.parametrize(
    ("setting", "card", "paid"),
    [
        ({"accept_declined": True}, "4000000000000002", 44_000),
        ({"silent_declines": True}, "4000000000000002", 0),
        ({"never_returns": True}, "4242424242424242", 44_000),
    ],
)
def test_defects_of_the_page_are_those_that_were_asked_for(
    control: Control, page: Page, setting: dict[str, Any], card: str, paid: int
) -> None:
    checkout = Checkout(control, page, **setting)
    checkout.fill(card)
    with page.expect_response("**/confirm"):
        checkout.submit.click()
    page.wait_for_timeout(400)
    assert checkout.bought() == paid
    assert page.url.startswith(control.fake.site_url) == ("accept_declined" in setting)
    if page.url == checkout.url:
        expect(page.locator("[role=alert]")).to_have_count(0)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_page_is_accessible_and_fits(control: Control, page: Page, layout: str, width: int, scheme: Any) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    checkout = Checkout(control, page, layout=layout)
    page.wait_for_load_state("networkidle")
    seen = [Axe().run(page)]
    checkout.fill("4000000000000002")
    checkout.submit.click()
    checkout.of("#cardNumber-fieldset .FieldError span").wait_for()
    seen.append(Axe().run(page))
    for result in seen:
        assert result.violations_count == 0, result.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_other_pages_are_accessible(control: Control, page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    checkout = Checkout(control, page)
    checkout.fill("4000002760003184")
    checkout.submit.click()
    checkout.challenge().locator("#test-source-authorize-3ds").wait_for()
    page.wait_for_timeout(300)
    assert Axe().run(page).violations_count == 0
    for address in (f"{checkout.url}x", control.fake.processor_url):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 404
        assert Axe().run(page).violations_count == 0


def test_the_keyboard_alone_pays(control: Control, page: Page) -> None:
    checkout = Checkout(control, page, layout="card-choice")
    page.locator("#payment-method-accordion-item-title-card").focus()
    page.keyboard.press("Space")
    for keys in ("4242424242424242", "1234", "123", "Ada Lovelace"):
        page.keyboard.press("Tab")
        page.keyboard.type(keys)
    expect(page.locator("#cardNumber")).to_have_value("4242 4242 4242 4242")
    expect(page.locator("#cardExpiry")).to_have_value("12 / 34")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("94107")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{control.fake.site_url}/**")
    assert checkout.bought() == 44_000
