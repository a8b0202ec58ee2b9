"""What every answer carries, and what is turned away before anything is done."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import abort, g, redirect, request

if TYPE_CHECKING:
    from flask import Flask, Response
    from werkzeug.wrappers import Response as AnyResponse

    from fake_backend.site.config import SiteConfig

LARGEST_BODY = 64 * 1024  # bytes
_SAFE = {"GET", "HEAD", "OPTIONS"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def guard(app: Flask, config: SiteConfig) -> None:
    """Watch over an application."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    own = urlsplit(config.site_url)

    @app.before_request
    def refuse_other_sites() -> None:
        """Take changes from our own pages only: a browser always names the origin of a cross-site post."""
        if request.method in _SAFE or request.path.startswith(("/webhooks/", "/__control__/")):
            return
        origin = request.headers.get("Origin")
        fetched_from = request.headers.get("Sec-Fetch-Site", "same-origin")
        if (origin and origin != f"{own.scheme}://{own.netloc}") or fetched_from not in {"same-origin", "none"}:
            abort(403, "This request came from another site.")

    @app.before_request
    def call_it_by_its_name() -> AnyResponse | None:
        """Send one who says localhost to the address that sign-in and payments come back to."""
        known_as = request.host.partition(":")[0]
        if request.method == "GET" and known_as == "localhost" and own.hostname == "127.0.0.1":
            return redirect(f"{config.site_url}{request.full_path.rstrip('?')}", 307)
        return None

    @app.after_request
    def harden(response: Response) -> Response:
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if "member" in g or request.path.startswith("/api/"):
            response.headers["Cache-Control"] = "no-store"
        return response


def inside(target: str | None, fallback: str) -> str:
    """Return where to go next: an address of this site, else the fallback (no open redirect)."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return fallback
    if any(ord(letter) < 33 for letter in target):
        return fallback
    return target
