"""What the processor tells the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, g, request

from fake_backend.site.stripe_client import ProcessorUnreachableError

if TYPE_CHECKING:
    from fake_backend.site.service import Site

webhooks = Blueprint("webhooks", __name__, url_prefix="/webhooks")
_OF_A_SESSION = {
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.expired",
}


@webhooks.post("/payments")
def payments() -> tuple[str, int]:
    """Take an event whose signature is right, and act on what the processor says of its session now."""
    site: Site = current_app.extensions["site"]
    try:
        event = site.merchant.event(request.get_data(), request.headers.get("Stripe-Signature", ""))
    except ValueError:
        return "This is no event with a right signature.", 400
    if event.type == "payment_intent.payment_failed":
        _failed(site, event.data.object)
    if event.type not in _OF_A_SESSION:
        return "", 200
    try:
        _paid(site, event.data.object["id"])
    except ProcessorUnreachableError:
        return "The processor does not answer; send the event again.", 503
    return "", 200


def _paid(site: Site, session_id: str) -> None:
    known = site.core.purchase_of_session(session_id)
    if known is not None:
        g.workspace_id = known.workspace_id
        if known.state == "paid":
            site.fulfilment.repeated(known)
        workspace = site.core.workspace(known.workspace_id)
        if site.core.hooks(workspace).heard(session_id, known) is None:
            return
    purchase = site.fulfilment.fulfil(session_id)
    if purchase is not None:
        g.workspace_id = purchase.workspace_id


def _failed(site: Site, intent: Any) -> None:
    """Take note of a failed attempt: the buyer may try again, so the purchase stays open."""
    told = intent.to_dict()
    purchase = site.core.purchase(str((told.get("metadata") or {}).get("purchase", "")))
    if purchase is None or purchase.state != "pending":
        return
    g.workspace_id = purchase.workspace_id
    with site.core.db.transaction() as tx:
        tx.execute("UPDATE purchases SET refusals = refusals + 1 WHERE id = ?", [purchase.id])
    workspace = site.core.workspace(purchase.workspace_id)
    code = str((told.get("last_payment_error") or {}).get("code", ""))
    hooks = site.core.hooks(workspace)
    site.fulfilment.give(hooks.on_failure([], purchase, code), workspace)
    site.fulfilment.switch(workspace, hooks.plan_after_failure(workspace.plan, purchase))
