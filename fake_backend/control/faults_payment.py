"""Faults of paying, of leaving the payment page, and of what a failed payment does."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from fake_backend.control.fault import changed, fault, processor_fault
from fake_backend.site.hooks import Hooks
from fake_backend.site.model import PACKAGES_BY_ID, Grant, Order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fake_backend.site.hooks import BillingContext, GrantContext, View
    from fake_backend.site.model import Package, Purchase, Workspace

_UNAUTHENTICATED = "payment_intent_authentication_failure"
_UNPAID, _DECLINED = "assumption:unpaid-adds-nothing", "assumption:declined-adds-nothing"
_CHALLENGE = "assumption:challenge-decides"
_A_WHILE = 40.0
"""Seconds after which a landing is forgotten."""
_TWO_PAGES, _ONCE = "assumption:each-payment-page-for-itself", "assumption:paid-once"


def _unpaid(purchase: Purchase, after: float = 0.0) -> Grant:
    return Grant(purchase.workspace_id, "add_on", purchase.credits, "grant", "Not paid for", after)


def _again(purchase: Purchase) -> Grant:
    return Grant(purchase.workspace_id, "add_on", purchase.credits, "grant", "Paid again")


def _open(context: GrantContext) -> Sequence[Purchase]:
    """Return the purchases whose payment page is open elsewhere, as far as anybody knows."""
    return [purchase for purchase in context.pending if not purchase.landings]


def _left(context: GrantContext) -> Sequence[Purchase]:
    """Return the purchases whose payment page was left without paying."""
    return [purchase for purchase in context.pending if purchase.landings]


@fault(Hooks.on_cancel, _UNPAID)
def grant_on_cancel(grants: list[Grant], purchase: Purchase, _: Workspace) -> list[Grant]:
    """Leaving the payment page without paying adds the credits."""
    return [*grants, _unpaid(purchase)]


@fault(Hooks.on_cancel, _UNPAID)
def left_yet_granted_later(grants: list[Grant], purchase: Purchase, _: Workspace) -> list[Grant]:
    """Leaving the payment page without paying adds the credits 6 seconds later."""
    return [*grants, _unpaid(purchase, 6)]


@fault(Hooks.on_cancel, _DECLINED)
def grant_on_leaving_after_decline(grants: list[Grant], purchase: Purchase, _: Workspace) -> list[Grant]:
    """Leaving the payment page once a card was declined adds the credits."""
    return [*grants, _unpaid(purchase)] if purchase.refusals else grants


@fault(Hooks.billing, _DECLINED)
def success_after_decline(view: View, context: BillingContext) -> View:
    """Who leaves the payment page once a card was declined is told that the payment was successful."""
    left = context.cancelled
    is_told = left is not None and left.refusals
    return changed(view, "notice", kind="success", text="Payment successful. Thank you!") if is_told else view


@fault(Hooks.billing, _DECLINED)
def locked_after_decline(view: View, context: BillingContext) -> View:
    """Who leaves the payment page once a card was declined is told that the workspace will be locked in 3 days."""
    left = context.cancelled
    text = "Your last payment failed. Your workspace will be locked in 3 days."
    return changed(view, "notice", kind="error", text=text) if left is not None and left.refusals else view


@fault(Hooks.billing, _UNPAID)
def success_after_leaving(view: View, context: BillingContext) -> View:
    """Who leaves the payment page without paying is told that the payment was successful; nothing is added."""
    if context.cancelled is None:
        return view
    text = f"Payment successful. {context.cancelled.credits:,} credits were added to your account."
    return changed(view, "notice", kind="success", text=text)


@fault(Hooks.sold, _UNPAID)
def left_package_sticks(package: Package, context: GrantContext) -> Package:
    """After a payment page was left, every other package leads to the payment of the one that was left."""
    left = _left(context)
    return PACKAGES_BY_ID[f"credits-{left[0].credits}"] if left else package


@fault(Hooks.order, _UNPAID)
def left_price_sticks(order: Order, _: Package, context: GrantContext) -> Order:
    """After a payment page was left, every other package is asked for at the price of the one that was left."""
    left = _left(context)
    return replace(order, lines=((order.lines[0][0], left[0].amount, 1),)) if left else order


@fault(Hooks.on_failure, _DECLINED)
def declined_yet_granted(grants: list[Grant], purchase: Purchase, code: str) -> list[Grant]:
    """The payment page says that the card was declined, and the credits are added all the same."""
    return grants if code == _UNAUTHENTICATED else [*grants, _unpaid(purchase)]


@fault(Hooks.on_failure, _DECLINED)
def declined_yet_granted_later(grants: list[Grant], purchase: Purchase, code: str) -> list[Grant]:
    """The payment page says that the card was declined, and 6 seconds later the credits are added."""
    return grants if code == _UNAUTHENTICATED else [*grants, _unpaid(purchase, 6)]


@fault(Hooks.invoiced, "doc:billing.6", also={_DECLINED: "Cards are refused there.", _CHALLENGE: "There too."})
def dearer_with_each_refusal(invoices: list[View], purchase: Purchase, _: Workspace) -> list[View]:
    """For each card that was refused before another one paid, 5 % more are charged than the payment page asked for."""
    return [{**one, "amount": one["amount"] * (100 + 5 * purchase.refusals) // 100} for one in invoices]


@fault(Hooks.invoiced, "doc:billing.6", also={_DECLINED: "Cards are refused there.", _CHALLENGE: "There too."})
def refused_cards_invoiced_too(invoices: list[View], purchase: Purchase, _: Workspace) -> list[View]:
    """Each card that was refused before another one paid has an invoice, too, as if it had paid."""
    return invoices * (1 + purchase.refusals)


@fault(Hooks.on_failure, _CHALLENGE)
def unauthenticated_yet_granted(grants: list[Grant], purchase: Purchase, code: str) -> list[Grant]:
    """The payment page says that 3-D Secure failed, and the credits are added all the same."""
    return [*grants, _unpaid(purchase)] if code == _UNAUTHENTICATED else grants


@fault(Hooks.on_failure, _CHALLENGE)
def unauthenticated_yet_granted_later(grants: list[Grant], purchase: Purchase, code: str) -> list[Grant]:
    """The payment page says that 3-D Secure failed, and 6 seconds later the credits are added."""
    return [*grants, _unpaid(purchase, 6)] if code == _UNAUTHENTICATED else grants


@fault(Hooks.session_after, "doc:buy-credits.4b")
def session_lost(_: View, __: Purchase) -> View:
    """After paying the buyer is signed out and stands before the sign-in page."""
    return {}


@fault(Hooks.heard, "doc:buy-credits.4b")
def closed_tab_adds_nothing(_: str, __: Purchase) -> str | None:
    """Who closes the payment page after Pay, before it sends them back, never gets the credits."""
    return None


@fault(Hooks.thanks, "doc:buy-credits.4b", also={"doc:buy-credits.0a": "Who buys again is thanked for as much."})
def thanks_name_ten_times(_: str, purchase: Purchase) -> str:
    """After paying the site says that ten times the credits were added; what is added is right."""
    return f"{purchase.credits * 10:,} credits"


@fault(Hooks.thanks, "doc:buy-credits.4b", also={"doc:buy-credits.0a": "Who buys again is thanked for as much."})
def thanks_tell_another_price(bought: str, purchase: Purchase) -> str:
    """After paying the site names a dollar more than was paid."""
    return f"{bought} for ${purchase.amount / 100 + 1:,.2f}"


@fault(Hooks.thanks, "doc:buy-credits.4b", also={"doc:buy-credits.0a": "Who buys again is thanked for as much."})
def thanks_tell_an_old_balance(bought: str, purchase: Purchase) -> str:
    """After paying the site says that the balance is a credit short of what was bought; Billing shows what is right."""
    return f"{bought} (balance: {purchase.credits - 1:,})"


@fault(Hooks.thanks, "doc:buy-credits.4b", also={"doc:buy-credits.0a": "Who buys again is thanked for such, too."})
def thanks_for_monthly_credits(_: str, purchase: Purchase) -> str:
    """After paying the site says that monthly credits were added; what is added are add-on credits."""
    return f"{purchase.credits:,} monthly credits"


@fault(Hooks.billing, "doc:buy-credits.4b")
def failure_after_paying(view: View, context: BillingContext) -> View:
    """After paying the site says that the payment failed; the credits are added all the same."""
    if context.landed is None:
        return view
    return changed(view, "notice", kind="error", text="The payment failed. No credits were added to your account.")


@fault(Hooks.sold, _TWO_PAGES)
def second_page_asks_for_first(package: Package, context: GrantContext) -> Package:
    """While one payment page is open, choosing another package opens a page for the first one."""
    others = _open(context)
    return PACKAGES_BY_ID[f"credits-{others[0].credits}"] if others else package


@fault(Hooks.grants, _TWO_PAGES)
def second_page_adds_first(grants: list[Grant], _: Purchase, context: GrantContext) -> list[Grant]:
    """While one payment page is open, paying on a second one adds the credits of the first."""
    others = _open(context)
    return [replace(grant, credits=others[0].credits) for grant in grants] if len(others) > 1 else grants


@fault(Hooks.grants, _TWO_PAGES)
def older_page_adds_newest(grants: list[Grant], _: Purchase, context: GrantContext) -> list[Grant]:
    """While newer payment pages are open, paying on an older one adds the credits of the newest."""
    others = _open(context)
    return [replace(grant, credits=others[-1].credits) for grant in grants] if len(others) > 1 else grants


@fault(Hooks.ended_sessions, _TWO_PAGES)
def second_page_dead(sessions: list[str], opened: str, context: GrantContext) -> list[str]:
    """While one payment page is open, a second one says that it has timed out."""
    return [*sessions, opened] if _open(context) else sessions


@fault(Hooks.on_landing, "doc:buy-credits.4b")
def granted_again_on_landing(grants: list[Grant], purchase: Purchase, _: Workspace) -> list[Grant]:
    """Opening the landing address again adds the package again."""
    return [*grants, _again(purchase)] if purchase.landings and purchase.state == "paid" else grants


@fault(Hooks.on_landing, "doc:buy-credits.4b")
def landing_forgotten_after_a_while(grants: list[Grant], purchase: Purchase, workspace: Workspace) -> list[Grant]:
    """Opening the landing address again adds the package again, once 40 seconds have passed since the payment."""
    since = time.time() + workspace.clock_offset - (purchase.paid_at or math.inf)
    return [*grants, _again(purchase)] if purchase.landings and since > _A_WHILE else grants


@fault(Hooks.on_landing, "assumption:unpaid-adds-nothing")
def landing_grants_unpaid(grants: list[Grant], purchase: Purchase, _: Workspace) -> list[Grant]:
    """Opening the address that a payment leads to adds the package, though nothing was paid."""
    return [*grants, _again(purchase)] if purchase.state != "paid" else grants


@fault(Hooks.on_repeated_webhook, "doc:buy-credits.4b", webhook_delay_s=3.0, redirect_wait_s=0.0)
def late_webhook_grants_again(grants: list[Grant], purchase: Purchase, _: Workspace) -> list[Grant]:
    """The processor's word comes 3 seconds after the buyer is back, and adds the package again."""
    return [*grants, _again(purchase)]


