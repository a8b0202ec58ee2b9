"""Credits of one kind that are told row by row, such as each purchase with its own last day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.readers.credits.balance import Balance
from steps.readers.figures.numbers import without_dates
from steps.readers.page.fact import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steps.readers.credits.number_kinds import Owner
    from steps.readers.credits.statements import Told

_NUMBER = re.compile(r"\d[\d.,'\u2019\u00a0\u202f]*")


def added_up(told: Iterable[Told], owner: Owner, other: object, overall: object) -> Fact[Balance] | None:
    """Return what rows of the same words tell together of one kind of credits, where a total bears it out; else None.

    `other` is the balance of the other kind, and `overall` what is said of all credits.
    """
    rows: list[tuple[str, dict[str, int]]] = []
    for one in told:
        if one.owner == owner and one.amount:
            kind, number = one.amount.kind, one.amount.number
            if one.doubt or number.value is None or number.step > 1:
                return None
            if not rows or rows[-1][0] != one.line or kind in rows[-1][1]:  # two rows may say the same
                rows.append((one.line, {}))
            rows[-1][1][kind] = int(number.value)
    lines, kinds = [line for line, _ in rows], {frozenset(row) for _, row in rows}
    if len(rows) < 2 or len(kinds) != 1 or len(set(map(_form, lines))) != 1:
        return None
    sums = {kind: sum(row[kind] for _, row in rows) for kind in kinds.pop()}
    plain = (sums["plain"],) if "plain" in sums else ()
    found = Balance(sums.get("left"), sums.get("used"), sums.get("whole"), plain)
    return Fact(found, tuple(lines)) if _is_borne_out(found, other, overall) else None


def _form(line: str) -> str:
    return " ".join(_NUMBER.sub("#", without_dates(line)).split())


def _is_borne_out(found: Balance, other: object, overall: object) -> bool:
    """Whether what is left of both kinds together, or what there was of them, is what is said of all."""
    if not (isinstance(other, Fact) and isinstance(overall, Fact)):
        return False
    balances = (found, other.value, overall.value)
    sums = [
        one + another == both
        for one, another, both in ([one.likely_left for one in balances], [one.whole for one in balances])
        if one is not None and another is not None and both is not None
    ]
    return bool(sums) and all(sums)
