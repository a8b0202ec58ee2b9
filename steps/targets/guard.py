"""The spend guard: decides before the first digit of a card is typed, and stops whenever it cannot be sure."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fnmatch import fnmatch
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from steps.targets.cards import TEST_NUMBERS, Card
from steps.targets.verdict import NotVerifiedError, RefusedError

if TYPE_CHECKING:
    from steps.targets.profile import Payments


@dataclass(frozen=True)
class Intent:
    """A payment about to be made: where, in which kind of session ("test", "live", None), with what, and for how much."""

    address: str
    session: str | None
    card: Card = field(repr=False)
    amount: Decimal | None
    frames: tuple[str, ...] = ()


class SpendGuard:
    """Judges each payment of a run against the profile, and keeps count of what was paid."""

    def __init__(self, payments: Payments, *, fake: bool) -> None:
        self._payments = payments
        self._fake = fake
        self.count = 0
        self.amount = Decimal(0)

    def header(self) -> str:
        """Say the decision in one line, before anything runs."""
        if self._payments.allow == "none":
            return "payments: none; purchases go as far as the payment page"
        hosts = ", ".join(self._payments.hosts)
        limit = (
            f"at most {self._payments.max_payments}, {self._payments.max_amount:,.0f} {self._payments.currency} in all"
        )
        return f"payments: test cards only, in test sessions only, on {hosts}; {limit}"

    def permit(self, intent: Intent) -> None:
        """Allow the payment and count it, or raise RefusedError, or NotVerifiedError where the profile wants none."""
        if self._payments.allow == "none":
            raise NotVerifiedError(
                "The profile allows no payments: the journey was checked as far as the payment page."
            )
        self._judge_place(intent)
        if intent.card.number not in TEST_NUMBERS:
            raise RefusedError("The card is not one of the published test numbers.")
        self._judge_limits(intent)
        self.count += 1
        self.amount += intent.amount or 0

    def _judge_place(self, intent: Intent) -> None:
        if intent.session == "live":
            raise RefusedError("The payment session is a live one: this would be real money.")
        for address in (intent.address, *intent.frames):
            host = urlsplit(address).netloc
            if not any(fnmatch(host, allowed) for allowed in self._payments.hosts):
                raise RefusedError(f"The payment page is on {host or address}, which payments.hosts does not allow.")
        if intent.session is None and not self._fake:
            raise RefusedError("The payment page does not tell that its session is a test one (cs_test_…).")

    def _judge_limits(self, intent: Intent) -> None:
        if self.count >= self._payments.max_payments:
            raise RefusedError(f"The run's limit of {self._payments.max_payments} payments is reached.")
        if intent.amount is None:
            raise RefusedError("The payment page shows no amount that could be read, so no limit could be held.")
        if self.amount + intent.amount > Decimal(str(self._payments.max_amount)):
            raise RefusedError(
                f"{intent.amount} more would exceed the run's limit of "
                f"{self._payments.max_amount:,.0f} {self._payments.currency}."
            )
