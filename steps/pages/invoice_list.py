"""The list of invoices on the Billing tab, as it shows now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from steps.pages.base_page import LOST_CLICK
from steps.pages.billing import BillingPage
from steps.pages.polling import ignore_navigation_errors, until
from steps.readers.credits.loading import is_loading
from steps.readers.invoices.invoice_controls import Controls
from steps.readers.invoices.invoice_days import folded_parts
from steps.readers.invoices.invoice_pages import counted, further_rows, told_total
from steps.readers.invoices.invoice_windows import facts
from steps.readers.invoices.invoices import Invoice, InvoiceList
from steps.readers.page.capture import capture, changed_since, element_at, selectors_of
from steps.readers.page.snapshot import behind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import ElementHandle, Page

    from steps.readers.page.fact import Unclear
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

_REST = 0.5
"""Seconds without a change after which a filtered list is read: a filter may be answered in several steps."""
_SIDEWAYS = """line => {
  for (let up = line; up; up = up.assignedSlot ?? up.parentElement ?? up.getRootNode().host)
    if (/auto|scroll/.test(getComputedStyle(up).overflowX) && up.scrollWidth > up.clientWidth + 1) return true;
  return false; }"""
_INTO_VIEW = "line => line.scrollIntoView({ block: 'nearest', behavior: 'instant' })"


class InvoiceListPage(BillingPage):
    """The section with all past payments, as it shows now."""

    _seen: Snapshot | None = None
    _list: InvoiceList | None = None
    _rows: tuple[Invoice, ...] = ()

    def on_this_page(self) -> list[Invoice]:
        """Return the invoices of this page once they stop changing; they may load later than the rest of Billing."""
        return self.settled()

    def controls(self) -> Controls:
        """Return what the list is worked with, as it shows now."""
        return Controls(self._read())

    def settled(self, rest: float = 0.15) -> list[Invoice]:
        """Return the list once it is not empty and has not changed for a while, or what there is at the time limit."""
        last: list[Invoice] | None = None
        self.unfold("invoices")
        self.unfold_parts()

        def is_settled() -> bool:
            nonlocal last
            before, last = last, self.listed()
            if not last:
                self.bring_into_view()
                self.close_news()
                self.unfold_again("invoices")
            has_come = bool(self._list and self._list.has_own_place)  # it may come after the rest of the page
            is_known = has_come and (bool(last) or bool(self._list and self._list.is_said_to_be_empty))
            return is_known and before == last and not (self._seen and is_loading(self._seen))

        until(is_settled, self.limits.page / 5, every=rest)
        return last or []

    def unfold_parts(self) -> InvoiceList:
        """Return the list once the months or years in it that were folded are not.

        Each is unfolded once, and the newest last: one may fold others.
        """
        done: set[str] = set()
        while True:
            listed = self._read()
            left = {name: at for name, at in folded_parts(listed.layout, listed.lines).items() if name not in done}
            if not left:
                return listed
            name, at = left.popitem()
            done.add(name)
            if (head := self.handle(at)) is not None:
                with ignore_navigation_errors():
                    self.input.press(head)
                self.until(partial(self._has_changed_from, listed.layout.snapshot), LOST_CLICK)

    def _has_changed_from(self, before: Snapshot) -> bool:
        return self.snapshot().stamp != before.stamp

    def bring_into_view(self) -> None:
        """Scroll to the end of the section: some load what they list only then."""
        listed = self._read()
        end = self.handle(listed.lines[-1].block) if listed.lines and listed.has_own_place else None
        if end is not None:
            end.evaluate(_INTO_VIEW)

    def listed(self) -> list[Invoice]:
        """Return the rows that show now."""
        seen, snapshot = self._seen, self.snapshot()
        if self._list is None or snapshot is not seen:
            self._list = InvoiceList(snapshot, self.profile)
            self._rows = tuple(self._list.invoices())
        return list(self._rows)

    def snapshot(self) -> Snapshot:
        """Return the page as it shows now: the last snapshot where nothing has changed since."""
        selectors = selectors_of(self.profile)
        new = changed_since(self.page, self._seen.stamp, selectors) if self._seen else capture(self.page, selectors)
        if new:
            self._seen, self._list = new, None
        assert self._seen is not None
        return self._seen

    def handle(self, at: int) -> ElementHandle | None:
        """Return an element of the last snapshot, to be pressed."""
        return element_at(self.page, self._seen.stamp, at) if self._seen and at >= 0 else None

    def count(self) -> int:
        """Return how many rows the list says that it has, on all its pages; 0 where it says nothing of it."""
        return told_total(self._read()) or counted(self._read())

    def is_other_than(self, before: Sequence[Invoice]) -> bool:
        """Whether the list is another one than before."""
        return facts(self.listed()) != facts(before)

    def rest_after(self, before: Sequence[Invoice], limit: float) -> bool:
        """Wait until the list is another one, and stays so; whether it is."""
        if until(lambda: self.is_other_than(before), limit):
            self.settled(_REST)
        return self.is_other_than(before)

    def uncover(self) -> None:
        """Close what was opened to filter the list, by the keyboard, where it still lies over that."""
        if self._is_covered():
            self.page.keyboard.press("Escape")
            self.until(lambda: not self._is_covered(), LOST_CLICK)
            self.settled(_REST)

    def _is_covered(self) -> bool:
        """Whether the list shows behind something else, and not in front."""
        if self.listed() or not self.snapshot().layers:
            return False
        covered = InvoiceList(behind(self.snapshot()), self.profile)
        return bool(tuple(covered.invoices())) or covered.is_said_to_be_empty

    def _read(self) -> InvoiceList:
        self.listed()
        assert self._list is not None
        return self._list


def invoices_on(page: Page, profile: Profile) -> tuple[Invoice, ...]:
    """Return the invoices that a page shows now, or in the tab that Billing has for them."""
    found = _list_on(page, profile)
    return tuple(found.invoices())


def loaded_invoices_on(page: Page, profile: Profile) -> tuple[Invoice, ...] | None:
    """Return the same; None where it shows none, and does not say that there are none."""
    found = _list_on(page, profile)
    listed = tuple(found.invoices())
    return listed if listed or found.is_said_to_be_empty else None


def unread_invoices(page: Page, profile: Profile) -> Unclear | None:
    """Return what looks like payments where none can be read."""
    return _list_on(page, profile).unread()


def is_on_another_page(page: Page, profile: Profile) -> bool:
    """Whether the list of invoices goes on elsewhere."""
    return further_rows(Controls(_list_on(page, profile))) >= 0


def _list_on(page: Page, profile: Profile) -> InvoiceList:
    """Return the list as the page shows it now; in a tab of its own once it has loaded there."""
    billing = InvoiceListPage(page, profile)
    with billing.turned_to("invoices") as is_turned:
        if is_turned:
            billing.settled()
        return billing.unfold_parts()


def is_moved_sideways(page: Page, profile: Profile) -> bool:
    """Whether the list is wider than the box that it stands in, so that a part of each row shows at a time."""
    snapshot = capture(page, selectors_of(profile))
    lines = InvoiceList(snapshot, profile).lines
    parts = (element_at(page, snapshot.stamp, line.block) for line in lines)
    return any(one is not None and one.evaluate(_SIDEWAYS) for one in parts)
