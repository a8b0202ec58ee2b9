"""Rows for grids whose cells stand side by side in one box: people see rows where the page has no element for them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from steps.readers.page.lines import PRESSES, same_row
from steps.readers.page.snapshot import Box, Element

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steps.readers.page.snapshot import Snapshot

_OFF = 3
"""Pixels by which what stands in one column may be off."""
_TAGS = frozenset({"div", "section", "form", "fieldset", "main", "article", "p"})


def with_rows(snapshot: Snapshot, columns: int) -> Snapshot:
    """Return the snapshot with a row, and a table around, for each line of a grid of at least so many columns.

    The elements keep their places; rows follow behind them.
    """
    children: dict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(snapshot.elements):
        children[one.parent].append(at)
    texts: dict[int, set[int]] = defaultdict(set)
    for text in snapshot.texts:
        at = text.element
        while at >= 0:
            texts[at].add(text.block)
            at = snapshot.elements[at].parent
    elements = list(snapshot.elements)
    for holder, inside in children.items():
        if holder < 0 or len(inside) < 2 * columns or not _may_hold(snapshot.elements[holder]):
            continue
        rows = _rows(snapshot, inside, texts)
        if _is_grid(snapshot, rows, columns):
            elements[holder] = replace(elements[holder], role="table")
            for row in rows:
                boxes = [snapshot.elements[at].box for at in row]
                elements.append(Element("div", holder, _around(boxes), role="row"))
                for at in row:
                    own = elements[at]
                    elements[at] = replace(own, parent=len(elements) - 1, role=own.role or "cell")
    return replace(snapshot, elements=tuple(elements)) if len(elements) > len(snapshot.elements) else snapshot


def _may_hold(one: Element) -> bool:
    return one.tag in _TAGS and one.role in {"", "group", "region", "form", "main", "article"}


def _rows(snapshot: Snapshot, inside: Sequence[int], texts: dict[int, set[int]]) -> list[list[int]]:
    """Return the children of a box by the lines that they stand in; nothing where one of them is no cell."""
    rows: list[list[int]] = []
    for at in inside:
        one = snapshot.elements[at]
        if one.inline or len(texts.get(at, ())) > 1:
            return []
        last = snapshot.elements[rows[-1][-1]].box if rows else None
        if last and same_row(last, one.box) and one.box.x >= last.right - 1:
            rows[-1].append(at)
        else:
            rows.append([at])
    return rows


def _is_grid(snapshot: Snapshot, rows: Sequence[Sequence[int]], columns: int) -> bool:
    """Whether rows are those of one grid: cells in columns, of which one at least holds nothing to press."""
    widest = max(rows, key=len, default=[])
    full = [row for row in rows if len(row) == len(widest)]
    if len(widest) < columns or len(full) < 2 or len(full) * 2 < len(rows):
        return False
    boxes = [[snapshot.elements[at].box for at in row] for row in rows]
    ruler = [snapshot.elements[at].box for at in widest]
    if not all(any(_aligned(box, column) for column in ruler) for row in boxes for box in row):
        return False
    pressed = [[_is_press(snapshot.elements[row[at]]) for row in full] for at in range(len(widest))]
    return not all(any(column) for column in pressed)


def _is_press(one: Element) -> bool:
    return one.role in PRESSES or "pressable" in one.states


def _aligned(one: Box, other: Box) -> bool:
    return abs(one.x - other.x) <= _OFF or abs(one.right - other.right) <= _OFF


def _around(boxes: Sequence[Box]) -> Box:
    x, y = min(one.x for one in boxes), min(one.y for one in boxes)
    return Box(x, y, max(one.right for one in boxes) - x, max(one.bottom for one in boxes) - y)
