"""Whether all that Billing says of credits is one truth: figures, words, the bar's numbers and how it is drawn."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from steps.readers.fact import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from steps.readers.bars import Bar
    from steps.readers.credits import CreditsReading, Shown
    from steps.readers.numbers import Number

_SHORT = re.compile(r"\W*#\W*(?:(?P<used>used|consumed|spent)|left|remaining|available|usable)\W*")
_NEAR = 0.012
"""How far what is drawn may be off what it stands for: gaps, rounded corners and whole percents."""


def contradictions(reading: CreditsReading, drawn: Sequence[Sequence[float]] = ()) -> list[str]:
    """Return what contradicts the credits of both kinds that Billing shows, in words; nothing where they are unknown.

    `drawn` has the parts of each bar as shares of its width, from left to right.
    """
    sums = _sums(reading)
    if sums is None:
        return []
    left, used = sums
    truth = f"{left:,} usable and {used:,} used"
    found = [f"{words}, where both kinds of credits together are {truth}" for words in _figures(reading, left, used)]
    if len(reading.bars) == 1 and reading.bars[0].owner is None:
        found += [f"{words}, where the credits are {truth}" for words in _bar(reading.bars[0], left, used)]
        if len(drawn) == 1 and left + used and not _fits(drawn[0], left / (left + used)):
            parts = ", ".join(f"{part:.1%}" for part in drawn[0])
            found.append(f"the bar is drawn in parts of {parts}, where {left / (left + used):.1%} are usable")
    return found


def _sums(reading: CreditsReading) -> tuple[int, int] | None:
    """Return what is left and what is used of both kinds, where Billing tells both for each of them."""
    balances = [one.value for one in (reading.monthly, reading.add_on) if isinstance(one, Fact)]
    lefts = [one.left for one in balances if one.left is not None]
    used = [one.used for one in balances if one.used is not None]
    return (sum(lefts), sum(used)) if len(lefts) == len(used) == 2 else None


def _figures(reading: CreditsReading, left: int, used: int) -> Iterator[str]:
    """Yield the lines about all credits whose numbers are not those of both kinds together."""
    right = {"left": left, "used": used, "whole": left + used}
    is_beside = False
    for line in reading.shown:
        of_all = [(one.kind, one.number) for one in line.amounts if one.owner is None]
        for kind, number in of_all or (_beside(line) if is_beside else []):
            exact = number.value is not None and number.step <= 1
            if exact and kind in right and number.value != right[kind]:
                yield f"“{line.text}” says {number.raw}"
        is_beside = bool(of_all)


def _beside(line: Shown) -> list[tuple[str, Number]]:
    """Return what a line without the word credits says of them, behind one that says it: "700 consumed"."""
    found = _SHORT.fullmatch(line.form) if not line.amounts and len(line.numbers) == 1 else None
    return [("used" if found["used"] else "left", line.numbers[0])] if found else []


def _bar(bar: Bar, left: int, used: int) -> Iterator[str]:
    """Yield what the bar's own numbers contradict."""
    if bar.whole is not None and bar.now is not None and bar.whole == left + used and bar.now not in {left, used}:
        yield f"{bar} is filled by neither"
    said = {one.number.value for one in bar.amounts if one.kind != "whole"}
    if bar.now is not None and said and bar.now not in said:
        yield f"the bar counts {bar.now:,} and says “{bar.text}”"


def _fits(parts: Sequence[float], share: float) -> bool:
    """Whether a part of the bar, or some from one end, is as long as a share or what is left of it."""
    lengths = [*parts, *accumulate(parts), *accumulate(reversed(parts))]
    return not parts or any(abs(one - wanted) <= _NEAR for one in lengths for wanted in (share, 1 - share))
