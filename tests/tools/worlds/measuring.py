"""How large things are where no browser measures them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.tools.worlds.boxes import Box

LETTER, GAP = 0.5, 16
"""The width of a letter by its size, and the room between the parts of a row."""
SIZES = {"h1": 32.0, "h2": 24.0, "h3": 18.7, "h4": 16.0, "h5": 13.3, "h6": 10.7, "small": 13.3, "button": 13.3}
_BOLD = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "th"})


def words_of(one: Box) -> list[str]:
    """Return the words in it."""
    return [word for part in one.inside for word in (part.split(" ") if isinstance(part, str) else words_of(part))]


def weight_of(tag: str, given: int) -> int:
    """Return how bold a text is, in something of a weight."""
    if tag in {"b", "strong"}:
        return 900 if given > 400 else 700
    return 700 if tag in _BOLD else 400 if tag == "button" else given


def fill_of(one: Box, role: str) -> float:
    """Return how far a bar is filled, -1 for what is none."""
    drawn = one.fill >= 0 and bool(one.height) and (bool(one.colour) or bool(role))
    return round(int(one.width * one.fill * 64) / 64 / one.width, 3) if drawn else -1.0


def breadth(one: Box | str, size: float) -> float:
    """Return how wide it is where nothing limits it."""
    if isinstance(one, str):
        return len(one) * size * LETTER
    if one.width:
        return one.width
    size = SIZES.get(one.tag, size)
    if one.flow == "row":
        return sum(breadth(part, size) for part in one.inside) + GAP * max(0, len(one.inside) - 1)
    widest = line = 0.0
    for part in one.inside:
        wide = breadth(part, size)
        if isinstance(part, str) or (part.flow == "inline" and part.tag != "br"):
            line += wide
            widest = max(widest, line)
        else:
            widest, line = max(widest, wide), 0.0
    return max(widest, 160.0 if one.tag == "progress" else 0.0)
