"""Webhooks: signed as published, tried again, late, twice, out of order, and never lost."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
import stripe

from tests.fake.conftest import pay
from tests.fake.support.receiver import Receiver, receiving
from tests.fake.test_processor_api import order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fake.conftest import Control

KINDS: Any = ["checkout.session.completed", "checkout.session.expired", "payment_intent.payment_failed"]


@pytest.fixture
def receiver(merchant: stripe.StripeClient) -> Iterator[Receiver]:
    with receiving() as found:
        hook = merchant.v1.webhook_endpoints.create({"url": found.url, "enabled_events": KINDS})
        found.secret = hook.secret  # type: ignore[attr-defined] # only these tests sign
        yield found
        merchant.v1.webhook_endpoints.delete(hook.id)


def reference(control: Control, **settings: Any) -> str:
    """Return a merchant's reference with these settings of the processor."""
    return str(control.seed(processor=settings)["id"])


def session_of(merchant: stripe.StripeClient, ref: str) -> stripe.checkout.Session:
    return merchant.v1.checkout.sessions.create(order(client_reference_id=ref))


def test_a_webhook_is_signed_as_published(merchant: stripe.StripeClient, control: Control, receiver: Receiver) -> None:
    ref = reference(control)
    session = session_of(merchant, ref)
    told = pay(control.http, session.url or "")
    assert told == {"state": "paid", "redirect_url": f"http://127.0.0.1:9/back?session_id={session.id}"}
    assert [event["type"] for event in receiver.events(ref)] == ["checkout.session.completed"]
    _, headers, body = next(it for it in receiver.got if ref.encode() in it[2])
    secret = receiver.secret  # type: ignore[attr-defined]
    event = stripe.Webhook.construct_event(body, headers["Stripe-Signature"], secret)
    assert event.data.object["id"] == session.id
    assert event.data.object["payment_status"] == "paid"
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body + b" ", headers["Stripe-Signature"], secret)


def test_the_page_waits_for_the_merchants_answer(
    merchant: stripe.StripeClient, control: Control, receiver: Receiver
) -> None:
    receiver.answer = lambda: time.sleep(0.6) or 200  # type: ignore[func-returns-value]
    session = session_of(merchant, reference(control))
    began = time.monotonic()
    pay(control.http, session.url or "")
    assert time.monotonic() - began >= 0.6


def test_the_page_does_not_wait_for_ever(merchant: stripe.StripeClient, control: Control, receiver: Receiver) -> None:
    let_go = threading.Event()
    receiver.answer = lambda: 200 if let_go.wait(8) else 500
    session = session_of(merchant, reference(control, redirect_wait_s=0.3))
    began = time.monotonic()
    assert pay(control.http, session.url or "")["state"] == "paid"
    assert 0.3 <= time.monotonic() - began < 6
    let_go.set()


@pytest.mark.nightly
def test_a_refused_webhook_is_tried_three_times_more_signed_anew(
    merchant: stripe.StripeClient, control: Control, receiver: Receiver
) -> None:
    receiver.answer = lambda: 500
    ref = reference(control)
    pay(control.http, session_of(merchant, ref).url or "")
    events = receiver.wait_for(ref, 4)
    assert len({event["id"] for event in events}) == 1
    time.sleep(0.3)
    assert len(receiver.events(ref)) == 4
    tries = [(at, headers["Stripe-Signature"]) for at, headers, body in receiver.got if ref.encode() in body]
    for at, signature in tries:
        assert abs(at - int(signature.partition("t=")[2].partition(",")[0])) <= 1.5
    delivery = next(it for it in control.state(ref)["deliveries"] if len(it["tries"]) == 4)
    assert delivery["state"] == "failed"
    assert [it["status"] for it in delivery["tries"]] == [500] * 4


def test_a_lost_webhook_arrives_later(merchant: stripe.StripeClient, control: Control, receiver: Receiver) -> None:
    ref = reference(control, webhook_fail_first=1)
    pay(control.http, session_of(merchant, ref).url or "")
    assert len(receiver.wait_for(ref, 1)) == 1
    deadline = time.monotonic() + 5
    while any(it["state"] != "delivered" for it in control.state(ref)["deliveries"]) and time.monotonic() < deadline:
        time.sleep(0.02)
    for delivery in control.state(ref)["deliveries"]:
        assert [it["status"] for it in delivery["tries"]] == [None, 200]


