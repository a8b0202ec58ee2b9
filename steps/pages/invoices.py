"""The invoices on the Billing tab: listed, filtered by type or date, each with a receipt."""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Response

from steps.pages.base_page import LOST_CLICK, ElementNotFoundError, blame_promise, starts_with_label
from steps.pages.invoice_filter import InvoiceFilter
from steps.pages.invoice_list import InvoiceListPage
from steps.pages.polling import until
from steps.readers.invoice_windows import facts
from steps.readers.receipt_links import receipt_in_menu
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from playwright.sync_api import BrowserContext, Download, ElementHandle, Locator, Page

    from steps.readers.invoices import Invoice
    from steps.readers.payments import Kind

_INTO_VIEW = """link => { link.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(link.isConnected)))); }"""


class Invoices(InvoiceListPage):
    """The section with all past payments, with its filters and receipts."""

    _in_a_menu: ElementHandle | None = None
    """The way to a receipt that was found in a menu last."""

    @blame_promise("doc:billing.6")
    def of_type(self, kind: Kind) -> None:
        """Filter by type: "credits" or "plans", whatever the site calls them.

        Raises ElementNotFoundError where there is no filter, NotVerifiedError where it cannot be worked for certain.
        """
        InvoiceFilter(self).choose(kind)

    @blame_promise("doc:billing.6")
    def of_time(self, first: date, last: date) -> None:
        """Filter by date, including both days. Raises as `of_type` does."""
        before, filters = self.settled(), InvoiceFilter(self)
        for name, day in (("invoices_from", first), ("invoices_to", last)):
            now, field = self.settled(), self._date_field(name, filters)
            self._type_day(field, name, day)
            self.rest_after(now, self.limits.page / 10)
        if filters.is_revealed and filters.apply(before):
            return  # what was opened may lie over the list until then
        if self.is_other_than(before) or filters.apply(before):
            return
        with suppress(PlaywrightError):
            field.press("Enter")
        if not self.rest_after(before, LOST_CLICK) and not (field.count() and field.input_value()):
            label = self.labels.of("invoices_from").names[0]
            raise NotVerifiedError(
                f'The days typed into "{label}" are gone, and the list is as before. The profile line that settles it:'
                ' labels.invoices_from = "…" or labels.apply_filter = "…"'
            )

    @blame_promise("doc:billing.6")
    def receipt(self, invoice: Invoice) -> bytes:
        """Download an invoice's receipt, and return what the file holds. Raises ElementNotFoundError.

        It may come as a download here or in a tab of its own, or be shown there.
        """
        link = self._receipt(invoice)
        address = _address_of(link)
        came: list[Download | Response] = []
        with self._listening(came):
            self.input.press(link)
            until(lambda: came, self.limits.page, page=self.page)
            self._close_menu(link, LOST_CLICK)
            for one in came:
                with suppress(PlaywrightError):  # what is shown may be kept nowhere
                    return one.body() if isinstance(one, Response) else one.path().read_bytes()
        if not came and not address.startswith("http"):
            told = invoice.number or invoice.text or f"the invoice of {invoice.date}"
            raise ElementNotFoundError(f"The receipt of {told} could not be downloaded.")
        return self.page.context.request.get(came[0].url if came else address).body()

    @contextmanager
    def _listening(self, came: list[Download | Response]) -> Iterator[None]:
        """Note files that are downloaded or shown meanwhile, and close the tabs that were opened for them."""
        opened: list[Page] = []

        def note(download: Download) -> None:
            came.append(download)

        def note_tab(tab: Page) -> None:
            opened.append(tab)
            tab.on("download", note)

        def note_answer(response: Response) -> None:
            if response.headers.get("content-type", "").startswith("application/pdf"):
                came.append(response)

        listeners: list[tuple[Page | BrowserContext, Any, Callable[..., None]]] = [
            (self.page, "download", note),
            (self.page.context, "page", note_tab),
            (self.page.context, "response", note_answer),
        ]
        for place, event, listener in listeners:
            place.on(event, listener)
        try:
            yield
        finally:
            for place, event, listener in listeners:
                place.remove_listener(event, listener)
            for tab in opened:
                tab.close()

    @blame_promise("doc:billing.6")
    def receipt_address(self, invoice: Invoice) -> str:
        """Return the URL of an invoice's receipt, "" for what is no link."""
        link = self._receipt(invoice)
        address = _address_of(link)
        self._close_menu(link)
        return address

    def _receipt(self, invoice: Invoice) -> ElementHandle:
        """Return the way to an invoice's receipt, in view: a list may draw anew what is scrolled to."""
        link = self._link(invoice)
        return link if link.evaluate(_INTO_VIEW) else self._link(invoice)

    def _link(self, invoice: Invoice) -> ElementHandle:
        now = next((one for one in self.settled() if facts([one]) == facts([invoice])), None)
        link = self.handle(now.receipt) if now is not None else None
        if link is None and now is not None and now.menu >= 0:
            link = self._in_menu(now)
        if link is None:
            raise ElementNotFoundError(
                f"The invoice {invoice.number or invoice.text} has no receipt to download. {self.describe_page()}"
            )
        return link

    def _in_menu(self, invoice: Invoice) -> ElementHandle | None:
        """Open the menu of an invoice's row, and return what leads to its receipt there, None for nothing."""
        before, button, names = self.snapshot(), self.handle(invoice.menu), self.labels.of("receipt").names
        if button is None:
            return None
        found: int | None = None

        def shows() -> bool:
            nonlocal found
            found = receipt_in_menu(before, self.snapshot(), names)
            return found is not None and found >= 0

        self.input.press(button)
        if not until(shows, LOST_CLICK) and found is None:
            raise NotVerifiedError(
                f"The receipt of {invoice.number or invoice.text} may be behind a menu, which did not open."
                ' The profile line that settles it: labels.receipt = "…"'
            )
        self._in_a_menu = self.handle(-1 if found is None else found)
        return self._in_a_menu

    def _close_menu(self, link: ElementHandle, limit: float = 0) -> None:
        """Close the menu that a way to a receipt stands in, where it does not close by itself within a while."""
        if link is self._in_a_menu and not until(lambda: not link.is_visible(), limit):
            self.page.keyboard.press("Escape")

    def _date_field(self, name: str, filters: InvoiceFilter) -> Locator:
        label = self.labels.of(name)
        found = (
            self.page.locator(label.selector) if label.selector else self.page.get_by_label(starts_with_label(label))
        )
        shown = found.and_(self.page.locator("input")).filter(visible=True)
        if until(shown.count, self.limits.page / 3):
            return shown.first
        for days in (False, True):
            if filters.reveal(days=days) and until(lambda: shown.count() > 0, LOST_CLICK):
                return shown.first
        controls = self.controls()
        others = controls.dated()
        if others or controls.revealing() >= 0:
            seen = ", ".join(f'"{one}"' for one in others) or "what only more presses bring to show"
            raise NotVerifiedError(
                f"The invoices may be filtered by date with {seen}, which takes no typed days."
                f' The profile line that settles it: labels.{name} = "…"'
            )
        raise ElementNotFoundError(f'The invoices have no filter "{label.names[0]}". {self.describe_page()}')

    def _type_day(self, field: Locator, name: str, day: date) -> None:
        try:
            field.fill(self._written(field, day))
            taken = field.input_value()
            field.press("Tab")
        except PlaywrightError:
            taken = ""
        if not taken:
            raise NotVerifiedError(
                f'The field "{self.labels.of(name).names[0]}" takes no typed date.'
                f' The profile line that settles it: labels.{name} = "…"'
            )

    def _written(self, field: Locator, day: date) -> str:
        """Return a day as a field takes it: a field for dates in its own form, one for text in the form it shows."""
        if field.get_attribute("type") == "date":
            return day.isoformat()
        form = (field.get_attribute("placeholder") or "").upper()
        if not re.search(r"[DT]{1,2}.*MM|MM.*DD", form):
            from babel.dates import get_date_format

            form = str(get_date_format("short", self.profile.locale.replace("-", "_")).pattern).upper()
        form = re.sub(r"D+|T+", f"{day:%d}", re.sub(r"[YJ]+", f"{day:%Y}", form), count=0)
        return re.sub(r"M+", f"{day:%m}", form)


def _address_of(link: ElementHandle) -> str:
    return str(link.evaluate("link => link.href ?? ''"))
