"""What brings the filters of the invoices to show, and what applies them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.pages.base_page import LOST_CLICK
from steps.pages.polling import ignore_navigation_errors
from steps.readers.invoices.invoice_controls import OWN_DAYS, Controls

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from playwright.sync_api import ElementHandle

    from steps.pages.invoice_list import InvoiceListPage
    from steps.readers.invoices.invoices import Invoice

_TO_THE_MIDDLE = "one => one.scrollIntoView({ block: 'center', behavior: 'instant' })"
"""What is opened below its button may not fit below one at the edge of the window."""


class FilterPanel:
    """Where filters stand: beside the list, or in a menu or panel that a press brings to show."""

    def __init__(self, page: InvoiceListPage) -> None:
        self._page = page
        self._limits = page.limits
        self._known: set[tuple[str, ...]] | None = None
        """What showed before more filters were brought to show."""
        self.opened_by = ""
        """The words of what brought them to show; "" where nothing did."""

    def controls(self) -> Controls:
        """Return the controls of the list, or those alone that have been brought to show."""
        controls = self._page.controls()
        return Controls(controls.listed, () if self._known is None else beyond(controls, self._known))

    def open(self, opener: ElementHandle) -> set[tuple[str, ...]]:
        """Press what unfolds a filter, and return the marks of what showed before."""
        before = set(self._page.controls().marks().values())
        self._known = before if self._known is None else self._known  # what applies the choice may come with it
        opener.evaluate(_TO_THE_MIDDLE)
        self._page.input.press(opener)
        return before

    def brought(self) -> list[int]:
        """Return what has come to show since the first filter was opened."""
        return [] if self._known is None else beyond(self._page.controls(), self._known)

    def apply(self, before: Sequence[Invoice]) -> bool:
        """Press what applies filters, where there is such a thing; whether the list is another one then."""
        return self._press_and_rest(self.controls().applying(self.opened_by), before)

    def clear(self, before: Sequence[Invoice]) -> bool:
        """Press what clears filters, where there is such a thing; whether the list is another one then."""
        return self._press_and_rest(self.controls().clearing(), before)

    def _press_and_rest(self, at: int, before: Sequence[Invoice]) -> bool:
        button = self._page.handle(at)
        if button is None:
            return False
        with ignore_navigation_errors():
            self._page.input.press(button)
        return self._page.rest_after(before, self._limits.page / 5)

    def reveal(self, days: str = "") -> bool:
        """Press what brings filters to show, or fields for days of that label; whether it brought anything."""
        controls = self._page.controls()
        at = controls.revealing_days(days) if days else controls.revealing()
        button = self._page.handle(at)
        if button is None:
            return False
        self.opened_by, self._known = controls.said(at), set(controls.marks().values())
        button.evaluate(_TO_THE_MIDDLE)
        self._page.input.press(button)
        known = self._known
        return bool(self._page.until(lambda: beyond(self._page.controls(), known), self._limits.page / 5))

    def keeps(self, is_filled: Callable[[], bool]) -> bool:
        """Whether what was opened, and has closed since, still holds what was typed; it is left closed."""
        button = self._page.handle(self._page.controls().revealing()) if self.opened_by else None
        if button is None:
            return False
        self._page.input.press(button)
        is_kept = bool(self._page.until(is_filled, LOST_CLICK))
        self._page.input.press(button)
        self._page.until(lambda: not is_filled(), LOST_CLICK)
        return is_kept

    def reveal_own_days(self) -> bool:
        """Choose days of one's own beside "Last 7 days" and the like; whether it brought anything."""
        controls = self.controls()
        at = controls.own_days(self.opened_by)
        known = set(controls.marks().values())
        if not self._choose_own_days(controls) if at < 0 else not self._press_drawn(at):
            return False
        self._known = known if self._known is None else self._known
        return bool(self._page.until(lambda: beyond(self._page.controls(), known), self._limits.page / 5))

    def _choose_own_days(self, controls: Controls) -> bool:
        for box in map(self._page.handle, controls.lists()):
            words: list[str] = box.evaluate("box => [...box.options].map((one) => one.label)") if box else []
            if box and (own := next(filter(OWN_DAYS.match, words), "")):
                box.select_option(label=own)
                return True
        return False

    def _press_drawn(self, at: int) -> bool:
        choice = self._page.handle(at)
        if choice is not None:
            self._page.input.press(drawn(choice))
        return choice is not None


def drawn(choice: ElementHandle) -> ElementHandle:
    """Return what a person presses for a choice: its label where it is drawn by that."""
    label = choice.evaluate_handle("one => one.type && one.labels?.[0] || one").as_element()
    return label or choice


def beyond(controls: Controls, known: Collection[tuple[str, ...]]) -> list[int]:
    """Return what has come to show since those marks were all."""
    return [at for at, one in controls.marks().items() if one not in known]
