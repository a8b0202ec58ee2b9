"""Putting something into the payment page."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from fake_backend.site.model import PACKAGES_BY_ID, PLANS_BY_NAME, Order, Purchase, RefusedError
from fake_backend.site.repository import new_id
from fake_backend.site.stripe_client import ProcessorUnreachableError

if TYPE_CHECKING:
    import stripe

    from fake_backend.site.hooks import View
    from fake_backend.site.model import Member, Workspace
    from fake_backend.site.repository import Core
    from fake_backend.site.stripe_client import Merchant


class Checkout:
    """Starts purchases of packages and of plans."""

    def __init__(self, core: Core, merchant: Merchant) -> None:
        self._core = core
        self._merchant = merchant

    def package(self, workspace: Workspace, member: Member, package_id: str) -> View:
        """Return {"url": …} of the payment page for a package; raises `RefusedError`."""
        package = PACKAGES_BY_ID.get(package_id)
        if package is None:
            raise RefusedError("That package is not on sale.", status=404)
        hooks = self._core.hooks(workspace)
        context = self._core.grant_context(workspace)
        package = hooks.sold(package, context)
        order = hooks.order(Order(((package.label, package.price, 1),)), package, context)
        purchase = _purchase(member, "credits", str(package.credits), order, credits_=package.credits)
        session, url = self._open(purchase, order, member, workspace)
        for ended in hooks.ended_sessions([], session.id, context):
            self._merchant.expire(ended)
        return hooks.checkout({"url": url}, workspace)

    def plan(self, member: Member, name: str) -> View:
        """Return {"url": …} of the payment page for an upgrade; raises `RefusedError`."""
        plan = PLANS_BY_NAME[name]
        order = Order(((f"{plan.name} plan", plan.price, 1),))
        workspace = self._core.workspace(member.workspace_id)
        _, url = self._open(_purchase(member, "plan", plan.name, order), order, member, workspace)
        return {"url": url}

    def _open(
        self, purchase: Purchase, order: Order, member: Member, workspace: Workspace
    ) -> tuple[stripe.checkout.Session, str]:
        """Return the payment session of a purchase and the address where the buyer pays it."""
        self._record(purchase)
        embedded = workspace.variant.get("payment_tab") == "embedded"
        try:
            session = self._merchant.create(purchase, order, member.email, embedded=embedded)
        except ProcessorUnreachableError as error:
            raise RefusedError("The payment page cannot be reached. Nothing was charged.", status=502) from error
        with self._core.db.transaction() as tx:
            tx.execute("UPDATE purchases SET session_id = ? WHERE id = ?", [session.id, purchase.id])
        return session, f"/billing/pay/{session.id}" if embedded else session.url or ""

    def _record(self, purchase: Purchase) -> None:
        """Write the purchase down before the processor hears of it, so that a crash in between loses nothing."""
        columns = [name for name, value in vars(purchase).items() if value is not None]
        marks = ", ".join("?" * len(columns))
        sql = f"INSERT INTO purchases ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - the names of our fields
        with self._core.db.transaction() as tx:
            tx.execute(sql, [getattr(purchase, name) for name in columns])


def _purchase(member: Member, kind: str, item: str, order: Order, *, credits_: int = 0) -> Purchase:
    return Purchase(
        id=new_id("pur"),
        workspace_id=member.workspace_id,
        member_id=member.id,
        kind=kind,
        item=item,
        credits=credits_,
        amount=order.amount,
        currency=order.currency,
        state="pending",
        created=time.time(),
    )
