"""How many credits there are in all, as far as a page tells it or lets it be reckoned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from steps.readers.credits.balance import Total, total_from, totals_of
from steps.readers.page.fact import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from steps.readers.credits.balance import Balance
    from steps.readers.credits.bars import Bar
    from steps.readers.credits.credits import CreditsReading
    from steps.readers.figures.numbers import Number


def total_of_all(reading: CreditsReading) -> Total | None:
    """Return what is left and used of all credits, where the figures leave no doubt; what bars say does not count."""
    if (sums := sum_of_kinds(reading)) is not None:
        return sums
    in_bars = {bar.text for bar in reading.bars}
    said: dict[str, set[int]] = {}
    for line in reading.shown:
        for one in line.amounts if line.text not in in_bars else ():
            if one.owner is None and one.number.value is not None and one.number.step <= 1:
                said.setdefault(one.kind, set()).add(int(one.number.value))
    if any(len(numbers) > 1 for kind, numbers in said.items() if kind != "plain"):
        return None
    left, used, whole = (next(iter(said.get(kind, ())), None) for kind in ("left", "used", "whole"))
    found = total_from(left if left is not None else _left_of_both(reading), used, whole)
    return found or _by_use_of_one(reading, used) or _by_what_is_left(reading, left, used)


def _by_what_is_left(reading: CreditsReading, left: int | None, used: int | None) -> Total | None:
    """Return what is left and used of all, where only one way to take "0 / 3,000" and "800 / 900" makes up `left`."""
    kinds = [totals_of(one.value) for one in (reading.monthly, reading.add_on) if isinstance(one, Fact)]
    if left is None or len(kinds) < 2:
        return None
    sums = {Total(one.left + other.left, one.used + other.used) for one in kinds[0] for other in kinds[1]}
    fit = {one for one in sums if one.left == left and used in {None, one.used}}
    return fit.pop() if len(fit) == 1 else None


def _by_use_of_one(reading: CreditsReading, used: int | None) -> Total | None:
    """Return what is left and used of all, where all that is used is what one kind lacks: "12,088 of 16,000" and 5,000.

    Then one number that is told of the other kind is what is left of it, whatever it is called.
    """
    kinds = [one.value for one in (reading.monthly, reading.add_on) if isinstance(one, Fact)]
    if used is None or len(kinds) < 2 or any(one.left is not None or one.used is not None for one in kinds):
        return None
    alone = [_only(one.numbers) for one in kinds]
    of_two = [total for one in kinds for total in totals_of(one) if len(one.plain) == 2 and total.used == used]
    rest = [one for one in alone if one is not None]
    return Total(of_two[0].left + rest[0], used) if len(of_two) == len(rest) == 1 else None


def _left_of_both(reading: CreditsReading) -> int | None:
    """Return what is left of both kinds together, where Billing says of each how much is left."""
    lefts = [one.value.left for one in (reading.monthly, reading.add_on) if isinstance(one, Fact)]
    known = [one for one in lefts if one is not None]
    return sum(known) if len(known) == 2 else None


def likely_left(reading: CreditsReading) -> int | None:
    """Return how many credits are left of all, where the first number that no word explains is what is left."""
    if (total := total_of_all(reading)) is not None:
        return total.left
    balances = [one.value for one in (reading.monthly, reading.add_on) if isinstance(one, Fact)]
    known = [one.likely_left for one in balances if one.likely_left is not None]
    return sum(known) if len(known) == 2 else None


def known_at_least(reading: CreditsReading) -> Total | None:
    """Return what is left of all credits, and how many are used at least; None where all is known, or less is.

    Of add-on credits a page may tell what is left alone, and of monthly ones how many are used.
    """
    kinds = [one.value for one in (reading.monthly, reading.add_on) if isinstance(one, Fact)]
    lefts = [None if one.plain else one.likely_left for one in kinds]
    if len(kinds) < 2 or None in lefts or total_of_all(reading):
        return None
    used = sum((one.whole or 0) - (one.likely_left or 0) for one in kinds if one.whole is not None)
    return Total(sum(filter(None, lefts)), used) if used >= 0 else None


def may_be_of_month(reading: CreditsReading) -> set[Total]:
    """Return what may be left and used of the monthly credits: no more is used of them than of all."""
    found = totals_of(reading.monthly.value) if isinstance(reading.monthly, Fact) else set()
    used = reading.used.value if isinstance(reading.used, Fact) else None
    found = {one for one in found if one.whole}
    return {one for one in found if used is None or one.used <= used} or found


def month_like(before: CreditsReading, now: CreditsReading) -> set[Total]:
    """Return what is left and used of a month's credits of which `now` tells only what is left.

    They are as many as `before`, where the plan was the same and all numbers meant one total.
    """
    wholes = {one.whole for one in may_be_of_month(before)}
    if len(wholes) > 1 or not isinstance(now.monthly, Fact) or not is_same_plan(before, now):
        return set()
    left = now.monthly.value.likely_left
    return {Total(left, whole - left) for whole in wholes if left is not None and left <= whole}


def is_same_plan(before: CreditsReading, now: CreditsReading) -> bool:
    """Whether Billing tells of the same plan both times."""
    return isinstance(before.plan, Fact) and isinstance(now.plan, Fact) and now.plan.value == before.plan.value


def sum_of_kinds(reading: CreditsReading) -> Total | None:
    """Return what is left and used of both kinds together, where Billing tells two numbers or more of each of them."""
    balances = [one.value for one in (reading.monthly, reading.add_on) if isinstance(one, Fact)]
    kinds = [total_from(one.left, one.used, one.whole) for one in balances]
    if len(kinds) < 2 or kinds[0] is None or kinds[1] is None:
        return None
    return Total(kinds[0].left + kinds[1].left, kinds[0].used + kinds[1].used)


def sum_by_use(reading: CreditsReading) -> Total | None:
    """Return what is left and used of both kinds together, where all that is used is what one of them lacks."""
    used = abs(reading.used.value) if isinstance(reading.used, Fact) else None
    return _by_use_of_one(reading, used)


@dataclass(frozen=True)
class TotalRange:
    """What all credits may be, where each kind shows what is left, or one number that no word explains.

    `told` is the sum of those numbers, `used` how many are used, None where that is not told.
    """

    told: int
    used: int | None
    are_left: bool
    are_whole: bool

    def totals(self) -> set[Total]:
        """Return what may be left and used in all, where both numbers mean the same."""
        if self.used is None:
            return set()
        left = set() if self.are_whole else {Total(self.told, self.used)}
        return left | (set() if self.are_left or self.told < self.used else {Total(self.told - self.used, self.used)})

    def may_be(self, value: Decimal, kind: str) -> bool:
        """Whether a number may be what is left of all, or all, whatever each kind's number means."""
        used = self.used or 0
        low = self.told - (0 if self.are_left else used)
        high = self.told - (used if self.are_whole else 0)
        return low + (used if kind == "whole" else 0) <= value <= high + (0 if kind == "left" else used)


