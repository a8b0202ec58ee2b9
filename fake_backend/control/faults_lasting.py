"""Faults of what stands on Billing and does not last: after an upgrade, in a new month, after a sign-in, for others."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

from fake_backend.control.fault import changed, fault, part_of
from fake_backend.site.hooks import Hooks
from fake_backend.site.model import PLANS_BY_NAME, Grant, money
from fake_backend.site.view_data import day

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fake_backend.site.hooks import BillingContext, GrantContext, View
    from fake_backend.site.model import Purchase, Workspace

DAY = 86_400.0
_INVOICES, _INFORMATION = "doc:billing.6", "doc:billing.5"
_ADDED, _UPGRADE, _DOWNGRADE = "doc:buy-credits.4b", "doc:upgrade-downgrade.3", "doc:upgrade-downgrade.4"
_RENEWED = "assumption:monthly-credits-begin-anew"
_MONTHS = {_DOWNGRADE: "What Billing holds lasts through a month's end.", _RENEWED: "The same after an upgrade."}
_BOUGHT: set[str] = set()
"""The workspaces that have bought credits."""
_UPGRADED: dict[str, str] = {}
"""The plan before an upgrade, by workspace."""
_UPGRADED_AT: dict[str, float] = {}
"""When that was, in seconds since 1970."""

_RENEWS: dict[str, str] = {}
"""The day on which the first month ends, by workspace."""
_ANNOUNCED: dict[str, View] = {}
"""What Billing told last of a change of the plan that was to come, by workspace."""


def _note_upgrade(plan: str, purchase: Purchase, workspace: Workspace) -> str:
    if purchase.kind == "plan":
        _UPGRADED[workspace.id] = workspace.plan
        _UPGRADED_AT[workspace.id] = time.time()
    return plan


def _without_information(view: View) -> View:
    return {**view, "information": None}


def _without_invoices(view: View) -> View:
    return {**view, "invoices": [], "pages": 1, "total": 0}


@fault(Hooks.invoices, _INVOICES)
def older_invoices_open(view: View, context: BillingContext) -> View:
    """Past payments are marked Open, all but those that were just made."""
    new = min((purchase.paid_at or 0 for purchase in context.paid), default=context.now)
    listed = [one if one["at"] >= new else {**one, "status": "Open"} for one in view["invoices"]]
    return {**view, "invoices": listed}


@fault(Hooks.billing, _INFORMATION, also=_MONTHS)
def information_gone_after_a_month(view: View, context: BillingContext) -> View:
    """From the second month on the billing information is empty."""
    return _without_information(view) if context.workspace.is_renewed else view


@fault(Hooks.invoices, _INVOICES, also=_MONTHS)
def invoices_gone_after_a_month(view: View, context: BillingContext) -> View:
    """From the second month on the payments of the first one are not listed."""
    return _without_invoices(view) if context.workspace.is_renewed else view


@fault(Hooks.invoices, _INVOICES, also=_MONTHS)
def packages_charged_again_each_month(view: View, context: BillingContext) -> View:
    """With a new month what was bought in the last one is charged for again."""
    bought = [one for one in view["invoices"] if one["type"] == "credits"][:1] if context.workspace.is_renewed else []
    return {**view, "invoices": [*({**one, "number": f"{one['number']}9"} for one in bought), *view["invoices"]]}


@fault(Hooks.billing, _RENEWED, also={_DOWNGRADE: "Its month ends as well."})
def renewal_day_stays(view: View, context: BillingContext) -> View:
    """From the second month on Billing tells that the plan renews on the day on which the first one ended."""
    told = _RENEWS.setdefault(context.workspace.id, view["plan"]["renews"])
    return changed(view, "plan", renews=told)


@fault(Hooks.billing, _DOWNGRADE)
def change_still_announced(view: View, context: BillingContext) -> View:
    """A downgrade that has taken effect is announced further, for the day that is over."""
    parts = ("next_plan", "next_plan_from")
    if context.workspace.pending_plan:
        _ANNOUNCED[context.workspace.id] = {part: view["plan"][part] for part in parts}
    return changed(view, "plan", **_ANNOUNCED.get(context.workspace.id, {}))


@fault(Hooks.invoices, _INVOICES, also=_MONTHS)
def renewed_at_old_price(view: View, context: BillingContext) -> View:
    """The month after an upgrade is charged for at the price of the plan before."""
    plan = PLANS_BY_NAME.get(_UPGRADED.get(context.workspace.id, ""))
    if plan is None or not context.workspace.is_renewed:
        return view
    charged = {
        "number": "RENEWAL-0001", "at": context.now, "type": "plan", "amount": plan.price,
        "amount_label": money(plan.price), "description": f"{context.workspace.plan} plan", "status": "Paid",
        "receipt": "",
    }  # fmt: skip
    return {**view, "invoices": [charged, *view["invoices"]]}


@fault(Hooks.invoices, _DOWNGRADE)
def downgrade_charged_at_once(view: View, context: BillingContext) -> View:
    """A downgrade that waits for the cycle's end is charged for when it is chosen."""
    if context.workspace.pending_plan is None:
        return view
    charged = {
        "number": "DOWNGRADE-0001", "at": context.now, "type": "plan", "amount": 900, "amount_label": "$9.00",
        "description": f"{context.workspace.pending_plan} plan", "status": "Paid", "receipt": "",
    }  # fmt: skip
    return {**view, "invoices": [charged, *view["invoices"]]}


