"""The company's site: an empty page for the client-side application, and the JSON it asks for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, jsonify, redirect, request
from fpdf import FPDF

from tests.tools.foreign_site.config import PLANS
from tests.tools.foreign_site.current import asked, merchant
from tests.tools.foreign_site.merchant import Grant
from tests.tools.foreign_site.office import days_left, today

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from tests.tools.foreign_site.merchant import Account

COOKIE = "kst_session"
LANDINGS = {"billing": "settings/billing", "success": "checkout/success", "home": ""}
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Kestrel</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"></head>
<body><div></div><noscript>Kestrel needs JavaScript.</noscript>
<script type="application/json">%s</script><script type="module" src="/static/app.js"></script></body></html>"""


pages = Blueprint("pages", __name__)


def signed_in() -> Account:
    """The account of this request's cookie; ends the request with 401 without one."""
    account = merchant.sessions.get(request.cookies.get(COOKIE, ""))
    if account is None:
        abort(Response('{"error": "signed out"}', 401, content_type="application/json"))
    return account


def address(route: str, query: str) -> str:
    """Absolute address of a place in the application."""
    if merchant.config["routes"] == "hash":
        return f"{merchant.site_url}/app/?{query}#/{route}"
    return f"{merchant.site_url}/app/{route}?{query}"


@pages.get("/")
def root() -> AnyResponse:
    return redirect("/app/")


@pages.get("/app/")
@pages.get("/app/<path:_route>")
def page(_route: str = "") -> Response:
    account = merchant.sessions.get(request.cookies.get(COOKIE, ""))
    if account is not None:
        merchant.page_loaded(account)
    look = {
        **merchant.config.switches,
        "broken": sorted(merchant.config.breakages),
        "brokenPackage": merchant.config.broken_package,
        "renamed": merchant.config.renamed,
    }
    look |= {"currency": merchant.currency, "plans": PLANS}
    answer = Response(PAGE % json.dumps(look), content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.post("/api/login")
def login() -> tuple[Response, int]:
    token = merchant.sign_in(str(asked().get("email", "")), str(asked().get("password", "")))
    if not token:
        return jsonify(error="E-mail or password is not right."), 401
    if merchant.config["second_factor"] == "app":
        given = str(asked().get("code", ""))
        if not given or not merchant.office.takes_password(str(asked().get("email", "")).strip().lower(), given):
            merchant.sessions.pop(token)
            return jsonify(error="This code is not right." if given else "", second=True), 401
    answer = jsonify(ok=True)
    answer.set_cookie(COOKIE, token, max_age=7 * 24 * 3600, httponly=True, samesite="Lax")
    return answer, 200


@pages.post("/api/reset")
def reset() -> Response:
    """Mail a code to a user; whether the address is known is not told."""
    email = str(asked().get("email", "")).strip().lower()
    known = any(email in (one.email, one.colleague) for one in merchant.accounts)
    if known and not merchant.config.breaks("reset-code-not-mailed"):
        merchant.office.send_code(email, wrong=merchant.config.breaks("reset-code-wrong"))
    return jsonify(ok=True)


@pages.post("/api/new-password")
def new_password() -> tuple[Response, int]:
    email = str(asked().get("email", "")).strip().lower()
    if not merchant.office.takes_code(email, str(asked().get("code", ""))):
        return jsonify(error="This code is not right."), 401
    merchant.new_password(email, str(asked().get("password", "")))
    return jsonify(ok=True), 200


@pages.post("/internal/clock")
def clock() -> tuple[Response, int]:
    """The hook of the company's own testers: move an account's test clock."""
    account = next((one for one in merchant.accounts if asked().get("account") in (one.email, one.colleague)), None)
    if request.headers.get("Authorization") != f"Bearer {merchant.office.token}":
        return jsonify(error="not allowed"), 401
    if account is None:
        return jsonify(error="unknown account"), 404
    merchant.advance(account, int(asked().get("advance_days", 0)))
    return jsonify(days_left=days_left(account), today=today(account).date().isoformat()), 200


@pages.post("/api/logout")
def logout() -> Response:
    merchant.sessions.pop(request.cookies.get(COOKIE, ""), None)
    answer = jsonify(ok=True)
    answer.delete_cookie(COOKIE)
    return answer


@pages.get("/api/account")
def account() -> Response:
    return jsonify(merchant.balance(signed_in()))


@pages.get("/api/packages")
def packages() -> Response:
    signed_in()
    return jsonify(merchant.packages())


@pages.get("/api/invoices")
def invoices() -> Response:
    return jsonify(signed_in().invoices)


@pages.get("/api/invoices/<number>.pdf")
def receipt(number: str) -> Response:
    found = next((invoice for invoice in signed_in().invoices if invoice["number"] == number), None)
    if found is None:
        abort(404)
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=12)
    amount = f"{found['amount'] / 100:,.2f} {merchant.currency}"
    for line in ("Kestrel receipt", number, found["date"], found["what"], amount, found["by"]):
        pdf.cell(0, 10, line, new_x="LMARGIN", new_y="NEXT")
    name = f'attachment; filename="{number}.pdf"'
    return Response(bytes(pdf.output()), content_type="application/pdf", headers={"Content-Disposition": name})


@pages.post("/api/billing-information")
def billing_information() -> Response:
    known = ("Company Name", "Tax ID", "PO Number", "Email for receipts")
    signed_in().billing_information = {key: str(asked().get(key, ""))[:200] for key in known}
    return jsonify(ok=True)


@pages.post("/api/run")
def run() -> tuple[Response, int]:
    used = merchant.run(signed_in(), len(str(asked().get("text", ""))))
    if not used:
        return jsonify(error="The flow could not run: not enough credits."), 402
    return jsonify(used=used), 200


@pages.post("/api/checkout")
def checkout() -> tuple[Response, int]:
    buyer, wanted = signed_in(), asked()
    if merchant.downgrade(buyer, str(wanted.get("plan", ""))):
        return jsonify(url=""), 200
    credits_ = wanted.get("credits")
    started = merchant.start_checkout(buyer, credits_ if isinstance(credits_, int) else 0, str(wanted.get("plan", "")))
    if started is None:
        return jsonify(error="We could not start the checkout."), 500
    started.success_url = address(LANDINGS[merchant.config["landing"]], f"session_id={started.id}")
    started.cancel_url = address("settings/billing", f"cancelled={started.id}")
    if merchant.config.breaks("payment-page-gone"):
        return jsonify(url=f"{merchant.payment_url}/c/pay/cs_test_gone"), 200
    return jsonify(url=f"{merchant.payment_url}/c/pay/{started.id}"), 200


@pages.post("/api/landed")
def landed() -> tuple[Response, int]:
    found = merchant.checkouts.get(str(asked().get("session_id", "")))
    if found is None or found.account is not signed_in():
        return jsonify(error="unknown"), 404
    if found.status == "complete":
        merchant.landed(found)
    return jsonify(paid=found.status == "complete", name=found.name), 200


@pages.post("/api/events")
def events() -> Response:
    buyer, event = signed_in(), asked()
    if event.get("name") == "popup-closed" and merchant.config.breaks("grant-on-close"):
        buyer.grants.append(Grant(2_000))
    buyer.flows_changed += event.get("name") == "flow-changed"
    left = merchant.checkouts.get(str(event.get("cancelled", "")))
    if left is not None and left.account is buyer and merchant.config.breaks("grant-on-cancel"):
        merchant.grant(left)
    return jsonify(ok=True)
