"""What the spend guard judges: every URL on the way to a payment page, and the amount that the page asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from playwright.sync_api import Error as PlaywrightError

from steps.safety.spend_guard import Intent

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Frame, Page, Request

    from steps.pages.checkout import PaymentPage
    from steps.targets.test_cards import Card


class NavigationHistory:
    """The URLs that each tab of a browser context has visited since `begin`, redirects included.

    It listens only from choosing a package until the payment is over, because listening slows down every request.
    """

    def __init__(self, context: BrowserContext) -> None:
        self._of: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()
        self._unplaced: list[str] = []
        self._context = context
        self._listens = False

    def begin(self) -> None:
        """Forget earlier URLs and start listening, because a package is being chosen."""
        self._of.clear()
        self._unplaced.clear()
        if not self._listens:
            self._context.on("request", self._note)
            self._listens = True

    def end(self) -> None:
        """Stop listening, because the payment is over."""
        if self._listens:
            self._context.remove_listener("request", self._note)
            self._listens = False

    def of(self, page: Page) -> tuple[str, ...]:
        """Return a tab's URLs, and those of navigations that could not be assigned to a tab."""
        return (*self._unplaced, *self._of.get(page, []))

    def _note(self, request: Request) -> None:
        if not request.is_navigation_request():
            return
        try:
            frame = request.frame
            if frame.parent_frame is None:
                self._of.setdefault(frame.page, []).append(request.url)
        except PlaywrightError:  # the first request of a new tab comes before its frame
            self._unplaced.append(request.url)


def intent_of(payment: PaymentPage, card: Card, history: NavigationHistory, frame: Frame | None = None) -> Intent:
    """Read the intent from a payment page; `frame` is the one with the card field."""
    amount, currency = None, ""
    if frame is not None:
        asked = payment.read_summary()
        total = asked.total or max(asked.prices, key=lambda price: price.amount, default=None)
        amount, currency = (total.amount, total.currency) if total else (None, "")
    return Intent(
        address=payment.page.url,
        session=payment.session,
        card=card,
        amount=amount,
        currency=currency,
        redirect_chain=history.of(payment.page),
        frames=_addresses(frame),
    )


def _addresses(frame: Frame | None) -> tuple[str, ...]:
    """Return the URLs of a frame and of those around it, without that of the page itself."""
    if frame is None:
        return ()
    if frame.is_detached():
        raise PlaywrightError("The frame with the card field has gone.")
    around = []
    at: Frame | None = frame
    while at is not None and at.parent_frame is not None:
        around.append(at.url)
        at = at.parent_frame
    return tuple(around)
