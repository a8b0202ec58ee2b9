"""The JSON API that the pages use."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, current_app, g, jsonify, request

from fake_backend.site import auth, billing_information, invoices, view_data, workflows
from fake_backend.site.hooks import BillingContext
from fake_backend.site.model import PLANS_BY_NAME, InvoiceFilter, RefusedError

if TYPE_CHECKING:
    from fake_backend.site.model import Purchase
    from fake_backend.site.service import Site

api = Blueprint("api", __name__, url_prefix="/api")


def _site() -> Site:
    site: Site = current_app.extensions["site"]
    return site


@api.before_request
def require_member() -> None:
    """Answer members only."""
    if auth.load(_site().core) is None:
        raise RefusedError("Sign in first.", status=401)


@api.errorhandler(RefusedError)
def refused(error: RefusedError) -> tuple[Response, int]:
    """Answer with the reason."""
    return jsonify({"error": {"message": error.message, "fields": error.fields}}), error.status


def _body() -> dict[str, Any]:
    """Read a JSON object; raises `RefusedError` for anything else."""
    if request.mimetype != "application/json":
        raise RefusedError("Send JSON.", status=415)
    try:
        body = request.get_json(silent=True)
    except RecursionError:  # lists in lists in lists
        body = None
    if not isinstance(body, dict):
        raise RefusedError("Send a JSON object.", status=400)
    return body


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or (name != "text" and not value.isprintable()):
        raise RefusedError(f"{name} must be a text.", status=422)
    return value


@api.get("/billing")
def billing() -> Response:
    """Show the Billing tab."""
    core = _site().core
    landed = _own_purchase(request.args.get("landed"))
    if landed is not None:
        landed = view_data.seen(core, g.workspace, _site().fulfilment.refresh_pending(landed))
    cancelled = _own_purchase(request.args.get("cancelled"))
    return jsonify(view_data.billing(core, _context(landed, cancelled)))


def _context(landed: Purchase | None = None, cancelled: Purchase | None = None) -> BillingContext:
    core = _site().core
    paid = core.packages(g.workspace, "paid")
    looks = request.args.get("looks", 0, type=int)
    return BillingContext(g.workspace, g.member, core.now(g.workspace), g.signed_in_at, paid, landed, cancelled, looks)


def _own_purchase(purchase_id: str | None) -> Purchase | None:
    purchase = _site().core.purchase(purchase_id) if purchase_id else None
    return purchase if purchase and purchase.workspace_id == g.workspace_id else None


@api.get("/billing/packages")
def packages() -> Response:
    """Show the packages."""
    return jsonify(view_data.packages(_site().core, _context()))


@api.post("/billing/packages/dismissed")
def dismissed() -> tuple[str, int]:
    """Take note that the pop-up was closed without a choice."""
    site = _site()
    site.fulfilment.give(site.core.hooks(g.workspace).on_dismiss([], g.workspace), g.workspace)
    return "", 204


@api.post("/billing/checkout")
def checkout() -> tuple[Response, int]:
    """Put a package into the payment page."""
    package_id = _text(_body(), "package")
    return jsonify(_site().checkout.package(g.workspace, g.member, package_id)), 201


@api.get("/billing/invoices")
def list_invoices() -> Response:
    """Show a page of invoices: `type` credits or plan, `from` and `to` days, `page` from 1."""
    kind = request.args.get("type") or None
    if kind not in {None, "credits", "plan"}:
        raise RefusedError("Invoices are of type credits or plan.", status=422)
    since, until = _day("from"), _day("to")
    number = request.args.get("page", "1")
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:8]) <= 1_000_000):
        raise RefusedError("Pages count from 1.", status=422)
    core = _site().core
    hooks, after = core.hooks(g.workspace), until + 86_400 if until is not None else None
    wanted = hooks.invoice_filter(InvoiceFilter(kind, since, after, int(number[:8])), g.workspace)
    view = invoices.page(core, g.workspace, wanted)
    return jsonify(hooks.invoices(view, _context()))


def _day(name: str) -> float | None:
    text = request.args.get(name)
    if not text:
        return None
    try:
        return datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC).timestamp()
    except (ValueError, OverflowError) as error:
        raise RefusedError("Write days as 2026-11-30.", status=422) from error


@api.get("/billing/invoices/<number>/receipt.pdf")
def receipt(number: str) -> Response:
    """Answer with a receipt as PDF."""
    from fake_backend.site import receipts

    invoice = invoices.find(_site().core, g.workspace, number)
    if invoice is None:
        raise RefusedError("There is no such invoice.", status=404)
    asked = {**invoice, "is_own": invoice["buyer"] in {None, g.member.id}}
    fields = _site().core.hooks(g.workspace).receipt(asked, g.workspace)
    answer = Response(fields.get("file") or receipts.pdf(fields, g.workspace.name), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="receipt-{invoice["number"]}.pdf"'
    return answer


@api.put("/billing/information")
def save_information() -> Response:
    """Keep the billing information."""
    return jsonify({"information": billing_information.save(_site().core, g.workspace, _body())})


@api.get("/plans")
def plans() -> Response:
    """Show the plans."""
    return jsonify(view_data.plans(_site().core, g.workspace))


@api.post("/plans/change")
def change_plan() -> tuple[Response, int]:
    """Upgrade through the payment page, downgrade at the end of the cycle, or stay with the current plan."""
    site, workspace = _site(), g.workspace
    wanted = PLANS_BY_NAME.get(_text(_body(), "plan"))
    if wanted is None or not (wanted.listed or wanted.name == workspace.plan):
        raise RefusedError("There is no such plan.", status=404)
    if wanted.price > PLANS_BY_NAME[workspace.plan].price:
        return jsonify(site.checkout.plan(g.member, wanted.name)), 201
    waiting = None if wanted.name == workspace.plan else wanted.name
    moment = site.core.hooks(workspace).downgraded_at(workspace.cycle_end, workspace)
    column = "plan" if waiting and moment <= site.core.now(workspace) else "pending_plan"
    with site.core.db.transaction() as tx:
        tx.execute(f"UPDATE workspaces SET {column} = ? WHERE id = ?", [waiting, workspace.id])  # noqa: S608 - fixed
    return jsonify({"url": None, "next_plan": waiting, "ends": view_data.day(workspace.cycle_end)}), 200


@api.get("/flows")
def flows() -> Response:
    """Show the workflows."""
    return jsonify(view_data.flows(_site().core, g.workspace))


@api.post("/flows/<flow_id>/run")
def run(flow_id: str) -> Response:
    """Run a workflow."""
    return jsonify(workflows.run(_site().core, g.workspace, g.member, flow_id, _text(_body(), "text")))


@api.get("/members")
def members() -> Response:
    """Show the users."""
    return jsonify(view_data.members(_site().core, g.workspace))
