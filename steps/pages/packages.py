"""The pop-up with the packages on sale, however it is built: buttons, cards, radio buttons or a list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from steps.pages.base_page import LOST_CLICK, ElementNotFoundError, blame_promise
from steps.pages.checkout import PaymentPage, payment_page_of
from steps.pages.input_device import UnpressableError
from steps.pages.package_list import PackageList
from steps.pages.polling import ignore_navigation_errors
from steps.readers.lines import Layout
from steps.readers.package_controls import confirmations, ways_out
from steps.readers.packages import CHOICES, Offer, name_of
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from playwright.sync_api import Request

    from steps.pages.input_device import ElementLike

_DRAWN = """(all) => all.map((one) => [...one.attributes].map(({ name, value }) => `${name}=${value}`).join()
  + [one, one.control, ...one.querySelectorAll("input")].map((input) => input?.checked).join()).join()"""
"""How a package and its row are marked: many sites show a choice by a class alone, or by a radio that is not drawn."""


class PackageChoice(PackageList):
    """The packages, and choosing one of them."""

    chosen: Offer | None = None
    """The chosen offer, as written before it was pressed."""

    def essential_elements(self) -> dict[str, ElementLike]:
        """Return what a buyer needs to see here, by name: the pop-up and each package."""
        found = {offer.label: self.element_of(offer) for offer in self.offers() if offer.option < 0}
        tops = (at for at, one in enumerate(self._look().snapshot.elements) if "top" in one.states and one.role)
        found["the pop-up"] = self._element(next(tops, -1))
        return {label: one for label, one in found.items() if one is not None}

    def choose(self, amount: str) -> PaymentPage:
        """Choose the package of that amount, confirm if the site asks for it, and arrive at the payment page.

        Raises ElementNotFoundError if the package is not on sale or does not lead to a payment page, NotVerifiedError
        if it cannot be told whether it is on sale.
        """
        requests: list[Request] = []

        def note(request: Request) -> None:
            requests.append(request)

        self.page.on("request", note)
        try:
            with blame_promise("doc:buy-credits.3"):
                found = self._on_sale(amount)
            self._take(found, requests)
            page = self._paying() or self._confirm(requests)
        finally:
            self.page.remove_listener("request", note)
        if page is None:
            raise ElementNotFoundError(
                f"Choosing {amount} credits does not lead to a payment page. {self.describe_page()}"
            )
        return page

    def leave(self) -> None:
        """Leave without choosing: by the pop-up's own button, or else by Escape."""
        found = ways_out(self._look().snapshot, self.profile)
        way_out = self._element(found[-1]) if found else None
        if way_out is not None:
            with ignore_navigation_errors():
                self.input.press(way_out)
        if not self.until(lambda: not self.offers(), LOST_CLICK):
            self.page.keyboard.press("Escape")
            self.until(lambda: not self.offers(), LOST_CLICK)

    def _on_sale(self, amount: str) -> Offer:
        if found := self.brought_to_show(int(amount.replace(",", ""))):
            return found
        if doubt := self.doubt or self.unexplored():
            raise NotVerifiedError(str(doubt))
        on_sale = ", ".join(offer.written for offer in self.offers()) or "nothing"
        raise ElementNotFoundError(f"{amount} credits are not on sale; on sale: {on_sale}.")

    def _take(self, found: Offer, requests: list[Request]) -> None:
        """Press the package until it shows as chosen or the site starts to work."""
        self.chosen = found
        unpressable: list[UnpressableError] = []
        for _ in range(3):
            if found.chosen and found.kind in CHOICES:
                return
            del requests[:]
            before = self._marks(found)
            self._press(found, unpressable)
            if self.until(partial(self._has_begun, requests, found.amount, before), LOST_CLICK):
                return
            found = self.find(found.amount) or found

    def _press(self, offer: Offer, unpressable: list[UnpressableError]) -> None:
        """Press an offer. Raises UnpressableError once it has stayed one that a person cannot press."""
        element = self.element_of(offer)
        if element is None:
            return
        try:
            with ignore_navigation_errors():
                if offer.option >= 0:
                    self.input.select(element, offer.option)
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
        return now is None or self._marks(now) != before

    def _marks(self, offer: Offer) -> tuple[object, ...]:
        """Return all that tells whether a package is chosen: its states, its look, and what can be pressed then."""
        now = self._look().snapshot
        free = {at for at in confirmations(now, self.profile, ()) if "disabled" not in now.elements[at].states}
        drawn = [one for one in (self._element(offer.element), self._element(offer.row)) if one is not None]
        return offer.chosen, offer.disabled, offer.text, len(free), self.page.evaluate(_DRAWN, drawn)

    def _under_way(self, requests: list[Request]) -> bool:
        return any(request.method != "GET" or request.is_navigation_request() for request in requests) or bool(
            self._paying()
        )

    def _paying(self) -> PaymentPage | None:
        return payment_page_of(self.page, self.profile, self.input)

    def _confirm(self, requests: list[Request]) -> PaymentPage | None:
        """Wait for the payment page, and confirm wherever the site asks for it."""
        pressed: set[str] = set()
        unpressable: list[UnpressableError] = []

        def arrived() -> PaymentPage | None:
            page = self._paying()
            if page is not None or self._under_way(requests):
                return page or self.until(self._paying, self.limits.payment / 3)
            found = self._confirmation(pressed)
            if found is None:
                pressed.clear()
                return None
            at, name = found
            pressed.add(name)
            element = self._element(at)
            if element is not None:
                self.press_or_note(element, unpressable)
            return self.until(self._paying, LOST_CLICK)

        return self.until(arrived, self.limits.payment)

    def _confirmation(self, pressed: set[str]) -> tuple[int, str] | None:
        """Return what confirms the choice and has not been pressed yet, with its name."""
        offers = self.offers()
        now = self._look().snapshot
        layout = Layout(now)
        for at in confirmations(now, self.profile, offers):
            name = name_of(layout, at)
            if name not in pressed and not {"disabled", "inert"} & set(now.elements[at].states):
                return at, name
        return None
