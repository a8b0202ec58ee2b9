"""Webhooks on their way to the merchant: signed anew for each try, tried again, and kept over a restart.

Source: docs.stripe.com/webhooks. In test mode a delivery is tried again three times; here within seconds.
"""

from __future__ import annotations

import functools
import hashlib
import heapq
import hmac
import json
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    import urllib3

    from fake_backend.database import Database

_PAUSES_S = (0.2, 1.0, 5.0)
_TIMEOUT_S = 10.0
_WORKERS = 8
_LOST = "lost on the way"


def signature(secret: str, body: str, at: int) -> str:
    """Return the value of the header `Stripe-Signature` for a body sent at a moment (seconds since 1970)."""
    digest = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


class Deliverer:
    """Carries the planned deliveries out, on threads of its own, each at its moment."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queue: list[tuple[float, int]] = []
        self._queued: set[int] = set()
        self._wake = threading.Condition()
        self._answered: dict[str, threading.Event] = {}
        self._stopped = False

    @functools.cached_property
    def _http(self) -> urllib3.PoolManager:
        from urllib3 import PoolManager

        return PoolManager(maxsize=_WORKERS, retries=False, timeout=_TIMEOUT_S)

    def start(self) -> None:
        """Begin, with what an earlier run left behind."""
        for number in range(_WORKERS):
            threading.Thread(target=self._work, name=f"webhooks-{number}", daemon=True).start()
        self.plan()

    def stop(self) -> None:
        """Begin no further try; what is pending stays so."""
        with self._wake:
            self._stopped = True
            self._wake.notify_all()

    def plan(self) -> None:
        """Look for deliveries that are not planned yet; to be called after each commit that may have made some."""
        rows = self._database.rows("SELECT id, due FROM deliveries WHERE state = 'pending'")
        with self._wake:
            for row in rows:
                if row["id"] not in self._queued:
                    self._queued.add(row["id"])
                    heapq.heappush(self._queue, (row["due"], row["id"]))
            self._wake.notify_all()

    def drain(self, reference: str, seconds: float) -> dict[str, int]:
        """Make all tries that are still to come for a reference, each at once, until none is or the time is over.

        Returns how many deliveries that were pending are "delivered", "failed" and "pending" now.
        """
        pending = "SELECT id FROM deliveries WHERE reference = ? AND state = 'pending'"
        wanted = {row["id"] for row in self._database.rows(pending, (reference,))}
        end = time.monotonic() + seconds
        while self._database.rows(pending, (reference,)) and time.monotonic() < end:
            with self._wake:
                # What a worker has in hand is not in the queue, and must not be handed to another one.
                self._queue = [(0.0 if number in wanted else due, number) for due, number in self._queue]
                heapq.heapify(self._queue)
                self._wake.notify_all()
                self._wake.wait(0.05)
        states = [
            row["state"]
            for row in self._database.rows(
                "SELECT state FROM deliveries WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(sorted(wanted)),),
            )
        ]
        return {state: states.count(state) for state in ("delivered", "failed", "pending")}

    def wait(self, event_id: str, seconds: float) -> None:
        """Return once every delivery of this event has been tried, or the time is over."""
        with self._wake:
            answered = self._answered.setdefault(event_id, threading.Event())
        if not self._was_tried(event_id):
            answered.wait(seconds)
        with self._wake:
            self._answered.pop(event_id, None)

    def _was_tried(self, event_id: str) -> bool:
        pending = "SELECT 1 FROM deliveries WHERE event = ? AND tries = '[]' LIMIT 1"
        return self._database.row(pending, (event_id,)) is None

    def _work(self) -> None:
        while (delivery := self._next()) is not None:
            self._attempt(delivery)

    def _next(self) -> int | None:
        """Return the next delivery when its moment has come; nothing when it is time to stop."""
        with self._wake:
            while not self._stopped:
                pause = self._queue[0][0] - time.time() if self._queue else None
                if pause is not None and pause <= 0:
                    return heapq.heappop(self._queue)[1]
                self._wake.wait(pause)
        return None

    def _attempt(self, delivery: int) -> None:
        row = self._database.row(
            "SELECT d.id, d.event, d.lose, d.tries, e.json, p.url, p.secret FROM deliveries d"
            " JOIN events e ON e.id = d.event JOIN endpoints p ON p.id = d.endpoint"
            " WHERE d.id = ? AND d.state = 'pending'",
            (delivery,),
        )
        if row is None:  # its endpoint was deleted meanwhile
            with self._wake:
                self._queued.discard(delivery)
            return
        tries = json.loads(row["tries"])
        began = time.time()
        status, error = (None, _LOST) if len(tries) < row["lose"] else self._send(row)
        tries.append({"at": began, "status": status, "error": error, "ms": round((time.time() - began) * 1000, 1)})
        self._keep(row, tries, delivered=status is not None and 200 <= status < 300)
        waiting = self._answered.get(row["event"])
        if waiting and self._was_tried(row["event"]):
            waiting.set()

    def _send(self, row: sqlite3.Row) -> tuple[int | None, str | None]:
        """Return the merchant's status, or what went wrong."""
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
            "Stripe-Signature": signature(row["secret"], row["json"], int(time.time())),
        }
        from urllib3.exceptions import HTTPError  # not needed for the start

        try:
            answer = self._http.request("POST", row["url"], body=row["json"].encode(), headers=headers, redirect=False)
        except HTTPError as error:
            return None, type(error).__name__
        return answer.status, None

    def _keep(self, row: sqlite3.Row, tries: list[dict[str, object]], *, delivered: bool) -> None:
        over = len(tries) > len(_PAUSES_S)
        state = "delivered" if delivered else "failed" if over else "pending"
        due = time.time() + (0 if over else _PAUSES_S[len(tries) - 1])
        with self._database.transaction() as tx:
            tx.execute(
                "UPDATE deliveries SET state = ?, tries = ?, due = ? WHERE id = ?",
                (state, json.dumps(tries), due, row["id"]),
            )
        with self._wake:
            if state == "pending":
                heapq.heappush(self._queue, (due, row["id"]))
            else:
                self._queued.discard(row["id"])
            self._wake.notify_all()
