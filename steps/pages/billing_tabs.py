"""Tabs that Billing may have of its own: Current Plan behind one, invoices and billing information behind others."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakSet

from steps.pages.base_page import LOST_CLICK, BasePage
from steps.pages.polling import ignore_navigation_errors
from steps.readers.page.capture import capture, element_at, selectors_of
from steps.readers.page.section_tabs import section_tab, tab_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from steps.readers.page.snapshot import Snapshot

SECTIONS = {"current_plan": "Current Plan", "billing_information": "Billing Information", "invoices": "Invoices"}
"""The documented sections, by the names of their labels in a profile."""


@dataclass(frozen=True)
class _First:
    """Where Current Plan shows: the name of its tab, "" where none is marked as the one that shows, and its address."""

    name: str
    address: str


_FIRST: dict[str, _First] = {}
"""The sites whose Billing has tabs of its own."""
_TURNED = WeakSet["Page"]()
"""The pages that may show another section, on sites that do not mark the tab that shows."""


class BillingTabs(BasePage):
    """The tabs within Billing, on a site that has any."""

    def note_tabs(self, snapshot: Snapshot) -> None:
        """Note what shows while Current Plan does, where another section is turned to from here."""
        if self.profile.base in _FIRST:
            return
        for section, title in SECTIONS.items():
            tab = section_tab(snapshot, self.labels, section, title)
            if tab.at >= 0 and section != "current_plan":
                _FIRST[self.profile.base] = _First(tab.shown, snapshot.url)
                return

    def turn_to(self, waiting: list[str]) -> bool:
        """Turn to the first of the sections that has a tab and does not show; it comes off the list."""
        if self.profile.base not in _FIRST:
            return False
        snapshot = self._snapshot()
        for section in waiting:
            if self._press_tab(snapshot, section_tab(snapshot, self.labels, section, SECTIONS[section]).at):
                waiting.remove(section)
                _TURNED.add(self.page)
                return True
        return False

    def turn_back(self) -> bool:
        """Turn to Current Plan, where another section shows; whether that was needed."""
        if (first := _FIRST.get(self.profile.base)) is None:
            return False
        if first.name:
            snapshot = self._snapshot()
            return self._press_tab(snapshot, tab_named(snapshot, [first.name]).at)
        is_turned = self.page in _TURNED
        _TURNED.discard(self.page)
        with ignore_navigation_errors():
            if is_turned and self.page.url == first.address:
                self.page.reload(wait_until="commit")
            elif is_turned:
                self.page.goto(first.address, wait_until="commit")
        return is_turned

    @contextmanager
    def turned_to(self, section: str) -> Iterator[bool]:
        """Show the tab of a section, and Current Plan's afterwards; yields whether it had to be turned to."""
        is_turned = self.turn_to([section])
        try:
            yield is_turned
        finally:
            if is_turned:
                self.turn_back()

    def _press_tab(self, snapshot: Snapshot, at: int) -> bool:
        """Press a tab, and wait until what it turns to shows; whether there is one."""
        tab = element_at(self.page, snapshot.stamp, at) if at >= 0 else None
        if tab is None:
            return False
        name, texts = snapshot.elements[at].name, snapshot.texts
        with ignore_navigation_errors():
            self.input.press(tab)

        def has_turned() -> bool:
            now = self._snapshot()
            return now.texts != texts and (not is_marked or tab_named(now, [name]).at < 0)

        is_marked = bool(tab_named(snapshot, [name]).shown)
        self.until(has_turned, LOST_CLICK)
        return True

    def _snapshot(self) -> Snapshot:
        return capture(self.page, selectors_of(self.profile))
