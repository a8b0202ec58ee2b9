"""Paying a session: one attempt with a card, a challenge where the card wants one, and the outcome.

An attempt that succeeds closes the session in the same transaction that records the payment and its event, so that no
second press of Pay, no second tab and no crash can pay it twice or leave it half paid.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from fake_backend.processor import cards, clock, events, ids, payment_objects, records, settings
from fake_backend.processor.errors import doc_url

if TYPE_CHECKING:
    import sqlite3

    from fake_backend.database import Database, Transaction
    from fake_backend.processor.sessions import Sessions


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended: `state` is paid, declined, challenge, stuck (a setting), open or closed."""

    state: str
    event: str | None = None
    challenge: str | None = None
    refusal: cards.Refusal | None = None


class Payments:
    """Attempts to pay the sessions of one processor."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._database = sessions.database

    def attempt(self, session_id: str, card: cards.Card, customer: dict[str, Any]) -> Outcome:
        """Try to pay with a card whose fields passed their checks."""
        self._sessions.get(session_id)
        with self._database.transaction() as tx:
            row = self._sessions.find(tx, session_id)
            if row["status"] != "open":
                return self._pay_again(tx, row)
            if settings.read(tx, row["reference"]).never_finishes:
                return Outcome("stuck")
            self._intent(tx, row, card)
            if card.challenge:
                return self._challenge(tx, row, card, customer)
            return self._charge(tx, row, card, customer)

    def _pay_again(self, tx: Transaction, row: sqlite3.Row) -> Outcome:
        """Take a finished session for paid, once more where its settings want that."""
        if row["status"] == "complete" and settings.read(tx, row["reference"]).pays_again:
            event = events.record(tx, "checkout.session.completed", row["reference"], self._sessions.show(row))
            # The first payment is told of first.
            tx.execute("UPDATE deliveries SET due = due + 1 WHERE event = ?", (event,))
            return Outcome("paid", event=event)
        return _closed(row)

    def answer(self, session_id: str, challenge_id: str, *, passed: bool) -> Outcome:
        """Take the buyer's answer to a challenge, once; a later answer changes nothing."""
        self._sessions.get(session_id)
        with self._database.transaction() as tx:
            row = self._sessions.find(tx, session_id)
            found = tx.row("SELECT * FROM challenges WHERE id = ? AND session = ? AND open", (challenge_id, session_id))
            if row["status"] != "open" or found is None:
                return _closed(row)
            tx.execute("UPDATE challenges SET open = 0 WHERE id = ?", (challenge_id,))
            kept = json.loads(found["card"])
            refusal = cards.Refusal(**kept["refusal"]) if kept["refusal"] else None
            card = cards.Card(**kept | {"refusal": refusal})
            passed = passed or settings.read(tx, row["reference"]).accept_failed_challenge
            if not passed:
                customer = json.loads(found["customer"])
                return self._refuse(tx, row, card, cards.UNAUTHENTICATED, customer)
            return self._charge(tx, row, card, json.loads(found["customer"]))

    def state(self, session_id: str) -> Outcome:
        """Return the state of a session for a page that waits: paid, closed or still open."""
        return _closed(self._sessions.get(session_id))

    def _intent(self, tx: Transaction, row: sqlite3.Row, card: cards.Card) -> None:
        """Record the session's payment at the first attempt, and the payment's latest card."""
        intent = row["payment_intent"] or ids.new("pi_")
        tx.execute(
            "INSERT INTO payment_intents (id, session, created, status, brand, last4) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET status = excluded.status, brand = excluded.brand, last4 = excluded.last4",
            (intent, row["id"], int(clock.now(tx, row["reference"])), "requires_action", card.brand, card.last4),
        )
        tx.execute("UPDATE sessions SET payment_intent = ? WHERE id = ?", (intent, row["id"]))

    def _challenge(self, tx: Transaction, row: sqlite3.Row, card: cards.Card, customer: dict[str, Any]) -> Outcome:
        challenge = ids.new("payatt_")
        tx.execute(
            "INSERT INTO challenges (id, session, card, customer) VALUES (?, ?, ?, ?)",
            (challenge, row["id"], json.dumps(asdict(card)), json.dumps(customer)),
        )
        return Outcome("challenge", challenge=challenge)

    def _charge(self, tx: Transaction, row: sqlite3.Row, card: cards.Card, customer: dict[str, Any]) -> Outcome:
        if card.refusal and not settings.read(tx, row["reference"]).accept_declined:
            return self._refuse(tx, row, card, card.refusal, customer)
        tx.execute(
            "UPDATE sessions SET status = 'complete', payment_status = 'paid', customer = ? WHERE id = ?",
            (json.dumps(customer), row["id"]),
        )
        tx.execute("UPDATE payment_intents SET status = 'succeeded', error = NULL WHERE session = ?", (row["id"],))
        self._keep_charge(tx, row, card, customer, None)
        row = self._sessions.find(tx, row["id"])
        events.record(tx, "payment_intent.succeeded", row["reference"], self._show_intent(tx, row))
        event = events.record(tx, "checkout.session.completed", row["reference"], self._sessions.show(row))
        tx.execute("UPDATE sessions SET completed_by = ? WHERE id = ?", (event, row["id"]))
        return Outcome("paid", event=event)

    def _refuse(
        self, tx: Transaction, row: sqlite3.Row, card: cards.Card, refusal: cards.Refusal, customer: dict[str, Any]
    ) -> Outcome:
        unauthenticated = refusal is cards.UNAUTHENTICATED
        charge, method = self._keep_charge(tx, row, card, customer, refusal)
        error = {
            "code": refusal.code,
            "doc_url": doc_url(refusal.code),
            "message": refusal.message,
            "payment_method": method,
            "type": "invalid_request_error" if unauthenticated else "card_error",
        }
        if charge is not None:
            error |= {"charge": charge["id"]}
        if refusal.decline_code:
            error |= {"decline_code": refusal.decline_code}
        tx.execute(
            "UPDATE payment_intents SET status = 'requires_payment_method', error = ? WHERE session = ?",
            (json.dumps(error), row["id"]),
        )
        row = self._sessions.find(tx, row["id"])
        events.record(tx, "payment_intent.payment_failed", row["reference"], self._show_intent(tx, row))
        return Outcome("declined", refusal=refusal)

    def _keep_charge(
        self,
        tx: Transaction,
        row: sqlite3.Row,
        card: cards.Card,
        customer: dict[str, Any],
        refusal: cards.Refusal | None,
    ) -> tuple[dict[str, Any] | None, dict[str, Any]]:
        """Keep the card of an attempt, and its charge; a card whose bank did not know its owner is not charged."""
        row = self._sessions.find(tx, row["id"])
        intent = self._show_intent(tx, row)
        created = int(clock.now(tx, row["reference"]))
        method = payment_objects.payment_method(ids.new("pm_"), card, customer, created)
        records.add(tx, method, intent["id"])
        if refusal is cards.UNAUTHENTICATED:
            return None, method
        charge = payment_objects.charge(ids.new("ch_"), intent, method, card, refusal)
        return records.add(tx, charge, intent["id"]), method

    def _show_intent(self, tx: Transaction, row: sqlite3.Row) -> dict[str, Any]:
        intent = show_intent(tx, row)
        assert intent is not None, "an attempt makes the payment first"
        return intent


def show_intent(source: Database | Transaction, session: sqlite3.Row) -> dict[str, Any] | None:
    """Return a session's payment as the API shows it; nothing before the first attempt to pay."""
    row = source.row("SELECT * FROM payment_intents WHERE session = ?", (session["id"],))
    return payment_objects.payment_intent(row, session, records.newest(source, "charge", row["id"])) if row else None


def _closed(row: sqlite3.Row) -> Outcome:
    """Return the state of a session for a page that comes too late."""
    state = {"open": "open", "complete": "paid", "expired": "closed"}[row["status"]]
    return Outcome(state, event=row["completed_by"])
