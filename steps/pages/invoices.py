"""The invoices on the Billing tab: page after page, filtered by type or date, each with a receipt."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

from steps.pages.base_page import LOST_CLICK, ElementNotFoundError, blame_promise, starts_with_label
from steps.pages.billing import BillingPage
from steps.pages.polling import ignore_navigation_errors, until
from steps.readers.capture import capture, changed_since, element_at, selectors_of
from steps.readers.fact import Fact, Unclear
from steps.readers.invoices import Invoice, filters_of, further_of, read_invoices
from steps.readers.loading import is_loading
from steps.readers.payments import choice_for, kind_of
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from playwright.sync_api import ElementHandle, Locator

    from steps.readers.invoices import Filter
    from steps.readers.payments import Kind
    from steps.readers.snapshot import Snapshot

_MOST_PAGES = 200
_SCROLLED = 0.4
"""Seconds in which a list that draws only what is scrolled to draws more."""
_REST = 0.5
"""Seconds without a change after which a filtered list is read: a filter may be answered in several steps."""
_APPLY = re.compile(r"^\W*(?:apply|filter|search|show results)\b", re.IGNORECASE)
_CHOICES = frozenset({"option", "menuitemradio", "menuitem", "radio"})


class Invoices(BillingPage):
    """The section with all past payments."""

    _seen: Snapshot | None = None
    _read: tuple[Invoice, ...] = ()
    _patience: float | None = None
    """Seconds after which an empty list is taken for one: a filtered one has been waited for already."""

    def on_this_page(self) -> list[Invoice]:
        """Return the invoices of this page once they stop changing; they may load later than the rest of Billing."""
        return self._settled()

    def all(self) -> list[Invoice]:
        """Return the invoices of all pages of the list, with the current filter."""
        listed = self._settled()
        seen = list(listed)
        for _ in range(_MOST_PAGES):
            further = self._further()
            if not listed or (further is None and not self._scroll_on(listed)):
                return seen
            if further is not None:
                with ignore_navigation_errors():
                    self.input.press(further)
            before, listed = listed, self._after(listed)
            seen = _joined(seen, before, listed, is_one_list=further is None)
        return seen

    @blame_promise("doc:billing.6")
    def of_type(self, kind: Kind) -> None:
        """Filter by type: "credits" or "plans", whatever the site calls them."""
        listed = self._settled()
        found = self.until(self._filters, self.limits.page / 3)
        if not found:
            label = self.labels.of("invoice_type")
            raise ElementNotFoundError(f'The invoices have no filter "{label.names[0]}". {self.describe_page()}')
        offered: list[str] = []
        for one in found:
            words = self._unfolded(one)
            wanted = choice_for(kind, list(words), listed)
            if wanted is not None:
                self._choose(one, wanted, words[wanted])
                is_all_of_kind = all(kind_of(row) == kind for row in listed)
                self._wait_for_change(listed, LOST_CLICK if is_all_of_kind else 0)
                return
            self.page.keyboard.press("Escape")
            offered += words
        seen = tuple(dict.fromkeys(offered))
        raise NotVerifiedError(str(Unclear(f"the filter for {kind}", seen, 'labels.invoice_type = "…"')))

    @blame_promise("doc:billing.6")
    def of_time(self, first: date, last: date) -> None:
        """Filter by date, including both days."""
        for name, day in (("invoices_from", first), ("invoices_to", last)):
            before = self._settled()
            field = self._date_field(name)
            field.fill(self._written(field, day))
            if not field.input_value():
                raise NotVerifiedError(f'The field "{self.labels.of(name).names[0]}" takes no typed date.')
            field.press("Tab")
            self._wait_for_change(before, self.limits.page / 10)
        apply = self.page.get_by_role("button", name=_APPLY).filter(visible=True)
        if apply.count():
            self.input.press(apply.first)
            self._wait_for_change(before)

    @blame_promise("doc:billing.6")
    def receipt(self, invoice: Invoice) -> bytes:
        """Download an invoice's receipt, and return what the file holds. Raises ElementNotFoundError."""
        link, address = self._receipt(invoice), self.receipt_address(invoice)
        try:
            with self.page.expect_download(timeout=self.limits.page * 1000) as download:
                self.input.press(link)
            return download.value.path().read_bytes()
        except PlaywrightError:
            if not address.startswith("http"):
                raise ElementNotFoundError(f"The receipt of {invoice.number} could not be downloaded.") from None
        return self.page.context.request.get(address).body()  # one that opens in a tab instead

    @blame_promise("doc:billing.6")
    def receipt_address(self, invoice: Invoice) -> str:
        """Return the URL of an invoice's receipt, "" for what is no link."""
        return str(self._receipt(invoice).evaluate("link => link.href ?? ''"))

    def _receipt(self, invoice: Invoice) -> ElementHandle:
        now = next((one for one in self._settled() if one.text == invoice.text), None)
        link = self._handle(now.receipt) if now is not None and now.receipt >= 0 else None
        if link is None:
            raise ElementNotFoundError(
                f"The invoice {invoice.number} has no receipt to download. {self.describe_page()}"
            )
        return link

    def _filters(self) -> tuple[Filter, ...]:
        return filters_of(self._snapshot(), self.profile)

    def _unfolded(self, one: Filter) -> dict[str, ElementHandle | None]:
        """Return what a filter offers, by its words: of a list, after it has been unfolded."""
        if one.kind == "chips":
            return {name: self._handle(at) for name, at, _ in one.options}
        box = self._handle(one.element)
        if box is None:
            return {}
        if box.evaluate("box => box.tagName") == "SELECT":
            words: list[str] = box.evaluate("box => [...box.options].map((one) => one.label)")
            return dict.fromkeys(words, box)
        before = {(part.role, part.name) for part in self._snapshot().elements}
        self.input.press(box)

        def options() -> dict[str, ElementHandle | None]:
            parts = enumerate(self._snapshot().elements)
            new = [
                (part.name, at) for at, part in parts if part.role in _CHOICES and (part.role, part.name) not in before
            ]
            return {name: self._handle(at) for name, at in new}

        return self.until(options, self.limits.page / 5) or {}

    def _choose(self, one: Filter, words: str, choice: ElementHandle | None) -> None:
        if choice is None:
            raise NotVerifiedError(f'"{words}" was gone before it could be chosen.')
        if one.kind == "list" and choice.evaluate("choice => choice.tagName") == "SELECT":
            choice.select_option(label=words)
        else:
            with ignore_navigation_errors():
                self.input.press(choice)

    def _date_field(self, name: str) -> Locator:
        label = self.labels.of(name)
        found = (
            self.page.locator(label.selector) if label.selector else self.page.get_by_label(starts_with_label(label))
        )
        shown = found.and_(self.page.locator("input")).filter(visible=True)
        if not until(shown.count, self.limits.page / 3):
            raise ElementNotFoundError(f'The invoices have no filter "{label.names[0]}". {self.describe_page()}')
        return shown.first

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

    def _wait_for_change(self, before: Sequence[Invoice], limit: float = 0) -> None:
        """Wait until the list is another one, and stays so."""
        limit = limit or self.limits.page / 5
        self._patience = _REST * 2
        if until(lambda: _facts(self._listed()) != _facts(before), limit):
            self._settled(_REST)

    def _further(self) -> ElementHandle | None:
        at = further_of(self._snapshot(), self.profile)
        return self._handle(at) if at >= 0 else None

    def _scroll_on(self, listed: list[Invoice]) -> bool:
        """Scroll the last row to the top of its list; whether that brings other rows to show."""
        row = self._handle(listed[-1].element)
        if row is None:
            return False
        with ignore_navigation_errors():
            row.evaluate("row => row.scrollIntoView({ block: 'start', behavior: 'instant' })")
        return bool(until(partial(self._other_than, listed), _SCROLLED))

    def _after(self, before: list[Invoice]) -> list[Invoice]:
        return self._settled() if until(partial(self._other_than, before), self.limits.page / 3) else []

    def _other_than(self, before: list[Invoice]) -> bool:
        now = self._listed()
        return bool(now) and _facts(now) != _facts(before)

    def _settled(self, rest: float = 0.15) -> list[Invoice]:
        """Return the list once it is not empty and has not changed for a while, or what there is at the time limit."""
        last: list[Invoice] = []

        def settled() -> list[Invoice]:
            nonlocal last
            before, last = last, self._listed()
            return last if before == last and not (self._seen and is_loading(self._seen)) else []

        return until(settled, self._patience or self.limits.page / 5, every=rest) or last

    def _listed(self) -> list[Invoice]:
        """Return the rows that show now."""
        seen = self._seen
        snapshot = self._snapshot()
        if seen is None or snapshot is not seen:
            found = read_invoices(snapshot, self.profile)
            self._read = found.value if isinstance(found, Fact) else ()
        return list(self._read)

    def _snapshot(self) -> Snapshot:
        """Return the page as it shows now: the last snapshot where nothing has changed since."""
        selectors = selectors_of(self.profile)
        new = changed_since(self.page, self._seen.stamp, selectors) if self._seen else capture(self.page, selectors)
        self._seen = new or self._seen
        assert self._seen is not None
        return self._seen

    def _handle(self, at: int) -> ElementHandle | None:
        return element_at(self.page, self._seen.stamp, at) if self._seen else None


def _joined(seen: list[Invoice], before: list[Invoice], now: list[Invoice], *, is_one_list: bool) -> list[Invoice]:
    """Return all rows seen so far with those that show now: a list that grew or was scrolled shows some again."""
    old, new = _facts(before), _facts(now)
    if new[: len(old)] == old:
        return [*seen[: len(seen) - len(before)], *now]
    most = min(len(old), len(new)) if is_one_list else 0
    shared = next((count for count in range(most, 0, -1) if old[-count:] == new[:count]), 0)
    return [*seen, *now[shared:]]


def _facts(listed: Sequence[Invoice]) -> list[str]:
    """Return what rows say, wherever they stand."""
    return [one.text for one in listed]
