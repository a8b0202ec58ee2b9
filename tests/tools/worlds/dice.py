"""Choices that make a world: from a seed (fast), from a list (to shrink and to repeat), or from hypothesis."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")


class Dice:
    """Makes each choice by a number from 0; 0 is always the plainest, so that smaller numbers make a smaller world."""

    def __init__(self, throw: Callable[[int], int]) -> None:
        self._throw = throw
        self.thrown: list[int] = []

    def number(self, sides: int) -> int:
        """Return a number from 0 to below `sides`."""
        if sides < 2:
            return 0
        thrown = self._throw(sides)
        self.thrown.append(thrown)
        return thrown

    def between(self, low: int, high: int) -> int:
        """Return a number from `low` to `high`."""
        return low + self.number(high - low + 1)

    def pick(self, options: Sequence[T]) -> T:
        """Return one of the options; the first is the plainest."""
        return options[self.number(len(options))]

    def chance(self, one_in: int) -> bool:
        """Whether something rare is so, once in so many times."""
        return self.number(one_in) == one_in - 1

    def some(self, options: Sequence[T], most: int) -> list[T]:
        """Return up to `most` different options."""
        left = list(options)
        return [left.pop(self.number(len(left))) for _ in range(self.number(min(most, len(left)) + 1))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in some order; the plainest is the given one."""
        left = list(items)
        return [left.pop(self.number(len(left))) for _ in items]


def seeded(seed: int) -> Dice:
    """Return dice that a seed decides."""
    throw = random.Random(seed).random  # noqa: S311 - no secret hangs on it
    return Dice(lambda sides: int(throw() * sides))


def repeated(numbers: Sequence[int]) -> Dice:
    """Return dice that fall as the numbers say, and to 0 from there on."""
    rest = iter(numbers)
    return Dice(lambda sides: min(next(rest, 0), sides - 1))


@st.composite
def thrown_by_hypothesis(draw: st.DrawFn) -> Dice:
    """Return dice whose numbers hypothesis chooses and shrinks."""
    return Dice(lambda sides: draw(st.integers(0, sides - 1)))
