"""The API that a merchant uses, under `/v1`: the subset of the published one that selling for one payment needs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, g

from fake_backend.processor import api_support, catalogue_api, objects, webhook_endpoints
from fake_backend.processor.errors import ApiError, no_such
from fake_backend.processor.expansion import expand
from fake_backend.processor.forms import check
from fake_backend.processor.params import (
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
    api.before_request(lambda: api_support.admit(service.api_key))
    api.register_error_handler(ApiError, api_support.failure)
    _add_sessions(api, service)
    _add_payments_and_events(api, service)
    _add_endpoints(api, service)
    catalogue_api.add_routes(api, service)
    return api


def _add_sessions(api: Blueprint, service: Processor) -> None:
    database, sessions = service.database, service.sessions

    def expanded(row: sqlite3.Row, wishes: list[str]) -> dict[str, Any]:
        return expand(sessions.show(row), wishes, service.find, "checkout.session")

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
        listing = api_support.Listing("sessions", conditions, "checkout.session")
        page = api_support.page(database, listing, chosen, sessions.show)
        return api_support.answer(expand(page, chosen.expand, service.find, "list of checkout.session"))

    @api.get("/checkout/sessions/<session_id>")
    def retrieve_session(session_id: str) -> Response:
        chosen = check(NoParams, api_support.params())
        row = sessions.get(session_id)
        g.workspace_id = row["reference"]
        return api_support.answer(expanded(row, chosen.expand))

    @api.get("/checkout/sessions/<session_id>/line_items")
    def list_line_items(session_id: str) -> Response:
        chosen = check(ListParams, api_support.params())
        page = api_support.page_of(service.line_items(sessions.get(session_id)), chosen, "line item")
        return api_support.answer(expand(page, chosen.expand, service.find, "list of item"))

    @api.post("/checkout/sessions/<session_id>/expire")
    def expire_session(session_id: str) -> Response:
        chosen = check(NoParams, api_support.params())
        answer = api_support.once(database, lambda tx: expanded(sessions.expire(tx, session_id), chosen.expand))
        service.deliverer.plan()
        return answer


# A kind may be a pattern, such as checkout.session.*
_OF_KINDS = "EXISTS (SELECT 1 FROM json_each(?) AS wanted WHERE events.type GLOB wanted.value)"


def _add_payments_and_events(api: Blueprint, service: Processor) -> None:
    database = service.database

    @api.get("/payment_intents/<intent_id>")
    def retrieve_payment(intent_id: str) -> Response:
        chosen = check(NoParams, api_support.params())
        intent = service.find("payment_intent", intent_id)
        if intent is None:
            raise no_such("payment_intent", intent_id, "intent")
        return api_support.answer(expand(intent, chosen.expand, service.find, "payment_intent"))

    @api.get("/events")
    def list_events() -> Response:
        chosen = check(ListEvents, api_support.params())
        if chosen.types and chosen.type:
            raise ApiError("You may pass only one of these parameters: type, types.", code="parameters_exclusive")
        kinds = chosen.types or ([chosen.type] if chosen.type else None)
        wanted = (_OF_KINDS, json.dumps(kinds) if kinds else None)
        listing = api_support.Listing("events", [wanted, *api_support.created_between(chosen.created)], "event")
        page = api_support.page(database, listing, chosen, service.show_event)
        return api_support.answer(expand(page, chosen.expand, service.find, "list of event"))

    @api.get("/events/<event_id>")
    def retrieve_event(event_id: str) -> Response:
        chosen = check(NoParams, api_support.params())
        row = database.row("SELECT * FROM events WHERE id = ?", (event_id,))
        if row is None:
            raise no_such("event", event_id, "id")
        return api_support.answer(expand(service.show_event(row), chosen.expand, service.find, "event"))


def _add_endpoints(api: Blueprint, service: Processor) -> None:
    database = service.database

    def expanded(body: dict[str, Any], wishes: list[str]) -> dict[str, Any]:
        return expand(body, wishes, service.find, "webhook_endpoint")

    @api.post("/webhook_endpoints")
    def create_endpoint() -> Response:
        chosen = check(CreateEndpoint, api_support.params())

        def work(tx: Transaction) -> dict[str, Any]:
            row = webhook_endpoints.create(tx, chosen)
            return expanded(objects.endpoint(row) | {"secret": row["secret"]}, chosen.expand)

        return api_support.once(database, work)

    @api.get("/webhook_endpoints")
    def list_endpoints() -> Response:
        chosen = check(ListParams, api_support.params())
        listing = api_support.Listing("endpoints", [], "webhook endpoint")
        page = api_support.page(database, listing, chosen, objects.endpoint)
        return api_support.answer(expand(page, chosen.expand, service.find, "list of webhook_endpoint"))

    @api.get("/webhook_endpoints/<endpoint_id>")
    def retrieve_endpoint(endpoint_id: str) -> Response:
        chosen = check(NoParams, api_support.params())
        found = objects.endpoint(webhook_endpoints.find(database, endpoint_id))
        return api_support.answer(expanded(found, chosen.expand))

    @api.delete("/webhook_endpoints/<endpoint_id>")
    def delete_endpoint(endpoint_id: str) -> Response:
        with database.transaction() as tx:
            webhook_endpoints.delete(tx, endpoint_id)
        return api_support.answer({"id": endpoint_id, "object": "webhook_endpoint", "deleted": True})
