"""A member as a list shows them: the row, and what it says of role, access and last login."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from steps.readers.page.terms import NO_WORD

if TYPE_CHECKING:
    from datetime import date

    from steps.readers.figures.dates import Calendar
    from steps.readers.lists.listing import Row
    from steps.readers.lists.neighbours import Neighbours

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
_DASH = re.compile(r"\s*[-\u2013\u2014]+\s*")
_NOT_CHOSEN = re.compile(r"\W*(?:please )?(?:select|choose|pick)(?: an?)?(?: role| one| access)?\W*", re.IGNORECASE)
_BARRED = re.compile(
    r"\b(?:invit(?:ed|ation)(?! by| on)|pending|de-?activated|inactive|suspended|disabled|blocked|removed|expired)\b",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"(?<![\w-])null null(?![\w-])")
"""A name of two parts that a program did not know: nobody is called so."""
_OPENS = re.compile(r"\s*[\u25be\u25bc\u2304\u02c5\u24d8\u270e\u22ee\u22ef]+\s*$")
"""Signs behind a value that say that it can be changed or explained."""
EMAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+")


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
        nothing = (_NOT_CHOSEN, NO_WORD)
        return tuple(
            name
            for name, text in told
            if text in {"", "null"}
            or any(one.fullmatch(text) for one in nothing)
            or (name == "role" and text.isdigit())  # as programs count roles
        )

    @property
    def dashes(self) -> tuple[str, ...]:
        """What of role and access is a dash: there may be none, or it is not told."""
        return tuple(name for name in ("role", "access") if _DASH.fullmatch(getattr(self, name)))

    @property
    def unwritten(self) -> str:
        """What a program wrote in the row in place of a name, "" for nothing."""
        found = NO_WORD.search(self.text) or _BLANKS.search(self.text)
        return found[0] if found else ""

    @property
    def barred(self) -> str:
        """The word by which the row says that somebody cannot use the workspace, "" for none."""
        found = _BARRED.search(f"{self.role} {self.access}")
        return found[0] if found else ""

    @property
    def never_signed_in(self) -> bool:
        """Whether it is told of no login: "Never", a dash."""
        return bool(_NO_LOGIN.fullmatch(self.last_login.strip()))

    def telling(self, column: str, text: str) -> UserRow:
        """Return the row with what it says of a column."""
        said = {one: getattr(self, one) for one in COLUMNS} | {column: text}
        return replace(self, role=said["role"], access=said["access"], last_login=said["last_login"])

    def is_of(self, *words: str) -> bool:
        """Whether this is the row of a person, by e-mail address or, where the row has none, by name."""
        known = [word.casefold() for word in words if word]
        if self.email and any("@" in word for word in known):
            return self.email.casefold() in known
        return any(word in self.text.casefold() for word in known)

    def wrong_login(self, latest: date, calendar: Calendar) -> bool:
        """Whether the last login is a day on which nobody logged in: later than `latest`, or long before the product.

        A date counts only where it is such a day in whatever order day and month are meant.
        """
        text = self.last_login.strip()
        if re.fullmatch(r"\d{10,13}", text):  # seconds since 1970, as programs count
            return True
        ways = (replace(calendar, order="dmy"), replace(calendar, order="mdy"))
        days = [[day.date for day in way.days_in(text) if day.date] for way in ways]
        ages = [int(age) for age in _YEARS_AGO.findall(text)]
        is_far = all(any(day > latest or day.year < _FIRST_YEAR for day in way) for way in days)
        return is_far or any(latest.year - age < _FIRST_YEAR for age in ages) or bool(_TO_COME.match(text))

    def login_before(self, day: date, today: date, calendar: Calendar) -> bool:
        """Whether the last login is told to be before a day: by its date, in either order, its age, or as none."""
        text = self.last_login.strip()
        ways = (replace(calendar, order="dmy"), replace(calendar, order="mdy"))
        days = [one.date for way in ways for one in way.days_in(text)]
        ages = [_LENGTHS[unit.lower()] * (int(many) if many.isdigit() else 1) for many, unit in _DAYS_AGO.findall(text)]
        ages += [1] * bool(_BEFORE_TODAY.search(text))
        told = [one for one in days if one] + [today - timedelta(days=age) for age in ages]
        return self.never_signed_in or (None not in days and bool(told) and max(told) < day)


def user_of(page: Neighbours, row: Row, said: dict[str, str]) -> UserRow:
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
    found = next(filter(None, map(EMAIL.search, parts)), None) or EMAIL.search(row.text)
    return found[0] if found else ""
