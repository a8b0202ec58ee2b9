"""What every part of the site stands on: the database, the clock of a workspace, its hooks."""

from __future__ import annotations

import json
import secrets
import time
from typing import TYPE_CHECKING, Any

from fake_backend.site import billing_cycle, ledger
from fake_backend.site.hooks import GrantContext
from fake_backend.site.model import Member, Purchase, Workspace

if TYPE_CHECKING:
    import sqlite3

    from fake_backend.site.config import SiteConfig
    from fake_backend.site.hooks import Hooks


class UnknownWorkspaceError(LookupError):
    """There is no workspace with that id."""


def new_id(prefix: str) -> str:
    """Make an id that nobody can guess."""
    return f"{prefix}_{secrets.token_hex(10)}"


class Core:
    """The site's database and what is read from it everywhere."""

    def __init__(self, config: SiteConfig) -> None:
        self.config = config
        self.db = config.database

    def secret_key(self) -> str:
        """Return the key that signs sessions; it stays the same over restarts of a site with a file."""
        with self.db.transaction() as tx:
            tx.execute("INSERT OR IGNORE INTO meta VALUES ('secret_key', ?)", [secrets.token_hex(32)])
            row = tx.row("SELECT value FROM meta WHERE name = 'secret_key'")
        assert row is not None
        return str(row["value"])

    def now(self, workspace: Workspace) -> float:
        """Return the workspace's time in seconds since 1970."""
        return time.time() + workspace.clock_offset

    def hooks(self, workspace: Workspace) -> Hooks:
        """Return the workspace's hooks."""
        return self.config.hooks.with_faults(workspace.faults)

    def workspace(self, workspace_id: str) -> Workspace:
        """Return a workspace with its month up to date; raises `UnknownWorkspaceError`."""
        workspace = self._read(workspace_id)
        now = self.now(workspace)
        if workspace.faults and any(entry["due"] <= now for entry in ledger.later(self.db, workspace_id)):
            with self.db.transaction() as tx:
                ledger.catch_up(tx, workspace_id, now)
        if now >= workspace.cycle_end:
            with self.db.transaction() as tx:
                billing_cycle.renew(tx, workspace, time.time(), self.hooks(workspace))
            workspace = self._read(workspace_id)
        return workspace

    def _read(self, workspace_id: str) -> Workspace:
        row = self.db.row("SELECT * FROM workspaces WHERE id = ?", [workspace_id])
        if row is None:
            raise UnknownWorkspaceError(f"There is no workspace {workspace_id!r}.")
        return workspace_of(row)

    def member(self, member_id: str) -> Member | None:
        """Return a member, or None."""
        row = self.db.row("SELECT * FROM members WHERE id = ?", [member_id])
        return member_of(row) if row else None

    def purchase(self, purchase_id: str) -> Purchase | None:
        """Return a purchase, or None."""
        row = self.db.row("SELECT * FROM purchases WHERE id = ?", [purchase_id])
        return purchase_of(row) if row else None

    def purchase_of_session(self, session_id: str) -> Purchase | None:
        """Return the purchase that a payment session belongs to, or None."""
        row = self.db.row("SELECT * FROM purchases WHERE session_id = ?", [session_id])
        return purchase_of(row) if row else None

    def packages(self, workspace: Workspace, state: str) -> list[Purchase]:
        """Return the last hundred packages of a workspace that are "paid" or "pending", oldest first.

        For faults that want to know them: a sound site does not ask.
        """
        if not workspace.faults:
            return []
        rows = self.db.rows(
            "SELECT * FROM purchases WHERE workspace_id = ? AND state = ? AND kind = 'credits'"
            " ORDER BY created DESC LIMIT 100",
            [workspace.id, state],
        )
        return [purchase_of(row) for row in reversed(rows)]

    def neighbour(self) -> str:
        """Return the id of a workspace that is nobody's, for faults that hit somebody else's."""
        now = time.time()
        with self.db.transaction() as tx:
            tx.execute(
                "INSERT OR IGNORE INTO workspaces (id, name, plan, monthly_credits, created, cycle_start, cycle_end,"
                " variant, faults, invoice_prefix) VALUES ('ws_neighbour', 'Neighbour', 'Basic', 0, ?, ?, ?, '{}',"
                " '[]', 'NEIGHBOUR')",
                [now, now, billing_cycle.month_later(now)],
            )
        return "ws_neighbour"

    def others(self, workspace: Workspace) -> list[str]:
        """Return the ids of the other workspaces with the same faults, for faults that hit them."""
        same = json.dumps(list(workspace.faults))
        return [
            row["id"]
            for row in self.db.rows("SELECT id FROM workspaces WHERE faults = ?", [same])
            if row["id"] != workspace.id
        ]

    def owner(self, workspace: Workspace) -> str:
        """Return the id of the member who owns a workspace, "" where none does."""
        row = self.db.row("SELECT id FROM members WHERE workspace_id = ? AND role = 'Owner'", [workspace.id])
        return str(row["id"]) if row else ""

    def grant_context(self, workspace: Workspace) -> GrantContext:
        """Describe this moment to the hooks that decide what is sold and granted."""
        return GrantContext(
            workspace,
            self.now(workspace),
            self.packages(workspace, "paid"),
            self.packages(workspace, "pending"),
            lambda: ledger.summary(self.db, workspace.id),
            self.neighbour,
            lambda: self.others(workspace),
            lambda: self.owner(workspace),
        )


def workspace_of(row: sqlite3.Row) -> Workspace:
    """Read a row of `workspaces`."""
    fields: dict[str, Any] = dict(row)
    fields.pop("invoice_count")
    fields["variant"] = json.loads(fields["variant"])
    fields["faults"] = tuple(json.loads(fields["faults"]))
    fields["information"] = fields["information"] and json.loads(fields["information"])
    return Workspace(**fields)


def member_of(row: sqlite3.Row) -> Member:
    """Read a row of `members`; the password stays where it is."""
    return Member(**{name: row[name] for name in Member.__dataclass_fields__})


def purchase_of(row: sqlite3.Row) -> Purchase:
    """Read a row of `purchases`."""
    return Purchase(**{name: row[name] for name in Purchase.__dataclass_fields__})
