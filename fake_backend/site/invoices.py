"""Invoices: one for each payment, numbered for each workspace. Amounts in cents."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fake_backend.site.model import money

if TYPE_CHECKING:
    import sqlite3

    from fake_backend.database import Transaction
    from fake_backend.site.model import Purchase, Workspace
    from fake_backend.site.repository import Core

PAGE_SIZE = 10


def issue(tx: Transaction, core: Core, purchase: Purchase, workspace: Workspace) -> None:
    """Write the invoice of a purchase that was just paid."""
    fields: dict[str, Any] | None = {
        "kind": purchase.kind,
        "description": f"{purchase.credits:,} credits" if purchase.kind == "credits" else f"{purchase.item} plan",
        "amount": purchase.amount,
    }
    if purchase.kind == "credits":
        fields = core.hooks(workspace).invoiced(dict(fields or {}), purchase)
    if fields is None:
        return
    tx.execute("UPDATE workspaces SET invoice_count = invoice_count + 1 WHERE id = ?", [workspace.id])
    row = tx.row("SELECT invoice_count, invoice_prefix, information FROM workspaces WHERE id = ?", [workspace.id])
    assert row is not None
    number = f"{row['invoice_prefix']}-{row['invoice_count']:04d}"
    tx.execute(
        "INSERT INTO invoices (workspace_id, number, at, kind, description, amount, currency, status, purchase_id,"
        " information) VALUES (?, ?, ?, ?, ?, ?, ?, 'Paid', ?, ?)",
        [
            workspace.id, number, core.now(workspace), fields["kind"],
            fields["description"], fields["amount"], purchase.currency, purchase.id, row["information"],
        ],
    )  # fmt: skip
    _mail(tx, core, purchase, workspace, f"Receipt {number}: {fields['description']}, {money(fields['amount'])}.")


def _mail(tx: Transaction, core: Core, purchase: Purchase, workspace: Workspace, text: str) -> None:
    """Send word of the receipt where the company wants it, else to the buyer."""
    buyer = tx.row("SELECT email FROM members WHERE id = ?", [purchase.member_id])
    to = (workspace.information or {}).get("email") or (buyer["email"] if buyer else "")
    tx.execute(
        "INSERT INTO mail (workspace_id, at, recipient, subject, body) VALUES (?, ?, ?, 'Your receipt', ?)",
        [workspace.id, core.now(workspace), to, text],
    )


@dataclass(frozen=True)
class Wanted:
    """Which invoices to show: of a kind, from `since` up to `until` (seconds since 1970), a page from 1."""

    kind: str | None = None
    since: float | None = None
    until: float | None = None
    page: int = 1


def page(core: Core, workspace: Workspace, wanted: Wanted) -> dict[str, Any]:
    """Return one page of invoices, newest first."""
    conditions: dict[str, Any] = {
        "workspace_id = ?": workspace.id,
        "kind = ?": wanted.kind,
        "at >= ?": wanted.since,
        "at < ?": wanted.until,
    }
    used = {condition: value for condition, value in conditions.items() if value is not None}
    where, params = " AND ".join(used), list(used.values())
    counted = core.db.row(f"SELECT COUNT(*) AS n FROM invoices WHERE {where}", params)  # noqa: S608 - fixed words only
    total = int(counted["n"]) if counted else 0
    rows = core.db.rows(
        f"SELECT * FROM invoices WHERE {where} ORDER BY at DESC, id DESC LIMIT ? OFFSET ?",  # noqa: S608 - the same
        [*params, PAGE_SIZE, (wanted.page - 1) * PAGE_SIZE],
    )
    pages = max(1, -(-total // PAGE_SIZE))
    return {"invoices": [shown(row) for row in rows], "page": wanted.page, "pages": pages, "total": total}


def shown(row: sqlite3.Row) -> dict[str, Any]:
    """Return an invoice as the API tells it."""
    return {
        "number": row["number"],
        "at": row["at"],
        "type": row["kind"],
        "description": row["description"],
        "amount": row["amount"],
        "amount_label": money(row["amount"]),
        "status": row["status"],
        "receipt": f"/api/billing/invoices/{row['number']}/receipt.pdf",
    }


def find(core: Core, workspace: Workspace, number: str) -> dict[str, Any] | None:
    """Return an invoice of this workspace with the company data of its day, or None."""
    row = core.db.row("SELECT * FROM invoices WHERE workspace_id = ? AND number = ?", [workspace.id, number])
    if row is None:
        return None
    return {**shown(row), "information": json.loads(row["information"]) if row["information"] else {}}
