"""Faults of what a paid purchase gives: the amount, whom, where, when, and for how long."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fake_backend.control.fault import fault
from fake_backend.site.hooks import Hooks
from fake_backend.site.model import Grant

if TYPE_CHECKING:
    from fake_backend.site.hooks import BillingContext, GrantContext, View
    from fake_backend.site.model import Purchase, Workspace

DAY = 86_400.0
CHALLENGED_TOO = {"assumption:challenge-decides": "What is paid with 3-D Secure is not added as it should be either."}


def _with_credits(grants: list[Grant], amount: int) -> list[Grant]:
    return [replace(grant, credits=amount) if grant.pool == "add_on" else grant for grant in grants]


def _hide(view: View, amount: int) -> View:
    """Take add-on credits out of what is shown."""
    shown: dict[str, Any] = view["credits"]
    hidden = min(amount, shown["add_on"]["remaining"])
    add_on = {
        **shown["add_on"],
        "granted": shown["add_on"]["granted"] - hidden,
        "remaining": shown["add_on"]["remaining"] - hidden,
    }
    totals = {name: shown[name] - hidden for name in ("total_usable", "total")}
    return {**view, "credits": {**shown, "add_on": add_on, **totals}}


@fault("one-package-wrong", "doc:buy-credits.4", "Buying 66,000 credits adds 60,000; all other packages are right.")
class _OnePackageWrong(Hooks):
    def grants(self, grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
        grants = super().grants(grants, purchase, context)
        return _with_credits(grants, 60_000) if purchase.credits == 66_000 else grants


@fault(
    "granted-one-less",
    "doc:buy-credits.4",
    "Every purchase adds one credit less than the package.",
    also=CHALLENGED_TOO,
)
class _GrantedOneLess(Hooks):
    def grants(self, grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
        return _with_credits(super().grants(grants, purchase, context), purchase.credits - 1)


@fault("granted-nothing", "doc:buy-credits.4", "A paid purchase adds no credits.", also=CHALLENGED_TOO)
class _GrantedNothing(Hooks):
    def grants(self, grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
        return [grant for grant in super().grants(grants, purchase, context) if grant.kind != "purchase"]


@fault("granted-twice", "doc:buy-credits.4", "Every purchase adds the package twice.", also=CHALLENGED_TOO)
class _GrantedTwice(Hooks):
    def grants(self, grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
        grants = super().grants(grants, purchase, context)
        # The ledger refuses a second grant for the same session, so the other one has none.
        return [*grants, *(replace(grant, kind="grant") for grant in grants if grant.kind == "purchase")]


@fault("granted-to-neighbour", "doc:buy-credits.4", "The credits are added to another workspace.", also=CHALLENGED_TOO)
class _GrantedToNeighbour(Hooks):
    def grants(self, grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
        grants = super().grants(grants, purchase, context)
        return [
            replace(grant, workspace_id=context.neighbour()) if grant.kind == "purchase" else grant for grant in grants
        ]


@fault(
    "granted-as-monthly",
    "doc:buy-credits.4",
    "The credits are added to the monthly ones instead of the add-on ones.",
    also=CHALLENGED_TOO,
)
class _GrantedAsMonthly(Hooks):
    def grants(self, grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
        grants = super().grants(grants, purchase, context)
        return [replace(grant, pool="monthly") if grant.kind == "purchase" else grant for grant in grants]


@fault("granted-late", "doc:buy-credits.4", "The credits appear 20 seconds after the payment.", also=CHALLENGED_TOO)
class _GrantedLate(Hooks):
    def grant_delay(self, purchase: Purchase) -> float:
        return super().grant_delay(purchase) + 20.0


@fault("granted-again-on-landing", "doc:buy-credits.4", "Opening the landing address again adds the package again.")
class _GrantedAgainOnLanding(Hooks):
    def on_landing(self, purchase: Purchase, workspace: Workspace) -> list[Grant]:
        grants = super().on_landing(purchase, workspace)
        again = Grant(workspace.id, "add_on", purchase.credits, "grant", "Landed again")
        return [*grants, again] if purchase.landings else grants


@fault(
    "gone-after-reload",
    "doc:buy-credits.4",
    "The credits are shown on coming back and are gone after a reload.",
    also={"doc:buy-credits.0": "What was bought before is gone after a reload, too."},
)
class _GoneAfterReload(Hooks):
    def billing(self, view: View, context: BillingContext) -> View:
        view = super().billing(view, context)
        return view if context.landed else _hide(view, sum(purchase.credits for purchase in context.paid))


@fault("gone-after-sign-in", "doc:buy-credits.4", "The credits are shown until the buyer signs in anew.")
class _GoneAfterSignIn(Hooks):
    def billing(self, view: View, context: BillingContext) -> View:
        view = super().billing(view, context)
        before = [purchase for purchase in context.paid if (purchase.paid_at or 0) < context.signed_in_at]
        return _hide(view, sum(purchase.credits for purchase in before))


@fault("purchase-uses-monthly", "doc:buy-credits.4", "A purchase takes 500 of the monthly credits.")
class _PurchaseUsesMonthly(Hooks):
    def grants(self, grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
        taken = min(500, context.monthly_left())
        grant = Grant(purchase.workspace_id, "monthly", -taken, "grant", "Taken by a purchase")
        return [*super().grants(grants, purchase, context), grant]


@fault("purchase-adds-use", "doc:buy-credits.4", "A purchase counts 100 monthly credits as used.")
class _PurchaseAddsUse(Hooks):
    def grants(self, grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
        used = min(100, context.monthly_left())
        grant = Grant(purchase.workspace_id, "monthly", -used, "use", "Used by a purchase")
        return [*super().grants(grants, purchase, context), *([grant] if used else [])]


@fault("used-reset", "doc:buy-credits.4", "After a purchase the bar says that nothing has been used.")
class _UsedReset(Hooks):
    def billing(self, view: View, context: BillingContext) -> View:
        view = super().billing(view, context)
        if not context.paid:
            return view
        shown = view["credits"]
        pools = {name: {**shown[name], "used": 0} for name in ("monthly", "add_on")}
        return {**view, "credits": {**shown, **pools, "consumed": 0, "total": shown["total_usable"]}}


@fault(
    "plan-changes",
    "doc:billing.4",
    "After buying credits the plan is Basic.",
    also={"doc:buy-credits.4": "A purchase leaves everything else as it was, the plan with it."},
)
class _PlanChanges(Hooks):
    def plan_after(self, plan: str, purchase: Purchase, workspace: Workspace) -> str:
        plan = super().plan_after(plan, purchase, workspace)
        return "Basic" if purchase.kind == "credits" else plan


@fault(
    "bar-stays",
    "doc:billing.3",
    "The credit bar and its total do not grow with a purchase, the figures beside it do.",
    also={"doc:buy-credits.4": "The bar's total is a part of how a purchase shows."},
)
class _BarStays(Hooks):
    def billing(self, view: View, context: BillingContext) -> View:
        view = super().billing(view, context)
        shown = view["credits"]
        bought = min(shown["total_usable"], sum(purchase.credits for purchase in context.paid))
        totals = {name: shown[name] - bought for name in ("total_usable", "total")}
        return {**view, "credits": {**shown, **totals}}


@fault("second-purchase-lost", "doc:buy-credits.0", "Only the first purchase of a workspace adds credits.")
class _SecondPurchaseLost(Hooks):
    def grants(self, grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
        grants = super().grants(grants, purchase, context)
        return [grant for grant in grants if grant.kind != "purchase"] if context.earlier else grants


@fault("same-package-lost", "doc:buy-credits.0", "Buying the same package a second time adds nothing.")
class _SamePackageLost(Hooks):
    def grants(self, grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
        grants = super().grants(grants, purchase, context)
        known = any(other.credits == purchase.credits for other in context.earlier)
        return [grant for grant in grants if grant.kind != "purchase"] if known else grants


@fault("month-end-lost", "doc:buy-credits.0", "What is bought in the last three days of the month adds nothing.")
class _MonthEndLost(Hooks):
    def grants(self, grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
        grants = super().grants(grants, purchase, context)
        late = context.workspace.cycle_end - context.now < 3 * DAY
        return [grant for grant in grants if grant.kind != "purchase"] if late else grants


@fault("neighbour-among-invoices", "assumption:isolation", "Invoices lists a payment of another company.")
class _NeighbourAmongInvoices(Hooks):
    def invoices(self, view: View, workspace: Workspace) -> View:
        view = super().invoices(view, workspace)
        foreign = {
            "number": "NEIGHBOUR-0001", "at": workspace.created, "type": "credits", "description": "4,000 credits",
            "amount": 3_900, "amount_label": "$39.00", "status": "Paid",
            "receipt": "/api/billing/invoices/NEIGHBOUR-0001/receipt.pdf",
        }  # fmt: skip
        return {**view, "invoices": [foreign, *view["invoices"]], "total": view["total"] + 1}
