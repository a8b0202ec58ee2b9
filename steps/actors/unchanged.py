"""That nothing has changed on Billing: figures, plan, invoices, billing information, and what is said there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.actors.balance_check import ExpectedBalance, hold_balance
from steps.actors.billing_contents import hold_kept
from steps.actors.plans import hold_not_suspended
from steps.actors.purchase_invoices import hold_not_invoiced
from steps.actors.thanks import hold_unthreatened
from steps.pages.billing import BillingPage
from steps.readers.checkout.landing import claims_payment
from steps.readers.page.capture import capture
from steps.readers.plans.plan_terms import announced
from steps.verdicts.expectations import check

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.actors.purchase import Purchase


def hold_unchanged(member: Member, purchase: Purchase) -> None:
    """Raise BrokenPromiseError where Billing shows otherwise than before the `purchase`, which nobody paid for."""
    profile, known = member.target.profile, purchase.lines_before
    if BillingPage(member.page, profile).shows():
        hold_unthreatened(member, purchase)  # before a message is gone
    now = member.navigation.go_to_billing().settled_credits()
    hold_balance(member, ExpectedBalance(purchase.before, "afterwards"), now)
    hold_not_suspended(purchase, now)
    to_come = announced(purchase.before, now)
    check(not to_come, expected="no change of the plan is announced", actual=f"“{to_come}”")
    hold_unthreatened(member, purchase)
    claimed = claims_payment(capture(member.page), profile.labels, everywhere=False, known=known) if known else ""
    check(not claimed, expected="no word of a payment", actual=f"“{claimed}”")
    hold_not_invoiced(member, purchase)
    hold_kept(member, purchase, "afterwards", is_own=True)
