"""The smallest shop, as Stripe's documentation teaches it; STRIPE_API_BASE alone points it at the fake."""

import os

import stripe
from flask import Flask, redirect, request
from werkzeug import Response

stripe.api_key = os.environ["STRIPE_SECRET_KEY"]
stripe.api_base = os.environ.get("STRIPE_API_BASE", stripe.api_base)
app = Flask(__name__)
fulfilled: list[str] = []


@app.get("/")
def shop() -> str:
    return '<form action="/create-checkout-session" method="post"><button>Checkout</button></form>'


@app.post("/create-checkout-session")
def create_checkout_session() -> Response:
    session = stripe.checkout.Session.create(
        mode="payment",
        line_items=[{"price": os.environ["PRICE_ID"], "quantity": 1}],
        success_url=f"{request.host_url}success?session_id={{CHECKOUT_SESSION_ID}}",
        cancel_url=request.host_url,
    )
    return redirect(session.url or "/", code=303)


@app.post("/webhook")
def webhook() -> str:
    signature, secret = request.headers["Stripe-Signature"], os.environ["STRIPE_WEBHOOK_SECRET"]
    event = stripe.Webhook.construct_event(request.data, signature, secret)
    if event.type == "checkout.session.completed" and event.data.object["payment_status"] == "paid":
        fulfilled.append(event.data.object["id"])
    return ""


@app.get("/success")
def success() -> str:
    return "Thank you!" if request.args["session_id"] in fulfilled else "Your order is on its way."
