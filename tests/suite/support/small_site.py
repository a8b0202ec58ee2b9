"""A small billing site and its payment page: to be in trouble, to be renamed, and to blurt out secrets."""

from __future__ import annotations

import json
import re
import threading
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from steps.documentation.packages import documented_packages
from tests.support.serving import Quiet

PACKAGES = list(documented_packages())

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Small</title><body style="margin:0">
<nav style="position:fixed;left:0;bottom:0;width:200px"><a href="/">Home</a><a href="/flows">Flows</a>
<details><summary aria-label="Profile">AL</summary>
<a href="/settings">Workspace Settings</a></details></nav>
<main style="margin-left:220px">{body}</main><script>fetch("/api/me").then(a => a.json()).then(me => {{
  localStorage.setItem("me", JSON.stringify(me));
  for (const [key, value] of Object.entries(me.credits ?? {{}})) {{
    const place = document.getElementById(key); if (place) place.textContent = value; }} }});</script></body></html>"""
_SIGN_IN = """<!doctype html><html lang="en"><title>Sign in</title><h1>Welcome</h1>
<form method="post" action="/sign-in">
<label>Email <input type="email" name="email"></label>
<label>Password <input type="password" name="password"></label>
<button>Sign in</button></form><a href="/reset">Reset your password</a></html>"""
_PERSON = """<script>const [email, password] = document.querySelectorAll("input");
[email.value, password.value] = ["{email}", "{password}"]; document.forms[0].submit();</script>"""
_TAB_ASKED = """<script>if (!sessionStorage.getItem("who")) location.replace("/sign-in");</script>"""
_TAB_TOLD = """<!doctype html><html lang="en"><title>Welcome</title><script>
sessionStorage.setItem("who", "{token}"); location.replace("/");</script></html>"""
_BETWEEN = """<!doctype html><html lang="en"><title>Device</title><h1>Remember this device?</h1>
<button>Not now</button></html>"""
_BILLING = """<a href="/settings">Members</a> <a href="/settings/billing">Billing</a>
<section><h2>Current Plan</h2><p>Business</p>
<p>Monthly credits <b id="monthly"></b></p><p>Add-on credits <b id="add_on"></b></p>
<progress max="10000" value="2000"></progress>
<button>Upgrade plan</button>
<a href="/settings/billing?add=1">Add credits</a>
</section>
<section><h2>Billing Information</h2><button>Enter billing information</button></section>
<section><h2>Invoices</h2><table></table></section>"""
_POP_UP = """<div role="dialog" aria-modal="true"><h2>Get more</h2><form method="post" action="/buy">{packages}</form>
<a href="/settings/billing">Close</a></div>"""
_FRAMED = """<div role="dialog" aria-label="Checkout" style="position:fixed; inset:0; background:white">
<iframe title="Secure checkout" src="{address}" width="600" height="400"></iframe>
<a href="/settings/billing">Cancel</a></div>"""
_NUMBER = '<input id="cardNumber" name="number">'
_PAYMENT = """<!doctype html><html lang="en"><title>Pay</title><a data-testid="business-link" href="{back}">Back</a>
<p data-testid="product-summary-name">{name} credits</p><p data-testid="product-summary-total-amount">$18.00</p>
<form method="post"><input id="email" type="email"><input id="cardNumber" name="number">
<input id="cardExpiry" name="expiry"><input id="cardCvc" name="cvc"><input id="billingName">
<button data-testid="hosted-payment-submit-button">Pay</button></form></html>"""


@dataclass
class SmallSite:
    """What the site knows and how it behaves; `start` serves it."""

    email: str = "ada@example.com"
    password: str = "correct horse"
    forgives: str = ""
    """Another password that lets somebody in, too."""
    token: str = "session-0123456789abcdef"
    renamed: dict[str, str] = field(default_factory=dict)
    """Words on its pages, and what stands there instead."""
    thousands: str = ","
    trouble: dict[str, int | str] = field(default_factory=dict)
    """Beginnings of paths, and the status that they are answered with, or "hang", or "drip": a page without an end."""
    missing: frozenset[str] = frozenset()
    """Words whose lines are left out."""
    person: bool = False
    """Whether somebody sits there and signs in as soon as they are asked to."""
    between: bool = False
    """Whether a page stands between the sign-in page and the product."""
    in_tab: bool = False
    """Whether who is signed in is kept in the storage of a tab too, and nobody is without it."""
    forgetful: bool = False
    """Whether a session is over as soon as somebody else comes with it."""
    card_frame: str = ""
    """Where the frame comes from that the card's number is typed in; "" for none."""
    is_framed: bool = False
    """Whether the payment page is in a frame over Billing."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    add_on: int = 0
    sessions: set[str] = field(default_factory=set)
    release: threading.Event = field(default_factory=threading.Event)
    servers: list[Any] = field(default_factory=list)

    def start(self) -> SmallSite:
        """Serve site and payment page, each on a port of its own."""
        for _ in range(2):
            server = _Server(("127.0.0.1", 0), _Answers)
            server.site = self
            self.servers.append(server)
            threading.Thread(target=server.serve_forever, daemon=True).start()
        return self

    def stop(self) -> None:
        """End, with nothing left listening."""
        self.release.set()
        while self.servers:
            server = self.servers.pop()
            server.shutdown()
            server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.servers[0].server_address[1]}"

    @property
    def payment_host(self) -> str:
        return f"127.0.0.1:{self.servers[1].server_address[1]}"

    def said(self, text: str) -> str:
        """Put the site's own words in the place of the documented ones."""
        lines = [line for line in text.splitlines() if not any(word in line for word in self.missing)]
        text = "\n".join(lines)
        for word, describe_page in self.renamed.items():
            text = text.replace(f">{word}<", f">{describe_page}<").replace(f">{word} <", f">{describe_page} <")
        return re.sub(r">[^<]*\d[^<]*<", lambda shown: shown[0].replace(",", self.thousands), text)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: SmallSite


