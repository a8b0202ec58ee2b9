"""A merchant that writes down the webhooks it gets and answers as a test wants."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

from tests.support.serving import Quiet, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass
class Receiver:
    """What came in, in order; `answer` gives the status for each, and may wait."""

    url: str = ""
    answer: Callable[[], int] = lambda: 200
    got: list[tuple[float, dict[str, str], bytes]] = field(default_factory=list)

    def events(self, reference: str) -> list[dict[str, Any]]:
        """Return the events that came in for a reference."""
        events = [json.loads(body) for _, _, body in list(self.got)]
        return [event for event in events if self._reference(event) == reference]

    @staticmethod
    def _reference(event: dict[str, Any]) -> object:
        return event["data"]["object"].get("client_reference_id")

    def wait_for(self, reference: str, number: int, seconds: float = 10) -> list[dict[str, Any]]:
        """Return the events once so many have come in; fails when they do not come."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if len(found := self.events(reference)) >= number:
                return found
            time.sleep(0.01)
        raise AssertionError(f"{len(self.events(reference))} of {number} webhooks came in.")


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Serve a receiver."""
    receiver = Receiver()

    class Handler(Quiet, BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.got.append((time.time(), dict(self.headers.items()), body))
            self.send_response(receiver.answer())
            self.send_header("Content-Length", "0")
            self.end_headers()

    with serving(Handler) as address:
        receiver.url = f"{address}/hook"
        yield receiver
