"""What both servers ask of the request that is being answered: whose site it is, and what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from flask import Blueprint, Flask, current_app, request
from werkzeug.local import LocalProxy

if TYPE_CHECKING:
    from tests.tools.foreign_site.merchant import Merchant

merchant = cast("Merchant", LocalProxy(lambda: current_app.extensions["merchant"]))


def create_app(pages: Blueprint, of: Merchant) -> Flask:
    """A WSGI application that answers for this merchant."""
    app = Flask(__name__)
    app.extensions["merchant"] = of
    app.register_blueprint(pages)
    return app


def asked() -> dict[str, Any]:
    """The request's JSON object, empty when it has none."""
    body = request.get_json(silent=True)
    return body if isinstance(body, dict) else {}
