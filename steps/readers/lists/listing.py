"""Lists: which lines are one row, and which column of a list a line stands in. Tables, boxes, cards and grids alike."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from steps.readers.page.positions import same_column, same_row
from steps.readers.page.section_tabs import below_tab

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from steps.readers.lists.neighbours import Neighbours
    from steps.readers.page.lines import Layout, Line
    from steps.readers.page.snapshot import Box

_OF = r"\s*(?:of|von|van|sur|de|di|/)\s*"
PART_OF_LIST = re.compile(
    rf"(?<![\w/.-])(?:\d+\s*(?:[-\u2013\u2014]|to|bis|through)|showing|displaying)\s*(\d+){_OF}(\d+)\b|\b(?:page|seite|pagina|p\u00e1gina)\s+(\d+){_OF}(\d+)\b",
    re.IGNORECASE,
)
"""Which part of a list shows: "1-10 of 23", "Showing 10 of 23", "Page 1 of 3"; not a number such as "DF/26-27/105"."""
FIRST_OF_PART = re.compile(
    r"\b(\d+)\s*(?:[-\u2013\u2014]|to|bis|through)\s*\d|\b(?:page|seite|pagina|p\u00e1gina)\s+(\d+)", re.IGNORECASE
)
"""With which row, or page, that part begins."""
_NUMBER = re.compile(r"(?<![^\W\d_])\d+(?![^\W\d_]|\d*\s?%)")
"""What no heading has, but for a name like "2FA"."""
_ROW = frozenset({"row"})
_OFF = 4
"""Pixels by which what stands in one column may be off."""


@dataclass(frozen=True)
class Row:
    """The lines of one row, and the smallest part of the page that holds it (of a grid without rows, its cell)."""

    element: int
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """All that it says."""
        return " ".join(line.text for line in self.lines)

    def under(self, page: Neighbours, heading: Line | None, headings: Sequence[Line]) -> str:
        """Return what stands below a heading, "" for nothing."""
        return " ".join(line.text for line in self.lines_under(page, heading, headings))

    def lines_under(self, page: Neighbours, heading: Line | None, headings: Sequence[Line]) -> tuple[Line, ...]:
        """Return the lines that stand below a heading."""
        below = (line for line in self.lines if heading and column_of(page, line, headings, self.element) is heading)
        return tuple(below)


def section_lines(layout: Layout, titles: Collection[str], label: str, others: Collection[str]) -> list[Line]:
    """Return the lines of a section: what its selector matches, or what follows its title up to the next title.

    Without a title it is what follows the tabs, if its own is chosen, or all that is in front. `titles` and `others`
    are in small letters.
    """
    marked = [at for at, one in enumerate(layout.snapshot.elements) if f"label:{label}" in one.states]
    if marked:
        return [line for line in layout.lines if layout.inside(line, marked[0])]
    lines = list(layout.lines)
    found = [at for at, line in enumerate(lines) if _title(line.text) in titles and _is_title(layout, line)]
    if not found:
        return below_tab(layout, titles) or lines
    title, inside = lines[found[-1]], []
    titled: set[int] = set()
    around = {*layout.around(title.block)}
    for line in lines[found[-1] + 1 :]:
        if _folded(line.text) in others and _is_title(layout, line):
            break
        if (
            layout.level(title)
            and 0 < layout.level(line) <= layout.level(title)
            and not any(map(str.isdigit, line.text))
            and not titled & {*layout.around(line.block)}  # the title of one more of what is listed
        ):
            break
        inside.append(line)
        if layout.level(line):
            titled.update(at for at in layout.around(line.block) if at not in around)
    return inside


def headings_in(layout: Layout, lines: Sequence[Line], names: Collection[str], least: int) -> list[Line]:
    """Return the headings of a list: a row of lines of which some are called so."""
    for line in lines:
        if _folded(line.text) not in names or (layout.is_pressed(line) and not _is_sorted_by(layout, line)):
            continue
        row = [one for one in lines if one is line or same_row(one.box, line.box)]
        known = [one for one in row if _folded(one.text) in names]
        holders = (at for at in layout.around(line.block) if len(_names_inside(layout, known, at)) >= least)
        holder = next(holders, -1)
        beside = [one for one in row if layout.inside(one, holder)]  # what is scrolled may lie behind them
        if beside and not any(_NUMBER.search(one.text) for one in beside):
            return beside
    return []


def _names_inside(layout: Layout, known: Sequence[Line], element: int) -> set[str]:
    return {_folded(one.text) for one in known if layout.inside(one, element)}


def rows_of(page: Neighbours, lines: Sequence[Line], keys: Sequence[Line], headings: Sequence[Line] = ()) -> list[Row]:
    """Return the rows that hold one of the key lines each, and those beside them that are made like them."""
    layout = page.layout
    held = Counter(at for one in (*keys, *headings, *_foreign(layout, lines)) for at in layout.around(one.block))
    shown = Counter(at for one in layout.lines for at in layout.around(one.block))
    elements = [_grown(layout, key, held, shown) for key in keys]
    rows = [
        Row(element, tuple(_lines_of(page, element, key, lines))) for element, key in zip(elements, keys, strict=True)
    ]
    is_grid = not headings or any(len(row.lines) == 1 or row.element in (one.block for one in keys) for row in rows)
    rows += [] if is_grid else _alike(page, lines, rows, headings)
    return sorted(_joined(page, lines, rows), key=lambda row: row.lines[0].number)


def column_of(page: Neighbours, line: Line, headings: Sequence[Line], row: int) -> Line | None:
    """Return the heading of a line of a row: by its place where both have as many cells, else by what is in line.

    Cells that hold nothing but what can be pressed may have no heading.
    """
    layout, elements = page.layout, page.elements
    holders = list(layout.around(line.block))
    if row in holders[1:]:
        own, cells = holders[holders.index(row) - 1], page.children(row)
        if len(cells) > len(headings):
            cells = [at for at in cells if not all(map(layout.is_pressed, page.within(at)))]
        if len(cells) == len(headings) and own in cells:
            return headings[cells.index(own)]
        holders = holders[: holders.index(row)]
    boxes = [line.box, *(elements[at].box for at in holders[:3])]
    return nearest_heading(
        layout,
        line,
        [one for one in headings for box in boxes if _aligned(one.box, box) or _aligned(_cell(layout, one), box)],
    )


def nearest_heading(layout: Layout, line: Line, headings: Sequence[Line]) -> Line | None:
    """Return the heading whose cell shares most of its width with a line's, None where none shares any."""
    near = [one for one in headings if same_column(_cell(layout, one), _cell(layout, line))]
    return max(near, key=lambda one: _shared(_cell(layout, one), _cell(layout, line)), default=None)