class _Answers(Quiet, BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    @property
    def site(self) -> SmallSite:
        return self.server.site

    def do_GET(self) -> None:
        self._answer("")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode())

    def _answer(self, body: str) -> None:
        if self.site.release.is_set():  # the browser kept the connection
            self.close_connection = True
            return
        parts = urlsplit(self.path)
        self.site.asked.append((self.command, self.path))
        wrong = next((how for path, how in self.site.trouble.items() if parts.path.startswith(path)), None)
        if wrong == "hang":
            self.site.release.wait(60)
            self.close_connection = True
        elif wrong == "drip":
            self._say("<p>Loading", longer=100_000)
            self.site.release.wait(60)
        elif isinstance(wrong, int):
            self._say("trouble", wrong)
        elif parts.path.startswith("/c/pay/"):
            self._payment_page(parts.path, paid=self.command == "POST")
        else:
            self._page(parts.path, parse_qs(parts.query), parse_qs(body))

    def _page(self, path: str, query: dict[str, list[str]], form: dict[str, list[str]]) -> None:
        if path == "/sign-in" and form:
            known = {self.site.password, self.site.forgives or self.site.password}
            right = form["email"][0] == self.site.email and form["password"][0] in known
            if right:
                self.site.sessions.add(self.site.token)
            cookie = f"session={quote(self.site.token, safe='!#$%&()*+-./:<=>?@[]^_`{|}~')}; Path=/; HttpOnly"
            in_between = "/between" if self.site.between else "/welcome" if self.site.in_tab else "/"
            self._go(in_between if right else "/sign-in", cookie if right else None)
        elif path in {"/sign-in", "/reset", "/favicon.ico"}:
            person = _PERSON.format(email=self.site.email, password=self.site.password) if self.site.person else ""
            self._say(self.site.said(_SIGN_IN) + person)
        elif not self._signed_in():
            self._say("{}", 401) if path.startswith("/api") else self._go("/sign-in")
        elif path in {"/between", "/welcome"}:
            self._say(_BETWEEN if path == "/between" else _TAB_TOLD.format(token=self.site.token))
        elif path == "/api/me":
            told = {
                "session": self.site.token,
                "credits": {
                    "monthly": "8,000 of 10,000".replace(",", self.site.thousands),
                    "add_on": f"{self.site.add_on:,}",
                },
            }
            self._say(json.dumps(told), kind="application/json")
        elif path == "/buy":
            place = f"{self.site.payment_host}/c/pay/cs_test_{form['amount'][0].replace(',', '')}"
            self._go(f"/settings/billing?pay={place}" if self.site.is_framed else f"http://{place}")
        else:
            self._say(
                (_TAB_ASKED if self.site.in_tab else "") + self.site.said(_PAGE.format(body=self._body(path, query)))
            )

    def _body(self, path: str, query: dict[str, list[str]]) -> str:
        if path == "/settings":
            return _BILLING.splitlines()[0]
        if path != "/settings/billing":
            return "<h1>Flows</h1>"
        buttons = "\n".join(f'<button name="amount" value="{one}">{one} credits</button>' for one in PACKAGES)
        if place := query.get("pay"):
            return _BILLING + _FRAMED.format(address=f"http://{place[0]}")
        return _BILLING + (_POP_UP.format(packages=buttons) if "add" in query else "")

    def _payment_page(self, path: str, *, paid: bool) -> None:
        amount = int(path.rpartition("_")[2])
        if paid:
            self.site.add_on += amount
            self._go(f"{self.site.url}/settings/billing?paid=1")
            return
        page = self.site.said(_PAYMENT.format(back=f"{self.site.url}/settings/billing", name=f"{amount:,}"))
        frame = f'<iframe title="Card number" src="{self.site.card_frame}"></iframe>'
        self._say(page.replace(_NUMBER, frame) if self.site.card_frame else page)

    def _signed_in(self) -> bool:
        if self.site.forgetful and self.site.asked.count(("GET", "/")) > 2:
            self.site.sessions.clear()
        cookie = SimpleCookie(self.headers.get("Cookie", "")).get("session")
        raw = self.headers.get("Cookie", "").partition("session=")[2].split("; ")[0]
        return unquote(raw or (cookie.value if cookie else "")) in self.site.sessions

    def _go(self, to: str, cookie: str | None = None) -> None:
        self.send_response(303)
        self.send_header("Location", to)
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _say(self, text: str, status: int = 200, kind: str = "text/html", *, longer: int = 0) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content) + longer))
        self.end_headers()
        self.wfile.write(content)
