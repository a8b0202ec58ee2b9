"""One package as a pop-up offers it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from steps.readers.money.money import Money

CREDITS = re.compile(r"credits?", re.IGNORECASE)
"""The word behind an amount of credits."""
_RECURS = re.compile(
    r"\S*\d[\d.,]*\s?(?:[A-Z]{3}|[^\w\s/])?\s?(?:/|\b(?:per|an?|each|every)\b)\s?(?:week|month|mo|year|yr)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Offer:
    """A package as it is offered. `element` is what to press for it, an index into the snapshot's elements."""

    amount: int
    """0 for what is written as no number, though by the profile's own separator: "1,2000,00"."""
    written: str
    """The amount as written, without the word."""
    word: str
    """What stands behind the amount: "credits"; "" where nothing does."""
    text: str
    """All that stands with it."""
    prices: tuple[Money, ...]
    """What it costs: prices of a part of it and savings are none."""
    kind: str
    """The role of what is pressed; "card" for what is drawn for pressing without a role, "row" for a button beside."""
    element: int
    row: int
    """The part of the page around it, an element too."""
    chosen: bool
    disabled: bool
    option: int = -1
    """Which option of a list that the browser draws; `element` is the list then."""
    stamp: str = field(default="", compare=False)
    """The stamp of the snapshot that it was read from."""

    @property
    def label(self) -> str:
        """The amount with its word, as written."""
        return f"{self.written} {self.word}".strip()

    @property
    def recurs(self) -> str:
        """The price with the month or year for which it is, "" where it is for once: "$20.00 / month"."""
        found = _RECURS.search(self.text) if self.prices else None
        return found[0] if found else ""

    @property
    def is_free(self) -> bool:
        """Whether it can be chosen, or is."""
        return self.chosen or not self.disabled

    @property
    def has_word(self) -> bool:
        """Whether it is called credits, or so in short."""
        return bool(CREDITS.fullmatch(self.word)) or self.word.casefold() == "cr"
