"""What was asked of the fake, and whether it knew the answer.

An entry has no body, query, header or cookie, so that no card number, token or password can stand in it.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from flask import Flask, Response, g, request

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_PATH = 200


@dataclass(frozen=True)
class LoggedRequest:
    """One request and how it was answered.

    `at` is in seconds since 1970, `ms` in milliseconds. `unexpected` marks a route or method that the fake does not
    have, and an answer of 500 or above.
    """

    at: float
    app: Literal["site", "processor"]
    method: str
    path: str
    status: int
    workspace: str | None
    unexpected: bool
    ms: float


class RequestLog:
    """The last requests to both applications, in order; older ones are forgotten."""

    def __init__(self, limit: int = 20_000) -> None:
        self._entries: deque[LoggedRequest] = deque(maxlen=limit)
        self._lock = threading.Lock()

    def add(self, entry: LoggedRequest) -> None:
        """Write one entry down."""
        with self._lock:
            self._entries.append(entry)

    def entries(self, *, workspace: str | None = None, unexpected: bool | None = None) -> list[dict[str, Any]]:
        """Return the entries, oldest first; of one workspace, or of one kind, where asked."""
        with self._lock:
            found: Iterable[LoggedRequest] = list(self._entries)
        return [
            asdict(entry)
            for entry in found
            if (workspace is None or entry.workspace == workspace)
            and (unexpected is None or entry.unexpected is unexpected)
        ]

    def watch(self, app: Flask, name: Literal["site", "processor"]) -> None:
        """Write down every request to an application, which says whose it is in `flask.g.workspace_id`."""

        @app.before_request
        def begin() -> None:
            g.request_began = time.perf_counter()

        @app.after_request
        def end(response: Response) -> Response:
            began = g.get("request_began", time.perf_counter())
            self.add(
                LoggedRequest(
                    at=time.time(),
                    app=name,
                    method=request.method[:10],
                    path=request.path[:_LONGEST_PATH],
                    status=response.status_code,
                    workspace=g.get("workspace_id"),
                    unexpected=_is_unexpected(response.status_code),
                    ms=round((time.perf_counter() - began) * 1000, 3),
                )
            )
            return response


def _is_unexpected(status: int) -> bool:
    """Whether a route is missing, and not only the thing that was asked for: only that is a fault of the fake."""
    if status >= 500:
        return True
    asked_for_file = (request.endpoint or "").split(".")[-1] == "static"
    return status in {404, 405} and (request.url_rule is None or asked_for_file)