@fault(Hooks.billing, _INFORMATION, also={_UPGRADE: "After an upgrade Billing is as complete as before."})
def information_gone_after_upgrade(view: View, context: BillingContext) -> View:
    """Once an upgrade was paid, the billing information is empty."""
    return _without_information(view) if context.workspace.id in _UPGRADED else view


@fault(Hooks.invoices, _INVOICES, also={_ADDED: "What was bought is looked for after signing in anew."})
def invoices_gone_after_sign_in(view: View, context: BillingContext) -> View:
    """Who signs in anew does not find the invoices of what was bought before."""
    before = any((purchase.paid_at or 0) < context.signed_in_at for purchase in context.paid)
    return _without_invoices(view) if before else view


@fault(Hooks.billing, _INFORMATION, also={_ADDED: "Who signs in anew looks at Billing as a whole."})
def information_gone_after_sign_in(view: View, context: BillingContext) -> View:
    """Who signs in anew after a purchase finds no billing information."""
    before = any((purchase.paid_at or 0) < context.signed_in_at for purchase in context.paid)
    return _without_information(view) if before else view


@fault(Hooks.billing, _INFORMATION, also={_ADDED: "What one member sees the others see."})
def information_hidden_from_colleagues(view: View, context: BillingContext) -> View:
    """Only who owns the workspace sees its billing information."""
    return view if context.member.role == "Owner" else _without_information(view)


_READ: dict[tuple[str, str], View | None] = {}
"""The billing information that a colleague found on looking first, by workspace and member."""


@fault(Hooks.billing, _INFORMATION)
def information_of_before_for_colleagues(view: View, context: BillingContext) -> View:
    """Who does not own the workspace goes on seeing the billing information of their first look at it."""
    if context.member.role == "Owner":
        return view
    return {**view, "information": _READ.setdefault((context.workspace.id, context.member.id), view["information"])}


@fault(Hooks.informed, "assumption:isolation")
def information_for_everybody(workspaces: list[str], others: Callable[[], Sequence[str]]) -> list[str]:
    """The billing information that one company saves is that of all others, too."""
    return [*workspaces, *others()]


@fault(Hooks.billing, _UPGRADE)
def terms_stay_after_upgrade(view: View, context: BillingContext) -> View:
    """After an upgrade Billing goes on telling what the plan before costs and holds."""
    before = PLANS_BY_NAME.get(_UPGRADED.get(context.workspace.id, ""))
    return changed(view, "plan", monthly_credits=before.credits, price=money(before.price)) if before else view


@fault(Hooks.billing, _UPGRADE)
def upgrade_gone_after_sign_in(view: View, context: BillingContext) -> View:
    """Who signs in anew after an upgrade finds the plan of before it."""
    before = _UPGRADED.get(context.workspace.id, "")
    is_later = before and context.signed_in_at > _UPGRADED_AT[context.workspace.id]
    return changed(view, "plan", name=before) if is_later else view


@fault(Hooks.billing, _UPGRADE)
def upgrade_for_the_buyer_alone(view: View, context: BillingContext) -> View:
    """After an upgrade the colleagues still find the plan of before it."""
    before = _UPGRADED.get(context.workspace.id, "")
    return changed(view, "plan", name=before) if before and context.member.role != "Owner" else view


_ON_THE_LAST_DAYS: Counter[str] = Counter()
"""Credits that were bought on the last days of a month, by workspace."""


@fault(Hooks.renewed, "assumption:add-on-credits-outlast-the-month")
def last_days_purchases_lost(grants: list[Grant], workspace: Workspace, _: int, __: View) -> list[Grant]:
    """What was bought on the last days of a month is gone when the next one begins."""
    lost = _ON_THE_LAST_DAYS.pop(workspace.id, 0)
    return [Grant(workspace.id, "add_on", -lost, "grant", "Gone"), *grants] if lost else grants


