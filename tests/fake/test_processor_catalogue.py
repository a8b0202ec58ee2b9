"""Products, prices, customers and refunds, and what merchants send although it is so anyway."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fake.support.bank import BUYER, DECLINED, GOOD
from tests.fake.support.bank_api import BankApi

BY_DATA = dict.fromkeys(
    f"line_items[0][price_data][{name}]" for name in ("currency", "unit_amount", "product_data][name")
)


@pytest.fixture(scope="module")
def api() -> BankApi:
    return BankApi()


def refused(api: BankApi, path: str, **params: Any) -> tuple[int, str | None, str | None]:
    answer = api.ask("POST", path, **params)
    assert answer.json is not None
    error = answer.json["error"]
    return answer.status_code, error.get("param"), error.get("code")


def paid(api: BankApi, **more: Any) -> Any:
    """Make a session, pay it, and return its payment."""
    made = api.session(**more)["id"]
    assert api.bank.payments.attempt(made, GOOD, BUYER).state == "paid"
    return api.get(f"checkout/sessions/{made}", **{"expand[]": "payment_intent.latest_charge"})["payment_intent"]


def test_a_price_is_made_found_and_bought_at(api: BankApi) -> None:
    product = api.post("products", name="A stubborn attachment", description="Rare")
    price = api.post("prices", product=product["id"], currency="EUR", unit_amount=2_000, lookup_key="stubborn")
    assert api.get(f"prices/{price['id']}") == price
    assert api.get("prices", **{"lookup_keys[]": "stubborn"})["data"] == [price]
    assert api.get("prices", product=product["id"], active="true")["data"] == [price]
    session = api.session(**BY_DATA, **{"line_items[0][price]": price["id"], "line_items[0][quantity]": 3})
    assert (session["amount_total"], session["currency"]) == (6_000, "eur")
    [line] = api.get(f"checkout/sessions/{session['id']}/line_items")["data"]
    assert (line["price"], line["description"]) == (price, "A stubborn attachment")


def test_a_product_may_come_with_its_price(api: BankApi) -> None:
    made = api.post(
        "products",
        id="credits",
        name="C",
        **{"default_price_data[currency]": "usd", "default_price_data[unit_amount]": 5},
    )
    price = api.get("products/credits", **{"expand[]": "default_price"})["default_price"]
    assert (price["id"], price["unit_amount"], price["product"]) == (made["default_price"], 5, "credits")
    assert refused(api, "products", id="credits", name="C") == (400, "id", "resource_already_exists")
    assert [one["id"] for one in api.get("products", **{"ids[]": "credits"})["data"]] == ["credits"]


def test_a_price_described_in_an_order_is_there_for_nobody_else(api: BankApi) -> None:
    session = api.session(**{"line_items[0][price_data][product_data][images][]": "http://127.0.0.1:9/a.png"})
    [line] = api.get(f"checkout/sessions/{session['id']}/line_items", **{"expand[]": "data.price.product"})["data"]
    assert not line["price"]["active"]
    assert line["price"]["product"]["images"] == ["http://127.0.0.1:9/a.png"]
    assert api.get(f"prices/{line['price']['id']}")["unit_amount"] == 2_000
    order = {"mode": "payment", "success_url": "http://a/", "line_items[0][quantity]": 1}
    again = refused(api, "checkout/sessions", **order, **{"line_items[0][price]": line["price"]["id"]})
    assert again == (400, "line_items[0][price]", None)


@pytest.mark.parametrize(
    ("path", "params", "param"),
    [
        ("prices", {"currency": "usd", "unit_amount": 1}, "product"),
        ("prices", {"currency": "usd", "unit_amount": 1, "product": "prod_unknown"}, "product"),
        ("prices", {"currency": "usd", "unit_amount": 1, "product": "p", "recurring[interval]": "month"}, "recurring"),
        ("products", {}, "name"),
        ("customers", {"email": "nobody"}, "email"),
        ("refunds", {}, "charge"),
        ("refunds", {"payment_intent": "pi_unknown"}, "payment_intent"),
        ("refunds", {"charge": "ch_unknown"}, "charge"),
    ],
)
def test_what_makes_no_sense_is_refused(api: BankApi, path: str, params: dict[str, Any], param: str) -> None:
    assert refused(api, path, **params)[:2] == (400, param)


@pytest.mark.parametrize("path", ["prices", "products", "customers", "refunds", "charges", "payment_methods"])
def test_what_nobody_knows_is_not_found(api: BankApi, path: str) -> None:
    answer = api.ask("GET", f"{path}/x_unknown")
    assert answer.status_code == 404
    assert "No such" in answer.text


def test_a_customer_is_known_to_the_payment_page(api: BankApi) -> None:
    customer = api.post("customers", email="grace@example.com", name="Grace")
    assert api.get("customers", email="grace@example.com")["data"] == [customer]
    session = api.session(customer=customer["id"])
    assert (session["customer"], session["customer_email"]) == (customer["id"], None)
    assert session["customer_details"]["email"] == "grace@example.com"
    assert 'value="grace@example.com" readonly' in api.client.get(f"/c/pay/{session['id']}").text
    both = refused(
        api, "checkout/sessions", mode="payment", success_url="http://a/", customer=customer["id"],
        customer_email="a@example.com", **{"line_items[0][price]": "price_1", "line_items[0][quantity]": 1},
    )  # fmt: skip
    assert both[0] == 400


def test_a_paid_session_is_refunded_once(api: BankApi) -> None:
    intent = paid(api)
    first = api.post("refunds", payment_intent=intent["id"], amount=500, reason="duplicate")
    assert (first["amount"], first["status"], first["charge"]) == (500, "succeeded", intent["latest_charge"]["id"])
    assert refused(api, "refunds", payment_intent=intent["id"], amount=1_501)[:2] == (400, "amount")
    rest = api.post("refunds", charge=first["charge"])
    assert rest["amount"] == 1_500
    assert refused(api, "refunds", charge=first["charge"])[2] == "charge_already_refunded"
    charge = api.get(f"charges/{first['charge']}")
    assert (charge["amount_refunded"], charge["refunded"]) == (2_000, True)
    told = api.get("events", type="charge.refunded")["data"]
    assert [(it["data"]["object"]["amount_refunded"], it["data"]["object"]["refunded"]) for it in told] == [
        (2_000, True),
        (500, False),
    ]
    assert [it["id"] for it in api.get("refunds", payment_intent=intent["id"])["data"]] == [rest["id"], first["id"]]


def test_a_declined_payment_is_not_refunded(api: BankApi) -> None:
    made = api.session()["id"]
    api.bank.payments.attempt(made, DECLINED, BUYER)
    intent = api.get(f"checkout/sessions/{made}")["payment_intent"]
    answer = api.ask("POST", "refunds", payment_intent=intent)
    assert answer.status_code == 400
    assert "does not have a successful charge" in answer.text


def test_a_refund_is_delivered(api: BankApi) -> None:
    api.post("webhook_endpoints", url="http://127.0.0.1:9/hook", **{"enabled_events[]": "charge.refunded"})
    api.post("refunds", payment_intent=paid(api, client_reference_id="refunded")["id"])
    assert [it["type"] for it in api.bank.list_deliveries("refunded")] == ["charge.refunded"]


DEFAULTS = {
    "ui_mode": "hosted", "automatic_tax[enabled]": "false",
    "billing_address_collection": "auto", "customer_email": "ada@example.com", "locale": "auto", "submit_type": "auto",
    "customer_creation": "if_required", "phone_number_collection[enabled]": "false",
    "adaptive_pricing[enabled]": "false",
    "invoice_creation[enabled]": "false", "tax_id_collection[enabled]": "false", "payment_method_types[]": "card",
    "payment_intent_data[capture_method]": "automatic", "line_items[0][adjustable_quantity][enabled]": "false",
}  # fmt: skip


def test_what_is_so_anyway_may_be_sent(api: BankApi) -> None:
    session = api.session(**DEFAULTS, allow_promotion_codes="false")
    assert (session["billing_address_collection"], session["allow_promotion_codes"]) == ("auto", False)


@pytest.mark.parametrize("name", [name for name, value in DEFAULTS.items() if value == "false"])
def test_what_this_account_cannot_do_is_refused(api: BankApi, name: str) -> None:
    order = {"mode": "payment", "success_url": "http://a/", **dict.fromkeys(BY_DATA, "usd")}
    order |= {"line_items[0][price_data][unit_amount]": "2000", "line_items[0][quantity]": "1"}
    status, param, _ = refused(api, "checkout/sessions", **order, **{name: "true"})
    assert (status, param) == (400, name)
