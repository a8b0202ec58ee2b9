"""The merchant's side of the payment processor: the `stripe` package, as any merchant would use it."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import stripe

    from fake_backend.site.config import SiteConfig
    from fake_backend.site.model import Order, Purchase


class ProcessorUnreachableError(Exception):
    """The processor gave no answer, or one that makes no sense."""


class Merchant:
    """Makes payment sessions and asks about them.

    The package is imported at first use: it takes a quarter of a second, which a start does not need.
    """

    def __init__(self, config: SiteConfig) -> None:
        self._config = config

    @cached_property
    def client(self) -> stripe.StripeClient:
        """The client; with no `processor_api` it speaks to Stripe's own test mode."""
        import stripe

        if not (base := self._config.processor_api):
            return stripe.StripeClient(self._config.processor_key, max_network_retries=2)
        # On this machine no proxy is asked, whatever the environment says.
        direct = stripe.RequestsClient(proxy={"http": "", "https": ""})
        return stripe.StripeClient(
            self._config.processor_key, base_addresses={"api": base}, max_network_retries=2, http_client=direct
        )

    def create(self, purchase: Purchase, order: Order, email: str) -> stripe.checkout.Session:
        """Make the payment session of a purchase; asked again with the same purchase it gives the same session."""
        import stripe

        site = self._config.site_url
        reference = {"workspace": purchase.workspace_id, "purchase": purchase.id, "credits": str(purchase.credits)}
        lines: Any = [
            {
                "price_data": {"currency": order.currency, "unit_amount": cents, "product_data": {"name": name}},
                "quantity": quantity,
            }
            for name, cents, quantity in order.lines
        ]
        try:
            return self.client.v1.checkout.sessions.create(
                {
                    "mode": "payment",
                    "line_items": lines,
                    "client_reference_id": purchase.workspace_id,
                    "customer_email": email,
                    "metadata": reference,
                    "payment_intent_data": {"metadata": reference},
                    "success_url": f"{site}/billing/return?session_id={{CHECKOUT_SESSION_ID}}",
                    "cancel_url": f"{site}/billing/cancelled?purchase={purchase.id}",
                },
                {"idempotency_key": purchase.id},
            )
        except stripe.StripeError as error:
            raise ProcessorUnreachableError(str(error)) from error

    def session(self, session_id: str) -> stripe.checkout.Session | None:
        """Ask for a session; nothing when the processor does not know it."""
        import stripe

        try:
            return self.client.v1.checkout.sessions.retrieve(session_id)
        except stripe.InvalidRequestError:
            return None
        except stripe.StripeError as error:
            raise ProcessorUnreachableError(str(error)) from error

    def expire(self, session_id: str) -> None:
        """End a session that is open."""
        import stripe

        try:
            self.client.v1.checkout.sessions.expire(session_id)
        except stripe.StripeError as error:
            raise ProcessorUnreachableError(str(error)) from error

    def completed_since(self, real_time: float) -> Iterator[stripe.checkout.Session]:
        """Return the completed sessions made since a time (seconds since 1970), newest first."""
        import stripe

        try:
            page = self.client.v1.checkout.sessions.list({"status": "complete", "limit": 100})
            for session in page.auto_paging_iter():
                if session.created < real_time:
                    return
                yield session
        except stripe.StripeError as error:
            raise ProcessorUnreachableError(str(error)) from error

    def event(self, body: bytes, signature: str) -> stripe.Event:
        """Read a webhook whose signature is right; raises `ValueError` for all others, and for all without a secret."""
        import stripe

        if not _is_event(body):
            raise ValueError("This is no event.")
        try:
            return self.client.construct_event(body, signature, self._config.webhook_secret)
        except stripe.SignatureVerificationError as error:
            raise ValueError(str(error)) from error


def _is_event(body: bytes) -> bool:
    """Whether a body has the shape of an event: a type, and an object with an id."""
    try:
        sent = json.loads(body)
        return isinstance(sent["type"], str) and isinstance(sent["data"]["object"]["id"], str)
    except (ValueError, TypeError, LookupError, RecursionError):
        return False
