"""The API's objects of a payment as published: the intent, its charges and refunds, and the card behind them.

Source: docs.stripe.com/api. A field that does not apply is there with null, as a merchant's code expects it.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3

    from fake_backend.processor.cards import Card, Refusal

_INTENT_UNUSED = dict.fromkeys(
    (
        "allowed_payment_method_types",
        "application",
        "application_fee_amount",
        "automatic_payment_methods",
        "canceled_at",
        "cancellation_reason",
        "customer_account",
        "excluded_payment_method_types",
        "managed_payments",
        "next_action",
        "on_behalf_of",
        "payment_method_configuration_details",
        "payment_record",
        "processing",
        "review",
        "setup_future_usage",
        "shipping",
        "source",
        "statement_descriptor",
        "statement_descriptor_suffix",
        "transfer_group",
    )
)
_CHARGE_UNUSED = dict.fromkeys(
    (
        "application",
        "application_fee",
        "application_fee_amount",
        "balance_transaction",
        "failure_balance_transaction",
        "on_behalf_of",
        "receipt_email",
        "receipt_number",
        "receipt_url",
        "review",
        "shipping",
        "source",
        "source_transfer",
        "statement_descriptor",
        "statement_descriptor_suffix",
        "transfer_data",
        "transfer_group",
    )
)
_REFUND_UNUSED = dict.fromkeys(
    (
        "balance_transaction",
        "customer",
        "customer_account",
        "receipt_number",
        "source_transfer_reversal",
        "transfer_reversal",
    )
)


def payment_intent(row: sqlite3.Row, owner: sqlite3.Row, charge: dict[str, Any] | None) -> dict[str, Any]:
    """Return the payment of a session (`owner`) with its latest charge. Amounts in cents."""
    params = json.loads(owner["params"])
    data, paid = params["payment_intent_data"], row["status"] == "succeeded"
    secret = hashlib.sha256(row["id"].encode()).hexdigest()[:25]
    card = {"installments": None, "mandate_options": None, "network": None, "request_three_d_secure": "automatic"}
    return _INTENT_UNUSED | {
        "id": row["id"],
        "object": "payment_intent",
        "amount": owner["amount"],
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": owner["amount"] if paid else 0,
        "capture_method": "automatic_async",
        "client_secret": f"{row['id']}_secret_{secret}",
        "confirmation_method": "automatic",
        "created": row["created"],
        "currency": owner["currency"],
        "customer": params.get("customer"),
        "description": data["description"],
        "last_payment_error": json.loads(row["error"]) if row["error"] else None,
        "latest_charge": charge["id"] if charge else None,
        "livemode": False,
        "metadata": data["metadata"],
        "payment_method": charge["payment_method"] if charge and paid else None,
        "payment_method_options": {"card": card},
        "payment_method_types": ["card"],
        "receipt_email": data.get("receipt_email"),
        "status": row["status"],
    }


def payment_method(name: str, card: Card, buyer: dict[str, Any], created: int) -> dict[str, Any]:
    """Return a card as the API shows it: of its number the last four digits only."""
    return {
        "id": name,
        "object": "payment_method",
        "allow_redisplay": "limited",
        "billing_details": _billing_details(buyer),
        "card": {
            "brand": card.brand,
            "checks": _checks(card),
            "country": "US",
            "display_brand": card.brand,
            "exp_month": card.exp_month,
            "exp_year": card.exp_year,
            "fingerprint": _fingerprint(card),
            "funding": "credit",
            "generated_from": None,
            "last4": card.last4,
            "networks": {"available": [card.brand], "preferred": None},
            "regulated_status": "unregulated",
            "three_d_secure_usage": {"supported": True},
            "wallet": None,
        },
        "created": created,
        "customer": None,
        "customer_account": None,
        "livemode": False,
        "metadata": {},
        "type": "card",
    }


def charge(
    name: str, intent: dict[str, Any], method: dict[str, Any], card: Card, refusal: Refusal | None
) -> dict[str, Any]:
    """Return one try to charge a card: paid, or refused by its bank."""
    paid = refusal is None
    return _CHARGE_UNUSED | {
        "id": name,
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": intent["amount"] if paid else 0,
        "amount_refunded": 0,
        "billing_details": method["billing_details"],
        "calculated_statement_descriptor": "TEST",
        "captured": paid,
        "created": method["created"],
        "currency": intent["currency"],
        "customer": intent["customer"],
        "description": intent["description"],
        "disputed": False,
        "failure_code": refusal.code if refusal else None,
        "failure_message": refusal.message if refusal else None,
        "fraud_details": {},
        "livemode": False,
        "metadata": intent["metadata"],
        "outcome": _outcome(refusal),
        "paid": paid,
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": {"card": _card_details(card, intent["amount"]), "type": "card"},
        "refunded": False,
        "status": "succeeded" if paid else "failed",
    }


def refund(name: str, of: dict[str, Any], wish: dict[str, Any]) -> dict[str, Any]:
    """Return a refund of a charge; `wish` has its amount (cents), reason, metadata and time."""
    return _REFUND_UNUSED | {
        "id": name,
        "object": "refund",
        "charge": of["id"],
        "currency": of["currency"],
        "payment_intent": of["payment_intent"],
        "payment_method": of["payment_method"],
        "status": "succeeded",
        **wish,
    }


def _billing_details(buyer: dict[str, Any]) -> dict[str, Any]:
    address = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))
    known = {name: buyer.get(name) for name in ("email", "name", "phone")}
    return {"address": address | (buyer.get("address") or {}), **known, "tax_id": None}


def _checks(card: Card) -> dict[str, Any]:
    wrong_cvc = card.refusal is not None and card.refusal.code == "incorrect_cvc"
    return {
        "address_line1_check": None,
        "address_postal_code_check": "pass",
        "cvc_check": "fail" if wrong_cvc else "pass",
    }


def _fingerprint(card: Card) -> str:
    return hashlib.sha256(f"{card.brand} {card.last4}".encode()).hexdigest()[:16]


def _card_details(card: Card, amount: int) -> dict[str, Any]:
    unused = dict.fromkeys(("authorization_code", "installments", "mandate", "network_token", "wallet"))
    return unused | {
        "amount_authorized": amount,
        "brand": card.brand,
        "checks": _checks(card),
        "country": "US",
        "exp_month": card.exp_month,
        "exp_year": card.exp_year,
        "fingerprint": _fingerprint(card),
        "funding": "credit",
        "last4": card.last4,
        "network": card.brand,
        "network_transaction_id": None,
        "regulated_status": "unregulated",
        "three_d_secure": None,
    }


def _outcome(refusal: Refusal | None) -> dict[str, Any]:
    return {
        "advice_code": None,
        "network_advice_code": None,
        "network_decline_code": None,
        "network_status": "declined_by_network" if refusal else "approved_by_network",
        "reason": (refusal.decline_code or refusal.code) if refusal else None,
        "risk_level": "normal",
        "risk_score": 20,
        "seller_message": "The bank did not accept the payment." if refusal else "Payment complete.",
        "type": "issuer_declined" if refusal else "authorized",
    }
