"""Fields for a day that is typed in segments: one for its month, one for its day, one for its year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from steps.readers.lines import Layout

if TYPE_CHECKING:
    from steps.readers.snapshot import Snapshot
    from steps.targets.profile import Profile

Unit = Literal["year", "month", "day"]
UNITS: tuple[Unit, ...] = ("year", "month", "day")
"""In this order no day is cut off that the month and year of before do not have."""
_SHAPES: dict[Unit, str] = {"year": r"year\b|[yja]{4}$", "month": r"month\b|mm?$", "day": r"day\b|[dtj]{1,2}$"}


@dataclass(frozen=True)
class DayField:
    """The segments of one field, as elements, and the words that may name it."""

    segments: dict[Unit, int]
    titles: tuple[str, ...]


def day_fields(snapshot: Snapshot) -> list[DayField]:
    """Return the fields in front that consist of segments for a day, a month and a year."""
    layout = Layout(snapshot)
    found: list[dict[Unit, int]] = []
    for at, one in enumerate(snapshot.elements):
        if one.role != "spinbutton" or "disabled" in one.states or not layout.is_front(at):
            continue
        unit = _unit(one.name or " ".join(line.text for line in layout.within(at)))
        if unit is None:
            continue
        if not found or unit in found[-1]:
            found.append({})
        found[-1][unit] = at
    return [DayField(one, _titles(layout, one)) for one in found if len(one) == len(UNITS)]


def day_field(snapshot: Snapshot, profile: Profile, key: str) -> DayField | None:
    """Return the field that the label `key` names; of a pair that is not named, the first or else the last."""
    fields, label = day_fields(snapshot), profile.labels.of(key)
    layout = Layout(snapshot)
    names = "|".join(map(re.escape, label.names)) or "(?!)"
    named = [one for one in fields if any(re.match(rf"\W*(?:{names})\b", words, re.IGNORECASE) for words in one.titles)]
    marked = [
        one for one in fields if any(f"label:{key}" in _states(snapshot, layout, at) for at in one.segments.values())
    ]
    if marked or len(named) == 1:
        return (marked or named)[0]
    is_pair = len(fields) == len(("invoices_from", "invoices_to")) and len(named) != 1
    return fields[0 if key == "invoices_from" else -1] if is_pair else None


def _unit(name: str) -> Unit | None:
    return next((unit for unit, shape in _SHAPES.items() if re.match(rf"\W*(?:{shape})", name, re.IGNORECASE)), None)


def _titles(layout: Layout, segments: dict[Unit, int]) -> tuple[str, ...]:
    """Return what may name a field: the rest of a segment's own name, the groups around it, the line before it."""
    elements, first = layout.snapshot.elements, min(segments.values())
    own = [elements[first].name.partition(",")[2].strip()]
    groups = [elements[at].name for at in layout.around(first) if elements[at].role == "group"]
    before = [line.text for line in layout.lines if max(line.elements) < first][-1:]
    return tuple(words for words in (*own, *groups, *before) if words)


def _states(snapshot: Snapshot, layout: Layout, at: int) -> set[str]:
    return {state for up in layout.around(at) for state in snapshot.elements[up].states}
