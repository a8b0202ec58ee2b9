"""The hosted payment page, found by its published ids first, and then by the names that such pages give their fields.

Several layouts are in use at the same time (fields at once, behind a "Card" choice, in a nested frame, with a ticked
box for saving the card), and this object handles all of them. It never decides whether to pay: the spend guard does.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import Error as PlaywrightError

from steps.pages.base_page import BasePage, ElementNotFoundError
from steps.pages.checkout_form import CARD_NUMBER, CVC, EXPIRY, CheckoutForm
from steps.pages.input_device import MOUSE, OutOfReachError
from steps.pages.money import Money, money_in
from steps.pages.page_scripts import script
from steps.pages.polling import until
from steps.verdicts.verdict import BlockedError

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Locator, Page

    from steps.pages.input_device import ElementLike, InputDevice
    from steps.targets.profile import Profile
    from steps.targets.test_cards import Card

_TOTAL = "[data-testid='product-summary-total-amount']"
_SUMMARY = "(total) => [document.body?.innerText ?? '', document.querySelector(total)?.innerText ?? '']"
_SUBMIT = "button[data-testid='hosted-payment-submit-button']"
_CARD_CHOICES = (
    "[data-testid='card-accordion-item-button']",
    "#payment-method-accordion-item-title-card",
    "[data-testid='card-accordion-item']",
)
_ERRORS = ".ConfirmPayment-Error, .FieldError [role=alert], .FieldError, [data-qa='EmptyFieldError'], [role=alert]"
_CHALLENGE = "three-ds-2-challenge"
_HUMAN_CHECK = (
    "iframe[src*='hcaptcha'], iframe[src*='recaptcha/api2/bframe'], "
    "iframe[title*='challenge' i][src*='captcha'], #challenge-running"
)
_MOMENT = 150
"""Time allowed for the redirect back, in milliseconds, before the page is read again."""
_SESSION = re.compile(r"\bcs_(test|live)_\w+")


@dataclass(frozen=True)
class CheckoutSummary:
    """What the payment page asks for: the text of its summary, and the amounts of money in it."""

    text: str
    prices: list[Money]
    total: Money | None

    def amounts(self) -> list[str]:
        """Return the amounts of credits that the page names, without duplicates."""
        found = re.findall(r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d+)\s*credits?\b", self.text, re.IGNORECASE)
        return list(dict.fromkeys(found))


def payment_page_of(page: Page, profile: Profile, device: InputDevice = MOUSE) -> PaymentPage | None:
    """Find the payment page among the open tabs: this one, or one that was opened for the payment."""
    for tab in reversed(page.context.pages):
        found = PaymentPage(tab, profile, device)
        try:
            if not tab.is_closed() and found.is_shown():
                return found
        except PlaywrightError:
            if tab is page or not tab.is_closed():
                raise
    return None


class PaymentPage(BasePage):
    """The page on which a buyer finishes checkout."""

    def is_shown(self) -> bool:
        """Whether this is the payment page, by the session in its URL, by its host, or by its card field."""
        if _SESSION.search(urlsplit(self.page.url).path):
            return True
        return (self._is_elsewhere() and self._is_payment_host()) or bool(self._fields())

    def read_summary(self) -> CheckoutSummary:
        """Return what is to be paid for, after the summary has loaded."""
        found = until(self._priced, self.limits.payment / 3)
        text, total = found or self._summary()
        return CheckoutSummary(text, money_in(text), next(iter(money_in(total)), None))

    def asks_for_card(self) -> bool:
        """Whether a card can be entered."""
        return bool(self._fields())

    def leave(self) -> None:
        """Go back to the merchant without paying: by the page's own link, or else by the browser's."""
        address = self.page.url
        back = self.page.locator("a[data-testid='business-link']").or_(
            self.page.get_by_role("link", name=re.compile(r"^\W*(back|cancel|return)\b", re.IGNORECASE))
        )
        if until(lambda: back.filter(visible=True).count(), 3):
            back.filter(visible=True).first.click(no_wait_after=True)
        else:
            self.page.go_back(wait_until="commit")
        if not self.page.is_closed():
            self.page.wait_for_url(lambda url: url != address, timeout=self.limits.page * 1000, wait_until="commit")

    def fill_contact_details(self, frame: Frame, email: str) -> None:
        """Fill in the buyer's name and address, in the frame that contains the form."""
        CheckoutForm(frame, self.input).fill_contact_details(email)

    def essential_elements(self, frame: Frame) -> dict[str, ElementLike]:
        """Return what a buyer needs to see here, by name; `frame` contains the card's fields."""
        found: dict[str, ElementLike] = {"the frame with the card": frame.frame_element()} if frame.parent_frame else {}
        fields = {"the card number": CARD_NUMBER, "the expiry": EXPIRY, "the security code": CVC}
        found |= {name: frame.locator(selector).first for name, selector in fields.items()}
        return found | {"the way to pay": self._submit()}

    def enter(self, frame: Frame, card: Card) -> None:
        """Type the card and related fields into the frame that the spend guard has checked."""
        CheckoutForm(frame, self.input).enter(card)

    def pay(self) -> Outcome:
        """Press Pay once, and wait for the outcome."""
        before = self.errors()
        address = self.page.url
        self.input.click_once(self._submit(), expect_navigation=True)
        return self.outcome(address, before)

    def outcome(self, address: str, before: list[str]) -> Outcome:
        """Wait until the buyer has left, a challenge or a new error shows, or the time is over."""
        found = until(lambda: self._outcome(address, before), self.limits.payment, every=0)
        return found or Outcome("unclear", "nothing happened within the time limit")

    def challenge(self, *, complete: bool) -> Outcome:
        """Answer a 3-D Secure challenge, and repeat until it is gone, because clicks during animations are lost."""
        address, before = self.page.url, self.errors()
        button = "#test-source-authorize-3ds" if complete else "#test-source-fail-3ds"

        def answered() -> bool:
            frames = [frame for frame in self.page.frames if not frame.is_detached()]
            for frame in frames:
                found = frame.locator(button)
                if found.count() and found.first.is_visible():
                    found.first.click(timeout=2000, no_wait_after=True)
                    return False
            return not self._challenged()

        until(answered, self.limits.payment, every=0.3)
        return self.outcome(address, before)

    def errors(self) -> list[str]:
        """Return the error messages that the page shows now."""
        found: list[str] = []
        for frame in self.page.frames:
            found += frame.evaluate(script("texts"), _ERRORS)
        return list(dict.fromkeys(found))

    @property
    def session(self) -> str | None:
        """The kind of the payment session, "test" or "live", if the URL contains it."""
        match = _SESSION.search(self.page.url)
        return match[1] if match else None

    def stop_at_human_check(self) -> None:
        """Raise BlockedError if the page asks for a human, which is never worked around."""
        if self.page.locator(_HUMAN_CHECK).filter(visible=True).count():
            raise BlockedError("The payment page refused automation: it asks for a human.")

    def _is_elsewhere(self, address: str | None = None) -> bool:
        return urlsplit(address or self.page.url).netloc != urlsplit(self.profile.base).netloc

    def _is_payment_host(self) -> bool:
        return self.profile.is_payment_address(self.page.url)

    def _priced(self) -> tuple[str, str] | None:
        text, total = self._summary()
        return (text, total) if money_in(text) else None

    def _summary(self) -> tuple[str, str]:
        """Read the page's text, and the total that it shows."""
        text, total = self.page.evaluate(_SUMMARY, _TOTAL)
        return " ".join(text.split()), total

    def _fields(self) -> list[Frame]:
        return [f for f in self.page.frames if not f.is_detached() and _usable(f.locator(CARD_NUMBER))]

    def card_frame(self) -> Frame:
        """Find the frame with the card's fields, trying each known way to unfold them. Raises ElementNotFoundError."""
        tried: list[str] = []

        def shown() -> list[Frame]:
            fields = self._fields()
            if not fields:
                self.stop_at_human_check()
            return fields or self._unfold(tried) or []

        found = until(shown, self.limits.payment)
        if not found:
            ways = ", ".join(dict.fromkeys(tried)) or "nothing that could be unfolded"
            raise ElementNotFoundError(f"The payment page shows no card field; tried: {ways}. {self.describe_page()}")
        return found[0]

    def _unfold(self, tried: list[str]) -> list[Frame] | None:
        named = re.compile(r"^\W*(pay with )?card\b", re.IGNORECASE)
        for frame in self.page.frames:
            ways = [(selector, frame.locator(selector)) for selector in _CARD_CHOICES]
            ways += [
                ("radio “Card”", frame.get_by_role("radio", name=named)),
                ("button “Card”", frame.get_by_role("button", name=named)),
            ]
            for way, locator in ways:
                if locator.count():
                    tried.append(way)
                    with contextlib.suppress(OutOfReachError):  # another way may be within reach
                        self.input.force_click(locator.first)
                    if until(self._fields, 0.5):
                        return self._fields()
        return None

    def _submit(self) -> Locator:
        for frame in self.page.frames:
            found = frame.locator(_SUBMIT).filter(visible=True)
            if found.count():
                return found.first
        for frame in self.page.frames:
            found = frame.get_by_role(
                "button", name=re.compile(r"^\W*(pay|subscribe|complete|confirm)\b(?!.*\bwith\b)", re.IGNORECASE)
            )
            if found.filter(visible=True).count():
                return found.filter(visible=True).first
        raise ElementNotFoundError(f"The payment page shows no way to pay. {self.describe_page()}")

    def _outcome(self, address: str, before: list[str]) -> Outcome | None:
        self._await_departure()
        if self.page.is_closed() or self._has_left(address):
            return Outcome("left", "")
        self.stop_at_human_check()
        if self._challenged():
            return Outcome("challenged", "")
        new = [error for error in self.errors() if error not in before]
        return Outcome("refused", " ".join(new)) if new else None

    def _has_left(self, address: str) -> bool:
        if self.page.url == address:
            return False
        back = not self._is_elsewhere() and self._is_elsewhere(address)
        return back or not self.is_shown()

    def _await_departure(self) -> None:
        """Wait a moment for the redirect with which most payments end."""
        here = self.page.url
        with contextlib.suppress(PlaywrightError):  # it stays, or its tab was closed
            self.page.wait_for_url(lambda url: url != here, wait_until="commit", timeout=_MOMENT)

    def _challenged(self) -> bool:
        return any(_CHALLENGE in frame.url and _is_visible(frame) for frame in self.page.frames)


@dataclass(frozen=True)
class Outcome:
    """What pressing Pay led to: "left" (sent back), "refused" with a message, "challenged" or "unclear"."""

    kind: str
    message: str


def _usable(locator: Locator) -> bool:
    return locator.first.is_visible()


def _is_visible(frame: Frame) -> bool:
    try:
        return frame.frame_element().is_visible()
    except PlaywrightError:
        return False
