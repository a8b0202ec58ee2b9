"""What follows the choice of a package in its pop-up: terms, a summary and a price, and what confirms it."""

from __future__ import annotations

import contextlib
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from steps.pages.base_page import LOST_CLICK, ElementNotFoundError, blame_promise
from steps.pages.input_device import UnpressableError
from steps.pages.package_pop_up import PackagePopUp, may_order
from steps.pages.package_view import PRESSED
from steps.pages.polling import ignore_navigation_errors
from steps.readers.money.prices import tax_note
from steps.readers.packages.chosen_prices import Summary, chosen_prices, only_price, summary_of, told_total, total_lines
from steps.readers.packages.package_controls import (
    brought_by_choice,
    confirmations,
    only_way_on,
    terms_to_accept,
    ways_forward,
)
from steps.readers.packages.package_presses import name_of
from steps.readers.page.capture import element_at
from steps.readers.page.lines import layout_of

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Request

    from steps.pages.checkout import PaymentPage
    from steps.pages.package_view import Look
    from steps.readers.money.money import Money
    from steps.readers.packages.offer import Offer

_RECKONED = 2.0
"""Seconds within which a pop-up tells what the chosen package costs."""


class PackageConfirmation(PackagePopUp):
    """The packages once one of them is chosen."""

    chosen: Offer | None = None
    """The chosen offer, as written before it was pressed."""
    tax_note: str = ""
    """The line that said then that prices are without tax."""
    total: Money | None = None
    """What it said then that all comes to."""
    _stood: frozenset[str] = frozenset()
    """What was in front before the choice."""
    _at_first: frozenset[str] | None = None
    """What stood with no package before anything was chosen; None where a package was chosen from the start."""
    _free: frozenset[str] = frozenset()
    """Buttons of unknown purpose that could be pressed before the choice."""
    _is_confirmed_by_name = False
    _with_chosen: frozenset[str] = frozenset()
    """What stood with the chosen package before it was chosen, by name."""

    def _under_way(self, requests: list[Request]) -> bool:
        return any(may_order(request) for request in requests) or bool(self._paying())

    def _confirm(self, requests: list[Request]) -> PaymentPage | None:
        """Wait for the payment page, and confirm wherever the site asks for it."""
        pressed: set[str] = set()
        unpressable: list[UnpressableError] = []
        address, is_confirmed, began = self._place.url, False, time.monotonic()
        boxes: frozenset[str] = frozenset()

        def arrived() -> PaymentPage | None:
            nonlocal address, is_confirmed, boxes
            if self._under_way(requests):
                self.until(lambda: self._paying() or self._asks_at_another(address), self.limits.payment / 3)
                del requests[:]  # it has been answered: the payment page shows, or another step
            if (page := self._paying()) is not None:
                return page
            if self._place.url != address:
                address, is_confirmed = self._place.url, False
                pressed.clear()
            boxes = self.accept_terms(boxes if is_confirmed else frozenset())  # of a later step, only what came with it
            name, element = self._confirmation(pressed)
            if not name and time.monotonic() - began > LOST_CLICK:
                name, element = self._only_way_forward(pressed)
            if not name:
                pressed.clear()
                return None
            if element is not None:
                pressed.add(name)
                is_confirmed = True
                self._note_price(name)
                self.press_or_note(element, unpressable)
            return self.until(self._paying, LOST_CLICK)

        return self.until(arrived, self.limits.payment)

    def _note_price(self, name: str) -> None:
        """Take what is said of taxes once the package is chosen, and of its price where none stood beside it."""
        prices = self.chosen.prices if self.chosen else ()
        if prices:  # a total may be reckoned a moment later
            self.until(lambda: told_total(self._look().snapshot, self.profile) in (None, *prices), _RECKONED)
        elif self.chosen and not self.chosen.chosen:
            self.until(self._is_reckoned, _RECKONED)
        summed = self._hold_summary()
        now = self._look().snapshot
        self.tax_note, self.total = self.tax_note or tax_note(now), told_total(now, self.profile) or summed
        if self.chosen and not self.chosen.prices:
            prices = chosen_prices(now, self._stood, self.profile, self.chosen.amount, name)
            is_of_a_list = self.chosen.option >= 0 or self.chosen.kind == "option"
            beside = only_price(now, self.profile) if is_of_a_list else ()  # which should follow the choice
            self.chosen = replace(self.chosen, prices=prices or beside)

    def _is_reckoned(self) -> bool:
        """Whether the pop-up says nothing of a total, or says something else than before the choice."""
        now = self._look().snapshot
        return told_total(now, self.profile) is None or not total_lines(now, self.profile) <= self._stood

    @blame_promise("doc:buy-credits.4a")
    def _hold_summary(self) -> Money | None:
        """Return the price that a summary of the choice names. Raises where it stays one of another package."""
        chosen, before = self.chosen, self._at_first
        if chosen is None or before is None:
            return None

        def told() -> Summary:
            look = self._look()
            return summary_of(look.snapshot, before, self._offers_in(look), self.profile)

        is_right = self.until(lambda: not (found := told().credits) or chosen.amount in found, _RECKONED)
        found = told()
        if not is_right:
            raise ElementNotFoundError(
                f"Once {chosen.amount:,} credits are chosen, the pop-up says “{found.text}”. {self.describe_page()}"
            )
        return found.price

    def accept_terms(self, but: frozenset[str] = frozenset()) -> frozenset[str]:
        """Tick what has to be ticked before the choice can be confirmed; return the names of all boxes, and `but`.

        What `but` names is left alone: later what goes on may be disabled because the site works.
        """
        look = self._look()
        now, offers = look.snapshot, self._offers_in(look)
        waiting = confirmations(now, self.profile, offers)
        held = {at for one in offers for at in (one.element, one.row)}
        asked = {at: name_of(layout_of(now), at) for at in self._new(terms_to_accept(now, waiting), now)}
        for at in (at for at, name in asked.items() if name not in but):
            box = element_at(self._place, now.stamp, at) if at not in held else None
            if box is not None:
                with contextlib.suppress(UnpressableError), ignore_navigation_errors():
                    self.input.press(box.evaluate_handle(PRESSED).as_element() or box)
                self.until(lambda: self._look().snapshot.stamp != now.stamp, LOST_CLICK / 2)
        return but.union(name_of(layout_of(now), at) for at, one in enumerate(now.elements) if one.role == "checkbox")

    def _asks_at_another(self, address: str) -> bool:
        """Whether the site has gone on to another page, and asks for the choice to be confirmed there."""
        return self._place.url != address and bool(self._confirmation(set())[0])

    def _confirmation(self, pressed: set[str]) -> tuple[str, ElementHandle | None]:
        """Return what confirms the choice and has not been pressed yet, by its name; "" where nothing does."""
        look = self._look()
        now, layout = look.snapshot, layout_of(look.snapshot)
        for at in self._confirming(look):
            name = name_of(layout, at)
            if name not in pressed and not {"disabled", "inert"} & set(now.elements[at].states):
                self._is_confirmed_by_name = True
                return name, element_at(self._place, now.stamp, at)
        return "", None

    def _confirming(self, look: Look) -> list[int]:
        """Return what in the pop-up may confirm the choice, the likeliest first."""
        now, offers = look.snapshot, self._offers_in(look)
        chosen = [one for one in offers if self.chosen and self._with_chosen and one.amount == self.chosen.amount]
        brought = {at for one in chosen for at in brought_by_choice(now, one, self._with_chosen)}
        return self._new(confirmations(now, self.profile, offers, brought), now)

    def _only_way_forward(self, pressed: set[str]) -> tuple[str, ElementHandle | None]:
        """Return the only button of unknown purpose that the choice has freed, or that there is, by its name."""
        unnamed = {name: at for name, at in self._unnamed().items() if name not in pressed}
        ways = [name for name in unnamed if name not in self._free] or list(unnamed)
        if self._is_confirmed_by_name or len(ways) != 1:
            return "", None
        return ways[0], element_at(self._place, self._look().snapshot.stamp, unnamed[ways[0]])

    def _unnamed(self) -> dict[str, int]:
        """Return the buttons of unknown purpose in the pop-up, by their names."""
        look = self._look()
        now, layout = look.snapshot, layout_of(look.snapshot)
        found = ways_forward(now, self.profile, self._offers_in(look)) or only_way_on(now, self.profile)
        return {name_of(layout, at): at for at in self._new(found, now)}
