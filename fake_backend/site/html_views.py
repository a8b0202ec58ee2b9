"""The pages: a shell made by the server, filled by its scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, current_app, g, make_response, redirect, render_template, request, session

from fake_backend.site import auth, security, view_data
from fake_backend.site.stripe_client import ProcessorUnreachableError

if TYPE_CHECKING:
    from flask import Response as PageResponse
    from werkzeug.wrappers import Response

    from fake_backend.site.model import Purchase
    from fake_backend.site.service import Site

pages = Blueprint("pages", __name__)
_SESSION_ID = re.compile(r"cs_[A-Za-z0-9_]{1,200}")


def _site() -> Site:
    site: Site = current_app.extensions["site"]
    return site


@pages.before_request
def require_member() -> Response | None:
    """Send strangers to sign in, and back afterwards."""
    if auth.load(_site().core) is not None or request.endpoint == "pages.landing":
        return None
    wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
    return redirect("/sign-in" if wanted in {"", "/"} else f"/sign-in?next={_quoted(wanted)}", 303)


def _quoted(address: str) -> str:
    from urllib.parse import quote

    return quote(address, safe="/")


def _page(name: str, title: str, **more: Any) -> str:
    core = _site().core
    return render_template(
        "shell.html",
        page=name,
        title=title,
        shell=view_data.shell(core, name, g.workspace),
        profile=view_data.profile(g.member, g.workspace),
        **more,
    )


@pages.get("/")
def home() -> Response:
    """Begin with the workflows."""
    return redirect("/flows", 303)


@pages.get("/flows")
def flows() -> str:
    """Show the workflows."""
    return _page("flows", "Flows")


@pages.get("/users")
def users() -> str:
    """Show the users."""
    return _page("users", "Users")


@pages.get("/billing/pay/<session_id>")
def pay(session_id: str) -> PageResponse:
    """Show the payment page in a frame, as the processor's own script would."""
    if not _SESSION_ID.fullmatch(session_id):
        abort(404)
    processor = _site().config.processor_api
    response = make_response(_page("pay", "Payment", address=f"{processor}/c/pay/{session_id}"))
    response.headers["Content-Security-Policy"] = f"{security.POLICY}; frame-src {processor}"
    return response


@pages.get("/settings")
def settings() -> Response:
    """Begin with the first tab."""
    return redirect("/settings/general", 303)


@pages.get("/settings/<any(general, billing):tab>")
def settings_tab(tab: str) -> str:
    """Show Workspace Settings, open at a tab."""
    facts = [("Workspace name", g.workspace.name), ("Workspace ID", g.workspace.id)]
    facts.append(("Created", view_data.day(g.workspace.created)))
    return _page("settings", "Workspace Settings", tab=tab, facts=facts)


@pages.post("/sign-out")
def sign_out() -> Response:
    """End the session."""
    workspace_id, before = g.workspace_id, dict(session)
    core, hooks = _site().core, _site().core.hooks(g.workspace)
    _site().fulfilment.give(hooks.on_sign_out([], core.grant_context(g.workspace)), g.workspace)
    session.clear()
    session.update(hooks.signed_out({}, before, g.workspace))
    return redirect(f"/sign-in?workspace={workspace_id}", 303)


@pages.get("/billing/return")
def landing() -> Response | tuple[str, int]:
    """Take the buyer back from the payment page; what was paid for is given here too, if the webhook was not first."""
    session_id = request.args.get("session_id", "")
    purchase = _fulfilled(session_id) if _SESSION_ID.fullmatch(session_id) else None
    target = "/settings/billing"
    if purchase is not None and ("member" not in g or purchase.workspace_id == g.workspace_id):
        target = _landed(purchase)
    elif purchase is not None:
        site = _site()
        site.fulfilment.give(site.core.hooks(g.workspace).on_foreign_landing([], purchase, g.workspace), g.workspace)
    if "member" not in g or not session:
        return redirect(f"/sign-in?next={_quoted(target)}", 303)
    return redirect(target, 303)


def _fulfilled(session_id: str) -> Purchase | None:
    try:
        return _site().fulfilment.fulfil(session_id)
    except ProcessorUnreachableError:
        return _site().core.purchase_of_session(session_id)


def _landed(purchase: Purchase) -> str:
    """Count the landing and return the page to show: the variant's."""
    site = _site()
    workspace = site.core.workspace(purchase.workspace_id)
    hooks = site.core.hooks(workspace)
    landed = hooks.on_landing if purchase.kind == "credits" else hooks.on_plan_landing
    site.fulfilment.give(landed([], purchase, workspace), workspace)
    _count_landing(purchase)
    if not hooks.session_after(dict(session), purchase):
        session.clear()
    success = workspace.variant.get("landing") == "success"
    return f"/billing/success?purchase={purchase.id}" if success else f"/settings/billing?purchase={purchase.id}"


def _count_landing(purchase: Purchase) -> None:
    with _site().core.db.transaction() as tx:
        tx.execute("UPDATE purchases SET landings = landings + 1 WHERE id = ?", [purchase.id])


@pages.get("/billing/success")
def success() -> str:
    """Show that the payment was successful."""
    purchase = _own_purchase()
    bought = ""
    if purchase is not None and purchase.state == "paid":
        bought = f"{purchase.item} plan"
        if purchase.kind == "credits":
            bought = _site().core.hooks(g.workspace).thanks(f"{purchase.credits:,} credits", purchase)
    back = f"/settings/billing?purchase={purchase.id}" if purchase else "/settings/billing"
    return _page("success", "Payment successful" if bought else "Payment", bought=bought, back=back)


@pages.get("/billing/cancelled")
def cancelled() -> Response:
    """Take back a buyer who did not pay."""
    purchase = _own_purchase()
    if purchase is None:
        return redirect("/settings/billing", 303)
    site = _site()
    _count_landing(purchase)
    if purchase.kind == "credits" and purchase.state == "pending":
        site.fulfilment.give(site.core.hooks(g.workspace).on_cancel([], purchase, g.workspace), g.workspace)
    return redirect(f"/settings/billing?cancelled={purchase.id}", 303)


def _own_purchase() -> Purchase | None:
    purchase = _site().core.purchase(request.args.get("purchase", ""))
    return purchase if purchase and purchase.workspace_id == g.workspace_id else None
