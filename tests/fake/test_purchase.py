"""The whole purchase over HTTP: site, payment page, webhook and landing, without a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fake_backend.site.model import PACKAGES
from tests.fake.conftest import Member

if TYPE_CHECKING:
    import stripe

    from tests.fake.conftest import Control


def add_on(control: Control, workspace_id: str) -> int:
    remaining: int = control.state(workspace_id)["credits"]["add_on"]["remaining"]
    return remaining


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.label)
def test_each_package_is_bought_paid_and_granted_once(control: Control, package: Any) -> None:
    made = control.seed(add_on_credits=7, used_credits=3)
    member = Member.of(control, made)
    before = control.state(made["id"])
    told = member.pay(member.checkout(package.id))
    # The merchant has had the webhook before the buyer is sent back.
    after = control.state(made["id"])
    assert after["credits"]["add_on"]["remaining"] == 7 + package.credits
    assert after["credits"]["monthly"] == before["credits"]["monthly"]
    assert after["plan"] == before["plan"]
    for _ in range(2):
        assert member.call("GET", told["redirect_url"]).status in {200, 302, 303}
    assert add_on(control, made["id"]) == 7 + package.credits
    session = after["sessions"][0]
    assert (session["amount_total"], session["currency"]) == (package.price, "usd")
    assert session["client_reference_id"] == made["id"]
    assert [it["state"] for it in after["deliveries"]] == ["delivered"]
    assert not control.ask("GET", f"/journal?workspace={made['id']}&unexpected=true")["entries"]


@pytest.mark.parametrize(
    "processor",
    [
        {"webhook_fail_first": 4},
        {"webhook_delay_s": 30, "redirect_wait_s": 0},
        {"webhook_copies": 5},
        {"webhook_copies": 5, "webhook_shuffle": True, "redirect_wait_s": 0},
        {"webhook_fail_first": 1},
    ],
    ids=str,
)
def test_whatever_becomes_of_the_webhook_the_grant_is_made_once(control: Control, processor: dict[str, Any]) -> None:
    made = control.seed(processor=processor)
    member = Member.of(control, made)
    told = member.pay(member.checkout())
    member.call("GET", told["redirect_url"])
    assert add_on(control, made["id"]) == 44_000
    if processor.get("webhook_delay_s") is None and processor.get("webhook_fail_first") != 4:
        wait_until_delivered(control, made["id"])
        assert add_on(control, made["id"]) == 44_000


def wait_until_delivered(control: Control, workspace_id: str) -> None:
    for _ in range(500):
        deliveries = control.state(workspace_id)["deliveries"]
        if deliveries and all(it["state"] == "delivered" for it in deliveries):
            return
    raise AssertionError("The webhooks were not delivered.")


def test_a_webhook_alone_grants_when_the_buyer_never_comes_back(control: Control) -> None:
    made = control.seed()
    member = Member.of(control, made)
    member.pay(member.checkout())
    assert add_on(control, made["id"]) == 44_000


@pytest.mark.parametrize("card", ["4000000000000002", "4000000000009995", "4000008400001629", "4000002760003184"])
def test_a_payment_that_does_not_go_through_grants_nothing(control: Control, card: str) -> None:
    made = control.seed()
    member = Member.of(control, made)
    url = member.checkout()
    told = member.pay(url, cardNumber=card)
    if told["state"] == "challenge":
        answer = control.http.request("POST", f"{url}/challenge/{told['challenge']}", json={"outcome": "fail"})
        told = answer.json()
    assert told["state"] == "declined"
    session = control.state(made["id"])["sessions"][0]
    member.call("GET", f"/billing/return?session_id={session['id']}")
    assert add_on(control, made["id"]) == 0
    assert member.pay(url)["state"] == "paid"
    assert add_on(control, made["id"]) == 44_000


def test_a_challenge_is_answered_once(control: Control) -> None:
    made = control.seed()
    member = Member.of(control, made)
    url = member.checkout()
    challenge = member.pay(url, cardNumber="4000002760003184")["challenge"]

    def answer(outcome: str, page: str = url) -> dict[str, Any]:
        told: dict[str, Any] = control.http.request(
            "POST", f"{page}/challenge/{challenge}", json={"outcome": outcome}
        ).json()
        return told

    assert answer("complete", member.checkout())["state"] == "open", "it is of no use for another session"
    assert answer("fail")["state"] == "declined"
    assert answer("complete")["state"] == "open", "an answered challenge cannot be answered another way"
    assert add_on(control, made["id"]) == 0


def test_two_packages_one_after_the_other_add_up(control: Control) -> None:
    made = control.seed()
    member = Member.of(control, made)
    for package in ("credits-2000", "credits-2000", "credits-6000"):
        member.pay(member.checkout(package))
    assert add_on(control, made["id"]) == 10_000


def test_forged_and_replayed_webhooks_grant_nothing(control: Control, merchant: stripe.StripeClient) -> None:
    made, other = control.seed(), control.seed()
    member = Member.of(control, made)
    member.pay(member.checkout())
    event = merchant.v1.events.list({"type": "checkout.session.completed", "limit": 1}).data[0]
    body = str(event).replace(made["id"], other["id"]).encode()
    for signature in ("", "t=1,v1=00", f"t={event.created},v1={'0' * 64}"):
        answer = control.http.request(
            "POST", f"{control.fake.site_url}/webhooks/payments", body=body, headers={"Stripe-Signature": signature}
        )
        assert answer.status == 400
    assert (add_on(control, made["id"]), add_on(control, other["id"])) == (44_000, 0)


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"Origin": "http://evil.example"}, b"{}", 403),
        ({"Content-Type": "text/plain"}, b"{}", 403),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"cardNumber=4242424242424242", 403),
        ({}, b"{", 400),
        ({}, b"\xff", 400),
        ({}, b"[" * 50_000, 400),
        ({}, b"x" * 300_000, 413),
        ({}, b"null", 200),
        ({}, b'{"cardNumber": {"a": 1}, "email": [], "billingName": 3}', 200),
        ({}, b'{"cardNumber": "\\ud800\\u0000' + b"4" * 5_000 + b'"}', 200),
        ({}, '{"cardNumber": "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢", "cardCvc": "١٢٣"}'.encode(), 200),
    ],
    ids=lambda value: str(value)[:24],
)
def test_hostile_input_pays_nothing(control: Control, headers: dict[str, str], body: bytes, status: int) -> None:
    made = control.seed()
    url = Member.of(control, made).checkout()
    answer = control.http.request(
        "POST", f"{url}/confirm", body=body, headers={"Content-Type": "application/json"} | headers
    )
    assert answer.status == status
    if status == 200:
        assert answer.json()["state"] == "invalid"
    assert control.state(made["id"])["sessions"][0]["payment_status"] == "unpaid"


@pytest.mark.parametrize(
    ("field", "value"),
    [("cardNumber", "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢"), ("cardCvc", "١٢٣"), ("cardExpiry", "١٢ / ٣٤"), ("billingCountry", "XX")],
)
def test_the_server_checks_what_the_page_would_have(control: Control, field: str, value: str) -> None:
    told = Member.of(control, control.seed())
    answer = told.pay(told.checkout(), **{field: value})
    assert answer["state"] == "invalid"
    assert list(answer["errors"]) == [field]


def test_hostile_words_on_the_page_are_only_words(control: Control, merchant: stripe.StripeClient) -> None:
    words = "<script>alert(1)</script>\"'{{7*7}}"
    session = merchant.v1.checkout.sessions.create(
        {
            "mode": "payment",
            "success_url": "http://127.0.0.1:9/",
            "customer_email": "a&b@example.com",
            "line_items": [
                {
                    "price_data": {"currency": "usd", "unit_amount": 100, "product_data": {"name": words}},
                    "quantity": 2,
                }
            ],
        }
    )
    page = control.http.request("GET", session.url or "").data.decode()
    assert "<script>alert" not in page
    assert "49" not in page.partition("product-summary-name")[2][:80]
    assert "$2.00" in page
