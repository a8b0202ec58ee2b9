"""Invoices: one for each payment, numbered for each workspace. Amounts in cents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fake_backend.site.model import money

if TYPE_CHECKING:
    import sqlite3

    from fake_backend.database import Transaction
    from fake_backend.site.model import InvoiceFilter, Purchase, Workspace
    from fake_backend.site.repository import Core

PAGE_SIZE = 10
_COLUMNS = ("at", "kind", "description", "amount", "currency", "status")


def issue(tx: Transaction, core: Core, purchase: Purchase, workspace: Workspace) -> None:
    """Write the invoice of a purchase that was just paid."""
    fields: dict[str, Any] = {
        "kind": purchase.kind,
        "description": f"{purchase.credits:,} credits" if purchase.kind == "credits" else f"{purchase.item} plan",
        "amount": purchase.amount,
        "currency": purchase.currency,
        "at": core.now(workspace),
        "status": "Paid",
    }
    for issued in core.hooks(workspace).invoiced([fields], purchase, workspace):
        _issue(tx, core, purchase, workspace, issued)


def _issue(tx: Transaction, core: Core, purchase: Purchase, workspace: Workspace, fields: dict[str, Any]) -> None:
    tx.execute("UPDATE workspaces SET invoice_count = invoice_count + 1 WHERE id = ?", [workspace.id])
    row = tx.row("SELECT invoice_count, invoice_prefix, information FROM workspaces WHERE id = ?", [workspace.id])
    assert row is not None
    number = f"{row['invoice_prefix']}-{row['invoice_count']:04d}"
    tx.execute(
        "INSERT INTO invoices (workspace_id, number, at, kind, description, amount, currency, status, purchase_id,"
        " information) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            workspace.id, number, *(fields[name] for name in _COLUMNS),
            # Of two for one payment only the first has its purchase.
            None if tx.row("SELECT 1 FROM invoices WHERE purchase_id = ?", [purchase.id]) else purchase.id,
            row["information"],
        ],
    )  # fmt: skip
    total = money(fields["amount"], fields["currency"])
    _mail(tx, core, purchase, workspace, f"Receipt {number}: {fields['description']}, {total}.")


def _mail(tx: Transaction, core: Core, purchase: Purchase, workspace: Workspace, text: str) -> None:
    """Send word of the receipt where the company wants it, else to the buyer."""
    buyer = tx.row("SELECT email FROM members WHERE id = ?", [purchase.member_id])
    to = (workspace.information or {}).get("email") or (buyer["email"] if buyer else "")
    to = core.hooks(workspace).receipt_mail(to, purchase)
    if to is None:
        return
    tx.execute(
        "INSERT INTO mail (workspace_id, at, recipient, subject, body) VALUES (?, ?, ?, 'Your receipt', ?)",
        [workspace.id, core.now(workspace), to, core.hooks(workspace).receipt_text(text, purchase)],
    )


def page(core: Core, workspace: Workspace, wanted: InvoiceFilter) -> dict[str, Any]:
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
        "amount_label": money(row["amount"], row["currency"]),
        "status": row["status"],
        "receipt": f"/api/billing/invoices/{row['number']}/receipt.pdf",
    }


def find(core: Core, workspace: Workspace, number: str) -> dict[str, Any] | None:
    """Return an invoice of this workspace with its buyer, the company data of its day and the number of newer ones.

    None where there is no such invoice; the buyer is None where nobody in particular has bought.
    """
    row = core.db.row(
        "SELECT invoices.*, purchases.member_id AS buyer FROM invoices"
        " LEFT JOIN purchases ON purchases.id = invoices.purchase_id WHERE number = ?",
        [number],
    )
    if row is None or core.hooks(workspace).receipt_owner(workspace.id) not in {row["workspace_id"], ""}:
        return None
    newer = core.db.row(
        "SELECT COUNT(*) AS n FROM invoices WHERE workspace_id = ? AND id > ?", [workspace.id, row["id"]]
    )
    information = json.loads(row["information"]) if row["information"] else {}
    told = {"information": information, "newer": newer["n"] if newer else 0, "buyer": row["buyer"]}
    return {**shown(row), **told}
