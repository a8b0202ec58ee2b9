"""A part of a line of a balance that says one thing: what it tells, and what it may stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from steps.readers.credits.number_kinds import Amount, Kind, Owner
    from steps.readers.figures.numbers import Number

KINDS: dict[str, Kind] = {
    "used": "used", "consumed": "used", "spent": "used", "left": "left", "remaining": "left", "remain": "left",
    "available": "left", "usable": "left", "unused": "left",
}  # fmt: skip
PART = re.compile(rf"(?:(?:{'|'.join(KINDS)}) )?(?:out )?of\b|/", re.IGNORECASE)
"""How a line begins that goes on with what another begins: "of 10,000", "left of 10,000"."""
WHOLES = frozenset({
    "included", "allocated", "granted", "purchased", "bought", "allowance", "limit", "allotment", "quota",
})  # fmt: skip
"""Words for a whole, beside whose credits they are or what else there is of them; alone they may mean anything."""


@dataclass(frozen=True)
class Clause:
    """A part of a line that says one thing. `strange` are words that no balance is told in."""

    text: str
    owners: tuple[Owner, ...]
    amounts: tuple[Amount, ...]
    shares: tuple[Number, ...]
    kinds: tuple[Kind, ...]
    strange: tuple[str, ...]
    total: bool = False
    """Whether it says that it is about all credits."""

    @property
    def is_label(self) -> bool:
        """Whether it names something and tells no number of it."""
        named = self.owners or self.kinds or self.total
        return bool(named) and not (self.amounts or self.shares or self.strange) and len(self.owners) <= 1

    @property
    def heads(self) -> Kind | None:
        """What it says of the numbers below it, as the heading of their column; None where it says nothing of them."""
        if self.amounts or self.shares or not {one.lower() for one in self.strange} <= WHOLES:
            return None
        return self.kinds[0] if self.kinds else "whole" if self.total or self.strange else None

    @property
    def is_value(self) -> bool:
        """Whether it is nothing but numbers and what they are."""
        return bool(self.amounts or self.shares) and not (self.owners or self.strange)

    @property
    def is_part(self) -> bool:
        """Whether it tells of what something above it is a part: "of 10,000"."""
        return bool(PART.match(self.text))

    @property
    def is_statement(self) -> bool:
        """Whether it tells whose credits and how many."""
        return bool(self.amounts or self.shares) and bool(self.owners) and not self.strange
