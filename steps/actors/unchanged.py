"""That nothing has changed on Billing: figures, plan, invoices, billing information, and what is said there."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from steps.actors.balance_check import ExpectedBalance, hold_balance, hold_in_sight
from steps.actors.billing_contents import hold_information, hold_kept
from steps.actors.plans import hold_not_suspended
from steps.actors.purchase_invoices import hold_not_invoiced
from steps.actors.thanks import hold_unthreatened
from steps.pages.billing import BillingPage
from steps.pages.not_found import ElementNotFoundError
from steps.pages.polling import until
from steps.readers.checkout.landing import claims_payment
from steps.readers.page.capture import capture
from steps.readers.page.lines import layout_of
from steps.readers.plans.plan_terms import announced
from steps.verdicts.expectations import check

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.actors.purchase import Purchase


def hold_unchanged(member: Member, purchase: Purchase) -> None:
    """Raise BrokenPromiseError where Billing shows otherwise than before the `purchase`, which nobody paid for."""
    profile, known = member.target.profile, purchase.lines_before
    _hold_in_sight(member, purchase)
    now = member.navigation.go_to_billing().settled_credits()
    hold_balance(member, ExpectedBalance(purchase.before, "afterwards"), now)
    hold_not_suspended(purchase, now)
    to_come = announced(purchase.before, now)
    check(not to_come, expected="no change of the plan is announced", actual=f"“{to_come}”")
    hold_unthreatened(member, purchase)
    claimed = claims_payment(capture(member.page), profile.labels, everywhere=False, known=known) if known else ""
    check(not claimed, expected="no word of a payment", actual=f"“{claimed}”")
    hold_offered(member, purchase)
    hold_not_invoiced(member, purchase)
    hold_kept(member, purchase, "afterwards", is_own=True)


def _hold_in_sight(member: Member, purchase: Purchase) -> None:
    """Hold Billing as the member has it before them, where they have: it is loaded anew for all that follows."""
    billing = BillingPage(member.page, member.target.profile)
    if not billing.shows():
        return
    hold_unthreatened(member, purchase)  # before a message is gone
    with suppress(ElementNotFoundError):
        hold_in_sight(member, billing, purchase.before)
    hold_information(member, purchase.information_before)


def hold_offered(member: Member, purchase: Purchase) -> None:
    """Raise BrokenPromiseError where Billing does not offer to buy credits or another plan any more, as it did."""
    labels, was = member.target.profile.labels, {text.casefold() for text in purchase.lines_before}

    def gone() -> list[str]:
        now = {line.text.casefold() for line in layout_of(capture(member.page)).lines}
        names = [name for key in ("add_credits", "upgrade_plan") for name in labels.of(key).names]
        return [name for name in names if name.casefold() in was - now]

    until(lambda: not gone(), member.target.profile.limits.page / 5, page=member.page)
    lacking = gone()
    check(not lacking, expected=f"Billing offers “{'” and “'.join(lacking)}” as before", actual="it does not")
