"""Whether all that Billing says of credits is one truth: figures, words and bars."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from steps.readers.credits.picture import Picture, called_otherwise
from steps.readers.credits.totals import sum_by_use, sum_of_kinds, total_range
from steps.readers.figures.numbers import last_place
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.readers.page.terms import NO_WORD, is_error

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from steps.readers.credits.credits import CreditsReading, Shown
    from steps.readers.figures.numbers import Number

_OF_WHOLE = re.compile(r"\d\D{0,24}\bof\b\D{0,12}\d|\d\s*/\s*\d", re.IGNORECASE)
"""How a line says that one number is a part of another: "10,750 of 14,000", not "10,750, 10,000 included"."""
_OF_IT = re.compile(r"\s?%?\s*(?:\)|$|(?:used|left|remaining|available|consumed|spent|full)\b)", re.IGNORECASE)
"""What stands behind a share of what the line is about, and of nothing else: "(74 %)", "26 % used"."""
_CREDITS = re.compile(r"\bcredits?\b", re.IGNORECASE)
_LEFT = re.compile(
    r"\W*(?:(?:you have|balance|credits?)\W+)?#\s?(?:ai |total |usable )?(?:credits? )?(?:left|remaining|available)\W*"
)
"""How a line reads that tells how many credits there are to use, and no more."""
_PERCENT = 100
_MANY = 100
"""From how many on a number that happens to fit is credits of a third kind."""


def contradictions(reading: CreditsReading, drawn: Sequence[Sequence[float]] = ()) -> list[str]:
    """Return what contradicts the credits that Billing shows, in words; nothing where they are unknown.

    `drawn` has the parts of each bar as shares of its width, from left to right.
    """
    sums = sum_of_kinds(reading) or sum_by_use(reading)
    found = [
        *(f"“{one}” stands beside them" for one in reading.messages if is_error(one)),
        *_unwritten(reading),
        *_rows(reading),
        *(_figures(reading, *sums) if sums else ()),
        *_repeated(reading),
        *_beyond(reading),
        *_percents(reading),
        *_elsewhere(reading),
    ]
    found += [
        f"“{line.told}” says {number.raw}, which the numbers of both kinds of credits do not make up"
        for line, number, may_be in _unlikely(reading) if not may_be
    ]  # fmt: skip
    found += called_otherwise(reading)
    parts = drawn[0] if len(drawn) == len(reading.bars) == 1 else ()
    return found + [words for bar in reading.bars for words in Picture(reading, bar, parts).contradictions()]


def doubts(reading: CreditsReading, drawn: Sequence[Sequence[float]] = ()) -> list[Unclear]:
    """Return what cannot be held against the rest: used credits told in several ways, bars with too few numbers."""
    parts = drawn[0] if len(drawn) == len(reading.bars) == 1 else ()
    told = tuple(line.text for line in reading.shown if line.amounts)
    several = [reading.used] if isinstance(reading.used, Unclear) else []
    several += [
        Unclear(f"Whether “{line.told}” is the sum of both kinds of credits", told, 'labels.monthly_credits = "…"')
        for line, _, may_be in _unlikely(reading) if may_be
    ]  # fmt: skip
    return several + [
        Unclear(f"Whether {picture} is true to the credits", told, 'labels.credit_bar = { selector = "…" }')
        for picture in (Picture(reading, bar, parts) for bar in reading.bars) if picture.is_open()
    ]  # fmt: skip


def labelled_numbers(reading: CreditsReading) -> list[tuple[str, str]]:
    """Return of each line with a number that is of no known kind of credits what stands before it, and its words."""
    pairs = zip([None, *reading.shown], reading.shown, strict=False)
    return [("" if above is None or above.numbers else above.text, one.form) for above, one in pairs if one.loose]


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
    of_a_kind = {
        number for one in (reading.monthly, reading.add_on) if isinstance(one, Fact) for number in one.value.numbers
    }
    for name, seen in (("monthly ", reading.monthly), ("add-on ", reading.add_on), ("", reading.overall)):
        left, used, whole = (
            (seen.value.left, seen.value.used, seen.value.whole) if isinstance(seen, Fact) else (None,) * 3
        )
        if left is None or used is None or whole is None:
            continue
        is_short = not name and left + used < whole  # credits of one kind are among all of them
        others = there - {used} - (of_a_kind if is_short else set())
        if left + used != whole and abs(left + used - whole) not in others:
            yield f"of {whole:,} {name}credits {left:,} are left and {used:,} used"


def _unwritten(reading: CreditsReading) -> Iterator[str]:
    """Yield the lines in which a program's word for nothing stands where a number or a day should."""
    for above, line in zip([None, *reading.shown], reading.shown, strict=False):
        label = f"{above.text} " if above is not None and NO_WORD.fullmatch(line.text) else ""
        if NO_WORD.search(line.text):
            yield f"“{label}{line.told}” tells nothing"


