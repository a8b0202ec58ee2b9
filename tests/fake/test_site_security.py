"""Hostile input and other people's data: nothing leaks, nothing changes, nothing breaks."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any

import pytest

from fake_backend.site import MemberSeed
from tests.fake.support.shop import URL, Shop

HOSTILE = [
    "<script>alert(1)</script>",
    "'; DROP TABLE ledger; --",
    "../../../../etc/passwd",
    "\x00\x01\x1b[31m",
    "\ud83d\ude00\u202e\u0000".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "{{ config }}",
    "%00%0d%0aSet-Cookie:x=1",
    "x" * 30_000,
]


@pytest.fixture(scope="module")
def shop() -> Shop:
    return Shop()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_refused_or_kept_as_words(shop: Shop, text: str) -> None:
    seeded = shop.seed()
    member = shop.member(seeded)
    before = shop.site.state(seeded.id)
    flow = member.get("/api/flows").json["flows"][0]["id"]
    answers = [
        member.post("/api/billing/checkout", json={"package": text}),
        member.post("/api/plans/change", json={"plan": text}),
        member.post(f"/api/flows/{flow}/run", json={"text": [text]}),
        member.post("/api/flows/nowhere/run", json={"text": text}),
        member.put("/api/billing/information", json=dict.fromkeys(("tax_id", "email"), text)),
        member.get("/api/billing", query_string={"landed": text}),
        member.get("/api/billing/invoices", query_string=dict.fromkeys(("type", "from", "to", "page"), text)),
        member.get("/billing/return", query_string={"session_id": text}),
        member.get("/billing/cancelled", query_string={"purchase": text}),
        member.get("/billing/success", query_string={"purchase": text}),
        member.get("/sign-in", query_string={"next": text, "workspace": text}),
        shop.browser().post("/sign-in", data={"email": text, "password": text, "next": text, "workspace": text}),
        shop.browser().post("/sign-in/code", data={"email": text, "code": text}),
        shop.browser().post("/reset-password", data={"email": text}),
        shop.browser().post("/reset-password/code", data={"email": text, "code": text, "password": text}),
        shop.browser().post("/webhooks/payments", data=text.encode("utf-8", "replace")),
    ]
    assert [answer.status_code for answer in answers if answer.status_code >= 500] == []
    assert all("<script>alert" not in answer.text for answer in answers if answer.mimetype == "text/html")
    after = shop.site.state(seeded.id)
    assert {**after, "now": 0} == {**before, "now": 0}


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"null", "application/json", 400),
        (b'{"package": 2000}', "application/json", 422),
        (b'{"package": null}', "application/json", 422),
        (b"{}", "application/json", 422),
        (b"[" * 30_000, "application/json", 400),
        (b'{"package": "credits-2000"}', "text/plain", 415),
        (b"package=credits-2000", "application/x-www-form-urlencoded", 415),
        (b'{"package": "' + b"x" * 70_000 + b'"}', "application/json", 413),
    ],
    ids=range(11),
)
def test_only_a_json_object_is_taken(shop: Shop, body: bytes, kind: str, status: int) -> None:
    member = shop.member(shop.seed())
    answer = member.post("/api/billing/checkout", data=body, content_type=kind)
    assert answer.status_code == status
    assert answer.json["error"]["message"]


def test_names_are_shown_as_words(shop: Shop) -> None:
    seeded = shop.seed(MemberSeed(name="<b>Ada</b> \"' onload=x"), name="<img src=x>")
    page = shop.member(seeded).get("/settings/billing").text
    assert "<b>Ada" not in page
    assert "<img" not in page
    assert "&lt;img src=x&gt;" in page


SAFE = ["/flows", "/users", "/settings/general", "/settings/billing", "/api/billing", "/api/billing/packages",
        "/api/billing/invoices", "/api/plans", "/api/flows", "/api/members", "/billing/success"]  # fmt: skip


@pytest.mark.parametrize("path", SAFE)
def test_strangers_see_nothing(shop: Shop, path: str) -> None:
    answer = shop.browser().get(path)
    assert answer.status_code == (401 if path.startswith("/api/") else 303)
    assert len(answer.text) < 400


@pytest.mark.parametrize("path", SAFE)
def test_every_answer_is_hardened(shop: Shop, path: str) -> None:
    answer = shop.member(shop.seed()).get(path)
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": URL + ".evil.example"},
        {"Origin": "http://127.0.0.1:9"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_posts_from_other_sites_change_nothing(shop: Shop, headers: dict[str, str]) -> None:
    seeded = shop.seed()
    member = shop.member(seeded)
    posts = [
        member.post("/sign-out", headers=headers),
        member.post("/api/billing/checkout", json={"package": "credits-2000"}, headers=headers),
        member.put("/api/billing/information", json={"company_name": "X", "email": "a@b.co"}, headers=headers),
        member.post("/sign-in", data={"email": "a", "password": "b"}, headers=headers),
    ]
    assert [answer.status_code for answer in posts] == [403] * 4
    assert member.get("/api/billing").json["information"] is None
    assert shop.site.state(seeded.id)["purchases"] == []


def test_our_own_pages_may_post(shop: Shop) -> None:
    member = shop.member(shop.seed())
    headers = {"Origin": URL, "Sec-Fetch-Site": "same-origin"}
    assert member.post("/api/billing/checkout", json={"package": "credits-2000"}, headers=headers).status_code == 201


def test_localhost_is_called_by_its_name(shop: Shop) -> None:
    answer = shop.browser().get("/sign-in?next=/users", base_url="http://localhost:8123")
    assert (answer.status_code, answer.location) == (307, f"{URL}/sign-in?next=/users")
    for path in ("//evil.example/x", "/%2F/evil.example"):
        assert shop.browser().get(path, base_url="http://localhost:8123").headers.get("Location", URL).startswith(URL)


def test_there_is_an_icon_for_browsers_that_ask(shop: Shop) -> None:
    with shop.browser().get("/favicon.ico") as answer:
        assert answer.mimetype == "image/svg+xml"


def test_nothing_of_another_workspace_is_seen_or_changed(shop: Shop) -> None:
    mine, theirs = shop.seed(), shop.seed(MemberSeed(name="Grace"), invoices=3, name="Theirs")
    me, they = shop.member(mine), shop.member(theirs)
    shop.buy(they, 2_000)
    purchase = shop.site.state(theirs.id)["purchases"][0]["id"]
    number = they.get("/api/billing/invoices").json["invoices"][0]["number"]
    flow = they.get("/api/flows").json["flows"][0]["id"]
    before = shop.site.state(theirs.id)
    assert me.get(f"/api/billing/invoices/{number}/receipt.pdf").status_code == 404
    assert me.post(f"/api/flows/{flow}/run", json={"text": "x"}).status_code == 404
    assert me.get("/api/billing", query_string={"landed": purchase}).json["notice"] is None
    assert "2,000 credits" not in me.get("/billing/success", query_string={"purchase": purchase}).text
    assert me.get("/billing/cancelled", query_string={"purchase": purchase}).location == "/settings/billing"
    assert "Grace" not in json.dumps([me.get(path).json for path in SAFE if path.startswith("/api/")])
    assert me.get("/api/billing/invoices").json["total"] == 0
    assert {**shop.site.state(theirs.id), "now": 0} == {**before, "now": 0}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/api/nowhere", 404),
        ("GET", "/settings/secrets", 404),
        ("DELETE", "/api/billing", 405),
        ("POST", "/flows", 405),
        ("GET", "/webhooks/payments", 405),
        ("GET", "/static/../app.py", 404),
        ("GET", "/static/%2e%2e/app.py", 404),
        ("TRACE", "/flows", 405),
    ],
)
def test_unknown_routes_and_methods_answer_with_an_error_in_the_request_log(
    shop: Shop, method: str, path: str, status: int
) -> None:
    answer = shop.member(shop.seed()).open(path, method=method)
    assert answer.status_code == status
    entry: dict[str, Any] = shop.site.config.request_log.entries()[-1]
    assert (entry["status"], entry["unexpected"]) == (status, True)


def test_the_request_log_names_the_workspace_and_no_secrets(shop: Shop) -> None:
    seeded = shop.seed()
    member = shop.member(seeded)
    member.get("/api/billing?landed=pur_secret")
    entry = shop.site.config.request_log.entries(workspace=seeded.id)[-1]
    assert (entry["path"], entry["workspace"], entry["unexpected"]) == ("/api/billing", seeded.id, False)


def test_what_is_merely_not_there_is_not_unexpected(shop: Shop) -> None:
    seeded = shop.seed()
    shop.member(seeded).get("/api/billing/invoices/NONE-0001/receipt.pdf")
    assert shop.site.config.request_log.entries(workspace=seeded.id, unexpected=True) == []


@pytest.mark.parametrize("body", ["[]", "{}", "null", '"evt_1"', "1", "", "{", '{"type": 1, "data": {}}', "[" * 5_000])
def test_signed_nonsense_is_no_webhook(shop: Shop, body: str) -> None:
    at = int(time.time())
    digest = hmac.new(b"whsec_made_up", f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    headers = {"Stripe-Signature": f"t={at},v1={digest}"}
    assert shop.browser().post("/webhooks/payments", data=body, headers=headers).status_code == 400
