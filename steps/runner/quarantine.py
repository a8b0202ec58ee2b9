"""The scenarios that are known to be flaky: a list with owners and dates, `features/known_flaky.toml`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from pathlib import Path

LONGEST = dt.timedelta(days=30)
"""How long an entry may run, from today."""
NAME = "known_flaky.toml"
"""The list's file, beside the features."""


class KnownFlaky(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A scenario whose red says nothing for a while, who sees to it, and until which day that may last."""

    feature: str
    title: str
    owner: str
    until: dt.date
    reason: str

    def __str__(self) -> str:
        """Describe whose it is and until when, as part of a sentence."""
        return f"known to be flaky until {self.until} ({self.owner}: {self.reason})"

    @property
    def is_too_long(self) -> bool:
        """Whether its last day is further away than an entry may run."""
        return self.until > dt.datetime.now(dt.UTC).date() + LONGEST

    @property
    def is_over(self) -> bool:
        """Whether its last day is past, in UTC."""
        return self.until < dt.datetime.now(dt.UTC).date()


class _File(msgspec.Struct, forbid_unknown_fields=True):
    scenario: list[KnownFlaky] = []


def known_flaky(features: Path) -> tuple[KnownFlaky, ...]:
    """Read the list that lies beside the features; none is there where there is no file. Raises msgspec's errors."""
    file = features / NAME
    return tuple(msgspec.toml.decode(file.read_bytes(), type=_File).scenario) if file.is_file() else ()


def flaky_entry(feature: Path, title: str) -> KnownFlaky | None:
    """Return a scenario's entry, by its feature's file and its title as written, while it is valid.

    A list that cannot be read excuses nobody; `acceptance check` says what is wrong with it.
    """
    try:
        listed = known_flaky(feature.parent)
    except msgspec.DecodeError:
        return None
    valid = (entry for entry in listed if not (entry.is_over or entry.is_too_long))
    return next((entry for entry in valid if (entry.feature, entry.title) == (feature.name, title)), None)
