"""What a page says otherwise than the features."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """A promise that the page makes and the features do not check, or the other way round."""

    says: str
    """In a plain sentence."""
    tags: tuple[str, ...]
    """The promises that it touches, as `@doc:` names them."""
    amounts: tuple[str, ...] = ()
    """The packages that it touches, as documented; none if it touches all alike."""


def shortened(text: str, limit: int = 160) -> str:
    """Give a text in one line and at a length that a person reads."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
