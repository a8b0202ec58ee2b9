"""Waiting for what Billing shows of credits: until a purchase is there, and whether they go down by themselves."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from steps.pages.polling import until
from steps.readers.credits.changes import add_on_growth
from steps.readers.page.fact import Unclear, said

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.actors.purchase import Purchase
    from steps.readers.credits.credits import CreditsReading

_A_MOMENT = 1.0
"""Seconds in which a page shows what it knows, as a rule."""

_ANEW = 5.0
"""Seconds for which a page is looked at that was loaded after the time was over."""


def wait_for_credits(member: Member, purchase: Purchase, growth: int) -> tuple[CreditsReading, float]:
    """Wait until Billing shows that the add-on credits have grown by an amount, reloading where necessary.

    One page is given half of the time before it is reloaded again: some show an old balance first, and correct it.
    Returns the credits shown last, and the seconds since the end of payment. Ends early only where too
    much is there, or nothing can be read for certain, and a reload shows the same: a part may be followed by
    the rest.
    """
    deadline = purchase.paid_at + member.immediate_timeout_s
    billing = member.landing.to_billing()
    half = member.immediate_timeout_s / 2
    loaded, patience, stays_from = time.monotonic(), _A_MOMENT, deadline - half - 3 * _A_MOMENT
    settled: int | Unclear | None = None
    now = billing.credits()

    def has_grown() -> bool:
        nonlocal now
        now = billing.credits()
        return add_on_growth(purchase.before, now) == growth

    while True:
        elapsed = time.monotonic() - purchase.paid_at
        grown = add_on_growth(purchase.before, now)
        if grown == growth or time.monotonic() >= deadline:
            return now, elapsed
        if settled == grown and (grown.candidates if isinstance(grown, Unclear) else grown > growth):
            return now, elapsed  # where none are shown at all, they may yet come
        if time.monotonic() - loaded >= patience:
            settled = grown
            billing, loaded = member.reload(), time.monotonic()
            patience = half if loaded >= stays_from and patience < half else _A_MOMENT
        billing.until(has_grown, min(patience, max(0.0, deadline - time.monotonic())))


def wait_for_late_credits(member: Member, purchase: Purchase, growth: int) -> str:
    """Wait on for credits that were not there in time, and return in words what came of it.

    Who uses the account next would find them there, and be blamed. So nobody waits on a target with a workspace for
    each scenario, nor again once it was in vain.
    """
    target, paid = member.target, member.target.paid[member.account.key]
    if target.sets_up or paid.in_vain:
        return ""
    late = target.profile.limits.late
    deadline = purchase.paid_at + late

    def are_there() -> bool:
        return add_on_growth(purchase.before, member.billing().credits()) == growth

    try:
        while (left := deadline - time.monotonic()) > 0:
            if member.reload().until(are_there, min(left, _ANEW)):
                return f"all of them {time.monotonic() - purchase.paid_at:.0f} s after payment"
    except AssertionError:  # Billing cannot be read any more: that is no word on the credits
        return ""
    paid.in_vain = True
    return f"nor all of them within {late:g} s"


def others_are_using_credits(member: Member) -> bool:
    """Whether the monthly credits go down by themselves, because somebody else works in the same workspace."""

    def monthly() -> object:
        return said(member.reload().settled_credits().monthly)

    first = monthly()
    return bool(until(lambda: monthly() != first, member.target.profile.limits.page / 3, every=0.5))
