"""What a payment page asks for is read whole, in frames and in folded parts, before it is held against a price."""

from __future__ import annotations

import html
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from steps.actors.price_check import check_price, is_price_shown
from steps.actors.purchase import Purchase
from steps.pages.checkout import PaymentPage
from steps.readers.credits.credits import read_credits
from steps.readers.packages.packages import read_packages
from steps.readers.page.capture import capture
from steps.readers.page.fact import Fact
from tests.suite.support.payment_pages import NUMBER, PAY, PROFILE, WITHIN

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_the_amount_of_an_embedded_checkout_is_its_own(page: Page) -> None:
    inner = f"<p>480,000 credits</p><p>Total due today <b>$2,056.75</b></p>{NUMBER}{PAY.replace('20.00', '2,056.75')}"
    page.set_content(f"<h2>Current Plan</h2><p>$99.00 per month</p><div role=dialog>{WITHIN.format(inner)}</div>")
    page.frames[1].wait_for_load_state()
    found: Any = PaymentPage(page, PROFILE).read_summary()
    assert isinstance(found.amount_due, Fact)
    assert (str(found.amount_due.value), found.credits) == ("2056.75 USD", (480_000,))


@pytest.mark.parametrize(
    ("around", "inside", "due"),
    [
        ("<p>Total $20.00</p>", "", "20.00 USD"),
        ("<p>Total $20.00</p>", "<p>$20.00</p>", "20.00 USD"),
        ("<p>Total $20.00</p>", "<p>$200.00</p>", None),
        ("<p>Total $20.00</p>", "<p>Total $200.00</p>", "200.00 USD"),
    ],
)
def test_what_surrounds_the_frame_of_a_form_counts_over_frames_without_an_amount(
    page: Page, around: str, inside: str, due: str | None
) -> None:
    frame = WITHIN.format(html.escape(WITHIN.format(inside + NUMBER)))
    page.set_content(f"{around}{frame}{PAY.replace(' $20.00', '')}")
    payment = PaymentPage(page, PROFILE)
    found: Any = payment.summary_now(payment.form()).amount_due
    assert (str(found.value) if isinstance(found, Fact) else None) == due


def test_what_surrounds_another_frame_is_no_total(page: Page) -> None:
    aside = f"<aside><p>Order total $5.00</p>{WITHIN.format('Chat')}</aside>"
    page.set_content(f"{aside}<main><p>Total due $20.00</p>{WITHIN.format(NUMBER)}<button>Pay</button></main>{aside}")
    payment = PaymentPage(page, PROFILE)
    found: Any = payment.summary_now(payment.form()).amount_due
    assert isinstance(found, Fact)
    assert str(found.value) == "20.00 USD"


BODY = (
    "<div id=inside {}>2,000 credits <b>$20.00</b><p>Subtotal $20.00</p><p>HST (13%) $2.60</p><p>Total $22.60</p></div>"
)
FOLD = 'onclick="inside.hidden = !inside.hidden; this.ariaExpanded = String(!inside.hidden)"'
FOLDED = {
    "a button with the amount": f"<button aria-expanded=false {FOLD}>Show order summary $22.60</button>",
    "a button called so, beside it": f"<p>Total $22.60 <button aria-expanded=false {FOLD}>View details</button></p>",
    "nothing but the amount": f"<div role=button tabindex=0 aria-expanded=false {FOLD}>$22.60</div>",
}


@pytest.mark.parametrize("way", FOLDED.values(), ids=FOLDED.keys())
def test_a_folded_summary_is_unfolded(page: Page, way: str) -> None:
    card = f"<button aria-expanded=false onclick=inside.remove()>Card details</button>{NUMBER}"
    page.set_content(way + BODY.format("hidden") + card)
    found = PaymentPage(page, PROFILE).read_summary()
    assert isinstance(found.amount_due, Fact)
    assert (str(found.amount_due.value), str(found.before_taxes)) == ("22.60 USD", "20.00 USD")


def test_a_summary_of_details_is_unfolded(page: Page) -> None:
    page.set_content(f"<details><summary>Order summary $22.60</summary>{BODY.format('')}</details>{NUMBER}")
    assert str(PaymentPage(page, PROFILE).read_summary().before_taxes) == "20.00 USD"


def test_a_tax_that_comes_late_explains_the_price(page: Page) -> None:
    page.set_content("<div role=dialog><button>2,000 credits $20.00</button></div>")
    offers = read_packages(capture(page), PROFILE)
    assert isinstance(offers, Fact)
    purchase = Purchase(before=read_credits(capture(page), PROFILE), amount=2_000, offer=offers.value[0])
    comes = "<script>setTimeout(() => (inside.hidden = false), 300)</script>"
    page.set_content(f"<p>2,000 credits</p><p>Total due $22.60</p>{BODY.format('hidden')}{NUMBER}{comes}")
    asked = PaymentPage(page, PROFILE).read_summary(is_expected=partial(is_price_shown, purchase))
    assert check_price(purchase, asked)
