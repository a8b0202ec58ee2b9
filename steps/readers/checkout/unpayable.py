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
_NOT = re.compile(r"\b(?:not|no|never|nothing|without)\b|n['\u2019]t\b", re.IGNORECASE)
_MORE = re.compile(rf"{TAX.pattern}|\b(?:fees?|surcharges?|costs?)\b", re.IGNORECASE)


def unpayable(texts: Iterable[str]) -> str:
    """Return the line that says that the page is over, charges more later, or that a program wrote; "" for none."""
    return next((text for text in texts if _is_over(text) or _charges_later(text) or is_unwritten(text)), "")


def _is_over(text: str) -> bool:
    return not _OVER.isdisjoint(kinds_of(text))


def _charges_later(text: str) -> bool:
    return bool(_LATER.search(text) and _MORE.search(text) and not _NOT.search(text))


def other_headline(amounts: Sequence[Amount], due: Money, net: Money | None) -> str:
    """Return the line with the amount written largest of all, where it is nothing that is asked for; "" elsewhere.

    It may be asked for with or without the taxes, and what stands on another line as well may be an item.
    """
    priced = [one for one in amounts if one.is_price and one.money.is_certain and one.money.currency == due.currency]
    size = max((one.line.size for one in priced), default=0.0)
    largest = [one for one in priced if one.line.size == size]
    same = [one for one in priced if largest and one.money.amount == largest[0].money.amount]
    is_alone = len(largest) == len(same) == 1 and any(one.line.size < size for one in priced)
    is_other = is_alone and largest[0].money not in (due, net) and not largest[0].marked
    return largest[0].line.text if is_other else ""
