"""Members each of whom is told with labels of their own: "Role: Owner", or a label beside its value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.readers.lists.listing import headings_in, rows_of
from steps.readers.workspace.user_rows import COLUMNS, EMAIL, user_of

if TYPE_CHECKING:
    from steps.readers.lists.listing import Row
    from steps.readers.lists.neighbours import Neighbours
    from steps.readers.page.lines import Line
    from steps.readers.workspace.user_rows import UserRow

_FACTS = re.compile(r"\s+[\u00b7\u2022|\u2013\u2014]\s+")
"""What stands between the facts of a line: "Access: All · Last login: today"."""
_CHANGED = frozenset({"button", "combobox", "listbox"})
"""What shows a value, and is pressed to change it; its name for programs tells of what it is the value."""


def each_named(page: Neighbours, names: dict[str, set[str]]) -> list[UserRow]:
    """Return people each of whom is told with labels of their own: "Role: Owner", or a label above its value."""
    people = [line for line in page.layout.lines if EMAIL.search(line.text)]
    rows = rows_of(page, page.layout.lines, people)
    found = [(user_of(page, row, {key: _said(page, row, names, key) for key in COLUMNS}), row) for row in rows]
    lists = {page.elements[row.element].parent for one, row in found if len(one.missing) < len(COLUMNS)}
    return [one for one, row in found if page.elements[row.element].parent in lists]  # an address may stand elsewhere


def told_below(page: Neighbours, users: list[UserRow], names: dict[str, set[str]]) -> list[UserRow]:
    """Return people with what no label of their own tells of any of them, and a heading above them all does."""
    layout = page.layout
    for key in COLUMNS:
        if any(getattr(one, key) for one in users):
            continue
        for heading in headings_in(layout, layout.lines, names[key], least=1):
            below = [[x for x in layout.within(one.element) if _is_below(page, heading, x)] for one in users]
            if heading.text.strip().casefold() in names[key] and any(below):
                told = (" ".join(line.text for line in lines) for lines in below)
                users = [one.telling(key, text) for one, text in zip(users, told, strict=True)]
    return users


def _is_below(page: Neighbours, heading: Line, line: Line) -> bool:
    """Whether a line stands in the column of a heading, in a cell of its own."""
    cells = [page.elements[at].box for at in (page.layout.cell(heading), page.layout.cell(line)) if at >= 0]
    is_own = len(cells) == 2 and abs(cells[0].x - cells[1].x) <= 1 and abs(cells[0].width - cells[1].width) <= 1
    return is_own and line.box.y >= heading.box.bottom


def _said(page: Neighbours, row: Row, names: dict[str, set[str]], key: str) -> str:
    """Return what a member is told to be: behind the label, or in the next line, unless that is a label too.

    Behind a label without a colon the value stands in an element of its own, or the label does.
    """
    labels = "|".join(re.escape(name) for name in names[key])
    every = "|".join(sorted((re.escape(name) for one in names.values() for name in one), key=len, reverse=True))
    facts_of = re.compile(rf"{_FACTS.pattern}|[.;,]\s+(?=(?:{every})\s*:)", re.IGNORECASE)
    others = re.compile("|".join(re.escape(name) for one in names.values() for name in one), re.IGNORECASE)
    for at, line in enumerate(row.lines):
        facts = facts_of.split(line.text.strip())
        told = [re.fullmatch(rf"(?:{labels})\s*(?::\s*(.*)|)", one, re.IGNORECASE) for one in facts]
        match = next(filter(None, told), None)
        glued = re.fullmatch(rf"(?:{labels})\s+(\S.*)", line.text, re.IGNORECASE)
        if not match and glued and glued.start(1) in {start for start, _ in line.pieces}:
            return glued[1]
        if match and match[1]:
            return match[1]
        if match and len(told) == 1 and (value := _beside(page, row, at)):
            is_label = others.fullmatch(value.text.strip(" :"))
            is_apart = _tag(page, line) == "dt" and _tag(page, value) != "dd"
            return "" if is_label or is_apart else value.text
    called = re.compile(rf"(?:change |edit |set )?(?:{labels})\b", re.IGNORECASE)
    held = (at for line in row.lines if (at := page.layout.role_around(line, _CHANGED)) >= 0)
    changed = next((at for at in held if called.match(page.elements[at].name)), -1)
    return " ".join(line.text for line in page.within(changed)) if changed >= 0 else ""


def _beside(page: Neighbours, row: Row, at: int) -> Line | None:
    """Return what stands with a label: the other line of their box, above or below it, or else the next one."""
    label = row.lines[at]
    boxes = (page.within(holder) for holder in page.layout.around(label.block))
    box = next((lines for lines in boxes if len(lines) > 1), [])
    if len(box) == 2 and (others := [one for one in box if one is not label]):
        return others[0] if len(others) == 1 else None
    return row.lines[at + 1] if at + 1 < len(row.lines) else None


def _tag(page: Neighbours, line: Line) -> str:
    """Return whether a line is a term of a list of descriptions or its description: "dt", "dd" or ""."""
    tags = (page.elements[at].tag for at in page.layout.around(line.block))
    return next((tag for tag in tags if tag in {"dt", "dd"}), "")
