"""The hosted payment page: what the buyer sees and what its script asks for. Paths as published: `/c/pay/cs_test_…`."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, g, make_response, render_template, request

from fake_backend.processor import card_form_checks, cards, money, objects
from fake_backend.processor.errors import ApiError

if TYPE_CHECKING:
    import sqlite3

    from fake_backend.processor.config import ProcessorConfig
    from fake_backend.processor.payments import Outcome
    from fake_backend.processor.service import Processor

# Pages that wait for the merchant keep a thread each. So many may wait at once; the others ask again, and there is
# always a thread left for the merchant, whose answer takes a request to the API.
_WAITING_AT_ONCE = 10
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)


_OPENED = "opened"
"""The cookie that names the session whose page was opened last."""


def blueprint(service: Processor, config: ProcessorConfig) -> Blueprint:
    """Return the page's routes."""
    pages = Blueprint("page", __name__, url_prefix="/c/pay")
    _add_pages(pages, service, config.merchant)
    _add_actions(pages, _Cashier(service), config.processor_url)
    return pages


def _add_pages(pages: Blueprint, service: Processor, merchant: str) -> None:
    def _form_page(template: str, row: sqlite3.Row, ancestors: str, **view: Any) -> Response:
        if _is_over(service, row):
            return _page("done.html", ancestors=ancestors, merchant=merchant)
        return _page(template, ancestors=ancestors, **_view(service, row, merchant), **view)

    @pages.get("/<session_id>")
    def pay(session_id: str) -> Response:
        row = _session(service, session_id)
        response = _form_page("pay.html", row, _merchants_page(row) or "'none'")
        response.set_cookie(_OPENED, row["id"], httponly=True)
        return response

    @pages.get("/<session_id>/card")
    def card(session_id: str) -> Response:
        row = _session(service, session_id)
        return _form_page("card.html", row, _around(row))

    @pages.get("/<session_id>/element/<any(payment,number,expiry,cvc):part>")
    def element(session_id: str, part: str) -> Response:
        row = _session(service, session_id)
        return _form_page("element.html", row, _around(row), part=part)

    @pages.get("/<session_id>/three-ds-2-challenge/<challenge_id>")
    def challenge(session_id: str, challenge_id: str) -> Response:
        row = _session(service, session_id)
        return _page("challenge.html", ancestors=_around(row), session=row, challenge=challenge_id)

    @pages.get("/<session_id>/challenge-frame/<challenge_id>")
    def challenge_frame(session_id: str, challenge_id: str) -> Response:
        row = _session(service, session_id)
        total = money.show(row["amount"], row["currency"])
        view: dict[str, Any] = {"session": row, "challenge": challenge_id, "merchant": merchant, "total": total}
        if service.settings(row["reference"]).accept_left_challenge:
            view["left"] = "complete"
        return _page("challenge-frame.html", ancestors=_around(row), **view)


def _add_actions(pages: Blueprint, cashier: _Cashier, origin: str) -> None:
    @pages.before_request
    def only_from_here() -> None:
        """Take nothing from a form or a script of another site: payments are made on this page only."""
        if request.method == "POST" and (
            request.headers.get("Origin", origin) != origin or request.mimetype != "application/json"
        ):
            abort(403)

    @pages.post("/<session_id>/confirm")
    def confirm(session_id: str) -> dict[str, Any]:
        return cashier.confirm(session_id, _sent())

    @pages.post("/<session_id>/challenge/<challenge_id>")
    def answer(session_id: str, challenge_id: str) -> dict[str, Any]:
        data = _sent()
        choice = data.get("outcome") if isinstance(data, dict) else None
        if choice not in {"complete", "fail"}:
            abort(400)
        return cashier.answer(session_id, challenge_id, passed=choice == "complete")

    @pages.get("/<session_id>/outcome")
    def outcome(session_id: str) -> dict[str, Any]:
        return cashier.outcome(session_id)


