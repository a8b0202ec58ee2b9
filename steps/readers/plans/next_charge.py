"""What Billing says is to be paid next for the plan: a purchase of credits is paid at once, and is no part of it."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from steps.readers.figures.numbers import without_dates
from steps.readers.money.money import amounts_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from steps.readers.money.money import Money
    from steps.targets.profile import Profile

_NEXT = re.compile(
    r"\b(?:next|upcoming|coming|following)\s+(?:month(?:ly)?\s+)?"
    r"(?:invoice|payment|charge|bill|billing|renewal|amount|debit)s?\b"
    r"|\b(?:renews|renewal|due next|next due)\b",
    re.IGNORECASE,
)
_VALUE = re.compile(r"[^\W\d_]{4,}")
"""A word: a line that has none is the value of the label above it."""


def changed_charges(before: Sequence[str], after: Sequence[str], paid: Money | None, profile: Profile) -> list[str]:
    """Return, in words, what Billing tells otherwise than before of what is to be paid next.

    `before` and `after` are the lines of Billing in reading order. A line that has come may tell what the plan costs,
    but not what was `paid` for the credits, alone or on top of an amount that was told before.
    """
    was, now = (dict(_charges(lines, profile)) for lines in (before, after))
    known = {one.amount for line in before for one in amounts_in(line, profile.locale, profile.thousands)} | {0}
    return [
        f"“{told}” became “{now[label][0]}”"
        for label, (told, money) in was.items()
        if label in now and now[label][1] != money
    ] + [
        f"“{told}” came"
        for label, (told, money) in now.items()
        if label not in was and paid and any(one.amount - paid.amount in known for one in money)
    ]


def _charges(lines: Sequence[str], profile: Profile) -> Iterator[tuple[str, tuple[str, list[Money]]]]:
    """Yield the words of each such line, with the line, or it and its value, and the amounts that it tells."""
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        if not _NEXT.search(line):
            continue
        told = line
        money = amounts_in(line, profile.locale, profile.thousands)
        if not money and not _VALUE.search(without_dates(following)):
            told = f"{line} {following}"
            money = amounts_in(following, profile.locale, profile.thousands)
        if money:
            yield " ".join(_VALUE.findall(without_dates(line).casefold())), (told, money)
