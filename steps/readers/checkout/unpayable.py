"""What a payment page says by which it cannot be paid, or costs more than it asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.readers.checkout.due_amount import TAX
from steps.readers.checkout.payment_messages import kinds_of
from steps.readers.page.terms import is_unwritten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from steps.readers.checkout.due_amount import Amount
    from steps.readers.money.money import Money

_OVER = frozenset({"ended", "timed out"})
_LATER = re.compile(r"\b(?:charged|billed|invoiced|collected|payable) (?:separately|later|afterwards)\b", re.IGNORECASE)
_ITEM = re.compile(r"[\d.,'\u2019\s]*(?:[\w-]+ ){0,2}credits?\W*", re.IGNORECASE)
_FEW = 6
"""The most amounts of a page that is about one payment: where there are more, others may be written larger."""
_NOT = re.compile(r"\b(?:not|no|never|nothing|without)\b|n['\u2019]t\b", re.IGNORECASE)
_MORE = re.compile(rf"{TAX.pattern}|\b(?:fees?|surcharges?|costs?)\b", re.IGNORECASE)


def unpayable(texts: Iterable[str]) -> str:
    """Return the line that says that the page is over, charges more later, or that a program wrote; "" for none."""
    return next((text for text in texts if _is_over(text) or _charges_later(text) or is_unwritten(text)), "")


def _is_over(text: str) -> bool:
    return not _OVER.isdisjoint(kinds_of(text))


def _charges_later(text: str) -> bool:
    return bool(_LATER.search(text) and _MORE.search(text) and not _NOT.search(text))


def other_price(amounts: Sequence[Amount], due: Money, net: Money | None) -> str:
    """Return the line with an amount that is nothing that is asked for, where it should be all: "" for none.

    That is the amount written largest of all, and the price of the credits where no other amount stands there. It may
    be asked for with or without the taxes, and what stands on another line as well may be an item.
    """
    priced = [one for one in amounts if one.is_price and one.money.is_certain]
    size = max((one.line.size for one in priced), default=0.0)
    largest = [one for one in priced if one.line.size == size]
    same = [one for one in priced if largest and one.money.amount == largest[0].money.amount]
    is_headed = len(largest) == 1 and any(one.line.size < size for one in priced) and len(priced) <= _FEW
    heads = largest if is_headed else []
    alone = [one for one in heads if len(same) == 1 and one.money.currency == due.currency]
    elsewhere = [one for one in heads if one.money.currency != due.currency and one.money.amount == due.amount]
    items = [one for one in priced if _ITEM.fullmatch(one.label) and one.money.currency == due.currency]
    are_two = len({one.money for one in amounts}) == 2 and len({one.money for one in items}) == 1
    short = [one for one in items if are_two and one.money.amount < due.amount]
    wrong = [one for one in (*alone, *elsewhere, *short) if one.money not in (due, net) and not one.marked]
    return wrong[0].line.text if wrong else ""
