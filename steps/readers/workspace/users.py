"""The members that Users lists, each with what stands below the documented headings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from steps.readers.lists.listing import PART_OF_LIST, Row, column_of, headings_in, named, nearest_heading, rows_of
from steps.readers.lists.neighbours import Neighbours
from steps.readers.packages.package_presses import name_of
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.readers.page.lines import Layout, Line, layout_of
from steps.readers.page.positions import same_row
from steps.readers.workspace.user_labels import each_named, told_below
from steps.readers.workspace.user_rows import COLUMNS, EMAIL, UserRow, user_of
from steps.readers.workspace.user_words import worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

ABOUT = "the members and their roles"
_NO_COLUMN = frozenset({
    "name", "user", "users", "member", "members", "person", "e-mail", "email", "e-mail address", "email address",
    "employee", "username", "account",
    "status", "joined", "added", "invited", "action", "actions", "team", "id", "2fa", "mfa",
})  # fmt: skip
"""Headings of what is neither role nor access nor last login."""
_PEOPLE = r"(?:team |workspace )?(?:users?|members?|people)"
_COUNTED = re.compile(
    rf"{_PEOPLE}\W*\((\d+)\)|(\d+) {_PEOPLE}(?: in (?:total|all|this (?:work)?space))?", re.IGNORECASE
)
"""A line that tells how many members there are."""
_INVITED = re.compile(r"\binvit(?:ed|ations?|es?)\b|\bpending\b", re.IGNORECASE)
_ENDINGS = ("", "s", "es", " level", " type", " date", " time", " at")
"""What headings add to a name: "Roles", "Access level", "Last login at"."""
_PICTURE = 64
"""How far left of the first heading, in pixels, a picture of a member or the initials in its place may end."""


def read_users(snapshot: Snapshot, profile: Profile) -> Fact[tuple[UserRow, ...]] | Unclear | Absent:
    """Return the members that are listed, in reading order.

    Unclear where people are listed and nothing tells what of them is the role and what the access, or where a column of
    another name, or words without a label, may tell what is missing of all of them.
    """
    layout = layout_of(snapshot)
    page = Neighbours(layout)
    names = {key: set(_forms_of(profile.labels.of(key).names)) for key in COLUMNS}
    every = set().union(*names.values())
    headings = headings_in(layout, layout.lines, every, least=2)
    found = each_named(page, names) if _are_told_of_each(layout, names, once=bool(headings)) else []
    headings = [] if found else headings
    rows = _rows_below(page, headings) if headings else []
    found = _users_in(page, headings, rows, names) if headings else found or each_named(page, names)
    if not headings:
        found = told_below(page, found, names)
        known = found or _people(page)
        read = worded(page.layout, known, profile.labels)
        found = read if read != known else found
        if read != known and (missing := _missing(found)):
            people = tuple(one.text for one in found)
            return Unclear(ABOUT, people, " and ".join(f'labels.{key} = {{ selector = "…" }}' for key in missing))
    if found and (unnamed := _unnamed(layout, headings, found, every)):
        return unnamed
    if found and not _is_askew(page, headings, rows):
        return Fact(tuple(found), tuple(one.text for one in found))
    people = tuple(row.text for row in rows) or tuple(line.text for line in layout.lines if EMAIL.search(line.text))
    if len(people) > 1 or found:
        return Unclear(ABOUT, people, 'labels.role = "…"')
    return Absent(ABOUT)


def _missing(users: list[UserRow]) -> list[str]:
    """Return what is told of nobody."""
    return [key for key in COLUMNS if all(key in one.missing for one in users)]


def _people(page: Neighbours) -> list[UserRow]:
    """Return what is listed with an e-mail address each, of whom nothing is known yet."""
    people = [line for line in page.layout.lines if EMAIL.search(line.text)]
    rows = rows_of(page, page.layout.lines, people)
    return [
        user_of(page, row, dict.fromkeys(COLUMNS, "")) for row in rows if len(row.lines) > 1
    ]  # no address elsewhere


def _forms_of(names: Iterable[str]) -> Iterator[str]:
    """Yield names as headings write them, in small letters: in the plural, or with what kind of thing they are."""
    for name in names:
        yield from (f"{name.casefold()}{ending}" for ending in _ENDINGS)


def _unnamed(layout: Layout, headings: list[Line], found: list[UserRow], known: set[str]) -> Unclear | None:
    """Return what may tell that which is missing of all members: a column, or words of each of them."""
    missing = _missing(found)
    if not missing:
        return None
    if headings:
        other = [one.text for one in headings if one.text.strip().casefold() not in known | _NO_COLUMN]
        told = tuple(other)
        name = other[0] if len(missing) == len(other) == 1 else "…"
        line = " and ".join(f'labels.{key} = "{name}"' for key in missing)
    else:
        told = tuple(one.text for one in found if len(_unlabelled(layout, one, known)) > 1)
        line = " and ".join(f'labels.{key} = {{ selector = "…" }}' for key in missing)
    return Unclear(ABOUT, told, line) if told else None


def _unlabelled(layout: Layout, user: UserRow, known: set[str]) -> list[str]:
    """Return the lines of a member that no label explains, the name among them."""
    values = {user.role, user.access, user.last_login} - {""}
    lines = [line.text.strip() for line in layout.within(user.element) if not layout.is_pressed(line)]
    return [
        text for text in lines
        if len(re.findall(r"[^\W\d_]", text)) > 3 and not EMAIL.search(text)
        and not any(text.casefold().startswith(name) for name in known) and text not in values
    ]  # fmt: skip


def _are_told_of_each(layout: Layout, names: Mapping[str, set[str]], *, once: bool) -> bool:
    """Whether the columns' names may stand beside the values of each member instead of above them all.

    Where they stand above some `once`, one of them may head a column of another table.
    """
    labels = Counter(line.text.strip().casefold() for line in layout.lines if not layout.is_pressed(line))
    repeated = [key for key, forms in names.items() if any(labels[form] > 1 for form in forms)]
    return len(repeated) > once


def further_users(snapshot: Snapshot, profile: Profile) -> int:
    """Return what leads to further rows of a list of members: an element that can be pressed now, or -1."""
    layout = layout_of(snapshot)
    names = "|".join(map(re.escape, profile.labels.of("next_invoices").names)) or "(?!)"
    words = re.compile(
        rf"\W*(?:(?:go to )?(?:{names})(?: (?:page|users|members|rows))?|[\u203a\u00bb\u2192>]+)\W*", re.IGNORECASE
    )
    for at, one in enumerate(snapshot.elements):
        is_pressed = one.role in ("button", "link") or "pressable" in one.states
        if is_pressed and layout.is_front(at) and words.fullmatch(name_of(layout, at)):
            return -1 if {"disabled", "inert"} & {*one.states} else at
    return -1


def told_of_all(snapshot: Snapshot) -> tuple[int, str]:
    """Return how many members the page says that it lists ("Users (7)"), and the line; 0 and "" for none, or several.

    Nothing either where some are told to be invited only: those may be counted or not.
    """
    lines = [line.text for line in layout_of(snapshot).lines]
    told = {text: int(one[1] or one[2]) for text, one in ((text, _COUNTED.fullmatch(text)) for text in lines) if one}
    if len({*told.values()}) != 1 or any(map(_INVITED.search, lines)):
        return 0, ""
    text, number = next(iter(told.items()))
    return number, text


def _rows_below(page: Neighbours, headings: list[Line]) -> list[Row]:
    bottom = max(line.box.bottom for line in headings)
    left, right = min(line.box.x for line in headings), max(line.box.right for line in headings)
    below = [line for line in page.layout.lines if line.box.y >= bottom - 2 and line not in headings]
    pager = [line for line in below if PART_OF_LIST.search(line.text)]
    table = page.layout.role_around(headings[0], frozenset({"table", "grid", "treegrid"}))
    if not any(page.layout.inside(line, table) for line in below):
        table = -1  # the headings stand in a table of their own
    lines = [
        line
        for line in below
        if (table < 0 or page.layout.inside(line, table))
        and line.box.right > left - _PICTURE
        and line.box.x < right + page.layout.snapshot.width / 4
        and not any(line is one or same_row(line.box, one.box) for one in pager)
    ]
    rows = rows_of(page, lines, _keys(page.layout, lines, headings), headings)
    above = [line.text for line in headings]
    return [row for row in rows if not {one.text for one in row.lines} <= {*above}]  # they may stand below, too


def _users_in(page: Neighbours, headings: list[Line], rows: list[Row], names: dict[str, set[str]]) -> list[UserRow]:
    """Return what stands below the headings in each row; what stands in one cell below it is about the same member."""
    places = {key: named(headings, names[key]) for key in COLUMNS}
    found: list[tuple[Row, Row]] = []
    for row in rows:
        own = [line for line in row.lines if not found or line not in found[-1][0].lines]
        cells = {page.layout.cell(line) for line in own}
        if found and len(cells) == 1 and cells != {-1} and len(page.children(found[-1][0].element)) > 1:
            found[-1] = (found[-1][0], replace(row, lines=(*found[-1][1].lines, *own)))
        else:
            found.append((row, row))
    told = [{key: row.under(page, place, headings) for key, place in places.items()} for row, _ in found]
    whole = [replace(row, lines=all_.lines) for row, all_ in found]
    return [user_of(page, row, said) for row, said in zip(whole, told, strict=True) if any(said.values())]


def _is_askew(page: Neighbours, headings: list[Line], rows: list[Row]) -> bool:
    """Whether something stands between the columns, so that what belongs to which cannot be told."""
    return any(
        column_of(page, line, headings, row.element) is None
        and not page.layout.is_pressed(line)
        and re.search(r"\w{3}", line.text)
        for row in rows
        for line in row.lines
        if headings
    )


def _keys(layout: Layout, lines: list[Line], headings: list[Line]) -> list[Line]:
    """Return one line for each row: those of the column that has most, the first of what stands in one cell."""
    columns: dict[int, list[Line]] = {}
    for line in lines:
        heading = nearest_heading(layout, line, headings)
        if heading is not None and heading is not headings[0]:
            columns.setdefault(heading.number, []).append(line)
    most = max(columns.values(), key=len, default=[])
    keys: list[Line] = []
    for line in most:
        if not any(same_row(line.box, key.box) or _is_below_in_cell(layout, key, line) for key in keys):
            keys.append(line)
    return keys


def _is_below_in_cell(layout: Layout, key: Line, line: Line) -> bool:
    cell = layout.cell(line)
    return cell >= 0 and cell == layout.cell(key)
