"""Each reference has a clock of its own: the real one, moved forward by as much as a test asked for."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fake_backend.database import Database, Transaction


def now(database: Database | Transaction, reference: str | None) -> float:
    """Return the moment of a reference's clock, in seconds since 1970."""
    return time.time() + ahead(database, reference)


def ahead(database: Database | Transaction, reference: str | None) -> float:
    """Return how far a reference's clock is ahead of the real one, in seconds."""
    row = database.row("SELECT ahead FROM clocks WHERE reference = ?", (reference or "",))
    return float(row["ahead"]) if row else 0.0


def advance(tx: Transaction, reference: str, seconds: float) -> None:
    """Move a reference's clock forward; its open sessions fall due sooner by as much.

    Raises `ValueError` for a way back: nothing here could be made undone.
    """
    if seconds < 0:
        raise ValueError("A clock goes forward only.")
    tx.execute(
        "INSERT INTO clocks VALUES (?, ?) ON CONFLICT (reference) DO UPDATE SET ahead = ahead + excluded.ahead",
        (reference, seconds),
    )
    tx.execute("UPDATE sessions SET due = due - ? WHERE reference = ? AND status = 'open'", (seconds, reference))
