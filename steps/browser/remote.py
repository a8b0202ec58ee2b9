"""Connects to a browser that runs elsewhere: on a Playwright server, or a Chromium with an open debugging port."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import Error as PlaywrightError

from steps.browser.discovery import NoBrowserError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserType

_LIMIT = 15_000
"""Time limit for a connection, in milliseconds."""


def connect_browser(engine: BrowserType, endpoint: str) -> Browser:
    """Connect to the browser at an endpoint: ws:// or wss:// of a Playwright server, http:// or ws:// of CDP.

    The browser of a Playwright server can reach the loopback interface of this machine, and so the fake. Raises
    NoBrowserError.
    """
    endpoint_host(endpoint)
    try:
        if not _speaks_cdp(endpoint):
            return engine.connect(endpoint, timeout=_LIMIT, expose_network="<loopback>")
        if engine.name != "chromium":
            raise NoBrowserError(f"CDP works with Chromium only; start a Playwright server for {engine.name}.")
        return engine.connect_over_cdp(endpoint, timeout=_LIMIT)
    except PlaywrightError as error:
        raise NoBrowserError(
            f"Cannot connect to the browser at {endpoint_host(endpoint)}: {_why(error, endpoint)}."
        ) from None


def endpoint_host(endpoint: str) -> str:
    """Return the endpoint's host, without the rest, which may contain a token. Raises NoBrowserError if it is none."""
    parts = urlsplit(endpoint)
    if parts.scheme not in {"ws", "wss", "http", "https"} or not parts.hostname:
        raise NoBrowserError(
            "--browser-endpoint takes the address of a Playwright server (ws://HOST:PORT/…) "
            "or of a browser's debugging port (http://HOST:PORT)."
        )
    kind = "CDP" if _speaks_cdp(endpoint) else "Playwright server"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]} ({kind})"


def _speaks_cdp(endpoint: str) -> bool:
    return endpoint.startswith("http") or "/devtools/" in endpoint


def _why(error: PlaywrightError, endpoint: str) -> str:
    said = error.message
    if "version mismatch" in said:
        return "its version of Playwright differs; install the same version on both sides"
    if "Timeout" in said:
        return f"no answer in {_LIMIT // 1000} s"
    if "ECONNREFUSED" in said:
        return "nothing listens there"
    return said.splitlines()[0].replace(endpoint, "the endpoint").rstrip(".")
