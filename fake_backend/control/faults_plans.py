"""Faults of plans, and of what the end of a month does to plan and credits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fake_backend.control.fault import changed, fault
from fake_backend.control.faults_display import without_action
from fake_backend.site.hooks import Hooks
from fake_backend.site.model import PLANS_BY_NAME, Grant, money
from fake_backend.site.view_data import day

if TYPE_CHECKING:
    from fake_backend.site.hooks import BillingContext, GrantContext, View
    from fake_backend.site.model import Purchase, Workspace

_CYCLE = 30 * 86_400.0
_UPGRADE, _DOWNGRADE = "doc:upgrade-downgrade.3", "doc:upgrade-downgrade.4"
_STAYS, _RENEWED = "assumption:add-on-credits-outlast-the-month", "assumption:monthly-credits-begin-anew"


def _gone(workspace: Workspace, balance: View) -> Grant:
    left = balance["add_on"]["remaining"]
    return Grant(workspace.id, "add_on", -left, "grant", "Add-on credits are gone")


def _five_less(price: str) -> str:
    dollars = float(price.lstrip("$").replace(",", "")) - 5
    return f"${dollars:,.2f}" if dollars > 0 else price


@fault(Hooks.plans, "doc:upgrade-downgrade.2")
def plans_missing(view: View, _: Workspace) -> View:
    """Upgrade plan lists the current plan only."""
    return {**view, "plans": [plan for plan in view["plans"] if plan["current"]]}


@fault(Hooks.plans, "doc:upgrade-downgrade.3")
def plans_listed_cheaper(view: View, _: Workspace) -> View:
    """Upgrade plan lists each plan for $5.00 less than its payment page asks for."""
    return {**view, "plans": [{**plan, "price": _five_less(plan["price"])} for plan in view["plans"]]}


_LISTED: dict[str, str] = {}
"""The plan that each workspace was on when its list of plans was opened first."""


@fault(Hooks.plans, _UPGRADE)
def list_marks_plan_before(view: View, workspace: Workspace) -> View:
    """Upgrade plan goes on to mark the plan that the workspace was on when the list was opened first."""
    marked = _LISTED.setdefault(workspace.id, workspace.plan)
    return {**view, "plans": [{**plan, "current": plan["name"] == marked} for plan in view["plans"]]}


@fault(Hooks.plan_after, "doc:upgrade-downgrade.3")
def upgrade_without_effect(plan: str, purchase: Purchase, workspace: Workspace) -> str:
    """An upgrade is paid and the plan stays what it was."""
    return workspace.plan if purchase.kind == "plan" else plan


@fault(Hooks.downgraded_at, "doc:upgrade-downgrade.4")
def downgrade_at_once(_: float, workspace: Workspace) -> float:
    """A downgrade takes effect at once, not at the end of the cycle."""
    return workspace.cycle_start


@fault(Hooks.shell, "doc:upgrade-downgrade.1")
def profile_icon_astray(view: View, _: str, __: Workspace) -> View:
    """The profile icon stands at the top right of the page, not at the bottom left of the sidebar."""
    return {**view, "profile_astray": True}


@fault(
    Hooks.plans,
    "doc:upgrade-downgrade.2",
    also={"doc:upgrade-downgrade.4": "Who wants to go down finds no plan to go down to."},
)
def only_dearer_plans(view: View, _: Workspace) -> View:
    """Upgrade plan lists dearer plans only: nobody can go down."""
    return {**view, "plans": [plan for plan in view["plans"] if plan["current"] or plan["action"] == "Upgrade"]}


@fault(Hooks.plan_after, _UPGRADE)
def upgrade_to_another(plan: str, purchase: Purchase, _: Workspace) -> str:
    """An upgrade to Business is paid, and the plan becomes Pro."""
    return "Pro" if purchase.item == "Business" else plan


@fault(Hooks.plan_after_failure, _UPGRADE)
def declined_upgrade_counts(plan: str, purchase: Purchase) -> str:
    """An upgrade whose card is declined changes the plan."""
    return purchase.item if purchase.kind == "plan" else plan


@fault(Hooks.renewed_plan, _RENEWED)
def upgrade_ends_with_month(plan: str, workspace: Workspace) -> str:
    """When a month ends, the plan is Basic again."""
    return plan if workspace.pending_plan else "Basic"


@fault(Hooks.billing, "doc:buy-credits.2", also={_UPGRADE: "After an upgrade Billing is as complete as before."})
def add_credits_missing_on_business(view: View, context: BillingContext) -> View:
    """On the plan Business Current Plan has no Add credits."""
    return without_action(view, "add-credits") if context.workspace.plan == "Business" else view


@fault(Hooks.upgrade_grants, _UPGRADE)
def upgrade_without_credits(_: list[Grant], __: Purchase, ___: GrantContext) -> list[Grant]:
    """An upgrade changes the name of the plan alone: the monthly credits stay those of the plan before."""
    return []


@fault(Hooks.upgrade_grants, _UPGRADE)
def upgrade_takes_add_on(grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
    """An upgrade takes all add-on credits."""
    left = context.balance()["add_on"]["remaining"]
    return [*grants, Grant(purchase.workspace_id, "add_on", -left, "grant", "Taken by an upgrade")]


@fault(Hooks.upgrade_grants, _UPGRADE)
def upgrade_takes_half_later(grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
    """Half of the add-on credits are gone 5 seconds after an upgrade."""
    half = context.balance()["add_on"]["remaining"] // 2
    return [*grants, Grant(purchase.workspace_id, "add_on", -half, "grant", "Taken by an upgrade", 5)]


@fault(Hooks.on_plan_landing, _UPGRADE)
def upgrade_landing_adds_again(grants: list[Grant], purchase: Purchase, workspace: Workspace) -> list[Grant]:
    """Opening the address that an upgrade led to again adds 1,000 monthly credits."""
    again = Grant(workspace.id, "monthly", 1_000, "grant", f"Upgrade to {purchase.item}")
    return [*grants, again] if purchase.landings and purchase.state == "paid" else grants


@fault(Hooks.billing, _DOWNGRADE)
def waiting_plan_priced_already(view: View, context: BillingContext) -> View:
    """As soon as a cheaper plan is chosen, Billing tells its price, though the one before goes on."""
    waiting = context.workspace.pending_plan
    return changed(view, "plan", price=money(PLANS_BY_NAME[waiting].price)) if waiting else view


@fault(Hooks.billing, _DOWNGRADE)
def change_announced_a_cycle_late(view: View, context: BillingContext) -> View:
    """A downgrade is announced for the end of the cycle after this one."""
    late = day(context.workspace.cycle_end + _CYCLE)
    return changed(view, "plan", next_plan_from=late) if context.workspace.pending_plan else view


@fault(Hooks.billing, _DOWNGRADE)
def change_announced_to_another(view: View, context: BillingContext) -> View:
    """A downgrade is announced to another plan than was chosen."""
    workspace = context.workspace
    others = [name for name in PLANS_BY_NAME if name not in {workspace.plan, workspace.pending_plan}]
    return changed(view, "plan", next_plan=others[0]) if workspace.pending_plan else view


@fault(Hooks.renewed_plan, _DOWNGRADE)
def downgrade_forgotten(_: str, workspace: Workspace) -> str:
    """A downgrade has not taken effect when the billing cycle has ended."""
    return workspace.plan


@fault(Hooks.renewed, _DOWNGRADE)
def downgrade_keeps_credits(grants: list[Grant], workspace: Workspace, _: int, __: View) -> list[Grant]:
    """When a downgrade takes effect, the month begins with the credits of the plan before."""
    if not workspace.pending_plan:
        return grants
    return [replace(one, credits=workspace.monthly_credits) if one.credits > 0 else one for one in grants]


@fault(Hooks.renewed, _DOWNGRADE)
def downgrade_takes_add_on(grants: list[Grant], workspace: Workspace, _: int, balance: View) -> list[Grant]:
    """When a downgrade takes effect, the add-on credits are gone."""
    return [_gone(workspace, balance), *grants] if workspace.pending_plan else grants


@fault(Hooks.renewed, _STAYS, also={_RENEWED: "What was bought before the month ended is gone too."})
def month_takes_add_on(grants: list[Grant], workspace: Workspace, _: int, balance: View) -> list[Grant]:
    """At the end of the month the add-on credits are gone."""
    return [_gone(workspace, balance), *grants]


@fault(Hooks.renewed, _STAYS)
def second_month_takes_add_on(grants: list[Grant], workspace: Workspace, months: int, balance: View) -> list[Grant]:
    """At the end of the second month the add-on credits are gone."""
    return [_gone(workspace, balance), *grants] if months == 2 else grants


@fault(Hooks.renewed, _RENEWED, also={_DOWNGRADE: "Nor does the plan that was chosen."})
def month_adds_no_credits(grants: list[Grant], _: Workspace, __: int, ___: View) -> list[Grant]:
    """A new month brings no monthly credits."""
    return [replace(grant, credits=0) if grant.kind == "renewal" else grant for grant in grants]


@fault(Hooks.renewed, _RENEWED)
def second_month_adds_no_credits(grants: list[Grant], _: Workspace, months: int, __: View) -> list[Grant]:
    """The third month brings no monthly credits; the second did."""
    if months != 2:
        return grants
    return [replace(grant, credits=0) if grant.kind == "renewal" else grant for grant in grants]


@fault(Hooks.renewed, _STAYS)
def month_takes_used_add_on(grants: list[Grant], workspace: Workspace, _: int, balance: View) -> list[Grant]:
    """At the end of the month the add-on credits are gone where some of them were used."""
    return [_gone(workspace, balance), *grants] if balance["add_on"]["used"] else grants


@fault(Hooks.renewed, _RENEWED)
def second_month_keeps_the_rest(grants: list[Grant], _: Workspace, months: int, balance: View) -> list[Grant]:
    """The third month begins with what was left of the second one's monthly credits."""
    if months != 2:
        return grants
    rest = balance["monthly"]["remaining"]
    return [replace(one, credits=rest) if one.kind == "renewal" and one.credits else one for one in grants]


@fault(Hooks.renewed, _RENEWED)
def add_on_use_taken_from_month(grants: list[Grant], _: Workspace, __: int, balance: View) -> list[Grant]:
    """Add-on credits that were used are taken from the monthly credits of the next month."""
    used = balance["add_on"]["used"]
    return [
        replace(one, credits=one.credits - used) if one.kind == "renewal" and one.credits else one for one in grants
    ]
