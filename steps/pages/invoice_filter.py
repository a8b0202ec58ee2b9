"""How the invoices are filtered by type: chosen, applied, and seen to have been."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

from steps.pages.base_page import ElementNotFoundError
from steps.pages.filter_offers import FilterOffers, Held, Offer, is_ticked
from steps.pages.filter_panel import FilterPanel, drawn
from steps.pages.polling import ignore_navigation_errors
from steps.readers.invoices.invoice_filters import TypeFilters
from steps.readers.invoices.payments import choice_for, choice_for_all, kind_of
from steps.readers.page.fact import Unclear
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from steps.pages.invoice_list import InvoiceListPage
    from steps.readers.invoices.invoices import Invoice
    from steps.readers.invoices.payments import Kind

_AT_ONCE = 0.6
"""Seconds within which a list that needs no further press begins to change."""
_SHOWS = """(box, words) => [box, ...box.querySelectorAll('input, select')].some((one) => {
  const chosen = [...(one.selectedOptions ?? [])].map((option) => option.label);
  const said = chosen.length ? chosen : [one.value ?? '', one.innerText ?? ''];
  return said.some((text) => String(text).replace(/\\s+/g, ' ').includes(words)); })"""
_SHOWN = "box => box.value ?? box.innerText ?? ''"


class InvoiceFilter:
    """The filters of a list of invoices by type."""

    def __init__(self, page: InvoiceListPage) -> None:
        self._page = page
        self._limits = page.limits
        self._panel = FilterPanel(page)
        self._offers = FilterOffers(page, self._panel)
        self._looked: Mapping[str, str] = {}
        """How the choices of a filter were marked before one was pressed."""

    def choose(self, kind: Kind) -> None:
        """Choose a kind of payments, apply it, and see to it that it is applied.

        Raises NotVerifiedError where that is not certain.
        """
        before, address, count = self._page.settled(), self._page.page.url, self._page.count()
        for _ in range(2):  # a press may be lost
            offer = self._offers.find(kind, before)
            self._looked = _looks([offer.held])
            self._press(offer)
            changed = self._page.rest_after(before, _AT_ONCE) or self._panel.apply(before)
            changed = changed or self._page.count() not in {0, count}  # the first page may have those alone
            if changed or address != self._page.page.url:
                return
            if self._is_chosen(offer):
                break
        is_chosen = self._is_chosen(offer)
        if is_chosen and not all(kind_of(one) == kind for one in before):
            self._page.rest_after(before, self._limits.page / 3)  # it may only be slow
        if is_chosen and (all(kind_of(one) == kind for one in before) or not self._panel.controls().unknown()):
            return  # it has nothing to change, or changes nothing
        raise _doubt(f"whether the list is filtered after “{offer.words}” was chosen", before)

    def choose_all(self, kind: Kind) -> bool:
        """Choose what stands for all, take the tick from what was chosen, or clear it; whether the filter offers any.

        Raises NotVerifiedError where it is not certain that it is applied.
        """
        before, address, words = self._page.settled(), self._page.page.url, ""
        for _ in range(2):  # a press may be lost
            offer = self._offer_for_all(kind, before)
            if offer is None:
                return self._clear(kind, before)
            words, was_ticked = offer.words, is_ticked(offer.choice)
            self._press(offer, alone=False)
            changed = self._page.rest_after(before, _AT_ONCE) or self._panel.apply(before)
            changed = changed or (was_ticked and self._panel.clear(before))
            if was_ticked and changed and not self._page.listed():  # nothing ticked may mean nothing listed
                self._tick_all(offer)
            if changed or address != self._page.page.url:
                return True
            is_taken_back = was_ticked and not is_ticked(offer.choice)
            if is_taken_back or (self._is_chosen(offer) and not was_ticked and not self._panel.controls().unknown()):
                self._page.rest_after(before, self._limits.page / 3)  # it may only be slow
                return True
        raise _doubt(f"whether the list is no longer filtered after “{words}” was chosen", before)

    def _clear(self, kind: Kind, before: Sequence[Invoice]) -> bool:
        """Press what clears a field that shows the choice for a kind; whether it shows it no more."""
        controls = self._panel.controls()
        lists = (one for one in TypeFilters(controls).found() if one.kind == "list")
        fields = [(self._page.handle(one.press), self._page.handle(controls.clearing(one.element))) for one in lists]
        for field, sign in fields:
            if field is None or sign is None or not choice_for(kind, [shown := str(field.evaluate(_SHOWN))], before):
                continue
            self._page.input.press(sign)
            return self._page.rest_after(before, self._limits.page / 5) or field.evaluate(_SHOWN) != shown
        return False

    def _offer_for_all(self, kind: Kind, listed: Sequence[Invoice]) -> Offer | None:
        try:
            offer = self._offers.find(kind, listed)
        except (NotVerifiedError, ElementNotFoundError):
            return None
        words = choice_for_all(list(offer.every))
        if words is None and is_ticked(offer.choice):
            return offer
        if words is None:
            self._offers.fold(offer.held, offer.every)
            return None
        return offer._replace(words=words, choice=offer.every[words])

    def _press(self, offer: Offer, *, alone: bool = True) -> None:
        if offer.choice is None:
            raise NotVerifiedError(f'"{offer.words}" was gone before it could be chosen.')
        is_native = offer.held.filter.kind == "list" and offer.choice.evaluate("choice => choice.tagName") == "SELECT"
        with ignore_navigation_errors():
            if is_native:
                offer.choice.select_option(label=offer.words)
            elif not (alone and is_ticked(offer.choice)):
                self._page.input.press(drawn(offer.choice))
            if alone and not is_native:
                self._take_others_back(offer)

    def _tick_all(self, offer: Offer) -> None:
        """Tick all boxes of a filter, and wait for the list."""
        for choice in offer.every.values():
            if choice is not None and choice.is_visible() and not is_ticked(choice):
                self._page.input.press(drawn(choice))
        self._page.rest_after([], self._limits.page / 5)

    def _take_others_back(self, offer: Offer) -> None:
        """Take the other choices back where several can be chosen at once."""
        for words, other in offer.every.items():
            if words != offer.words and other is not None and is_ticked(other):
                with suppress(PlaywrightError):  # the list may be drawn anew, or closed, by each choice
                    if (box := drawn(other)).is_visible():
                        self._page.input.press(box)

    def _is_chosen(self, offer: Offer) -> bool:
        """Whether the page says that a choice is the one in effect."""
        if is_ticked(offer.choice):
            return True
        filters = self._offers.filters()
        if offer.held.filter.kind == "choices":
            options = (option for one in filters for option in one.filter.options)
            is_said = any(option.chosen for option in options if option.name == offer.words)
            return is_said or _have_changed_places(offer.words, self._looked, _looks(filters))
        boxes = (one.pressed for one in filters if one.filter.kind == "list")
        return any(bool(box.evaluate(_SHOWS, offer.words)) for box in boxes if box is not None)


def _doubt(about: str, listed: Sequence[Invoice]) -> NotVerifiedError:
    seen = tuple(one.text for one in listed[:3])
    return NotVerifiedError(str(Unclear(about, seen, 'labels.apply_filter = "…", or labels.invoice_type = "…"')))


def _looks(filters: Iterable[Held]) -> dict[str, str]:
    """Return how a page's style sheet may mark each choice that shows, by its words."""
    options = ((words, handle) for one in filters for words, handle in one.options.items())
    return {words: str(handle.evaluate("one => one.className")) for words, handle in options if handle is not None}


def _have_changed_places(words: str, before: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Whether a choice is marked as another one was before, and that one as this was: a class alone tells so."""
    was, is_ = before.get(words), now.get(words)
    others = [other for other in before if other != words and before[other] == is_ and now.get(other) == was]
    return was != is_ and len(others) == 1
