"""Which words stand beside which: the label of an amount, the row of a list, what a row can be pressed by."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from steps.readers.lines import same_column, same_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.readers.lines import Layout, Line
    from steps.readers.snapshot import Element

_NEAR = 6
"""Elements around a line in which its label is looked for."""


def beside(layout: Layout, line: Line) -> Line | None:
    """Return the line that stands nearest before a line: in its row, or else right above it."""
    for holder in list(layout.around(line.block))[1:_NEAR]:
        before = [one for one in layout.within(holder) if one.number < line.number]
        in_row = [one for one in before if same_row(one.box, line.box) and one.box.right <= line.box.x + 1]
        above = [one for one in before if same_column(one.box, line.box) and one.box.bottom <= line.box.y + 2]
        if found := in_row or above:
            return found[-1]
    return None


def elements_in(layout: Layout, holder: int) -> Iterator[tuple[int, Element]]:
    """Yield an element and all that it holds, each with its index."""
    held = {holder}
    for at, one in enumerate(layout.snapshot.elements[holder:], holder):
        if at == holder or one.parent in held:
            held.add(at)
            yield at, one


def has_small_digits(layout: Layout, line: Line) -> bool:
    """Whether digits of different size touch in a line, as in a price with small cents: they are not one number."""
    pieces = [one for one in layout.snapshot.texts if one.element in line.elements and one.block == line.block]
    return any(
        before.text[-1:].isdigit() and piece.text[:1].isdigit() and not piece.space_before and before.size != piece.size
        for before, piece in pairwise(pieces)
    )
