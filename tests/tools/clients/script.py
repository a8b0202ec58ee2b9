"""What a merchant does, by whatever `stripe` package is on the path: prints each step that held, and fails at another.

Runs in a process of its own, without anything of this project's; the environment holds key and address.
"""

from __future__ import annotations

import json
import os
import urllib.request
from typing import Any

import stripe as package

stripe: Any = package  # of any version: its types are not those that this project is checked with
stripe.api_key = os.environ["STRIPE_SECRET_KEY"]
stripe.api_base = os.environ["STRIPE_API_BASE"]
CARD = {
    "email": "ada@example.com", "cardNumber": "4242424242424242", "cardExpiry": "12 / 34", "cardCvc": "123",
    "billingName": "Ada", "billingCountry": "US", "billingPostalCode": "94107",
}  # fmt: skip


def held(step: str, condition: object) -> None:
    """Print a step that held; end with the step that did not."""
    if not condition:
        raise SystemExit(f"{step} does not hold")
    print(step)  # noqa: T201 - the script's result


def pay(url: str) -> str:
    """Pay as the page's own script does, and return how that ended."""
    request = urllib.request.Request(  # noqa: S310 - the processor's own address
        f"{url}/confirm", json.dumps(CARD).encode(), {"Content-Type": "application/json"}
    )
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    return str(json.load(direct.open(request))["state"])


product = stripe.Product.create(name="Credits", images=["http://127.0.0.1/a.png"])
price = stripe.Price.create(product=product.id, currency="eur", unit_amount=2_000)
held("product and price", stripe.Price.retrieve(price.id).unit_amount == 2_000)
held("prices listed", [one.id for one in stripe.Price.list(product=product.id).auto_paging_iter()] == [price.id])
customer = stripe.Customer.create(email="ada@example.com", name="Ada")
held("customer", stripe.Customer.retrieve(customer.id).email == "ada@example.com")
session = stripe.checkout.Session.create(
    mode="payment", line_items=[{"price": price.id, "quantity": 2}], customer=customer.id,
    ui_mode=os.environ["UI_MODE"],
    success_url="http://127.0.0.1:9/?session_id={CHECKOUT_SESSION_ID}", cancel_url="http://127.0.0.1:9/",
    allow_promotion_codes=False, automatic_tax={"enabled": False}, billing_address_collection="auto",
    idempotency_key=f"client {os.getpid()}",
)  # fmt: skip
held("session", (session.amount_total, session.status, session.ui_mode) == (4_000, "open", os.environ["UI_MODE"]))
lines = stripe.checkout.Session.list_line_items(session.id, limit=1)
held("line items", (lines.data[0].quantity, lines.data[0].price.id, lines.has_more) == (2, price.id, False))
held("paid", pay(session.url) == "paid")
paid = stripe.checkout.Session.retrieve(session.id, expand=["payment_intent.latest_charge", "line_items"])
held("expanded", paid.payment_status == "paid" and paid.payment_intent.latest_charge.paid)
event = stripe.Event.list(type="checkout.session.*", limit=1).data[0]
held("event", event.data.object.id == session.id)
refund = stripe.Refund.create(payment_intent=paid.payment_intent.id)
held("refund", (refund.amount, refund.status) == (4_000, "succeeded"))
held("charge.refunded", stripe.Event.list(type="charge.refunded", limit=1).data[0].data.object.refunded)
hook = stripe.WebhookEndpoint.create(url="http://127.0.0.1:9/hook", enabled_events=["*"])
held("webhook endpoint", hook.secret.startswith("whsec_") and stripe.WebhookEndpoint.delete(hook.id).deleted)
refused = stripe.error.InvalidRequestError if hasattr(stripe, "error") else stripe.InvalidRequestError
try:
    stripe.checkout.Session.create(
        mode="payment", line_items=[{"price": "price_x", "quantity": 1}], success_url="http://a/"
    )
except refused as error:
    held("unknown price", (error.http_status, error.param) == (400, "line_items[0][price]"))
else:
    raise SystemExit("an unknown price was sold")
