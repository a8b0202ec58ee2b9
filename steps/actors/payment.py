"""One payment on the payment page, if the spend guard authorizes it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from steps.actors.landing import landing_noted
from steps.actors.payment_intent import destination_of, intent_of
from steps.actors.price_check import hold_package, refused_for_price
from steps.pages.polling import ignore_navigation_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Page

    from steps.actors.payment_intent import NavigationHistory
    from steps.actors.purchase import Purchase
    from steps.pages.checkout import PaymentPage
    from steps.pages.checkout_form import CheckoutForm
    from steps.pages.input_device import ElementLike
    from steps.safety.spend_guard import SpendGuard
    from steps.targets.test_cards import Card

    EssentialElements = Callable[[], Mapping[str, ElementLike]]


@dataclass(frozen=True)
class Buyer:
    """Who pays: the e-mail address, the site's own address, the guard, and where the browser has been."""

    email: str
    base: str
    guard: SpendGuard
    history: NavigationHistory
    on_checkpoint: Callable[[str, Page, EssentialElements], None]

    def pay(self, purchase: Purchase, card: Card, *, complete: bool | None = None) -> None:
        """Pay, and note what came of it; `complete` says how a 3-D Secure challenge is answered, None leaves it.

        Raises RefusedError, or BrokenPromiseError where what is refused is not the price of the pop-up.
        """
        payment, purchase.card = purchase.payment, card
        assert payment is not None
        note, whole_address = landing_noted(purchase, self.base)
        with refused_for_price(purchase):
            form = self._fill_in(payment, purchase, card)
            permit = self.guard.authorize(lambda: intent_of(payment, card, self.history, form, purchase))
            mark = self.history.mark(payment.page)
            with self.guard.not_paid_unless_pressed(permit) as confirm:
                payment.enter(form, permit.card, permit.intent.place)
                payment.page.on("request", note)
                payment.page.on("framenavigated", whole_address)
                purchase.outcome = payment.pay(
                    form,
                    lambda step: confirm(
                        lambda: intent_of(payment, card, self.history, step, purchase), is_later_step=step is not form
                    ),
                )
        purchase.is_challenged = purchase.outcome.kind == "challenged"
        if purchase.is_challenged and complete is not None:
            purchase.outcome = payment.challenge(complete=complete)
            if purchase.outcome.kind == "refused":
                self.history.forget_since(payment.page, mark)
        permit.record_outcome(purchase.outcome.kind)
        if purchase.outcome.kind == "refused":
            with ignore_navigation_errors():  # the form may have made way for another page
                purchase.asked_after = payment.summary_as_before(form, purchase.paid_for)
        purchase.paid_at = time.monotonic()
        if purchase.landings or purchase.outcome.kind != "left":  # else the buyer goes back by a link of the page
            payment.page.remove_listener("request", note)
            payment.page.remove_listener("framenavigated", whole_address)

    def _fill_in(self, payment: PaymentPage, purchase: Purchase, card: Card) -> CheckoutForm:
        """Return the form that asks for the card, with all else filled in."""
        payment.stop_at_human_check()
        payment.ask_for_another_card()
        self.guard.check_destination(lambda: destination_of(payment, card, self.history))
        purchase.summary = purchase.summary or payment.read_summary()
        hold_package(purchase, purchase.summary)

        def introduce(step: CheckoutForm) -> None:
            self.guard.check_destination(lambda: destination_of(payment, card, self.history, step))
            payment.fill_contact_details(step, self.email, self.guard.buyer(card))

        form = payment.form(introduce)
        introduce(form)
        self.on_checkpoint("the payment page", payment.page, lambda: payment.essential_elements(form))
        return form
