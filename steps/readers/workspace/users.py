"""The members that Users lists, each with what stands below the documented headings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from steps.readers.lists.listing import PART_OF_LIST, Row, column_of, headings_in, named, nearest_heading, rows_of
from steps.readers.lists.neighbours import Neighbours
from steps.readers.packages.package_presses import name_of
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.readers.page.lines import Layout, Line, same_row
from steps.readers.workspace.user_words import worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from steps.readers.figures.dates import Calendar
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

ABOUT = "the members and their roles"
COLUMNS = ("role", "access", "last_login")
"""What is documented to be told of each member; each is also the name of its label in a profile."""
_FIRST_YEAR = 2000
"""Before that year nobody logged in; 1970 is what a missing date turns into."""
_YEARS_AGO = re.compile(r"\b(\d{1,3}) years? ago", re.IGNORECASE)
_DAYS_AGO = re.compile(r"\b(an?|\d{1,3}) (day|week|month|year)s? ago", re.IGNORECASE)
_BEFORE_TODAY = re.compile(r"\blast (?:week|month|year)\b", re.IGNORECASE)
_LENGTHS = {"day": 1, "week": 7, "month": 28, "year": 365}
_TO_COME = re.compile(r"in (?:an?|\d+) (?:second|minute|hour|day|week|month|year)s?\b|tomorrow\b", re.IGNORECASE)
_NO_LOGIN = re.compile(r"never|none|n/?a|[-\u2013\u2014]+", re.IGNORECASE)
_NO_COLUMN = frozenset({
    "name", "user", "users", "member", "members", "person", "e-mail", "email", "e-mail address", "email address",
    "status", "joined", "added", "invited", "action", "actions", "team", "id", "2fa", "mfa",
})  # fmt: skip
"""Headings of what is neither role nor access nor last login."""
_ENDINGS = ("", "s", "es", " level", " type", " date", " time", " at")
"""What headings add to a name: "Roles", "Access level", "Last login at"."""
_NOT_CHOSEN = re.compile(r"\W*(?:please )?(?:select|choose|pick)(?: an?)?(?: role| one| access)?\W*", re.IGNORECASE)
_NO_WORD = re.compile(r"undefined|null|NaN|\[object Object\]|Invalid Date")
"""What programs write where they have nothing to write."""
_PICTURE = 64
"""How far left of the first heading, in pixels, a picture of a member or the initials in its place may end."""
_OPENS = re.compile(r"\s*[\u25be\u25bc\u2304\u02c5\u24d8\u270e\u22ee\u22ef]+\s*$")
"""Signs behind a value that say that it can be changed or explained."""
_FACTS = re.compile(r"\s+[\u00b7\u2022|\u2013\u2014]\s+")
"""What stands between the facts of a line: "Access: All · Last login: today"."""
_CHANGED = frozenset({"button", "combobox", "listbox"})
"""What shows a value, and is pressed to change it; its name for programs tells of what it is the value."""
_EMAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+")


@dataclass(frozen=True)
class UserRow:
    """A member as listed: the whole row, and what it says of each column ("" where it says nothing)."""

    text: str
    email: str
    role: str
    access: str
    last_login: str
    element: int

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns that tell nothing, such as a list in which nothing is chosen, or a program's "undefined"."""
        told = ((name, getattr(self, name)) for name in COLUMNS)
        return tuple(name for name, text in told if not text or _NOT_CHOSEN.fullmatch(text) or _NO_WORD.fullmatch(text))

    @property
    def never_signed_in(self) -> bool:
        """Whether it is told of no login: "Never", a dash."""
        return bool(_NO_LOGIN.fullmatch(self.last_login.strip()))

    def is_of(self, *words: str) -> bool:
        """Whether this is the row of a person, by e-mail address or, where the row has none, by name."""
        known = [word.casefold() for word in words if word]
        if self.email and any("@" in word for word in known):
            return self.email.casefold() in known
        return any(word in self.text.casefold() for word in known)

    def wrong_login(self, today: date, calendar: Calendar) -> bool:
        """Whether the last login is a day on which nobody logged in: in the future, or long before the product."""
        text = self.last_login.strip()
        days = [day.date for day in calendar.days_in(text) if day.date]
        ages = [int(age) for age in _YEARS_AGO.findall(text)]
        is_far = any(day > today + timedelta(days=1) or day.year < _FIRST_YEAR for day in days)
        return is_far or any(today.year - age < _FIRST_YEAR for age in ages) or bool(_TO_COME.match(text))

    def login_before(self, day: date, today: date, calendar: Calendar) -> bool:
        """Whether the last login is told to be before a day: by its date, by its age, or as none at all.

        A date counts only where it is before that day in whatever order day and month are meant.
        """
        text = self.last_login.strip()
        ways = (replace(calendar, order="dmy"), replace(calendar, order="mdy"))
        days = [one.date for way in ways for one in way.days_in(text)]
        ages = [_LENGTHS[unit.lower()] * (int(many) if many.isdigit() else 1) for many, unit in _DAYS_AGO.findall(text)]
        ages += [1] * bool(_BEFORE_TODAY.search(text))
        told = [one for one in days if one] + [today - timedelta(days=age) for age in ages]
        return self.never_signed_in or (None not in days and bool(told) and max(told) < day)