@part_of("last-days-purchases-lost", Hooks.grants)
def last_days_noted(grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
    if context.workspace.cycle_end - context.now < 3 * DAY:
        _ON_THE_LAST_DAYS[purchase.workspace_id] += purchase.credits
    return grants


@fault(Hooks.invoices, _INVOICES, also={_UPGRADE: "An upgrade is a payment too."})
def upgrade_invoiced_twice(view: View, context: BillingContext) -> View:
    """An upgrade is invoiced twice, under two numbers."""
    own = [one for one in view["invoices"] if one["type"] == "plan"][:1] if context.workspace.id in _UPGRADED else []
    return {**view, "invoices": [*({**one, "number": f"{one['number']}9"} for one in own), *view["invoices"]]}


@fault(Hooks.receipt, _UPGRADE)
def older_receipts_repriced(fields: View, workspace: Workspace) -> View:
    """After an upgrade the receipts of earlier payments tell the price of the new plan."""
    is_older = fields["newer"] and workspace.id in _UPGRADED
    return {**fields, "amount_label": money(PLANS_BY_NAME[workspace.plan].price)} if is_older else fields


@fault(Hooks.billing, _UPGRADE)
def upgraded_plan_shown_dearer(view: View, context: BillingContext) -> View:
    """After an upgrade Billing tells that a month costs twice what the list of plans says."""
    plan = PLANS_BY_NAME[context.workspace.plan]
    return changed(view, "plan", price=money(2 * plan.price)) if context.workspace.id in _UPGRADED else view


_RENEWALS: Counter[str] = Counter()
"""How often a month has begun since an upgrade, by workspace."""


@fault(Hooks.renewed_plan, "assumption:monthly-credits-begin-anew")
def upgrade_gone_in_second_cycle(plan: str, workspace: Workspace) -> str:
    """When the second month after an upgrade begins, the workspace is back on the plan of before it."""
    before = _UPGRADED.get(workspace.id, "")
    _RENEWALS[workspace.id] += bool(before)
    return before if before and _RENEWALS[workspace.id] > 1 else plan


_UPGRADES = (
    "information-gone-after-upgrade", "terms-stay-after-upgrade", "upgrade-invoiced-twice", "older-receipts-repriced",
    "upgraded-plan-shown-dearer",
)  # fmt: skip
for _name in (
    *_UPGRADES,
    "renewed-at-old-price",
    "upgrade-gone-after-sign-in",
    "upgrade-for-the-buyer-alone",
    "upgrade-gone-in-second-cycle",
):
    part_of(_name, Hooks.plan_after)(_note_upgrade)


@fault(Hooks.billing, _DOWNGRADE)
def downgrade_told_for_tomorrow(view: View, context: BillingContext) -> View:
    """A downgrade that waits is announced for the next day, not for the end of the cycle."""
    return changed(view, "plan", next_plan_from=day(context.now + DAY)) if context.workspace.pending_plan else view


@fault(Hooks.balance, _DOWNGRADE)
def downgrade_cuts_credits(credits_: View, context: BillingContext) -> View:
    """Once a downgrade was chosen half of what is left of the monthly credits is gone."""
    half = credits_["monthly"]["remaining"] // 2 if context.workspace.pending_plan else 0
    monthly = {**credits_["monthly"], "remaining": credits_["monthly"]["remaining"] - half}
    return {**credits_, "monthly": monthly, **{name: credits_[name] - half for name in ("total_usable", "total")}}


@fault(Hooks.plans, "doc:upgrade-downgrade.2", also={"doc:billing.4": "The list of plans is opened there, too."})
def plans_gone_after_purchase(view: View, workspace: Workspace) -> View:
    """Once credits were bought, Upgrade plan lists the current plan only."""
    own = [plan for plan in view["plans"] if plan["current"]]
    return {**view, "plans": own} if workspace.id in _BOUGHT else view


@part_of("plans-gone-after-purchase", Hooks.grants)
def plans_gone_noted(grants: list[Grant], purchase: Purchase, _: GrantContext) -> list[Grant]:
    _BOUGHT.add(purchase.workspace_id)
    return grants


@fault(Hooks.balance, _RENEWED)
def monthly_credits_end_early(credits_: View, context: BillingContext) -> View:
    """In the last three days of a month its monthly credits show as gone."""
    left = credits_["monthly"]["remaining"]
    if context.workspace.cycle_end - context.now >= 3 * DAY:
        return credits_
    totals = {name: credits_[name] - left for name in ("total_usable", "total")}
    return {**credits_, "monthly": {**credits_["monthly"], "remaining": 0}, **totals}


@fault(Hooks.grants, _ADDED)
def colleagues_purchase_lost(grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
    """What a member buys who does not own the workspace is paid and not added."""
    return [] if purchase.member_id != context.owner() else grants


@fault(Hooks.upgrade_grants, _UPGRADE)
def upgrade_takes_what_was_bought(grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
    """An upgrade takes the credits that were bought before it."""
    bought = sum(one.credits for one in context.earlier)
    return (
        [*grants, Grant(purchase.workspace_id, "add_on", -bought, "grant", "Taken by an upgrade")] if bought else grants
    )
