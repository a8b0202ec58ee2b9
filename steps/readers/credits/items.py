"""The lines of a section as what they may be to one another: labels, values, statements, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from steps.readers.credits.wording import NONE
from steps.readers.figures.numbers import without_dates

if TYPE_CHECKING:
    from steps.readers.credits.clause import Clause
    from steps.readers.page.lines import Line

_BEGINS_WITH_A_NUMBER = re.compile(
    r"\W*(?:(?:about|approx\.?|approximately|ca\.?|over|under|up to|at least|more than|less than|min\.?|max\.?)\s)?"
    r"\W*\d",
    re.IGNORECASE,
)
_TREND = re.compile(r"\s*[\u25b2\u25bc\u25b3\u25bd\u2191\u2193\u2197\u2198\u2b06\u2b07]")
"""How a line begins that tells how a number has changed: an arrow or a triangle up or down."""
_TELLS_NOTHING = re.compile(r"(?:[\s:]-|\s*[\u2013\u2014])[-\u2013\u2014]*$|^[\u2013\u2014]+\s")


@dataclass(frozen=True)
class Item:
    """A line of a section, with what it says."""

    line: Line
    clauses: tuple[Clause, ...]

    @property
    def label(self) -> Clause | None:
        """What it names, where it names something and tells no number of it."""
        named = bool(self.clauses) and self.clauses[0].is_label
        told = any(one.amounts for one in self.clauses) or self._tells_nothing
        if not named or told:
            return None
        first, *others = self.clauses
        if len(others) == 1 and others[0].is_label and not (first.kinds or others[0].owners):
            return replace(first, kinds=others[0].kinds, text=self.line.text)  # "Monthly credits, used"
        return first

    @property
    def _tells_nothing(self) -> bool:
        """Whether a dash stands for its number; a plain hyphen in front does where it is drawn apart: no bullet."""
        set_apart = self.line.text.startswith("- ") and len(self.line.elements) > 1
        return bool(_TELLS_NOTHING.search(self.line.text)) or set_apart

    @property
    def is_value(self) -> bool:
        """Whether it is nothing but numbers and what they are."""
        at = next((at for at, one in enumerate(self.clauses) if one.is_value), None)
        return at is not None and not any(one.owners or one.strange for one in self.clauses[:at])

    @property
    def is_open(self) -> bool:
        """Whether it tells a number among words that no balance is told in."""
        begins = _BEGINS_WITH_A_NUMBER.match(self.line.text)
        told = any(one.amounts for one in self.clauses)
        return bool(begins) and told and not (self.is_value or self.is_statement or _TREND.match(self.line.text))

    @property
    def is_statement(self) -> bool:
        """Whether it tells whose credits and how many."""
        return any(one.is_statement for one in self.clauses)

    @property
    def may_be_value(self) -> bool:
        """Whether it stands where a label's value does, readable or not."""
        return self.is_value or self.is_none or self.is_open

    @property
    def is_none(self) -> bool:
        """Whether it stands for a number that is not told."""
        return bool(NONE.fullmatch(self.line.text))

    @property
    def is_title(self) -> bool:
        """Whether it may name what stands below it: a few words, remarks aside."""
        plain = without_dates(re.sub(r"\([^)]*\)", "", self.line.text))
        return bool(re.search(r"[^\W\d_]", plain)) and len(plain.split()) < 6 and not re.search(r"\d|[.!]\s*$", plain)

    @property
    def is_note(self) -> bool:
        """Whether it only adds to what stands around it: a sentence, a sign, a date or a price."""
        if self.label:
            return False
        words = re.findall(r"[^\W\d_]{2,}", self.line.text)
        return not words or len(words) > 3 or (bool(re.search(r"\d", self.line.text)) and not self.is_value)
