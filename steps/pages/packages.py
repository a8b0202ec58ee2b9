"""The pop-up with the packages on sale, however it is built: buttons, cards, radio buttons or a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from steps.pages.base_page import LOST_CLICK, POPUP, BasePage, ElementNotFoundError, blame_promise, pattern_of
from steps.pages.checkout import PaymentPage, payment_page_of
from steps.pages.input_device import MOUSE
from steps.pages.money import Money, money_in
from steps.pages.page_scripts import script
from steps.pages.polling import ignore_navigation_errors, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import ElementHandle, Locator, Page, Request

    from steps.pages.input_device import ElementLike, InputDevice
    from steps.targets.profile import Profile

_MOST_PRESSES = 12
"""Number of presses of "Show more" or "Next" after which no more packages are expected."""
_SELLS = re.compile(r"\d[\W_]*credit", re.IGNORECASE)


@dataclass(frozen=True)
class Offer:
    """One package on offer: its text ("44,000 credits") and the prices beside it."""

    index: int
    label: str
    row: str
    kind: str
    chosen: bool
    disabled: bool
    look: str

    @property
    def amount(self) -> str:
        """The amount as written, without the word "credits"."""
        return re.sub(r"\s*credits?$", "", self.label, flags=re.IGNORECASE)

    @property
    def prices(self) -> list[Money]:
        """The amounts of money that the offer shows, if any."""
        return money_in(self.row)


class PackageChoice(BasePage):
    """What "Add credits" opens. Amounts that were on the page before (in invoices, for example) are not on sale."""

    def __init__(self, page: Page, profile: Profile, device: InputDevice = MOUSE) -> None:
        super().__init__(page, profile, device)
        self._before = [(offer.label, offer.row) for offer in self._seen(None)]
        self.chosen: Offer | None = None
        """The chosen offer, as written before it was pressed."""

    def is_open(self) -> bool:
        """Whether packages show; a collapsed list of choices is opened for that."""
        if self.offers():
            return True
        folded = self._popup()
        if folded is not None:
            boxes = folded.locator("[role=combobox]:not(select), [aria-haspopup=listbox]").filter(visible=True)
            if boxes.count() and boxes.first.get_attribute("aria-expanded") != "true":
                self.input.press(boxes.first)
                return bool(self.until(self.offers, LOST_CLICK))
        return False

    def offers(self) -> list[Offer]:
        """Return the packages on sale, in reading order."""
        return self._on_sale()[1]

    def settled_offers(self, expected: list[str]) -> list[Offer]:
        """Return the packages once they are the expected ones, or else once they have stopped changing."""
        last: list[Offer] = []

        def settled() -> bool:
            nonlocal last
            last = self.offers()
            return [offer.amount for offer in last] == expected

        if until(settled, 2.0, every=0.1):
            return last
        views = [self.offers() for _ in self._further()]
        found = [] if self._tabs() else last  # each tab has had its turn, the one that was open too
        for view in views or [last]:
            known = {(offer.label, offer.row) for offer in found}
            found += [offer for offer in view if (offer.label, offer.row) not in known]
        return found

    def essential_elements(self) -> dict[str, ElementLike]:
        """Return what a buyer needs to see here, by name: each package."""
        popup, offers = self._on_sale()
        found = {offer.label: self._element(popup, offer) for offer in offers if offer.kind != "option"}
        return {label: one for label, one in found.items() if one is not None}

    def choose(self, amount: str) -> PaymentPage:
        """Choose the package of that amount, confirm if the site asks for it, and arrive at the payment page.

        Raises ElementNotFoundError if the package is not on sale or does not lead to a payment page.
        """
        requests: list[Request] = []

        def note(request: Request) -> None:
            requests.append(request)

        self.page.on("request", note)
        try:
            with blame_promise("doc:buy-credits.3"):
                self._take(amount, requests)
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
        way_out = self.first(self.labels.of("close"), self._popup() or self.page)
        if way_out is not None:
            self.input.press(way_out)
        if not self.until(lambda: not self.offers(), LOST_CLICK):
            self.page.keyboard.press("Escape")
            self.until(lambda: not self.offers(), LOST_CLICK)

    def _popup(self) -> Locator | None:
        found = self.page.locator(POPUP).filter(visible=True)
        count = found.count()
        if count > 1:  # one of them announces what is new, or asks about cookies
            selling = found.filter(has_text=_SELLS)
            found = selling if selling.count() else found
        return found.last if count else None

    def _arguments(self, popup: str | None) -> dict[str, Any]:
        others = [
            pattern_of(self.labels.of("close")),
            "support@.*",
            ".*subscription.*",
            pattern_of(self.labels.of("upgrade_plan")),
        ]
        return {"thousands": self.profile.thousands, "others": others, "popup": popup}

    def _on_sale(self) -> tuple[str | None, list[Offer]]:
        """Find where the packages are; a single amount is a summary of the choice, not an offer."""
        for popup in (POPUP, None):
            found = [offer for offer in self._seen(popup) if (offer.label, offer.row) not in self._before]
            if len(found) > 1:
                return popup, found
        return None, []

    def _seen(self, popup: str | None) -> list[Offer]:
        """Return what is on sale in the last of the visible pop-ups, or on the page."""
        seen = self.run_script("offers", self._arguments(popup))
        return [Offer(index, **offer) for index, offer in enumerate(seen)]

    def _offer(self, amount: str) -> tuple[str | None, Offer] | None:
        popup, offers = self._on_sale()
        return next(((popup, offer) for offer in offers if offer.amount == amount), None)

    def _looked_for(self, amount: str) -> tuple[str | None, Offer] | None:
        """Find an offer among those that show, or else among those behind further buttons."""
        if found := self.until(lambda: self._offer(amount), LOST_CLICK):
            return found
        for _ in self._further():
            if found := self._offer(amount):
                return found
        return self.until(lambda: self._offer(amount), self.limits.page - LOST_CLICK)

    def _further(self) -> Iterator[None]:
        """Go through what the pop-up shows only after a press, tab by tab, and yield after each."""
        for place in range(len(self._tabs())):
            self._try(self._tabs()[place:])
            yield
            yield from self._all_the_way_on()
        if not self._tabs():
            yield from self._all_the_way_on()

    def _all_the_way_on(self) -> Iterator[None]:
        """Press "Show more" or "Next" as long as that adds something."""
        names = [r"\W+(?:\d+\W+)?".join(map(re.escape, name.split())) for name in self.labels.of("more_packages").names]
        words = re.compile(rf"^\W*(?:{'|'.join(names)})\b", re.IGNORECASE)
        for _ in range(_MOST_PRESSES):
            if not self._try(self._in_popup("button", words)):
                return
            yield

    def _try(self, ways: list[Locator]) -> bool:
        """Press the first of several elements that can be pressed, and return whether that added anything."""
        if not ways or not ways[0].is_enabled():
            return False
        before = self.offers()
        with ignore_navigation_errors():
            self.input.press(ways[0])
        return bool(self.until(lambda: self.offers() != before, LOST_CLICK / 2))

    def _tabs(self) -> list[Locator]:
        return self._in_popup("tab", re.compile(""))

    def _in_popup(self, role: Literal["tab", "button"], name: re.Pattern[str]) -> list[Locator]:
        popup = self._popup()
        return popup.get_by_role(role, name=name).filter(visible=True).all() if popup else []

    def _take(self, amount: str, requests: list[Request]) -> None:
        """Press the package until it shows as chosen or the site starts to work."""
        found = self._looked_for(amount)
        if not found:
            on_sale = ", ".join(offer.amount for offer in self.offers()) or "nothing"
            raise ElementNotFoundError(f"{amount} credits are not on sale; on sale: {on_sale}.")
        before = self.chosen = found[1]

        def taken() -> bool:
            if self._under_way(requests):
                return True
            now = self._offer(amount)
            return now is None or (now[1].chosen, now[1].look) != (before.chosen, before.look)

        for _ in range(3):
            if before.chosen and before.kind not in ("button", "link", "a"):
                return
            del requests[:]
            with ignore_navigation_errors():
                self._press(*found)
            if self.until(taken, LOST_CLICK):
                return
            found = self._offer(amount) or found

    def _press(self, popup: str | None, offer: Offer) -> None:
        element = self._element(popup, offer)
        if element is None:
            return
        if offer.kind == "option":
            self._select(element)
            return
        self.input.click_once(element)  # once it holds still: a press on something that slides is lost

    def _element(self, popup: str | None, offer: Offer) -> ElementHandle | None:
        arguments = self._arguments(popup) | {"pick": offer.index, "label": offer.label}
        return self.page.evaluate_handle(script("offers"), arguments).as_element()

    def _select(self, option: ElementHandle) -> None:
        tag = option.evaluate("el => el.tagName")
        if tag != "OPTION":
            self.input.click_once(option)
            return
        select = option.evaluate_handle("el => el.closest('select')").as_element()
        if select is not None:
            self.input.select(select, option.evaluate("el => el.index"))

    def _under_way(self, requests: list[Request]) -> bool:
        return any(request.method != "GET" or request.is_navigation_request() for request in requests) or bool(
            self._paying()
        )

    def _paying(self) -> PaymentPage | None:
        return payment_page_of(self.page, self.profile, self.input)

    def _confirm(self, requests: list[Request]) -> PaymentPage | None:
        """Wait for the payment page, and confirm wherever the site asks for it."""
        pressed: set[str] = set()

        def arrived() -> PaymentPage | None:
            page = self._paying()
            if page is not None or self._under_way(requests):
                return page or self.until(self._paying, self.limits.payment / 3)
            button = self._confirm_button(pressed)
            if button is not None:
                pressed.add(self._mark(button))
                self.input.press(button)
                return self.until(self._paying, LOST_CLICK)
            pressed.clear()
            return None

        return self.until(arrived, self.limits.payment)

    def _confirm_button(self, pressed: set[str]) -> Locator | None:
        scope = self._popup() or self.page
        words = pattern_of(self.labels.of("confirm"))
        name = re.compile(rf"^\W*(?:{words})\b", re.IGNORECASE)
        buttons = (
            scope.get_by_role("button", name=name)
            .or_(scope.get_by_role("link", name=name))
            .or_(scope.get_by_text(name))
        )
        shown = buttons.filter(visible=True)
        for index in reversed(range(min(shown.count(), 15))):
            button = shown.nth(index)
            if self._mark(button) not in pressed and button.is_enabled() and not self._is_offer(button):
                return button
        return None

    def _is_offer(self, button: Locator) -> bool:
        """Whether this is a package's own button, which is not pressed to confirm."""
        popup, offers = self._on_sale()
        pressed = [self._element(popup, offer) for offer in offers]
        same = "([a, b]) => a === b || a.contains(b) || b.contains(a)"
        return any(self.page.evaluate(same, [button.element_handle(), one]) for one in pressed)

    def _mark(self, button: Locator) -> str:
        return str(button.evaluate("el => el.outerHTML.slice(0, 300)"))
