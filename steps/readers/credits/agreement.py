"""Whether all that Billing says of credits is one truth: figures, words, the bar's numbers and how it is drawn."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from steps.readers.credits.totals import counted_by, sum_of_kinds, total_of_all, totals_of_kinds
from steps.readers.credits.wording import OWNERS
from steps.readers.page.fact import Absent, Fact, Unclear

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from steps.readers.credits.balance import Total
    from steps.readers.credits.bar_parts import Part
    from steps.readers.credits.bars import Bar
    from steps.readers.credits.credits import CreditsReading, Shown
    from steps.readers.credits.number_kinds import Amount
    from steps.readers.figures.numbers import Number

_OF_WHOLE = re.compile(r"\d\D{0,24}\bof\b\D{0,12}\d|\d\s*/\s*\d", re.IGNORECASE)
"""How a line says that one number is a part of another: "10,750 of 14,000", not "10,750, 10,000 included"."""
_CREDITS = re.compile(r"\bcredits?\b", re.IGNORECASE)
_PERCENT = 100
_MANY = 100
"""From how many on a number that happens to fit is credits of a third kind."""
_NEAR = 0.012
"""How far what is drawn may be off what it stands for: gaps, rounded corners and whole percents."""
_LITTLE = 0.025
"""Up to which share a part may be drawn wider than it is, so that it can be seen at all."""
_FULL = 0.99
"""From which share a bar is full: its parts may be what is left and what is used."""


def contradictions(reading: CreditsReading, drawn: Sequence[Sequence[float]] = ()) -> list[str]:
    """Return what contradicts the credits that Billing shows, in words; nothing where they are unknown.

    `drawn` has the parts of each bar as shares of its width, from left to right.
    """
    sums = sum_of_kinds(reading)
    found = [*_rows(reading), *(_figures(reading, *sums) if sums else ()), *_repeated(reading), *_beyond(reading)]
    found += _spoken(reading)
    parts = drawn[0] if len(drawn) == len(reading.bars) == 1 else ()
    return found + [words for bar in reading.bars for words in _Picture(reading, bar, parts).contradictions()]


def doubts(reading: CreditsReading, drawn: Sequence[Sequence[float]] = ()) -> list[Unclear]:
    """Return what cannot be held against the rest: used credits told in several ways, bars with too few numbers."""
    parts = drawn[0] if len(drawn) == len(reading.bars) == 1 else ()
    told = tuple(line.text for line in reading.shown if line.amounts)
    several = [reading.used] if isinstance(reading.used, Unclear) else []
    return several + [
        Unclear(f"Whether {bar} is true to the credits", told, 'labels.credit_bar = { selector = "…" }')
        for bar in reading.bars if _Picture(reading, bar, parts).is_open()
    ]  # fmt: skip


def hides_add_on(before: CreditsReading, after: CreditsReading, amount: int) -> bool:
    """Whether Billing shows no add-on credits after `amount` of them were bought, under any name.

    A number that no word explains may be theirs in words that the profile does not know: then it is not certain.
    """
    if not isinstance(after.add_on, Absent) or not isinstance(after.monthly, Fact):
        return False
    stood = {one.text for one in before.shown}
    loose = (
        number for line in after.shown if line.text not in stood
        for number in line.loose if number not in [one.number for one in line.amounts]
    )  # fmt: skip
    return all(one.kind != "count" or (one.value is not None and one.value < amount) for one in loose)


def lagging_add_on(before: CreditsReading, after: CreditsReading, amount: int) -> list[str]:
    """Return the lines that tell of add-on credits as before, where others tell of `amount` more, and all agreed then.

    Nothing where one of them tells of any other number, or where before the purchase one line alone told of them.
    """
    if not (isinstance(before.add_on, Fact) and isinstance(after.add_on, Unclear)):
        return []
    was, now = _of_add_on(before), _of_add_on(after)
    stood = {number for _, number in was}
    if len(was) < 2 or len(stood) != 1 or len(was) != len(now):
        return []
    old = next(iter(stood))
    return [line for line, number in now if number == old] if {one for _, one in now} == {old, old + amount} else []


def _of_add_on(reading: CreditsReading) -> list[tuple[str, int]]:
    return [
        (line.told, int(one.number.value)) for line in reading.shown for one in line.amounts
        if one.owner == "add_on" and one.number.value is not None
    ]  # fmt: skip


def _rows(reading: CreditsReading) -> Iterator[str]:
    """Yield the kinds of credits of which more or fewer are left and used than there are in all.

    Nothing where a number that stands there is the difference: some may have been carried over.
    """
    there = {number.value for line in reading.shown for number in line.numbers}
    for name, seen in (("monthly", reading.monthly), ("add-on", reading.add_on)):
        left, used, whole = (
            (seen.value.left, seen.value.used, seen.value.whole) if isinstance(seen, Fact) else (None,) * 3
        )
        if left is None or used is None or whole is None:
            continue
        if left + used != whole and abs(left + used - whole) not in there - {used}:
            yield f"of {whole:,} {name} credits {left:,} are left and {used:,} used"


def _repeated(reading: CreditsReading) -> Iterator[str]:
    """Yield what is told of each kind once more, as in a legend, with a number that the other lines do not have."""
    kinds = {"monthly": reading.monthly, "add-on": reading.add_on}
    known = {name: one.value for name, one in kinds.items() if isinstance(one, Fact)}
    if len(known) < 2 or any(len(one.plain) != 1 or one.left is None for one in known.values()):
        return
    for name, balance in known.items():
        number = balance.plain[0]
        if number not in {balance.left, balance.used, balance.whole}:
            yield f"{number:,} {name} credits stand beside {balance.left:,} that are left"


def _beyond(reading: CreditsReading) -> Iterator[str]:
    """Yield the lines and bars by which more of all credits is left, or used, than there is in all."""
    for bar in reading.bars:
        is_of_credits = _CREDITS.search(f"{bar.name} {bar.text}")
        if is_of_credits and bar.now is not None and bar.whole is not None and bar.now > bar.whole > _PERCENT:
            yield f"{bar} tells of more credits than there are in all"
    for line in reading.shown:
        of_all = {one.kind: one.number.value for one in line.amounts if one.owner is None and one.number.step <= 1}
        whole = of_all.pop("whole", None) if _OF_WHOLE.search(line.text) else None
        if whole is not None and any(number is not None and number > whole for number in of_all.values()):
            yield f"“{line.told}” tells of more credits than there are in all"


def _spoken(reading: CreditsReading) -> Iterator[str]:
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


def _figures(reading: CreditsReading, left: int, used: int) -> Iterator[str]:
    """Yield the lines about all credits whose numbers are not those of both kinds together."""
    right = {"left": left, "used": used, "whole": left + used}
    loose = (
        one for line in reading.shown for one in line.loose
        if one.kind == "count" and line.kind_of(one)[0] != "used" and ("used", one) not in _beside(line)
    )  # fmt: skip
    further = {one.value for one in loose} - {*right.values()}
    is_beside = False
    for line in reading.shown:
        of_all = [(one.kind, one.number) for one in line.amounts if one.owner is None]
        for kind, number in of_all or (_beside(line) if is_beside else []):
            if kind in right and _is_other(number, right[kind]) and not _is_more_by(number, right[kind], further):
                yield f"“{line.told}” says {number.raw}, where both kinds of credits together have {right[kind]:,}"
        is_beside = bool(of_all)


def _is_other(number: Number, right: int) -> bool:
    """Whether a number is another one, even if it is written short ("15.8K")."""
    off = abs(number.value - right) if number.value is not None else 0
    return off >= number.step if number.step > 1 else off > 0


def _is_more_by(number: Number, right: int, further: set[Decimal | None]) -> bool:
    """Whether a total has so many credits more as stand there of a third kind: "Bonus credits: 500"."""
    return number.value is not None and number.value - right >= _MANY and number.value - right in further


def _beside(line: Shown) -> list[tuple[str, Number]]:
    """Return what a line without the word credits says of them, behind one that says it: "700 consumed"."""
    return [(line.bare_kind, line.numbers[0])] if line.bare_kind else []


class _Picture:
    """A bar, and the credits that it may picture: all of them, or one kind."""

    def __init__(self, reading: CreditsReading, bar: Bar, parts: Sequence[float]) -> None:
        self._bar, self._parts = bar, parts
        self._all = everything = total_of_all(reading) or counted_by(bar, reading)
        kinds = self._kinds = totals_of_kinds(reading, everything)
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
        wrong = [*self._numbers(), *self._words(), *self._own_parts()]
        if not wrong and self._parts and not any(_are_drawn(self._parts, one) for one in self._totals):
            wrong = [f"the bar is drawn in parts of {', '.join(f'{part:.1%}' for part in self._parts)}"]
        truth = " or ".join(f"{one.left:,} usable and {one.used:,} used" for one in dict.fromkeys(self._totals))
        return [f"{words}, where the credits are {truth}" for words in wrong]

    def is_open(self) -> bool:
        """Whether the bar says how much is filled, and nothing says for certain how much should be."""
        bar = self._bar
        if self._is_sure and not (self._totals and self._may_be_parts):
            return False
        return bar.share is not None and not self._shows_a_total()

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

    def _own_parts(self) -> Iterator[str]:
        """Yield the parts that are called after one kind of credits, or after what is used, and are drawn otherwise.

        They may be parts of all credits or of those that are left; where small ones are drawn wider to be seen, the
        others lack that.
        """
        for parts in (self._bar.parts, self._bar.coloured):
            shares = [one.share or 0 for one in parts]
            if self._all is None or not any(one.owner for one in parts) or sum(shares) > 1 + _LITTLE:
                continue
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
            return part.owner.replace("_", "-"), {one.left for one in totals} if tells_used else _numbers_of(totals)
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
