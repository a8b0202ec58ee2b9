"""Faults of the pop-up with the packages, of choosing, paying and invoices."""

# ruff: noqa: ARG002 - a hook is told more than some of its versions need

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fake_backend.control.fault import fault, processor_fault
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


@fault("package-missing", "doc:buy-credits.3", "The pop-up offers ten packages: 44,000 credits is not there.")
class _PackageMissing(Hooks):
    def packages(self, view: View, workspace: Workspace) -> View:
        view = super().packages(view, workspace)
        return {**view, "packages": [one for one in view["packages"] if one["id"] != "credits-44000"]}


@fault("package-extra", "doc:buy-credits.3", "The pop-up offers a twelfth package, 88,000 credits.")
class _PackageExtra(Hooks):
    def packages(self, view: View, workspace: Workspace) -> View:
        view = super().packages(view, workspace)
        price = "$679.00" if view["packages"][0]["price"] else None
        extra: dict[str, Any] = {"id": "credits-88000", "label": "88,000 credits", "price": price}
        return {**view, "packages": [*view["packages"][:7], extra, *view["packages"][7:]]}


@fault("package-misnamed", "doc:buy-credits.3", 'One package is written "44,000 tokens" instead of 44,000 credits.')
class _PackageMisnamed(Hooks):
    def packages(self, view: View, workspace: Workspace) -> View:
        view = super().packages(view, workspace)
        _package(view, 44_000)["label"] = "44,000 tokens"
        return view


@fault("package-amount-wrong", "doc:buy-credits.3", "The package of 22,000 credits is offered as 23,000 credits.")
class _PackageAmountWrong(Hooks):
    def packages(self, view: View, workspace: Workspace) -> View:
        view = super().packages(view, workspace)
        _package(view, 22_000)["label"] = "23,000 credits"
        return view


@fault("packages-reordered", "doc:buy-credits.3", "The pop-up offers 11,000 credits before 6,000 credits.")
class _PackagesReordered(Hooks):
    def packages(self, view: View, workspace: Workspace) -> View:
        view = super().packages(view, workspace)
        order = list(view["packages"])
        order[2], order[3] = order[3], order[2]
        return {**view, "packages": order}


@fault("package-twice", "doc:buy-credits.3", "The pop-up offers 6,000 credits twice.")
class _PackageTwice(Hooks):
    def packages(self, view: View, workspace: Workspace) -> View:
        view = super().packages(view, workspace)
        return {**view, "packages": [*view["packages"][:3], *view["packages"][2:]]}


@fault("packages-empty", "doc:buy-credits.3", "The pop-up opens without any package in it.")
class _PackagesEmpty(Hooks):
    def packages(self, view: View, workspace: Workspace) -> View:
        return {**super().packages(view, workspace), "packages": []}


@fault("leads-to-another", "doc:buy-credits.4", "Choosing 22,000 credits leads to the payment of 44,000 credits.")
class _LeadsToAnother(Hooks):
    def sold(self, package: Package, context: GrantContext) -> Package:
        package = super().sold(package, context)
        return PACKAGES_BY_ID["credits-44000"] if package.credits == 22_000 else package


@fault("price-differs", "doc:buy-credits.4", "The payment page asks for $3.00 more than the pop-up said.")
class _PriceDiffers(Hooks):
    def charged(self, cents: int, package: Package) -> int:
        return super().charged(cents, package) + 300


@fault("payment-misnamed", "doc:buy-credits.4", 'The payment page names 6,000 credits as "60,000 credits".')
class _PaymentMisnamed(Hooks):
    def payment_name(self, name: str, package: Package) -> str:
        name = super().payment_name(name, package)
        return "60,000 credits" if package.credits == 6_000 else name


@fault("choosing-does-nothing", "doc:buy-credits.4", "Choosing a package leaves the pop-up as it is: no payment page.")
class _ChoosingDoesNothing(Hooks):
    def checkout(self, answer: View, workspace: Workspace) -> View:
        return {**super().checkout(answer, workspace), "url": None}


@fault("choosing-fails", "doc:buy-credits.4", "Choosing a package shows an error in the pop-up: no payment page.")
class _ChoosingFails(Hooks):
    def sold(self, package: Package, context: GrantContext) -> Package:
        raise RefusedError("Something went wrong. Please try again later.")


@fault("choosing-returns-home", "doc:buy-credits.4", "Choosing a package leads to Flows instead of the payment page.")
class _ChoosingReturnsHome(Hooks):
    def checkout(self, answer: View, workspace: Workspace) -> View:
        return {**super().checkout(answer, workspace), "url": "/flows"}