def _repeated(reading: CreditsReading) -> Iterator[str]:
    """Yield what is told of each kind once more, as in a legend, with a number that the other lines do not have."""
    kinds = {"monthly": reading.monthly, "add-on": reading.add_on}
    known = {name: one.value for name, one in kinds.items() if isinstance(one, Fact)}
    if len(known) < 2 or any(len(one.plain) != 1 or one.left is None for one in known.values()):
        return
    for name, balance in known.items():
        number, left = balance.plain[0], balance.left or 0
        may_be_whole = number > left if balance.used is None else number == left + balance.used
        if not may_be_whole and number not in {left, balance.used, balance.whole}:
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


def _percents(reading: CreditsReading) -> Iterator[str]:
    """Yield the lines whose per cent is neither what is left nor what is used of the numbers beside it, if rounded."""
    for line in reading.shown:
        shares = [one for one in line.numbers if one.kind == "percent" and one.value is not None]
        told = [one for one in shares if _OF_IT.match(line.text, one.end)]
        counts = [one.value for one in line.numbers if one.kind == "count" and one.value is not None and one.step <= 1]
        if len(told) != 1 or len(counts) != 2 or not _OF_WHOLE.search(line.text) or not counts[1]:
            continue
        part, off = _PERCENT * counts[0] / counts[1], told[0].step or last_place(told[0].value or Decimal(0))
        if all(abs(one - (told[0].value or 0)) >= off for one in (part, _PERCENT - part)):
            yield f"“{line.told}” says {told[0].raw} % of what is {part:.1f} % or {_PERCENT - part:.1f} %"


def _elsewhere(reading: CreditsReading) -> Iterator[str]:
    """Yield the line beside Current Plan that tells how many credits are left, where no number of Billing is that.

    Several may tell of other workspaces.
    """
    kinds = [one.value for one in (reading.monthly, reading.add_on) if isinstance(one, Fact)]
    told = [line for line in reading.elsewhere if _LEFT.fullmatch(line.form) and line.numbers[0].step <= 1]
    numbers = {line.numbers[0].value for line in told} - {None}
    are_sure = all(one.left is not None or None not in {one.used, one.whole} for one in kinds)
    there = {number.value for line in reading.shown for number in line.numbers}
    likely = total_range(reading)
    sums = {one.left for one in likely.totals()} if likely is not None and likely.used is not None else set()
    left = sum(one.likely_left or 0 for one in kinds)
    if len(kinds) == 2 and len(numbers) == 1 and (are_sure or sums) and not numbers & {left, *sums, *there}:
        yield f"“{told[0].told}” beside Current Plan, where {left:,} are left"


def _unlikely(reading: CreditsReading) -> Iterator[tuple[Shown, Number, bool]]:
    """Yield totals of all credits that the numbers of both kinds do not make up, and whether they may do so at all.

    A difference that stands there may be credits of a third kind.
    """
    likely = total_range(reading)
    if likely is None or likely.used is None or sum_of_kinds(reading):
        return
    totals = likely.totals()
    right = {number for one in totals for number in (one.left, one.whole)} | {
        number for kind in (reading.monthly, reading.add_on) if isinstance(kind, Fact) for number in kind.value.numbers
    }
    there = {one.value for line in reading.shown for one in line.numbers if one.kind == "count" and one.value}
    for line in reading.shown:
        for kind, number in ((one.kind, one.number) for one in line.amounts if one.owner is None):
            value = number.value
            if value is None or number.step > 1 or value in right or kind == "used":
                continue
            if not any(other >= _MANY and value - other in right for other in there):
                yield line, number, likely.may_be(value, kind)


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
