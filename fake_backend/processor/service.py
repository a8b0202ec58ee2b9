"""The processor as its surroundings know it: what the control API and the server use besides HTTP."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fake_backend.processor import clock, ids, objects, records, settings, webhook_endpoints
from fake_backend.processor.params import CreateEndpoint
from fake_backend.processor.payments import Payments, show_intent
from fake_backend.processor.sessions import Sessions
from fake_backend.processor.webhook_delivery import Deliverer

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from fake_backend.database import Database
    from fake_backend.processor.settings import Settings

_LONGEST_DRAIN_S = 10.0
_WANTED = ("checkout.session.completed", "checkout.session.expired", "payment_intent.payment_failed")


class Processor:
    """One processor with one merchant account; a merchant's reference (`client_reference_id`) is a string of theirs."""

    def __init__(self, database: Database, processor_url: str) -> None:
        self.database = database
        self.url = processor_url
        self.sessions = Sessions(database, processor_url)
        self.payments = Payments(self.sessions)
        self.deliverer = Deliverer(database)
        self.api_key = self._kept("api_key", "sk_test_")

    def _kept(self, name: str, prefix: str) -> str:
        """Return a secret of the account, made at the first start and kept."""
        with self.database.transaction() as tx:
            tx.execute("INSERT OR IGNORE INTO account VALUES (?, ?)", (name, ids.new(prefix)))
            row = tx.row("SELECT value FROM account WHERE name = ?", (name,))
        assert row is not None, "the line before has written it"
        return str(row["value"])

    def register_endpoint(self, url: str, kinds: Sequence[str] = _WANTED) -> str:
        """Send the merchant's webhooks to this address from now on, pending ones too, and return their secret."""
        with self.database.transaction() as tx:
            known = tx.row("SELECT id, secret FROM endpoints WHERE description = 'merchant'")
            if known:
                tx.execute("UPDATE endpoints SET url = ? WHERE id = ?", (url, known["id"]))
                return str(known["secret"])
            made = webhook_endpoints.create(
                tx, CreateEndpoint(url=url, enabled_events=list(kinds), description="merchant")
            )
        return str(made["secret"])

    def settings(self, reference: str) -> Settings:
        """Return how page and webhooks behave for a reference."""
        return settings.read(self.database, reference)

    def change_settings(self, reference: str, changes: Mapping[str, object]) -> Settings:
        """Change some of them and return all. Raises `pydantic.ValidationError`."""
        return settings.change(self.database, reference, changes)

    def non_default_settings(self, changes: Mapping[str, object]) -> dict[str, object]:
        """Return those of these settings that are not the default. Raises `pydantic.ValidationError`."""
        return settings.Settings.model_validate(changes).model_dump(exclude_defaults=True)

    def defaults(self, names: Iterable[str]) -> dict[str, object]:
        """Return the documented values of these settings."""
        return {name: value for name, value in settings.Settings().model_dump().items() if name in set(names)}

    def advance_clock(self, reference: str, seconds: float) -> float:
        """Move a reference's clock forward, end what is over by then, and return its moment (seconds since 1970)."""
        with self.database.transaction() as tx:
            clock.advance(tx, reference, seconds)
        if self.sessions.expire_due():
            self.deliverer.plan()
        return clock.now(self.database, reference)

    def list_sessions(self, reference: str) -> list[dict[str, Any]]:
        """Return a reference's sessions as the API shows them, oldest first."""
        self.sessions.expire_due()
        rows = self.database.rows("SELECT * FROM sessions WHERE reference = ? ORDER BY seq", (reference,))
        return [self.sessions.show(row) for row in rows]

    def list_deliveries(self, reference: str) -> list[dict[str, Any]]:
        """Return a reference's webhook deliveries, oldest first, each with its tries (`at` in seconds since 1970)."""
        rows = self.database.rows(
            "SELECT d.id, d.event, d.state, d.tries, e.type, json_extract(e.json, '$.data.object.id') AS object"
            " FROM deliveries d JOIN events e ON e.id = d.event WHERE d.reference = ? ORDER BY d.id",
            (reference,),
        )
        return [dict(row) | {"tries": json.loads(row["tries"])} for row in rows]

    def drain_webhooks(self, reference: str) -> dict[str, int]:
        """Deliver a reference's pending webhooks now, and return how many were "delivered", "failed" or still wait."""
        return self.deliverer.drain(reference, _LONGEST_DRAIN_S)

    def line_items(self, session: sqlite3.Row) -> list[dict[str, Any]]:
        """Return the lines of a session's order as the API shows them."""
        return objects.line_items(session)

    def find(self, kind: str, name: str) -> Any:
        """Return what stands for an id in an answer, by the kind of it; nothing where there is none."""
        if kind == "list of item":
            url = f"/v1/checkout/sessions/{name}/line_items"
            lines = self.line_items(self.sessions.find(self.database, name))
            return {"object": "list", "data": lines, "has_more": False, "url": url}
        if kind == "payment_intent":
            row = self.database.row("SELECT * FROM sessions WHERE payment_intent = ?", (name,))
            return show_intent(self.database, row) if row else None
        return records.find(self.database, kind, name)

    def show_event(self, row: sqlite3.Row) -> dict[str, Any]:
        """Return an event as the API shows it, with the number of deliveries still to be made."""
        pending = self.database.row(
            "SELECT count(*) AS number FROM deliveries WHERE event = ? AND state = 'pending'", (row["id"],)
        )
        shown: dict[str, Any] = json.loads(row["json"])
        return shown | {"pending_webhooks": pending["number"] if pending else 0}
