"""The month of a workspace: what its end does to credits and plan.

At the end unused monthly credits expire, the plan's credits are granted anew, used credits start at nought, and a
downgrade that was waiting takes effect. Add-on credits stay: whether they expire is an open question (assumption).
"""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from fake_backend.site import ledger
from fake_backend.site.model import PLANS_BY_NAME, Grant

if TYPE_CHECKING:
    import sqlite3

    from fake_backend.database import Transaction

LATEST = datetime(2200, 1, 1, tzinfo=UTC).timestamp()


def month_later(start: float, months: int = 1) -> float:
    """Return the same day and time some months later, or the last day of a month that is too short."""
    began = datetime.fromtimestamp(start, UTC)
    year, month = divmod(began.year * 12 + began.month - 1 + months, 12)
    day = min(began.day, calendar.monthrange(year, month + 1)[1])
    return began.replace(year=year, month=month + 1, day=day).timestamp()


def current_month(created: float, start: float, now: float) -> tuple[float, float]:
    """Return start and end of the month that holds `now`, counted from the day the workspace was made."""
    days = (datetime.fromtimestamp(now, UTC) - datetime.fromtimestamp(created, UTC)) // timedelta(days=1)
    months = max(0, days // 31 - 1)
    while month_later(created, months + 1) <= now:
        months += 1
    return max(start, month_later(created, months)), month_later(created, months + 1)


def renew(tx: Transaction, workspace_id: str, real_now: float) -> None:
    """Begin the month that the workspace's clock is in, unless that was done; several missed months are one renewal."""
    row = tx.row("SELECT * FROM workspaces WHERE id = ?", [workspace_id])
    if row is None or real_now + row["clock_offset"] < row["cycle_end"]:
        return
    start, end = current_month(row["created"], row["cycle_end"], real_now + row["clock_offset"])
    _grant_month(tx, row, start)
    plan = row["pending_plan"] or row["plan"]
    tx.execute(
        "UPDATE workspaces SET plan = ?, pending_plan = NULL, monthly_credits = ?, cycle_start = ?, cycle_end = ?"
        " WHERE id = ?",
        [plan, _credits_of(row), start, end, workspace_id],
    )


def _grant_month(tx: Transaction, row: sqlite3.Row, at: float) -> None:
    unused = ledger.balance(tx, row["id"], "monthly").remaining
    if unused:
        ledger.add(tx, at, Grant(row["id"], "monthly", -unused, "expiry", "Unused monthly credits expired"))
    ledger.add(tx, at, Grant(row["id"], "monthly", _credits_of(row), "renewal", "Monthly credits"))
    ledger.add(tx, at, Grant(row["id"], "add_on", 0, "renewal", "Add-on credits carried over"))


def _credits_of(row: sqlite3.Row) -> int:
    """Return the credits of the coming month: those of the waiting plan, else what the workspace has now."""
    return PLANS_BY_NAME[row["pending_plan"]].credits if row["pending_plan"] else int(row["monthly_credits"])