def total_range(reading: CreditsReading) -> TotalRange | None:
    """Return what all credits may be by one number of each kind, None where a kind has none, or several.

    Where Billing says how many are used, of several numbers the one that is left counts.
    """
    kinds = [one.value for one in (reading.monthly, reading.add_on) if isinstance(one, Fact)]
    used = abs(reading.used.value) if isinstance(reading.used, Fact) else None  # it may be taken off: "-1,300"
    told = [_only(kind.numbers) if used is None or kind.left is None else kind.left for kind in kinds]
    known = [one for one in told if one is not None]
    if len(known) < 2:
        return None
    are_left = all(kind.left is not None for kind in kinds)
    return TotalRange(sum(known), used, are_left, not are_left and all(kind.whole is not None for kind in kinds))


def _only(numbers: frozenset[int]) -> int | None:
    return next(iter(numbers)) if len(numbers) == 1 else None


def counted_by(bar: Bar, reading: CreditsReading) -> Total | None:
    """Return what is left and used by a bar's own count, where what Billing says of both kinds bears it out.

    What is used of a kind may be unsaid there: then the bar has to do without it, or with what is used of all.
    """
    balances = [one.value for one in (reading.monthly, reading.add_on) if isinstance(one, Fact)]
    if len(balances) < 2 or bar.now is None or bar.whole is None or bar.owner:
        return None
    all_used = reading.used.value if isinstance(reading.used, Fact) else 0
    kinds = [totals_of(one) or {total for total in (_unused(one),) if total} for one in balances]
    sums = [
        Total(one.left + other.left, max(one.used + other.used, all_used)) for one in kinds[0] for other in kinds[1]
    ]
    return next((one for one in sums if bar.whole == one.whole and bar.now in one), None)


def _unused(balance: Balance) -> Total | None:
    left = balance.plain[0] if len(balance.plain) == 1 else balance.left
    return Total(left, 0) if left is not None and balance.used is None else None


