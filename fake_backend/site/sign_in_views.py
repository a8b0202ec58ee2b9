"""Signing in and choosing a new password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, redirect, render_template, request, session

from fake_backend.site import auth
from fake_backend.site.model import RefusedError
from fake_backend.site.repository import UnknownWorkspaceError
from fake_backend.site.security import inside

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from fake_backend.site.model import Member, Workspace
    from fake_backend.site.service import Site

entrance = Blueprint("entrance", __name__)


def _site() -> Site:
    site: Site = current_app.extensions["site"]
    return site


def _field(name: str, longest: int = 200) -> str:
    return request.form.get(name, "")[:longest]


def _workspace(email: str = "") -> Workspace | None:
    """Return whose sign-in page a visitor sees, as far as it is known."""
    core = _site().core
    row = auth.by_email(core, email) if email else None
    workspace_id = row["workspace_id"] if row else request.values.get("workspace", "")
    try:
        return core.workspace(workspace_id)
    except UnknownWorkspaceError:
        return None


def _wants_code(email: str = "") -> bool:
    """Whether this visitor signs in by code: as their workspace does, else as is usual on the site."""
    workspace = _workspace(email)
    variant = workspace.variant if workspace else _site().config.default_variant
    return variant.get("sign_in") == "code"


def _view(email: str = "") -> dict[str, Any]:
    """Return what the page offers besides, and the step that follows where a code was sent."""
    workspace = _workspace(email)
    view = {"reset": "Reset your password", "reset_url": "/reset-password", "after_reset": "new-password"}
    return _site().core.hooks(workspace).sign_in(view, workspace) if workspace is not None else view


def _form(step: str, error: str = "", status: int = 200, **values: Any) -> tuple[str, int]:
    view = _view()
    hidden = {"next": request.values.get("next", "")[:500], "workspace": request.values.get("workspace", "")[:50]}
    return render_template("sign-in.html", step=step, error=error, hidden=hidden, view=view, **values), status


@entrance.get("/sign-in")
def sign_in_page() -> tuple[str, int] | Response:
    """Ask for e-mail address and password, or for the address alone where a code follows."""
    if auth.load(_site().core) is not None and "asked_again" not in session:
        return redirect(inside(request.args.get("next"), "/flows"), 303)
    return _form("email" if _wants_code() else "password")


@entrance.post("/sign-in")
def sign_in() -> tuple[str, int] | Response:
    """Check the password, or send a code."""
    core, email = _site().core, _field("email")
    if _wants_code(email):
        auth.send_code(core, email, "sign-in")
        return _form("code", email=email)
    try:
        member = auth.check_password(core, email, _field("password"))
    except RefusedError as error:
        return _form("password", error.message, error.status, email=email)
    return _enter(member)


@entrance.post("/sign-in/code")
def sign_in_with_code() -> tuple[str, int] | Response:
    """Check the code."""
    core, email = _site().core, _field("email")
    try:
        member = auth.check_code(core, email, _field("code"), "sign-in")
    except RefusedError as error:
        return _form("code", error.message, error.status, email=email)
    return _enter(member)


def _enter(member: Member) -> Response:
    auth.sign_in(_site(), member)
    return redirect(inside(_field("next", 500), "/flows"), 303)


@entrance.get("/reset-password")
def reset_page() -> tuple[str, int]:
    """Ask where to send the code."""
    return _form("reset")


@entrance.post("/reset-password")
def reset() -> tuple[str, int]:
    """Send the code; whether the address is known is not told."""
    auth.send_code(_site().core, _field("email"), "reset")
    email = _field("email")
    return _form(_view(email)["after_reset"], email=email)


@entrance.post("/reset-password/code")
def new_password() -> tuple[str, int] | Response:
    """Check the code and change the password."""
    core, email, password = _site().core, _field("email"), _field("password")
    try:
        auth.check_length(password)
        auth.new_password(core, auth.check_code(core, email, _field("code"), "reset"), password)
    except RefusedError as error:
        return _form("new-password", error.message, error.status, email=email)
    session.clear()
    return _form("password", email=email, done="Your password was changed. Sign in with the new one.")
