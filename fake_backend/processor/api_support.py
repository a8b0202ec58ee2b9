"""What every request to the API has in common: the key, the version, the parameters, idempotency, lists."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import Response, current_app, g, request

from fake_backend.processor import forms, ids, versions
from fake_backend.processor.errors import ApiError, no_such

if TYPE_CHECKING:
    from collections.abc import Callable

    from fake_backend.database import Database, Transaction
    from fake_backend.processor.params import ListParams

_KEPT_S = 24 * 60 * 60
_LONGEST_KEY = 255


def admit(api_key: str) -> None:
    """Let pass who holds the key, asks for this account and for a known version. Raises `ApiError` as published."""
    g.api_version = versions.CURRENT
    _authenticate(api_key)
    if account := request.headers.get("Stripe-Account"):
        raise ApiError(
            f"The provided key '{_masked(api_key)}' does not have access to account '{account[:100]}' (or that account"
            " does not exist). Application access may have been revoked.",
            status=403,
            code="account_invalid",
        )
    version = request.headers.get("Stripe-Version", versions.CURRENT)
    if version not in versions.KNOWN:
        raise ApiError(f"Invalid Stripe API version: {version[:40]}")
    g.api_version = version


def _authenticate(api_key: str) -> None:
    header = request.authorization
    given = (header.token or header.username or "") if header else ""
    if not given:
        raise ApiError(
            "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer"
            " auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
            status=401,
        )
    if not hmac.compare_digest(given.encode(errors="replace"), api_key.encode()):
        raise ApiError(f"Invalid API Key provided: {_masked(given)}", status=401)


def _masked(key: str) -> str:
    return key[:8] + "*" * min(len(key[8:-4]), 20) + key[-4:] if len(key) > 16 else "****"


def params() -> dict[str, Any]:
    """Return the request's parameters, from its query or its form. Raises `ApiError`."""
    if request.method == "POST":
        if request.content_length and request.mimetype != "application/x-www-form-urlencoded":
            raise ApiError("Invalid request (check that your POST content type is application/x-www-form-urlencoded).")
        if request.args:
            raise ApiError("Invalid request: parameters of a POST belong in its body.")
        return forms.nested(request.form.items(multi=True))
    return forms.nested(request.args.items(multi=True))


def answer(body: dict[str, Any], status: int = 200) -> Response:
    """Return an answer of the API with its published headers."""
    version = g.get("api_version", versions.CURRENT)
    response = Response(json.dumps(versions.shown(body, version), indent=2), status, mimetype="application/json")
    response.headers["Request-Id"] = g.setdefault("request_id", ids.new("req_"))
    response.headers["Stripe-Version"] = version
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Stripe"'
    return response


