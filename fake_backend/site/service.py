"""The site as its surroundings see it: what the control API may ask and change."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from fake_backend.site import billing_cycle, ledger, seeding
from fake_backend.site.checkout import Checkout
from fake_backend.site.fulfilment import Fulfilment
from fake_backend.site.repository import Core, UnknownWorkspaceError
from fake_backend.site.stripe_client import Merchant, ProcessorUnreachableError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fake_backend.site.config import SiteConfig
    from fake_backend.site.seeding import Seed, Seeded

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Clock:
    """A workspace's time and its month, in seconds since 1970."""

    now: float
    cycle_start: float
    cycle_end: float


class Site:
    """All parts of one site."""

    def __init__(self, config: SiteConfig) -> None:
        self.config = config
        self.core = Core(config)
        self.use(Merchant(config))
        # Set by the application, which knows how sessions are signed.
        self.sign_session: Callable[[str], str] = str

    def use(self, merchant: Merchant) -> None:
        """Take payments by this merchant's side of a processor."""
        self.merchant = merchant
        self.checkout = Checkout(self.core, merchant)
        self.fulfilment = Fulfilment(self.core, merchant)

    def seed(self, wanted: Seed) -> Seeded:
        """Make a workspace; unanswered questions of its variant get the defaults."""
        return seeding.seed(self.core, replace(wanted, variant={**self.config.default_variant, **wanted.variant}))

    def state(self, workspace_id: str) -> dict[str, Any]:
        """Return all that the site knows of a workspace; raises `UnknownWorkspaceError`."""
        workspace = self.core.workspace(workspace_id)
        return {
            "id": workspace.id,
            "name": workspace.name,
            "plan": workspace.plan,
            "pending_plan": workspace.pending_plan,
            "now": self.core.now(workspace),
            "cycle": {"start": workspace.cycle_start, "end": workspace.cycle_end},
            "variant": dict(workspace.variant),
            "faults": list(workspace.faults),
            "information": workspace.information,
            "credits": ledger.summary(self.core.db, workspace_id),
            "ledger": ledger.entries(self.core.db, workspace_id),
            "later": ledger.later(self.core.db, workspace_id),
            "members": self._rows("members", workspace_id, "id, name, email, role, last_login"),
            "purchases": self._rows(
                "purchases",
                workspace_id,
                "id, kind, item, credits, amount, currency, state, session_id, created, paid_at",
            ),
            "invoices": self._rows("invoices", workspace_id, "number, at, kind, description, amount, currency, status"),
            "mail": self._rows("mail", workspace_id, "round(at, 3) AS at, recipient, subject, body"),
        }

    def _rows(self, table: str, workspace_id: str, columns: str) -> list[dict[str, Any]]:
        sql = f"SELECT {columns} FROM {table} WHERE workspace_id = ? LIMIT 10000"  # noqa: S608 - fixed words only
        return [dict(row) for row in self.core.db.rows(sql, [workspace_id])]

    def clock(self, workspace_id: str) -> Clock:
        """Return a workspace's time; raises `UnknownWorkspaceError`."""
        workspace = self.core.workspace(workspace_id)
        return Clock(self.core.now(workspace), workspace.cycle_start, workspace.cycle_end)

    def advance_clock(self, workspace_id: str, seconds: float) -> float:
        """Move a workspace's clock forward and return its time; raises `ValueError` for going back or past 2200."""
        if not seconds >= 0:
            raise ValueError("The clock only goes forward.")
        if self.clock(workspace_id).now + seconds > billing_cycle.LATEST:
            raise ValueError("The clock ends in the year 2200.")
        with self.core.db.transaction() as tx:
            tx.execute("UPDATE workspaces SET clock_offset = clock_offset + ? WHERE id = ?", [seconds, workspace_id])
        return self.clock(workspace_id).now

    def set_faults(self, workspace_id: str, faults: Sequence[str]) -> None:
        """Set a workspace's faults; raises `UnknownWorkspaceError` or `UnknownFaultError`."""
        self.config.hooks.with_faults(tuple(faults))
        with self.core.db.transaction() as tx:
            given = [json.dumps(list(faults)), workspace_id]
            if not tx.execute("UPDATE workspaces SET faults = ? WHERE id = ?", given):
                raise UnknownWorkspaceError(f"There is no workspace {workspace_id!r}.")

    def storage_state(self, member_id: str) -> dict[str, Any]:
        """Return a browser's storage (as Playwright reads it) in which this member is signed in."""
        name, _, value = self.sign_session(member_id).partition("=")
        host = self.config.site_url.partition("://")[2].partition(":")[0]
        cookie = {
            "name": name, "value": value, "domain": host, "path": "/", "expires": -1, "httpOnly": True,
            "secure": False, "sameSite": "Lax",
        }  # fmt: skip
        return {"cookies": [cookie], "origins": []}

    def storage_state_of(self, workspace_id: str) -> dict[str, Any]:
        """Return the storage in which a workspace's first member is signed in; raises `UnknownWorkspaceError`."""
        members = self._rows("members", workspace_id, "id")
        if not members:
            raise UnknownWorkspaceError(f"There is no workspace {workspace_id!r}.")
        return self.storage_state(members[0]["id"])

    def settle_pending(self) -> int:
        """Ask the processor about all that a crash may have left open; return the number of purchases settled."""
        assert self.merchant.client is not None  # imported here, in the background, instead of at the first purchase
        rows = self.core.db.rows("SELECT id, session_id, created FROM purchases WHERE state = 'pending'")
        if not rows:
            return 0
        oldest = min(row["created"] for row in rows)
        try:
            for session in self.merchant.completed_since(oldest - 60):
                self.fulfilment.settle(session)
            for row in rows:
                if row["session_id"]:
                    self.fulfilment.fulfil(row["session_id"])
        except ProcessorUnreachableError as error:
            log.warning("Pending purchases stay pending: %s", error)
        left = self.core.db.rows("SELECT id FROM purchases WHERE state = 'pending' AND created <= ?", [time.time()])
        return len(rows) - len({row["id"] for row in left} & {row["id"] for row in rows})
