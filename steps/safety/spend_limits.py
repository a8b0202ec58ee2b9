"""The limits of a run: how many payments, how much money, and no payment twice."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from steps.verdicts.verdict import RefusedError

if TYPE_CHECKING:
    from steps.safety.payment_log import PaymentLog
    from steps.targets.profile import Payments

STOPPED = "stopped"
"""The outcome of a payment that was authorized, and stopped before Pay was pressed."""


class SpendLimits:
    """The limits of a profile, held against the payments of a run; the log is locked by whom calls it."""

    def __init__(self, payments: Payments, payment_log: PaymentLog) -> None:
        self._payments, self._payment_log = payments, payment_log

    def judge(self, amount: Decimal, currency: str) -> None:
        """Refuse one more payment of an amount that would exceed the limits."""
        entries = [payment.entry for payment in self._payment_log.payments()]
        if len(entries) >= self._payments.most_payments:
            told = f"The run's limit of {self._payments.most_payments} payments is reached."
            raise RefusedError(told, line="payments.max_payments = …")
        self.judge_sum(amount, currency)

    def judge_sum(self, amount: Decimal, currency: str) -> None:
        """Refuse an amount that would exceed the limit together with what was spent before."""
        entries = [payment.entry for payment in self._payment_log.payments()]
        most = self._payments.most_amount
        spent = sum((entry.amount or Decimal(0) for entry in entries if entry.currency == currency), Decimal(0))
        if most is not None and spent + amount > most:
            more = f"{amount} {currency}".strip() + (f" after {spent}" if spent else "")
            told = f"{more} would exceed the run's limit of {self.format_amount(most)}."
            raise RefusedError(told, line="payments.max_amount = …")

    def judge_repetition(self, session: str) -> None:
        """Refuse to press Pay again in a session unless the previous attempt is known to have failed."""
        before = [payment for payment in self._payment_log.payments() if session and payment.entry.session == session]
        if any(payment.outcome not in ("refused", STOPPED) for payment in before):
            raise RefusedError(
                "Pay was already pressed in this session, and that may have taken money: check Billing first."
            )

    def format_amount(self, amount: Decimal) -> str:
        """Return the limit in words."""
        only = self._payments.currency
        formatted = f"{amount.normalize():,f}"
        return f"{formatted} {only} in total" if only else f"{formatted} in total in each currency"