@fault("second-purchase-refused", "doc:buy-credits.0", "After one purchase the pop-up refuses another.")
class _SecondPurchaseRefused(Hooks):
    def sold(self, package: Package, context: GrantContext) -> Package:
        if context.earlier:
            raise RefusedError("You have already bought credits this month.")
        return super().sold(package, context)


@fault("month-end-refused", "doc:buy-credits.0", "In the last three days of the month no package can be bought.")
class _MonthEndRefused(Hooks):
    def sold(self, package: Package, context: GrantContext) -> Package:
        if context.workspace.cycle_end - context.now < 3 * DAY:
            raise RefusedError("Credits cannot be bought at the end of the month.")
        return super().sold(package, context)


@fault(
    "closing-adds-credits", "assumption:leaving-the-pop-up-changes-nothing", "Closing the pop-up adds 2,000 credits."
)
class _ClosingAddsCredits(Hooks):
    def packages(self, view: View, workspace: Workspace) -> View:
        return {**super().packages(view, workspace), "dismiss": "/api/billing/packages/dismissed"}

    def on_dismiss(self, workspace: Workspace) -> list[Grant]:
        return [*super().on_dismiss(workspace), Grant(workspace.id, "add_on", 2_000, "grant", "Pop-up closed")]


@fault("grant-on-cancel", "assumption:unpaid-adds-nothing", "Leaving the payment page without paying adds the credits.")
class _GrantOnCancel(Hooks):
    def on_cancel(self, purchase: Purchase, workspace: Workspace) -> list[Grant]:
        return [*super().on_cancel(purchase, workspace), _unpaid(purchase)]


@fault(
    "declined-yet-granted",
    "assumption:declined-adds-nothing",
    "The payment page says that the card was declined, and the credits are added all the same.",
)
class _DeclinedYetGranted(Hooks):
    def on_failure(self, purchase: Purchase, code: str) -> list[Grant]:
        grants = super().on_failure(purchase, code)
        return grants if code == _UNAUTHENTICATED else [*grants, _unpaid(purchase)]


@fault(
    "unauthenticated-yet-granted",
    "assumption:challenge-decides",
    "The payment page says that 3-D Secure failed, and the credits are added all the same.",
)
class _UnauthenticatedYetGranted(Hooks):
    def on_failure(self, purchase: Purchase, code: str) -> list[Grant]:
        grants = super().on_failure(purchase, code)
        return [*grants, _unpaid(purchase)] if code == _UNAUTHENTICATED else grants


@fault("session-lost", "doc:buy-credits.4", "After paying the buyer is signed out and stands before the sign-in page.")
class _SessionLost(Hooks):
    def keeps_session(self, purchase: Purchase) -> bool:
        return False


@fault("invoice-missing", "doc:billing.6", "A payment for credits gets no invoice.")
class _InvoiceMissing(Hooks):
    def invoiced(self, fields: View, purchase: Purchase) -> View | None:
        return None


@fault("invoice-amount-wrong", "doc:billing.6", "The invoice asks for a tenth of what was paid.")
class _InvoiceAmountWrong(Hooks):
    def invoiced(self, fields: View, purchase: Purchase) -> View | None:
        kept = super().invoiced(fields, purchase)
        return kept and {**kept, "amount": kept["amount"] // 10}


@fault("invoice-filter-dead", "doc:billing.6", "A filter by type shows all invoices, whatever their type.")
class _InvoiceFilterDead(Hooks):
    def invoice_type(self, kind: str | None) -> str | None:
        return None


@fault("receipt-wrong", "doc:billing.6", "The downloaded receipt tells another amount than the invoice.")
class _ReceiptWrong(Hooks):
    def receipt(self, fields: View, workspace: Workspace) -> View:
        return {**super().receipt(fields, workspace), "amount_label": "$1.00"}


processor_fault(
    "payment-never-ends",
    "doc:buy-credits.4",
    'After Pay the payment page stays at "Processing" for ever, and nothing is paid.',
    also={
        "assumption:declined-adds-nothing": "A declined card is not told from any other one.",
        "assumption:challenge-decides": "A payment with 3-D Secure does not end either.",
    },
    never_finishes=True,
)
processor_fault(
    "payment-never-returns",
    "doc:buy-credits.4",
    "The payment is taken, but the payment page never sends the buyer back.",
    also={
        "assumption:declined-adds-nothing": "Another card after a decline sends nobody back.",
        "assumption:challenge-decides": "A payment with 3-D Secure sends nobody back either.",
    },
    never_returns=True,
)
processor_fault(
    "payment-shows-other-amount",
    "doc:buy-credits.4",
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
