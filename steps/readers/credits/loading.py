"""Whether a page is still on its way to what it will show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.readers.figures.numbers import is_belied
from steps.readers.page.fact import Absent

if TYPE_CHECKING:
    from steps.readers.credits.credits import CreditsReading
    from steps.readers.page.snapshot import Snapshot


def is_loading(snapshot: Snapshot) -> bool:
    """Whether the page says that it is busy, or has only begun to load."""
    return snapshot.ready == "loading" or any("busy" in one.states for one in snapshot.elements)


def contradicts_titles(snapshot: Snapshot) -> bool:
    """Whether a number that is written short is not the one in its title, as one that still runs up to it."""
    return any(is_belied(one.text, one.title) for one in snapshot.texts if one.title)


def is_empty(reading: CreditsReading) -> bool:
    """Whether nothing was read of any credits."""
    facts = (reading.monthly, reading.add_on, reading.used, reading.overall)
    return all(isinstance(one, Absent) for one in facts)
