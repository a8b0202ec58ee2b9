"""Amounts as the payment page writes them."""

from __future__ import annotations

_SIGNS = {"usd": "$", "eur": "€", "gbp": "£", "jpy": "¥", "vnd": "₫", "aud": "A$", "cad": "CA$", "chf": "CHF "}
_WITHOUT_CENTS = frozenset({"jpy", "vnd"})


def show(amount: int, currency: str) -> str:
    """Write an amount of the currency's smallest unit: 123450 of "usd" is "$1,234.50"."""
    sign = _SIGNS.get(currency, currency.upper() + " ")
    minus, amount = ("-" if amount < 0 else ""), abs(amount)
    return f"{minus}{sign}{amount:,}" if currency in _WITHOUT_CENTS else f"{minus}{sign}{amount / 100:,.2f}"
