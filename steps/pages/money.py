"""Amounts of money in a text without more about its page, for what is not read by a reader yet."""

from __future__ import annotations

from steps.readers.money import Money, amounts_in

__all__ = ["Money", "money_in"]


def money_in(text: str) -> list[Money]:
    """Return the amounts of money in a text that are certain and no prices of a part, in order."""
    return [one for one in amounts_in(text) if one.is_certain and not one.is_unit]