def read_users(snapshot: Snapshot, profile: Profile) -> Fact[tuple[UserRow, ...]] | Unclear | Absent:
    """Return the members that are listed, in reading order.

    Unclear where people are listed and nothing tells what of them is the role and what the access, or where a column of
    another name, or words without a label, may tell what is missing of all of them.
    """
    layout = Layout(snapshot)
    page = Neighbours(layout)
    names = {key: set(_forms_of(profile.labels.of(key).names)) for key in COLUMNS}
    every = set().union(*names.values())
    found = _each_named(page, names) if _are_told_of_each(layout, every) else []
    headings = [] if found else headings_in(layout, layout.lines, every, least=2)
    rows = _rows_below(page, headings) if headings else []
    found = _users_in(page, headings, rows, names) if headings else found or _each_named(page, names)
    if not headings:
        found = _told_below(page, found, names)
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
    people = tuple(row.text for row in rows) or tuple(line.text for line in layout.lines if _EMAIL.search(line.text))
    if len(people) > 1 or found:
        return Unclear(ABOUT, people, 'labels.role = "…"')
    return Absent(ABOUT)


def _missing(users: list[UserRow]) -> list[str]:
    """Return what is told of nobody."""
    return [key for key in COLUMNS if all(key in one.missing for one in users)]


def _people(page: Neighbours) -> list[UserRow]:
    """Return what is listed with an e-mail address each, of whom nothing is known yet."""
    people = [line for line in page.layout.lines if _EMAIL.search(line.text)]
    rows = rows_of(page, page.layout.lines, people)
    return [_user(page, row, dict.fromkeys(COLUMNS, "")) for row in rows if len(row.lines) > 1]  # no address elsewhere


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
        if len(re.findall(r"[^\W\d_]", text)) > 3 and not _EMAIL.search(text)
        and not any(text.casefold().startswith(name) for name in known) and text not in values
    ]  # fmt: skip


def _are_told_of_each(layout: Layout, names: set[str]) -> bool:
    """Whether the columns' names may stand beside the values of each member instead of above them all."""
    labels = Counter(line.text.strip().casefold() for line in layout.lines if not layout.is_pressed(line))
    return any(labels[name] > 1 for name in names)


def further_users(snapshot: Snapshot, profile: Profile) -> int:
    """Return what leads to further rows of a list of members: an element that can be pressed now, or -1."""
    layout = Layout(snapshot)
    names = "|".join(map(re.escape, profile.labels.of("next_invoices").names)) or "(?!)"
    words = re.compile(
        rf"\W*(?:(?:go to )?(?:{names})(?: (?:page|users|members|rows))?|[\u203a\u00bb\u2192>]+)\W*", re.IGNORECASE
    )
    for at, one in enumerate(snapshot.elements):
        is_pressed = one.role in ("button", "link") or "pressable" in one.states
        if is_pressed and layout.is_front(at) and words.fullmatch(name_of(layout, at)):
            return -1 if {"disabled", "inert"} & {*one.states} else at
    return -1


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
    return [_user(page, row, said) for row, said in zip(whole, told, strict=True) if any(said.values())]


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


def _each_named(page: Neighbours, names: dict[str, set[str]]) -> list[UserRow]:
    """Return people each of whom is told with labels of their own: "Role: Owner", or a label above its value."""
    people = [line for line in page.layout.lines if _EMAIL.search(line.text)]
    rows = rows_of(page, page.layout.lines, people)
    found = [(_user(page, row, {key: _said(page, row, names, key) for key in COLUMNS}), row) for row in rows]
    lists = {page.elements[row.element].parent for one, row in found if len(one.missing) < len(COLUMNS)}
    return [one for one, row in found if page.elements[row.element].parent in lists]  # an address may stand elsewhere


def _told_below(page: Neighbours, users: list[UserRow], names: dict[str, set[str]]) -> list[UserRow]:
    """Return people with what no label of their own tells of any of them, and a heading above them all does."""
    layout = page.layout
    for key in COLUMNS:
        if any(getattr(one, key) for one in users):
            continue
        for heading in headings_in(layout, layout.lines, names[key], least=1):
            below = [[x for x in layout.within(one.element) if _is_below(page, heading, x)] for one in users]
            if heading.text.strip().casefold() in names[key] and any(below):
                told = (" ".join(line.text for line in lines) for lines in below)
                users = [_telling(one, key, text) for one, text in zip(users, told, strict=True)]
    return users


def _telling(user: UserRow, key: str, text: str) -> UserRow:
    said = {column: getattr(user, column) for column in COLUMNS} | {key: text}
    return replace(user, role=said["role"], access=said["access"], last_login=said["last_login"])


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


def _user(page: Neighbours, row: Row, said: dict[str, str]) -> UserRow:
    """Return a row as a member; what the profile's own selectors match in it beats what was found by labels."""
    elements, layout = page.elements, page.layout
    marked = {
        key: [
            at for at, one in enumerate(elements) if f"label:{key}" in one.states and row.element in layout.around(at)
        ]
        for key in COLUMNS
    }
    told = said | {key: " ".join(line.text for line in layout.lines_of(at)) for key, at in marked.items() if at}
    told = {key: _OPENS.sub("", words) for key, words in told.items()}
    return UserRow(row.text, _email_in(row), told["role"], told["access"], told["last_login"], row.element)


def _email_in(row: Row) -> str:
    """Return the first e-mail address of a row; a name that is drawn close before it is no part of it."""
    starts = [(line, sorted({start for start, _ in line.pieces} | {0})) for line in row.lines]
    parts = (line.text[a:b] for line, at in starts for a, b in zip(at, [*at[1:], None], strict=True))
    found = next(filter(None, map(_EMAIL.search, parts)), None) or _EMAIL.search(row.text)
    return found[0] if found else ""
