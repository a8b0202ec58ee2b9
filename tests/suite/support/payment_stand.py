"""Payment pages to judge: served on hosts of this machine, with a record of every key, field and request."""

from __future__ import annotations

import html
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

from tests.support.serving import Quiet

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Request, Route

FORM = """<form action="/paid" method="post" target="_top"><input id="email" type="email">
<input id="cardNumber" name="n"><input id="cardExpiry" name="e"><input id="cardCvc" name="c"><input id="billingName">
<select id="billingCountry"><option>DE<option>US</select><input id="billingPostalCode">
<button data-testid="hosted-payment-submit-button">Pay</button></form>"""
_PAGE = """<!doctype html><html lang="en"><title>Pay</title><body>
{shown}{body}<script>{script}</script></body></html>"""
_RECORDER = """for (const kind of ["keydown", "beforeinput", "input", "change", "paste", "submit"])
  document.addEventListener(kind, (event) => window.noteTyping(
    [kind, event.target.id ?? "", String(event.key ?? event.data ?? event.target.value ?? "")]), true);"""
_CARD = ("cardNumber", "cardExpiry", "cardCvc")


class Stand(ThreadingHTTPServer):
    """Serves any host of this machine. Addresses say what is answered:

    `/hop?to=URL` redirects, `/script?to=URL` and `/meta?to=URL` do so later, anything else is a payment page, whose
    query says what it asks for (`total`, or the HTML that `shows` it), what a `script` does there, and where its card
    field is: in the page, or in `frame` (an address), in `srcdoc`, or behind a button (`unfold`: the script that the
    button runs).
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def at(self, host: str, path: str = "/c/pay/cs_test_1", **query: str) -> str:
        """Return a URL on one of the hosts, such as "pay" for pay.localhost."""
        asked = "&".join(f"{key}={quote(value, safe='')}" for key, value in query.items())
        return f"http://{host}.localhost:{self.port}{path}{'?' if asked else ''}{asked}"

    def host(self, name: str) -> str:
        """Return a host as profiles write it."""
        return f"{name}.localhost:{self.port}"


class _Answers(Quiet, BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        to = query.get("to", "")
        if parts.path == "/hop":
            self.send_response(302)
            self.send_header("Location", to)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        pages = {
            "/thanks": "<h1>Thank you</h1>",
            "/script": f"<script>location = {to!r}</script>",
            "/meta": f'<meta http-equiv="refresh" content="0;url={html.escape(to)}">',
            "/opener": f'<button onclick="window.open({html.escape(repr(to))})">Open</button>',
        }
        self._say(pages.get(parts.path) or page(query))

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self._say(
            f"<script>location = 'http://site.localhost:{self.headers['Host'].rpartition(':')[2]}/thanks#/billing/success'</script>"
        )

    def _say(self, text: str) -> None:
        content = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def page(query: dict[str, str]) -> str:
    """Make a payment page."""
    body = FORM
    if "frame" in query:
        body = f'<iframe src="{html.escape(query["frame"])}" width="600" height="400"></iframe>'
    elif "srcdoc" in query:
        body = f'<iframe srcdoc="{html.escape(FORM)}" width="600" height="400"></iframe>'
    elif "unfold" in query:
        body = (
            f'<button data-testid="card-accordion-item-button" onclick="{html.escape(query["unfold"])}">Card</button>'
            f'<div id="card" hidden>{FORM}</div>'
        )
    elif "human" in query:
        body = '<iframe src="/hcaptcha" title="hcaptcha challenge" width="300" height="300"></iframe>' + FORM
    mark = "other" if "unmarked" in query else "product-summary-total-amount"
    shown = query.get("shows", f'<p data-testid="{mark}">{query.get("total", "$18.00")}</p>')
    return _PAGE.format(shown=shown, body=body, script=query.get("script", ""))


class Watch:
    """Everything that is typed into any page of a context, and every request that it makes."""

    def __init__(self, context: BrowserContext) -> None:
        self.typed: list[tuple[str, str, str]] = []
        self.requests: list[tuple[str, str, str]] = []
        context.expose_binding("noteTyping", self._note_typing)
        context.add_init_script(_RECORDER)
        context.on("request", self._note_request)

    def on_cards(self) -> list[tuple[str, str, str]]:
        """Return what reached the fields of a card, and every submission."""
        return [event for event in self.typed if event[1] in _CARD or event[0] == "submit"]

    def sent(self) -> list[tuple[str, str, str]]:
        """Return the requests that could have carried a card away."""
        return [request for request in self.requests if request[0] != "GET" or "42424242" in request[1] + request[2]]

    def _note_typing(self, _source: dict[str, Any], event: list[str]) -> None:
        self.typed.append((event[0], event[1], event[2]))

    def _note_request(self, request: Request) -> None:
        self.requests.append((request.method, request.url, request.post_data or ""))


def serve_abroad(context: BrowserContext, host: str, back: str) -> None:
    """Answer for a host of the internet in the browser itself, encrypted as it would be there; paying leads `back`."""

    def answer(route: Route) -> None:
        asked = urlsplit(route.request.url)
        query = {key: values[0] for key, values in parse_qs(asked.query).items()}
        body = f"<script>location = {back!r}</script>" if route.request.method == "POST" else page(query)
        route.fulfill(status=200, content_type="text/html; charset=utf-8", body=body)

    context.route(f"https://{host}/**", answer)
