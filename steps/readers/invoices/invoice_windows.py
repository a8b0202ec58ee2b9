"""The rows of a list that shows a part of them at a time, put together: after a turn of a page, or after scrolling."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from steps.readers.invoices.invoice_days import RELATIVE
from steps.readers.page.fact import Unclear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steps.readers.invoices.invoices import Invoice

_OFF = 2.0
"""Pixels by which a row may stand elsewhere after scrolling."""


def facts(listed: Sequence[Invoice]) -> list[tuple[object, ...]]:
    """Return what tells rows from one another, wherever they stand and whatever else they say."""
    return [
        (one.number, one.day or one.date, one.amount, one.credits)
        if one.number
        else (RELATIVE.sub(str(one.date), one.text), one.receipt_number)
        for one in listed
    ]


def marks(listed: Sequence[Invoice]) -> list[tuple[object, ...]]:
    """Return what tells rows from one another, those that say the same by their number in the list, or their place."""
    said = facts(listed)
    times, is_numbered = Counter(said), _is_numbered(listed)
    return [
        (*told, one.place[not is_numbered]) if times[told] > 1 else told for told, one in zip(said, listed, strict=True)
    ]


def turned(seen: Sequence[Invoice], before: Sequence[Invoice], now: Sequence[Invoice]) -> list[Invoice]:
    """Return all rows seen so far with those that show after a turn: a list that grew shows some again."""
    old, new = facts(before), facts(now)
    if new[: len(old)] == old or new[-len(old) :] == old:
        return [*seen[: len(seen) - len(before)], *now]
    counts = range(min(len(old), len(new)), (len(old) + 1) // 2, -1)
    shared = next((count for count in counts if old[-count:] == new[:count]), 0)
    return [*seen, *now[shared:]]


def scrolled(seen: Sequence[Invoice], before: Sequence[Invoice], now: Sequence[Invoice]) -> list[Invoice] | Unclear:
    """Return all rows seen so far with those that show after scrolling down, by their numbers, words and places."""
    if _is_numbered(before) and _is_numbered(now):
        old = {one.place[0]: told for one, told in zip(before, facts(before), strict=True)}
        if any(old.get(one.place[0], told) != told for one, told in zip(now, facts(now), strict=True)):
            return Unclear("the invoices, which became others as they were read,", _first_ones(now), "limits.page = …")
        last = max(old, default=0)
        return [*seen, *(one for one in now if one.place[0] > last)]
    said, new = facts(before), facts(now)
    shared = [count for count in range(min(len(said), len(new)), 0, -1) if said[-count:] == new[:count]]
    if not shared and new[-len(said) :] == said:
        return [*seen[: len(seen) - len(before)], *now]
    if len(shared) > 1:
        shared = [count for count in shared if _stand_still(before[-count:], now[:count])]
        if len(shared) != 1:
            return Unclear("which rows of the invoices are others", _first_ones(now), 'labels.receipt = "…"')
    return [*seen, *now[shared[0] if shared else 0 :]]


def _is_numbered(listed: Sequence[Invoice]) -> bool:
    numbers = {one.place[0] for one in listed}
    return len(numbers) == len(listed) and 0 not in numbers


def _stand_still(before: Sequence[Invoice], now: Sequence[Invoice]) -> bool:
    return all(abs(old.place[1] - new.place[1]) <= _OFF for old, new in zip(before, now, strict=True))


def _first_ones(listed: Sequence[Invoice]) -> tuple[str, ...]:
    return tuple(one.text for one in listed[:2])
