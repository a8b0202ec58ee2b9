"""Which words stand beside which: the label of an amount, the row of a list, what a row can be pressed by."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from steps.readers.page.lines import are_cents
from steps.readers.page.positions import same_column, same_row

if TYPE_CHECKING:
    from collections.abc import Callable

    from steps.readers.money.money import Money
    from steps.readers.money.prices import Reading
    from steps.readers.page.lines import Layout, Line
    from steps.readers.page.snapshot import Snapshot, Text

_JOINS = re.compile(r"[\d.,'’\ufffd]")
_TOUCHES = 3
"""Pixels between boxes whose digits are read as one number."""
_BAND = 32
_NEAR = 6
"""Elements around a line in which its label is looked for."""


class Neighbours:
    """A page's lines by where they stand, found once: pages may have thousands of them."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.elements = layout.snapshot.elements

    @cached_property
    def _held(self) -> dict[int, list[Line]]:
        found: dict[int, list[Line]] = defaultdict(list)
        for line in self.layout.all_lines:
            for at in self.layout.around(line.block):
                found[at].append(line)
        return found

    @cached_property
    def _children(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for at, one in enumerate(self.elements):
            found[one.parent].append(at)
        return found

    @cached_property
    def _pieces(self) -> dict[int, list[Text]]:
        found: dict[int, list[Text]] = defaultdict(list)
        for piece in self.layout.snapshot.texts:
            found[piece.block].append(piece)
        return found

    @cached_property
    def _bands(self) -> dict[int, list[Line]]:
        found: dict[int, list[Line]] = defaultdict(list)
        for line in self.layout.all_lines:
            for band in range(int(line.box.y // _BAND), int(line.box.bottom // _BAND) + 1):
                found[band].append(line)
        return found

    def within(self, holder: int) -> list[Line]:
        """Return the lines in an element, in reading order."""
        return self._held.get(holder, [])

    def children(self, element: int) -> list[int]:
        """Return the elements right below an element."""
        return self._children.get(element, [])

    def in_row(self, line: Line) -> list[Line]:
        """Return the other lines that stand beside a line, in front as it is, or behind what is in front."""
        band = self._bands.get(int((line.box.y + line.box.bottom) / 2 // _BAND), [])
        is_front = self.layout.is_front(line.block)
        beside = [one for one in band if one is not line and same_row(one.box, line.box)]
        return [one for one in beside if self.layout.is_front(one.block) == is_front]

    def label_of(self, line: Line, is_value: Callable[[str], bool]) -> str:
        """Return the words that an amount's line goes by: beside, above or below it, or the name of what holds it.

        `is_value` tells lines that are amounts themselves: those are nobody's label, and none is looked for beyond.
        """
        for holder in list(self.layout.around(line.block))[1:_NEAR]:
            others = [one for one in self.within(holder) if one is not line]
            if len(others) == 1 and _has_letters(others[0].text) and not is_value(others[0].text):
                return others[0].text
            before = [one for one in self.in_row(line) if one.number < line.number and one.box.right <= line.box.x + 1]
            in_row = [one for one in before if self.layout.inside(one, holder)]
            above = [one for one in others if one.number < line.number and _is_above(self.layout, one, line)]
            for near in (in_row, above):
                named = [one for one in near if _has_letters(one.text) or is_value(one.text)]
                if named and not is_value(named[-1].text):
                    return named[-1].text
            named_holder = self.elements[holder]
            if not others and named_holder.role and named_holder.name and not is_value(named_holder.name):
                return named_holder.name
        return ""

    def amounts_of(self, line: Line, reading: Reading) -> list[Money]:
        """Return the amounts of money in a line, in doubt where what is drawn is not what is written."""
        found = reading.amounts(line.text)
        doubt = self._is_drawn_otherwise(line) if found else ""
        return [replace(one, doubt=doubt) for one in found] if doubt else found

    def _is_drawn_otherwise(self, line: Line) -> str:
        """Return why the digits of a line may be no number, or another one, to who sees them; "" where they are."""
        pieces = [one for one in self._pieces[line.block] if one.element in line.elements]
        for at, (before, piece) in enumerate(pairwise(pieces), start=1):
            if (
                are_cents(pieces, at)
                or not (_JOINS.search(before.text[-1:]) and _JOINS.search(piece.text[:1]))
                or piece.space_before
            ):
                continue
            if before.size > piece.size and re.fullmatch(r"[.,]\d\d(?!\d)\D*", piece.text):
                continue  # cents are written smaller
            if before.size != piece.size:
                return "digits of different size"
            if before.generated != piece.generated:
                return "digits that a style sheet writes"
        if any(self.elements[at].tag == "bdo" for one in line.elements for at in self.layout.around(one)):
            return "writing that is turned around"
        for other in self.in_row(line):
            left, right = (line, other) if line.box.x < other.box.x else (other, line)
            touches = abs(right.box.x - left.box.right) < _TOUCHES
            if touches and _JOINS.search(left.text[-1:]) and _JOINS.search(right.text[:1]):
                return "digits that go on in another box"
        return ""


def _is_above(layout: Layout, one: Line, other: Line) -> bool:
    """Whether a line stands above another, in boxes of one column: text may be indented in its box."""
    elements = layout.snapshot.elements
    return one.box.bottom <= other.box.y + 2 and same_column(elements[one.block].box, elements[other.block].box)


def _has_letters(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]", text))


def split_at_presses(snapshot: Snapshot, presses: frozenset[int]) -> Snapshot:
    """Return the snapshot with each thing to press that stands inside a line as a line of its own."""
    elements = snapshot.elements

    def block_of(text: Text) -> int:
        at = text.element
        while at not in (-1, text.block):
            if at in presses or elements[at].tag == "label":
                return at
            at = elements[at].parent
        return text.block

    texts = tuple(msgspec.structs.replace(one, block=block_of(one)) for one in snapshot.texts)
    return msgspec.structs.replace(snapshot, texts=texts)
