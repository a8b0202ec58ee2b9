"""A snapshot made ready for reading credits: units written out, and controls on lines of their own."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import msgspec

from steps.readers.lists.flat_grids import with_rows
from steps.readers.lists.neighbours import split_at_presses

if TYPE_CHECKING:
    from steps.readers.page.snapshot import Snapshot

_NUMBER = re.compile(r"\d[\d.,'\u2019 \u00a0\u202f]*")
_WHOLE = re.compile(
    r"(?:(?:out )?of|/|von) ?\d.*\b(?:left|remaining|available|usable|used|consumed|spent|\u00fcbrig|verbraucht)\b",
    re.IGNORECASE,
)
"""The whole of a number, and what that number is: "of 12,000 monthly credits left"."""
_SHORT = re.compile(r"(?<=\d)[ \u00a0\u202f]?cr\b\.?", re.IGNORECASE)


def prepared(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot with what readers of credits take as given."""
    return with_rows(_without_controls(_joined(_spelled_out(snapshot))), columns=3)


def _spelled_out(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot with "credits" where it is written short behind a number: "11,800 cr"."""
    if not any(_SHORT.search(one.text) for one in snapshot.texts):
        return snapshot
    texts = (msgspec.structs.replace(one, text=_SHORT.sub(" credits", one.text)) for one in snapshot.texts)
    return msgspec.structs.replace(snapshot, texts=tuple(texts))


def _joined(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot with what a number is a part of in the number's own line: "11,700" above "of 12,000 left"."""
    blocks = [(block, list(texts)) for block, texts in groupby(snapshot.texts, key=lambda one: one.block)]
    into: dict[int, int] = {}
    for (block, texts), (other, further) in pairwise(blocks):
        is_part = _WHOLE.match(" ".join(one.text for one in further))
        if is_part and _NUMBER.fullmatch(" ".join(one.text for one in texts)):
            into[other] = block
    if not into:
        return snapshot
    moved = [
        msgspec.structs.replace(one, block=into[one.block], space_before=True) if one.block in into else one
        for one in snapshot.texts
    ]
    return msgspec.structs.replace(snapshot, texts=tuple(moved))


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