def test_a_webhook_can_be_late(merchant: stripe.StripeClient, control: Control, receiver: Receiver) -> None:
    ref = reference(control, webhook_delay_s=0.7, redirect_wait_s=0)
    pay(control.http, session_of(merchant, ref).url or "")
    paid = time.time()
    assert not receiver.events(ref)
    receiver.wait_for(ref, 1)
    assert receiver.got[-1][0] - paid >= 0.6


def test_a_webhook_can_come_twice(merchant: stripe.StripeClient, control: Control, receiver: Receiver) -> None:
    ref = reference(control, webhook_copies=3)
    pay(control.http, session_of(merchant, ref).url or "")
    assert len({event["id"] for event in receiver.wait_for(ref, 3)}) == 1


def test_webhooks_can_overtake_each_other(merchant: stripe.StripeClient, control: Control, receiver: Receiver) -> None:
    ref = reference(control, webhook_shuffle=True, redirect_wait_s=0)
    paid = []
    for _ in range(12):
        session = session_of(merchant, ref)
        pay(control.http, session.url or "")
        paid.append(session.id)
    told = [event["data"]["object"]["id"] for event in receiver.wait_for(ref, 12)]
    assert sorted(told) == sorted(paid)
    assert told != paid


def test_a_decline_sends_no_completed_event(
    merchant: stripe.StripeClient, control: Control, receiver: Receiver
) -> None:
    ref = reference(control)
    session = session_of(merchant, ref)
    told = pay(control.http, session.url or "", cardNumber="4000000000000002")
    assert told["state"] == "declined"
    assert merchant.v1.checkout.sessions.retrieve(session.id).status == "open"
    assert {it["type"] for it in control.state(ref)["deliveries"]} == {"payment_intent.payment_failed"}
    assert pay(control.http, session.url or "")["state"] == "paid"
    assert [event["type"] for event in receiver.wait_for(ref, 1)] == ["checkout.session.completed"]


def test_a_session_expires_by_the_clock_and_says_so(
    merchant: stripe.StripeClient, control: Control, receiver: Receiver
) -> None:
    ref = reference(control)
    session = session_of(merchant, ref)
    control.ask("POST", f"/workspaces/{ref}/clock", {"advance_s": 24 * 3600 - 60})
    assert merchant.v1.checkout.sessions.retrieve(session.id).status == "open"
    control.ask("POST", f"/workspaces/{ref}/clock", {"advance_s": 61})
    assert merchant.v1.checkout.sessions.retrieve(session.id).status == "expired"
    assert [event["type"] for event in receiver.wait_for(ref, 1)] == ["checkout.session.expired"]
    assert pay(control.http, session.url or "") == {"state": "closed"}
    assert control.http.request("GET", session.url or "").data.decode().count("You’re all done here") == 1


def test_a_merchants_expiry_is_kept(merchant: stripe.StripeClient, control: Control) -> None:
    ref = reference(control)
    soon = int(time.time()) + 31 * 60
    session = merchant.v1.checkout.sessions.create(order(client_reference_id=ref, expires_at=soon))
    assert session.expires_at == soon
    control.ask("POST", f"/workspaces/{ref}/clock", {"advance_s": 32 * 60})
    assert merchant.v1.checkout.sessions.retrieve(session.id).status == "expired"


def test_many_buyers_at_once_leave_the_merchant_a_thread(
    merchant: stripe.StripeClient, control: Control, receiver: Receiver
) -> None:
    """While thirty pages wait for the merchant, the merchant's own requests are answered."""
    let_go = threading.Event()
    receiver.answer = lambda: 200 if let_go.wait(8) else 500
    ref = reference(control, redirect_wait_s=5)
    urls = [session_of(merchant, ref).url or "" for _ in range(30)]
    told: list[dict[str, Any]] = []
    threads = [threading.Thread(target=lambda url=url: told.append(pay(control.http, url))) for url in urls]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    began = time.monotonic()
    merchant.v1.checkout.sessions.list({"limit": 1})
    assert time.monotonic() - began < 4
    let_go.set()
    for thread in threads:
        thread.join()
    assert {it["state"] for it in told} == {"paid", "processing"}
    for url in urls:
        assert control.http.request("GET", f"{url}/outcome").json()["state"] == "paid"
