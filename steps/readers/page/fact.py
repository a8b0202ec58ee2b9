"""What a reader answers: a value with the lines it rests on, or that the page is unclear and what would settle it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Fact(Generic[T]):
    """A value and the lines of the page that it rests on."""

    value: T
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unclear:
    """A page that can be read in two ways, or in none: never red, never green.

    `settle` is the line of the profile that decides it, such as `labels.add_on_credits = "…"`.
    """

    about: str
    candidates: tuple[str, ...]
    settle: str

    def __str__(self) -> str:
        """Describe it in one sentence for people."""
        seen = "; ".join(f"“{one}”" for one in self.candidates) or "nothing that could be it"
        return f"{self.about} cannot be told for certain here: {seen}. The profile line that settles it: {self.settle}"


@dataclass(frozen=True)
class Absent:
    """The page does not show it. Whether that breaks a promise is not for a reader to judge."""

    about: str


def said(reading: Fact[T] | Unclear | Absent) -> T | Unclear | Absent:
    """Return a reading without the lines that it rests on, to be held against another: a line may tell of more."""
    return reading.value if isinstance(reading, Fact) else reading
