"""The control API under one reserved prefix of the site, for tests on the same machine that hold the token."""

from __future__ import annotations

import functools
import hmac
import ipaddress
import json
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, Response, abort, g, jsonify, request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import HTTPException

from fake_backend.control import openapi
from fake_backend.control.backend import Backend, ControlConfig
from fake_backend.control.routes import ROUTES, Call, Route
from fake_backend.site import SeedError, UnknownFaultError, UnknownWorkspaceError, auth

if TYPE_CHECKING:
    from collections.abc import Callable

PREFIX = "/__control__/v1"
_LONGEST_ID = 200


def mount(app: Flask, config: ControlConfig) -> Backend:
    """Put the control API on the site's application. Raises `ValueError` for defaults that are in no catalogue."""
    backend = Backend(config)
    control = Blueprint("control", __name__, url_prefix=PREFIX)
    control.before_request(lambda: _only_ours(config.token))
    control.add_url_rule("/openapi.json", view_func=functools.cache(_document), methods=["GET"])
    for route in ROUTES:
        endpoint = f"{route.method} {route.path}"
        control.add_url_rule(route.path, endpoint, _view(route, backend), methods=[route.method])
    control.register_error_handler(HTTPException, lambda error: _refusal(error.code or 500, error.description or ""))
    control.register_error_handler(ValidationError, lambda error: _refusal(422, sentence(error)))
    control.register_error_handler(UnknownWorkspaceError, lambda error: _refusal(404, str(error.args[0])))
    for wrong in (SeedError, UnknownFaultError, ValueError):
        control.register_error_handler(wrong, lambda error: _refusal(422, str(error)))
    app.register_blueprint(control)
    app.after_request(lambda response: _tell_whose(backend, response))
    return backend


def _only_ours(token: str) -> Response | None:
    """Turn away who is not on this machine, or has no token."""
    if not ipaddress.ip_address(request.remote_addr or "0.0.0.0").is_loopback:  # noqa: S104 - nobody's address
        abort(403, "The control API answers on this machine only.")
    if request.endpoint == "control._document":
        return None
    given = request.authorization
    if not given or given.type != "bearer" or not hmac.compare_digest((given.token or "").encode(), token.encode()):
        response = _refusal(401, "The token is missing or wrong.")
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    return None


def _tell_whose(backend: Backend, response: Response) -> Response:
    """Let the request log know whose a request to an unknown route was: no view has asked who is signed in."""
    if request.url_rule is None and "workspace_id" not in g:
        auth.load(backend.site.core)
    return response


def _document() -> Response:
    return jsonify(openapi.document(PREFIX, "Control API of the fake"))


def _view(route: Route, backend: Backend) -> Callable[..., tuple[Response, int]]:
    def view(workspace_id: str = "") -> tuple[Response, int]:
        g.workspace_id = workspace_id or None
        body = _body(route.takes) if route.takes else None
        answer = route.work(Call(backend, workspace_id, body, _query(route)))
        return jsonify(answer), route.status

    return view


def _body(model: type[BaseModel]) -> BaseModel:
    data = request.get_data()
    if data and request.mimetype != "application/json":
        abort(415, "The body must be application/json.")
    try:
        given = json.loads(data or b"{}")
    except (ValueError, RecursionError):
        abort(400, "The body is no JSON.")
    return model.model_validate(given)


def _query(route: Route) -> dict[str, Any]:
    for name in request.args:
        if name not in route.query:
            raise ValueError(f"There is no query parameter named {name[:100]!r} here.")
    query: dict[str, Any] = {name: value for name, value in request.args.items() if name in route.query}
    if len(query.get("workspace", "")) > _LONGEST_ID:
        raise ValueError("workspace is too long to be one.")
    if "unexpected" in query:
        if query["unexpected"] not in {"true", "false"}:
            raise ValueError("unexpected must be true or false.")
        query["unexpected"] = query["unexpected"] == "true"
    return query


def sentence(error: ValidationError) -> str:
    """Return one sentence on the first thing that a model refuses, and where it stands."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])[:200] or "The body"
    if first["type"] == "extra_forbidden":
        return f"There is nothing named {place!r} here."
    return f"{place}: {first['msg']}."


def _refusal(status: int, message: str) -> Response:
    response = jsonify({"error": {"message": message}})
    response.status_code = status
    return response
