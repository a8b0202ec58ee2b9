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
    from fake_backend.database import Transaction
    from fake_backend.site.hooks import Hooks
    from fake_backend.site.model import Workspace

_MONTH = 30.44 * 86_400  # seconds, on average
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


def renew(tx: Transaction, workspace: Workspace, real_now: float, hooks: Hooks) -> None:
    """Begin the month that the workspace's clock is in, unless that was done; several missed months are one renewal."""
    row = tx.row("SELECT * FROM workspaces WHERE id = ?", [workspace.id])
    if row is None or real_now + row["clock_offset"] < row["cycle_end"]:
        return
    start, end = current_month(row["created"], row["cycle_end"], real_now + row["clock_offset"])
    plan = hooks.renewed_plan(row["pending_plan"] or row["plan"], workspace)
    credits_ = int(row["monthly_credits"]) if plan == row["plan"] else PLANS_BY_NAME[plan].credits
    _grant_month(tx, workspace, start, credits_, hooks)
    tx.execute(
        "UPDATE workspaces SET plan = ?, pending_plan = NULL, monthly_credits = ?, cycle_start = ?, cycle_end = ?"
        " WHERE id = ?",
        [plan, credits_, start, end, workspace.id],
    )


def _grant_month(tx: Transaction, workspace: Workspace, at: float, credits_: int, hooks: Hooks) -> None:
    balance = ledger.summary(tx, workspace.id)
    unused = balance["monthly"]["remaining"]
    grants = [Grant(workspace.id, "monthly", -unused, "expiry", "Unused monthly credits expired")] if unused else []
    grants.append(Grant(workspace.id, "monthly", credits_, "renewal", "Monthly credits"))
    grants.append(Grant(workspace.id, "add_on", 0, "renewal", "Add-on credits carried over"))
    months = round((at - workspace.created) / _MONTH)
    for grant in hooks.renewed(grants, workspace, months, balance):
        ledger.add(tx, at, grant)
