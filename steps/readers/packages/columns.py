"""The headings of a table of packages: which of its columns have no package, or no price, in them."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from steps.readers.page.positions import same_column

if TYPE_CHECKING:
    from steps.readers.page.lines import Layout, Line

NO_PRICE = re.compile(
    r"\bper\b(?! pack)|\beach\b|\bunit\b|/|\bsav(?:e|ings?)\b|\bdiscount\b|\bwas\b|\b(?:list|regular|old) price\b"
    r"|^\W*(?:vat|gst|tax)\b",
    re.IGNORECASE,
)
"""How a column is headed that tells prices of a part, or what comes on top of a price or off it."""
NO_PACKAGE = re.compile(r"\bbalance\b|\bafter\b|\btotal\b|\bbonus\b|\bfree\b|\bper\b", re.IGNORECASE)
"""How a column is headed that tells other credits than those of the package."""
_TABLES = frozenset({"table", "grid", "treegrid"})


class Columns:
    """The columns of the tables of a page."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def of(self, line: Line, headed: re.Pattern[str]) -> bool:
        """Whether a line stands in a column of a table that is headed so."""
        cell = self._layout.cell(line)
        if cell < 0:
            return False
        elements = self._layout.snapshot.elements
        over = [
            one for one in self._headings.get(self._table(line), ())
            if one is not line and same_column(elements[self._layout.cell(one)].box, elements[cell].box)
            and one.box.bottom <= line.box.y + 2
        ]  # fmt: skip
        return any(headed.search(one.text) for one in over)

    def _table(self, line: Line) -> int:
        elements = self._layout.snapshot.elements
        return next((at for at in self._layout.around(line.block) if elements[at].role in _TABLES), -1)

    @cached_property
    def _headings(self) -> dict[int, list[Line]]:
        """The lines of the first row of each table, where none of them has a number but that of its unit."""
        rows: dict[int, list[Line]] = {}
        for line in self._layout.lines:
            if self._layout.cell(line) >= 0 and (table := self._table(line)) >= 0:
                first = rows.setdefault(table, [line])
                if line is not first[0] and line.box.y < first[0].box.bottom:
                    first.append(line)
        return rows
