"""Fields for a day in segments, typed or chosen from lists: one for its month, one for its day, one for its year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from steps.readers.page.lines import Layout, layout_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

Unit = Literal["year", "month", "day"]
UNITS: tuple[Unit, ...] = ("year", "month", "day")
"""In this order no day is cut off that the month and year of before do not have."""
_SHAPES: dict[Unit, str] = {"year": r"year\b|[yja]{4}$", "month": r"month\b|mm?$", "day": r"day\b|[dtj]{1,2}$"}
_ROLES = frozenset({"spinbutton", "combobox", "textbox"})
_MONTHS = 12


@dataclass(frozen=True)
class DayField:
    """The segments of one field, as elements, and the words that may name it."""

    segments: dict[Unit, int]
    titles: tuple[str, ...]


def day_fields(snapshot: Snapshot) -> list[DayField]:
    """Return the fields in front that consist of segments for a day, a month and a year."""
    layout = layout_of(snapshot)
    found: list[tuple[int, dict[Unit, int]]] = []
    for at, one in enumerate(snapshot.elements):
        if one.role not in _ROLES or "disabled" in one.states or not layout.is_front(at):
            continue
        unit = _unit(one.name or _text_of(layout, at))
        if unit is None:
            continue
        group = next((up for up in layout.around(at) if snapshot.elements[up].role == "group"), -1)
        if not found or group != found[-1][0] or unit in found[-1][1]:
            found.append((group, {}))
        found[-1][1][unit] = at
    return [DayField(one, _titles(layout, one)) for _, one in found if len(one) == len(UNITS)]


def day_field(snapshot: Snapshot, profile: Profile, key: str) -> DayField | None:
    """Return the field that the label `key` names; of a pair that is not named, the first or else the last."""
    fields, label = day_fields(snapshot), profile.labels.of(key)
    layout = layout_of(snapshot)
    names = "|".join(map(re.escape, label.names)) or "(?!)"
    named = [one for one in fields if any(re.match(rf"\W*(?:{names})\b", words, re.IGNORECASE) for words in one.titles)]
    marked = [
        one for one in fields if any(f"label:{key}" in _states(snapshot, layout, at) for at in one.segments.values())
    ]
    if marked or len(named) == 1:
        return (marked or named)[0]
    is_pair = len(fields) == len(("invoices_from", "invoices_to")) and len(named) != 1
    return fields[0 if key == "invoices_from" else -1] if is_pair else None


def _text_of(layout: Layout, at: int) -> str:
    """Return what a segment without a name shows where that says what it is for, or else the words before it."""
    shown = " ".join(line.text for line in layout.within(at))
    before = [text.text for text in layout.snapshot.texts if text.element < at][-1:]
    return shown if _unit(shown) else next(iter(before), "")


def _unit(name: str) -> Unit | None:
    """Return what a name that begins so is the segment of, or one that ends so: "From day"."""
    words = name.split()
    for part in (name, *words[-1:]):
        for unit, shape in _SHAPES.items():
            if re.match(rf"\W*(?:{shape})", part, re.IGNORECASE):
                return unit
    return None


def option_of(unit: Unit, number: int, options: Sequence[str]) -> int:
    """Return which option of a list is that day, month or year, -1 for none; months may be written by their names."""
    numbered = [at for at, text in enumerate(options) if re.fullmatch(rf"\D*0*{number}\D*", text)]
    if numbered or unit != "month":
        return numbered[0] if len(numbered) == 1 else -1
    named = [at for at, text in enumerate(options) if re.search(r"[^\W\d_]", text)][-_MONTHS:]
    return named[number - 1] if len(named) == _MONTHS else -1


def _titles(layout: Layout, segments: dict[Unit, int]) -> tuple[str, ...]:
    """Return what may name a field: the rest of a segment's own name, the groups around it, the line before it."""
    elements, first = layout.snapshot.elements, min(segments.values())
    name = elements[first].name
    own = [name.partition(",")[2].strip(), name if _unit(name.split(" ")[0]) is None else ""]
    groups = [elements[at].name for at in layout.around(first) if elements[at].role == "group"]
    before = [line.text for line in layout.lines if max(line.elements) < first][-1:]
    return tuple(words for words in (*own, *groups, *before) if words)


def _states(snapshot: Snapshot, layout: Layout, at: int) -> set[str]:
    return {state for up in layout.around(at) for state in snapshot.elements[up].states}
