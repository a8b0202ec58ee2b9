"""Tables made of plain boxes: people see rows and columns where the page has no element, or no role, for them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from steps.readers.page.lines import PRESSES
from steps.readers.page.positions import same_row
from steps.readers.page.snapshot import Box, Element

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steps.readers.page.snapshot import Snapshot

_OFF = 3
"""Pixels by which what stands in one column may be off."""
_TAGS = frozenset({"body", "div", "section", "form", "fieldset", "main", "article", "p"})
_ROLES = frozenset({"", "group", "region", "form", "main", "article"})


def with_rows(snapshot: Snapshot, columns: int) -> Snapshot:
    """Return the snapshot with tables of at least so many columns marked as such.

    A grid of cells alone gets a row for each of its lines; boxes with as many cells each, below headings without a
    number, are rows themselves. The elements keep their places; new rows and tables follow behind them.
    """
    return _Tables(snapshot, columns).marked()


_FEW_PRESSES = 3


def with_repeats(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot with a row around each turn of siblings that repeat: dt and dd, or h4, p, button and hr.

    Each turn has as many things to press as the others, and few; what was read as rows already stays.
    """
    children: dict[int, list[int]] = defaultdict(list)
    presses = [0] * len(snapshot.elements)
    for at, one in enumerate(snapshot.elements):
        children[one.parent].append(at)
    for at, one in reversed([*enumerate(snapshot.elements)]):  # what is inside comes behind
        presses[at] += _is_press(one)
        if one.parent >= 0:
            presses[one.parent] += presses[at]
    now = list(snapshot.elements)
    for holder, inside in children.items():
        turns = _turns(inside, [snapshot.elements[at].tag for at in inside])
        most = max((sum(presses[at] for at in turn) for turn in turns), default=0)
        for turn in turns if most <= _FEW_PRESSES else ():
            if sum(presses[at] for at in turn) == most > 0 and not any(
                snapshot.elements[at].role == "row" for at in turn
            ):
                now.append(Element("div", holder, _around([snapshot.elements[at].box for at in turn]), role="row"))
                for at in turn:
                    now[at] = replace(now[at], parent=len(now) - 1)
    return replace(snapshot, elements=tuple(now)) if len(now) > len(snapshot.elements) else snapshot


def _turns(inside: Sequence[int], tags: Sequence[str]) -> list[Sequence[int]]:
    """Return the longest run of siblings that repeat in the same order, turn by turn; nothing where none do."""
    best: list[Sequence[int]] = []
    for width in (2, 3, 4):
        start = 0
        while start + 2 * width <= len(tags):
            turn, end = tags[start : start + width], start + width
            while turn[0] not in turn[1:] and tags[end : end + width] == turn[: len(tags) - end] and end < len(tags):
                end += width
            if end > start + width and min(end, len(tags)) - start > sum(map(len, best)):
                best = [inside[at : at + width] for at in range(start, end, width)]
            start = end - width + 1  # what begins within a run repeats no more often
    return best


class _Tables:
    def __init__(self, snapshot: Snapshot, columns: int) -> None:
        self._snapshot, self._columns = snapshot, columns
        self._was = snapshot.elements
        self._now = list(snapshot.elements)
        self._children: dict[int, list[int]] = defaultdict(list)
        for at, one in enumerate(self._was):
            self._children[one.parent].append(at)
        self._blocks: dict[int, set[int]] = defaultdict(set)
        for text in snapshot.texts:
            at = text.element
            while at >= 0:
                self._blocks[at].add(text.block)
                at = self._was[at].parent

    def marked(self) -> Snapshot:
        """Return the snapshot with its tables marked, the same one where there are none."""
        marks = [self._mark(holder, inside) for holder, inside in list(self._children.items()) if holder >= 0]
        return replace(self._snapshot, elements=tuple(self._now)) if any(marks) else self._snapshot

    def _mark(self, holder: int, inside: Sequence[int]) -> bool:
        one = self._was[holder]
        if len(inside) < 2 or one.tag not in _TAGS or one.role not in _ROLES:
            return False
        if runs := [run for run in self._runs(inside) if self._are_rows(run)]:
            for run in runs:
                self._now.append(Element("div", holder, _around([self._was[at].box for at in run]), role="table"))
                table = len(self._now) - 1
                for row in run:
                    self._now[row] = replace(self._now[row], role="row", parent=table)
                    self._as_cells(self._children[row], row)
            return True
        if self._is_grid(rows := self._lines_of(inside)):
            for cells in rows:
                self._now.append(Element("div", holder, _around([self._was[at].box for at in cells]), role="row"))
                self._as_cells(cells, len(self._now) - 1)
        else:
            return False
        self._now[holder] = replace(self._now[holder], role="table")
        return True

    def _runs(self, inside: Sequence[int]) -> list[list[int]]:
        """Return what follows one another in a box with several parts each."""
        runs: list[list[int]] = [[]]
        for at in inside:
            if len(self._children.get(at, ())) >= self._columns - 1 and not self._was[at].role:
                runs[-1].append(at)
            elif runs[-1]:
                runs.append([])
        return [run for run in runs if len(run) > 1]

    def _as_cells(self, cells: Sequence[int], row: int) -> None:
        for at in cells:
            self._now[at] = replace(self._now[at], parent=row, role=self._now[at].role or "cell")

    def _are_rows(self, inside: Sequence[int]) -> bool:
        """Whether boxes are rows of cells in columns, the first of which has no number."""
        rows = [self._children.get(at, []) for at in inside]
        wide = len(rows[-1])
        if {len(row) for row in rows[1:]} != {wide}:
            return False
        if len(rows[0]) not in {wide, wide - 1}:  # nothing may stand above what is told of
            return False
        if any(len(self._lines_of(row)) != 1 for row in rows) or not self._is_grid(rows):
            return False
        heads = (text.text for text in self._snapshot.texts if text.element in rows[0])
        return not any(re.search(r"\d", text) for text in heads)

    def _lines_of(self, cells: Sequence[int]) -> list[list[int]]:
        """Return cells by the lines that they stand in; nothing where one of them is no cell."""
        rows: list[list[int]] = []
        for at in cells:
            one = self._was[at]
            if one.inline or len(self._blocks.get(at, ())) > 1:
                return []
            last = self._was[rows[-1][-1]].box if rows else None
            if last and same_row(last, one.box) and one.box.x >= last.right - 1:
                rows[-1].append(at)
            else:
                rows.append([at])
        return rows

    def _is_grid(self, rows: Sequence[Sequence[int]]) -> bool:
        """Whether rows stand in columns, of which one at least holds nothing to press."""
        widest = max(rows, key=len, default=[])
        full = [row for row in rows if len(row) == len(widest)]
        if len(widest) < self._columns or len(full) < 2 or len(full) * 2 < len(rows):
            return False
        ruler = [self._was[at].box for at in widest]
        if not all(any(_aligned(self._was[at].box, column) for column in ruler) for row in rows for at in row):
            return False
        pressed = [[_is_press(self._was[row[at]]) for row in full] for at in range(len(widest))]
        return not all(any(column) for column in pressed)


def _is_press(one: Element) -> bool:
    return one.role in PRESSES or "pressable" in one.states


def _aligned(one: Box, other: Box) -> bool:
    return abs(one.x - other.x) <= _OFF or abs(one.right - other.right) <= _OFF


def _around(boxes: Sequence[Box]) -> Box:
    x, y = min(one.x for one in boxes), min(one.y for one in boxes)
    return Box(x, y, max(one.right for one in boxes) - x, max(one.bottom for one in boxes) - y)
