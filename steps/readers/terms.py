"""Boxes to tick before a site goes on: terms to accept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.readers.lines import Layout
from steps.readers.package_presses import name_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from steps.readers.snapshot import Snapshot

ACCEPTED = r"(?!.*\b(newsletter|marketing|offers|news|save)\b).*\b(accept|agree|consent|read)\b.*\b(terms|conditions)\b"
"""What is said beside a box with which terms are accepted."""


def terms_to_accept(snapshot: Snapshot, waiting: Collection[int]) -> list[int]:
    """Return the boxes in front that have to be ticked: required ones, and those whose words accept terms.

    The only box is one too where all of `waiting`, which go on, are disabled.
    """
    layout, elements = Layout(snapshot), snapshot.elements
    free = [
        at
        for at, one in enumerate(elements)
        if one.role == "checkbox" and {"unchecked"} == {"unchecked", "disabled"} & {*one.states} and layout.is_front(at)
    ]
    agreed = re.compile(ACCEPTED, re.IGNORECASE)
    found = [at for at in free if "required" in elements[at].states or agreed.search(name_of(layout, at))]
    is_stopped = bool(waiting) and all("disabled" in elements[at].states for at in waiting)
    return found or (free if is_stopped and len(free) == 1 else [])
