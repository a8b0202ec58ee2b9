"""What a page says of one kind of credits, and what is left and used of them by that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Balance:
    """What a page says of one kind of credits. None: not said. `plain` are numbers that no word explains."""

    left: int | None = None
    used: int | None = None
    whole: int | None = None
    plain: tuple[int, ...] = ()

    @property
    def amount(self) -> int | None:
        """The number that stands for it: the whole where it is told, else the only number, else what is left."""
        if self.whole is not None:
            return self.whole
        return self.plain[0] if len(self.plain) == 1 else max(self.plain) if self.plain else self.left

    @property
    def likely_left(self) -> int | None:
        """What is left, or else what is not used of the whole, or the first number that no word explains; else None."""
        if self.left is None and self.used is not None and self.whole is not None:
            return self.whole - self.used
        return self.left if self.left is not None else next(iter(self.plain), None)

    @property
    def numbers(self) -> frozenset[int]:
        """All numbers that are said of it."""
        return frozenset({*self.plain, *(one for one in (self.left, self.used, self.whole) if one is not None)})


class Total(NamedTuple):
    """How many credits are left and used, of one kind or of all."""

    left: int
    used: int

    @property
    def whole(self) -> int:
        """All that were given."""
        return self.left + self.used

    def __str__(self) -> str:
        """In words."""
        return f"{self.left:,} usable and {self.used:,} used"


def totals_of(balance: Balance) -> set[Total]:
    """Return what may be left and used of one kind of credits; of "2,500 / 10,000", the part may be either."""
    if len(balance.plain) == 2:
        least, most = sorted(balance.plain)
        return {Total(least, most - least), Total(most - least, least)}
    total = Total(0, 0) if balance.numbers == {0} else total_from(balance.left, balance.used, balance.whole)
    return {total} if total else set()


def total_from(left: int | None, used: int | None, whole: int | None) -> Total | None:
    """Return the total that two of three numbers make, or None where they contradict each other."""
    if left is None and used is not None and whole is not None:
        left = whole - used
    if used is None and left is not None and whole is not None:
        used = whole - left
    if left is None or used is None or min(left, used) < 0 or whole not in {None, left + used}:
        return None
    return Total(left, used)
