"""What the filters of a list of invoices offer: unfolded, followed to the type's values, and folded again."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import Error as PlaywrightError

from steps.pages.base_page import LOST_CLICK, ElementNotFoundError
from steps.pages.filter_panel import FilterPanel, beyond, drawn
from steps.pages.polling import is_navigation_error
from steps.readers.invoices.invoice_controls import DATES
from steps.readers.invoices.invoice_filters import TypeFilters
from steps.readers.invoices.payments import CALLED, choice_for
from steps.readers.page.fact import Unclear
from steps.targets.labels import Labels
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playwright.sync_api import ElementHandle

    from steps.pages.invoice_list import InvoiceListPage
    from steps.readers.invoices.invoice_filters import Filter
    from steps.readers.invoices.invoices import Invoice
    from steps.readers.invoices.payments import Kind

_CHOICES = frozenset({"option", "menuitemradio", "menuitemcheckbox", "menuitem", "radio", "checkbox"})
_STEPS = 3
"""What is chosen one after the other in a filter by properties: "Type", "=", "Credits"."""
_EQUALS = re.compile(r"(?:^|\s)(?:=|is|equals)\s*(?:equals)?\W*$", re.IGNORECASE)
_IS_BOX = "one => one.type === 'checkbox' || /checkbox$/.test(one.role ?? '')"
_IS_OPEN = "one => one.ariaExpanded === 'true'"
_TICKED = """one => one.type === 'checkbox' ? one.checked
  : /checkbox$/.test(one.role ?? '') && one.ariaChecked === 'true'"""


class Held(NamedTuple):
    """A filter with its elements on the page: what is found by a snapshot is another element of the next one."""

    filter: Filter
    box: ElementHandle | None
    pressed: ElementHandle | None
    options: Mapping[str, ElementHandle | None]


class Offer(NamedTuple):
    """A filter, and its choice for the kind that is looked for."""

    held: Held
    words: str
    choice: ElementHandle | None
    every: Mapping[str, ElementHandle | None]
    """All choices of the filter."""


class FilterOffers:
    """The filters of a list by type, and what each of them offers."""

    def __init__(self, page: InvoiceListPage, panel: FilterPanel) -> None:
        self._page = page
        self._limits = page.limits
        self._panel = panel

    def filters(self) -> list[Held]:
        """Return the filters that show, each with its elements."""
        handle = self._page.handle
        return [
            Held(one, handle(one.element), handle(one.press), {own.name: handle(own.element) for own in one.options})
            for one in TypeFilters(self._panel.controls()).found()
        ]

    def find(self, kind: Kind, listed: Sequence[Invoice]) -> Offer:
        """Return the choice for a kind. Raises where there is no filter, or none that can be told for certain."""
        offered: list[str] = []
        found = self._page.until(self.filters, self._limits.page / 3) or []
        for is_revealed in (False, True):
            if (offer := self._among(found, kind, listed, offered)) is not None:
                return offer
            if is_revealed or self._panel.opened_by or not self._panel.reveal():
                break
            found = self.filters()
        if offered or found or self._panel.opened_by:
            seen = tuple(dict.fromkeys(offered))
            settle = f'labels.{CALLED[kind] if seen else "invoice_type"} = "…"'
            raise NotVerifiedError(str(Unclear(f"the filter for {kind}", seen, settle)))
        label = self._page.labels.of("invoice_type")
        raise ElementNotFoundError(f'The invoices have no filter "{label.said}". {self._page.describe_page()}')

    def _names_of(self, kind: Kind) -> tuple[str, ...]:
        """Return what the profile itself calls payments of a kind."""
        label = self._page.labels.of(CALLED[kind])
        return label.names if label != Labels().of(CALLED[kind]) else ()

    def day_property(self) -> str:
        """Return what a filter by properties calls the day of a payment, "" where none offers that."""
        for one in self.filters():
            words = self._unfolded(one)
            self.fold(one, words)
            if found := next(filter(DATES.search, words), ""):
                return found
        return ""

    def _among(
        self,
        found: Sequence[Held],
        kind: Kind,
        listed: Sequence[Invoice],
        offered: list[str],
        *,
        is_inner: bool = False,
    ) -> Offer | None:
        """Return the choice for a kind that some filters have, or those in a panel that one opens; None for none."""
        for one in found:
            words = self._unfolded(one)
            for _ in range(_STEPS):
                wanted = choice_for(kind, list(words), listed, self._names_of(kind))
                if wanted is not None:
                    return Offer(one, wanted, words[wanted], words)
                if not (further := self._beyond_property(words)):
                    break
                words = further
            inner = [] if is_inner else self._brought_by(one)
            if inner and (offer := self._among(inner, kind, listed, offered, is_inner=True)) is not None:
                return offer
            self.fold(one, words)
            offered += words
        return None

    def _beyond_property(self, words: Mapping[str, ElementHandle | None]) -> dict[str, ElementHandle | None]:
        """Choose the type where properties are offered, or "=" where it is asked how; returns what is offered then."""
        names = {name.casefold() for name in self._page.labels.of("invoice_type").names}
        said = next((one for one in words if one.casefold() in names or _EQUALS.search(one)), "")
        if not said or (choice := words[said]) is None or choice.evaluate(_IS_BOX):
            return {}  # a box to tick shows or hides the column of that name
        before = set(self._page.controls().marks().values())
        self._page.input.press(drawn(choice))
        return self._page.until(lambda: self._choices_beyond(before), self._page.limits.page / 5) or {}

    def _brought_by(self, opener: Held) -> list[Held]:
        """Return the filters that have come to show since one was unfolded: that is a panel."""
        if opener.filter.kind != "list":
            return []
        new = set(self._panel.brought())
        found = [one for one in self.filters() if one.filter.element in new]
        if found and opener.pressed is not None:
            self._panel.opened_by = str(opener.pressed.evaluate("one => one.ariaLabel ?? one.innerText ?? ''")).strip()
        return found

    def _unfolded(self, one: Held) -> Mapping[str, ElementHandle | None]:
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
    def fold(one: Held, words: Mapping[str, ElementHandle | None]) -> None:
        """Fold a list again that offers nothing for the kind."""
        shown = [choice for choice in words.values() if choice is not None and choice != one.pressed]
        if one.filter.kind == "list" and shown and shown[0].is_visible() and one.pressed is not None:
            with suppress(PlaywrightError):  # it may have been drawn anew by being pressed
                one.pressed.press("Escape")


def is_ticked(choice: ElementHandle | None) -> bool:
    """Whether a choice is a box that is ticked; one that was drawn anew is not."""
    try:
        return choice is not None and bool(choice.evaluate(_TICKED))
    except PlaywrightError as error:
        if is_navigation_error(error):
            return False
        raise
