"""Payment pages that ask who buys, then for the card, then whether all is right, each in a step of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.pages.checkout import PaymentPage
from steps.pages.checkout_finder import LaterStepError
from steps.targets.profile import Limits
from steps.targets.test_cards import PAID
from steps.verdicts.verdict import NotVerifiedError
from tests.suite.support.payment_pages import CODE, EXP, NUMBER, PROFILE, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from steps.pages.checkout_form import CheckoutForm

_ON = "<input type=submit value='Continue &raquo;'>"
_WHO = f"""<p>Total $20.00<form action=/card><table><tr><td>First name *<td><input name=fn><tr><td>Town *<td>
<input name=town></table>{_ON}</form>"""
_CARD = f"<p>Total $20.00<form action=/review>{NUMBER}{EXP}{CODE}<button>Review order</button></form>"
_REVIEW = """<p>Total $20.00<form action='http://site.example/billing'><p><input type=checkbox required> I accept the
terms</p><button>Pay now</button></form><form action=/card><button>&laquo; Back</button></form>"""
_STUCK = """<p id=said></p><form onsubmit='said.textContent = `Please enter your tax number.`; return false'>
<label>First name <input></label><button>Next</button></form>"""


def test_a_payment_in_three_steps(page: Page) -> None:
    served(page, start=_WHO, card=_CARD, review=_REVIEW)
    page.goto("http://pay.example/start")
    payment = PaymentPage(page, PROFILE)
    given: list[str] = []

    def introduce(step: CheckoutForm) -> None:
        payment.fill_contact_details(step, "ada@example.com", PAID)
        given.extend(page.locator("form input").evaluate_all("(all) => all.map((one) => one.value)")[:2])

    form = payment.form(introduce)
    assert given == ["Test", PAID.town]
    payment.enter(form, PAID)
    confirmed: list[str] = []
    assert payment.pay(form, lambda _: confirmed.append(page.url.partition("?")[0])).kind == "left"
    assert confirmed == ["http://pay.example/card", "http://pay.example/review"]


def test_a_step_before_the_card_is_told_and_not_filled_in_where_nobody_buys(page: Page) -> None:
    page.set_content(_WHO)
    with pytest.raises(LaterStepError, match=r"First name \*, Town \*"):
        PaymentPage(page, PROFILE).form()
    assert page.locator("input").first.input_value() == ""


def test_a_step_is_told_however_long_a_look_takes(page: Page) -> None:
    page.set_content(_WHO)
    with pytest.raises(LaterStepError):
        PaymentPage(page, msgspec.structs.replace(PROFILE, limits=Limits(page=2, payment=0.5))).form()


def test_a_step_that_leads_no_further_says_what_the_page_says(page: Page) -> None:
    page.set_content(_STUCK)
    payment = PaymentPage(page, msgspec.structs.replace(PROFILE, limits=Limits(page=5, payment=5)))
    with pytest.raises(NotVerifiedError, match="Please enter your tax number"):
        payment.form(lambda step: payment.fill_contact_details(step, "ada@example.com", PAID))


def test_a_step_whose_way_on_is_not_known_names_the_line_that_tells_it(page: Page) -> None:
    page.set_content("<p>Total $20.00</p><label>Your email <input type=email></label><button>Continuer</button>")
    with pytest.raises(NotVerifiedError, match=r"labels\.confirm"):
        PaymentPage(page, PROFILE).form(lambda _: pytest.fail("nothing is to be filled in"))


def test_a_form_that_has_a_way_to_pay_is_no_step(page: Page) -> None:
    page.set_content(f"<form><label>First name <input></label>{_ON}<button>Pay $20.00</button></form>")
    with pytest.raises(NotVerifiedError, match=r"labels\.pay_by_card"):
        PaymentPage(page, PROFILE).form(lambda _: pytest.fail("nothing is to be filled in"))


def test_what_the_card_s_step_says_is_the_outcome(page: Page) -> None:
    said = "said.textContent = `Your card was declined.`; return false"
    page.set_content(f"<p id=said></p><form onsubmit='{said}'>{NUMBER}{EXP}{CODE}<button>Continue</button></form>")
    payment = PaymentPage(page, PROFILE)
    form = payment.form()
    payment.enter(form, PAID)
    assert payment.pay(form).message == "Your card was declined."
