"""Refunds of what a session paid: all of it, or a part, until nothing is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fake_backend.processor import clock, events, ids, money, payment_objects, records
from fake_backend.processor.errors import ApiError, no_such

if TYPE_CHECKING:
    from fake_backend.database import Transaction
    from fake_backend.processor.catalogue_params import CreateRefund


def create(tx: Transaction, params: CreateRefund) -> dict[str, Any]:
    """Refund a payment, and send `refund.created` and `charge.refunded`. Raises `ApiError`."""
    charge = _charge(tx, params)
    session = tx.row("SELECT reference FROM sessions WHERE payment_intent = ?", (charge["payment_intent"],))
    reference = session["reference"] if session else None
    left = charge["amount_captured"] - charge["amount_refunded"]
    amount = params.amount or left
    _check(charge, amount, left)
    wish: dict[str, Any] = {
        "amount": amount,
        "created": int(clock.now(tx, reference)),
        "metadata": params.metadata,
        "reason": params.reason,
    }
    made = records.add(tx, payment_objects.refund(ids.new("re_"), charge, wish), charge["payment_intent"])
    refunded = charge["amount_refunded"] + amount
    charge = records.change(tx, charge["id"], amount_refunded=refunded, refunded=refunded == charge["amount_captured"])
    events.record(tx, "refund.created", reference, made)
    events.record(tx, "charge.refunded", reference, charge)
    return made


def _charge(tx: Transaction, params: CreateRefund) -> dict[str, Any]:
    """Return the charge that is meant. Raises `ApiError` where none, or none that was paid, is."""
    if (params.charge is None) == (params.payment_intent is None):
        message = "You must provide exactly one of these parameters: charge, payment_intent."
        raise ApiError(message, code="parameter_missing", param="charge")
    if params.charge is not None:
        found = records.find(tx, "charge", params.charge)
        if found is None:
            raise no_such("charge", params.charge, "charge", 400)
    else:
        intent = params.payment_intent or ""
        if not tx.row("SELECT 1 FROM payment_intents WHERE id = ?", (intent,)):
            raise no_such("payment_intent", intent, "payment_intent", 400)
        found = records.newest(tx, "charge", intent)
    if found is None or not found["paid"]:
        message = f"This PaymentIntent ({params.payment_intent or ''}) does not have a successful charge to refund."
        raise ApiError(message, code=None if params.payment_intent else "charge_not_refundable")
    return found


def _check(charge: dict[str, Any], amount: int, left: int) -> None:
    if not left:
        message = f"Charge {charge['id']} has already been refunded."
        raise ApiError(message, code="charge_already_refunded")
    if amount > left:
        wish, rest = (money.show(value, charge["currency"]) for value in (amount, left))
        message = f"Refund amount ({wish}) is greater than unrefunded amount on charge ({rest})"
        raise ApiError(message, param="amount")
