"""What the pages show, as data: every label, order and button comes from here, so that a fault can alter any of it."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from fake_backend.site import ledger
from fake_backend.site.model import PACKAGES, PLANS, PLANS_BY_NAME, money

if TYPE_CHECKING:
    from fake_backend.site.hooks import BillingContext, Hooks
    from fake_backend.site.model import Member, Purchase, Workspace
    from fake_backend.site.repository import Core

SUPPORT = "support@diaflow.io"
FOLLOWS_AFTER = 1.5  # seconds until the balance follows, where it is the variant "delayed"
LOOK_AGAIN_MS = 400


def shell(core: Core, page: str, workspace: Workspace) -> dict[str, Any]:
    """Return sidebar, profile menu and the tabs of Workspace Settings."""
    view: dict[str, Any] = {
        "nav": [
            {"id": "flows", "label": "Flows", "href": "/flows"},
            {"id": "users", "label": "Users", "href": "/users"},
        ],
        "menu": [
            {"id": "settings", "label": "Workspace Settings", "href": "/settings/general"},
            {"id": "sign-out", "label": "Log out"},
        ],
        "tabs": [
            {"id": "general", "label": "General", "dead": False},
            {"id": "billing", "label": "Billing", "dead": False},
        ],
    }
    return core.hooks(workspace).shell(view, page, workspace)


def billing(core: Core, context: BillingContext) -> dict[str, Any]:
    """Return all that the Billing tab shows."""
    workspace, hooks = context.workspace, core.hooks(context.workspace)
    plan = PLANS_BY_NAME[workspace.plan]
    credits_, again = _balance(core, workspace, context.landed)
    credits_ = hooks.balance(credits_, context)
    view = {
        "sections": _sections(workspace),
        "plan": {
            "name": plan.name,
            "monthly_credits": workspace.monthly_credits,
            "price": money(plan.price),
            "renews": day(workspace.cycle_end),
            "next_plan": workspace.pending_plan,
            "next_plan_from": day(workspace.cycle_end) if workspace.pending_plan else None,
        },
        "credits": credits_ | {"bar": _bar(credits_), "legend": _legend(credits_)},
        "information": workspace.information,
        "information_fields": ["company_name", "tax_id", "po_number", "email"],
        "notice": _notice(context, hooks),
        "look_again_ms": again,
        "covered": False,
    }
    return hooks.billing(view, context)


def _bar(credits_: dict[str, Any]) -> dict[str, Any]:
    """Return the credit bar: what it says in numbers and words, and how wide its parts are drawn."""
    usable, total = credits_["total_usable"], credits_["total"]
    return {
        "name": "Credits",
        "usable": usable,
        "total": total,
        "text": f"{usable:,} of {total:,} credits usable",
        "headline": f"{usable:,}",
        "consumed": f"{credits_['consumed']:,}",
        "parts": {
            "monthly": credits_["monthly"]["remaining"],
            "add-on": credits_["add_on"]["remaining"],
            "used": credits_["consumed"],
        },
    }


def _legend(credits_: dict[str, Any]) -> list[dict[str, Any]]:
    kinds = (("monthly", "Monthly credits"), ("add_on", "Add-on credits"))
    return [{"id": kind, "label": label, **credits_[kind]} for kind, label in kinds]


def _sections(workspace: Workspace) -> list[dict[str, Any]]:
    both = workspace.variant.get("section_title") == "current-plan-and-credits"
    manage = "Manage" if workspace.information else "Enter billing information"
    return [
        {
            "id": "current-plan",
            "title": "Current Plan & Credits" if both else "Current Plan",
            "actions": [
                {"id": "upgrade-plan", "label": "Upgrade plan", "opens": "plans", "primary": False},
                {"id": "add-credits", "label": "Add credits", "opens": "packages", "primary": True},
            ],
        },
        {
            "id": "billing-information",
            "title": "Billing Information",
            "actions": [{"id": "information", "label": manage, "opens": "information", "primary": False}],
        },
        {"id": "invoices", "title": "Invoices", "actions": []},
    ]


def _balance(core: Core, workspace: Workspace, landed: Purchase | None) -> tuple[dict[str, Any], int | None]:
    """Return the balance as the variant shows it: at once, a moment later, or only after a reload."""
    credits_ = ledger.summary(core.db, workspace.id)
    if landed is None:
        return credits_, None
    if landed.state == "pending":
        return credits_, LOOK_AGAIN_MS
    mode = workspace.variant.get("balance", "fresh")
    late = mode == "delayed" and time.time() < (landed.seen_at or 0) + FOLLOWS_AFTER
    if mode == "after-reload" or late:
        credits_ = without(credits_, landed.credits)
    return credits_, LOOK_AGAIN_MS if late else None


def without(credits_: dict[str, Any], amount: int) -> dict[str, Any]:
    """Return a balance from which some add-on credits are missing."""
    add_on = dict(credits_["add_on"])
    missing = min(amount, add_on["remaining"])
    add_on["remaining"] -= missing
    add_on["granted"] -= missing
    totals = {name: credits_[name] - missing for name in ("total_usable", "total")}
    return {**credits_, "add_on": add_on, **totals}


def _notice(context: BillingContext, hooks: Hooks) -> dict[str, str] | None:
    landed = context.landed
    if context.cancelled is not None:
        text = "The payment was not completed. Nothing was charged and no credits were added."
        return {"kind": "info", "text": text}
    if landed is None:
        return None
    if landed.state == "pending":
        return {"kind": "info", "text": "Your payment is being processed. This page follows by itself."}
    if landed.kind == "plan":
        return {"kind": "success", "text": f"Payment successful. Your plan is now {landed.item}."}
    bought = hooks.thanks(f"{landed.credits:,} credits", landed)
    return {"kind": "success", "text": f"Payment successful. {bought} were added to your account."}


def packages(core: Core, context: BillingContext) -> dict[str, Any]:
    """Return the pop-up that offers the packages."""
    variant = context.workspace.variant
    priced = variant.get("prices", "shown") == "shown"
    view = {
        "title": "Add credits",
        "text": "Choose the amount that fits your team's usage. Add-on credits do not change your plan.",
        "choice": variant.get("package_choice", "buttons"),
        "animated": variant.get("popup_motion") == "animated",
        "new_tab": variant.get("payment_tab") == "new",
        "confirm": "Continue to payment",
        "packages": [
            {"id": package.id, "label": package.label, "price": money(package.price) if priced else None}
            for package in PACKAGES
        ],
        "help": {
            "link": "Upgrade/Downgrade a subscription",
            "href": "/settings/billing",
            "support": SUPPORT,
            "mailto": SUPPORT,
        },
        "dismiss": None,
        "covered": False,
    }
    return core.hooks(context.workspace).packages(view, context)


def plans(core: Core, workspace: Workspace) -> dict[str, Any]:
    """Return the list of plans and what choosing each of them would do."""
    current = PLANS_BY_NAME[workspace.plan]
    view = {
        "title": "Choose a plan",
        "text": "An upgrade takes effect right after payment, a downgrade at the end of the billing cycle.",
        "plans": [
            {
                "name": plan.name,
                "summary": plan.summary,
                "credits": f"{plan.credits:,} credits each month",
                "price": money(plan.price),
                "current": plan.name == workspace.plan,
                "waiting": plan.name == workspace.pending_plan,
                "action": "Upgrade" if plan.price > current.price else "Downgrade",
            }
            for plan in PLANS
            if plan.listed or plan.name == workspace.plan
        ],
        "next_plan": workspace.pending_plan,
        "new_tab": workspace.variant.get("payment_tab") == "new",
        "ends": day(workspace.cycle_end),
    }
    return core.hooks(workspace).plans(view, workspace)


def members(core: Core, workspace: Workspace) -> dict[str, Any]:
    """Return the users of a workspace with role, access and last login."""
    rows = core.db.rows(
        "SELECT id, name, email, role, last_login FROM members WHERE workspace_id = ? ORDER BY name, id LIMIT 1000",
        [workspace.id],
    )
    view = {
        "members": [
            {
                "name": row["name"],
                "email": row["email"],
                "role": row["role"],
                "access": "Full access" if row["role"] in {"Owner", "Admin"} else "Workflows",
                "last_login": moment(row["last_login"]) if row["last_login"] else "Never",
            }
            for row in rows
        ]
    }
    return core.hooks(workspace).members(view, workspace)


def flows(core: Core, workspace: Workspace) -> dict[str, Any]:
    """Return the workflows of a workspace."""
    rows = core.db.rows("SELECT id, name, summary FROM flows WHERE workspace_id = ? ORDER BY name", [workspace.id])
    return {"flows": [dict(row) for row in rows]}


def profile(member: Member, workspace: Workspace) -> dict[str, str]:
    """Return what the sidebar says of the person signed in."""
    initials = "".join(word[0] for word in member.name.split()[:2]).upper() or "?"
    return {"name": member.name, "email": member.email, "initials": initials, "workspace": workspace.name}


def seen(core: Core, workspace: Workspace, purchase: Purchase) -> Purchase:
    """Remember when the buyer first looked at Billing after paying, where the balance follows a moment later."""
    delayed = workspace.variant.get("balance") == "delayed"
    if not delayed or purchase.seen_at is not None or purchase.state != "paid":
        return purchase
    now = time.time()
    with core.db.transaction() as tx:
        tx.execute("UPDATE purchases SET seen_at = ? WHERE id = ? AND seen_at IS NULL", [now, purchase.id])
    return replace(purchase, seen_at=now)


def day(at: float) -> str:
    """Write a day: "22 November 2026"."""
    when = datetime.fromtimestamp(at, UTC)
    return f"{when.day} {when:%B %Y}"


def moment(at: float) -> str:
    """Write a day and time: "22 November 2026, 10:53 UTC"."""
    return f"{day(at)}, {datetime.fromtimestamp(at, UTC):%H:%M} UTC"
