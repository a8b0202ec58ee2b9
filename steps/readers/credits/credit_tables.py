"""Tables of credits: what the heads of their columns and rows say that a number is."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from steps.readers.page.positions import same_column

if TYPE_CHECKING:
    from steps.readers.credits.items import Item
    from steps.readers.credits.number_kinds import Kind
    from steps.readers.credits.surroundings import Surroundings
    from steps.readers.page.lines import Layout, Line


class CreditTables:
    """The tables of a section."""

    def __init__(self, layout: Layout, around: Surroundings) -> None:
        self._layout, self._around, self._items = layout, around, around.items

    def below(self, item: Item) -> list[tuple[Item, Kind]]:
        """Return the values in the column below a label, each with what the head of its row says that it is.

        Nothing where fewer than two of the rows say so.
        """
        table = self._table(item.line)
        below_it = (
            one for one in self._items
            if one.is_value and self._table(one.line) == table >= 0 and one.line.box.y >= item.line.box.bottom - 2
            and self._layout.cell(one.line) >= 0 <= self._layout.cell(item.line)
            and self._in_one_column(one.line, item.line)
        )  # fmt: skip
        values = list(below_it)
        found = [(one, kind) for one in values if (kind := self._kind_beside(one))]
        told = {kind: one.clauses[0].amounts[0].number.value for one, kind in found if one.clauses[0].amounts}
        if set(told) == {"used", "left"} and None not in told.values():
            made_up = sum(filter(None, told.values()))
            rest = [one for one in values if all(one is not other for other, _ in found)]
            found += [(one, "whole") for one in rest if [x.number.value for x in one.clauses[0].amounts] == [made_up]]
        return found if len({kind for _, kind in found}) > 1 else []

    def is_in_a_row_of_its_own(self, value: Item) -> bool:
        """Whether the row of a table that a value stands in begins with words that say what it is about."""
        cell = self._layout.cell(value.line)
        row = self._around.inside(self._layout.snapshot.elements[cell].parent) if cell >= 0 else []
        return bool(row) and row[0] is not value and not row[0].may_be_value and not row[0].label

    def kind_above(self, value: Line) -> Kind | None:
        """Return what the headings of a table's column say that its numbers are: the nearest that says it, of several.

        None where none of them does.
        """
        table = self._table(value)
        over = (
            one for one in self._items
            if one.line.box.bottom <= value.box.y + 2 and self._table(one.line) == table >= 0
            and self._in_one_column(one.line, value)
        )  # fmt: skip
        named = [one.clauses[0] for one in takewhile(lambda one: not one.may_be_value, over) if one.clauses]
        said = [one.heads for one in named if one.heads]
        return said[-1] if said else None

    def _kind_beside(self, value: Item) -> Kind | None:
        """Return what the first cell of a row says that its numbers are."""
        row = self._around.inside(self._layout.snapshot.elements[self._layout.cell(value.line)].parent)
        first = row[0] if row else value
        return first.clauses[0].heads if first is not value and first.clauses else None

    def _in_one_column(self, one: Line, other: Line) -> bool:
        """Whether two lines stand in one column: by their cells, for text may stand at either side of them.

        A caption is in none.
        """
        cells = [self._layout.cell(line) for line in (one, other)]
        if max(cells) < 0:
            return same_column(one.box, other.box)
        if min(cells) < 0:
            return False
        first, second = (self._layout.snapshot.elements[at].box for at in cells)
        shared = min(first.right, second.right) - max(first.x, second.x)
        return shared > 0.5 * min(first.width, second.width)

    def _table(self, line: Line) -> int:
        elements = self._layout.snapshot.elements
        tables = {"table", "grid", "treegrid"}
        return next((at for at in self._layout.around(line.block) if elements[at].role in tables), -1)
