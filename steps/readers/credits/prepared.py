"""A snapshot made ready for reading credits: units written out, and controls on lines of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from steps.readers.lists.flat_grids import with_rows
from steps.readers.lists.neighbours import split_at_presses

if TYPE_CHECKING:
    from steps.readers.page.snapshot import Snapshot

_SHORT = re.compile(r"(?<=\d)[ \u00a0\u202f]?cr\b\.?", re.IGNORECASE)


def prepared(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot with what readers of credits take as given."""
    return with_rows(_without_controls(_spelled_out(snapshot)), columns=3)


def _spelled_out(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot with "credits" where it is written short behind a number: "11,800 cr"."""
    if not any(_SHORT.search(one.text) for one in snapshot.texts):
        return snapshot
    texts = (msgspec.structs.replace(one, text=_SHORT.sub(" credits", one.text)) for one in snapshot.texts)
    return msgspec.structs.replace(snapshot, texts=tuple(texts))


def _without_controls(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot with what is pressed and tells no number as lines of their own: "4,000 [Add credits]"."""
    elements, told = snapshot.elements, set()
    for text in snapshot.texts:
        at = text.element if any(map(str.isdigit, text.text)) else -1
        while at >= 0:
            told.add(at)
            at = elements[at].parent
    pressed = (at for at, one in enumerate(elements) if one.is_button or one.role == "link")
    return split_at_presses(snapshot, frozenset(pressed) - told)
