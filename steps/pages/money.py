"""Amounts of money as pages write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from price_parser import Price

if TYPE_CHECKING:
    from decimal import Decimal

_SIGN = r"(?:US\$|[$€£¥₫₹]|\b(?:USD|EUR|GBP|VND|JPY|AUD|CAD|SGD|INR|CHF)\b)"
_NUMBER = r"\d(?:[\d.,'’\u00a0\u202f]*\d)?"
_MONEY = re.compile(rf"{_SIGN}\s?{_NUMBER}|{_NUMBER}\s?{_SIGN}")
_NAMES = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₫": "VND", "₹": "INR"}


@dataclass(frozen=True)
class Money:
    """An amount in units of its currency (dollars, not cents), and the currency's code if the page shows it."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        """Return the amount with its currency."""
        return f"{self.amount} {self.currency}"


def money_in(text: str) -> list[Money]:
    """Return the amounts of money in a text, in order."""
    found = (Price.fromstring(re.sub("['’]", "", match[0])) for match in _MONEY.finditer(text))
    return [
        Money(price.amount, _NAMES.get(price.currency or "", price.currency or ""))
        for price in found
        if price.amount is not None
    ]
