"""Payment pages: what they ask for, and what they say of an attempt to pay."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from steps.targets.profile import Profile
from tests.tools.worlds.account import PACKAGES
from tests.tools.worlds.boxes import Box, box, row
from tests.tools.worlds.lines import LINES, Line
from tests.tools.worlds.registry import Registry
from tests.tools.worlds.truth import Payment, World
from tests.tools.worlds.writing import Writing, draw_price, draw_writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.tools.worlds.dice import Dice

PAYMENT_URL = "https://checkout.stripe.com/c/pay/cs_test_a1"
_TOTALS = ("Total", "Total due today", "Total due", "Amount due", "Order total", "To pay", "Grand total")
_PLACED = ("p", "div", "h3")


def _items(dice: Dice, writing: Writing, credits_: int, price: Decimal) -> tuple[list[Line], Decimal]:
    """Draw the lines of an order, and what they come to."""
    money = writing.money
    lines = [Line(f"{writing.number(credits_)} credits", (money(price),))]
    tax = (price * dice.pick((0, 10, 19)) / 100).quantize(Decimal("0.01"))
    fee = Decimal(dice.pick(("0", "2.99")))
    off = (price / 10).quantize(Decimal("0.01")) if dice.chance(4) else Decimal(0)
    if tax or fee or off or dice.chance(3):
        lines.append(Line("Subtotal", (money(price),)))
    if off:
        lines.append(Line(dice.pick(("You save", "Discount")), (dice.pick(("\u2212", "-")) + money(off),)))
    if tax:
        lines.append(Line(dice.pick(("Tax", "VAT (19 %)", "Sales tax")), (money(tax),)))
    if fee:
        lines.append(Line("Service fee", (money(fee),)))
    if dice.chance(4):
        lines.append(Line("Order", (str(4_711),)))
    return lines, price + tax + fee - off


_TEXTS = ("Powered by Stripe", "Test mode", "Your card will be charged once.", "Need help? support@site.example")


def _form(dice: Dice, pay: str) -> Box:
    fields = (("Card number", "cc-number"), ("Expiration", "cc-exp"), ("CVC", "cc-csc"), ("Cardholder name", "cc-name"))
    made = [box("div", box("label", name, " ", box("input", autocomplete=auto))) for name, auto in fields]
    notes = [box("p", text) for text in dice.some(_TEXTS, 2)]
    return box("div", *made, *notes, box("button", pay, data_testid="hosted-payment-submit-button"))


def _order(dice: Dice) -> tuple[list[Box], Box, Payment, Writing]:
    """Draw a summary and a form."""
    writing = draw_writing(dice)
    credits_ = dice.pick(PACKAGES)
    price = draw_price(dice, credits_)
    lines, total = _items(dice, writing, credits_, price)
    asked = writing.money(total)
    total_line = Line(dice.pick(_TOTALS), (box(dice.pick(("b", "span", "strong")), asked),))
    if len(lines) > 1 or not dice.chance(6):
        lines.append(total_line)
    top: list[Box] = [box("h1", "Pay Diaflow")]
    if dice.chance(3):
        top.append(box("div", asked))
    summary = LINES.pick(dice)(dice, lines)
    pay = dice.pick(("Pay", f"Pay {asked}", "Pay now"))
    form = _form(dice, pay)
    laid = [row(box("div", *top, summary), form, even=True)] if dice.chance(2) else [*top, summary, form]
    return laid, form, Payment(total, writing.code, credits_), writing


def _profile(writing: Writing) -> Profile:
    return Profile(base_url="https://site.example", thousands=writing.thousands)  # type: ignore[arg-type]


def summary(dice: Dice) -> World:
    """A payment page that has just opened."""
    laid, _, truth, writing = _order(dice)
    return World("summary", box("body", *laid), truth, _profile(writing), url=PAYMENT_URL)


REFUSALS = (
    "Your card was declined.", "Your card was declined. Please try a different card.",
    "Your credit card was declined. Try paying with a debit card instead.",
    "Your card has insufficient funds. Try a different card.", "Your card is expired. Try a different card.",
    "Your card\u2019s CVC is incorrect.", "Your card's CVC is incorrect.", "Your card number is invalid.",
    "An error occurred while processing your card. Try again.", "Your card\u2019s expiration year is in the past.",
    "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
    "Payment failed", "Your payment could not be processed.", "The transaction was refused by your bank.",
)  # fmt: skip

PLACES: Registry[Callable[[list[Box], str], list[Box]]] = Registry()
"""Where a payment page says what came of an attempt."""


@PLACES.form
def alert(laid: list[Box], text: str) -> list[Box]:
    return [*laid, box("div", text, role="alert")]


@PLACES.form
def alert_above(laid: list[Box], text: str) -> list[Box]:
    return [box("div", box("strong", "Error"), " ", text, role="alert"), *laid]


@PLACES.form
def live_region(laid: list[Box], text: str) -> list[Box]:
    return [*laid, box("div", box("span", text), aria_live="polite")]


@PLACES.form
def plain_text(laid: list[Box], text: str) -> list[Box]:
    return [*laid, box("p", text)]


@PLACES.form
def plain_above(laid: list[Box], text: str) -> list[Box]:
    return [box("div", box("div", text)), *laid]


@PLACES.form
def whole_page(laid: list[Box], text: str) -> list[Box]:
    del laid
    return [box("h1", text), box("button", "Try again")]


@PLACES.form
def bare_page(laid: list[Box], text: str) -> list[Box]:
    del laid
    return [box("p", text)]


@PLACES.form
def dialog(laid: list[Box], text: str) -> list[Box]:
    return [*laid, box("div", box("p", text), box("button", "OK"), flow="popup", role="dialog", aria_modal="true")]


@PLACES.form
def toast(laid: list[Box], text: str) -> list[Box]:
    return [*laid, box("div", text, flow="floating")]


def refused(dice: Dice) -> World:
    """A payment page before and after Pay, where the attempt was refused."""
    laid, _, truth, writing = _order(dice)
    text = dice.pick(REFUSALS)
    after = PLACES.pick(dice)(laid, text)
    return World(
        "refused", box("body", *after), replace(truth, messages=(text,)), _profile(writing), url=PAYMENT_URL,
        before=box("body", *laid), before_truth=truth,
    )  # fmt: skip


_HARMLESS = (
    "Processing\u2026", "", "Processing your payment", "Checking your card\u2026", "Please wait",
    "If your card is declined, try another one.", "Confirm this payment with your bank.", "Do not close this page.",
)  # fmt: skip


def unanswered(dice: Dice) -> World:
    """A payment page before and after Pay that says nothing of a refusal yet; an older message may still stand."""
    laid, _, truth, writing = _order(dice)
    if dice.chance(3):
        laid = PLACES.pick(dice)(laid, dice.pick(REFUSALS))
    text = dice.pick(_HARMLESS)
    after = [*laid, box("div", text, role=dice.pick(("status", "none")))] if text else laid
    return World(
        "unanswered", box("body", *after), truth, _profile(writing), url=PAYMENT_URL,
        before=box("body", *laid), before_truth=truth,
    )  # fmt: skip


def sent_back(dice: Dice) -> World:
    """Billing or a thanking page after Pay: whatever it announces is no answer of the payment page."""
    laid, _, truth, writing = _order(dice)
    told = dice.pick((
        "Payment successful", "Your credits were added.", "Monthly limit exceeded", "Import failed: your card was lost",
    ))  # fmt: skip
    back = [box("h1", "Billing"), box("div", told, role="alert"), box("h2", "Current Plan"), box("p", "Pro")]
    return World(
        "sent back",
        box("body", *back),
        truth,
        _profile(writing),
        before=box("body", *laid),
        before_truth=truth,
        before_url=PAYMENT_URL,
    )
