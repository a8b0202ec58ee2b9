"""What an inspection of a target found, and what its profile should contain instead."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

SIGNED_IN = "signed in"
"""The finding that an account got in."""


class State(StrEnum):
    """Status of one check."""

    FOUND = "found"
    DIFFERS = "differs"
    """It is there, but not as documented: the suite can run, and will report it."""
    MISSING = "missing"
    """The suite would not find it."""
    TROUBLE = "trouble"
    """The target itself cannot be inspected."""


@dataclass(frozen=True)
class Finding:
    """One line of an inspection: what was looked for, how it was found, or what was there instead."""

    what: str
    state: State
    how: str
    advice: Advice | None = None
    alternatives: tuple[str, ...] = ()
    settle: str = ""
    """The key of the profile that would settle it, such as "labels.add_credits", where nothing can be suggested."""


@dataclass(frozen=True)
class Advice:
    """A suggested line for the profile: a key like "labels.billing", and its value."""

    key: str
    value: str | list[str]

    @property
    def is_certain(self) -> bool:
        """Whether it names a value, and not only the place for one."""
        return "…" not in self.value

    def __str__(self) -> str:
        """Write the line as TOML, which agrees with JSON on strings and lists of strings."""
        return f"{self.key} = {json.dumps(self.value, ensure_ascii=False)}"


def as_profile(target: str, advice: list[Advice]) -> list[str]:
    """Write lines for a profile, each below its table."""
    tables: dict[str, list[str]] = {}
    for one in advice:
        table, _, key = one.key.rpartition(".")
        tables.setdefault(f"[targets.{target}{'.' + table if table else ''}]", []).append(str(Advice(key, one.value)))
    return [line for table, lines in sorted(tables.items()) for line in (table, *sorted(set(lines)))]
