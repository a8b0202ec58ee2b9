"""Versions of the published API: which are known, and what an object looks like in an older one.

Source: the types of the published client packages from 8 (2023-10-16) to 16. What is newer or older than these, or lies
between and is not listed, is refused rather than answered in a shape that may be wrong.
"""

from __future__ import annotations

from typing import Any

CURRENT = "2026-10-28.endive"
_BASIL, _DAHLIA = "2025-03-31", "2026-03"
_FEATURES_RENAMED = "2024-04-10"

KNOWN = (
    "2023-10-16", "2024-04-10", "2024-06-20",
    "2024-09-30.acacia", "2024-10-28.acacia", "2024-11-20.acacia", "2024-12-18.acacia", "2025-01-27.acacia",
    "2025-02-24.acacia",
    "2025-03-31.basil", "2025-04-30.basil", "2025-05-28.basil", "2025-06-30.basil", "2025-07-30.basil",
    "2025-08-27.basil",
    "2025-09-30.clover", "2025-10-29.clover", "2025-11-17.clover", "2025-12-15.clover", "2026-01-28.clover",
    "2026-02-25.clover",
    "2026-08-26.dahlia",
    CURRENT,
)  # fmt: skip


def shown(body: Any, version: str) -> Any:
    """Return an answer as this version of the API writes it."""
    if version >= _DAHLIA:
        return body
    if isinstance(body, list):
        return [shown(part, version) for part in body]
    if not isinstance(body, dict):
        return body
    return {name: shown(part, version) for name, part in body.items()} | _older(body, version)


def _older(body: dict[str, Any], version: str) -> dict[str, Any]:
    """Return the fields of one object that a version before dahlia writes differently."""
    before_basil = version < _BASIL
    match body.get("object"):
        case "checkout.session":
            older = {"ui_mode": str(body["ui_mode"]).removesuffix("_page")}
            return older | ({"shipping_details": None} if before_basil else {})
        case "payment_intent" | "charge" if before_basil:
            return {"invoice": None}
        case "product" if version < _FEATURES_RENAMED:
            return {"features": []}
        case _:
            return {}
