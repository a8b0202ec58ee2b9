"""Credits: an append-only ledger of two pools, monthly and add-on. All amounts are credits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fake_backend.site.model import Grant, RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fake_backend.database import Database, Transaction
    from fake_backend.site.model import Pool


@dataclass(frozen=True)
class Balance:
    """One pool: what was granted and used in this month, and what can be used now."""

    granted: int = 0
    used: int = 0
    remaining: int = 0


def balance(db: Database | Transaction, workspace_id: str, pool: Pool) -> Balance:
    """Return a pool's balance; one of which nothing is known is empty."""
    row = db.row(
        "SELECT granted, used, remaining FROM balances WHERE workspace_id = ? AND pool = ?", [workspace_id, pool]
    )
    return Balance(**dict(row)) if row else Balance()


def add(tx: Transaction, at: float, grant: Grant, session_id: str | None = None) -> None:
    """Write one entry; `at` in seconds by the workspace's clock. What is to come `after` that is put by until then.

    Raises `sqlite3.IntegrityError` for a second purchase with one session and for what would overdraw the pool.
    """
    if grant.after:
        tx.execute(
            "INSERT INTO later (workspace_id, due, pool, kind, credits, session_id, note) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [grant.workspace_id, at + grant.after, grant.pool, grant.kind, grant.credits, session_id, grant.note],
        )
        return
    tx.execute(
        "INSERT INTO ledger (workspace_id, at, pool, kind, credits, session_id, note) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [grant.workspace_id, at, grant.pool, grant.kind, grant.credits, session_id, grant.note],
    )


def later(db: Database | Transaction, workspace_id: str) -> list[dict[str, Any]]:
    """Return what is still to come for a workspace, the next first."""
    sql = "SELECT due, pool, kind, credits, session_id, note, id FROM later WHERE workspace_id = ? ORDER BY due, id"
    return [dict(row) for row in db.rows(sql, [workspace_id])]


def catch_up(tx: Transaction, workspace_id: str, now: float) -> None:
    """Write what was put by and is due; what takes away takes no more than there is."""
    for entry in later(tx, workspace_id):
        if entry["due"] > now:
            return
        tx.execute("DELETE FROM later WHERE id = ?", [entry["id"]])
        credits_ = max(entry["credits"], -balance(tx, workspace_id, entry["pool"]).remaining)
        if credits_:
            grant = Grant(workspace_id, entry["pool"], credits_, entry["kind"], entry["note"])
            add(tx, entry["due"], grant, entry["session_id"])


ORDER: Sequence[Pool] = ("monthly", "add_on")
"""The pools in the order in which they are used up."""


def use(  # noqa: PLR0913 - an entry has as many fields
    tx: Transaction, workspace_id: str, at: float, credits_: int, note: str, *, order: Sequence[Pool] = ORDER
) -> None:
    """Use credits, pool after pool; raises `RefusedError` when there are not enough, and then uses none."""
    remaining = {pool: balance(tx, workspace_id, pool).remaining for pool in order}
    left = sum(remaining.values())
    if left < credits_:
        raise RefusedError(
            "Run not completed: 0 credit left."
            if left == 0
            else f"Run not completed: it needs {credits_:,} credits and only {left:,} are left.",
            status=402,
        )
    for pool in order:
        taken = min(remaining[pool], credits_)
        credits_ -= taken
        if taken:
            add(tx, at, Grant(workspace_id, pool, -taken, "use", note))


def summary(db: Database | Transaction, workspace_id: str) -> dict[str, Any]:
    """Return both pools and their totals as the API and the control API show them."""
    monthly, add_on = balance(db, workspace_id, "monthly"), balance(db, workspace_id, "add_on")
    usable, consumed = monthly.remaining + add_on.remaining, monthly.used + add_on.used
    return {
        "monthly": {"granted": monthly.granted, "used": monthly.used, "remaining": monthly.remaining},
        "add_on": {"granted": add_on.granted, "used": add_on.used, "remaining": add_on.remaining},
        "total_usable": usable,
        "consumed": consumed,
        "total": usable + consumed,
    }


def entries(db: Database, workspace_id: str, limit: int = 10_000) -> list[dict[str, Any]]:
    """Return the last entries of a workspace, oldest first."""
    rows = db.rows("SELECT * FROM ledger WHERE workspace_id = ? ORDER BY id DESC LIMIT ?", [workspace_id, limit])
    return [
        {name: row[name] for name in ("id", "at", "pool", "kind", "credits", "session_id", "note")}
        for row in reversed(rows)
    ]
