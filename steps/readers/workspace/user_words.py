"""What is told of a member in words alone, without a label or a heading: "Owner", "Full access", "last login today"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from steps.readers.workspace.user_rows import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.readers.page.lines import Layout
    from steps.readers.workspace.user_rows import UserRow
    from steps.targets.labels import Labels

_ROLE = re.compile(
    r"(?:(?:team|workspace|account|billing|super) )?"
    r"(?:owner|admin|administrator|manager|member|viewer|editor|guest|developer|operator|collaborator|user)",
    re.IGNORECASE,
)
_ACCESS = re.compile(r"[^\W\d_][\w -]* access|(?:all|no|\d+) (?:flows?|modules?|workflows?)", re.IGNORECASE)
_PARTS = re.compile(r"\s+[\u00b7\u2022|\u2013\u2014]\s+|[(),;]\s*|\.\s+|\s+with\s+")
_SIGNS = re.compile(r"^[^\w]+|[^\w)]+$")


def worded(layout: Layout, users: list[UserRow], labels: Labels) -> list[UserRow]:
    """Return members with what words alone tell of every one of them, where nothing else tells it of any."""
    told = [_told(layout, one, labels) for one in users]
    for at, key in enumerate(COLUMNS):
        if not any(getattr(one, key) for one in users) and all(len(some[at]) == 1 for some in told):
            values = [next(iter(some[at])) for some in told]
            users = [one.telling(key, value) for one, value in zip(users, values, strict=True)]
    return users


def _told(layout: Layout, user: UserRow, labels: Labels) -> tuple[set[str], set[str], set[str]]:
    """Return what may be a member's role, access and last login."""
    names = "|".join(map(re.escape, labels.of("last_login").names))
    login = re.compile(rf"(?<!\w)(?:{names})(?!\w)(?:\s+(?:was|on|at))?\s*:?\s+(\S.*)", re.IGNORECASE)
    roles, access, logins = set(), set(), set()
    for line in layout.within(user.element):
        if found := login.search(line.text):
            logins.add(found[1].strip())
        end = found.start() if found else len(line.text)
        starts = [start for start, _ in line.pieces if start < end] or [0]
        pieces = (line.text[a:b] for a, b in pairwise([*starts, end]))
        for part in (part for piece in pieces for part in _parts(piece)):
            if _ROLE.fullmatch(part):
                roles.add(part)
            elif _ACCESS.fullmatch(part):
                access.add(part)
    return roles, access, logins


def _parts(text: str) -> Iterator[str]:
    for part in _PARTS.split(text):
        yield _SIGNS.sub("", part or "").strip()
