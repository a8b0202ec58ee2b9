"""A mailbox that answers two requests as Mailpit's description of its API has them: the messages, and one message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, abort, jsonify, request

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Kept:
    """A mail in the mailbox."""

    id: str
    to: str
    subject: str
    text: str = ""
    html: str = ""

    @property
    def summary(self) -> dict[str, Any]:
        """The mail in a list."""
        return {
            "ID": self.id, "MessageID": f"{self.id}@mailpit", "Read": False,
            "From": {"Name": "", "Address": "no-reply@x.example"},
            "To": [{"Name": "", "Address": self.to}], "Cc": [], "Bcc": [], "Subject": self.subject,
            "Created": "2026-11-26T12:00:00Z", "Size": len(self.text), "Attachments": 0, "Snippet": self.text[:50],
        }  # fmt: skip


def mailpit(mails: Callable[[], list[Kept]], access: tuple[str, str] | None = None) -> Flask:
    """Return the application of a mailbox with these mails, the oldest first; `access` is its user and password."""
    app = Flask("mailpit")

    @app.before_request
    def enter() -> None:
        given = request.authorization
        if access is not None and (given is None or (given.username, given.password) != access):
            abort(401)

    @app.get("/api/v1/messages")
    def messages() -> Response:
        start, limit = request.args.get("start", 0, int), request.args.get("limit", 50, int)
        newest_first = mails()[::-1]
        listed = [one.summary for one in newest_first[start : start + limit]]
        return jsonify(total=len(newest_first), unread=0, count=len(listed), start=start, messages=listed)

    @app.get("/api/v1/message/<message>")
    def message(message: str) -> Response:
        one = next((one for one in mails() if one.id == message), None) or abort(404)
        return jsonify(one.summary | {"Text": one.text, "HTML": one.html, "Inline": [], "Attachments": []})

    return app
