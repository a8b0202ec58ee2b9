"""The days of a list: as its lines write them, or as the markup and the headings of its parts complete them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from steps.readers.figures.dates import Day
from steps.readers.page.titles import folds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steps.readers.figures.dates import Calendar
    from steps.readers.page.lines import Layout, Line

RELATIVE = re.compile(
    r"\b(?:today|yesterday|just now|now|moments? ago"
    r"|(?:(?:about|almost|less than|over) )?(?:an?|a few|few|\d+) ?"
    r"(?:s|sec|second|m|min|minute|h|hr|hour|d|day|w|week)s? ago)\b(?:,? (?:at )?\d{1,2}[:.]\d\d.*)?",
    re.IGNORECASE,
)
"""A day that is told from now on."""
_WITHOUT_YEAR = re.compile(
    r"(?<![\w.,/-])(?:(\d{1,2})(?:st|nd|rd|th|\.)?\s[^\W\d_]{3,12}\.?|[^\W\d_]{3,12}\.?\s(\d{1,2})(?:st|nd|rd|th)?)"
    r"(?!\w|[.,]?\s?\d)"
)
_PART = re.compile(
    r"\W*(?:([^\W\d_]{3,12})\.?,?\s)?(20\d\d)"
    r"(?:\W+\d+ (?:payments?|invoices?|receipts?|entries|items?)|\W*\(\d+\))?\W*",
    re.IGNORECASE,
)
"""What a part of a list is headed by: a month, or a year, and how many rows it has."""


def folded_parts(layout: Layout, lines: Sequence[Line]) -> dict[str, int]:
    """Return what unfolds the parts of a list that are folded, by their headings, in reading order."""
    inside = {line.number for line in lines}
    heads = ((head, [line for line in layout.within(head) if line.number in inside]) for _, head in folds(layout))
    return {some[0].text: head for head, some in heads if len(some) == 1 and _PART.fullmatch(some[0].text)}


class Days:
    """The days in the lines of a list."""

    def __init__(self, layout: Layout, calendar: Calendar, lines: Sequence[Line]) -> None:
        self._elements = layout.snapshot.elements
        self._layout = layout
        self._calendar = calendar
        self._titles = {one.element: one.title for one in layout.snapshot.texts if one.title}
        self._headings = [(line.number, found) for line in lines if (found := _PART.fullmatch(line.text))]

    def of(self, lines: Sequence[Line]) -> list[tuple[Day, Line]]:
        """Return the days that lines tell, each with its line: those that are written out, or else completed ones."""
        written = [(day, line) for line in lines for day in self._calendar.days_in(line.text)]
        return written or [(day, line) for line in lines for day in self._completed(line)]

    def short(self, line: Line) -> str:
        """Return the day without a year that a line tells and nothing completes, "" for none."""
        found = None if self.of([line]) else self._without_year(line)
        return found[0] if found else ""

    def _completed(self, line: Line) -> list[Day]:
        short, machine = self._without_year(line), self._machine_day(line)
        text, start = (short[0], short.start()) if short else (line.text.strip(), 0)
        if machine and (not short or int(short[1] or short[2]) == machine.day):
            return [Day(machine, text, start)]
        part = next((found for number, found in reversed(self._headings) if number < line.number), None)
        days = self._calendar.days_in(f"{text} {part[2]}") if short and part else []
        is_of_month = not part or not part[1] or part[1][:3].casefold() in text.casefold()
        return [Day(one.date, text, start, one.settle) for one in days if is_of_month]

    def _without_year(self, line: Line) -> re.Match[str] | None:
        found = _WITHOUT_YEAR.finditer(line.text)
        return next((one for one in found if self._calendar.days_in(f"{one[0]} 2024")), None)

    def _machine_day(self, line: Line) -> date | None:
        """Return the day that the markup of a line's time says, for machines to read, or else its title."""
        titled = {
            day.date for at in line.elements for day in self._calendar.days_in(self._titles.get(at, "")) if day.date
        }
        if len(titled) == 1:
            return titled.pop()
        said = {self._elements[up].datetime for at in line.elements for up in self._layout.around(at)} - {""}
        try:
            return date.fromisoformat(said.pop()[:10]) if len(said) == 1 else None
        except ValueError:
            return None
