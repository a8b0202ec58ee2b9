"""How the invoices are filtered by type: chosen, applied, and seen to have been."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import Error as PlaywrightError

from steps.pages.base_page import LOST_CLICK, ElementNotFoundError
from steps.pages.filter_panel import FilterPanel, beyond, drawn
from steps.pages.polling import ignore_navigation_errors, is_navigation_error
from steps.readers.invoices.invoice_controls import DATES
from steps.readers.invoices.invoice_filters import TypeFilters
from steps.readers.invoices.payments import choice_for, choice_for_all, kind_of
from steps.readers.page.fact import Unclear
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from playwright.sync_api import ElementHandle

    from steps.pages.invoice_list import InvoiceListPage
    from steps.readers.invoices.invoice_filters import Filter
    from steps.readers.invoices.invoices import Invoice
    from steps.readers.invoices.payments import Kind

_AT_ONCE = 0.6
"""Seconds within which a list that needs no further press begins to change."""
_CHOICES = frozenset({"option", "menuitemradio", "menuitemcheckbox", "menuitem", "radio", "checkbox"})
_SHOWS = """(box, words) => [box, ...box.querySelectorAll('input, select')].some((one) => {
  const chosen = [...(one.selectedOptions ?? [])].map((option) => option.label);
  const said = chosen.length ? chosen : [one.value ?? '', one.innerText ?? ''];
  return said.some((text) => String(text).replace(/\\s+/g, ' ').includes(words)); })"""
_SHOWN = "box => box.value ?? box.innerText ?? ''"
_STEPS = 3
"""What is chosen one after the other in a filter by properties: "Type", "=", "Credits"."""
_EQUALS = re.compile(r"(?:^|\s)(?:=|is|equals)\s*(?:equals)?\W*$", re.IGNORECASE)

_IS_OPEN = "one => one.ariaExpanded === 'true'"
_TICKED = """one => one.type === 'checkbox' ? one.checked
  : /checkbox$/.test(one.role ?? '') && one.ariaChecked === 'true'"""


class _Held(NamedTuple):
    """A filter with its elements on the page: what is found by a snapshot is another element of the next one."""

    filter: Filter
    box: ElementHandle | None
    pressed: ElementHandle | None
    options: Mapping[str, ElementHandle | None]


class _Offer(NamedTuple):
    """A filter, and its choice for the kind that is looked for."""

    held: _Held
    words: str
    choice: ElementHandle | None
    every: Mapping[str, ElementHandle | None]
    """All choices of the filter."""


class InvoiceFilter:
    """The filters of a list of invoices by type."""

    def __init__(self, page: InvoiceListPage) -> None:
        self._page = page
        self._limits = page.limits
        self._panel = FilterPanel(page)
        self._looked: Mapping[str, str] = {}
        """How the choices of a filter were marked before one was pressed."""

    def choose(self, kind: Kind) -> None:
        """Choose a kind of payments, apply it, and see to it that it is applied.

        Raises NotVerifiedError where that is not certain.
        """
        before, address = self._page.settled(), self._page.page.url
        for _ in range(2):  # a press may be lost
            offer = self._offer(kind, before)
            self._looked = _looks([offer.held])
            self._press(offer)
            changed = self._page.rest_after(before, _AT_ONCE) or self._panel.apply(before)
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
            words, was_ticked = offer.words, _is_ticked(offer.choice)
            self._press(offer, alone=False)
            changed = self._page.rest_after(before, _AT_ONCE) or self._panel.apply(before)
            changed = changed or (was_ticked and self._panel.clear(before))
            if was_ticked and changed and not self._page.listed():  # nothing ticked may mean nothing listed
                self._tick_all(offer)
            if changed or address != self._page.page.url:
                return True
            is_taken_back = was_ticked and not _is_ticked(offer.choice)
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

    def day_property(self) -> str:
        """Return what a filter by properties calls the day of a payment, "" where none offers that."""
        for one in self._filters():
            words = self._unfolded(one)
            self._fold(one, words)
            if found := next(filter(DATES.search, words), ""):
                return found
        return ""

    def _offer_for_all(self, kind: Kind, listed: Sequence[Invoice]) -> _Offer | None:
        try:
            offer = self._offer(kind, listed)
        except (NotVerifiedError, ElementNotFoundError):
            return None
        words = choice_for_all(list(offer.every))
        if words is None and _is_ticked(offer.choice):
            return offer
        if words is None:
            self._fold(offer.held, offer.every)
            return None
        return offer._replace(words=words, choice=offer.every[words])

    def _filters(self) -> list[_Held]:
        handle = self._page.handle
        return [
            _Held(one, handle(one.element), handle(one.press), {own.name: handle(own.element) for own in one.options})
            for one in TypeFilters(self._panel.controls()).found()
        ]

    def _offer(self, kind: Kind, listed: Sequence[Invoice]) -> _Offer:
        """Return the choice for a kind. Raises where there is no filter, or none that can be told for certain."""
        offered: list[str] = []
        found = self._page.until(self._filters, self._limits.page / 3) or []
        for is_revealed in (False, True):
            if (offer := self._among(found, kind, listed, offered)) is not None:
                return offer
            if is_revealed or self._panel.opened_by or not self._panel.reveal():
                break
            found = self._filters()
        if offered or found or self._panel.opened_by:
            seen = tuple(dict.fromkeys(offered))
            raise NotVerifiedError(str(Unclear(f"the filter for {kind}", seen, 'labels.invoice_type = "…"')))
        label = self._page.labels.of("invoice_type")
        raise ElementNotFoundError(f'The invoices have no filter "{label.names[0]}". {self._page.describe_page()}')

    def _among(
        self,
        found: Sequence[_Held],
        kind: Kind,
        listed: Sequence[Invoice],
        offered: list[str],
        *,
        is_inner: bool = False,
    ) -> _Offer | None:
        """Return the choice for a kind that some filters have, or those in a panel that one opens; None for none."""
        for one in found:
            words = self._unfolded(one)
            for _ in range(_STEPS):
                wanted = choice_for(kind, list(words), listed)
                if wanted is not None:
                    return _Offer(one, wanted, words[wanted], words)
                if not (further := self._beyond_property(words)):
                    break
                words = further
            inner = [] if is_inner else self._brought_by(one)
            if inner and (offer := self._among(inner, kind, listed, offered, is_inner=True)) is not None:
                return offer
            self._fold(one, words)
            offered += words
        return None

    def _beyond_property(self, words: Mapping[str, ElementHandle | None]) -> dict[str, ElementHandle | None]:
        """Choose the type where properties are offered, or "=" where it is asked how; returns what is offered then."""
        names = {name.casefold() for name in self._page.labels.of("invoice_type").names}
        said = next((one for one in words if one.casefold() in names or _EQUALS.search(one)), "")
        if not said or (choice := words[said]) is None:
            return {}
        before = set(self._page.controls().marks().values())
        self._page.input.press(drawn(choice))
        return self._page.until(lambda: self._choices_beyond(before), self._page.limits.page / 5) or {}

    def _brought_by(self, opener: _Held) -> list[_Held]:
        """Return the filters that have come to show since one was unfolded: that is a panel."""
        if opener.filter.kind != "list":
            return []
        new = set(self._panel.brought())
        found = [one for one in self._filters() if one.filter.element in new]
        if found and opener.pressed is not None:
            self._panel.opened_by = str(opener.pressed.evaluate("one => one.ariaLabel ?? one.innerText ?? ''")).strip()
        return found

    def _unfolded(self, one: _Held) -> Mapping[str, ElementHandle | None]:
        """Return what a filter offers, by its words: of a list, after it has been unfolded."""
        if one.filter.kind == "choices":
            return one.options
        if one.box is None or one.pressed is None:
            return {}
        if one.box.evaluate("box => box.tagName") == "SELECT":
            words: list[str] = one.box.evaluate("box => [...box.options].map((one) => one.label)")
            return dict.fromkeys(words, one.box)
        opener = one.pressed
        if opener.evaluate(_IS_OPEN):  # what was chosen before has left it so
            self._page.input.press(opener)
            self._page.until(lambda: not opener.evaluate(_IS_OPEN), LOST_CLICK)
        before = self._panel.open(opener)
        return self._page.until(lambda: self._choices_beyond(before), self._limits.page / 5) or {}

    def _choices_beyond(self, before: set[tuple[str, ...]]) -> dict[str, ElementHandle | None]:
        controls = self._page.controls()
        new = beyond(controls, before)
        listed = [at for at in new if controls.elements[at].role in _CHOICES]
        choices = listed or [at for at in new if controls.is_free(at)]
        return {controls.said(at): self._page.handle(at) for at in choices}

    @staticmethod
    def _fold(one: _Held, words: Mapping[str, ElementHandle | None]) -> None:
        """Fold a list again that offers nothing for the kind."""
        shown = [choice for choice in words.values() if choice is not None and choice != one.pressed]
        if one.filter.kind == "list" and shown and shown[0].is_visible() and one.pressed is not None:
            with suppress(PlaywrightError):  # it may have been drawn anew by being pressed
                one.pressed.press("Escape")

    def _press(self, offer: _Offer, *, alone: bool = True) -> None:
        if offer.choice is None:
            raise NotVerifiedError(f'"{offer.words}" was gone before it could be chosen.')
        is_native = offer.held.filter.kind == "list" and offer.choice.evaluate("choice => choice.tagName") == "SELECT"
        with ignore_navigation_errors():
            if is_native:
                offer.choice.select_option(label=offer.words)
            elif not (alone and _is_ticked(offer.choice)):
                self._page.input.press(drawn(offer.choice))
            if alone and not is_native:
                self._take_others_back(offer)

    def _tick_all(self, offer: _Offer) -> None:
        """Tick all boxes of a filter, and wait for the list."""
        for choice in offer.every.values():
            if choice is not None and choice.is_visible() and not _is_ticked(choice):
                self._page.input.press(drawn(choice))
        self._page.rest_after([], self._limits.page / 5)

    def _take_others_back(self, offer: _Offer) -> None:
        """Take the other choices back where several can be chosen at once."""
        for words, other in offer.every.items():
            if words != offer.words and other is not None and _is_ticked(other):
                with suppress(PlaywrightError):  # the list may be drawn anew, or closed, by each choice
                    if (box := drawn(other)).is_visible():
                        self._page.input.press(box)

    def _is_chosen(self, offer: _Offer) -> bool:
        """Whether the page says that a choice is the one in effect."""
        if _is_ticked(offer.choice):
            return True
        filters = self._filters()
        if offer.held.filter.kind == "choices":
            options = (option for one in filters for option in one.filter.options)
            is_said = any(option.chosen for option in options if option.name == offer.words)
            return is_said or _have_changed_places(offer.words, self._looked, _looks(filters))
        boxes = (one.pressed for one in filters if one.filter.kind == "list")
        return any(bool(box.evaluate(_SHOWS, offer.words)) for box in boxes if box is not None)


def _doubt(about: str, listed: Sequence[Invoice]) -> NotVerifiedError:
    seen = tuple(one.text for one in listed[:3])
    return NotVerifiedError(str(Unclear(about, seen, 'labels.apply_filter = "…", or labels.invoice_type = "…"')))


def _looks(filters: Iterable[_Held]) -> dict[str, str]:
    """Return how a page's style sheet may mark each choice that shows, by its words."""
    options = ((words, handle) for one in filters for words, handle in one.options.items())
    return {words: str(handle.evaluate("one => one.className")) for words, handle in options if handle is not None}


def _have_changed_places(words: str, before: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Whether a choice is marked as another one was before, and that one as this was: a class alone tells so."""
    was, is_ = before.get(words), now.get(words)
    others = [other for other in before if other != words and before[other] == is_ and now.get(other) == was]
    return was != is_ and len(others) == 1


def _is_ticked(choice: ElementHandle | None) -> bool:
    """Whether a choice is a box that is ticked; one that was drawn anew is not."""
    try:
        return choice is not None and bool(choice.evaluate(_TICKED))
    except PlaywrightError as error:
        if is_navigation_error(error):
            return False
        raise
