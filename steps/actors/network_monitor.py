"""Watches the requests that pages send to the site's own hosts, and the responses."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import Error as PlaywrightError

from steps.targets.hosts import is_allowed

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Request, Response

TOO_MANY = 429
_GATEWAY = (502, 503, 504)
"""Statuses of a site that is not available, whatever was requested. Source: RFC 9110, section 15.6."""
_STREAMS = re.compile(r"socket\.io|/(?:sse|stream|events?|poll(?:ing)?|live|notifications?)(?:[/?.]|$)", re.IGNORECASE)
"""Requests that are meant to stay open."""
_ASKING_AGAIN = 5_000
"""Time limit for repeating a request, in milliseconds."""


class NetworkMonitor:
    """The script requests of a browser context to some hosts, and their responses; it needs a host to listen."""

    def __init__(self, context: BrowserContext, hosts: tuple[str, ...]) -> None:
        self._context = context
        self._hosts = hosts
        self._open: dict[Request, float] = {}
        self._bad: list[tuple[Request, int]] = []
        if hosts:  # listening to each request takes a tenth of a scenario's time
            context.on("request", self._asked)
            context.on("requestfailed", self._failed)
            context.on("response", self._answered)

    def server_error(self) -> str | None:
        """Return what is wrong with the site's responses, or None.

        A write request answered with 500 does not count: a promise depends on it, and is judged instead.
        """
        for request, status in self._bad:
            if status == TOO_MANY:
                return f"The site answers {_format_request(request)} with 429: too many requests."
            if status in _GATEWAY:
                return f"The site answers {_format_request(request)} with {status}: it is down or overloaded."
            if request.method == "GET" and self._asked_again(request) >= 500:
                return f"The site answers {_format_request(request)} with {status} repeatedly."
        return None

    def unanswered(self, seconds: float) -> str | None:
        """Return a sentence about a request that has been unanswered for so many seconds, or None."""
        before = time.monotonic() - seconds
        waiting = next((request for request, asked in self._open.items() if asked < before), None)
        return (
            f"The site does not answer {_format_request(waiting)}, so its page never finishes loading."
            if waiting
            else None
        )

    def _asked(self, request: Request) -> None:
        if (
            request.resource_type in {"xhr", "fetch"}
            and is_allowed(request.url, self._hosts)
            and not _STREAMS.search(request.url)
        ):
            self._open[request] = time.monotonic()

    def _failed(self, request: Request) -> None:
        self._open.pop(request, None)

    def _answered(self, response: Response) -> None:
        asked = self._open.pop(response.request, None)
        if asked is not None and (response.status == TOO_MANY or response.status >= 500):
            self._bad.append((response.request, response.status))

    def _asked_again(self, request: Request) -> int:
        """Repeat a request as the page sent it, since a single error is no trouble, and return the status."""
        headers = {name: value for name, value in request.all_headers().items() if not name.startswith(":")}
        try:
            answer = self._context.request.get(request.url, headers=headers, max_redirects=0, timeout=_ASKING_AGAIN)
        except PlaywrightError:
            return _GATEWAY[-1]
        return answer.status


def _format_request(request: Request) -> str:
    return f"{request.method} {urlsplit(request.url).path}"
