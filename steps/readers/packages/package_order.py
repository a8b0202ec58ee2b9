"""In what order a person sees the packages, where a style sheet shows them in another one than they are written in."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steps.readers.page.snapshot import Box

_FROM_THE_RIGHT = ("ar", "he", "fa", "ur")
"""Languages that are read from the right."""


def order_seen(boxes: Sequence[Box], language: str) -> list[int]:
    """Return the places of boxes row by row from the left, where one written later stands before an earlier one."""
    is_moved = any(_stands_before(later, earlier) for earlier, later in combinations(boxes, 2))
    if not is_moved or language.startswith(_FROM_THE_RIGHT):
        return list(range(len(boxes)))
    rows: list[list[int]] = []
    for at in sorted(range(len(boxes)), key=lambda at: boxes[at].y):
        if not rows or boxes[at].y > boxes[rows[-1][0]].y + boxes[rows[-1][0]].height / 2:
            rows.append([])
        rows[-1].append(at)
    return [at for row in rows for at in sorted(row, key=lambda at: boxes[at].x)]


def _stands_before(one: Box, other: Box) -> bool:
    """Whether a box stands wholly left of another in its row, or above it and not in a column further right."""
    shared = min(one.bottom, other.bottom) - max(one.y, other.y)
    is_left = shared > min(one.height, other.height) / 2 and one.right <= other.x + 1
    return is_left or (one.bottom <= other.y + 1 and one.x < other.right - 1)
