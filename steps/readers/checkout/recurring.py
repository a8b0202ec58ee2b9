"""How a payment page says that it will ask again: a price for each month, a renewal."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from steps.readers.checkout.due_amount import Amount
    from steps.readers.page.lines import Line

_PERIOD = r"(?:(?:per|an?|each|every)\s+|(?<=/)\s?)(?:week|month|mo|year|yr)\b"
_RECURS = re.compile(rf"\W*{_PERIOD}", re.IGNORECASE)
_ALONE = re.compile(rf"\W*{_PERIOD}\W*|\W*(?:billed |paid )?(?:weekly|monthly|yearly|annually)\W*", re.IGNORECASE)
"""What a line says below an amount, and no more: "per month", "billed monthly"."""
_OF_EACH = re.compile(
    rf"\bcredits?\W{{1,3}}(?:(?:weekly|monthly|yearly|annual(?:ly)?|recurring)\b|{_PERIOD})", re.IGNORECASE
)
_RENEWS = re.compile(
    r"\b(?:auto-?|automatically )renew|\brenews? (?:automatically|every|each|monthly|yearly)\b"
    r"|\b(?:billed|charged) (?:again |automatically )?(?:every|each|monthly|yearly|annually)\b"
    r"|\bcharges? .*\bagain (?:when|once|every|each|as soon as)",
    re.IGNORECASE,
)
"""How a payment page says so in a sentence: "Renews automatically every month until you cancel"."""
_ONCE = re.compile(
    r"\b(?:once(?! (?:you|your|the|they)\b)|one-?time|one-?off|not|never|no)\b|n['\u2019]t\b", re.IGNORECASE
)


def each_period(asked: Collection[Amount], lines: Sequence[Line]) -> str:
    """Return the line that says for which period an amount is, beside it or on the line below; "" for none."""
    beside = next((one.line.text for one in asked if _RECURS.match(one.behind)), "")
    own = {one.line.number for one in asked if not one.behind}
    below = (
        f"{line.text} {under.text}"
        for line, under in pairwise(lines)
        if line.number in own and _ALONE.fullmatch(under.text)
    )
    return beside or next(below, "")


def is_recurring(text: str) -> bool:
    """Whether an item is one of each month, or year: "4,000 credits (monthly)", "4,000 credits / month"."""
    return bool(_OF_EACH.search(text) or (_RENEWS.search(text) and not _ONCE.search(text)))


def renewing(texts: Iterable[str]) -> str:
    """Return the line that says that a payment is asked for again; "" for none."""
    return next((text for text in texts if _RENEWS.search(text) and not _ONCE.search(text)), "")
