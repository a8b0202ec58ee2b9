"""The receipts of invoices: as a download, in a tab, shown here, or behind what a press on the row opens."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Response

from steps.pages.base_page import LOST_CLICK, ElementNotFoundError, blame_promise
from steps.pages.filter_panel import drawn
from steps.pages.polling import ignore_navigation_errors, is_navigation_error, until
from steps.pages.receipt_menus import INTO_VIEW, ReceiptMenus
from steps.readers.invoices.receipt_links import pressed_since, receipt_among, receipts_called
from steps.readers.page.capture import capture, element_at, selectors_of
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Download, ElementHandle, Page

    from steps.readers.invoices.invoices import Invoice
    from steps.readers.page.snapshot import Snapshot


def _is_script_s(file: Download | Response) -> bool:
    """Whether a script has asked for a file, whose content the browser may not keep."""
    return isinstance(file, Response) and file.request.resource_type in {"fetch", "xhr"}


def _may_be_asked(file: Download | Response) -> bool:
    """Whether anybody who is signed in could ask for a file by its address alone."""
    if not isinstance(file, Response):  # how it was asked for is not told: its owner can, then
        with suppress(PlaywrightError):
            return file.url.startswith("http") and file.page.context.request.get(file.url).body().startswith(b"%PDF")
        return False
    if "authorization" in file.request.headers:
        return False
    return file.request.method == "GET" and file.url.startswith("http")


class Receipts(ReceiptMenus):
    """The section with all past payments, each with its receipt."""

    _chosen: Invoice | None = None
    """The invoice whose row was chosen last, for what gives the receipts of chosen rows."""

    @blame_promise("doc:billing.6")
    def receipt(self, invoice: Invoice) -> bytes:
        """Download an invoice's receipt, and return what the file holds. Raises ElementNotFoundError.

        It may come as a download here or in a tab of its own, or be shown there. What the press opens instead, with a
        way to it, is passed.
        """
        link, before = self._receipt(invoice), self.snapshot()
        address = _address_of(link)
        came: list[Download | Response] = []
        with self._listening(came) as tabs:
            self.input.press(link)
            until(lambda: came, LOST_CLICK, page=self.page)
            until(lambda: came or self._onward(before, tabs), self.limits.page, page=self.page)
            if not came and (onward := self._onward(before, tabs)) is not None:
                address = _address_of(onward)
                self.input.press(onward)
                until(lambda: came, self.limits.page, page=self.page)
            content = self._content(came)
        self._leave(before)
        self._close_menu(link, LOST_CLICK)
        self._let_go()
        told = invoice.number or invoice.text or f"the invoice of {invoice.date}"
        if content is None and came and all(map(_is_script_s, came)):
            raise NotVerifiedError(f"The receipt of {told} was fetched by a script, and its file could not be read.")
        if content is None and not came and not address.startswith("http"):
            raise ElementNotFoundError(f"The receipt of {told} could not be downloaded.")
        if content is not None:
            return content
        answer = self.page.context.request.get(came[0].url if came else address)
        if not answer.ok:
            raise ElementNotFoundError(
                f"The receipt of {told} could not be downloaded: its address answers with status {answer.status}"
            )
        return answer.body()

    def _content(self, came: list[Download | Response]) -> bytes | None:
        """Return what the file holds that has come, None where the browser does not keep it."""
        if came and all(map(_is_script_s, came)):  # which makes a file of it and saves that
            until(lambda: not all(map(_is_script_s, came)), LOST_CLICK, page=self.page)
        for limit in (0, LOST_CLICK):  # a file that is saved may be told of after the answer that it comes with
            until(lambda: not all(isinstance(one, Response) for one in came), limit, page=self.page)
            for one in sorted(came, key=_is_script_s):
                with suppress(PlaywrightError):  # what is shown may be kept nowhere
                    content = one.body() if isinstance(one, Response) else one.path().read_bytes()
                    if content or not isinstance(one, Response):
                        return content
        return None

    def _onward(self, before: Snapshot, tabs: list[Page]) -> ElementHandle | None:
        """Return the way to the receipt in what the press has opened: over this page, instead of it, or in a tab."""
        names = self.labels.of("receipt").names
        for page, known in [*((tab, None) for tab in reversed(tabs)), (self.page, before)]:
            with ignore_navigation_errors():
                now = capture(page, selectors_of(self.profile))
                at = receipt_among(now.elements, pressed_since(known, now), names)
                if at >= 0:
                    return element_at(page, now.stamp, at)
        return None

    @contextmanager
    def _listening(self, came: list[Download | Response]) -> Iterator[list[Page]]:
        """Note files that are downloaded or shown meanwhile; yield the tabs that are opened, and close them then."""
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
            yield opened
        finally:
            for place, event, listener in listeners:
                place.remove_listener(event, listener)
            for tab in opened:
                tab.close()

    @blame_promise("doc:billing.6")
    def receipt_addresses(self, invoice: Invoice) -> tuple[str, str]:
        """Return the URLs of the page with an invoice's receipt and of the receipt itself, "" for what has none.

        What a script fetches when the way to it is pressed has one.
        """
        link, before = self._receipt(invoice), self.snapshot()
        address, page = _address_of(link), ""
        if not address or self._is_a_page(address):
            page = address
            came: list[Download | Response] = []
            with self._listening(came) as tabs:
                self.input.press(link)
                until(lambda: came or self._onward(before, tabs), LOST_CLICK, page=self.page)
                onward = self._onward(before, tabs)
                address = _address_of(onward) if onward else next((one.url for one in came if _may_be_asked(one)), "")
            self._leave(before)
        self._close_menu(link)
        self._let_go()
        return page, address

    def _is_a_page(self, address: str) -> bool:
        """Whether what a link leads to is a page, which may have the way to the receipt."""
        with suppress(PlaywrightError):  # nothing answers there: it is taken as it is
            kind = self.page.context.request.get(address).headers.get("content-type", "")
            return address.startswith("http") and kind.startswith("text/html")
        return False

    def _receipt(self, invoice: Invoice) -> ElementHandle:
        """Return the way to an invoice's receipt, in view: a list may draw anew what is scrolled to."""
        link = self._link(invoice)
        return link if link.evaluate(INTO_VIEW) else self._link(invoice)

    def _link(self, invoice: Invoice) -> ElementHandle:
        now = self._now(invoice)
        link = self.handle(now.receipt) if now is not None else None
        if link is None and now is not None and now.menu >= 0:
            try:
                link = self._in_menu(now)
            except PlaywrightError as error:  # its row was drawn anew just then
                if not is_navigation_error(error):
                    raise
                link = self._in_menu(self._now(invoice) or now)
        if link is None and now is not None:
            link = self._of_chosen(now)
        if link is None:
            self._let_go()
            raise ElementNotFoundError(
                f"The invoice {invoice.number or invoice.text} has no receipt to download. {self.describe_page()}"
            )
        return link

    def _of_chosen(self, invoice: Invoice) -> ElementHandle | None:
        """Choose the row of an invoice, and return what gives the receipts of chosen rows, None for nothing."""
        choice, names = self.handle(invoice.choice), self.labels.of("receipt").names
        if choice is None:
            return None
        self._chosen = invoice
        if not choice.is_checked():
            self.input.press(drawn(choice))

        def found() -> int:
            called = receipts_called(self.controls().listed.presses.acting_on_chosen(), names)
            return called[0] + 1 if len(called) == 1 else 0

        return self.handle((self.until(found, LOST_CLICK) or 0) - 1)

    def _let_go(self) -> None:
        """Take the tick from the row that was chosen: where several can be, the next one would be given with it."""
        if self._chosen is not None and (now := self._now(self._chosen)) is not None:
            box = self.handle(now.choice)
            if box is not None and self.snapshot().elements[now.choice].role == "checkbox" and box.is_checked():
                self.input.press(drawn(box))
        self._chosen = None


def _address_of(link: ElementHandle) -> str:
    return str(link.evaluate("link => link.href ?? ''"))