class _Cashier:
    """Carries the page's attempts out and tells its script, in JSON, what to do next."""

    def __init__(self, service: Processor) -> None:
        self._service = service
        self._waiting = threading.Semaphore(_WAITING_AT_ONCE)

    def confirm(self, session_id: str, data: Any) -> dict[str, Any]:
        row = _session(self._service, session_id)
        form = card_form_checks.read(data)
        # The card in one frame asks for nobody's name.
        unasked = {"billingName"} if self._service.settings(row["reference"]).layout == "payment-element" else set()
        if errors := card_form_checks.check(form, unasked):
            return {"state": "invalid", "errors": errors}
        expiry = card_form_checks.month_and_year(form["cardExpiry"])
        assert expiry is not None, "checked before"
        card = cards.look_up(card_form_checks.digits(form["cardNumber"]), expiry)
        return self._tell(session_id, self._service.payments.attempt(session_id, card, card_form_checks.customer(form)))

    def answer(self, session_id: str, challenge_id: str, *, passed: bool) -> dict[str, Any]:
        _session(self._service, session_id)
        return self._tell(session_id, self._service.payments.answer(session_id, challenge_id, passed=passed))

    def outcome(self, session_id: str) -> dict[str, Any]:
        row = _session(self._service, session_id)
        if self._service.settings(row["reference"]).never_finishes:
            return {"state": "processing"}
        return self._tell(session_id, self._service.payments.state(session_id))

    def _tell(self, session_id: str, outcome: Outcome) -> dict[str, Any]:
        self._service.deliverer.plan()
        match outcome.state:
            case "paid":
                return self._send_back(session_id, outcome.event or "")
            case "challenge":
                return {"state": "challenge", "challenge": outcome.challenge}
            case "declined" if outcome.refusal:
                row = self._service.sessions.get(session_id)
                silent = self._service.settings(row["reference"]).silent_declines
                message = "" if silent else outcome.refusal.message
                return {"state": "declined", "message": message, "of_card": outcome.refusal.of_card}
            case "stuck":
                return {"state": "processing"}
            case state:
                return {"state": state}

    def _send_back(self, session_id: str, event_id: str) -> dict[str, Any]:
        """Return the merchant's address once it has answered the webhook, or has had its time to."""
        row = self._service.sessions.get(session_id)
        chosen = self._service.settings(row["reference"])
        if chosen.never_returns or not self._waiting.acquire(blocking=False):
            return {"state": "processing"}
        try:
            self._service.deliverer.wait(event_id, chosen.redirect_wait_s)
        finally:
            self._waiting.release()
        shown = self._service.sessions.show(row)
        address = shown["success_url"] or shown["return_url"]
        return {"state": "paid", "redirect_url": address.replace("{CHECKOUT_SESSION_ID}", session_id)}


def _sent() -> Any:
    try:
        return request.get_json()
    except RecursionError:  # nested so deeply that nobody could mean it
        abort(400)


def _session(service: Processor, session_id: str) -> sqlite3.Row:
    try:
        row = service.sessions.get(session_id)
    except ApiError:
        abort(404)
    g.workspace_id = row["reference"]
    return row


def _merchants_page(row: sqlite3.Row) -> str:
    """Return who may show a session's page in a frame: the merchant it comes back to, where they asked for that."""
    params = json.loads(row["params"])
    if not objects.is_embedded(params):
        return ""
    parts = urlsplit(params["return_url"])
    return f"{parts.scheme}://{parts.netloc}"


def _around(row: sqlite3.Row) -> str:
    """Return what may stand around a frame of the payment page: that page, and what may show it in a frame."""
    return f"'self' {_merchants_page(row)}".strip()


def _is_over(service: Processor, row: sqlite3.Row) -> bool:
    """Whether nothing can be paid on a session's page any more."""
    stays_open = row["status"] == "complete" and service.settings(row["reference"]).stays_open
    return row["status"] != "open" and not stays_open


def _view(service: Processor, row: sqlite3.Row, merchant: str) -> dict[str, Any]:
    chosen = service.settings(row["reference"])
    currency = chosen.currency_shown or row["currency"]
    total = row["amount"] + chosen.amount_shown_delta + chosen.total_shown_delta
    if request.cookies.get(_OPENED) == row["id"]:
        total += chosen.dearer_again
    return {
        "settings": chosen,
        "session": service.sessions.show(row),
        "email": objects.known_email(json.loads(row["params"])),
        "items": service.line_items(row),
        "layout": chosen.layout,
        "merchant": merchant,
        "total": total,
        "tax": total // 6,  # a fifth of what is left of the total without it
        "delta": chosen.amount_shown_delta,
        "money": lambda amount: money.show(amount, currency),
        "local": lambda amount: money.show_elsewhere(amount, currency),
        "local_currency": money.elsewhere(currency),
        "countries": card_form_checks.countries(),
        "postal_names": card_form_checks.POSTAL_NAMES,
        "country": _country(),
    }


def _country() -> str:
    """Return the visitor's country by what their browser prefers to read; the United States when it does not say."""
    for language in request.accept_languages.values():
        country = language.rpartition("-")[2].upper()
        if "-" in language and country in card_form_checks.countries():
            return country
    return "US"


def _page(template: str, *, status: int = 200, ancestors: str = "'none'", **view: Any) -> Response:
    response = make_response(render_template(template, **view), status)
    response.headers["Content-Security-Policy"] = _POLICY.format(ancestors=ancestors)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def refusal(status: int, name: str) -> Response:
    """Return the page for an address that leads nowhere, or for an error: JSON where a script asked."""
    if request.is_json or request.accept_mimetypes.best == "application/json":
        return make_response({"error": {"message": name, "type": "invalid_request_error"}}, status)
    return _page("refusal.html", status=status, name=name)
