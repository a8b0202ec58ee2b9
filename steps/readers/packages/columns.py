"""The headings of a table of packages: which of its columns have packages, or prices, in them, and which neither."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from steps.readers.money.currencies import is_code
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
_CREDITS = re.compile(r"\W*(?:add-?on |extra )?credits?\W*", re.IGNORECASE)
"""How a column is headed whose numbers are credits."""
_CURRENCY = re.compile(r"(?:^|[\s(,])(?:in )?([A-Z]{3}|(?:US|CA|AU|NZ|HK|S)?\$|[\u20ac\u00a3\u00a5])\s?\)?$")
"""How a column is headed that tells a currency for all of its prices: "Price (USD)", "Price in \u20ac"."""
_TABLES = frozenset({"table", "grid", "treegrid"})


class Columns:
    """The columns of the tables of a page."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def of(self, line: Line, headed: re.Pattern[str]) -> bool:
        """Whether a line stands in a column of a table that is headed so."""
        return any(map(headed.search, self._over(line)))

    def has_credits(self, line: Line) -> bool:
        """Whether the numbers of a line's column are credits by its heading."""
        return any(map(_CREDITS.fullmatch, self._over(line)))

    def currency_of(self, line: Line) -> str:
        """Return the code or sign of the currency that a line's column tells in its heading; "" for none."""
        found = (_CURRENCY.search(text) for text in self._over(line))
        signs = [one[1] for one in found if one]
        return signs[0] if signs and (is_code(signs[0]) or not signs[0].isalpha()) else ""

    def _over(self, line: Line) -> list[str]:
        """Return what the headings over a line say."""
        cell = self._layout.cell(line)
        if cell < 0:
            return []
        elements = self._layout.snapshot.elements
        over = [
            one for one in self._headings.get(self._table(line), ())
            if one is not line and same_column(elements[self._layout.cell(one)].box, elements[cell].box)
            and one.box.bottom <= line.box.y + 2
        ]  # fmt: skip
        return [one.text for one in over]

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
