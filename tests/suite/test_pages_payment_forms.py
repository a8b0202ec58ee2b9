"""The forms of payment pages of several makes: found, filled in and read back, or told what is lacking."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from steps.pages.base_page import ElementNotFoundError
from steps.pages.checkout import PaymentPage
from steps.targets.labels import Labels, words
from steps.targets.profile import Payments, Profile
from steps.targets.test_cards import PAID
from steps.verdicts.verdict import NotVerifiedError, RefusedError
from tests.suite.support.payment_pages import CODE, EXP, NUMBER, PAY, PROFILE, WITHIN, served

if TYPE_CHECKING:
    from playwright.sync_api import Page


BESIDES = Payments(fields={"CPF": "529.982.247-25", "Branch (no.)": "Rio"})


def filled(page: Page, html: str) -> list[str]:
    """Fill in what a page asks for, and return what all its fields hold, frame by frame."""
    page.set_content(html)
    for frame in page.frames:
        frame.wait_for_load_state()
    payment = PaymentPage(page, Profile(base_url=PROFILE.base_url, limits=PROFILE.limits, payments=BESIDES))
    form = payment.form()
    payment.fill_contact_details(form, "ada@example.com", PAID)
    form.enter(PAID)
    fields = "input, select"
    return [
        value for frame in page.frames for value in frame.locator(fields).evaluate_all("(a) => a.map((x) => x.value)")
    ]


MONTHS = "".join(f"<option value={at:02}>{at:02}" for at in range(1, 13))
MONTH_LIST = f"<select autocomplete=cc-exp-month><option>Month{MONTHS}</select>"
YEARS = "".join(f"<option>20{at}" for at in range(26, 40))
MORE = """<label>Order number <input required></label><label>Seats <input type=number required></label>
<label>Team <select required><option value=''>Choose<option value=a>A</select></label><label>Remark <input></label>"""
MOUNTED = {"cardNumber": NUMBER, "cardExpiry": EXP, "cardCvc": CODE}
FORMS: dict[str, tuple[str, list[str]]] = {
    "room for five characters": (
        f"<form>{NUMBER}<input autocomplete=cc-exp maxlength=5>{CODE}{PAY}</form>",
        [PAID.number, "12/34", "123"],
    ),
    "room for four characters": (
        f"<form>{NUMBER}<input autocomplete=cc-exp maxlength=4>{CODE}{PAY}</form>",
        [PAID.number, "1234", "123"],
    ),
    "a year of four digits": (
        f"<form>{NUMBER}<input autocomplete=cc-exp placeholder='MM/YYYY'>{CODE}{PAY}</form>",
        [PAID.number, "12/2034", "123"],
    ),
    "a script that keeps five characters": (
        f"<form>{NUMBER}<input autocomplete=cc-exp oninput='this.value = this.value.slice(0, 5)'>{CODE}{PAY}</form>",
        [PAID.number, "12/34", "123"],
    ),
    "month and year as lists": (
        (f"<form>{NUMBER}{MONTH_LIST}<select autocomplete=cc-exp-year><option>Year{YEARS}</select>{CODE}{PAY}</form>"),
        [PAID.number, "12", "2034", "123"],
    ),
    "month and year as fields": (
        (
            f"<form>{NUMBER}<input autocomplete=cc-exp-month maxlength=2><input autocomplete=cc-exp-year maxlength=2>"
            f"{CODE}{PAY}</form>"
        ),
        [PAID.number, "12", "34", "123"],
    ),
    "examples in fields below their names": (
        (
            "<form><div>Cardholder Name</div><input placeholder='John Doe'><div>Card Number</div><input"
            " placeholder='1234 5678 9012 3456'><div>Expiry Date</div><input placeholder=MM/YY><div>CVN</div>"
            f"<input placeholder='\u2022\u2022\u2022'>{PAY}</form>"
        ),
        [PAID.holder, PAID.number, "12 / 34", "123"],
    ),
    "names that float over their fields": (
        "<style>div{{position:relative}}input{{width:300px;height:50px}}span{{position:absolute;left:9px;top:9px}}</style><form>"
        "<div><input><span>Credit/Debit Card Number</span></div><div><input><span>Expiration MM/YY</span></div>"
        f"<div><input><span>CVV</span></div>{PAY}</form>".replace("{{", "{").replace("}}", "}"),
        [PAID.number, "12 / 34", "123"],
    ),
    "installments, of which one is chosen": (
        (
            f"<form>{NUMBER}{EXP}{CODE}<label>Installments <select><option value=''>Choose<option value=12>12x of R$ 8"
            f"<option value=1>1x of R$ 89,90</select></label>{PAY}</form>"
        ),
        [PAID.number, "12 / 34", "123", "1"],
    ),
    "what the profile alone can tell": (
        (
            f"<form>{NUMBER}{EXP}{CODE}<label>CPF of the cardholder<input></label><label>Branch (no.) <select>"
            f"<option value=''>-<option value=s>Santos<option value=r>Rio de Janeiro</select></label>{PAY}</form>"
        ),
        [PAID.number, "12 / 34", "123", "529.982.247-25", "r"],
    ),
    "names below that the fields refer to": (
        (
            "<form><input aria-labelledby=a><div id=a>Card Number</div><input aria-labelledby=b>"
            f"<div id=b>Good thru (MM/YY)</div><input aria-labelledby=c><div id=c>Card Code</div>{PAY}</form>"
        ),
        [PAID.number, "12 / 34", "123"],
    ),
    "a month and a year by their names": (
        (
            "<form><label>Number <input></label><label>Expiry Month <input maxlength=2 placeholder=MM></label>"
            f"<label>Expiry Year <input maxlength=4 placeholder=YYYY></label><label>CVV <input></label>{PAY}</form>"
        ),
        [PAID.number, "12", "2034", "123"],
    ),
    "lists from when on the card is valid": (
        (
            f"<form>{NUMBER}<label>Valid from <select><option>--{MONTHS}</select></label>"
            "<select aria-label='Valid from, year'><option>--<option>2023<option>2024<option>2025<option>2026</select>"
            f"<label>Expiry date <select><option>--{MONTHS}</select></label><select aria-label='Expiry date, year'>"
            f"<option>--{YEARS}</select>{CODE}{PAY}</form>"
        ),
        [PAID.number, "--", "--", "12", "2034", "123"],
    ),
    "a frame for each field": (
        "<form><div id=email><input type=email value='qa@example.com'></div>"
        + "".join(f"<div id={id_}>{WITHIN.format(one)}</div>" for id_, one in MOUNTED.items())
        + f"<input autocomplete=cc-name><input autocomplete=postal-code>{PAY}</form><input autocomplete=cc-name>",
        ["qa@example.com", PAID.holder, PAID.postcode, "", PAID.number, "12 / 34", "123"],
    ),
    "a payment element": (
        "<form>"
        + WITHIN.format(
            "<input autocomplete='billing cc-number'><input autocomplete='billing cc-exp'>"
            "<input autocomplete='billing cc-csc'><select autocomplete='billing country'><option value=VN>Vietnam"
            "<option value=US>United States</select><input autocomplete='billing postal-code'>"
        )
        + f"<input autocomplete=cc-name>{PAY}</form>",
        [PAID.holder, PAID.number, "12 / 34", "123", "US", PAID.postcode],
    ),
    "a checkout within the merchant's page": (
        "<input type=email><input autocomplete=postal-code>" + WITHIN.format(NUMBER + EXP + CODE + PAY),
        ["", "", PAID.number, "12 / 34", "123"],
    ),
    "a table whose cells name the fields": (
        (
            "<form><table><tr><td>First name<td><input name=a><tr><td>Last name<td><input name=b><tr><td>Card number"
            f"<td><input><tr><td>Valid until<td><select>{MONTHS}</select> / <select><option>year{YEARS}</select><tr>"
            f"<td>Card verification number<td><input name=cvv><tr><td><td>{PAY}</table></form>"
        ),
        ["Test", "Buyer", PAID.number, "12", "2034", "123"],
    ),
    "words before the fields": (
        (
            "<form>Cardholder<script>'First name'</script><span hidden>Last name</span><br><input><br>"
            "Number of your card<br><input><br>Expiry (MM/YY) <input maxlength=5> "
            f"CVV <input>{PAY}</form>"
        ),
        [PAID.holder, PAID.number, "12/34", "123"],
    ),
    "cells that name the buyer's address": (
        (
            f"<form>{NUMBER}{EXP}{CODE}<table><tr><td>Address *<td><input name=a1><tr><td>Address line 2<td><input><tr>"
            "<td>Town / City *<td><input><tr><td>Country *<td><select><option value=''>Please select<option value=GB>"
            "United Kingdom<option value=US>United States</select><tr><td>Telephone *<td><input name=t></table>"
            f"{PAY}</form>"
        ),
        [PAID.number, "12 / 34", "123", PAID.street, "", PAID.town, "US", PAID.phone],
    ),
    "cells that name what must be filled": (
        f"<form>{NUMBER}{EXP}{CODE}<table><tr><td>House name *<td><input><tr><td>Floor<td><input></table>{PAY}</form>",
        [PAID.number, "12 / 34", "123", "Test", ""],
    ),
    "given and family name": (
        f"<form>{NUMBER}{EXP}{CODE}<input autocomplete=cc-given-name><input autocomplete=cc-family-name>{PAY}</form>",
        [PAID.number, "12 / 34", "123", "Test", "Buyer"],
    ),
    "a list of kinds of cards": (
        (
            f"<form><label>Card type *<select required><option value=''>Please select<option value=AX>American Express"
            f"<option value=MC>Mastercard<option value=VI>Visa</select></label>{NUMBER}{EXP}{CODE}{PAY}</form>"
        ),
        ["VI", PAID.number, "12 / 34", "123"],
    ),
    "a list that begins with another kind": (
        (
            "<form><select autocomplete=cc-type><option value=D>Debit card<option value=C>Credit card</select>"
            f"{NUMBER}{EXP}{CODE}{PAY}</form>"
        ),
        ["C", PAID.number, "12 / 34", "123"],
    ),
    "fields of the merchant's own": (
        f"<form>{NUMBER}{EXP}{CODE}{MORE}{PAY}</form><form><input required></form>",
        [PAID.number, "12 / 34", "123", "Test", "1", "a", "", ""],
    ),
}


@pytest.mark.parametrize("visa", ["Visa", "<img alt=Visa src=data:,>"])
def test_the_kind_of_the_card_is_chosen_among_radio_buttons(page: Page, visa: str) -> None:
    kinds = "".join(
        f"<label><input type=radio name=kind required>{one}</label>" for one in ("Visa Debit", visa, "Mastercard")
    )
    page.set_content(f"<form>{NUMBER}{EXP}{CODE}<fieldset><legend>Card</legend>{kinds}</fieldset>{PAY}</form>")
    PaymentPage(page, PROFILE).form().enter(PAID)
    assert page.locator("input[type=radio]").evaluate_all("(all) => all.map((one) => one.checked)") == [0, 1, 0]


@pytest.mark.parametrize(
    "box",
    [
        "<input type=checkbox id=t> <label for=t>I accept the terms and conditions</label>",
        "<input type=checkbox> I have read and agree to the <a href=#>Terms</a>",
        "<label><input type=checkbox style='width: 0'><i>&#9744;</i> I agree to the terms of service</label>",
    ],
)
def test_the_terms_are_accepted_by_their_words_and_nothing_else_is_ticked(page: Page, box: str) -> None:
    offers = "<p><label><input type=checkbox class=no> I agree to receive offers under these terms</label>"
    page.set_content(f"<form>{NUMBER}{EXP}{CODE}{offers}<p>{box}</p>{PAY}</form>")
    PaymentPage(page, PROFILE).form().enter(PAID)
    ticks = page.locator("input[type=checkbox]").evaluate_all("(all) => all.map((one) => one.checked)")
    assert ticks == [False, True]


def test_a_ticked_box_that_keeps_the_card_is_left_unticked(page: Page) -> None:
    page.set_content(
        f"<form>{NUMBER}{EXP}{CODE}<p><input type=checkbox checked id=gift><label for=gift>It is a gift</label>"
        f"<p><input type=checkbox checked id=s><label for=s>Save this card for the next order</label>{PAY}</form>"
    )
    PaymentPage(page, PROFILE).form().fill_contact_details("ada@example.com", PAID)
    ticks = page.locator("input[type=checkbox]").evaluate_all("(all) => all.map((one) => one.checked)")
    assert ticks == [True, False]


PAYPAL = "<div role=tablist><button role=tab aria-selected=true>PayPal</button>{}</div>"
RADIO = "<label><input type=radio name=way>PayPal</label><label>{}</label>"
UNFOLDS = f'onclick="document.forms[0].innerHTML = `{NUMBER.replace(chr(39), "")}`"'


@pytest.mark.parametrize(
    "choice",
    [
        PAYPAL.format(f"<button role=tab aria-label=Card {UNFOLDS}>&#128179;</button>"),
        f"<a href=#card {UNFOLDS}>Pay by card</a>",
        f"<div>PayPal</div><div style='cursor:pointer' {UNFOLDS}>Credit or debit card</div>",
        RADIO.format(f"<input type=radio name=way {UNFOLDS}>Debit card"),
    ],
)
def test_a_card_is_chosen_among_other_ways_to_pay(page: Page, choice: str) -> None:
    page.set_content(f"<h1>How do you want to pay?</h1>{choice}<form></form>{PAY}")
    assert "the card number" in PaymentPage(page, PROFILE).form().handles()


KEPT = "<h3><button aria-expanded=true>{}</button></h3><p>Expires 12/34</p><button aria-expanded=false {}>{}</button>"


@pytest.mark.parametrize(
    ("kept", "other"),
    [
        ("Visa ending in 4242", "Another card"),
        ("Card ending in 4242", "Use a different credit card"),
        ("Card \u2022\u2022\u2022\u2022 4242", "Card"),
        ("Card", "Pay with another card"),
        ("Visa ending in 4242", "Edit card"),
    ],
)
def test_another_card_than_the_one_that_the_page_has_kept_is_chosen(page: Page, kept: str, other: str) -> None:
    page.set_content(f"{KEPT.format(kept, UNFOLDS, other)}<button>PayPal</button><form></form>{PAY}")
    assert "the card number" in PaymentPage(page, PROFILE).form().handles()


def test_a_way_to_pay_by_card_that_is_not_known_is_not_verified_with_the_line_that_settles_it(page: Page) -> None:
    page.set_content(f"<button>PayPal</button><button {UNFOLDS}>Plastic</button><form></form>")
    with pytest.raises(NotVerifiedError, match=r"labels\.pay_by_card"):
        PaymentPage(page, PROFILE).form()
    named = Profile(base_url="http://site.example", limits=PROFILE.limits, labels=Labels(pay_by_card=words("Plastic")))
    assert "the card number" in PaymentPage(page, named).form().handles()


def test_a_payment_page_with_nothing_to_pay_with_is_broken(page: Page) -> None:
    page.set_content("<h1>Something went wrong</h1>")
    with pytest.raises(ElementNotFoundError, match="no card field"):
        PaymentPage(page, PROFILE).form()


@pytest.mark.parametrize("name", FORMS)
def test_what_a_payment_page_asks_for_is_filled(page: Page, name: str) -> None:
    html, values = FORMS[name]
    assert filled(page, html) == values


@pytest.mark.parametrize(
    ("html", "named"),
    [
        (f"{NUMBER}<input autocomplete=cc-exp oninput='this.value = &quot;&quot;'>{CODE}", "expiry"),
        (f"{NUMBER}{MONTH_LIST}<select autocomplete=cc-exp-year><option>2026</select>", "year of expiry"),
        (f"{NUMBER}{CODE}<label>Gültig bis <input required></label>", "Gültig bis"),
        (f"{NUMBER}{EXP}{CODE}<label>Colour <input required oninput='this.value = &quot;&quot;'></label>", "Colour"),
        (f"{NUMBER}{EXP}<label>Prüfziffer der Card <input required></label>", "Prüfziffer"),
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_filled_is_named_at_once(page: Page, html: str, named: str) -> None:
    began = time.monotonic()
    with pytest.raises(NotVerifiedError, match=named):
        filled(page, f"<form>{html}{PAY}</form>")
    assert time.monotonic() - began < PROFILE.limits.payment


def test_a_form_that_moves_is_typed_into_no_further(page: Page) -> None:
    served(page, start=f"<form>{NUMBER}{EXP}{CODE}{PAY}</form>")
    page.goto("http://pay.example/start")
    page.evaluate("void (document.querySelector('input').oninput = () => history.replaceState(0, '', '/other'))")
    form = PaymentPage(page, PROFILE).form()
    with pytest.raises(RefusedError, match="went elsewhere"):
        form.enter(PAID, ("http://pay.example/start",))
    assert page.locator("input").evaluate_all("(all) => all.map((one) => one.value)") == [PAID.number, "", ""]
