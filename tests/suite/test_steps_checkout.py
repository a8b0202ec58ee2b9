"""Whether a payment page refused a card in the words that are expected, or in those that the profile vouches for."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urljoin

import pytest
from flask import Flask

from steps import checkout as checkout_steps
from steps.actors import checkout
from steps.actors.checkout import paid, refused
from steps.actors.landing import Landing
from steps.actors.purchase import Purchase
from steps.checkout import going_back_asks_for_nothing
from steps.pages.checkout import PaymentPage
from steps.pages.input_device import MouseInput
from steps.pages.not_found import ElementNotFoundError
from steps.pages.packages import NotOnSaleError
from steps.pages.payment_outcome import Outcome
from steps.targets.profile import Limits, Profile
from steps.targets.target import Account
from steps.targets.test_cards import ANOTHER, CHALLENGED, PAID, REFUSED
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import NotVerifiedError
from tests.tools.plain_site import served

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from steps.readers.credits.credits import CreditsReading
    from steps.targets.test_cards import Card

SITE, PAYS = "http://site.example", "http://pay.example/c/pay/cs_test_a1"
PROFILE = Profile(base_url=SITE, limits=Limits(payment=3))
ASKS = "<title>Pay</title><label>Card number <input id=cardNumber></label><button>Pay</button>"


@pytest.mark.parametrize(
    "between", [[], ["/complete"], ["/complete", "/thanks", "/billing", "/settings", "/settings#general"]]
)
@pytest.mark.parametrize("asks", [True, False])
def test_going_back_is_going_back_to_the_payment_page(page: Page, between: list[str], *, asks: bool) -> None:
    page.route("**/*", lambda asked: asked.fulfill(body="<h2>Current Plan</h2>", content_type="text/html"))
    page.route(PAYS, lambda asked: asked.fulfill(body=ASKS if asks else "Paid", content_type="text/html"))
    for address in ("/billing", PAYS, *between, "/billing?paid=1"):
        page.goto(urljoin(SITE, address))
    profile = Profile(base_url=SITE, limits=Limits(page=2))
    member = cast("Any", SimpleNamespace(page=page, target=SimpleNamespace(profile=profile)))
    with pytest.raises(BrokenPromiseError, match="not asked for again") if asks else nullcontext():
        going_back_asks_for_nothing(member)


OVER = "<script>setTimeout(() => {{ document.body.append('{}') }}, {})</script>"


@pytest.mark.parametrize(
    ("words", "after", "is_red"),
    [
        ("This order has already been paid.", 0, False),
        ("You have already paid for this order.", 100, False),
        ("This link is no longer valid.", 0, False),
        ("Your card was saved already.", 0, True),
        ("PayPal is no longer available.", 0, True),
    ],
)
def test_a_form_beside_the_word_that_all_is_paid_asks_for_nothing(
    page: Page, words: str, after: int, *, is_red: bool
) -> None:
    page.route("**/*", lambda asked: asked.fulfill(body="<h2>Current Plan</h2>", content_type="text/html"))
    page.route(PAYS, lambda asked: asked.fulfill(body=ASKS + OVER.format(words, after), content_type="text/html"))
    for address in ("/billing", PAYS, "/billing?paid=1"):
        page.goto(urljoin(SITE, address))
    member = cast("Any", SimpleNamespace(page=page, target=SimpleNamespace(profile=PROFILE)))
    with pytest.raises(BrokenPromiseError, match="not asked for again") if is_red else nullcontext():
        going_back_asks_for_nothing(member)


@pytest.mark.parametrize("asks", [True, False])
def test_a_page_that_a_form_was_sent_to_is_passed_on_the_way_back(page: Page, *, asks: bool) -> None:
    site, pays = Flask("site"), Flask("payment page")
    site.get("/billing")(lambda: "<h2>Current Plan</h2>")
    asking = f"{ASKS if asks else 'Paid'}<form method=post><button>Go</button></form>"
    pays.get("/c/pay/cs_test_a1", endpoint="asks")(lambda: asking)
    pays.post("/c/pay/cs_test_a1", endpoint="thanks")(lambda: ("Thank you", {"Cache-Control": "no-store"}))
    with served(site) as base_url, served(pays) as address:
        page.goto(f"{base_url}/billing")
        page.goto(f"{address}/c/pay/cs_test_a1")
        page.get_by_text("Go").click()
        page.goto(f"{base_url}/billing?paid=1")
        profile = Profile(base_url=base_url, limits=Limits(page=2))
        member = cast("Any", SimpleNamespace(page=page, target=SimpleNamespace(profile=profile)))
        with pytest.raises(BrokenPromiseError, match="not asked for again") if asks else nullcontext():
            going_back_asks_for_nothing(member)


def test_behind_a_page_that_thanks_the_payment_page_is_gone_back_to(page: Page) -> None:
    done = PAYS.replace("cs_test_a1", "cs_test_a1/done")
    page.route("**/*", lambda asked: asked.fulfill(body="<h2>Current Plan</h2>", content_type="text/html"))
    thanks = "<h1>Your payment was approved</h1><a href=/>Return</a>"
    page.route(PAYS, lambda asked: asked.fulfill(body=ASKS, content_type="text/html"))
    page.route(done, lambda asked: asked.fulfill(body=thanks, content_type="text/html"))
    for address in ("/billing", PAYS, done, "/billing?paid=1"):
        page.goto(urljoin(SITE, address))
    profile = Profile(base_url=SITE, limits=Limits(page=2))
    member = cast("Any", SimpleNamespace(page=page, target=SimpleNamespace(profile=profile)))
    with pytest.raises(BrokenPromiseError, match="not asked for again"):
        going_back_asks_for_nothing(member)


@pytest.mark.parametrize("named", ["4,000", "11,000"])
def test_thanks_on_a_page_that_leads_on_by_itself_are_read(
    page: Page, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    page.set_content(f"<h1>Thank you! {named} credits are in your account.</h1><p>Taking you back to Billing</p>")

    def wait(*_: object) -> tuple[None, float]:
        page.set_content("<h2>Current Plan</h2><h2>Billing Information</h2><h2>Invoices</h2>")
        return None, 0.0

    monkeypatch.setattr(checkout, "hold_price", lambda *_: None)
    profile = Profile(base_url=SITE, limits=Limits(page=2))
    landing = Landing(page, profile, MouseInput())
    monkeypatch.setattr(checkout, "hold_arrived", wait)
    member = cast("Any", SimpleNamespace(landing=landing, target=SimpleNamespace(profile=profile), purchases=[]))
    purchase = _purchase(Outcome("left", ""))
    purchase.amount = 4_000
    with pytest.raises(BrokenPromiseError, match="any thanks are for") if named != "4,000" else nullcontext():
        checkout.hold_added(member, purchase)


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (ElementNotFoundError("There is no Add credits."), NotVerifiedError),
        (NotOnSaleError("4,000 credits are no longer on sale."), NotOnSaleError),
    ],
)
def test_a_colleague_may_have_no_way_to_buy_but_is_offered_all_packages(
    monkeypatch: pytest.MonkeyPatch, raised: ElementNotFoundError, told: type[Exception]
) -> None:
    def buy(_: str) -> None:
        raise raised

    colleague = SimpleNamespace(buy=buy)
    target = SimpleNamespace(
        sets_up=False, profile=None, colleague=lambda _: Account("Ben", ""), signed_in=lambda _: None
    )
    billing = SimpleNamespace(settled_credits=lambda: None)
    member = cast(
        "Any",
        SimpleNamespace(target=target, account=None, page=None, note_packages=lambda: None, billing=lambda: billing),
    )
    monkeypatch.setattr(checkout_steps, "loaded_invoices_on", lambda *_: None)
    with pytest.raises(told):
        checkout_steps.another_member_buys(member, "4,000", cast("Any", lambda *_: colleague))


OTHER = "No luck, code 57"


def _purchase(outcome: Outcome) -> Purchase:
    return Purchase(before=cast("CreditsReading", None), outcome=outcome)


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("We are unable to authenticate your payment method.", CHALLENGED),
        ("We couldn\u2019t verify your identity.", CHALLENGED),
        ("We could not authenticate your card. Please choose another payment method.", CHALLENGED),
        ("We weren\u2019t able to authenticate you.", CHALLENGED),
        ("We failed to verify this payment.", CHALLENGED),
        ("Authentication wasn\u2019t successful", CHALLENGED),
        ("3D Secure authentication was cancelled", CHALLENGED),
        ("Your card could not be verified by your bank.", CHALLENGED),
        ("Card verification failed", CHALLENGED),
        ("There are not enough funds on this card. Please try another one.", REFUSED["without sufficient funds"]),
        ("Your payment was refused by your bank.", REFUSED["declined"]),
    ],
)
def test_a_refusal_in_expected_words_is_one(text: str, card: Card) -> None:
    refused(_purchase(Outcome("refused", text)), card)


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("Your card was declined.", "expired"),
        ("Your card is expired. Please try a different card.", "without sufficient funds"),
    ],
)
def test_a_refusal_for_another_reason_is_none(text: str, card: str) -> None:
    with pytest.raises(BrokenPromiseError):
        refused(_purchase(Outcome("refused", text)), REFUSED[card])


def test_the_name_of_a_message_is_none() -> None:
    with pytest.raises(BrokenPromiseError, match=r"errors\.card\.expired_card"):
        refused(_purchase(Outcome("refused", "errors.card.expired_card")), REFUSED["expired"])


@pytest.mark.parametrize(
    "said",
    [
        "This card number is not valid in test mode.",
        "Your card was declined. Your request was in test mode, but used a non test card.",
        "This is not a recognised test card.",
    ],
)
@pytest.mark.parametrize(
    ("card", "kind"), [(PAID, BrokenPromiseError), (ANOTHER, NotVerifiedError), (CHALLENGED, NotVerifiedError)]
)
def test_a_payment_page_may_know_other_test_cards(said: str, card: Card, kind: type[Exception]) -> None:
    purchase = _purchase(Outcome("refused", said))
    purchase.card = card
    with pytest.raises(kind):
        paid(purchase)


@pytest.mark.parametrize(("now", "is_red"), [("$20.00", False), ("$22.00", True), ("", False)])
def test_a_refused_card_changes_nothing_about_the_amount(page: Page, now: str, *, is_red: bool) -> None:
    page.set_content(f"{ASKS}<p>Total due <b>$20.00</b></p>")
    payment, purchase = PaymentPage(page, PROFILE), _purchase(Outcome("refused", "Your card was declined."))
    purchase.summary = payment.read_summary()
    page.locator("b").evaluate("(el, now) => { el.textContent = now }", now)
    purchase.asked_after = payment.summary_as_before(payment.form(), purchase.summary)
    with pytest.raises(BrokenPromiseError, match=r"asks for 22\.00 USD") if is_red else nullcontext():
        refused(purchase, REFUSED["declined"])


def test_a_refusal_in_other_words_is_one_where_the_profile_says_so() -> None:
    refused(_purchase(Outcome("refused", OTHER, is_labelled=True)), CHALLENGED)
    for outcome in (Outcome("refused", OTHER), Outcome("left", OTHER, is_labelled=True)):
        with pytest.raises(BrokenPromiseError):
            refused(_purchase(outcome), CHALLENGED)


@pytest.mark.parametrize(("is_challenged", "ends"), [(False, NotVerifiedError), (True, BrokenPromiseError)])
def test_a_bank_that_was_not_seen_to_ask_leaves_the_payment_open(*, is_challenged: bool, ends: type[Exception]) -> None:
    purchase = _purchase(Outcome("unclear", "nothing came of it within 30 s"))
    purchase.card, purchase.is_challenged = CHALLENGED, is_challenged
    with pytest.raises(ends):
        paid(purchase)
    with pytest.raises(ends):
        refused(purchase, CHALLENGED)
