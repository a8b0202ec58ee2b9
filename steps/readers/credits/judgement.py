"""What two looks at a page differ in, and what that says of a promise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from steps.readers.page.fact import Unclear


About = Literal["plan", "monthly", "add-on", "used", "total", "bar"]


@dataclass(frozen=True)
class Breach:
    """One thing that a purchase should not have done, or should have: what it is about, and the lines that show it."""

    about: About
    words: str

    def __str__(self) -> str:
        """Describe it in words for people."""
        return self.words


@dataclass(frozen=True)
class Changes:
    """What differs between two readings: what breaks the promise, what leaves it open, what is only worth naming."""

    broken: tuple[Breach, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    noted: tuple[str, ...] = ()

    @property
    def verdict(self) -> Literal["sound", "broken", "unclear"]:
        """The verdict: what is broken for certain comes first."""
        return "broken" if self.broken else "unclear" if self.unclear else "sound"

    def __str__(self) -> str:
        """Describe all of it, line by line."""
        return "\n".join([*map(str, self.broken), *map(str, self.unclear), *self.noted])


@dataclass
class Findings:
    """What is found while two readings are compared."""

    broken: list[Breach] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)

    def break_(self, about: About, words: str) -> None:
        """Note what breaks the promise."""
        self.broken.append(Breach(about, words))

    def changes(self) -> Changes:
        """Return all of it, each thing once."""
        unclear = tuple(dict.fromkeys(self.unclear))
        return Changes(tuple(dict.fromkeys(self.broken)), unclear, tuple(dict.fromkeys(self.noted)))
