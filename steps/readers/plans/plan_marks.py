"""Which plan of a list is marked as the one that the workspace is on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.readers.plans.plan_prices import begins_with_plan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steps.readers.page.lines import Layout, Line

_OWN = r"(?:(?:your|the|this|my) )?(?:current|active|present)(?: (?:plan|subscription))?|your (?:plan|subscription)"
_MARK = re.compile(rf"\W*(?:{_OWN})\W*", re.IGNORECASE)


def marked_plans(layout: Layout, lines: list[Line], names: Iterable[str]) -> list[str]:
    """Return the plans that are marked as the current one, of those among the lines of a list.

    A mark stands behind the name ("Basic Current plan"), or in the smallest box that holds it and one name.
    """
    by_length = sorted(names, key=len, reverse=True)
    titles = [(name, line) for line in lines if (name := _named(line, by_length))]
    found = [name for name, line in titles if _MARK.fullmatch(line.text.lstrip("*•·- ")[len(name) :])]
    for mark in (line for line in lines if _MARK.fullmatch(line.text)):
        for box in layout.around(mark.elements[0]):
            if held := {name for name, title in titles if layout.inside(title, box)}:
                found += held if len(held) == 1 else ()
                break
    return list(dict.fromkeys(found))


def _named(line: Line, names: Iterable[str]) -> str:
    return next((name for name in names if begins_with_plan(line.text, name)), "")
