"""The API's objects as published: sessions, payments, events, webhook endpoints.

Source: docs.stripe.com/api. A field that does not apply is there with null, as a merchant's code expects it.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3

# Fields of a session that this processor never fills.
_UNUSED = dict.fromkeys(
    (
        "after_expiration",
        "allowed_payment_method_types",
        "collected_information",
        "consent",
        "consent_collection",
        "currency_conversion",
        "customer_account",
        "integration_identifier",
        "invoice",
        "managed_payments",
        "origin_context",
        "payment_link",
        "payment_method_configuration_details",
        "permissions",
        "recovered_from",
        "saved_payment_method_options",
        "setup_intent",
        "shipping_address_collection",
        "shipping_cost",
        "subscription",
        "wallet_options",
    )
)


# Fields that are the same in every session of this processor.
_SAME: dict[str, Any] = {
    "adaptive_pricing": {"enabled": False},
    "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
    "custom_fields": [],
    "custom_text": dict.fromkeys(("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")),
    "discounts": [],
    "livemode": False,
    "mode": "payment",
    "object": "checkout.session",
    "payment_method_collection": "if_required",
    "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
    "payment_method_types": ["card"],
    "phone_number_collection": {"enabled": False},
    "shipping_options": [],
    "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
}


def session(row: sqlite3.Row, page_url: str) -> dict[str, Any]:
    """Return a Checkout Session. Amounts in cents."""
    params = json.loads(row["params"])
    is_open = row["status"] == "open"
    embedded = is_embedded(params)
    secret = hashlib.sha256(row["id"].encode()).hexdigest()[:40]
    more = {"return_url": params["return_url"], "redirect_on_completion": "always"} if embedded else {}
    return (
        _UNUSED
        | _SAME
        | more
        | {
            "id": row["id"],
            "allow_promotion_codes": params.get("allow_promotion_codes"),
            "amount_subtotal": row["amount"],
            "amount_total": row["amount"],
            "billing_address_collection": params.get("billing_address_collection"),
            "cancel_url": params["cancel_url"],
            "client_secret": f"{row['id']}_secret_{secret}" if embedded and is_open else None,
            "client_reference_id": row["reference"],
            "created": row["created"],
            "currency": row["currency"],
            "customer": params.get("customer"),
            "customer_creation": None if params.get("customer") else "if_required",
            "customer_details": json.loads(row["customer"]) if row["customer"] else _known_customer(params),
            "customer_email": params["customer_email"],
            "expires_at": row["expires_at"],
            "invoice_creation": {"enabled": False, "invoice_data": _invoice_data()},
            "locale": params["locale"],
            "metadata": params["metadata"],
            "payment_intent": row["payment_intent"],
            "payment_status": row["payment_status"],
            "status": row["status"],
            "submit_type": params["submit_type"],
            "success_url": params["success_url"],
            "ui_mode": "embedded_page" if embedded else "hosted_page",
            "url": f"{page_url}/c/pay/{row['id']}" if is_open and not embedded else None,
        }
    )


def is_embedded(params: dict[str, Any]) -> bool:
    """Whether the page is shown in a page of the merchant's."""
    return str(params.get("ui_mode", "")).startswith("embedded")


def _known_customer(params: dict[str, Any]) -> dict[str, Any] | None:
    email = known_email(params)
    return customer(email=email) if email else None


def known_email(params: dict[str, Any]) -> str | None:
    """Return the buyer's e-mail address where the merchant gave it, with the order or with a customer."""
    known: str | None = params["customer_email"] or params.get("known_email")
    return known


def customer(**known: Any) -> dict[str, Any]:
    """Return what is known of a buyer, in the published shape."""
    address = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))
    names = dict.fromkeys(("business_name", "email", "individual_name", "name", "phone"))
    empty: dict[str, Any] = {"address": address if "address" in known else None, "tax_exempt": "none", "tax_ids": []}
    given_address = {"address": address | known["address"]} if known.get("address") else {}
    return empty | names | known | given_address


def _invoice_data() -> dict[str, Any]:
    nothing = ("account_tax_ids", "custom_fields", "description", "footer", "issuer", "rendering_options")
    return dict.fromkeys(nothing) | {"metadata": {}}


def line_items(row: sqlite3.Row) -> list[dict[str, Any]]:
    """Return the lines of a session's order. Amounts in cents."""
    return [_line_item(item) for item in json.loads(row["params"])["line_items"]]


def _line_item(item: dict[str, Any]) -> dict[str, Any]:
    amount = item["price"]["unit_amount"] * item["quantity"]
    return {
        "id": item["id"],
        "object": "item",
        "adjustable_quantity": None,
        "amount_discount": 0,
        "amount_subtotal": amount,
        "amount_tax": 0,
        "amount_total": amount,
        "currency": item["price"]["currency"],
        "description": item["name"],
        "metadata": {},
        "price": item["price"],
        "quantity": item["quantity"],
    }


def event(*, event_id: str, kind: str, created: int, content: dict[str, Any], api_version: str) -> dict[str, Any]:
    """Return an event around the object that it tells of."""
    return {
        "id": event_id,
        "object": "event",
        "api_version": api_version,
        "created": created,
        "data": {"object": content},
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
    }


def endpoint(row: sqlite3.Row) -> dict[str, Any]:
    """Return a webhook endpoint; its secret is told once only, by the request that creates it."""
    return {
        "id": row["id"],
        "object": "webhook_endpoint",
        "api_version": None,
        "application": None,
        "created": row["created"],
        "description": row["description"],
        "enabled_events": json.loads(row["enabled_events"]),
        "livemode": False,
        "metadata": json.loads(row["metadata"]),
        "status": "enabled",
        "url": row["url"],
    }
