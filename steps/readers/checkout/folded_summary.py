"""What unfolds the summary of a payment page, where it is folded: on narrow pages only the amount shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.readers.money.prices import reading_of
from steps.readers.page.lines import layout_of
from steps.readers.page.titles import folds

if TYPE_CHECKING:
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

_SUMMARY = re.compile(
    r"\b(?:summary|breakdown)\b|\b(?:order|purchase|cart|price) details\b"
    r"|\b(?:view|show|see) (?:order|cart|items|details)\b",
    re.IGNORECASE,
)
_CHOICE = frozenset({"radio", "option", "tab", "menuitemradio"})


def folded_summary(snapshot: Snapshot, profile: Profile) -> int:
    """Return what unfolds the summary: called so, or with nothing but an amount on it; -1 where none is folded."""
    layout = layout_of(snapshot)
    reading = reading_of(profile, snapshot.language, (line.text for line in layout.lines))
    for at, head in folds(layout):
        one = snapshot.elements[at]
        words = " ".join(line.text for line in layout.within(head)) or one.name
        is_amount = bool(reading.amounts(words)) and not re.search(r"\w", reading.without(words))
        if one.role not in _CHOICE and (_SUMMARY.search(words) or is_amount):
            return head
    return -1
