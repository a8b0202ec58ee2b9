"""The list of invoices gone through to its end: page after page, or as far as it can be scrolled."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from steps.pages.base_page import ElementNotFoundError, blame_promise
from steps.pages.invoice_list import InvoiceListPage
from steps.pages.polling import ignore_navigation_errors, until
from steps.readers.credits.loading import is_loading
from steps.readers.invoices.invoice_pages import (
    amiss,
    counted,
    earlier_rows,
    further_rows,
    part_shown,
    rows_beyond,
    told_last,
    told_of_all,
    told_total,
)
from steps.readers.invoices.invoice_windows import marks, scrolled, turned
from steps.readers.page.fact import Unclear
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle

    from steps.readers.invoices.invoices import Invoice


_SCROLLED = 0.4
"""Seconds in which a list that draws only what is scrolled to draws more."""
_LOADING = re.compile(r"\W*loading(?: (?:more|further|older|invoices|payments))*\W*", re.IGNORECASE)
_TO_THE_TOP = """row => { let moved = false;
  for (let up = row; up; up = up.assignedSlot ?? up.parentElement ?? up.getRootNode().host) {
    moved ||= up.scrollTop > 0; up.scrollTo({ top: 0, behavior: 'instant' }); }
  return moved && new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))); }"""
_CAN_SCROLL = """row => {
  for (let up = row; up; up = up.assignedSlot ?? up.parentElement ?? up.getRootNode().host) {
    const scrolls = up === document.documentElement || /auto|scroll/.test(getComputedStyle(up).overflowY);
    if (scrolls && up.scrollHeight > up.clientHeight + 1) return true;
  }
  return false; }"""
_SCROLLS_ON_APART = """(row, way) => {
  for (let up = row; up && !up.contains(way); up = up.assignedSlot ?? up.parentElement ?? up.getRootNode().host) {
    const scrolls = /auto|scroll/.test(getComputedStyle(up).overflowY);
    if (scrolls && up.scrollTop + up.clientHeight + 1 < up.scrollHeight) return true;
  }
  return false; }"""
"""Whether a list can be scrolled further in which the way to its next page does not stand."""
_TURNS_BELOW = """row => { const { left, right, bottom } = row.getBoundingClientRect();
  return document.getAnimations().some(({ playState, effect }) => {
    const box = effect?.target?.getBoundingClientRect();
    return playState === 'running' && effect.getComputedTiming().iterations === Infinity && box?.width > 0
      && box.bottom > bottom && box.top < innerHeight && box.left < right && box.right > left
      && getComputedStyle(effect.target).position !== 'fixed'; }); }"""
"""Whether something moves without an end below a row, in its width: a list shows so that more is on its way."""


class RepeatedPageError(NotVerifiedError):
    """The list says that it shows further payments, and shows those of the page before, or none."""


class InvoiceWalk(InvoiceListPage):
    """The list of invoices, with what lies on its further pages."""

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
        seen, page, is_stuck, is_at_end, is_drawn_in_view = list(listed), 1, False, False, False
        while listed and not is_stuck:
            further = self._further(page)
            is_scrolled = self._may_scroll(listed, further) and not is_at_end and self._scroll_on(listed)
            if further is None and not is_scrolled:
                break
            if time.monotonic() > deadline:
                raise NotVerifiedError(
                    f"{len(seen)} invoices were read, up to “{seen[-1].text}”, and there are more than can be read in"
                    " time. The profile line that settles it: limits.page = …"
                )
            now = self._after(listed) if is_scrolled else self._turned(listed, page)
            if not is_scrolled and is_drawn_in_view:
                now = self._to_the_top(now)
            count, joined = len(seen), (scrolled if is_scrolled else turned)(seen, listed, now)
            if isinstance(joined, Unclear):
                raise NotVerifiedError(str(joined))
            is_drawn_in_view |= is_scrolled
            is_at_end = bool(now) and is_scrolled and len(joined) == count  # it only moved
            if is_at_end and further is None:
                break
            seen, is_stuck = joined, not now
            listed, page = now, page + (not is_scrolled)
        self._hold_end(seen, page, is_stuck=is_stuck)
        return seen

    def amiss(self) -> str:
        """Return what the page of the list that shows says of itself that cannot be; "" for nothing."""
        self.settled()
        return amiss(self._read())

    def told_of_all(self) -> tuple[int, str]:
        """Return how many payments the list says that it has, and in which words; 0 and "" where it does not."""
        return told_of_all(self._read())

    def _hold_end(self, seen: list[Invoice], page: int, *, is_stuck: bool) -> None:
        """Raise where the list tells of more than was seen when it had no further page, or none with other rows."""
        lacking = "" if is_stuck else self._lacks()
        if is_stuck and (where := self._lacks()) and self._further(page) is not None:
            raise RepeatedPageError(
                f"The way on from “{where}” shows no other invoices than the {len(seen)} before it."
            )
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
        return self._to_the_top(listed)

    def _to_the_top(self, listed: list[Invoice]) -> list[Invoice]:
        row = self.handle(listed[0].element) if listed else None
        return self.settled() if row is not None and row.evaluate(_TO_THE_TOP) else listed

    def _may_scroll(self, listed: list[Invoice], further: ElementHandle | None) -> bool:
        """Whether the list may show more of this page: where it has no next one, or draws only what is scrolled to."""
        row = self.handle(listed[-1].element) if further is not None else None
        return further is None or (row is not None and bool(row.evaluate(_SCROLLS_ON_APART, further)))

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
