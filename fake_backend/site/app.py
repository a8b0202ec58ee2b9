"""Puts the site together."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from fake_backend.site import auth, security
from fake_backend.site.api import api
from fake_backend.site.html_views import pages
from fake_backend.site.service import Site
from fake_backend.site.sign_in_views import entrance
from fake_backend.site.webhooks import webhooks

if TYPE_CHECKING:
    from fake_backend.site.config import SiteConfig

logging.getLogger(__name__)  # the application's own: who looks through all loggers does not bear one that comes then


def create_app(config: SiteConfig) -> Flask:
    """Make the site; `app.extensions["site"]` is its `Site`."""
    app = Flask(__name__)
    site = Site(config)
    app.extensions["site"] = site
    app.secret_key = site.core.secret_key()
    port = urlsplit(config.site_url).port
    app.config.update(
        # Cookies do not tell ports apart: two fakes played with in one browser must not sign each other out.
        SESSION_COOKIE_NAME=f"diaflow_{port}" if port else "diaflow",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SEND_FILE_MAX_AGE_DEFAULT=300,  # seconds: long enough for a journey, short enough for who edits the pages
    )
    app.json.sort_keys = False  # type: ignore[attr-defined] # the default provider has it
    site.sign_session = lambda member_id: _signed(app, site, member_id)
    config.request_log.watch(app, "site")
    security.guard(app, config)
    for blueprint in (entrance, pages, api, webhooks):
        app.register_blueprint(blueprint)
    app.register_error_handler(HTTPException, _error)
    # For browsers that open what is no page, a receipt or an answer of the API, and look for an icon.
    app.add_url_rule("/favicon.ico", "icon", lambda: app.send_static_file("mark.svg"))
    return app


def _signed(app: Flask, site: Site, member_id: str) -> str:
    """Return name=value of the cookie of a member who has just signed in; raises `LookupError` for nobody."""
    member = site.core.member(member_id)
    if member is None:
        raise LookupError(f"There is no member {member_id!r}.")
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined] # the default has it
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(auth.session_of(member))}"


def _error(error: HTTPException) -> Response | HTTPException:
    """Answer a wrong request in the form that was asked for."""
    status = error.code or 500
    if status < 400:
        return error
    if request.path.startswith(("/api/", "/__control__/")):
        response = jsonify({"error": {"message": error.description, "fields": {}}})
    else:
        response = make_response(render_template("error.html", status=status, message=error.description))
    response.status_code = status
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return response
