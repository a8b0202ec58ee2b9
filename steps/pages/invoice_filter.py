"""How the invoices are filtered: chosen, applied where that needs a press of its own, and seen to have been."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import Error as PlaywrightError

from steps.pages.base_page import ElementNotFoundError
from steps.pages.polling import ignore_navigation_errors, is_navigation_error
from steps.readers.invoices.invoice_filters import TypeFilters
from steps.readers.invoices.payments import choice_for, choice_for_all, kind_of
from steps.readers.page.fact import Unclear
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playwright.sync_api import ElementHandle

    from steps.pages.invoice_list import InvoiceListPage
    from steps.readers.invoices.invoice_controls import Controls
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

_TICKED = """one => one.type === 'checkbox' ? one.checked
  : /checkbox$/.test(one.role ?? '') && one.ariaChecked === 'true'"""


class _Offer(NamedTuple):
    """A filter, and its choice for the kind that is looked for."""

    filter: Filter
    words: str
    choice: ElementHandle | None
    every: Mapping[str, ElementHandle | None]
    """All choices of the filter."""


class InvoiceFilter:
    """The filters of a list of invoices, and what brings them to show and applies them."""

    def __init__(self, page: InvoiceListPage) -> None:
        self._page = page
        self._limits = page.limits
        self._without: set[tuple[str, ...]] | None = None
        """What showed before more filters were brought to show."""
        self._revealed_by = ""

    def choose(self, kind: Kind) -> None:
        """Choose a kind of payments, apply it, and see to it that it is applied.

        Raises NotVerifiedError where that is not certain.
        """
        before, address = self._page.settled(), self._page.page.url
        for _ in range(2):  # a press may be lost
            offer = self._offer(kind, before)
            self._press(offer)
            changed = self._page.rest_after(before, _AT_ONCE) or self.apply(before)
            if changed or address != self._page.page.url:
                return
            if self._is_chosen(offer):
                break
        is_chosen = self._is_chosen(offer)
        if is_chosen and not all(kind_of(one) == kind for one in before):
            self._page.rest_after(before, self._limits.page / 3)  # it may only be slow
        if is_chosen and (all(kind_of(one) == kind for one in before) or not self._controls().unknown()):
            return  # it has nothing to change, or changes nothing
        about = f"whether the list is filtered after “{offer.words}” was chosen"
        seen = tuple(one.text for one in before[:3])
        raise NotVerifiedError(str(Unclear(about, seen, 'labels.apply_filter = "…", or labels.invoice_type = "…"')))

    def choose_all(self, kind: Kind) -> bool:
        """Choose what stands for all, or take the tick from what was chosen; whether the filter offers either.

        Raises NotVerifiedError where it is not certain that it is applied.
        """
        before, address, words = self._page.settled(), self._page.page.url, ""
        for _ in range(2):  # a press may be lost
            offer = self._offer_for_all(kind, before)
            if offer is None:
                return False
            words, was_ticked = offer.words, _is_ticked(offer.choice)
            self._press(offer, alone=False)
            changed = self._page.rest_after(before, _AT_ONCE) or self.apply(before)
            if was_ticked and changed and not self._page.listed():  # nothing ticked may mean nothing listed
                self._tick_all(offer)
            if changed or address != self._page.page.url:
                return True
            is_taken_back = was_ticked and not _is_ticked(offer.choice)
            if is_taken_back or (self._is_chosen(offer) and not was_ticked and not self._controls().unknown()):
                self._page.rest_after(before, self._limits.page / 3)  # it may only be slow
                return True
        about = f"whether the list is no longer filtered after “{words}” was chosen"
        seen = tuple(one.text for one in before[:3])
        raise NotVerifiedError(str(Unclear(about, seen, 'labels.apply_filter = "…", or labels.invoice_type = "…"')))

    def _offer_for_all(self, kind: Kind, listed: Sequence[Invoice]) -> _Offer | None:
        try:
            offer = self._offer(kind, listed)
        except (NotVerifiedError, ElementNotFoundError):
            return None
        words = choice_for_all(list(offer.every))
        if words is None and _is_ticked(offer.choice):
            return offer
        if words is None:
            self._fold(offer.filter, dict(offer.every))
            return None
        return offer._replace(words=words, choice=offer.every[words])

    def apply(self, before: Sequence[Invoice]) -> bool:
        """Press what applies filters, where there is such a thing; whether the list is another one then."""
        button = self._page.handle(self._controls().applying(self._revealed_by))
        if button is None:
            return False
        with ignore_navigation_errors():
            self._page.input.press(button)
        return self._page.rest_after(before, self._limits.page / 5)

    def reveal(self, *, days: bool = False) -> bool:
        """Press what brings filters to show, or fields for `days`; whether it brought anything."""
        controls = self._page.controls()
        at = controls.revealing_days() if days else controls.revealing()
        button = self._page.handle(at)
        if button is None:
            return False
        self._revealed_by, self._without = controls.said(at), set(controls.marks().values())
        self._page.input.press(button)
        return bool(self._page.until(self._new, self._limits.page / 5))

    @property
    def is_revealed(self) -> bool:
        """Whether more was brought to show."""
        return bool(self._revealed_by)

    def _controls(self) -> Controls:
        return self._page.controls(self._new())

    def _filters(self) -> list[Filter]:
        return TypeFilters(self._controls()).found()

    def _new(self, without: set[tuple[str, ...]] | None = None) -> list[int]:
        """Return what has come to show since more was brought to show."""
        known = self._without if without is None else without
        return [] if known is None else [at for at, one in self._page.controls().marks().items() if one not in known]

    def _offer(self, kind: Kind, listed: Sequence[Invoice]) -> _Offer:
        """Return the choice for a kind. Raises where there is no filter, or none that can be told for certain."""
        offered: list[str] = []
        found = self._page.until(self._filters, self._limits.page / 3) or []
        for is_revealed in (False, True):
            for one in found:
                words = self._unfolded(one)
                wanted = choice_for(kind, list(words), listed)
                if wanted is not None:
                    return _Offer(one, wanted, words[wanted], words)
                self._fold(one, words)
                offered += words
            if is_revealed or self._revealed_by or not self.reveal():
                break
            found = self._filters()
        if offered or found or self._revealed_by:
            seen = tuple(dict.fromkeys(offered))
            raise NotVerifiedError(str(Unclear(f"the filter for {kind}", seen, 'labels.invoice_type = "…"')))
        label = self._page.labels.of("invoice_type")
        raise ElementNotFoundError(f'The invoices have no filter "{label.names[0]}". {self._page.describe_page()}')

    def _unfolded(self, one: Filter) -> dict[str, ElementHandle | None]:
        """Return what a filter offers, by its words: of a list, after it has been unfolded."""
        if one.kind == "choices":
            return {option.name: self._page.handle(option.element) for option in one.options}
        box, pressed = self._page.handle(one.element), self._page.handle(one.press)
        if box is None or pressed is None:
            return {}
        if box.evaluate("box => box.tagName") == "SELECT":
            words: list[str] = box.evaluate("box => [...box.options].map((one) => one.label)")
            return dict.fromkeys(words, box)
        before = set(self._page.controls().marks().values())
        self._page.input.press(pressed)
        return self._page.until(lambda: self._choices_beyond(before), self._limits.page / 5) or {}

    def _choices_beyond(self, before: set[tuple[str, ...]]) -> dict[str, ElementHandle | None]:
        new, elements, controls = self._new(before), self._page.snapshot().elements, self._page.controls()
        choices = [at for at in new if elements[at].role in _CHOICES] or [at for at in new if controls.is_free(at)]
        return {controls.said(at): self._page.handle(at) for at in choices}

    def _fold(self, one: Filter, words: dict[str, ElementHandle | None]) -> None:
        """Fold a list again that offers nothing for the kind."""
        box = self._page.handle(one.press)
        shown = [choice for choice in words.values() if choice is not None and choice != box]
        if one.kind == "list" and shown and shown[0].is_visible() and box is not None:
            box.press("Escape")

    def _press(self, offer: _Offer, *, alone: bool = True) -> None:
        if offer.choice is None:
            raise NotVerifiedError(f'"{offer.words}" was gone before it could be chosen.')
        is_native = offer.filter.kind == "list" and offer.choice.evaluate("choice => choice.tagName") == "SELECT"
        with ignore_navigation_errors():
            if is_native:
                offer.choice.select_option(label=offer.words)
            elif not (alone and _is_ticked(offer.choice)):
                self._page.input.press(self._drawn(offer.choice))
            if offer.filter.options and alone:
                self._take_others_back(offer)

    def _tick_all(self, offer: _Offer) -> None:
        """Tick all boxes of a filter, and wait for the list."""
        for choice in offer.every.values():
            if choice is not None and choice.is_visible() and not _is_ticked(choice):
                self._page.input.press(self._drawn(choice))
        self._page.rest_after([], self._limits.page / 5)

    def _take_others_back(self, offer: _Offer) -> None:
        """Take the other choices back where several can be chosen at once."""
        for option in offer.filter.options:
            handle = self._page.handle(option.element) if option.name != offer.words else None
            if handle is not None and handle.evaluate("one => one.type === 'checkbox' && one.checked"):
                self._page.input.press(self._drawn(handle))

    def _drawn(self, choice: ElementHandle) -> ElementHandle:
        """Return what a person presses for a choice: its label where it is drawn by that."""
        label = choice.evaluate_handle("one => one.type && one.labels?.[0] || one").as_element()
        return label or choice

    def _is_chosen(self, offer: _Offer) -> bool:
        """Whether the page says that a choice is the one in effect."""
        filters = self._filters()
        options = [option for one in filters for option in one.options if option.name == offer.words]
        if offer.filter.kind == "choices":
            return any(option.chosen for option in options)
        for one in filters:
            box = self._page.handle(one.press) if one.kind == "list" else None
            if box is not None and box.evaluate(_SHOWS, offer.words):
                return True
        return False


def _is_ticked(choice: ElementHandle | None) -> bool:
    """Whether a choice is a box that is ticked; one that was drawn anew is not."""
    try:
        return choice is not None and bool(choice.evaluate(_TICKED))
    except PlaywrightError as error:
        if is_navigation_error(error):
            return False
        raise
