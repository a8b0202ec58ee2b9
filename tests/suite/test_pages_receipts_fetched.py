"""Receipts that a script fetches, or saves under an address of their own."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest

from steps.pages.invoices import Invoices
from steps.targets.profile import Limits, Profile
from steps.verdicts.verdict import NotVerifiedError
from tests.support.serving import Quiet, serving

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=2))
LISTED = """<h2>Invoices</h2><table><tr><td>INV-2<td>Nov 2, 2026<td>4,000 credits<td>$40.00<td><a href=#>Receipt</a>
<tr><td>INV-1<td>Nov 1, 2026<td>Pro plan<td>$49.00<td><a href=#>Receipt</a></table>"""
FETCHED = """<script>for (const link of document.querySelectorAll("a")) {
  const button = document.createElement("button"); button.textContent = "Receipt";
  button.onclick = async () => {
    const answer = await fetch("/r.pdf", { headers: { Authorization: "Bearer key" } });
    const file = URL.createObjectURL(await answer.blob());
    SAVE
  };
  link.replaceWith(button); }</script>"""
SAVE = """const link = document.createElement("a"); link.href = file; link.download = "r.pdf";
  document.body.append(link); link.click(); link.remove();"""


@pytest.mark.parametrize("saves", [SAVE, ""], ids=["saved", "kept"])
def test_a_receipt_that_a_script_fetches_is_the_file_that_it_saves(page: Page, saves: str) -> None:
    class Server(Quiet, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_file = self.path == "/r.pdf"
            is_known = not is_file or self.headers["Authorization"] == "Bearer key"
            body = b"%PDF-1.4" if is_file else (LISTED + FETCHED.replace("SAVE", saves)).encode()
            self.send_response(200 if is_known else 401)
            self.send_header("content-type", "application/pdf" if is_file else "text/html")
            self.end_headers()
            self.wfile.write(body if is_known else b"")

    with serving(Server) as address:
        page.goto(f"{address}/billing")
        invoices = Invoices(page, PROFILE)
        if saves:
            assert invoices.receipt(invoices.on_this_page()[0]) == b"%PDF-1.4"
            return
        with pytest.raises(NotVerifiedError, match="fetched by a script"):
            invoices.receipt(invoices.on_this_page()[0])


@pytest.mark.parametrize(("headers", "path"), [("", "/r.pdf"), ("Authorization: 'Bearer key'", "")])
def test_a_receipt_that_a_script_fetches_has_an_address_if_the_session_alone_opens_it(
    page: Page, headers: str, path: str
) -> None:
    body = LISTED + FETCHED.replace('Authorization: "Bearer key"', headers).replace("SAVE", SAVE)

    def serve(route: Route) -> None:
        is_file = route.request.url.endswith("/r.pdf")
        route.fulfill(content_type="application/pdf" if is_file else "text/html", body="%PDF-1.4" if is_file else body)

    page.context.route("**", serve)
    page.goto("http://site.example/billing")
    invoices = Invoices(page, PROFILE)
    address = path and f"http://site.example{path}"
    assert invoices.receipt_addresses(invoices.on_this_page()[0]) == ("", address)


SAVED = """<script>for (const link of document.querySelectorAll("a")) {
  const button = document.createElement("button"); button.textContent = "Receipt"; button.onclick = () => { SAVE };
  link.replaceWith(button); }</script>"""
BY_LINK = SAVE.replace("= file", "= '/r.pdf'")
BY_FORM = """const form = document.createElement("form"); form.method = "post"; form.action = "/r.pdf";
  document.body.append(form); form.submit();"""


@pytest.mark.parametrize(("saves", "path"), [(BY_LINK, "/r.pdf"), (BY_FORM, "")], ids=["a link", "a form"])
def test_a_receipt_that_a_script_saves_has_an_address_if_its_owner_can_ask_for_it(
    page: Page, saves: str, path: str
) -> None:
    class Server(Quiet, BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self._answer(200, b"%PDF-1.4", "application/pdf")

        def do_GET(self) -> None:
            if self.path != "/r.pdf":
                self._answer(200, (LISTED + SAVED.replace("SAVE", saves)).encode(), "text/html")
            elif path:
                self._answer(200, b"%PDF-1.4", "application/pdf")
            else:
                self._answer(405, b"", "text/plain")

        def _answer(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("content-type", kind)
            if kind == "application/pdf":
                self.send_header("content-disposition", "attachment; filename=r.pdf")
            self.end_headers()
            self.wfile.write(body)

    with serving(Server) as address:
        page.goto(f"{address}/billing")
        invoices = Invoices(page, PROFILE)
        assert invoices.receipt_addresses(invoices.on_this_page()[0]) == ("", path and f"{address}{path}")
