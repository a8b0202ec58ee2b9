"""The lines that a person reads on a page, where each stands, and what lies in front."""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import structs

from steps.readers.figures.numbers import exact_of, repeats_short, restates
from steps.readers.page.positions import same_row
from steps.readers.page.snapshot import Box, Snapshot, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MESSAGES = frozenset({"alert", "alertdialog", "log", "marquee", "status", "timer"})
DIALOGS = frozenset({"dialog", "alertdialog"})
PRESSES = frozenset(
    {"button", "link", "tab", "menuitem", "option", "radio", "checkbox", "switch", "combobox", "listbox"}
)
_LONGEST_MESSAGE = 4
"""Number of lines of a message, its title among them."""
_SMALL = 0.9
"""Up to which part of the size of what stands before it a digit counts as written small."""
_CELLS = frozenset({"td", "th"})


@dataclass(frozen=True)
class Line:
    """One line as a person reads it: pieces of one block up to a line break, however often it wraps."""

    text: str
    box: Box
    block: int
    """The element that it is laid out in."""
    elements: tuple[int, ...]
    """The elements that its pieces stand in."""
    number: int = 0
    """Its place among all lines of the snapshot."""
    size: float = 0.0
    weight: int = 400
    pieces: tuple[tuple[int, int], ...] = ()
    """Where in the text each of its pieces begins, and the element that it stands in."""


_RECENT = deque["Layout"](maxlen=8)


def layout_of(snapshot: Snapshot) -> Layout:
    """Return the lines of a snapshot, those that were read before where it shows the same as a recent one."""
    for one in _RECENT:
        if one.snapshot.texts is snapshot.texts and one.snapshot.elements is snapshot.elements:
            return one
    _RECENT.append(made := Layout(snapshot))
    return made