def _cell(layout: Layout, line: Line) -> Box:
    return layout.snapshot.elements[line.block].box


def named(headings: Iterable[Line], names: Collection[str]) -> Line | None:
    """Return the heading of one of the names, in small letters."""
    return next((one for one in headings if _folded(one.text) in names), None)


def keys_of(layout: Layout, firsts: Sequence[Line], seconds: Sequence[Line]) -> list[Line]:
    """Return one line for each row: of the firsts that share the smallest part with a second, the first.

    Where such a part is a grid without rows, the first in each line of sight.
    """
    parts: dict[int, list[Line]] = {}
    holding = {at for second in seconds for at in layout.around(second.block)}
    for first in firsts:
        part = next((at for at in layout.around(first.block) if at in holding), None)
        if part is not None:
            parts.setdefault(part, []).append(first)
    outer = {up for part in parts for up in layout.around(part) if up != part}
    keys: list[Line] = []
    for part, inside in parts.items():
        if part in outer:  # another day of what stands in a smaller part: when it is due
            continue
        in_sight: list[Line] = []
        for line in inside:
            if not any(same_row(line.box, other.box) for other in in_sight):
                in_sight.append(line)
        others = [two for two in seconds if layout.inside(two, part)] if len(in_sight) > 1 else []
        paired = [one for one in in_sight if any(same_row(one.box, two.box) for two in others)]
        keys += paired if len(paired) > 1 else in_sight[:1]
    return sorted(keys, key=lambda one: one.number)


def _aligned(one: Box, other: Box) -> bool:
    """Whether two boxes begin, end or are centred on one line."""
    return same_column(one, other) and (
        abs(one.x - other.x) <= _OFF
        or abs(one.right - other.right) <= _OFF
        or abs(one.x + one.right - other.x - other.right) <= 2 * _OFF
    )