def totals_of_kinds(reading: CreditsReading, everything: Total | None) -> tuple[set[Total], set[Total]]:
    """Return what may be left and used of monthly and of add-on credits, as told or as follows from all credits.

    A set is empty where nothing is certain; of "2,500 / 10,000", the part may be either.
    """
    monthly, add_on = reading.monthly, reading.add_on
    found = [totals_of(one.value) if isinstance(one, Fact) else set() for one in (monthly, add_on)]
    if everything is None or bool(found[0]) == bool(found[1]):
        return found[0], found[1]
    known, missing = (found[0], add_on) if found[0] else (found[1], monthly)
    told = missing.value.numbers if isinstance(missing, Fact) else frozenset({0})
    rests = {one: Total(everything.left - one.left, everything.used - one.used) for one in known}
    fit = {one: rest for one, rest in rests.items() if min(rest) >= 0 and told <= {*rest, rest.whole}}
    if not fit:
        return found[0], found[1]
    return (set(fit), set(fit.values())) if found[0] else (set(fit.values()), set(fit))


def whole_of(reading: CreditsReading) -> float | None:
    """Return how many credits there are in all, used ones among them, where the page says so."""
    used = reading.used.value if isinstance(reading.used, Fact) else None
    overall = reading.overall.value if isinstance(reading.overall, Fact) else None
    if overall and overall.whole is not None:
        return overall.whole
    if overall and overall.left is not None and used is not None:
        return overall.left + used
    counting = next((one.whole for one in reading.bars if one.whole is not None and one.owner is None), None)
    if counting is not None:
        return float(counting)
    balances = [one.value for one in (reading.monthly, reading.add_on) if isinstance(one, Fact)]
    wholes = [one for one in map(own_whole, balances) if one is not None]
    if len(wholes) < len(balances) or len(balances) < 2:
        total = total_of_all(reading)
        return float(total.whole) if total else None
    lefts = [one.left for one in balances if one.left is not None]
    is_too_small = used is not None and len(lefts) == len(balances) and sum(lefts) + used > sum(wholes)
    return None if is_too_small else float(sum(wholes))  # what is left of one kind may not be all there was of it


def used_of(reading: CreditsReading) -> float | None:
    """Return how many credits are used, where the page says so or says what is left of how many."""
    if isinstance(reading.used, Fact):
        return reading.used.value
    whole = whole_of(reading)
    overall = reading.overall.value if isinstance(reading.overall, Fact) else None
    if whole is not None and overall and overall.left is not None:
        return whole - overall.left
    balances = [one.value for one in (reading.monthly, reading.add_on) if isinstance(one, Fact)]
    lefts = [0 if one.numbers == {0} else one.left for one in balances]
    known = [one for one in lefts if one is not None]
    return whole - sum(known) if whole is not None and len(known) == 2 else None


def own_whole(balance: Balance) -> int | None:
    """Return how many credits of one kind were given, used ones among them, where the page says so."""
    if balance.whole is not None:
        return balance.whole
    if balance.left is not None and balance.used is not None:
        return balance.left + balance.used
    return 0 if balance.numbers == {0} else None


def likely_wholes(reading: CreditsReading, share: float) -> Iterator[float]:
    """Yield what all credits may be, where the page leaves open whether its numbers are wholes or what is left."""
    used = reading.used.value if isinstance(reading.used, Fact) else None
    balances = [one.value for one in (reading.monthly, reading.add_on) if isinstance(one, Fact)]
    left = sum(one.left if one.left is not None else one.amount or 0 for one in balances)
    yield float(sum(one.amount or 0 for one in balances))
    if used is not None:
        yield float(left + used)
    else:
        yield from (left / part for part in (share, 1 - share) if part > 0)


def must_grow(before: CreditsReading, value: Decimal | None, kind: str) -> Literal["yes", "no", "unknown"]:
    """Return whether a total of all credits has to grow by a purchase, by what it was the sum of before."""
    monthly, add_on = before.monthly, before.add_on
    if value is None or not isinstance(monthly, Fact):
        return "unknown"
    bought = add_on.value if isinstance(add_on, Fact) else None
    of_month = monthly.value.numbers
    of_bought = bought.numbers if bought else frozenset({0})
    sums = {one + other for one in of_month for other in of_bought if other}
    if int(value) in of_month and kind != "whole" and int(value) not in sums:
        return "unknown"
    if int(value) in sums and int(value) not in of_month:
        return "yes"
    return "unknown"


def stands_for_all(before: CreditsReading, number: Number) -> bool:
    """Whether a number that is written short ("15.8K") can only be what is left of all credits together."""
    left = likely_left(before)
    balances = [one.value for one in (before.monthly, before.add_on) if isinstance(one, Fact)]
    others = {one for balance in balances for one in balance.numbers}
    return left is not None and _shortens(number, left) and not any(_shortens(number, one) for one in others)


def still_shortens(after: CreditsReading, number: Number) -> bool:
    """Whether a number that is written short is too coarse to show a purchase, and true of all credits after it."""
    left = likely_left(after)
    return left is not None and _shortens(number, left)


def _shortens(number: Number, exact: int) -> bool:
    return number.value is not None and number.step > 1 and abs(number.value - exact) < number.step
