"""What can be pressed in the rows of a list of invoices, and beside them: the ways to receipts."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from steps.readers.invoices.receipt_links import FEW, MORE, receipt_among
from steps.readers.page.positions import same_column, same_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steps.readers.lists.listing import Row
    from steps.readers.lists.neighbours import Neighbours

_VIEWS = re.compile(r"\W*(?:view|open|show|see|details)\b", re.IGNORECASE)
"""What opens an invoice is called."""


class Presses:
    """What can be pressed in the rows and outside them; `names` are the profile's for a receipt."""

    def __init__(self, near_by: Neighbours, names: Sequence[str], rows: Sequence[Row]) -> None:
        self._near_by = near_by
        self._layout = near_by.layout
        self._elements = near_by.layout.snapshot.elements
        self._names = names
        self._rows = rows

    @cached_property
    def _presses(self) -> list[tuple[int, frozenset[int]]]:
        """What can be pressed, each with all that it stands in."""
        parts = enumerate(self._elements)
        found = (
            at
            for at, one in parts
            if one.role in ("link", "button", "menuitem") or "pressable" in one.states or one.tag == "summary"
        )
        return [(at, frozenset(self._layout.around(at))) for at in found]

    def receipt(self, row: Row) -> int:
        """Return what can be pressed in a row that is called a receipt, or leads to a file that is one."""
        said = {at: self._elements[at].name or self._few_words(at) for at in self._inside(row)}
        found = receipt_among(self._elements, said, self._names)
        return row.element if found < 0 and self._elements[row.element].role == "link" else found

    def menu(self, row: Row) -> int:
        """Return what opens a menu in a row, or else the row itself where it can be pressed as a whole."""
        every = self._inside(row)
        inside = [at for at in every if self._elements[at].role != "link"]
        said = {at: self._elements[at].name or self._few_words(at) for at in every}
        named = (at for at in inside if "popup" in self._elements[at].states or MORE.match(said[at]))
        drawn = (at for at in inside if MORE.match(self._few_words(at)))
        views = (at for at in every if _VIEWS.match(said[at]))
        wholes = (at for at in inside if all(self._layout.inside(line, at) for line in row.lines))
        unfolds = (at for at in inside if "collapsed" in self._elements[at].states or not self._says_a_word(at))
        return next(chain(named, drawn, views, wholes, unfolds), -1)

    def _says_a_word(self, at: int) -> bool:
        told = (self._elements[at].name, *(line.text for line in self._near_by.within(at)))
        return any(sign.isalnum() for text in told for sign in text)

    def choice(self, row: Row) -> int:
        """Return what a row is chosen by."""
        boxes = (at for at, one in enumerate(self._elements) if one.role in {"radio", "checkbox"})
        return next((at for at in boxes if row.element in self._layout.around(at)), -1)

    def acting_on_chosen(self) -> dict[int, str]:
        """Return what can be pressed outside the rows, with its name."""
        rows = {row.element for row in self._rows}
        outside = (at for at, around in self._presses if not rows & around)
        return {at: self._elements[at].name for at in outside if "disabled" not in self._elements[at].states}

    def _inside(self, row: Row) -> list[int]:
        blocks = {line.block for line in row.lines}
        own = [at for at, around in self._presses if row.element in around]
        over = [at for at, around in self._presses if at not in own and blocks & around]
        return sorted({*over, *(at for at in own if not any(self._is_drawn_over(at, other) for other in over))})

    def _is_drawn_over(self, at: int, other: int) -> bool:
        """Whether something to press lies under another one that is called the same: a column that stays in view."""
        one, two = self._elements[at], self._elements[other]
        return one.name == two.name and same_row(one.box, two.box) and same_column(one.box, two.box)

    def _few_words(self, at: int) -> str:
        """Return what an element says, "" for more than a few words: a whole row is no way to its receipt."""
        said = " ".join(line.text for line in self._near_by.within(at) or self._layout.lines_of((at,)))
        return said if len(said.split()) <= FEW else ""
