"""A checkout in a frame over Billing leads nowhere: it is put away, and Billing is opened again in its place."""

from __future__ import annotations

import html
from contextlib import nullcontext
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from steps.actors.landing import landing_noted
from steps.actors.member import Member
from steps.actors.purchase import Purchase
from steps.pages import checkout
from steps.pages.checkout import PaymentPage
from steps.verdicts.verdict import NotVerifiedError
from tests.suite.support.payment_pages import NUMBER, PROFILE, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from steps.readers.credits.credits import CreditsReading

BILLING = "http://site.example/billing"


def _bought(*seen: str, landing: str = "") -> Purchase:
    """Return a purchase of which the buyer was seen at some addresses, from the choice on."""
    purchase = Purchase(before=cast("CreditsReading", None), place=seen[0], landings=[landing] if landing else [])
    for address in seen[1:]:
        purchase.stay_at(address)
    return purchase


def _opened_again(purchase: Purchase) -> list[str]:
    opened: list[str] = []
    member = SimpleNamespace(
        navigation=SimpleNamespace(visit=opened.append),
        landing=SimpleNamespace(to_billing=lambda: None),
        target=SimpleNamespace(profile=PROFILE),
        doubts=[],
    )
    Member.open_landing_again(cast("Member", member), purchase)
    return opened


def test_where_the_buyer_was_never_sent_away_the_page_of_the_purchase_is_opened_again() -> None:
    assert _opened_again(_bought(BILLING, BILLING, BILLING)) == [BILLING]
    assert _opened_again(_bought(BILLING, BILLING, landing=f"{BILLING}?paid=1")) == [f"{BILLING}?paid=1"]


@pytest.mark.parametrize(
    "seen",
    [
        (BILLING, "http://pay.example/c/1", BILLING),
        (BILLING, BILLING, "http://site.example/thanks"),
        (BILLING, BILLING, BILLING, f"{BILLING}?paid=1"),
    ],
)
def test_where_the_buyer_was_somewhere_else_that_is_not_verified(seen: tuple[str, ...]) -> None:
    with pytest.raises(NotVerifiedError, match="did not send the buyer to an address"):
        _opened_again(_bought(*seen))


PAID = "document.body.innerHTML = `<h1>Payment successful</h1>{}`"
CLOSE = "<button onclick=parent.over.remove()>{}</button>"


@pytest.mark.parametrize("names", [["Done"], ["Help", "Close checkout"], ["Download receipt"]])
def test_what_stays_in_a_frame_once_it_is_paid_is_closed_as_its_buyer_would(
    page: Page, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkout, "_BACK", 0.1)
    ways = "".join(f"<button>{name}</button>" for name in names[:-1]) + CLOSE.format(names[-1])
    form = f"<p>Total $20.00</p>{NUMBER}<button onclick='{PAID.format(ways)}'>Pay $20.00</button>"
    served(page, billing=f"<h2>Current Plan</h2><div id=over><iframe srcdoc='{html.escape(form)}'></iframe></div>")
    page.goto(BILLING)
    page.frames[1].wait_for_load_state()
    payment = PaymentPage(page, PROFILE)
    assert payment.pay(payment.form()).kind == "left"
    payment.put_away()
    assert page.locator("iframe").count() == (names == ["Download receipt"])


OVER = """<h2>Current Plan</h2><style>#over { position: fixed; inset: 50px; background: #fff }</style>
<div id=over role=dialog aria-modal=true><button aria-label="Close checkout" onclick="over.remove()">\u00d7</button>
<p>Total $20.00</p><iframe srcdoc='FORM'></iframe><p id=said role=alert></p>
<button onclick="said.textContent = 'Your card was declined.'">Pay $20.00</button></div>"""


def test_a_form_that_stays_over_billing_once_it_is_refused_is_closed_by_the_page_around(page: Page) -> None:
    served(page, billing=OVER.replace("FORM", html.escape(NUMBER)))
    page.goto(BILLING)
    page.frames[1].wait_for_load_state()
    payment = PaymentPage(page, PROFILE)
    assert payment.pay(payment.form()).kind == "refused"
    payment.put_away()
    assert page.locator("#over").count() == 0


@pytest.mark.parametrize(("to", "is_noted"), [("/billing?paid=txn_01k7b3", True), ("/billing?page=2", False)])
def test_a_page_around_the_form_may_lead_on_by_itself(page: Page, to: str, *, is_noted: bool) -> None:
    served(page)
    page.goto(BILLING)
    purchase = _bought(BILLING)
    purchase.addresses = [BILLING, "http://pay.example/number?session=cs_test_txn_01k7b3"]
    purchase.payment = PaymentPage(page, PROFILE)
    _, whole_address = landing_noted(purchase, PROFILE.base)
    page.on("framenavigated", whole_address)
    page.evaluate("to => history.pushState({}, '', to)", to.replace("txn", "cs_test_txn"))
    page.wait_for_url(f"**{to.partition('?')[0]}*")
    led = [f"http://site.example{to.replace('txn', 'cs_test_txn')}"] if is_noted else []
    assert purchase.landings == led


@pytest.mark.parametrize(
    ("thanks", "stays"),
    [
        ("<h1>Payment successful</h1><p>You can close this window.</p>", True),
        ("<h1>Payment successful</h1><a href=/billing>Return to Example</a>", False),
    ],
)
def test_a_window_that_leads_nowhere_is_left_for_the_one_that_opened_it(
    page: Page, thanks: str, *, stays: bool
) -> None:
    served(page)
    page.goto(BILLING)
    window = page.context.new_page()
    window.route("**/*", lambda asked: asked.fulfill(body=thanks, content_type="text/html"))
    window.goto("http://pay.example/thanks")
    member = SimpleNamespace(page=page)
    Member._come_back(cast("Member", member), PaymentPage(window, PROFILE))  # noqa: SLF001 - what each payment ends with
    assert (member.page is page, window.is_closed()) == (stays, stays)


@pytest.mark.parametrize(
    ("paid_at", "opened"), [("http://site.example/checkout/1", [BILLING]), ("http://pay.example/c/1", [])]
)
def test_where_a_checkout_of_the_site_has_led_without_a_request_is_opened_again(
    paid_at: str, opened: list[str]
) -> None:
    purchase = _bought(BILLING)
    purchase.addresses = [paid_at]
    purchase.stay_at(paid_at)
    purchase.came_to = BILLING
    with nullcontext() if opened else pytest.raises(NotVerifiedError, match="opened again"):
        assert _opened_again(purchase) == opened
