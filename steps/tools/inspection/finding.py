"""What an examination of a target found, and what should stand in its profile instead."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How it stands with one thing."""

    FOUND = "found"
    DIFFERS = "differs"
    """It is there, and not as documented: the suite can run, and will say so."""
    MISSING = "missing"
    """The suite would not find it."""
    TROUBLE = "trouble"
    """The target itself cannot be examined."""


@dataclass(frozen=True)
class Finding:
    """One line of an examination: what was looked for, how it was found, or what was there instead."""

    what: str
    state: State
    how: str
    advice: Advice | None = None
    describe_page: tuple[str, ...] = ()


@dataclass(frozen=True)
class Advice:
    """A line for the profile: a key like "labels.billing", and the value that would help."""

    key: str
    value: str | list[str]

    def __str__(self) -> str:
        """Write the line as TOML; what JSON says of texts and lists of texts, TOML says too."""
        return f"{self.key} = {json.dumps(self.value, ensure_ascii=False)}"


def as_profile(target: str, advice: list[Advice]) -> list[str]:
    """Write lines for a profile, each below the table that it belongs to."""
    tables: dict[str, list[str]] = {}
    for one in advice:
        table, _, key = one.key.rpartition(".")
        tables.setdefault(f"[targets.{target}{'.' + table if table else ''}]", []).append(str(Advice(key, one.value)))
    return [line for table, lines in sorted(tables.items()) for line in (table, *sorted(set(lines)))]
