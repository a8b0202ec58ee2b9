"""What the spend guard judges: every URL on the way to a payment page, and the amount that the page asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from playwright.sync_api import Error as PlaywrightError

from steps.readers.page.fact import Fact, Unclear
from steps.safety.intent import Intent
from steps.targets.hosts import host_of

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Request

    from steps.actors.purchase import Purchase
    from steps.pages.checkout import PaymentPage
    from steps.pages.checkout_form import CheckoutForm
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

    def mark(self, page: Page) -> tuple[int, str]:
        """Return how many URLs a tab has visited, and the host that it is on."""
        return len(self._of.get(page, [])), host_of(page.url)

    def forget_since(self, page: Page, mark: tuple[int, str]) -> None:
        """Forget where a tab was since a `mark`, if it is back on its host: at a bank's."""
        visits, host = mark
        if host_of(page.url) == host:
            del self._of.get(page, [])[visits:]

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


def destination_of(
    payment: PaymentPage, card: Card, history: NavigationHistory, form: CheckoutForm | None = None
) -> Intent:
    """Return where a payment would be made, without what it costs."""
    return Intent(
        address=payment.page.url,
        card=card,
        redirect_chain=history.of(payment.page),
        frames=form.addresses() if form is not None else payment.frames(),
    )


def intent_of(
    payment: PaymentPage, card: Card, history: NavigationHistory, form: CheckoutForm, purchase: Purchase | None = None
) -> Intent:
    """Read the whole intent: the amount that the form asks for, and where the page and its frames are by then.

    What is asked for last is noted in `purchase`: a country may change the tax, and a later step the amount.
    """
    asked = payment.summary_now(form)
    due = asked.amount_due
    if purchase is not None and isinstance(due, Fact):
        purchase.asked_last = asked
    where = destination_of(payment, card, history, form)  # after the amount: what moved meanwhile is seen to have moved
    if isinstance(due, Fact):
        net = asked.before_taxes.amount if asked.before_taxes is not None else None
        return replace(where, amount=due.value.amount, currency=due.value.currency, net=net)
    return replace(where, doubt=str(due) if isinstance(due, Unclear) else "")
