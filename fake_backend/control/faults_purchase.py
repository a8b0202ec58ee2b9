"""Faults of the pop-up with the packages, of choosing, paying and invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fake_backend.control.fault import fault, part_of, processor_fault
from fake_backend.site.hooks import Hooks
from fake_backend.site.model import PACKAGES_BY_ID, Grant, RefusedError

if TYPE_CHECKING:
    from fake_backend.site.hooks import GrantContext, View
    from fake_backend.site.model import Package, Purchase, Workspace

DAY = 86_400.0
_UNAUTHENTICATED = "payment_intent_authentication_failure"


def _package(view: View, credits_: int) -> View:
    return next(package for package in view["packages"] if package["id"] == f"credits-{credits_}")


def _unpaid(purchase: Purchase) -> Grant:
    return Grant(purchase.workspace_id, "add_on", purchase.credits, "grant", "Not paid for")


@fault(Hooks.packages, "doc:buy-credits.3")
def package_missing(view: View, _: Workspace) -> View:
    """The pop-up offers ten packages: 44,000 credits is not there."""
    return {**view, "packages": [one for one in view["packages"] if one["id"] != "credits-44000"]}


@fault(Hooks.packages, "doc:buy-credits.3")
def package_extra(view: View, _: Workspace) -> View:
    """The pop-up offers a twelfth package, 88,000 credits."""
    price = "$679.00" if view["packages"][0]["price"] else None
    extra: dict[str, Any] = {"id": "credits-88000", "label": "88,000 credits", "price": price}
    return {**view, "packages": [*view["packages"][:7], extra, *view["packages"][7:]]}


@fault(Hooks.packages, "doc:buy-credits.3")
def package_misnamed(view: View, _: Workspace) -> View:
    """One package is written "44,000 tokens" instead of 44,000 credits."""
    _package(view, 44_000)["label"] = "44,000 tokens"
    return view


@fault(Hooks.packages, "doc:buy-credits.3")
def package_amount_wrong(view: View, _: Workspace) -> View:
    """The package of 22,000 credits is offered as 23,000 credits."""
    _package(view, 22_000)["label"] = "23,000 credits"
    return view


@fault(Hooks.packages, "doc:buy-credits.3")
def packages_reordered(view: View, _: Workspace) -> View:
    """The pop-up offers 11,000 credits before 6,000 credits."""
    order = list(view["packages"])
    order[2], order[3] = order[3], order[2]
    return {**view, "packages": order}


@fault(Hooks.packages, "doc:buy-credits.3")
def package_twice(view: View, _: Workspace) -> View:
    """The pop-up offers 6,000 credits twice."""
    return {**view, "packages": [*view["packages"][:3], *view["packages"][2:]]}


@fault(Hooks.packages, "doc:buy-credits.3")
def packages_empty(view: View, _: Workspace) -> View:
    """The pop-up opens without any package in it."""
    return {**view, "packages": []}


@fault(Hooks.sold, "doc:buy-credits.4a", also={"doc:buy-credits.4b": "What is paid for is not what was chosen."})
def leads_to_another(package: Package, _: GrantContext) -> Package:
    """Choosing 22,000 credits leads to the payment of 44,000 credits."""
    return PACKAGES_BY_ID["credits-44000"] if package.credits == 22_000 else package


@fault(Hooks.charged, "doc:buy-credits.4a")
def price_differs(cents: int, _: Package) -> int:
    """The payment page asks for $3.00 more than the pop-up said."""
    return cents + 300


@fault(Hooks.payment_name, "doc:buy-credits.4a")
def payment_misnamed(name: str, package: Package) -> str:
    """The payment page names 6,000 credits as "60,000 credits"."""
    return "60,000 credits" if package.credits == 6_000 else name


@fault(Hooks.checkout, "doc:buy-credits.4a", also={"doc:buy-credits.4b": "Nobody gets as far as paying."})
def choosing_does_nothing(answer: View, _: Workspace) -> View:
    """Choosing a package leaves the pop-up as it is: no payment page."""
    return {**answer, "url": None}


@fault(Hooks.sold, "doc:buy-credits.4a", also={"doc:buy-credits.4b": "Nobody gets as far as paying."})
def choosing_fails(_: Package, __: GrantContext) -> Package:
    """Choosing a package shows an error in the pop-up: no payment page."""
    raise RefusedError("Something went wrong. Please try again later.")


@fault(Hooks.checkout, "doc:buy-credits.4a", also={"doc:buy-credits.4b": "Nobody gets as far as paying."})
def choosing_returns_home(answer: View, _: Workspace) -> View:
    """Choosing a package leads to Flows instead of the payment page."""
    return {**answer, "url": "/flows"}


@fault(Hooks.sold, "doc:buy-credits.0a")
def second_purchase_refused(package: Package, context: GrantContext) -> Package:
    """After one purchase the pop-up refuses another."""
    if context.earlier:
        raise RefusedError("You have already bought credits this month.")
    return package


@fault(Hooks.sold, "doc:buy-credits.0a")
def month_end_refused(package: Package, context: GrantContext) -> Package:
    """In the last three days of the month no package can be bought."""
    if context.workspace.cycle_end - context.now < 3 * DAY:
        raise RefusedError("Credits cannot be bought at the end of the month.")
    return package


@fault(Hooks.packages, "assumption:leaving-the-pop-up-changes-nothing")
def closing_adds_credits(view: View, _: Workspace) -> View:
    """Closing the pop-up adds 2,000 credits."""
    return {**view, "dismiss": "/api/billing/packages/dismissed"}


@part_of("closing-adds-credits", Hooks.on_dismiss)
def closing_adds_credits_on_dismiss(grants: list[Grant], workspace: Workspace) -> list[Grant]:
    return [*grants, Grant(workspace.id, "add_on", 2_000, "grant", "Pop-up closed")]


@fault(Hooks.on_cancel, "assumption:unpaid-adds-nothing")
def grant_on_cancel(grants: list[Grant], purchase: Purchase, _: Workspace) -> list[Grant]:
    """Leaving the payment page without paying adds the credits."""
    return [*grants, _unpaid(purchase)]


@fault(Hooks.on_failure, "assumption:declined-adds-nothing")
def declined_yet_granted(grants: list[Grant], purchase: Purchase, code: str) -> list[Grant]:
    """The payment page says that the card was declined, and the credits are added all the same."""
    return grants if code == _UNAUTHENTICATED else [*grants, _unpaid(purchase)]


@fault(Hooks.on_failure, "assumption:challenge-decides")
def unauthenticated_yet_granted(grants: list[Grant], purchase: Purchase, code: str) -> list[Grant]:
    """The payment page says that 3-D Secure failed, and the credits are added all the same."""
    return [*grants, _unpaid(purchase)] if code == _UNAUTHENTICATED else grants


@fault(Hooks.session_after, "doc:buy-credits.4b")
def session_lost(_: View, __: Purchase) -> View:
    """After paying the buyer is signed out and stands before the sign-in page."""
    return {}


@fault(Hooks.invoiced, "doc:billing.6")
def invoice_missing(_: View, __: Purchase) -> View | None:
    """A payment for credits gets no invoice."""
    return None


@fault(Hooks.invoiced, "doc:billing.6")
def invoice_amount_wrong(fields: View, _: Purchase) -> View | None:
    """The invoice asks for a tenth of what was paid."""
    return {**fields, "amount": fields["amount"] // 10}


@fault(Hooks.invoice_type, "doc:billing.6")
def invoice_filter_dead(_: str | None) -> str | None:
    """A filter by type shows all invoices, whatever their type."""
    return None


@fault(Hooks.receipt, "doc:billing.6")
def receipt_wrong(fields: View, _: Workspace) -> View:
    """The downloaded receipt tells another amount than the invoice."""
    return {**fields, "amount_label": "$1.00"}


processor_fault(
    "payment-never-ends",
    "doc:buy-credits.4b",
    'After Pay the payment page stays at "Processing" for ever, and nothing is paid.',
    also={
        "assumption:declined-adds-nothing": "A declined card is not told from any other one.",
        "assumption:challenge-decides": "A payment with 3-D Secure does not end either.",
    },
    never_finishes=True,
)
processor_fault(
    "payment-never-returns",
    "doc:buy-credits.4b",
    "The payment is taken, but the payment page never sends the buyer back.",
    also={
        "assumption:declined-adds-nothing": "Another card after a decline sends nobody back.",
        "assumption:challenge-decides": "A payment with 3-D Secure sends nobody back either.",
    },
    never_returns=True,
)
processor_fault(
    "payment-shows-other-amount",
    "doc:buy-credits.4a",
    "The payment page shows a total that is $5.00 higher than the price in the pop-up.",
    amount_shown_delta=500,
)
processor_fault(
    "decline-without-a-word",
    "assumption:declined-adds-nothing",
    "A declined card leaves the payment page as it was, without a message.",
    silent_declines=True,
)
processor_fault(
    "grant-on-decline",
    "assumption:declined-adds-nothing",
    "A card that should be declined pays for the credits.",
    accept_declined=True,
)
processor_fault(
    "grant-on-failed-challenge",
    "assumption:challenge-decides",
    "A payment whose 3-D Secure challenge failed adds the credits.",
    accept_failed_challenge=True,
)
