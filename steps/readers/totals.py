"""How many credits there are in all, as far as a page tells it or lets it be reckoned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.readers.fact import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.readers.credits import Balance, CreditsReading


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
    wholes = [own_whole(one) for one in balances]
    return float(sum(one for one in wholes if one is not None)) if len(wholes) == 2 and None not in wholes else None


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
