"""The menus that open from the rows of a list of invoices, and the folded parts of rows, with ways to receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.pages.base_page import LOST_CLICK
from steps.pages.invoice_walk import InvoiceWalk
from steps.pages.polling import ignore_navigation_errors, until
from steps.readers.invoices.invoice_windows import facts
from steps.readers.invoices.receipt_links import menu_among, pressed_since, receipt_among
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle

    from steps.readers.invoices.invoices import Invoice
    from steps.readers.page.snapshot import Snapshot

INTO_VIEW = """link => { link.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(link.isConnected)))); }"""


class ReceiptMenus(InvoiceWalk):
    """A list of invoices with what opens from its rows."""

    _in_a_menu: ElementHandle | None = None
    """The way to a receipt that was found in a menu last, or in what a press on a whole row has opened."""
    _menu_button: ElementHandle | None = None
    """What opened that."""
    _row_closed: Snapshot | None = None
    """The page as it was before that opened."""

    def _now(self, invoice: Invoice) -> Invoice | None:
        """Return an invoice as it is listed now."""
        return next((one for one in self.settled() if facts([one]) == facts([invoice])), None)

    def _in_menu(self, invoice: Invoice) -> ElementHandle | None:
        """Open the menu of an invoice's row, and return what leads to its receipt there, None for nothing."""
        button = self.handle(invoice.menu)
        if button is not None and not button.evaluate(INTO_VIEW):  # drawn anew by being scrolled to
            button = self.handle((self._now(invoice) or invoice).menu)
        if button is None:
            return None
        self._row_closed = before = self.snapshot()
        self._menu_button = button
        self.input.press(button)
        found = self._shown_since(before)
        if found is not None and found < 0:  # a row that was unfolded may have a menu of its own
            now = self.snapshot()
            inner = self.handle(menu_among(now.elements, pressed_since(before, now)))
            if inner is not None:
                self.input.press(inner)
                found = self._shown_since(before)
        if found is None:
            raise NotVerifiedError(
                f"The receipt of {invoice.number or invoice.text} may be behind a menu, which did not open."
                ' The profile line that settles it: labels.receipt = "…"'
            )
        self._in_a_menu = self.handle(found)
        return self._in_a_menu

    def _shown_since(self, before: Snapshot) -> int | None:
        """Wait for the way to a receipt; return it, -1 where something else has come, None where nothing has."""
        names = self.labels.of("receipt").names
        found: int | None = None

        def shows() -> bool:
            nonlocal found
            now = self.snapshot()
            said = pressed_since(before, now)
            found = receipt_among(now.elements, said, names) if said else None
            return found is not None and found >= 0

        until(shows, LOST_CLICK)
        return found

    def _close_menu(self, link: ElementHandle, limit: float = 0) -> None:
        """Close the menu that a way to a receipt stands in, where it does not close by itself within a while.

        Leave the page that a press on the row led to.
        """
        if link is not self._in_a_menu or self._row_closed is None:
            return
        with ignore_navigation_errors():
            if until(lambda: not link.is_visible(), limit) and self.page.url == self._row_closed.url:
                return
        self._leave(self._row_closed)
        with ignore_navigation_errors():
            if link.is_visible():
                self.page.keyboard.press("Escape")
            if link.is_visible() and self._menu_button is not None and self._menu_button.is_visible():
                self.input.press(self._menu_button)  # a part of the row that was unfolded

    def _leave(self, before: Snapshot) -> None:
        """Leave what has come to lie over the list or to stand in its place."""
        if self.page.url != before.url:
            self.page.go_back(wait_until="commit")
            self.wait_until_parsed()
            return
        now, names = self.snapshot(), {name.casefold() for name in self.labels.of("close").names}
        known = {was.name for was in before.elements}
        way = next((at for at, name in pressed_since(before, now).items() if name.casefold() in names), -1)
        if way < 0 and not any(now.elements[at].name not in known for at in now.layers):
            return
        with ignore_navigation_errors():
            if (handle := self.handle(way)) is not None:
                self.input.press(handle)
            else:
                self.page.keyboard.press("Escape")
