"""The pop-up with the packages on sale, however it is built: buttons, cards, radio buttons or a list."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from steps.pages.base_page import LOST_CLICK, ElementNotFoundError, blame_promise
from steps.pages.checkout import PaymentPage, payment_page_of
from steps.pages.checkout_finder import unknown_host
from steps.pages.input_device import UnpressableError
from steps.pages.package_list import PRESSED, PackageList
from steps.pages.polling import ignore_navigation_errors
from steps.readers.capture import element_at
from steps.readers.chosen_prices import chosen_prices
from steps.readers.fact import Unclear
from steps.readers.lines import Layout
from steps.readers.package_controls import confirmations, terms_to_accept, ways_out
from steps.readers.package_presses import CHOICES, name_of
from steps.readers.packages import is_behind
from steps.readers.prices import tax_note
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from playwright.sync_api import ElementHandle, Request

    from steps.pages.input_device import ElementLike
    from steps.readers.packages import Offer
    from steps.readers.snapshot import Snapshot

_DRAWN = """(all) => all.map((one) => [...one.attributes].map(({ name, value }) => `${name}=${value}`).join()
  + [one, one.control, ...one.querySelectorAll("input")].map((input) => input?.checked).join()).join()"""
"""How a package and its row are marked: many sites show a choice by a class alone, or by a radio that is not drawn."""
_MOST_PRESSES = 3
"""Number of presses after which a package that does not react is left, though it may have been drawn anew meanwhile."""

_MOST_WAYS_OUT = 2
"""Number of controls that are tried where a pop-up stays."""


class PackageChoice(PackageList):
    """The packages, and choosing one of them."""

    _left_by_key = False
    """Whether Escape alone has closed the pop-up, after its own controls had not."""
    chosen: Offer | None = None
    """The chosen offer, as written before it was pressed."""
    shown: frozenset[int] = frozenset()
    """The amounts that showed at once."""
    tax_note: str = ""
    """The line that said then that prices are without tax."""
    _stood: frozenset[str] = frozenset()
    """What was in front before the choice."""

    def essential_elements(self) -> dict[str, ElementLike]:
        """Return what a buyer needs to see here, by name: the pop-up and each package."""
        found = {offer.label: self.element_of(offer) for offer in self.offers() if offer.option < 0}
        now = self._look().snapshot
        tops = [at for at, one in enumerate(now.elements) if "top" in one.states and one.role]
        found["the pop-up"] = element_at(self.page, now.stamp, tops[0]) if tops else None
        return {label: one for label, one in found.items() if one is not None}

    def choose(self, amount: str, also: Collection[int] = ()) -> PaymentPage:
        """Choose the package of that amount, confirm if the site asks for it, and arrive at the payment page.

        Raises ElementNotFoundError if it, or a package of the amounts in `also`, is not on sale, or if it does not lead
        to a payment page, NotVerifiedError if it cannot be told whether it is on sale.
        """
        with self._requests() as requests:
            with blame_promise("doc:buy-credits.3"):
                found = self._on_sale(amount)
                self.shown = frozenset(one.amount for one in self.offers())
                if not self.shown.issuperset(also):
                    self._hold_on_sale(also)
                    found = self._on_sale(amount)
            self._take(found, requests)
            page = self._paying() or self._confirm(requests)
        if page is None:
            told = f"Choosing {amount} credits does not lead to a payment page. {self.describe_page()}"
            if host := unknown_host(self.page, self.profile):
                raise NotVerifiedError(told, line=f'payments.hosts = ["{host}"]')
            raise ElementNotFoundError(told)
        return page

    def leave(self) -> str:
        """Leave without choosing: by the pop-up's own controls, or else by Escape; "" once it is gone.

        Returns what is wrong where it stays on top of the page, or leads to a payment page. Raises NotVerifiedError
        where it stays and nothing in it is called by a label that closes it, or where nothing lies over the page, and
        what shows may be no packages.
        """
        self.until(lambda: is_behind(self._before, self._look().snapshot), LOST_CLICK / 3)  # it may still slide in
        now = self._look().snapshot
        if (doubt := self.doubt) and not is_behind(self._before, now):
            raise NotVerifiedError(str(doubt))
        shown = self._front(now)
        with self._requests() as requests:
            pressed = self._press_ways_out(_MOST_WAYS_OUT if is_behind(self._before, now) else 1)
            may_order = any(_may_order(request) for request in requests)
            if may_order and self.until(lambda: bool(self._paying()), 2 * LOST_CLICK):
                return "it leads to a payment page"
        now = self._look().snapshot
        left = self._front(now)
        stays = f"it stays after pressing {' and '.join(f'“{name}”' for name in dict.fromkeys(pressed))}"
        if not is_behind(self._before, now) or len(left & shown) < len(left) / 2:  # gone, or something else has come
            return f"{stays}, and is closed by Escape alone" if self._left_by_key else ""
        if not pressed:
            raise NotVerifiedError(str(Unclear("how the pop-up is left", (), 'labels.close = "…"')))
        return stays

    def _press_ways_out(self, most: int) -> list[str]:
        """Press what closes the pop-up, one way after the other until it is gone, and return what was pressed.

        Escape closes a list that lies over the pop-up; it is pressed once the ways alone have not helped, and what it
        closes then does not count as left by them.
        """
        pressed: list[str] = []
        for turn in range(most):
            name = self._press_way_out(self._look().snapshot, turn)
            if not name:
                break
            pressed.append(name)
            if self.until(self._is_left, LOST_CLICK / 2):
                return pressed
        for turn in range(most):
            self.page.keyboard.press("Escape")
            if self.until(self._is_left, LOST_CLICK / 2):
                self._left_by_key = len(pressed) > 1
                return pressed
            if name := self._press_way_out(self._look().snapshot, turn):
                pressed.append(name)
                if self.until(self._is_left, LOST_CLICK / 2):
                    return pressed
        self.until(self._is_left, LOST_CLICK)
        return pressed

    @contextlib.contextmanager
    def _requests(self) -> Iterator[list[Request]]:
        """Note what the page requests meanwhile."""
        requests: list[Request] = []

        def note(request: Request) -> None:
            requests.append(request)

        self.page.on("request", note)
        try:
            yield requests
        finally:
            self.page.remove_listener("request", note)

    def _is_left(self) -> bool:
        return not self.offers() and not is_behind(self._before, self._look().snapshot)

    def _front(self, now: Snapshot) -> set[str]:
        """Return the lines of what is in front."""
        return {line.text for line in Layout(now).lines}

    def _press_way_out(self, now: Snapshot, turn: int) -> str:
        """Press one of what closes the pop-up, where a person could reach it, and return its name; "" without one."""
        found = [at for at in ways_out(now, self.profile) if "covered" not in now.elements[at].states]
        at = found[-1 - turn % len(found)] if found else -1
        way_out = element_at(self.page, now.stamp, at) if found else None
        if way_out is None:
            return ""
        with ignore_navigation_errors():
            self.input.press(way_out)
        return name_of(Layout(now), at)

    def _on_sale(self, amount: str) -> Offer:
        if found := self.brought_to_show(int(amount.replace(",", ""))):
            return found
        if doubt := self.doubt or self.unexplored():
            raise NotVerifiedError(str(doubt))
        on_sale = ", ".join(offer.written for offer in self.offers()) or "nothing"
        raise ElementNotFoundError(f"{amount} credits are not on sale; on sale: {on_sale}.")

    def _hold_on_sale(self, wanted: Collection[int]) -> None:
        """Raise ElementNotFoundError where packages are not on sale, as far as that can be told."""
        lacking = sorted(set(wanted) - {one.amount for one in self.settled_offers(sorted(wanted))})
        if lacking and not (self.doubt or self.unexplored()):
            told = ", ".join(f"{one:,}" for one in lacking)
            raise ElementNotFoundError(f"{told} credits were on sale before, and are no longer. {self.describe_page()}")

    def _take(self, found: Offer, requests: list[Request]) -> None:
        """Press the package until it shows as chosen or the site starts to work."""
        self.chosen, self.tax_note = found, tax_note(self._look().snapshot)
        self._stood = frozenset() if found.chosen else frozenset(self._front(self._look().snapshot))
        unpressable: list[UnpressableError] = []
        for _ in range(_MOST_PRESSES):
            if found.chosen and found.kind in CHOICES:
                return
            del requests[:]
            element = self.element_of(found)
            before = self._marks(found)
            if element is None or not before:
                found = self.find(found.amount) or found
                continue
            self._press(element, found.option, unpressable)
            if self.until(partial(self._has_begun, requests, found.amount, before), LOST_CLICK):
                return
            found = self.find(found.amount) or found

    def _press(self, element: ElementHandle, option: int, unpressable: list[UnpressableError]) -> None:
        """Press an offer, or choose it among a list's. Raises UnpressableError once it has stayed out of reach."""
        try:
            with ignore_navigation_errors():
                if option >= 0:
                    self.input.select(element, option)
                else:
                    self.input.click_once(element)  # once it holds still: a press on something that slides is lost
        except UnpressableError as error:
            unpressable.append(error)
            if len(unpressable) > 1:
                raise

    def _has_begun(self, requests: list[Request], amount: int, before: tuple[object, ...]) -> bool:
        """Whether the press has had an effect: the site works, or the package is drawn otherwise."""
        if self._under_way(requests):
            return True
        now = self.find(amount)
        return now is None or self._marks(now) not in ((), before)

    def _marks(self, offer: Offer) -> tuple[object, ...]:
        """Return all that tells whether a package is chosen: its states, its look, and what can be pressed then.

        Empty where the page has drawn it anew since it was read.
        """
        drawn = [element_at(self.page, offer.stamp, at) for at in (offer.element, offer.row)]
        if None in drawn:
            return ()
        now = self._look().snapshot
        free = {at for at in confirmations(now, self.profile, ()) if "disabled" not in now.elements[at].states}
        return offer.chosen, offer.disabled, offer.text, len(free), self.page.evaluate(_DRAWN, drawn)

    def _under_way(self, requests: list[Request]) -> bool:
        return any(_may_order(request) for request in requests) or bool(self._paying())

    def _paying(self) -> PaymentPage | None:
        return payment_page_of(self.page, self.profile, self.input)

    def _confirm(self, requests: list[Request]) -> PaymentPage | None:
        """Wait for the payment page, and confirm wherever the site asks for it."""
        pressed: set[str] = set()
        unpressable: list[UnpressableError] = []
        address, is_confirmed = self.page.url, False

        def arrived() -> PaymentPage | None:
            nonlocal address, is_confirmed
            if self._under_way(requests):
                self.until(lambda: self._paying() or self._asks_at_another(address), self.limits.payment / 3)
                del requests[:]  # it has been answered: the payment page shows, or another step
            if (page := self._paying()) is not None:
                return page
            if self.page.url != address:
                address, is_confirmed = self.page.url, False
                pressed.clear()
            if not is_confirmed:  # later what goes on may be disabled because the site works
                self._accept_terms()
            name, element = self._confirmation(pressed)
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
        """Take what is said of the price once the package is chosen, where none stood beside it."""
        if self.chosen and not self.chosen.prices:
            now = self._look().snapshot
            self.tax_note = self.tax_note or tax_note(now)
            prices = chosen_prices(now, self._stood, self.profile, self.chosen.amount, name)
            self.chosen = replace(self.chosen, prices=prices)

    def _accept_terms(self) -> None:
        """Tick what has to be ticked before the choice can be confirmed."""
        look = self._look()
        now, offers = look.snapshot, self._offers_in(look)
        waiting = confirmations(now, self.profile, offers)
        held = {at for one in offers for at in (one.element, one.row)}
        for at in self._new(terms_to_accept(now, waiting), now):
            box = element_at(self.page, now.stamp, at) if at not in held else None
            if box is not None:
                with contextlib.suppress(UnpressableError), ignore_navigation_errors():
                    self.input.press(box.evaluate_handle(PRESSED).as_element() or box)
                self.until(lambda: self._look().snapshot.stamp != now.stamp, LOST_CLICK / 2)

    def _asks_at_another(self, address: str) -> bool:
        """Whether the site has gone on to another page, and asks for the choice to be confirmed there."""
        return self.page.url != address and bool(self._confirmation(set())[0])

    def _confirmation(self, pressed: set[str]) -> tuple[str, ElementHandle | None]:
        """Return what confirms the choice and has not been pressed yet, by its name; "" where nothing does."""
        look = self._look()
        now, layout = look.snapshot, Layout(look.snapshot)
        for at in self._new(confirmations(now, self.profile, self._offers_in(look)), now):
            name = name_of(layout, at)
            if name not in pressed and not {"disabled", "inert"} & set(now.elements[at].states):
                return name, element_at(self.page, now.stamp, at)
        return "", None


def _may_order(request: Request) -> bool:
    """Whether a request may be the one that begins an order: it changes something, or leads to another page."""
    return request.method != "GET" or request.is_navigation_request()
