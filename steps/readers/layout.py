"""What stands on one line of a page, and which words stand beside or above which."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from steps.readers.snapshot import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from steps.readers.snapshot import Element, Snapshot, Text

_JOINER = "\u2060"
"""Between digits of different size that touch, as in a price with small cents: they are not one number."""


@dataclass(frozen=True)
class Line:
    """What one block shows on one line; `element` holds its first word, `at` is its place in reading order."""

    text: str
    block: int
    element: int
    box: Box
    size: float
    at: int

    @property
    def middle(self) -> float:
        """Its vertical middle."""
        return self.box.y + self.box.height / 2


class Layout:
    """A snapshot's lines, and its elements as a tree."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.elements = snapshot.elements

    @cached_property
    def front(self) -> frozenset[int]:
        """The elements that are in front: those of the dialog on top, or all where none is."""
        tops = [at for at, one in enumerate(self.elements) if "top" in one.states]
        if not tops:
            return frozenset(range(len(self.elements)))
        return frozenset(at for at in range(len(self.elements)) if any(top in tops for top in self.around(at)))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines in reading order; what is crossed out is left out."""
        return tuple(_lines(self.snapshot.texts))

    def front_lines(self) -> list[Line]:
        """Return the lines that are in front."""
        return [line for line in self.lines if line.element in self.front]

    def around(self, element: int) -> Iterator[int]:
        """Yield an element and all that hold it, from the inside."""
        while element >= 0:
            yield element
            element = self.elements[element].parent

    def holder(self, element: int, *roles: str) -> int:
        """Return the nearest element of one of the roles that an element is or stands in, -1 for none."""
        return next((at for at in self.around(element) if self.elements[at].role in roles), -1)

    def inside(self, element: int) -> Iterator[tuple[int, Element]]:
        """Yield what an element holds, and itself."""
        held = {element}
        for at in range(element, len(self.elements)):
            if at == element or self.elements[at].parent in held:
                held.add(at)
                yield at, self.elements[at]

    def lines_in(self, element: int) -> list[Line]:
        """Return the lines that stand in an element."""
        held = {at for at, _ in self.inside(element)}
        return [line for line in self.lines if line.element in held]

    def text_of(self, element: int) -> str:
        """Return all that stands in an element, line after line."""
        return " ".join(line.text for line in self.lines_in(element))

    def beside(self, line: Line) -> Line | None:
        """Return the line that is nearest before a line: in its row, or else right above it."""
        for holder in list(self.around(line.block))[1:6]:
            before = [one for one in self.lines_in(holder) if one.at < line.at]
            for near in (same_row, _is_above):
                if found := [one for one in before if near(one, line)]:
                    return found[-1]
        return None


def same_row(one: Line, other: Line) -> bool:
    """Whether two lines stand beside each other."""
    apart = one.box.right <= other.box.x + 1 or other.box.right <= one.box.x + 1
    return apart and abs(one.middle - other.middle) * 2 < max(one.box.height, other.box.height)


def _is_above(one: Line, other: Line) -> bool:
    shared = min(one.box.right, other.box.right) - max(one.box.x, other.box.x)
    return one.box.bottom <= other.box.y + 2 and shared > 0


def _lines(texts: Iterable[Text]) -> Iterator[Line]:
    parts: list[Text] = []
    start = 0
    for at, text in enumerate(texts):
        if parts and (text.block != parts[0].block or text.broken):
            yield from _line(parts, start)
            parts = []
        start = start if parts else at
        parts.append(text)
    yield from _line(parts, start)


def _line(parts: list[Text], at: int) -> Iterator[Line]:
    shown = [part for part in parts if not part.struck]
    if not shown:
        return
    words = shown[0].text
    for before, part in pairwise(shown):
        cents = before.text[-1:].isdigit() and part.text[:1].isdigit() and before.size != part.size
        words += (" " if part.space_before else _JOINER if cents else "") + part.text
    left, top = min(part.box.x for part in shown), min(part.box.y for part in shown)
    right, bottom = max(part.box.right for part in shown), max(part.box.bottom for part in shown)
    box = Box(left, top, right - left, bottom - top)
    yield Line(words, shown[0].block, shown[0].element, box, max(part.size for part in shown), at)
