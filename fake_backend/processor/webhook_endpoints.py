"""Webhook endpoints: where the merchant wants to hear of events."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from fake_backend.processor import events, ids
from fake_backend.processor.errors import ApiError, no_such

if TYPE_CHECKING:
    import sqlite3

    from fake_backend.database import Database, Transaction
    from fake_backend.processor.params import CreateEndpoint


def create(tx: Transaction, params: CreateEndpoint) -> sqlite3.Row:
    """Make an endpoint. Raises `ApiError` for events that this processor does not have."""
    for number, kind in enumerate(params.enabled_events):
        if kind not in {*events.KINDS, "*"}:
            raise ApiError(
                f"Invalid enabled_events[{number}]: must be one of {', '.join(events.KINDS)}, or *",
                param=f"enabled_events[{number}]",
            )
    endpoint_id = ids.new("we_")
    tx.execute(
        "INSERT INTO endpoints (id, url, secret, created, enabled_events, description, metadata)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            endpoint_id,
            params.url,
            ids.new("whsec_"),
            int(time.time()),
            json.dumps(params.enabled_events),
            params.description,
            json.dumps(params.metadata),
        ),
    )
    return find(tx, endpoint_id)


def find(source: Database | Transaction, endpoint_id: str) -> sqlite3.Row:
    """Return an endpoint's row. Raises `ApiError` (404) when there is none."""
    row = source.row("SELECT * FROM endpoints WHERE id = ?", (endpoint_id,))
    if row is None:
        raise no_such("webhook endpoint", endpoint_id, "webhook_endpoint")
    return row


def delete(tx: Transaction, endpoint_id: str) -> None:
    """Remove an endpoint, and what was still to be delivered to it. Raises `ApiError` (404)."""
    find(tx, endpoint_id)
    tx.execute("DELETE FROM endpoints WHERE id = ?", (endpoint_id,))