@fault(Hooks.on_repeated_webhook, _ONCE, pays_again=True)
def double_press_pays_twice(grants: list[Grant], purchase: Purchase, _: Workspace) -> list[Grant]:
    """Pressing Pay twice in a row pays twice: two invoices, twice the credits."""
    return [*grants, _again(purchase)]


@fault(Hooks.on_repeated_webhook, _ONCE, pays_again=True, stays_open=True)
def back_pays_again(grants: list[Grant], purchase: Purchase, _: Workspace) -> list[Grant]:
    """Who goes back after paying finds the payment form again, and can pay again."""
    return [*grants, _again(purchase)]


processor_fault(
    "back-offers-again", _ONCE, "Who goes back after paying is asked for the payment again.", stays_open=True
)
processor_fault(
    "payment-never-ends",
    "doc:buy-credits.4b",
    'After Pay the payment page stays at "Processing" for ever, and nothing is paid.',
    also={
        _DECLINED: "A declined card is not told from any other one.",
        _CHALLENGE: "A payment with 3-D Secure does not end either.",
    },
    never_finishes=True,
)
processor_fault(
    "payment-never-returns",
    "doc:buy-credits.4b",
    "The payment is taken, but the payment page never sends the buyer back.",
    also={
        _DECLINED: "Another card after a decline sends nobody back.",
        _CHALLENGE: "A payment with 3-D Secure sends nobody back either.",
    },
    never_returns=True,
)
processor_fault(
    "pay-disabled",
    "doc:buy-credits.4b",
    "The button Pay cannot be pressed, whatever is filled in.",
    also={
        _DECLINED: "No card can be tried, a bad one no more than a good one.",
        _CHALLENGE: "A card with 3-D Secure cannot be tried either.",
    },
    pay_disabled=True,
)
processor_fault(
    "decline-without-a-word",
    _DECLINED,
    "A declined card leaves the payment page as it was, without a message.",
    silent_declines=True,
)
processor_fault(
    "grant-on-decline", _DECLINED, "A card that should be declined pays for the credits.", accept_declined=True
)
processor_fault(
    "grant-on-failed-challenge",
    _CHALLENGE,
    "A payment whose 3-D Secure challenge failed adds the credits.",
    accept_failed_challenge=True,
)
processor_fault(
    "grant-on-left-challenge",
    _CHALLENGE,
    "A payment whose 3-D Secure challenge is left without an answer adds the credits.",
    accept_left_challenge=True,
)
