"""The processor alone, without HTTP and without anybody who delivers its webhooks."""

from __future__ import annotations

import json
from typing import Any

from fake_backend.database import Database
from fake_backend.processor import SCHEMA, Processor
from fake_backend.processor.cards import look_up
from fake_backend.processor.forms import check
from fake_backend.processor.params import CreateSession

URL = "http://127.0.0.1:8124"
GOOD, DECLINED, CHALLENGED = (
    look_up(number) for number in ("4242424242424242", "4000000000000002", "4000002760003184")
)
HALF_AN_HOUR, A_DAY = 30 * 60, 24 * 60 * 60
BUYER = {"email": "ada@example.com", "name": "Ada"}


def processor() -> Processor:
    """Return a processor that delivers nothing: its deliverer is not started."""
    made = Processor(Database(None, SCHEMA), URL)
    made.register_endpoint("http://127.0.0.1:9/webhooks")
    return made


def order(*lines: tuple[int, int], **more: Any) -> CreateSession:
    """Return the parameters of an order; a line is a price in cents and a quantity."""
    data = [
        {
            "price_data": {"currency": "usd", "unit_amount": str(cents), "product_data": {"name": "Credits"}},
            "quantity": str(quantity),
        }
        for cents, quantity in lines or [(2_000, 1)]
    ]
    wanted = {"mode": "payment", "success_url": "http://127.0.0.1:9/", "line_items": data}
    return check(CreateSession, wanted | {name: value for name, value in more.items() if value is not None})


def created(bank: Processor, *lines: tuple[int, int], **more: Any) -> Any:
    with bank.database.transaction() as tx:
        return bank.sessions.create(tx, order(*lines, **more))


def expired(bank: Processor, session_id: str) -> Any:
    with bank.database.transaction() as tx:
        return bank.sessions.expire(tx, session_id)


def events(bank: Processor) -> list[tuple[str, dict[str, Any]]]:
    """Return all that was told, in order: the kind of each event, and its object."""
    rows = bank.database.rows("SELECT type, json FROM events ORDER BY seq")
    return [(row["type"], json.loads(row["json"])["data"]["object"]) for row in rows]
