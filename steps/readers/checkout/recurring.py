"""How a payment page says that it will ask again: a price for each month, a renewal."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from steps.readers.page.terms import PERIOD, is_recurring, says_renewal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from steps.readers.checkout.due_amount import Amount
    from steps.readers.page.lines import Line

_PLAN = re.compile(r"\bplan\b", re.IGNORECASE)
_RECURS = re.compile(rf"\W*{PERIOD}", re.IGNORECASE)
_ALONE = re.compile(rf"\W*{PERIOD}\W*|\W*(?:billed |paid )?(?:weekly|monthly|yearly|annually)\W*", re.IGNORECASE)
"""What a line says below an amount, and no more: "per month", "billed monthly"."""


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


def renewing(texts: Iterable[str]) -> str:
    """Return the line that says that a payment is asked for again, or that names credits of each month; "" for none."""
    return next((text for text in texts if says_renewal(text) or (is_recurring(text) and not _PLAN.search(text))), "")
