"""The list of invoices on the Billing tab, read page after page."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from steps.pages.base_page import LOST_CLICK, ElementNotFoundError, blame_promise
from steps.pages.billing import BillingPage
from steps.pages.polling import ignore_navigation_errors, until
from steps.readers.credits.loading import is_loading
from steps.readers.invoices.invoice_controls import Controls
from steps.readers.invoices.invoice_pages import (
    counted,
    earlier_rows,
    further_rows,
    part_shown,
    rows_beyond,
    told_last,
    told_total,
)
from steps.readers.invoices.invoice_windows import facts, marks, scrolled, turned
from steps.readers.invoices.invoices import Invoice, InvoiceList, read_invoices
from steps.readers.page.capture import capture, changed_since, element_at, selectors_of
from steps.readers.page.fact import Fact, Unclear
from steps.readers.page.snapshot import behind
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import ElementHandle, Page

    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

_SCROLLED = 0.4
"""Seconds in which a list that draws only what is scrolled to draws more."""
_LOADING = re.compile(r"\W*loading(?: (?:more|further|older|invoices|payments))*\W*", re.IGNORECASE)
_REST = 0.5
"""Seconds without a change after which a filtered list is read: a filter may be answered in several steps."""
_TO_THE_TOP = """row => { let moved = false;
  for (let up = row; up; up = up.assignedSlot ?? up.parentElement ?? up.getRootNode().host) {
    moved ||= up.scrollTop > 0; up.scrollTo({ top: 0, behavior: 'instant' }); }
  return moved && new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))); }"""
_SIDEWAYS = """line => {
  for (let up = line; up; up = up.assignedSlot ?? up.parentElement ?? up.getRootNode().host)
    if (/auto|scroll/.test(getComputedStyle(up).overflowX) && up.scrollWidth > up.clientWidth + 1) return true;
  return false; }"""
_CAN_SCROLL = """row => {
  for (let up = row; up; up = up.assignedSlot ?? up.parentElement ?? up.getRootNode().host) {
    const scrolls = up === document.documentElement || /auto|scroll/.test(getComputedStyle(up).overflowY);
    if (scrolls && up.scrollHeight > up.clientHeight + 1) return true;
  }
  return false; }"""
_INTO_VIEW = "line => line.scrollIntoView({ block: 'nearest', behavior: 'instant' })"
_TURNS_BELOW = """row => { const { left, right, bottom } = row.getBoundingClientRect();
  return document.getAnimations().some(({ playState, effect }) => {
    const box = effect?.target?.getBoundingClientRect();
    return playState === 'running' && effect.getComputedTiming().iterations === Infinity && box?.width > 0
      && box.bottom > bottom && box.top < innerHeight && box.left < right && box.right > left
      && getComputedStyle(effect.target).position !== 'fixed'; }); }"""
"""Whether something moves without an end below a row, in its width: a list shows so that more is on its way."""


class RepeatedPageError(NotVerifiedError):
    """The list says that it shows further payments, and shows those of the page before, or none."""


class InvoiceListPage(BillingPage):
    """The section with all past payments, as it shows now."""

    _seen: Snapshot | None = None
    _list: InvoiceList | None = None
    _rows: tuple[Invoice, ...] = ()

    def on_this_page(self) -> list[Invoice]:
        """Return the invoices of this page once they stop changing; they may load later than the rest of Billing."""
        return self.settled()

    def on_the_next_page(self, listed: list[Invoice]) -> list[Invoice]:
        """Go on from these invoices of the first page; return what is listed then, [] where there is no way on."""
        with suppress(RepeatedPageError):
            return self._turned(listed, 1) if self._further(1) is not None else []
        return []

    def all(self) -> list[Invoice]:
        """Return the invoices of all pages of the list, with the current filter.

        Raises NotVerifiedError where there are more than can be read in time, or than there is a way to, or where the
        section shows amounts of money and not one payment can be read.
        """
        deadline = time.monotonic() + 8 * self.limits.page
        listed = self._from_the_top()
        if not listed and self._list and (doubt := self._list.unread()):
            raise NotVerifiedError(str(doubt))
        seen, page, is_stuck = list(listed), 1, False
        while listed and not is_stuck:
            further = self._further(page)
            if further is None and not self._scroll_on(listed):
                break
            if time.monotonic() > deadline:
                raise NotVerifiedError(
                    f"{len(seen)} invoices were read, up to “{seen[-1].text}”, and there are more than can be read in"
                    " time. The profile line that settles it: limits.page = …"
                )
            now = self._after(listed) if further is None else self._turned(listed, page)
            count, joined = len(seen), (scrolled if further is None else turned)(seen, listed, now)
            if isinstance(joined, Unclear):
                raise NotVerifiedError(str(joined))
            if now and further is None and len(joined) == count:
                break  # it only moved
            seen, is_stuck = joined, not now
            listed, page = now, page + (further is not None)
        self._hold_end(seen, page, is_stuck=is_stuck)
        return seen

    def _hold_end(self, seen: list[Invoice], page: int, *, is_stuck: bool) -> None:
        """Raise where the list tells of more than was seen when it had no further page, or none with other rows."""
        lacking = "" if is_stuck else self._lacks()
        total = told_total(self._read())
        more = max(total, counted(self._read())) - len(seen)
        if is_stuck and more > 0 and self._read().is_said_to_be_empty:
            raise RepeatedPageError(
                f"The list shows no invoice behind the first {len(seen)}, and tells of {more} more."
            )
        if page > 1 and not is_stuck and told_last(self._read()) == len(seen) < total:  # the way on is known, and ends
            with blame_promise("doc:billing.6"):
                told = f"the list ends at “{part_shown(self._read())}”, and {len(seen)} were listed"
                raise ElementNotFoundError(f"Of {total} payments that the list tells of not all are listed: {told}.")
        if lacking:
            raise NotVerifiedError(
                f"{len(seen)} invoices were read, and there are more: “{lacking}”. The profile line that settles it:"
                ' labels.next_invoices = "…"'
            )
        if not self._lacks() and len(seen) < total:
            raise NotVerifiedError(
                f"{len(seen)} different invoices were read, and the list says that there are {total}. The profile line"
                ' that settles it: labels.invoices = { selector = "…" }'
            )

    def controls(self) -> Controls:
        """Return what the list is worked with, as it shows now."""
        return Controls(self._read())

    def settled(self, rest: float = 0.15) -> list[Invoice]:
        """Return the list once it is not empty and has not changed for a while, or what there is at the time limit."""
        last: list[Invoice] | None = None
        self.unfold("invoices")

        def is_settled() -> bool:
            nonlocal last
            before, last = last, self.listed()
            if not last:
                self._bring_into_view()
                self.close_news()
                self.unfold_again("invoices")
            is_known = bool(last) or bool(self._list and self._list.is_said_to_be_empty)
            return is_known and before == last and not (self._seen and is_loading(self._seen))

        until(is_settled, self.limits.page / 5, every=rest)
        return last or []

    def _bring_into_view(self) -> None:
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
        if self.listed() or not any("top" in one.states for one in self.snapshot().elements):
            return False
        covered = InvoiceList(behind(self.snapshot()), self.profile)
        return bool(tuple(covered.invoices())) or covered.is_said_to_be_empty

    def _read(self) -> InvoiceList:
        self.listed()
        assert self._list is not None
        return self._list

    def _lacks(self) -> str:
        """Return the line that says that more is listed than has been reached, "" for none."""
        return rows_beyond(self._read())

    def _from_the_top(self) -> list[Invoice]:
        """Return the rows once they stop changing, from the first one on: a list may be turned or scrolled already."""
        listed, deadline = self.settled(), time.monotonic() + 4 * self.limits.page
        while time.monotonic() < deadline and (way := self.handle(earlier_rows(self.controls()))) is not None:
            with ignore_navigation_errors():
                self.input.press(way)
            now = self._after(listed)
            if not now:
                break
            listed = now
        row = self.handle(listed[0].element) if listed else None
        return self.settled() if row is not None and row.evaluate(_TO_THE_TOP) else listed

    def _further(self, page: int) -> ElementHandle | None:
        return self.handle(further_rows(self.controls(), page))

    def _turned(self, before: list[Invoice], page: int) -> list[Invoice]:
        """Go on to further rows, once more where the page says that it has not moved; [] where there are none.

        Raises RepeatedPageError where it says that it has moved, and shows no other rows.
        """
        where = self._lacks()
        for _ in range(2 if where else 1):
            further = self._further(page)
            with ignore_navigation_errors():
                if further is not None:
                    self.input.press(further)
            now = self._after(before)
            if now or self._lacks() != where:
                return now or self._late(before, where)
        return []

    def _late(self, before: list[Invoice], where: str) -> list[Invoice]:
        """Return further rows that come later than what the list says of them. Raises as `_turned` does."""
        now = self._after(before, self.limits.page)
        there, listed = part_shown(self._read()), self.listed()
        is_told_apart = all(one.number or one.receipt_number for one in listed)
        if now or not where or there in {"", where} or not is_told_apart:
            return now
        told = f"those from “{listed[0].text}” on, as before" if listed else "none"
        raise RepeatedPageError(f"The list of invoices went on from “{where}” to “{there}”, and shows {told}.")

    def _scroll_on(self, listed: list[Invoice]) -> bool:
        """Scroll the last row to the top of its list; whether that brings other rows to show."""
        row = self.handle(listed[-1].element)
        if row is None or not row.evaluate(_CAN_SCROLL):
            return False
        with ignore_navigation_errors():
            row.evaluate("row => row.scrollIntoView({ block: 'start', behavior: 'instant' })")
        if until(partial(self._other_than, listed), _SCROLLED):
            return True
        last = self.handle(self.listed()[-1].element) if self.listed() else None
        is_more_to_come = (
            is_loading(self.snapshot())
            or any(_LOADING.fullmatch(one.text) for one in self._read().lines)
            or (last is not None and last.evaluate(_TURNS_BELOW))
        )
        return is_more_to_come and bool(self._after(listed))

    def _after(self, before: list[Invoice], limit: float = 0) -> list[Invoice]:
        return self.settled() if until(partial(self._other_than, before), limit or self.limits.page / 3) else []

    def _other_than(self, before: list[Invoice]) -> bool:
        now = self.listed()
        return bool(now) and marks(now) != marks(before)


def invoices_on(page: Page, profile: Profile) -> tuple[Invoice, ...]:
    """Return the invoices that a page shows now."""
    found = read_invoices(capture(page, selectors_of(profile)), profile)
    return found.value if isinstance(found, Fact) else ()


def loaded_invoices_on(page: Page, profile: Profile) -> tuple[Invoice, ...] | None:
    """Return the invoices that a page shows now; None where it shows none, and does not say that there are none."""
    found = InvoiceList(capture(page, selectors_of(profile)), profile)
    listed = tuple(found.invoices())
    return listed if listed or found.is_said_to_be_empty else None


def unread_invoices(page: Page, profile: Profile) -> Unclear | None:
    """Return what looks like payments where none can be read."""
    return InvoiceList(capture(page, selectors_of(profile)), profile).unread()


def is_on_another_page(page: Page, profile: Profile) -> bool:
    """Whether the list of invoices goes on elsewhere."""
    return further_rows(Controls(InvoiceList(capture(page, selectors_of(profile)), profile))) >= 0


def is_moved_sideways(page: Page, profile: Profile) -> bool:
    """Whether the list is wider than the box that it stands in, so that a part of each row shows at a time."""
    snapshot = capture(page, selectors_of(profile))
    lines = InvoiceList(snapshot, profile).lines
    parts = (element_at(page, snapshot.stamp, line.block) for line in lines)
    return any(one is not None and one.evaluate(_SIDEWAYS) for one in parts)
