"""Whether a bar is true to the credits: what it counts, says and is called, and how it is drawn."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from steps.readers.credits.totals import counted_by, known_at_least, total_of_all, total_range, totals_of_kinds
from steps.readers.credits.wording import OWNERS
from steps.readers.page.fact import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from steps.readers.credits.balance import Total
    from steps.readers.credits.bar_parts import Part
    from steps.readers.credits.bars import Bar
    from steps.readers.credits.credits import CreditsReading
    from steps.readers.credits.number_kinds import Amount

_NEAR = 0.012
"""How far what is drawn may be off what it stands for: gaps, rounded corners and whole percents."""
_LITTLE = 0.025
"""Up to which share a part may be drawn wider than it is, so that it can be seen at all."""
_FOR_WORDS = 0.25
"""Up to which share a part may be drawn wider than it is, so that what it says has room."""
_FULL = 0.99
"""From which share a bar is full: its parts may be what is left and what is used."""


class Picture:
    """A bar, and the credits that it may picture: all of them, or one kind."""

    def __init__(self, reading: CreditsReading, bar: Bar, parts: Sequence[float]) -> None:
        self._bar, self._parts = bar, parts
        self._all = everything = total_of_all(reading) or counted_by(bar, reading)
        kinds = self._kinds = totals_of_kinds(reading, everything)
        self._range = total_range(reading)
        self._least = known_at_least(reading)
        kinds_left = [one.value.likely_left for one in (reading.monthly, reading.add_on) if isinstance(one, Fact)]
        self._left = [one for one in kinds_left if one is not None] if None not in kinds_left else []
        if bar.owner:
            pictured = [kinds[0 if bar.owner == "monthly" else 1]]
        else:
            of_all = {everything} if everything else set()
            is_of_all = everything and (_counts_to(bar, everything.whole) or _captioned(reading, bar))
            pictured = [of_all] if is_of_all else [of_all, *kinds]
        self._totals = sorted(one for totals in pictured for one in totals if one.whole > 0)
        self._is_sure = all(pictured)
        is_full = bar.is_drawn and bar.share is not None and bar.share > _FULL
        self._may_be_parts = is_full and not parts

    def contradictions(self) -> list[str]:
        """Return what of the bar is not true of any credits that it may picture, in words."""
        if not (self._is_sure and self._totals):
            return []
        coloured = () if self._is_of_one_colour() else self._own_parts(self._bar.coloured)
        wrong = [*self._numbers(), *self._filling(), *self._words(), *self._own_parts(self._bar.parts), *coloured]
        if not wrong and self._parts and not any(_are_drawn(self._parts, one) for one in self._totals):
            wrong = [f"the bar is drawn in parts of {', '.join(f'{part:.1%}' for part in self._parts)}"]
        truth = " or ".join(f"{one.left:,} usable and {one.used:,} used" for one in dict.fromkeys(self._totals))
        return [f"{words}, where the credits are {truth}" for words in wrong]

    def is_open(self) -> bool:
        """Whether the bar says how much is filled, and nothing says for certain how much should be."""
        bar = self._bar
        if self._is_of_one_colour() and any(self._own_parts(bar.coloured)):
            return True
        if self._is_sure and not (self._totals and self._may_be_parts):
            return False
        return bar.share is not None and not (self._shows_a_total() or self._is_likely() or self._is_of_what_is_left())

    def __str__(self) -> str:
        """Describe the bar in words for people, with what makes it doubtful."""
        is_of_one = self._is_of_one_colour() and any(self._own_parts(self._bar.coloured))
        return f"{self._bar}" + (", all in a colour that the legend gives to one kind of them," if is_of_one else "")

    def _is_likely(self) -> bool:
        """Whether the bar shows what all credits are by one number of each kind, whatever these mean."""
        bar = self._bar
        if self._least and not bar.owner and bar.now is not None and bar.whole is not None:
            is_all_left = self._least.left in {bar.now, bar.whole - bar.now}
            return is_all_left and bar.whole >= self._least.whole
        if self._range is None or bar.owner:
            return False
        totals = self._range.totals()
        if bar.now is None or bar.whole is None:
            return any(_is_near(share, one) for share in bar.shares for one in totals)
        if self._range.used is None:
            return self._range.told in {bar.whole, bar.now, bar.whole - bar.now}
        return any(
            abs(one.whole - bar.whole) <= 1 and any(_counts(now, bar.whole, number) for number in one)
            for one in totals for now in bar.counts
        )  # fmt: skip

    def _is_of_what_is_left(self) -> bool:
        """Whether the bar is filled whole by a part for what is left of each kind, in whatever order."""
        there = sum(self._left)
        if len(self._left) != 2 or len(self._parts) != 2 or not there or abs(sum(self._parts) - 1) > _LITTLE:
            return False
        wanted = sorted(one / there for one in self._left)
        return all(abs(part - one) <= _NEAR for part, one in zip(sorted(self._parts), wanted, strict=True))

    def _numbers(self) -> Iterator[str]:
        """Yield what its numbers, or else how far it is filled, contradict."""
        bar = self._bar
        if bar.now is not None and bar.whole is not None and not re.fullmatch("10+", str(bar.whole)):
            same = [one for one in self._totals if abs(one.whole - bar.whole) <= 1]
            if not any(_counts(now, bar.whole, number) for now in bar.counts for one in same for number in one):
                yield f"{bar} is filled by neither" if same else f"{bar} has another whole"
            return
        in_parts = bar.is_drawn and (self._parts or self._may_be_parts)
        if bar.share is not None and not in_parts and not self._shows_a_total():
            yield f"{bar}, of which {bar.share:.1%} are filled, shows neither"

    def _filling(self) -> Iterator[str]:
        """Yield how far one part fills the bar, where that is neither what it says of itself nor the rest of it."""
        bar = self._bar
        if bar.drawn is None or bar.share is None or self._parts or bar.drawn > _FULL:
            return
        off = min(abs(bar.drawn - one) for one in (bar.share, 1 - bar.share))
        is_for_its_words = bar.drawn < _FOR_WORDS and min(bar.share, 1 - bar.share) < bar.drawn
        if off > 2 * _LITTLE and not is_for_its_words:
            yield f"{bar}, which says {bar.share:.1%} of itself, is drawn {bar.drawn:.1%} filled"

    def _is_of_one_colour(self) -> bool:
        """Whether the bar is filled for all credits in one colour, which a legend may name for one kind of them."""
        drawn = self._bar.coloured[0].share if len(self._bar.coloured) == 1 else None
        return drawn is not None and any(_is_near(drawn, one) for one in self._totals)

    def _own_parts(self, parts: Sequence[Part]) -> Iterator[str]:
        """Yield the parts that are called after one kind of credits, or after what is used, and are drawn otherwise.

        They may be parts of all credits or of those that are left; where small ones are drawn wider to be seen, the
        others lack that.
        """
        shares = [one.share or 0 for one in parts]
        if self._all is None or not any(one.owner for one in parts) or sum(shares) > 1 + _LITTLE:
            return
        tells_used = any(one.is_used for one in parts)
        of_what = [one for one in (self._all.whole, 0 if tells_used else self._all.left) if one]
        near = _LITTLE + sum(share for share in shares if share <= 2 * _LITTLE)
        for part, share in zip(parts, shares, strict=True):
            name, numbers = self._part(part, tells_used=tells_used)
            off = [abs(number / whole - share) for number in numbers for whole in of_what]
            if off and min(off) > near:
                yield f"the bar's part for the {name} credits is {share:.1%} of it"

    def _part(self, part: Part, *, tells_used: bool) -> tuple[str, set[int]]:
        """Return what a part is called after, and the numbers that it may be drawn for."""
        if part.owner:
            totals = self._kinds[list(OWNERS).index(part.owner)]
            numbers = {one.left for one in totals} if tells_used else _numbers_of(totals)
            return part.owner.replace("_", "-"), numbers - {0} or numbers  # nobody draws what there is nothing of
        return "used", {self._all.used} if self._all and part.is_used else set()

    def _shows_a_total(self) -> bool:
        return any(_is_near(share, one) for share in self._bar.shares for one in self._totals)

    def _words(self) -> Iterator[str]:
        """Yield what its text, or else its name, contradicts."""
        bar = self._bar
        amounts, text = bar.amounts or bar.named, bar.text or bar.name
        # A bar of all credits may say what of them is of one kind.
        said = {one.number.value for one in amounts if one.kind != "whole" and one.owner in (None, bar.owner)}
        if bar.now is not None and said and bar.now not in said:
            yield f"the bar counts {bar.now:,} and says “{text}”"
        for owner, totals in zip(OWNERS, self._kinds, strict=True):
            own = {one.number.value for one in amounts if one.owner == owner and one.number.step <= 1} - {None}
            if own and totals and own.isdisjoint(_numbers_of(totals)):
                yield f"the bar says “{text}” of the {owner.replace('_', '-')} credits"
        exact = [one for one in amounts if one.owner is None and one.number.step <= 1]
        are_near = (any(_is_near(share, one) for one in self._totals) for share in bar.said)
        if not (all(_is_true(one, self._totals) for one in exact) and all(are_near)):
            yield f"the bar says “{text}”"


def called_otherwise(reading: CreditsReading) -> Iterator[str]:
    """Yield the bars whose names, which people who cannot see them hear, have no number that Billing shows."""
    everything = total_of_all(reading)
    if everything is None:
        return
    there = {number.value for line in reading.shown for number in line.numbers} | _numbers_of([everything])
    for bar in reading.bars:
        said = {one.kind: one.number.value for one in bar.named if one.owner is None and one.number.step <= 1}
        whole = said.pop("whole", None)
        if whole is None or (whole in there and whole != everything.whole):
            continue
        if said and there.isdisjoint(said.values()):
            yield f"the bar is called “{bar.name}”, where {everything.left:,} of {everything.whole:,} credits are left"


def _numbers_of(totals: Iterable[Total]) -> set[int]:
    return {number for one in totals for number in (*one, one.whole)}


def _is_true(amount: Amount, totals: Sequence[Total]) -> bool:
    """Whether a number is one of some totals: what it is called, where it is called something."""
    called = {"left": {one.left for one in totals}, "used": {one.used for one in totals}}
    return amount.number.value is None or amount.number.value in called.get(amount.kind, _numbers_of(totals))


def _captioned(reading: CreditsReading, bar: Bar) -> bool:
    """Whether a line next to the bar tells a part of all credits and their whole, and none tells of one kind."""
    beside = [line.amounts for line in reading.shown if line.text in bar.beside]
    kinds = [{one.kind for one in amounts} for amounts in beside]
    told = any("whole" in one and one & {"left", "used"} for one in kinds)
    return told and all(one.owner is None for amounts in beside for one in amounts)


def _counts_to(bar: Bar, whole: int) -> bool:
    """Whether a bar counts to that many credits, or says so itself."""
    said = {one.number.value for one in bar.amounts if one.kind == "whole" and one.owner is None}
    return whole in said or (bar.whole is not None and abs(bar.whole - whole) <= 1)


def _counts(now: Decimal, whole: Decimal, number: int) -> bool:
    """Whether a bar is filled by a number of credits, or by the whole percents that are nearest to it."""
    is_percent = now * 100 % whole == 0
    return abs(now - number) <= max(1, whole / 200 if is_percent else 1)


def _is_near(share: float, total: Total) -> bool:
    """Whether a share is that of what is left or used; a little of either may be drawn wider to be seen."""
    return any(
        abs(share - wanted) <= _NEAR or max(share, wanted) <= _LITTLE or min(share, wanted) >= 1 - _LITTLE
        for wanted in (total.left / total.whole, total.used / total.whole)
    )


def _are_drawn(parts: Sequence[float], total: Total) -> bool:
    """Whether a part of the bar, or some from one end, is as long as what is left or used."""
    return any(_is_near(one, total) for one in (*parts, *accumulate(parts), *accumulate(reversed(parts))))