class Layout:
    """A snapshot with its lines, and how they stand to one another."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    @cached_property
    def all_lines(self) -> tuple[Line, ...]:
        """Every line, of what lies behind a dialog too."""
        lines = self._without_restated(_merge_digits(_lines(self.snapshot.texts)))
        return tuple(replace(line, number=at) for at, line in enumerate(lines))

    def _without_restated(self, lines: list[Line]) -> list[Line]:
        """Return the lines but for short numbers beside the whole ones, in the same box: "17.4k", "17,360 left"."""
        elements = self.snapshot.elements

        def beside(at: int) -> Iterator[str]:
            around = elements[lines[at].block].parent
            for other in (at - 1, at + 1):
                if 0 <= other < len(lines) and elements[lines[other].block].parent == around:
                    is_level = same_row(lines[at].box, lines[other].box)  # as the cells of a table are
                    yield "" if is_level and not re.search(r"[kKM]", lines[at].text) else lines[other].text

        return [one for at, one in enumerate(lines) if not any(restates(one.text, other) for other in beside(at))]

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of what is in front: the dialog that lies on top, or the page where none does."""
        tops = self._tops
        return tuple(one for one in self.all_lines if not tops or any(at in tops for at in self.around(one.block)))

    @cached_property
    def told(self) -> tuple[Line, ...]:
        """The lines of what is in front, and of messages beside it: they lie over a dialog too."""
        front = set(self.lines)
        return tuple(one for one in self.all_lines if one in front or self.is_message(one))

    @cached_property
    def _tops(self) -> frozenset[int]:
        return frozenset(self.snapshot.layers)

    def lines_of(self, elements: Iterable[int]) -> list[Line]:
        """Return the lines of what stands in any of some elements, and of nothing else."""
        held = frozenset(elements)
        return _lines([one for one in self.snapshot.texts if held & set(self.around(one.element))])

    def is_front(self, element: int) -> bool:
        """Whether an element belongs to what is in front."""
        return not self._tops or any(at in self._tops for at in self.around(element))

    def around(self, element: int) -> Iterator[int]:
        """Yield an element and all it stands in, from the inside out."""
        while element >= 0:
            yield element
            element = self.snapshot.elements[element].parent

    def within(self, outer: int) -> list[Line]:
        """Return the lines in an element, in reading order."""
        return [one for one in self.all_lines if outer in self._ancestors[one.block]]

    @cached_property
    def _ancestors(self) -> dict[int, frozenset[int]]:
        return {block: frozenset(self.around(block)) for block in {one.block for one in self.all_lines}}

    def inside(self, line: Line, element: int) -> bool:
        """Whether a line stands in an element."""
        return element in self._ancestors[line.block]

    def runs(self, line: Line) -> list[str]:
        """Return what each child of a line's block says on it, at its place behind spaces."""
        begins: list[tuple[int, int]] = []
        for start, element in line.pieces:
            child = next(
                (at for at in self.around(element) if self.snapshot.elements[at].parent == line.block), line.block
            )
            if not begins or begins[-1][1] != child:
                begins.append((start, child))
        ends = [*(start for start, _ in begins[1:]), len(line.text)]
        return [" " * start + line.text[start:end] for (start, _), end in zip(begins, ends, strict=True)]

    def role_around(self, line: Line, roles: frozenset[str]) -> int:
        """Return the innermost element with one of the roles that a line stands in, or -1."""
        elements = self.snapshot.elements
        return next((at for at in self.around(line.elements[0]) if elements[at].role in roles), -1)

    def is_pressed(self, line: Line) -> bool:
        """Whether a line is on something to press."""
        elements = self.snapshot.elements
        return any(
            elements[at].role in PRESSES or "pressable" in elements[at].states for at in self.around(line.elements[0])
        )

    def is_message(self, line: Line) -> bool:
        """Whether a line stands in a message that comes and goes: a live region, or a small box fixed to the window."""
        page = self.snapshot.width * self.snapshot.height
        for at in self.around(line.block):
            one = self.snapshot.elements[at]
            if one.role in DIALOGS and one.role != "alertdialog":
                return False
            if "live" in one.states and one.tag not in {"body", "main"} and not self._holds_sections(at):
                return True
            if "floating" in one.states and one.box.width * one.box.height < page / 5 and one.role != "navigation":
                return True
        return False

    def is_announced(self, line: Line) -> bool:
        """Whether a line is read out when it changes and is no message by its role: figures may be marked so."""
        around = [self.snapshot.elements[at] for at in self.around(line.block)]
        is_live = any("live" in one.states for one in around)
        is_message = (one.role in MESSAGES and one.tag != "output" for one in around)
        return is_live and not any(is_message) and not any("floating" in one.states for one in around)

    def _holds_sections(self, element: int) -> bool:
        """Whether an element is a part of the page with headings of its own, however it announces itself.

        One heading above few lines is the title of a message.
        """
        parts = enumerate(self.snapshot.elements)
        headings = [at for at, one in parts if one.role == "heading" and element in self.around(at)]
        lines = self.within(element) if len(headings) == 1 else []
        is_title = lines and headings[0] in self._ancestors[lines[0].block] and len(lines) <= _LONGEST_MESSAGE
        return bool(headings) and not is_title

    def level(self, line: Line) -> int:
        """Return the level of the heading that a line is, or 0."""
        at = self.role_around(line, frozenset({"heading"}))
        return self.snapshot.elements[at].level if at >= 0 else 0

    def cell(self, line: Line) -> int:
        """Return the cell of a table that a line stands in, or -1."""
        elements = self.snapshot.elements
        cells = {"cell", "gridcell", "columnheader", "rowheader"}
        return next(
            (at for at in self.around(line.block) if elements[at].tag in _CELLS or elements[at].role in cells), -1
        )


def _lines(texts: Iterable[Text]) -> list[Line]:
    begun: list[list[Text]] = []
    last: dict[int, list[Text]] = {}
    for text in texts:
        if text.struck:
            continue
        line = last.get(text.block)
        if line is None or text.broken:
            begun.append(line := [])
            last[text.block] = line
        line.append(structs.replace(text, text=exact_of(text.text, text.title)) if text.title else text)
    return [_line(_without_repeats(pieces)) for pieces in begun]


