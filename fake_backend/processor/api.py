"""The API that a merchant uses, under `/v1`: the subset of the published one that selling for one payment needs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, g

from fake_backend.processor import api_support, objects, webhook_endpoints
from fake_backend.processor.errors import ApiError, no_such
from fake_backend.processor.forms import check
from fake_backend.processor.params import (
    ChangeEndpoint,
    CreateEndpoint,
    CreateSession,
    ListEvents,
    ListParams,
    ListSessions,
    NoParams,
)

if TYPE_CHECKING:
    import sqlite3

    from fake_backend.database import Transaction
    from fake_backend.processor.service import Processor


def blueprint(service: Processor) -> Blueprint:
    """Return the API's routes."""
    api = Blueprint("api", __name__, url_prefix="/v1")
    api.before_request(lambda: api_support.authenticate(service.api_key))
    api.register_error_handler(ApiError, api_support.failure)
    _add_sessions(api, service)
    _add_payments_and_events(api, service)
    _add_endpoints(api, service)
    return api


def _add_sessions(api: Blueprint, service: Processor) -> None:
    database, sessions = service.database, service.sessions

    def expanded(row: sqlite3.Row, wishes: list[str]) -> dict[str, Any]:
        known = {
            "line_items": lambda: _line_items(row),
            "payment_intent": lambda: service.payment_intent(row),
        }
        return api_support.expand(wishes, known, sessions.show(row))

    @api.post("/checkout/sessions")
    def create_session() -> Response:
        chosen = check(CreateSession, api_support.params())
        g.workspace_id = chosen.client_reference_id
        return api_support.once(database, lambda tx: expanded(sessions.create(tx, chosen), chosen.expand))

    @api.get("/checkout/sessions")
    def list_sessions() -> Response:
        chosen = check(ListSessions, api_support.params())
        sessions.expire_due()
        conditions = [
            ("status = ?", chosen.status),
            ("payment_intent = ?", chosen.payment_intent),
            *api_support.created_between(chosen.created),
        ]
        wishes = [wish.removeprefix("data.") for wish in chosen.expand]
        listing = api_support.Listing("sessions", conditions, "checkout.session")
        return api_support.page(database, listing, chosen, lambda row: expanded(row, wishes))

    @api.get("/checkout/sessions/<session_id>")
    def retrieve_session(session_id: str) -> Response:
        chosen = check(NoParams, api_support.params())
        row = sessions.get(session_id)
        g.workspace_id = row["reference"]
        return api_support.answer(expanded(row, chosen.expand))

    @api.get("/checkout/sessions/<session_id>/line_items")
    def list_line_items(session_id: str) -> Response:
        check(ListParams, api_support.params())
        return api_support.answer(_line_items(sessions.get(session_id)))

    @api.post("/checkout/sessions/<session_id>/expire")
    def expire_session(session_id: str) -> Response:
        chosen = check(NoParams, api_support.params())
        answer = api_support.once(database, lambda tx: expanded(sessions.expire(tx, session_id), chosen.expand))
        service.deliverer.plan()
        return answer


def _line_items(row: sqlite3.Row) -> dict[str, Any]:
    url = f"/v1/checkout/sessions/{row['id']}/line_items"
    return {"object": "list", "data": objects.line_items(row), "has_more": False, "url": url}


def _add_payments_and_events(api: Blueprint, service: Processor) -> None:
    database = service.database

    @api.get("/payment_intents/<intent_id>")
    def retrieve_payment(intent_id: str) -> Response:
        check(NoParams, api_support.params())
        row = database.row("SELECT * FROM sessions WHERE payment_intent = ?", (intent_id,))
        intent = service.payment_intent(row) if row else None
        if intent is None:
            raise no_such("payment_intent", intent_id, "intent")
        return api_support.answer(intent)

    @api.get("/events")
    def list_events() -> Response:
        chosen = check(ListEvents, api_support.params())
        kinds = chosen.types or ([chosen.type] if chosen.type else None)
        wanted = ("type IN (SELECT value FROM json_each(?))", json.dumps(kinds) if kinds else None)
        listing = api_support.Listing("events", [wanted, *api_support.created_between(chosen.created)], "event")
        return api_support.page(database, listing, chosen, service.show_event)

    @api.get("/events/<event_id>")
    def retrieve_event(event_id: str) -> Response:
        check(NoParams, api_support.params())
        row = database.row("SELECT * FROM events WHERE id = ?", (event_id,))
        if row is None:
            raise no_such("event", event_id, "id")
        return api_support.answer(service.show_event(row))


def _add_endpoints(api: Blueprint, service: Processor) -> None:
    database = service.database

    @api.post("/webhook_endpoints")
    def create_endpoint() -> Response:
        chosen = check(CreateEndpoint, api_support.params())

        def work(tx: Transaction) -> dict[str, Any]:
            row = webhook_endpoints.create(tx, chosen)
            return objects.endpoint(row) | {"secret": row["secret"]}

        return api_support.once(database, work)

    @api.get("/webhook_endpoints")
    def list_endpoints() -> Response:
        chosen = check(ListParams, api_support.params())
        return api_support.page(
            database, api_support.Listing("endpoints", [], "webhook endpoint"), chosen, objects.endpoint
        )

    @api.get("/webhook_endpoints/<endpoint_id>")
    def retrieve_endpoint(endpoint_id: str) -> Response:
        check(NoParams, api_support.params())
        return api_support.answer(objects.endpoint(webhook_endpoints.find(database, endpoint_id)))

    @api.post("/webhook_endpoints/<endpoint_id>")
    def change_endpoint(endpoint_id: str) -> Response:
        chosen = check(ChangeEndpoint, api_support.params())
        return api_support.once(
            database, lambda tx: objects.endpoint(webhook_endpoints.change(tx, endpoint_id, chosen))
        )

    @api.delete("/webhook_endpoints/<endpoint_id>")
    def delete_endpoint(endpoint_id: str) -> Response:
        with database.transaction() as tx:
            webhook_endpoints.delete(tx, endpoint_id)
        return api_support.answer({"id": endpoint_id, "object": "webhook_endpoint", "deleted": True})
