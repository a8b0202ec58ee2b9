"""Every object of the API against the types of the `stripe` package, as it is installed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fake.support.bank import BUYER, CHALLENGED, DECLINED, GOOD
from tests.fake.support.bank_api import BankApi
from tests.fake.support.published import problems


@pytest.fixture(scope="module")
def api() -> BankApi:
    """Return a processor at which everything has happened once."""
    api = BankApi()
    customer = api.post("customers", email="ada@example.com", name="Ada", **{"metadata[a]": "b"})["id"]
    product = api.post("products", name="Credits", **{"images[]": "http://127.0.0.1:9/a.png"})["id"]
    api.post("products", name="More", **{"default_price_data[currency]": "usd", "default_price_data[unit_amount]": 900})
    price = api.post("prices", product=product, currency="usd", unit_amount=2_500)["id"]
    named: Any = {"line_items[0][price_data][currency]": None, "line_items[0][price_data][unit_amount]": None}
    named |= {
        "line_items[0][price_data][product_data][name]": None,
        "line_items[0][price]": price,
        "customer": customer,
    }
    api.session(**named)
    for card in (DECLINED, CHALLENGED, GOOD):
        made = api.session()["id"]
        outcome = api.bank.payments.attempt(made, card, BUYER)
        if outcome.challenge:
            api.bank.payments.answer(made, outcome.challenge, passed=False)
    intent = api.get(f"checkout/sessions/{made}")["payment_intent"]
    api.post("refunds", payment_intent=intent, amount=500, reason="requested_by_customer")
    api.post(f"checkout/sessions/{api.session()['id']}/expire")
    api.post("webhook_endpoints", url="http://127.0.0.1:9/hook", **{"enabled_events[]": "*"})
    return api


@pytest.mark.parametrize(
    "path", ["checkout/sessions", "products", "prices", "customers", "refunds", "events", "webhook_endpoints"]
)
def test_every_object_of_a_list_is_as_published(api: BankApi, path: str) -> None:
    listed = api.get(path, limit=100)
    assert listed["data"], "there is something to look at"
    assert problems(listed) == []


def test_every_object_of_a_payment_is_as_published(api: BankApi) -> None:
    wishes = ["data.line_items.data.price", "data.payment_intent.latest_charge", "data.customer"]
    sessions = api.get("checkout/sessions", limit=100, **{"expand[]": wishes})["data"]
    assert [problem for session in sessions for problem in problems(session)] == []
    tried = [session["payment_intent"] for session in sessions if session["payment_intent"]]
    assert {intent["status"] for intent in tried} == {"succeeded", "requires_payment_method"}
    assert {bool(intent["last_payment_error"]) for intent in tried} == {True, False}
    for intent in tried:
        if intent["latest_charge"]:
            method = api.get(f"payment_methods/{intent['latest_charge']['payment_method']}")
            assert problems(method) == []


def test_a_line_of_a_session_leads_to_its_product(api: BankApi) -> None:
    wish = {"expand[]": "line_items.data.price.product"}
    product = api.get(f"checkout/sessions/{api.session()['id']}", **wish)["line_items"]["data"][0]["price"]["product"]
    assert problems(product) == []


def test_every_object_that_an_event_tells_of_is_as_published(api: BankApi) -> None:
    events = api.get("events", limit=100)["data"]
    kinds = {event["type"] for event in events}
    assert kinds == {
        "checkout.session.completed", "checkout.session.expired", "payment_intent.payment_failed",
        "payment_intent.succeeded", "charge.refunded", "refund.created",
    }  # fmt: skip
    for event in events:
        assert problems(event["data"]["object"]) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"amount_total": "2000"}, "checkout.session.amount_total is '2000'"),
        ({"colour": "red"}, "checkout.session.colour is not published"),
        ({"status": "done"}, "checkout.session.status is 'done'"),
        ({"currency_conversion": ...}, "checkout.session.currency_conversion is missing"),
        ({"mode": None}, "checkout.session.mode is null"),
        ({"custom_text": {"colour": None}}, "checkout.session.custom_text.colour is not published"),
        ({"total_details": {"amount_discount": 0}}, "checkout.session.total_details.amount_tax is missing"),
    ],
)
def test_what_is_not_as_published_is_found(api: BankApi, changes: dict[str, Any], said: str) -> None:
    body = {name: value for name, value in (api.session() | changes).items() if value is not ...}
    assert said in problems(body)
