"""A payment page in a frame over Billing that asks who buys, and how, before it asks for a card."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.pages.checkout import PaymentPage, payment_page_of
from steps.readers.page.fact import Fact
from steps.targets.profile import Payments
from steps.targets.test_cards import PAID
from tests.suite.support.payment_pages import CODE, EXP, NUMBER, PROFILE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page, Route

    from steps.pages.checkout_form import CheckoutForm
    from steps.targets.profile import Profile

TOTAL = "<p>2,000 credits $11.00</p><p>Total $11.00</p>"
CLOSE = "<button aria-label='Close checkout' onclick='parent.postMessage(`gone`, `*`)'>\u00d7</button>"
WHO = """<form action=/cs_test_1/METHODS><label>Email address <input type=email></label><label>Country
<select onchange='more.hidden = false'><option><option>Canada<option>United States</select></label>
<p id=more hidden><label>ZIP code <input name=zip required></label></p><button>Continue</button></form>"""
METHODS = "<a href=/cs_test_1/CARD role=button>Card</a> <a href=/cs_test_1/PAYPAL role=button>PayPal</a>"
CARD = f"""<form onsubmit="parent.postMessage('gone', '*'); return false">{NUMBER}{EXP}{CODE}
<button>Pay $11.00</button></form>"""
STEPS = {"WHO": WHO, "METHODS": METHODS, "CARD": CARD}
BILLING = """<a href=/>Back to app</a><h2>Current Plan</h2><p>Total $99.00</p>
<script>onmessage = () => document.querySelector('iframe').remove()</script>
<iframe src="{}" style="position:fixed;inset:0;width:100%;height:100%;background:#fff"></iframe>"""


def opened(page: Page, first: str, *, close: str = CLOSE, hosts: Sequence[str] = ()) -> Profile:
    def serve(route: Route) -> None:
        step = STEPS.get(route.request.url.rpartition("/")[2].partition("?")[0], "")
        route.fulfill(content_type="text/html", body=f"<!doctype html><p>Test mode</p>{close}{TOTAL}{step}")

    page.route("http://pay.example/**", serve)
    billing = BILLING.format(f"http://pay.example/cs_test_1/{first}")
    page.route("http://site.example/**", lambda route: route.fulfill(content_type="text/html", body=billing))
    page.goto("http://site.example/billing")
    page.frame_locator("iframe").get_by_text("Test mode").wait_for()
    return msgspec.structs.replace(PROFILE, payments=Payments(hosts=list(hosts) or Payments().hosts))


@pytest.mark.parametrize("first", STEPS)
def test_a_payment_page_over_billing_is_found_and_passed_whatever_it_asks_first(page: Page, first: str) -> None:
    profile = opened(page, first)
    payment = payment_page_of(page, profile)
    assert payment is not None
    assert payment.session == "test"
    due = payment.read_summary().amount_due
    assert isinstance(due, Fact)
    assert due.value.amount == Decimal(11)
    zips: list[str] = []

    def introduce(step: CheckoutForm) -> None:
        payment.fill_contact_details(step, "ada@example.com", PAID)
        zips.append(step.frame.locator("[name=zip]").input_value())

    form = payment.form(introduce)
    assert zips == ([PAID.postcode] if first == "WHO" else [])
    payment.enter(form, PAID)
    assert payment.pay(form).kind == "left"


def test_the_hosts_of_the_profile_tell_a_payment_page_over_billing(page: Page) -> None:
    profile = opened(page, "WHO", hosts=["pay.example"])
    assert payment_page_of(page, profile) is not None
    page.locator("iframe").evaluate("one => one.style.height = '60px'")  # a banner of theirs
    assert payment_page_of(page, msgspec.structs.replace(profile, payments=Payments(hosts=["other.example"]))) is None


@pytest.mark.parametrize("first", STEPS)
def test_a_payment_page_over_billing_is_left_by_what_closes_it(page: Page, first: str) -> None:
    profile = opened(page, first)
    PaymentPage(page, profile).leave()
    assert page.url == "http://site.example/billing"
    assert page.locator("iframe").count() == 0


def test_a_payment_page_over_billing_that_nothing_closes_is_left_as_the_browser_offers(page: Page) -> None:
    profile = opened(page, "WHO", close="")
    PaymentPage(page, profile).leave()
    assert page.locator("iframe").count() == 0
