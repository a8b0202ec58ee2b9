"""A payment page on the site's own host that sends its form to itself: where it leads to, challenges and thanks."""

from __future__ import annotations

import contextlib
from http.server import BaseHTTPRequestHandler
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import msgspec
import pytest
from playwright.sync_api import Error as PlaywrightError

from steps.actors.landing import landing_noted
from steps.pages.checkout import PaymentPage
from tests.suite.support.payment_pages import NUMBER, PROFILE
from tests.support.serving import Quiet, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

FORM = f"<p>Total $20.00</p><form method=post>{NUMBER}<button>Pay</button></form>"
BANK = """<h2>Verify your payment</h2><p>Your bank asks you to confirm this payment of $20.00.</p><form method=post>
<button name=answer value=yes>Complete authentication</button>
<button name=answer value=no>Fail authentication</button></form>"""
DECLINED = f"<p>Your card was declined.</p>{FORM}"
THANKS = "<h1>Payment successful</h1><p>2,000 credits - $20.00 paid.</p><a href='/billing?id=1'>Back to billing</a>"
PAY = "/pay/cs_test_1"


class Site(Quiet, BaseHTTPRequestHandler):
    leads_to = "/billing?id=1"
    asked: list[str]

    def do_GET(self) -> None:
        pages = {PAY: FORM, "/challenge/cs_test_1": BANK, f"{PAY}/thanks": THANKS}
        self.answer(pages.get(self.path, "<h2>Current Plan</h2>"))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"] or 0))
        if b"answer=no" in body:
            self.answer(DECLINED)
        elif self.leads_to == "challenge" and b"answer" not in body:
            self.answer(BANK)
        else:
            self.send_response(303)
            self.send_header("location", self.leads_to if self.leads_to != "challenge" else "/billing?id=1")
            self.end_headers()

    def answer(self, html: str) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(html.encode())

    def log_request(self, *_: Any) -> None:
        self.asked.append(f"{self.command} {self.path}")


@pytest.fixture
def site(page: Page) -> Iterator[SimpleNamespace]:
    """A site that is open at its payment page; `asked` is what has been requested of it."""

    class Served(Site):
        pass

    Served.asked = []
    with serving(Served) as address:
        page.goto(f"{address}{PAY}")
        profile = msgspec.structs.replace(PROFILE, base_url=address)
        yield SimpleNamespace(address=address, payment=PaymentPage(page, profile), served=Served)


def pay(site: Any) -> str:
    return str(site.payment.pay(site.payment.form()).kind)


def test_the_landing_address_is_where_the_form_leads_to_and_not_itself(page: Page, site: Any) -> None:
    landings: list[str] = []
    purchase = cast("Any", SimpleNamespace(payment=site.payment, paid_at=0.0, landings=landings))
    note, _ = landing_noted(purchase, site.address)
    page.on("request", note)
    assert pay(site) == "left"
    assert landings == [f"{site.address}/billing?id=1"]


def test_a_buyer_is_kept_from_being_led_back_by_the_form_itself(page: Page, site: Any) -> None:
    site.payment.keep_from_leading_back()
    with contextlib.suppress(PlaywrightError):
        pay(site)
    page.close()
    assert site.served.asked == [f"GET {PAY}", f"POST {PAY}"]


@pytest.mark.parametrize("place", ["challenge", "/challenge/cs_test_1"])
@pytest.mark.parametrize(("complete", "kind"), [(True, "left"), (False, "refused")])
def test_a_challenge_may_be_a_page_of_the_site(site: Any, place: str, *, complete: bool, kind: str) -> None:
    site.served.leads_to = place
    assert pay(site) == "challenged"
    site.served.leads_to = "/billing?id=1"
    assert site.payment.challenge(complete=complete).kind == kind


def test_thanks_below_the_address_of_the_payment_are_its_own(site: Any) -> None:
    site.served.leads_to = f"{PAY}/thanks"
    assert pay(site) == "left"


KEPT = """<div role=radiogroup><button role=radio aria-checked=true>Visa \u2022\u2022\u2022\u2022 4242</button>
<button role=radio onclick="here.innerHTML = `<iframe src='http://pay.example/card'></iframe>`">{}</button>
</div><div id=here></div><button>Pay $39.00</button>"""


@pytest.mark.parametrize(
    ("name", "is_asked"), [("Use a new card", True), ("Add another card", True), ("PayPal", False)]
)
def test_another_card_than_a_kept_one_is_asked_for_first(page: Page, name: str, *, is_asked: bool) -> None:
    page.route("**/*", lambda asked: asked.fulfill(body=KEPT.format(name), content_type="text/html"))
    card = "<input autocomplete=cc-number>"
    page.route("**/card", lambda asked: asked.fulfill(body=card, content_type="text/html"))
    page.goto(f"{PROFILE.base}/checkout/1")
    payment = PaymentPage(page, PROFILE)
    payment.ask_for_another_card()
    assert bool(payment.frames()) is is_asked
