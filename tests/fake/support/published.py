"""Objects held against the types that the `stripe` package publishes: what is missing, unknown, or of another type."""

from __future__ import annotations

import types
import typing
from decimal import Decimal, InvalidOperation
from typing import Any, ForwardRef, Literal, Union, get_args, get_origin

import stripe
from stripe._list_object import ListObject
from stripe._stripe_object import UntypedStripeObject

# Fields that the published description lets an object leave out; Python's types say only that they may be null.
_LEFT_OUT = {
    "checkout.session": {
        "branding_settings", "excluded_payment_method_types", "line_items", "name_collection", "optional_items",
        "phone_number_collection", "presentment_details", "redirect_on_completion", "return_url", "tax_id_collection",
    },
    "item": {"discounts", "taxes"},
    "price": {"currency_options", "tiers"},
    "product": {"default_price", "statement_descriptor", "tax_code", "unit_label"},
    "payment_intent": {"amount_details", "hooks", "payment_details", "presentment_details", "transfer_data"},
    "charge": {"authorization_code", "level3", "presentment_details", "radar_options", "refunds", "transfer"},
    "refund": {
        "description", "destination_details", "failure_balance_transaction", "failure_reason", "instructions_email",
        "next_action", "pending_reason", "presentment_details",
    },
    "customer": {
        "address", "business_name", "cash_balance", "currency", "customer_account", "delinquent", "discount",
        "individual_name", "invoice_credit_balance", "invoice_prefix", "name", "next_invoice_sequence", "phone",
        "preferred_locales", "sources", "subscriptions", "tax", "tax_exempt", "tax_ids", "test_clock",
    },
    "event": {"account", "context"},
    "webhook_endpoint": {"secret"},
}  # fmt: skip
_CLASSES: dict[str, type[Any]] = {
    "checkout.session": stripe.checkout.Session,
    "item": stripe.LineItem,
    "price": stripe.Price,
    "product": stripe.Product,
    "payment_intent": stripe.PaymentIntent,
    "payment_method": stripe.PaymentMethod,
    "charge": stripe.Charge,
    "refund": stripe.Refund,
    "customer": stripe.Customer,
    "event": stripe.Event,
    "webhook_endpoint": stripe.WebhookEndpoint,
}


def problems(body: dict[str, Any]) -> list[str]:
    """Return where an object is not what is published, a sentence each."""
    if body["object"] == "list":
        return [problem for part in body["data"] for problem in problems(part)]
    return _of_class(body, _CLASSES[body["object"]], body["object"])


def _of_class(body: Any, kind: type[Any], at: str) -> list[str]:
    if not isinstance(body, dict):
        return [f"{at} is no object"]
    hints: dict[str, Any] = {}
    for parent in reversed(kind.__mro__):
        if issubclass(parent, stripe.StripeObject) and parent is not stripe.StripeObject:
            hints |= {name: hint for name, hint in vars(parent).get("__annotations__", {}).items() if name.islower()}
    hints = {name: hint for name, hint in hints.items() if not name.startswith("_")}
    may_lack = _LEFT_OUT.get(str(body.get("object")))
    found = [f"{at}.{name} is not published" for name in body if name not in hints]
    for name, hint in hints.items():
        if name in body:
            found += _of_type(body[name], hint, f"{at}.{name}")
        elif not _may_be_null(hint) or (may_lack is not None and name not in may_lack | {"deleted"} and _is_own(kind)):
            found.append(f"{at}.{name} is missing")
    return found


def _is_own(kind: type[Any]) -> bool:
    """Whether a class is of an object of its own whose optional fields are listed."""
    return kind in _CLASSES.values() and kind is not stripe.PaymentMethod


def _may_be_null(hint: Any) -> bool:
    return get_origin(hint) in {Union, types.UnionType} and type(None) in get_args(hint)


def _of_type(value: Any, hint: Any, at: str) -> list[str]:
    origin, arguments = get_origin(hint), get_args(hint)
    if isinstance(hint, ForwardRef | str):
        return _of_type(value, _named(hint if isinstance(hint, str) else hint.__forward_arg__), at)
    if origin in {Union, types.UnionType}:
        return _of_union(value, arguments, at)
    if origin is Literal:
        return [] if value in arguments else [f"{at} is {value!r}"]
    if origin in {list, ListObject}:
        return _of_list(value, arguments[0], at)
    if isinstance(hint, type) and issubclass(hint, stripe.StripeObject) and hint is not UntypedStripeObject:
        return _of_class(value, hint, at)
    return [] if _is_plain(value, origin or hint) else [f"{at} is {value!r}"]


def _of_list(value: Any, inner: Any, at: str) -> list[str]:
    parts = value.get("data") if isinstance(value, dict) else value
    if not isinstance(parts, list):
        return [f"{at} is no list"]
    return [problem for part in parts for problem in _of_type(part, inner, f"{at}[]")]


def _is_plain(value: Any, kind: Any) -> bool:
    """Whether a value that is no object of the package's has its type."""
    if kind is Any or isinstance(kind, typing.TypeVar):
        return True
    if kind is Decimal:
        return _is_decimal(value)
    if kind in {dict, UntypedStripeObject}:
        return isinstance(value, dict)
    return isinstance(value, (int, float) if kind is float else kind) and (kind is bool or not isinstance(value, bool))


def _of_union(value: Any, choices: tuple[Any, ...], at: str) -> list[str]:
    # Words are published with "or any other text", for the future; today only the words are right.
    if any(get_origin(choice) is Literal for choice in choices):
        choices = tuple(choice for choice in choices if choice is not str)
    tried = [
        [] if value is None and choice is type(None) else _of_type(value, choice, at)
        for choice in choices
        if (value is None) == (choice is type(None)) or value is not None
    ]
    return min(tried, key=len, default=[f"{at} is null"])


def _named(name: str) -> Any:
    for place in (stripe, stripe.checkout):
        if hasattr(place, name):
            return getattr(place, name)
    raise LookupError(f"The package has no type named {name}.")


def _is_decimal(value: Any) -> bool:
    try:
        return isinstance(value, str) and Decimal(value).is_finite()
    except InvalidOperation:
        return False