def _without_repeats(pieces: list[Text]) -> list[Text]:
    """Return the pieces of a line but for a short number beside the whole one that it rounds: "1,870 1.87K"."""
    texts = ["", *(one.text for one in pieces), ""]
    return [
        one for at, one in enumerate(pieces, start=1) if not repeats_short(one.text, texts[at - 1], texts[at + 1])
    ]  # fmt: skip


def _line(pieces: list[Text]) -> Line:
    words = pieces[0].text
    begins = [(0, pieces[0].element)]
    for at, (before, piece) in enumerate(pairwise(pieces), start=1):
        if are_cents(pieces, at):
            words += "."
        elif _is_footnote(before, piece):
            continue
        elif _apart(before, piece):
            words += " "
        begins.append((len(words), piece.element))
        words += piece.text
    boxes = [piece.box for piece in pieces]
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    box = Box(x, y, max(box.right for box in boxes) - x, max(box.bottom for box in boxes) - y)
    biggest = max(pieces, key=lambda piece: piece.size)
    elements = tuple(dict.fromkeys(piece.element for piece in pieces))
    return Line(
        words.strip(), box, pieces[0].block, elements, size=biggest.size, weight=biggest.weight, pieces=tuple(begins)
    )


def are_cents(pieces: Sequence[Text], at: int) -> bool:
    """Whether a piece of a line is the fraction of a price, written small and without a point: $15⁵⁰."""
    before, piece = pieces[at - 1], pieces[at]
    whole = re.search(r"(\S?)\s?\d[\d,'\u2019\s]*$", "".join(one.text for one in pieces[:at]))
    if not (whole and re.fullmatch(r"\d\d", piece.text) and piece.size <= _SMALL * before.size):
        return False
    behind = pieces[at + 1].text.lstrip()[:1] if at + 1 < len(pieces) else ""
    return any(one and unicodedata.category(one) == "Sc" for one in (whole[1], behind))


def _is_footnote(before: Text, piece: Text) -> bool:
    """Whether a piece of a line is the small raised number of a footnote, behind a number or a word."""
    is_raised = piece.size <= _SMALL * before.size and piece.box.bottom < before.box.bottom - 0.1 * before.size
    return is_raised and before.text[-1].isalnum() and bool(re.fullmatch(r"\d\d?", piece.text))


def _apart(before: Text, piece: Text) -> bool:
    """Whether two pieces of a line are read apart, whether white space is written between them or not."""
    if piece.space_before or before.generated != piece.generated:
        return True
    if not same_row(before.box, piece.box) or piece.box.x - before.box.right > 0.2 * max(piece.size, 10):
        return True
    ends, begins = before.text[-1], piece.text[0]
    return (ends.isalpha() and begins.isdigit()) or (ends.isdigit() and begins.isalpha() and len(piece.text) > 1)


def _merge_digits(lines: list[Line]) -> list[Line]:
    """Join digits that are drawn in a box each, as counters that roll do."""
    merged: list[Line] = []
    for line in lines:
        last = merged[-1] if merged else None
        if (
            last
            and re.search(r"[\d.,]$", last.text)
            and re.fullmatch(r"[\d.,'’]{1,2}|[.,'’]?\d{1,3}", line.text)
            and len(last.elements) == len(last.text)
            and same_row(last.box, line.box)
            and abs(line.box.x - last.box.right) <= 0.15 * max(line.size, 10)
        ):
            box = Box(last.box.x, last.box.y, line.box.right - last.box.x, last.box.height)
            pieces = (*last.pieces, *((len(last.text) + at, element) for at, element in line.pieces))
            merged[-1] = replace(
                last, text=last.text + line.text, box=box, elements=last.elements + line.elements, pieces=pieces
            )
        else:
            merged.append(line)
    return merged
