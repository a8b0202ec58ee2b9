"""How lines and boxes stand to one another: in a row, in a column, and which is nearest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steps.readers.page.snapshot import Box


class Placed(Protocol):
    """What stands somewhere on a page."""

    @property
    def box(self) -> Box:
        """Where it stands, in CSS pixels."""


T = TypeVar("T", bound=Placed)


def same_row(one: Box, other: Box) -> bool:
    """Whether two boxes stand beside one another: they share more than half of the lower one's height."""
    shared = min(one.bottom, other.bottom) - max(one.y, other.y)
    return shared > 0.5 * min(one.height, other.height)


def same_column(one: Box, other: Box) -> bool:
    """Whether two boxes stand one below the other: they share some of their width."""
    return min(one.right, other.right) - max(one.x, other.x) > 1


def _inside_column(one: Box, other: Box) -> float:
    """Return how much of a box's width stands in the column of another, from 0 to 1."""
    return (min(one.right, other.right) - max(one.x, other.x)) / max(one.width, 1)


def left_of(line: T, others: Iterable[T]) -> T | None:
    """Return the nearest line before a line in its row."""
    row = [one for one in others if one is not line and same_row(one.box, line.box)]
    return max((one for one in row if one.box.right <= line.box.x + 1), key=lambda one: one.box.x, default=None)


def right_of(line: T, others: Iterable[T]) -> T | None:
    """Return the nearest line behind a line in its row."""
    row = [one for one in others if one is not line and same_row(one.box, line.box)]
    return min((one for one in row if one.box.x >= line.box.right - 1), key=lambda one: one.box.x, default=None)


def above(line: T, others: Iterable[T]) -> T | None:
    """Return the nearest line above a line in its column."""
    column = [one for one in others if one is not line and same_column(one.box, line.box)]
    higher = (one for one in column if one.box.bottom <= line.box.y + 2)
    return max(higher, key=lambda one: (one.box.y, _inside_column(one.box, line.box)), default=None)


def below(line: T, others: Iterable[T]) -> T | None:
    """Return the nearest line below a line in its column."""
    column = [one for one in others if one is not line and same_column(one.box, line.box)]
    lower = (one for one in column if one.box.y >= line.box.bottom - 2)
    return min(lower, key=lambda one: (one.box.y, -_inside_column(one.box, line.box)), default=None)
