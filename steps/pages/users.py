"""The list of users, in the left sidebar: the members of the workspace."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from steps.pages.base_page import BasePage, ElementNotFoundError, blame_promise, pattern_of
from steps.pages.polling import until
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from steps.targets.profile import Label

COLUMNS = ("role", "access", "last_login")
"""The documented columns; each is also the name of its label in a profile."""


@dataclass(frozen=True)
class UserRow:
    """A row of the list: its text, and the cells below the documented headings ("" if empty)."""

    text: str
    role: str
    access: str
    last_login: str

    @property
    def missing(self) -> list[str]:
        """The names of the empty columns."""
        return [name.replace("_", " ") for name in COLUMNS if not getattr(self, name)]

    def is_of(self, *words: str) -> bool:
        """Whether this is the row of a person, by e-mail address or name."""
        return any(word and word.lower() in self.text.lower() for word in words)


class UsersPage(BasePage):
    """The list of users."""

    def shows(self) -> bool:
        """Whether there is a list with the documented headings, or one without any headings."""
        return self._table() is not None or self._headless()

    @blame_promise("doc:users.1")
    def members(self) -> list[UserRow]:
        """Return all rows once there are any.

        Raises ElementNotFoundError if no table has the documented headings, and NotVerifiedError if the list has no
        headings, because role and access cannot be distinguished then.
        """
        found = until(self._members, self.limits.page / 3)
        if not found and self._headless():
            raise NotVerifiedError("Users has no headings here, so role and access cannot be distinguished.")
        if not found:
            raise ElementNotFoundError(f"Users lists nobody with role, access and last login. {self.describe_page()}")
        return found

    def _headless(self) -> bool:
        headings = self.page.locator("th, [role=columnheader]").filter(visible=True)
        named = re.compile(rf"^\W*(?:{pattern_of(self.labels.of('users'))})\W*$", re.IGNORECASE)
        return headings.count() == 0 and self.page.get_by_text(named).filter(visible=True).count() > 1

    def _members(self) -> list[UserRow]:
        table = self._table()
        if table is None:
            return []
        rows = [_cells(row) for row in table.get_by_role("row").all()]
        places = {name: self._place(rows[0], self.labels.of(name)) for name in COLUMNS}
        return [
            UserRow(" ".join(row), *(row[at] if at is not None and at < len(row) else "" for at in places.values()))
            for row in rows[1:]
            if row
        ]

    def _table(self) -> Locator | None:
        tables = self.page.get_by_role("table").or_(self.page.get_by_role("grid")).filter(visible=True)
        for index in range(tables.count()):
            rows = tables.nth(index).get_by_role("row")
            if rows.count() and self._place(_cells(rows.first), self.labels.of("role")) is not None:
                return tables.nth(index)
        return None

    def _place(self, headings: list[str], label: Label) -> int | None:
        named = re.compile(rf"^\W*(?:{pattern_of(label)})\W*$", re.IGNORECASE)
        return next((index for index, heading in enumerate(headings) if named.match(heading)), None)


def _cells(row: Locator) -> list[str]:
    cells = row.locator("th, td, [role=columnheader], [role=rowheader], [role=cell], [role=gridcell]")
    return [" ".join(text.split()) for text in cells.all_inner_texts()]