def once(database: Database, work: Callable[[Transaction], dict[str, Any]]) -> Response:
    """Carry out a POST; with an Idempotency-Key once only, and return the same answer to the same request.

    The work and its memory are one transaction, so that of several requests at once only one does it.
    Raises `ApiError` when the key was used for something else.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        with database.transaction() as tx:
            body = work(tx)
        return answer(body)
    if not 0 < len(key) <= _LONGEST_KEY:
        raise ApiError(f"Idempotency keys must be between 1 and {_LONGEST_KEY} characters long.")
    digest = hashlib.sha256(json.dumps(sorted(request.form.items(multi=True))).encode()).hexdigest()
    with database.transaction() as tx:
        kept = tx.row("SELECT * FROM idempotency WHERE key = ? AND created > ?", (key, time.time() - _KEPT_S))
        if kept is None:
            body = work(tx)
            response = answer(body)
            tx.execute(
                "INSERT OR REPLACE INTO idempotency VALUES (?, ?, ?, ?, ?, ?)",
                (key, request.path, digest, json.dumps(body), g.request_id, time.time()),
            )
        else:
            response = _again(kept, digest)
    response.headers["Idempotency-Key"] = key
    return response


def _again(kept: Any, digest: str) -> Response:
    if kept["path"] != request.path:
        used = f"('{kept['path']}')"
        raise ApiError(
            f"Keys for idempotent requests can only be used for the same endpoint they were first used for {used}."
            " Try using a key other than the one given if you meant to execute a different request.",
            kind="idempotency_error",
        )
    if kept["digest"] != digest:
        raise ApiError(
            "Keys for idempotent requests can only be used with the same parameters they were first used with."
            " Try using a key other than the one given if you meant to execute a different request.",
            kind="idempotency_error",
        )
    response = answer(json.loads(kept["body"]))
    response.headers["Idempotent-Replayed"] = "true"
    response.headers["Original-Request"] = kept["request_id"]
    return response


class Listing(NamedTuple):
    """A table to list from, newest first: its name, conditions with their values, what its things are called."""

    table: str
    conditions: list[tuple[str, Any]]
    kind: str


def page(
    database: Database, listing: Listing, chosen: ListParams, show: Callable[[Any], dict[str, Any]]
) -> dict[str, Any]:
    """Return one page of a list as published. Raises `ApiError` for a cursor that nobody knows."""
    conditions = [(sql, value) for sql, value in listing.conditions if value is not None]
    for name, cursor, sql in _cursors(chosen):
        found = database.row(f"SELECT seq FROM {listing.table} WHERE id = ?", (cursor,))  # noqa: S608 - our names
        if found is None:
            raise no_such(listing.kind, cursor, name, 400)
        conditions.append((sql, found["seq"]))
    where = " AND ".join(sql for sql, _ in conditions) or "1"
    order = "ASC" if chosen.ending_before else "DESC"
    query = f"SELECT * FROM {listing.table} WHERE {where} ORDER BY seq {order} LIMIT ?"  # noqa: S608 - our names
    rows = database.rows(query, [*(value for _, value in conditions), chosen.limit + 1])
    more, rows = len(rows) > chosen.limit, rows[: chosen.limit]
    if chosen.ending_before:
        rows.reverse()
    return _list([show(row) for row in rows], more=more)


def page_of(everything: list[dict[str, Any]], chosen: ListParams, kind: str) -> dict[str, Any]:
    """Return one page of a list that is there as a whole, in its order. Raises `ApiError` as `page` does."""
    first, last = 0, len(everything)
    for name, cursor, _ in _cursors(chosen):
        at = next((number for number, one in enumerate(everything) if one["id"] == cursor), None)
        if at is None:
            raise no_such(kind, cursor, name, 400)
        first, last = (at + 1, last) if name == "starting_after" else (max(0, at - chosen.limit), at)
        more = at > chosen.limit
    if not chosen.ending_before:
        more = last - first > chosen.limit
    return _list(everything[first:last][: chosen.limit], more=more)


def _cursors(chosen: ListParams) -> list[tuple[str, str, str]]:
    """Return the cursor of a list, if one is given, with the condition that it stands for."""
    if chosen.starting_after and chosen.ending_before:
        message = "Received both ending_before and starting_after parameters. Please pass in only one."
        raise ApiError(message, code="parameters_exclusive")
    given = ("starting_after", chosen.starting_after, "seq < ?"), ("ending_before", chosen.ending_before, "seq > ?")
    return [(name, cursor, sql) for name, cursor, sql in given if cursor]


def _list(data: list[dict[str, Any]], *, more: bool) -> dict[str, Any]:
    return {"object": "list", "data": data, "has_more": more, "url": request.path}


def created_between(created: Any) -> list[tuple[str, Any]]:
    """Return the conditions for a parameter `created`: a moment or a range of them."""
    if created is None or isinstance(created, int):
        return [("created = ?", created)]
    signs = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
    return [(f"created {sign} ?", getattr(created, name)) for name, sign in signs.items()]


def failure(error: ApiError) -> Response:
    """Return an error as the API does."""
    current_app.logger.debug("refused: %s", type(error).__name__)
    return answer(error.body(), error.status)
