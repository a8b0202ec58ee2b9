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


def _without_purchase(grants: list[Grant]) -> list[Grant]:
    return [grant for grant in grants if grant.kind != "purchase"]


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


@fault(Hooks.grants, "doc:buy-credits.4b")
def one_package_wrong(grants: list[Grant], purchase: Purchase, _: GrantContext) -> list[Grant]:
    """Buying 66,000 credits adds 60,000; all other packages are right."""
    return _with_credits(grants, 60_000) if purchase.credits == 66_000 else grants


@fault(Hooks.grants, "doc:buy-credits.4b", also=CHALLENGED_TOO)
def granted_one_less(grants: list[Grant], purchase: Purchase, _: GrantContext) -> list[Grant]:
    """Every purchase adds one credit less than the package."""
    return _with_credits(grants, purchase.credits - 1)


@fault(Hooks.grants, "doc:buy-credits.4b", also=CHALLENGED_TOO)
def granted_nothing(grants: list[Grant], _: Purchase, __: GrantContext) -> list[Grant]:
    """A paid purchase adds no credits."""
    return _without_purchase(grants)


@fault(Hooks.grants, "doc:buy-credits.4b", also=CHALLENGED_TOO)
def granted_twice(grants: list[Grant], _: Purchase, __: GrantContext) -> list[Grant]:
    """Every purchase adds the package twice."""
    # The ledger refuses a second grant for the same session, so the other one has none.
    return [*grants, *(replace(grant, kind="grant") for grant in grants if grant.kind == "purchase")]


@fault(Hooks.grants, "doc:buy-credits.4b", also=CHALLENGED_TOO)
def granted_to_neighbour(grants: list[Grant], _: Purchase, context: GrantContext) -> list[Grant]:
    """The credits are added to another workspace."""
    return [replace(grant, workspace_id=context.neighbour()) if grant.kind == "purchase" else grant for grant in grants]


@fault(Hooks.grants, "doc:buy-credits.4b", also=CHALLENGED_TOO)
def granted_as_monthly(grants: list[Grant], _: Purchase, __: GrantContext) -> list[Grant]:
    """The credits are added to the monthly ones instead of the add-on ones."""
    return [replace(grant, pool="monthly") if grant.kind == "purchase" else grant for grant in grants]


@fault(Hooks.grant_delay, "doc:buy-credits.4b", also=CHALLENGED_TOO)
def granted_late(delay: float, _: Purchase) -> float:
    """The credits appear 20 seconds after the payment."""
    return delay + 20.0


@fault(Hooks.on_landing, "doc:buy-credits.4b")
def granted_again_on_landing(grants: list[Grant], purchase: Purchase, workspace: Workspace) -> list[Grant]:
    """Opening the landing address again adds the package again."""
    again = Grant(workspace.id, "add_on", purchase.credits, "grant", "Landed again")
    return [*grants, again] if purchase.landings else grants


@fault(
    Hooks.billing,
    "doc:buy-credits.4b",
    also={"doc:buy-credits.0a": "What was bought before is gone after a reload, too."},
)
def gone_after_reload(view: View, context: BillingContext) -> View:
    """The credits are shown on coming back and are gone after a reload."""
    return view if context.landed else _hide(view, sum(purchase.credits for purchase in context.paid))


@fault(Hooks.billing, "doc:buy-credits.4b")
def gone_after_sign_in(view: View, context: BillingContext) -> View:
    """The credits are shown until the buyer signs in anew."""
    before = [purchase for purchase in context.paid if (purchase.paid_at or 0) < context.signed_in_at]
    return _hide(view, sum(purchase.credits for purchase in before))


@fault(Hooks.grants, "doc:buy-credits.4b")
def purchase_uses_monthly(grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
    """A purchase takes 500 of the monthly credits."""
    taken = min(500, context.monthly_left())
    grant = Grant(purchase.workspace_id, "monthly", -taken, "grant", "Taken by a purchase")
    return [*grants, grant]


@fault(Hooks.grants, "doc:buy-credits.4b")
def purchase_adds_use(grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
    """A purchase counts 100 monthly credits as used."""
    used = min(100, context.monthly_left())
    grant = Grant(purchase.workspace_id, "monthly", -used, "use", "Used by a purchase")
    return [*grants, *([grant] if used else [])]


@fault(Hooks.billing, "doc:buy-credits.4b")
def used_reset(view: View, context: BillingContext) -> View:
    """After a purchase the bar says that nothing has been used."""
    if not context.paid:
        return view
    shown = view["credits"]
    pools = {name: {**shown[name], "used": 0} for name in ("monthly", "add_on")}
    return {**view, "credits": {**shown, **pools, "consumed": 0, "total": shown["total_usable"]}}


@fault(
    Hooks.plan_after,
    "doc:billing.4",
    also={"doc:buy-credits.4b": "A purchase leaves everything else as it was, the plan with it."},
)
def plan_changes(plan: str, purchase: Purchase, _: Workspace) -> str:
    """After buying credits the plan is Basic."""
    return "Basic" if purchase.kind == "credits" else plan


@fault(
    Hooks.billing, "doc:billing.3", also={"doc:buy-credits.4b": "The bar's total is a part of how a purchase shows."}
)
def bar_stays(view: View, context: BillingContext) -> View:
    """The credit bar and its total do not grow with a purchase, the figures beside it do."""
    shown = view["credits"]
    bought = min(shown["total_usable"], sum(purchase.credits for purchase in context.paid))
    totals = {name: shown[name] - bought for name in ("total_usable", "total")}
    return {**view, "credits": {**shown, **totals}}


@fault(Hooks.grants, "doc:buy-credits.0a")
def second_purchase_lost(grants: list[Grant], _: Purchase, context: GrantContext) -> list[Grant]:
    """Only the first purchase of a workspace adds credits."""
    return _without_purchase(grants) if context.earlier else grants


@fault(Hooks.grants, "doc:buy-credits.0a")
def same_package_lost(grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
    """Buying the same package a second time adds nothing."""
    known = any(other.credits == purchase.credits for other in context.earlier)
    return _without_purchase(grants) if known else grants


@fault(Hooks.grants, "doc:buy-credits.0a")
def month_end_lost(grants: list[Grant], _: Purchase, context: GrantContext) -> list[Grant]:
    """What is bought in the last three days of the month adds nothing."""
    late = context.workspace.cycle_end - context.now < 3 * DAY
    return _without_purchase(grants) if late else grants


@fault(Hooks.invoices, "assumption:isolation")
def neighbour_among_invoices(view: View, workspace: Workspace) -> View:
    """Invoices lists a payment of another company."""
    foreign = {
        "number": "NEIGHBOUR-0001", "at": workspace.created, "type": "credits", "description": "4,000 credits",
        "amount": 3_900, "amount_label": "$39.00", "status": "Paid",
        "receipt": "/api/billing/invoices/NEIGHBOUR-0001/receipt.pdf",
    }  # fmt: skip
    return {**view, "invoices": [foreign, *view["invoices"]], "total": view["total"] + 1}
