"""Objects of the API that are kept as they are shown: products, prices, customers, charges, refunds and cards."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fake_backend.database import Database, Transaction


def add(tx: Transaction, body: dict[str, Any], owner: str | None = None) -> dict[str, Any]:
    """Keep a new object; `owner` is the id of what it belongs to."""
    tx.execute(
        "INSERT INTO records (id, kind, created, owner, json) VALUES (?, ?, ?, ?, ?)",
        (body["id"], body["object"], body["created"], owner, json.dumps(body)),
    )
    return body


def change(tx: Transaction, name: str, **changes: Any) -> dict[str, Any]:
    """Change some fields of an object and return it."""
    row = tx.row("SELECT json FROM records WHERE id = ?", (name,))
    assert row is not None, "who changes it has found it"
    body: dict[str, Any] = json.loads(row["json"]) | changes
    tx.execute("UPDATE records SET json = ? WHERE id = ?", (json.dumps(body), name))
    return body


def find(source: Database | Transaction, kind: str, name: str) -> dict[str, Any] | None:
    """Return an object of a kind by its id; nothing where there is none."""
    row = source.row("SELECT json FROM records WHERE id = ? AND kind = ?", (name, kind))
    return json.loads(row["json"]) if row else None


def newest(source: Database | Transaction, kind: str, owner: str) -> dict[str, Any] | None:
    """Return the latest object of a kind that belongs to something; nothing where there is none."""
    row = source.row("SELECT json FROM records WHERE owner = ? AND kind = ? ORDER BY seq DESC LIMIT 1", (owner, kind))
    return json.loads(row["json"]) if row else None
