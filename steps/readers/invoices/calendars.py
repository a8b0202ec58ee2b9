"""Calendars to choose days from: which days show, and what leads to other months."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from steps.readers.figures.dates import calendar_of
from steps.readers.page.lines import layout_of

if TYPE_CHECKING:
    from datetime import date

    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

_FEWEST = 20
"""Days that a month's calendar has at least; fewer dates that can be pressed are none."""
_EARLIER = re.compile(r"\b(?:prev(?:ious)?|earlier|back)\b|^\W*[<\u2039\u00ab\u2190]+\W*$", re.IGNORECASE)
_LATER = re.compile(r"\b(?:next|later|forward)\b|^\W*[>\u203a\u00bb\u2192]+\W*$", re.IGNORECASE)


class ShownCalendar(NamedTuple):
    """The days that can be pressed, and what leads to earlier and later ones, as elements; -1 for nothing."""

    days: dict[date, int]
    earlier: int
    later: int


def shown_calendar(snapshot: Snapshot, profile: Profile) -> ShownCalendar | None:
    """Return the calendar in front whose days are named by their whole dates, or None."""
    layout = layout_of(snapshot)
    written = calendar_of(profile, snapshot.language, ())
    days: dict[date, int] = {}
    ways = {-1: -1, 1: -1}
    for at, one in enumerate(snapshot.elements):
        if one.role not in ("button", "gridcell", "link") or not one.name or not layout.is_front(at):
            continue
        found = written.days_in(one.name)
        if len(found) == 1 and (day := found[0].date) and "disabled" not in one.states:
            days[day] = at
        for turn, words in ((-1, _EARLIER), (1, _LATER)):
            if words.search(one.name) and not re.search(r"\byear\b", one.name, re.IGNORECASE):
                ways[turn] = at
    months = {(day.year, day.month) for day in days}
    return ShownCalendar(days, ways[-1], ways[1]) if len(days) >= _FEWEST and len(months) <= 4 else None
