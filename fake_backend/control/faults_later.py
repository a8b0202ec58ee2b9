"""Faults that come some seconds after a purchase, when whoever looks once has looked already."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fake_backend.control.fault import fault, part_of
from fake_backend.control.faults_credits import CHALLENGED_TOO
from fake_backend.site.hooks import Hooks
from fake_backend.site.model import Grant

if TYPE_CHECKING:
    from fake_backend.site.hooks import BillingContext, GrantContext, View
    from fake_backend.site.model import Purchase, Workspace

_ADDED, _INVOICES = "doc:buy-credits.4b", "doc:billing.6"


def _again(purchase: Purchase, after: float) -> Grant:
    return Grant(purchase.workspace_id, "add_on", purchase.credits, "grant", "Granted again", after)


@fault(Hooks.grants, _ADDED, also=CHALLENGED_TOO)
def granted_late(grants: list[Grant], _: Purchase, __: GrantContext) -> list[Grant]:
    """The credits appear 20 seconds after the payment."""
    return [replace(grant, after=grant.after + 20) if grant.kind == "purchase" else grant for grant in grants]


@fault(Hooks.grants, _ADDED, also=CHALLENGED_TOO)
def granted_in_halves(grants: list[Grant], purchase: Purchase, _: GrantContext) -> list[Grant]:
    """Half of the package is added at once, the other half 14 seconds later."""
    half = purchase.credits // 2
    rest = Grant(purchase.workspace_id, "add_on", purchase.credits - half, "grant", "The other half", 14)
    return [*(replace(grant, credits=half) if grant.kind == "purchase" else grant for grant in grants), rest]


@fault(Hooks.grants, _ADDED)
def granted_again_soon(grants: list[Grant], purchase: Purchase, _: GrantContext) -> list[Grant]:
    """The package is added again 3 seconds after the payment."""
    return [*grants, _again(purchase, 3)]


@fault(Hooks.grants, _ADDED)
def granted_again_later(grants: list[Grant], purchase: Purchase, _: GrantContext) -> list[Grant]:
    """The package is added again 25 seconds after the payment."""
    return [*grants, _again(purchase, 25)]


@fault(Hooks.grants, _ADDED)
def taken_back_later(grants: list[Grant], purchase: Purchase, _: GrantContext) -> list[Grant]:
    """The package is taken back 15 seconds after the payment."""
    return [*grants, Grant(purchase.workspace_id, "add_on", -purchase.credits, "grant", "Taken back", 15)]


@fault(Hooks.grants, _ADDED)
def rounded_down_later(grants: list[Grant], purchase: Purchase, _: GrantContext) -> list[Grant]:
    """One credit is taken back 10 seconds after the payment."""
    return [*grants, Grant(purchase.workspace_id, "add_on", -1, "grant", "Rounded down", 10)]


@fault(Hooks.grants, _ADDED)
def monthly_drains_later(grants: list[Grant], purchase: Purchase, _: GrantContext) -> list[Grant]:
    """After a purchase 40 monthly credits are used every 4 seconds, though nobody works."""
    drained = [Grant(purchase.workspace_id, "monthly", -40, "use", "Drained", after) for after in range(4, 44, 4)]
    return [*grants, *drained]


@fault(Hooks.grants, _ADDED)
def moved_to_monthly_later(grants: list[Grant], purchase: Purchase, _: GrantContext) -> list[Grant]:
    """The package moves from the add-on credits to the monthly ones 12 seconds after the payment."""
    there = Grant(purchase.workspace_id, "add_on", -purchase.credits, "grant", "Moved", 12)
    return [*grants, there, replace(there, pool="monthly", credits=purchase.credits)]


@fault(Hooks.invoices, _INVOICES)
def invoice_late(view: View, context: BillingContext) -> View:
    """The invoice of a payment is listed only 30 seconds after it."""
    return {**view, "invoices": [one for one in view["invoices"] if context.now - one["at"] > 30]}


@fault(Hooks.invoices, _INVOICES, also={"doc:buy-credits.4b": "What a purchase left is looked at once more, late."})
def invoice_gone_later(view: View, context: BillingContext) -> View:
    """The invoice of a payment is no longer listed 15 seconds after it."""
    bought = {f"{purchase.credits:,} credits" for purchase in context.paid}
    gone = [one for one in view["invoices"] if one["description"] in bought and 15 < context.now - one["at"] < 3_600]
    return {**view, "invoices": [one for one in view["invoices"] if one not in gone]}


@fault(Hooks.invoices, _INVOICES, also={"doc:buy-credits.4b": "What a purchase left is looked at once more, late."})
def invoice_again_later(view: View, context: BillingContext) -> View:
    """Another invoice for the newest payment is listed 15 seconds after it."""
    newest = view["invoices"][:1]
    again = [one | {"number": f"{one['number']}-2"} for one in newest if 15 < context.now - one["at"] < 3_600]
    return {**view, "invoices": [*again, *view["invoices"]]}


@fault(Hooks.grants, "doc:buy-credits.0a")
def taken_back_by_second_purchase(grants: list[Grant], _: Purchase, context: GrantContext) -> list[Grant]:
    """The first purchase is taken back 8 seconds after a second one."""
    taken = [
        Grant(earlier.workspace_id, "add_on", -earlier.credits, "grant", "Taken back", 8)
        for earlier in context.earlier[-1:]
    ]
    return [*grants, *taken]


@fault(Hooks.on_dismiss, "assumption:leaving-the-pop-up-changes-nothing")
def closing_adds_credits_later(grants: list[Grant], workspace: Workspace) -> list[Grant]:
    """Closing the pop-up adds 2,000 credits 5 seconds later."""
    return [*grants, Grant(workspace.id, "add_on", 2_000, "grant", "Pop-up closed", 5)]


@part_of("closing-adds-credits-later", Hooks.packages)
def closing_is_told(view: View, _: BillingContext) -> View:
    return {**view, "dismiss": "/api/billing/packages/dismissed"}
