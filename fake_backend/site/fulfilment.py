"""Giving what was paid for: once for each payment session, and only on the processor's own word.

The webhook and the buyer's return both come here, in any order, together and repeatedly; so does the start of the
site for what a crash left open (docs.stripe.com/checkout/fulfillment).
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from fake_backend.site import invoices, ledger
from fake_backend.site.model import PLANS_BY_NAME, Grant
from fake_backend.site.stripe_client import ProcessorUnreachableError

if TYPE_CHECKING:
    import stripe

    from fake_backend.database import Transaction
    from fake_backend.site.model import Purchase, Workspace
    from fake_backend.site.repository import Core
    from fake_backend.site.stripe_client import Merchant

log = logging.getLogger(__name__)


class Fulfilment:
    """Turns paid sessions into credits or plans."""

    def __init__(self, core: Core, merchant: Merchant) -> None:
        self._core = core
        self._merchant = merchant

    def fulfil(self, session_id: str) -> Purchase | None:
        """Ask the processor about a session and return what was paid for; nothing for a session that is not ours.

        Raises `ProcessorUnreachableError` when the processor does not answer: nothing was changed, ask again.
        """
        purchase = self._core.purchase_of_session(session_id)
        if purchase is not None and purchase.state == "paid":
            return purchase
        session = self._merchant.session(session_id)
        return self.settle(session) if session is not None else None

    def refresh_pending(self, purchase: Purchase) -> Purchase:
        """Look whether a purchase that was pending has been paid by now; unchanged while the processor is silent."""
        if purchase.state != "pending" or purchase.session_id is None:
            return purchase
        try:
            return self.fulfil(purchase.session_id) or purchase
        except ProcessorUnreachableError:
            return purchase

    def settle(self, session: stripe.checkout.Session) -> Purchase | None:
        """Act on a session as the processor describes it."""
        reference = session.metadata.to_dict() if session.metadata else {}
        purchase = self._core.purchase(str(reference.get("purchase")))
        if purchase is None or purchase.state == "paid":
            return purchase
        if session.status == "expired":
            self._expire(purchase)
        elif session.status == "complete" and session.payment_status != "unpaid" and _matches(session, purchase):
            self._give(purchase, session.id)
        return self._core.purchase(purchase.id)

    def _expire(self, purchase: Purchase) -> None:
        with self._core.db.transaction() as tx:
            tx.execute("UPDATE purchases SET state = 'expired' WHERE id = ? AND state = 'pending'", [purchase.id])

    def _give(self, purchase: Purchase, session_id: str) -> None:
        workspace = self._core.workspace(purchase.workspace_id)
        grants = self._grants(purchase, workspace)
        with self._core.db.transaction() as tx:
            changed = tx.execute(
                "UPDATE purchases SET state = 'paid', paid_at = ?, session_id = ? WHERE id = ? AND state != 'paid'",
                [time.time(), session_id, purchase.id],
            )
            if not changed:
                return
            self.write(tx, grants, workspace, session_id)
            self._change_plan(tx, purchase, workspace)
            invoices.issue(tx, self._core, purchase, workspace)

    def _grants(self, purchase: Purchase, workspace: Workspace) -> list[Grant]:
        hooks, context = self._core.hooks(workspace), self._core.grant_context(workspace)
        if purchase.kind == "plan":
            granted = ledger.balance(self._core.db, workspace.id, "monthly").granted
            more = max(0, PLANS_BY_NAME[purchase.item].credits - granted)
            added = [Grant(workspace.id, "monthly", more, "grant", f"Upgrade to {purchase.item}")] if more else []
            return hooks.upgrade_grants(added, purchase, context)
        bought = Grant(workspace.id, "add_on", purchase.credits, "purchase", f"{purchase.credits:,} credits")
        return hooks.grants([bought], purchase, context)

    def repeated(self, purchase: Purchase) -> None:
        """Hear once more of a purchase that is paid: a sound site does nothing."""
        workspace = self._core.workspace(purchase.workspace_id)
        grants = self._core.hooks(workspace).on_repeated_webhook([], purchase, workspace)
        if grants:
            with self._core.db.transaction() as tx:
                self.write(tx, grants, workspace, None)
                invoices.issue(tx, self._core, purchase, workspace)

    def give(self, grants: list[Grant], workspace: Workspace) -> None:
        """Grant what no payment stands behind; a sound site has nothing of the kind."""
        if grants:
            with self._core.db.transaction() as tx:
                self.write(tx, grants, workspace, None)

    def switch(self, workspace: Workspace, plan: str) -> None:
        """Change the plan without a payment; a sound site leaves it as it is."""
        if plan != workspace.plan:
            with self._core.db.transaction() as tx:
                tx.execute("UPDATE workspaces SET plan = ? WHERE id = ?", [plan, workspace.id])

    def write(self, tx: Transaction, grants: list[Grant], workspace: Workspace, session_id: str | None) -> None:
        """Put grants into the ledger."""
        for grant in grants:
            ledger.add(tx, self._core.now(workspace), grant, session_id if grant.kind == "purchase" else None)

    def _change_plan(self, tx: Transaction, purchase: Purchase, workspace: Workspace) -> None:
        plan = purchase.item if purchase.kind == "plan" else workspace.plan
        plan = self._core.hooks(workspace).plan_after(plan, purchase, workspace)
        if plan == workspace.plan:
            return
        tx.execute(
            "UPDATE workspaces SET plan = ?, monthly_credits = ?, pending_plan = NULL WHERE id = ?",
            [plan, PLANS_BY_NAME[plan].credits if purchase.kind == "plan" else workspace.monthly_credits, workspace.id],
        )


def _matches(session: stripe.checkout.Session, purchase: Purchase) -> bool:
    """Whether the session is the one that was asked for: a foreign or altered one grants nothing."""
    same = (session.client_reference_id, session.amount_total, session.currency) == (
        purchase.workspace_id,
        purchase.amount,
        purchase.currency,
    )
    if not same:
        log.warning("Session %s does not match purchase %s; nothing was granted.", session.id, purchase.id)
    return same
