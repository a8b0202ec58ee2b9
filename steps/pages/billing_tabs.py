"""Tabs that Billing may have of its own: Current Plan behind one, invoices and billing information behind others."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from steps.pages.base_page import LOST_CLICK, BasePage
from steps.pages.polling import ignore_navigation_errors
from steps.readers.page.capture import capture, element_at, selectors_of
from steps.readers.page.titles import tab_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.readers.page.snapshot import Snapshot

SECTIONS = {"current_plan": "Current Plan", "billing_information": "Billing Information", "invoices": "Invoices"}
"""The documented sections, by the names of their labels in a profile."""
_FIRST_TABS: dict[str, str] = {}
"""The sites whose Billing has tabs of its own, each with the name of the one that shows with Current Plan."""


class BillingTabs(BasePage):
    """The tabs within Billing, on a site that has any."""

    def note_tabs(self, snapshot: Snapshot) -> None:
        """Note the tab that is selected while Current Plan shows, where another section has a tab beside it."""
        if self.profile.base in _FIRST_TABS:
            return
        for section in SECTIONS:
            at, shown = self._tab_of(snapshot, section)
            if at >= 0:
                _FIRST_TABS[self.profile.base] = shown

    def turn_to(self, waiting: list[str]) -> bool:
        """Press the tab of the first of the sections that has one and is not selected; it comes off the list."""
        if self.profile.base not in _FIRST_TABS:
            return False
        snapshot = self._snapshot()
        for section in waiting:
            at, _ = self._tab_of(snapshot, section)
            if self._press_tab(snapshot, at):
                waiting.remove(section)
                return True
        return False

    def turn_back(self) -> bool:
        """Press the tab with Current Plan, where another one shows; whether that was needed."""
        if (name := _FIRST_TABS.get(self.profile.base)) is None:
            return False
        snapshot = self._snapshot()
        return self._press_tab(snapshot, tab_of(snapshot, [name])[0])

    @contextmanager
    def turned_to(self, section: str) -> Iterator[bool]:
        """Show the tab of a section, and Current Plan's afterwards; yields whether it had to be turned to."""
        is_turned = self.turn_to([section])
        try:
            yield is_turned
        finally:
            if is_turned:
                self.turn_back()

    def _tab_of(self, snapshot: Snapshot, section: str) -> tuple[int, str]:
        return tab_of(snapshot, (*self.labels.of(section).names, SECTIONS[section]))

    def _press_tab(self, snapshot: Snapshot, at: int) -> bool:
        """Press a tab, and wait until it is selected; whether there is one."""
        tab = element_at(self.page, snapshot.stamp, at) if at >= 0 else None
        if tab is None:
            return False
        name = snapshot.elements[at].name
        with ignore_navigation_errors():
            self.input.press(tab)
        self.until(lambda: tab_of(self._snapshot(), [name])[0] < 0, LOST_CLICK)
        return True

    def _snapshot(self) -> Snapshot:
        return capture(self.page, selectors_of(self.profile))
