"""The invoices on the Billing tab: paginated, filtered by type or date, each with a receipt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from steps.pages.base_page import ElementNotFoundError, blame_promise, pattern_of, starts_with_label
from steps.pages.billing import BillingPage
from steps.pages.money import Money, money_in
from steps.pages.polling import until

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator

_ROWS = "tr, [role=row], li, [role=listitem], article"
_MOST_PAGES = 200
_DAYS = re.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}\.? [A-Za-z]{3,9},? \d{4}|[A-Za-z]{3,9} \d{1,2},? \d{4}|\d{1,2}/\d{1,2}/\d{4}"
)
_NUMBER = re.compile(r"[A-Za-z0-9]+(?:[-_/.]\w+)+|#\w+|[A-Z]+\d+")
_AMOUNT = re.compile(r"[\d.,]+")
_FORMATS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%m/%d/%Y")


@dataclass(frozen=True)
class Invoice:
    """One payment in the list."""

    text: str

    @property
    def prices(self) -> list[Money]:
        """The amounts of money in it."""
        return money_in(self.text)

    @property
    def credits(self) -> str | None:
        """The credits that were paid for, as written ("6,000"); None for a plan."""
        amounts = (rf"(?<![\d.,])(\d{{1,3}}(?:,\d{{3}})+|\d+)\s*{word}\b" for word in ("credits", "credit"))
        found = next(filter(None, (re.search(amount, self.text, re.IGNORECASE) for amount in amounts)), None)
        return found[1] if found else None

    @property
    def day(self) -> date | None:
        """The day of the payment, where its format is understood."""
        return day_in(self.text)

    @property
    def number(self) -> str:
        """The invoice's identifier: the first word with a digit that is neither an amount nor part of a date."""
        words = _DAYS.sub(" ", self.text).split()
        return next((word for word in words if _NUMBER.fullmatch(word) and not _AMOUNT.fullmatch(word)), "")


def day_in(text: str) -> date | None:
    """Return the day in a text: "22 November 2026", "Nov 22, 2026", "2026-11-22"."""
    found = _DAYS.search(text)
    plain = re.sub(r"[.,]", "", found[0]) if found else ""
    for written in _FORMATS:
        try:
            return datetime.strptime(plain, written).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    return None


class Invoices(BillingPage):
    """The section with all past payments."""

    def newest(self) -> Invoice | None:
        """Return the first invoice in the list, once there is one."""
        found = until(self._listed, self.limits.page)
        return found[0] if found else None

    def on_this_page(self) -> list[Invoice]:
        """Return the invoices of this page once they stop changing; they may load later than the rest of Billing."""
        return self._settled()

    def all(self) -> list[Invoice]:
        """Return the invoices of all pages of the list, with the current filter."""
        listed = self._settled()
        seen = list(listed)
        for _ in range(_MOST_PAGES):
            forward = self.first(self.labels.of("next_invoices"))
            if forward is None or not forward.is_enabled():
                return seen
            self.input.press(forward)
            before = listed
            if not before:
                return seen
            listed = until(lambda before=before: self._other_than(before), self.limits.page) or []  # type: ignore[misc] # bound now
            grown = listed[: len(before)] == before
            seen = [*seen[: -len(before)], *listed] if grown else [*seen, *listed]
        return seen

    @blame_promise("doc:billing.6")
    def of_type(self, name: str) -> None:
        """Filter by type: "credits" or "plans", whatever the site calls them."""
        box = self._filter("invoice_type")
        words = [option for option in box.locator("option").all_inner_texts() if name[:4].lower() in option.lower()]
        if not words:
            raise ElementNotFoundError(f"The invoices cannot be filtered for {name}. {self.describe_page()}")
        before = self._settled()
        box.select_option(label=words[0])
        until(lambda: self._listed() != before, self.limits.page / 5)

    def of_time(self, first: date, last: date) -> None:
        """Filter by date, including both days."""
        before = self._settled()
        for name, day in (("invoices_from", first), ("invoices_to", last)):
            self._filter(name).fill(day.isoformat())
        until(lambda: self._listed() != before, self.limits.page / 5)

    def receipt(self, invoice: Invoice) -> Path:
        """Download an invoice's receipt, and return the file's content. Raises ElementNotFoundError."""
        link = self._receipt(invoice)
        with self.page.expect_download(timeout=self.limits.page * 1000) as download:
            self.input.press(link)
        return download.value.path()

    def receipt_address(self, invoice: Invoice) -> str:
        """Return the URL of an invoice's receipt."""
        return str(self._receipt(invoice).evaluate("link => link.href ?? ''"))

    @blame_promise("doc:billing.6")
    def _receipt(self, invoice: Invoice) -> Locator:
        row = self.page.locator(_ROWS).filter(visible=True).filter(has_text=invoice.number).last
        link = self.first(self.labels.of("receipt"), row)
        if link is None:
            raise ElementNotFoundError(
                f"The invoice {invoice.number} has no receipt to download. {self.describe_page()}"
            )
        return link

    @blame_promise("doc:billing.6")
    def _filter(self, name: str) -> Locator:
        label = self.labels.of(name)
        found = (
            self.page.locator(label.selector) if label.selector else self.page.get_by_label(starts_with_label(label))
        )
        shown = found.and_(self.page.locator("select, input")).filter(visible=True)
        if not until(shown.count, self.limits.page):
            raise ElementNotFoundError(f'The invoices have no filter "{label.names[0]}". {self.describe_page()}')
        return shown.first

    def _other_than(self, before: list[Invoice]) -> list[Invoice]:
        now = self._listed()
        return now if now != before else []

    def _settled(self) -> list[Invoice]:
        """Return the list once two consecutive readings agree and are not empty, or an empty list at the time limit."""
        last: list[Invoice] = []

        def settled() -> list[Invoice]:
            nonlocal last
            before, last = last, self._listed()
            return last if before == last else []

        return until(settled, self.limits.page / 5, every=0.15) or last

    def _listed(self) -> list[Invoice]:
        """Return the rows below the title that contain a day and an amount of money."""
        label = self.labels.of("invoices")
        title = {"words": pattern_of(label), "selector": label.selector}
        found = [Invoice(row) for row in self.run_script("rows", title)]
        return [invoice for invoice in found if invoice.prices and _DAYS.search(invoice.text)]
