"""The payment page's own server: hosted checkout sessions, published test cards, 3-D Secure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, jsonify

from tests.tools.foreign_site.current import asked, merchant

if TYPE_CHECKING:
    from tests.tools.foreign_site.merchant import Checkout

DECLINED = {
    "debit": "Your credit card was declined. Try paying with a debit card instead.",
    "different": "Your card was declined. Please try a different card.",
}
NO_FUNDS = {
    "debit": "Your credit card was declined because of insufficient funds. Try paying with a debit card instead.",
    "different": "Your card has insufficient funds. Try a different card.",
}
UNAUTHENTICATED = (
    "We are unable to authenticate your payment method. Please choose a different payment method and try again."
)
PAID = {"4242424242424242", "5555555555554444"}
NO_FUNDS_CARD, PROCESSING_ERROR_CARD = "4000000000009995", "4000000000000119"
CHALLENGED = {"4000002760003184", "4000008400001629"}
ERRORS = {
    "4000000000000069": "Your card is expired. Try a different card.",
    "4000000000000127": "Your card\u2019s CVC is incorrect.",
    PROCESSING_ERROR_CARD: "An error occurred while processing your card. Try again.",
}
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Checkout</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/pay.css"></head><body>
<script type="module" src="/static/pay.js"></script></body></html>"""
OUTER = """<!doctype html><title>3D Secure</title><body style="margin:0">
<iframe name="stripe-challenge-frame" title="Issuer" src="/acs/%s" style="border:0;width:100%%;height:300px">"""
ACS = """<!doctype html><html lang="en"><title>Bank</title><style>body{font:15px sans-serif;animation:in .7s}
@keyframes in{from{transform:translateY(60px);opacity:0}}</style><h1>3D Secure 2 Test Page</h1>
<p>Complete or fail this authentication.</p>
<button id="test-source-authorize-3ds">Complete</button> <button id="test-source-fail-3ds">Fail</button>
<script>const born = Date.now();
for (const button of document.querySelectorAll("button")) button.onclick = () => {
  if (Date.now() - born > 700) parent.parent.postMessage({ authenticated: button.id.includes("authorize") }, origin);
};</script></html>"""


pages = Blueprint("pages", __name__)


def session(session_id: str) -> Checkout:
    """A payment session; ends the request with 404 when there is none."""
    found = merchant.checkouts.get(session_id)
    if found is None:
        abort(404)
    return found


def paid(checkout: Checkout) -> dict[str, Any]:
    """Notify the merchant, then send the buyer back."""
    merchant.fulfil(checkout)
    return {"redirect": checkout.success_url}


def declined(checkout: Checkout, card: str) -> dict[str, Any]:
    """The sentence for a card that does not pay; the session stays open."""
    if merchant.config.breaks("grant-on-decline"):
        merchant.grant(checkout)
    words = merchant.config["decline_words"]
    sentences = {NO_FUNDS_CARD: NO_FUNDS[words], **ERRORS}
    whole = card == PROCESSING_ERROR_CARD
    return {"error": sentences.get(card, DECLINED[words]), "at": "whole" if whole else "card"}


@pages.get("/c/pay/<session_id>")
@pages.get("/elements/<session_id>")
def page(session_id: str) -> Response:
    session(session_id)
    return Response(PAGE, content_type="text/html; charset=utf-8", headers={"Cache-Control": "no-store"})


@pages.get("/v1/sessions/<session_id>")
def show(session_id: str) -> Response:
    checkout = session(session_id)
    return jsonify(
        status=checkout.status,
        name=checkout.name,
        amount=checkout.amount,
        currency=merchant.currency,
        merchant="Kestrel",
        email=checkout.account.email,
        back=checkout.cancel_url,
        layout=merchant.config["pay_layout"],
        saveBox=merchant.config["save_box"] == "ticked",
    )


@pages.post("/v1/sessions/<session_id>/pay")
def pay(session_id: str) -> Response:
    """Try a card: paid with an address to go to, refused with a sentence, or a challenge to show."""
    checkout = session(session_id)
    card = str(asked().get("card", ""))
    if checkout.status != "open":
        return jsonify(error="This checkout session has been completed.", at="whole")
    if card in PAID:
        return jsonify(paid(checkout))
    if card in CHALLENGED:
        checkout.challenged = card
        return jsonify(challenge=f"/three-ds-2-challenge/{session_id}")
    return jsonify(declined(checkout, card))


@pages.post("/v1/sessions/<session_id>/challenge")
def challenge(session_id: str) -> Response:
    checkout = session(session_id)
    card, checkout.challenged = checkout.challenged, ""
    if not card or checkout.status != "open":
        abort(409)
    if asked().get("authenticated") is not True:
        if merchant.config.breaks("grant-on-failed-3ds"):
            merchant.grant(checkout)
        return jsonify(error=UNAUTHENTICATED, at="whole")
    if card == "4000008400001629":
        return jsonify(declined(checkout, card))
    return jsonify(paid(checkout))


@pages.get("/three-ds-2-challenge/<session_id>")
def challenge_outer(session_id: str) -> str:
    return OUTER % session(session_id).id


@pages.get("/acs/<session_id>")
def challenge_inner(session_id: str) -> str:
    session(session_id)
    return ACS
