"""`expand[]`: whole objects where an answer has their ids, along paths such as `data.payment_intent.latest_charge`."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from fake_backend.processor.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Find = Callable[[str, str], Any]

_DEEPEST = 4
_LIST = "list of "
_NEVER = ""  # published, and always null here

# What may be expanded in each kind of object, and of which kind it is.
_PARTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "checkout.session": {
            "line_items": _LIST + "item",
            "payment_intent": "payment_intent",
            "customer": "customer",
            **dict.fromkeys(("invoice", "payment_link", "setup_intent", "subscription"), _NEVER),
        },
        "payment_intent": {
            "latest_charge": "charge",
            "payment_method": "payment_method",
            "customer": "customer",
            **dict.fromkeys(("application", "on_behalf_of", "review"), _NEVER),
        },
        "item": {"price": "price", "discounts": _NEVER},
        "price": {"product": "product", "currency_options": _NEVER, "tiers": _NEVER},
        "product": {"default_price": "price", "tax_code": _NEVER},
        "charge": {
            "payment_intent": "payment_intent",
            "customer": "customer",
            **dict.fromkeys(("application", "balance_transaction", "on_behalf_of", "review"), _NEVER),
        },
        "refund": {"charge": "charge", "payment_intent": "payment_intent", "balance_transaction": _NEVER},
        "customer": dict.fromkeys(("default_source", "test_clock"), _NEVER),
        "payment_method": {"customer": "customer"},
    }
)


def expand(body: dict[str, Any], wishes: list[str], find: Find, kind: str) -> dict[str, Any]:
    """Put whole objects where ids stand. Raises `ApiError` as published, for an empty list too.

    `kind` is the kind of `body` ("list of charge" for a list); `find` returns an object by its kind and id, and a
    session's line items by the session's.
    """
    for number, wish in enumerate(wishes):
        steps = wish.split(".")
        if len(steps) > _DEEPEST:
            message = f"You cannot expand more than {_DEEPEST} levels of a property. Property: {wish}"
            raise ApiError(message, param=f"expand[{number}]")
        if not _is_path(kind, steps):
            message = f"This property cannot be expanded ({wish})."
            raise ApiError(message, param=f"expand[{number}]")
        _walk(body, kind, steps, find)
    return body


def _parts(kind: str) -> Mapping[str, str]:
    return {"data": kind.removeprefix(_LIST)} if kind.startswith(_LIST) else _PARTS.get(kind, {})


def _is_path(kind: str, steps: list[str]) -> bool:
    for step in steps:
        if step not in _parts(kind):
            return False
        kind = _parts(kind)[step]
    return steps != ["data"]


def _walk(body: dict[str, Any], kind: str, steps: list[str], find: Find) -> None:
    step, rest = steps[0], steps[1:]
    inner = _parts(kind)[step]
    given = body.get(step)
    if inner != _NEVER and (isinstance(given, str) or step == "line_items"):
        body[step] = given = find(inner, given if isinstance(given, str) else body["id"])
    if not rest:
        return
    for part in given if isinstance(given, list) else [given]:
        if isinstance(part, dict):
            _walk(part, inner, rest, find)