def _shared(one: Box, other: Box) -> float:
    return min(one.right, other.right) - max(one.x, other.x)


def _folded(text: str) -> str:
    plain = re.sub(
        r"\s*(?:\([^()]*\)|\d[\d.,]*\s?%)$", "", text.casefold().strip(" :*?\u2191\u2193\u2195\u21c5\u25b2\u25bc")
    )
    return " ".join(plain.split())


def _title(text: str) -> str:
    """Return a title without the number of what stands below it, "Invoices (3)"."""
    return _folded(re.sub(r"\s*\(\d+\)$", "", text.strip()))


def _is_title(layout: Layout, line: Line) -> bool:
    return not layout.is_pressed(line) or bool(layout.level(line))


def _is_sorted_by(layout: Layout, line: Line) -> bool:
    """Whether a heading is pressed to sort by it."""
    return layout.cell(line) >= 0


def _foreign(layout: Layout, lines: Sequence[Line]) -> list[Line]:
    """Return the lines in front that belong to no part of the list."""
    own = {line.number for line in lines}
    return [line for line in layout.lines if line.number not in own]


def _grown(layout: Layout, key: Line, held: Counter[int], shown: Counter[int]) -> int:
    """Return the largest part of the page around a key that holds no other one, no heading and nothing foreign.

    Of parts that show the same, the inmost one.
    """
    element = key.block
    for holder in list(layout.around(key.block))[1:]:
        if held[holder] > 1:
            return element
        if shown[holder] > shown[element]:
            element = holder
    return element


def _lines_of(page: Neighbours, element: int, key: Line, lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a row; of a grid without rows, those that stand in one row with the key."""
    first, last = lines[0].number, lines[-1].number
    inside = [line for line in page.within(element) if first <= line.number <= last]
    if len(inside) > 1:
        return inside
    box = page.elements[key.block].box
    return [line for line in lines if line is key or same_row(line.box, box)]


def _alike(page: Neighbours, lines: Sequence[Line], rows: Sequence[Row], headings: Sequence[Line]) -> list[Row]:
    """Return the rows beside those found that hold no key, for something is missing in them."""
    known = {row.element for row in rows}
    kinds = {(page.elements[at].parent, page.elements[at].tag) for at in known}
    beside = [at for parent, tag in kinds for at in page.children(parent) if page.elements[at].tag == tag]
    found = []
    for at in beside:
        inside = tuple(line for line in page.within(at) if lines[0].number <= line.number <= lines[-1].number)
        if at not in known and len(inside) > 1 and not any(page.layout.inside(heading, at) for heading in headings):
            found.append(Row(at, inside))
    return found


def _joined(page: Neighbours, lines: Sequence[Line], rows: Sequence[Row]) -> list[Row]:
    """Return the rows with what stands level with them in rows of another table: columns that do not scroll.

    Such a table may lie over the list, and hide what stands below it.
    """
    own = {line.number for row in rows for line in row.lines}
    beside: dict[int, list[Line]] = {}
    for line in lines:
        at = page.layout.role_around(line, _ROW) if line.number not in own else -1
        if at >= 0:
            beside.setdefault(at, []).append(line)
    found = []
    for row in rows:
        box = page.elements[row.element].box
        level = [at for at in beside if _is_level(page.elements[at].box, box)]
        further = [line for at in level for line in beside[at]]
        kept = [line for line in row.lines if not any(_is_drawn_over(line, other) for other in further)]
        before = [line for line in further if kept and line.box.x < kept[0].box.x]
        found.append(Row(row.element, (*before, *kept, *(line for line in further if line not in before))))
    return found


def _is_level(one: Box, other: Box) -> bool:
    return abs(one.y - other.y) <= _OFF / 2 and abs(one.height - other.height) <= _OFF / 2


def _is_drawn_over(line: Line, other: Line) -> bool:
    """Whether a line lies under another one that says the same at the same place."""
    return other.text == line.text and same_column(line.box, other.box)


def unlisted(lines: Iterable[Line]) -> str:
    """Return the line that says that there are more rows than show ("1-10 of 12"), or ""."""
    told = ((line.text, PART_OF_LIST.search(line.text)) for line in lines)
    counts = ((text, [int(one) for one in found.groups() if one]) for text, found in told if found)
    return next((text for text, (now, total) in counts if now < total), "")
