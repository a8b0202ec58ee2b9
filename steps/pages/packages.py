"""The pop-up with the packages on sale, however it is built: buttons, cards, radio buttons or a list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from steps.pages.base_page import LOST_CLICK, ElementNotFoundError, blame_promise
from steps.pages.checkout_finder import UnknownHostError, unknown_host
from steps.pages.input_device import UnpressableError
from steps.pages.package_confirmation import PackageConfirmation
from steps.pages.polling import ignore_navigation_errors
from steps.readers.money.prices import tax_included, tax_note
from steps.readers.packages.chosen_prices import beside_offers
from steps.readers.packages.package_controls import (
    confirmations,
    names_with,
    terms_to_accept,
)
from steps.readers.packages.package_presses import CHOICES, name_of
from steps.readers.page.capture import element_at
from steps.readers.page.lines import layout_of
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Collection

    from playwright.sync_api import ElementHandle, Request

    from steps.pages.checkout import PaymentPage
    from steps.pages.input_device import ElementLike
    from steps.readers.packages.offer import Offer

_DRAWN = """(all) => all.map((one) => [...one.attributes].map(({ name, value }) => `${name}=${value}`).join()
  + [one, one.control, ...one.querySelectorAll("input")].map((input) => input?.checked).join()).join()"""
"""How a package and its row are marked: many sites show a choice by a class alone, or by a radio that is not drawn."""
_IS_NEXT = """(el) => {
  const one = el.closest("[role=option]") ?? el, root = one.getRootNode();
  if (one.closest("[aria-multiselectable=true]") || one.ariaChecked === "true") return false;
  const lists = [...root.querySelectorAll("[aria-activedescendant]")];
  return one.contains(root.activeElement) || lists.some((by) => by.getAttribute("aria-activedescendant") === one.id);
}"""
"""Whether an option is the one that the keyboard is on, which many lists mark like a choice."""
_MOST_PRESSES = 3
"""Number of presses after which a package that does not react is left, though it may have been drawn anew meanwhile."""


class NotOnSaleError(ElementNotFoundError):
    """The pop-up shows packages, and not the one that is looked for."""


class PackageChoice(PackageConfirmation):
    """The packages, and choosing one of them."""

    shown: frozenset[int] = frozenset()
    """The amounts that showed at once."""
    tax_included: str = ""
    """The line that said then that prices are with tax."""

    def essential_elements(self) -> dict[str, ElementLike]:
        """Return what a buyer needs to see here, by name: the pop-up, each package and what confirms the choice."""
        found = {offer.label: self.element_of(offer) for offer in self.offers() if offer.option < 0}
        look = self._look()
        now = look.snapshot
        found |= {
            name_of(layout_of(now), at): element_at(self._place, now.stamp, at) for at in self._confirming(look)[:1]
        }
        tops = [at for at in now.layers if now.elements[at].role]
        found["the pop-up"] = element_at(self._place, now.stamp, tops[0]) if tops else None
        return {label: one for label, one in found.items() if one is not None}

    def choose(self, amount: str, also: Collection[int] = (), *, after_another: bool = False) -> PaymentPage:
        """Choose the package of that amount, confirm if the site asks for it, and arrive at the payment page.

        `after_another` has been chosen first, where a choice is to be confirmed.
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
                if after_another and (other := self._another(found)) is not None:
                    self._take(other, requests)
                    found = self._on_sale(amount)
            self._take(found, requests)
            page = self._paying() or self._confirm(requests)
        if page is None:
            told = f"Choosing {amount} credits does not lead to a payment page. {self.describe_page()}"
            if host := unknown_host(self.page, self.profile):
                raise UnknownHostError(told, host)
            if not self._is_confirmed_by_name and self._unnamed():
                raise NotVerifiedError(told, line='labels.confirm = "…"')
            raise ElementNotFoundError(told)
        return page

    def _another(self, offer: Offer) -> Offer | None:
        """Return another package, where both are choices that are confirmed apart from them; else None."""
        look = self._look()
        offers, is_confirmed = self._offers_in(look), bool(self._confirming(look))
        others = (one for one in offers if one.amount != offer.amount and one.kind == offer.kind and one.is_free)
        return next(others, None) if is_confirmed and offer.kind in CHOICES else None

    def _on_sale(self, amount: str) -> Offer:
        if found := self.brought_to_show(int(amount.replace(",", ""))):
            return found
        if doubt := self.doubt or self.unexplored():
            raise NotVerifiedError(str(doubt))
        on_sale = ", ".join(offer.written for offer in self.offers())
        told = f"{amount} credits are not on sale; on sale: {on_sale or 'nothing'}."
        raise NotOnSaleError(told) if on_sale else ElementNotFoundError(told)

    def _hold_on_sale(self, wanted: Collection[int]) -> None:
        """Raise ElementNotFoundError where packages are not on sale, as far as that can be told."""
        lacking = sorted(set(wanted) - {one.amount for one in self.settled_offers(sorted(wanted))})
        if lacking and not (self.doubt or self.unexplored()):
            told = ", ".join(f"{one:,}" for one in lacking)
            raise NotOnSaleError(f"{told} credits were on sale before, and are no longer. {self.describe_page()}")

    def _take(self, found: Offer, requests: list[Request]) -> None:
        """Press the package until it shows as chosen or the site starts to work."""
        if not found.is_free:  # terms may have to be accepted first
            self.accept_terms()
            found = self.find(found.amount) or found
        now = self._look().snapshot
        self.chosen, self.tax_note, self.tax_included = found, tax_note(now), tax_included(now)
        is_default = found.chosen and not self._is_highlight(found)
        self._stood = frozenset() if is_default else frozenset(self._front(self._look().snapshot))
        if self._at_first is None and not is_default:
            self._at_first = frozenset(beside_offers(now, self._offers_in(self._look())))
        self._free = frozenset(self._unnamed())
        self._with_chosen = names_with(now, found) if found.stamp == now.stamp else frozenset()
        unpressable: list[UnpressableError] = []
        for turn in range(_MOST_PRESSES):
            if found.kind in CHOICES and found.chosen and not self._is_highlight(found, is_pressed=turn > 0):
                return
            del requests[:]
            element = self.element_of(found)
            before = self._marks(found)
            if element is None or not before:
                found = self.find(found.amount) or found
                continue
            self._press(element, found.option, unpressable)
            has_begun = self.until(partial(self._has_begun, requests, found.amount, before), LOST_CLICK)
            if has_begun and (not _is_drawn(found) or self.until(partial(self._leads_on, requests), LOST_CLICK)):
                return
            found = self.find(found.amount) or found

    def _is_highlight(self, offer: Offer, *, is_pressed: bool = False) -> bool:
        """Whether an option shows as selected because the keyboard or the mouse is on it, as far as can be told.

        It does where no way on is free. Where one is, it may be chosen all the same, and is once it has been pressed.
        """
        if not _is_drawn(offer):
            return False
        element = None if is_pressed else element_at(self._place, offer.stamp, offer.element)
        return self._is_stopped() or (element is not None and bool(element.evaluate(_IS_NEXT)))

    def _leads_on(self, requests: list[Request]) -> bool:
        return not self._is_stopped() or self._under_way(requests)

    def _is_stopped(self) -> bool:
        """Whether all that confirms the choice is disabled, and no terms are to be accepted for that."""
        look = self._look()
        now = look.snapshot
        ways = self._confirming(look)
        stopped = bool(ways) and all({"disabled", "inert"} & set(now.elements[at].states) for at in ways)
        return stopped and not self._new(terms_to_accept(now, ways), now)

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
        drawn = [element_at(self._place, offer.stamp, at) for at in (offer.element, offer.row)]
        if None in drawn:
            return ()
        now = self._look().snapshot
        free = {at for at in confirmations(now, self.profile, ()) if "disabled" not in now.elements[at].states}
        return offer.chosen, offer.disabled, offer.text, len(free), self._place.evaluate(_DRAWN, drawn)


def _is_drawn(offer: Offer) -> bool:
    """Whether an offer is an option of a list that the page itself draws."""
    return offer.kind == "option" and offer.option < 0
