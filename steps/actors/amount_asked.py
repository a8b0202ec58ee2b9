"""What the payment page asks for when it opens, before anything is done there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.readers.capture import capture, selectors_of
from steps.readers.checkout import read_summary
from steps.readers.fact import Absent

if TYPE_CHECKING:
    from steps.pages.checkout import PaymentPage
    from steps.readers.checkout import CheckoutSummary


def summary_of(payment: PaymentPage) -> CheckoutSummary:
    """Return what the payment page asks for, once its amount shows; without one, what shows when the time is over."""

    def read() -> CheckoutSummary:
        return read_summary(capture(payment.page, selectors_of(payment.profile)), payment.profile)

    def read_if_priced() -> CheckoutSummary | None:
        summary = read()
        return None if isinstance(summary.amount_due, Absent) else summary

    return payment.until(read_if_priced, payment.limits.payment / 3) or read()
