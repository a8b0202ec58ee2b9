"""Events, and what has to be delivered because of them."""

from __future__ import annotations

import json
import random
import time
from typing import TYPE_CHECKING, Any

from fake_backend.processor import clock, ids, objects, settings, versions

if TYPE_CHECKING:
    from fake_backend.database import Transaction

KINDS = (
    "charge.refunded",
    "checkout.session.completed",
    "checkout.session.expired",
    "payment_intent.payment_failed",
    "payment_intent.succeeded",
    "refund.created",
)

# How far events are scattered when they are to overtake each other, in seconds.
_SCATTER_S = 0.3


def record(tx: Transaction, kind: str, reference: str | None, content: dict[str, Any]) -> str:
    """Write an event down, with a delivery for each endpoint that wants it, and return the event's id.

    All of it is in the caller's transaction: an event is told of exactly when what it tells has happened.
    """
    event_id = ids.new("evt_")
    created = int(clock.now(tx, reference))
    body = objects.event(event_id=event_id, kind=kind, created=created, content=content, api_version=versions.CURRENT)
    tx.execute(
        "INSERT INTO events (id, type, created, reference, json) VALUES (?, ?, ?, ?, ?)",
        (event_id, kind, created, reference, json.dumps(body)),
    )
    _plan_deliveries(tx, event_id, kind, reference)
    return event_id


def _plan_deliveries(tx: Transaction, event_id: str, kind: str, reference: str | None) -> None:
    chosen = settings.read(tx, reference)
    for endpoint in tx.rows("SELECT id, enabled_events FROM endpoints"):
        if not {kind, "*"} & set(json.loads(endpoint["enabled_events"])):
            continue
        for _ in range(chosen.webhook_copies):
            scatter = random.uniform(0, _SCATTER_S) if chosen.webhook_shuffle else 0.0  # noqa: S311 - no secret
            tx.execute(
                "INSERT INTO deliveries (event, endpoint, reference, due, lose) VALUES (?, ?, ?, ?, ?)",
                (
                    event_id,
                    endpoint["id"],
                    reference,
                    time.time() + chosen.webhook_delay_s + scatter,
                    chosen.webhook_fail_first,
                ),
            )
