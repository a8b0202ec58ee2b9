"""The list of users, in the left sidebar: the members of the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.pages.base_page import BasePage, ElementNotFoundError, blame_promise
from steps.pages.polling import ignore_navigation_errors, until
from steps.readers.lists.listing import unlisted
from steps.readers.page.capture import capture, element_at, selectors_of
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.readers.page.lines import layout_of
from steps.readers.workspace.users import further_users, read_users, told_of_all
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.readers.page.snapshot import Snapshot
    from steps.readers.workspace.user_rows import UserRow

_REST = 0.15
"""Seconds without a change after which a list has loaded."""
_MOST_PAGES = 20


class UsersPage(BasePage):
    """The list of users."""

    def shows(self) -> bool:
        """Whether members are listed; where it cannot be told what of them, the page's title has to say so too."""
        snapshot = self._look()
        found = read_users(snapshot, self.profile)
        return isinstance(found, Fact) or (isinstance(found, Unclear) and self._is_titled(snapshot))

    def everybody(self) -> list[UserRow]:
        """Return the rows of all pages of the list.

        Raises NotVerifiedError where there is no known way to all, or the page says that it has another number of them.
        """
        listed = self.members()
        now = listed
        for _ in range(_MOST_PAGES):
            before = now
            if not self._turned(before):
                break
            now = self.members()
            listed = listed + [one for one in now if one not in before]
        if lacking := unlisted(layout_of(self._look()).lines):
            raise NotVerifiedError(
                f"{len(listed)} members were read, and there are more: “{lacking}”.", line='labels.next_invoices = "…"'
            )
        number, told = told_of_all(self._look())
        if number not in {0, len(listed)}:
            raise NotVerifiedError(
                f"“{told}” stands there, and {len(listed)} are listed: {'; '.join(one.text for one in listed)}"
            )
        return listed

    def _turned(self, before: list[UserRow]) -> bool:
        """Go on to further rows; whether others show then."""
        now = self._look()
        way = element_at(self.page, now.stamp, further_users(now, self.profile))
        if way is None:
            return False
        with ignore_navigation_errors():
            self.input.press(way)
        return bool(until(lambda: self.members() != before, self.limits.page / 3))

    @blame_promise("doc:users.1")
    def members(self) -> list[UserRow]:
        """Return the rows that show once they stop changing.

        Raises ElementNotFoundError where nobody is listed, and NotVerifiedError where it cannot be told what the list
        says of them.
        """
        last: Fact[tuple[UserRow, ...]] | Unclear | Absent | None = None

        def settled() -> bool:
            nonlocal last
            before, last = last, read_users(self._look(), self.profile)
            if isinstance(last, Absent):
                self.close_news()
            return isinstance(last, Fact) and before == last

        until(settled, self.limits.page / 3, every=_REST)
        if isinstance(last, Unclear):
            raise NotVerifiedError(str(last))
        if not isinstance(last, Fact):
            raise ElementNotFoundError(f"Users lists nobody with role, access and last login. {self.describe_page()}")
        return list(last.value)

    def _look(self) -> Snapshot:
        return capture(self.page, selectors_of(self.profile))

    def _is_titled(self, snapshot: Snapshot) -> bool:
        layout = layout_of(snapshot)
        names = {name.casefold() for name in self.labels.of("users").names}
        return any(line.text.strip().casefold() in names and not layout.is_pressed(line) for line in layout.lines)
