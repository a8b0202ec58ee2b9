"""Every paid session is granted exactly once, whoever brings the word and however often."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from fake_backend.site import LiveKeyError
from fake_backend.site.config import SiteConfig
from fake_backend.site.hooks import Hooks
from tests.fake.support.shop import Shop

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from fake_backend.site.hooks import GrantContext
    from fake_backend.site.model import Grant, Purchase


@pytest.fixture
def shop() -> Shop:
    return Shop()


def webhook(
    browser: FlaskClient, session_id: str, kind: str = "checkout.session.completed", **spoilt: Any
) -> TestResponse:
    """Deliver an event as the processor does; `spoilt` has the secret or the age in seconds of a forger."""
    at = int(time.time() - spoilt.get("age", 0))
    body = json.dumps({"id": "evt_1", "object": "event", "type": kind, "data": {"object": {"id": session_id}}})
    secret = str(spoilt.get("secret", "whsec_made_up"))
    mark = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    headers = {"Stripe-Signature": f"t={at},v1={mark}", "Content-Type": "application/json"}
    return browser.post("/webhooks/payments", data=body, headers=headers)


@pytest.mark.parametrize(
    "order", [["hook", "land"], ["land", "hook"], ["hook"] * 3, ["land"] * 3, ["settle", "hook", "land"]]
)
def test_once_whoever_comes_first(shop: Shop, order: list[str]) -> None:
    seeded = shop.seed()
    member = shop.member(seeded)
    session_id = shop.choose(member, 4_000)
    shop.processor.pay(session_id)
    for who in order:
        if who == "hook":
            assert webhook(shop.browser(), session_id).status_code == 200
        elif who == "land":
            assert member.get(f"/billing/return?session_id={session_id}").status_code == 303
        else:
            assert shop.site.settle_pending() == 1
        assert shop.add_on(seeded) == 4_000
    assert len(shop.site.state(seeded.id)["invoices"]) == 1


def test_once_under_concurrency(shop: Shop) -> None:
    buyers = [shop.seed() for _ in range(5)]
    sessions = [shop.choose(shop.member(buyer), 2_000) for buyer in buyers]
    for session_id in sessions:
        shop.processor.pay(session_id)
    start = threading.Barrier(30)

    def deliver(number: int) -> None:
        start.wait()
        if number % 2:
            webhook(shop.browser(), sessions[number % 5])
        else:
            shop.member(buyers[number % 5]).get(f"/billing/return?session_id={sessions[number % 5]}")

    threads = [threading.Thread(target=deliver, args=[number]) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [shop.add_on(buyer) for buyer in buyers] == [2_000] * 5


def test_two_who_hear_of_it_at_the_same_moment_grant_once(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    seeded = shop.seed()
    session_id = shop.choose(shop.member(seeded), 4_000)
    shop.processor.pay(session_id)
    others = [session_id]

    class Overtaken(Hooks):
        """Between looking and granting, another thread does all of it."""

        def grants(self, grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
            while others:
                shop.site.fulfilment.fulfil(others.pop())
            return super().grants(grants, purchase, context)

    monkeypatch.setattr(shop.site.core, "hooks", lambda _: Overtaken())
    assert webhook(shop.browser(), session_id).status_code == 200
    assert others == []
    assert shop.add_on(seeded) == 4_000
    assert len(shop.site.state(seeded.id)["invoices"]) == 1


def test_what_is_granted_is_not_asked_about_again(shop: Shop) -> None:
    seeded = shop.seed()
    member = shop.member(seeded)
    session_id = shop.choose(member, 4_000)
    shop.processor.pay(session_id)
    webhook(shop.browser(), session_id)
    shop.processor.reachable = False
    assert webhook(shop.browser(), session_id).status_code == 200
    assert "purchase=" in member.get(f"/billing/return?session_id={session_id}").location


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "open", "payment_status": "unpaid"},
        {"status": "open"},
        {"payment_status": "unpaid"},
        {"status": "expired"},
        {"amount_total": 1},
        {"currency": "jpy"},
        {"client_reference_id": "ws_of_another"},
        {"metadata": {"purchase": "pur_unknown"}},
        {"metadata": {}},
        {"metadata": None},
    ],
    ids=str,
)
def test_nothing_for_a_session_that_is_not_a_paid_purchase(shop: Shop, changes: dict[str, Any]) -> None:
    seeded = shop.seed()
    member = shop.member(seeded)
    session_id = shop.choose(member, 4_000)
    shop.processor.pay(session_id, **changes)
    assert webhook(shop.browser(), session_id).status_code == 200
    assert member.get(f"/billing/return?session_id={session_id}").status_code == 303
    shop.site.settle_pending()
    assert shop.add_on(seeded) == 0


def test_an_event_is_not_believed_but_looked_up(shop: Shop) -> None:
    seeded = shop.seed()
    session_id = shop.choose(shop.member(seeded), 4_000)
    assert webhook(shop.browser(), session_id).status_code == 200
    assert shop.add_on(seeded) == 0


@pytest.mark.parametrize("spoilt", [{"secret": "whsec_of_another"}, {"age": 400}])
def test_a_forged_or_stale_webhook_is_refused(shop: Shop, spoilt: dict[str, Any]) -> None:
    seeded = shop.seed()
    session_id = shop.choose(shop.member(seeded), 4_000)
    shop.processor.pay(session_id)
    assert webhook(shop.browser(), session_id, **spoilt).status_code == 400
    assert shop.add_on(seeded) == 0


@pytest.mark.parametrize("headers", [{}, {"Stripe-Signature": "t=1,v1="}, {"Stripe-Signature": "nonsense"}])
def test_a_webhook_without_a_right_signature_is_refused(shop: Shop, headers: dict[str, str]) -> None:
    assert shop.browser().post("/webhooks/payments", data=b"\xff\x00{", headers=headers).status_code == 400


def test_other_events_are_taken_without_effect(shop: Shop) -> None:
    seeded = shop.seed()
    session_id = shop.choose(shop.member(seeded), 4_000)
    shop.processor.pay(session_id)
    assert webhook(shop.browser(), session_id, kind="payment_intent.succeeded").status_code == 200
    assert shop.add_on(seeded) == 0


def test_an_unreachable_processor_is_asked_again_later(shop: Shop) -> None:
    seeded = shop.seed()
    member = shop.member(seeded)
    session_id = shop.choose(member, 4_000)
    shop.processor.pay(session_id)
    shop.processor.reachable = False
    assert webhook(shop.browser(), session_id).status_code == 503
    assert member.get(f"/billing/return?session_id={session_id}").status_code == 303
    assert shop.site.settle_pending() == 0
    assert shop.add_on(seeded) == 0
    shop.processor.reachable = True
    assert webhook(shop.browser(), session_id).status_code == 200
    assert shop.add_on(seeded) == 4_000


def test_billing_asks_again_while_a_payment_is_pending(shop: Shop) -> None:
    seeded = shop.seed()
    member = shop.member(seeded)
    session_id = shop.choose(member, 4_000)
    location = member.get(f"/billing/return?session_id={session_id}").location
    purchase = location.partition("purchase=")[2]
    first = member.get("/api/billing", query_string={"landed": purchase}).json
    assert first["notice"]["text"] == "Your payment is being processed. This page follows by itself."
    assert first["look_again_ms"] == 400
    shop.processor.pay(session_id)
    shop.processor.reachable = False
    assert member.get("/api/billing", query_string={"landed": purchase}).json["look_again_ms"] == 400
    shop.processor.reachable = True
    second = member.get("/api/billing", query_string={"landed": purchase}).json
    assert (second["credits"]["add_on"]["remaining"], second["look_again_ms"]) == (4_000, None)


def test_a_payment_page_that_cannot_be_made_charges_nothing(shop: Shop) -> None:
    member = shop.member(shop.seed())
    shop.processor.reachable = False
    answer = member.post("/api/billing/checkout", json={"package": "credits-2000"})
    assert (answer.status_code, answer.json["error"]["message"]) == (
        502,
        "The payment page cannot be reached. Nothing was charged.",
    )


def test_an_expired_session_closes_its_purchase(shop: Shop) -> None:
    seeded = shop.seed()
    session_id = shop.choose(shop.member(seeded), 4_000)
    shop.processor.sessions[session_id]["status"] = "expired"
    assert webhook(shop.browser(), session_id, kind="checkout.session.expired").status_code == 200
    assert shop.site.state(seeded.id)["purchases"][0]["state"] == "expired"


def test_after_a_crash_what_was_paid_is_granted(tmp_path: Path) -> None:
    file = tmp_path / "site.db"
    first = Shop(file)
    seeded = first.seed()
    member = first.member(seeded)
    known, unknown = first.choose(member, 2_000), first.choose(member, 11_000)
    # As if the crash had come between the processor's answer and writing the session down.
    with first.site.core.db.transaction() as tx:
        tx.execute("UPDATE purchases SET session_id = NULL WHERE session_id = ?", [unknown])
    for session_id in (known, unknown):
        first.processor.pay(session_id)
    first.site.core.db.close()

    second = Shop(file)
    second.processor.sessions = first.processor.sessions
    assert second.site.settle_pending() == 2
    assert second.add_on(seeded) == 13_000
    assert second.site.settle_pending() == 0
    assert second.add_on(seeded) == 13_000


def test_after_a_crash_what_expired_meanwhile_is_closed(shop: Shop) -> None:
    seeded = shop.seed()
    session_id = shop.choose(shop.member(seeded), 2_000)
    shop.processor.sessions[session_id]["status"] = "expired"
    assert shop.site.settle_pending() == 1
    assert shop.site.state(seeded.id)["purchases"][0]["state"] == "expired"


def test_a_session_stays_signed_in_over_a_restart(tmp_path: Path) -> None:
    first = Shop(tmp_path / "site.db")
    seeded = first.seed()
    cookie = first.site.storage_state(seeded.members[0].id)["cookies"][0]
    first.site.core.db.close()
    browser = Shop(tmp_path / "site.db").browser()
    browser.set_cookie(cookie["name"], cookie["value"], domain="127.0.0.1")
    assert browser.get("/api/billing").status_code == 200


def test_landing_signed_out_grants_and_asks_to_sign_in(shop: Shop) -> None:
    seeded = shop.seed()
    session_id = shop.choose(shop.member(seeded), 2_000)
    shop.processor.pay(session_id)
    answer = shop.browser().get(f"/billing/return?session_id={session_id}")
    assert answer.location.startswith("/sign-in?next=/settings/billing%3Fpurchase%3D")
    assert shop.add_on(seeded) == 2_000


def test_landing_with_anothers_session_tells_nothing(shop: Shop) -> None:
    buyer, other = shop.seed(), shop.seed()
    session_id = shop.choose(shop.member(buyer), 2_000)
    shop.processor.pay(session_id)
    answer = shop.member(other).get(f"/billing/return?session_id={session_id}")
    assert (answer.status_code, answer.location) == (303, "/settings/billing")
    assert (shop.add_on(buyer), shop.add_on(other)) == (2_000, 0)


@pytest.mark.parametrize("session_id", ["", "cs_", "cs_test_unknown", "../../etc", "cs_test_1'--", "x" * 3_000, "\x00"])
def test_landing_with_nonsense_shows_billing(shop: Shop, session_id: str) -> None:
    seeded = shop.seed()
    answer = shop.member(seeded).get("/billing/return", query_string={"session_id": session_id})
    assert (answer.status_code, answer.location) == (303, "/settings/billing")
    assert shop.add_on(seeded) == 0


@pytest.mark.parametrize("key", ["sk_live_1", "rk_live_1", "pk_test_1", "", "whatever"])
def test_only_test_keys_are_taken(shop: Shop, key: str) -> None:
    known = shop.site.config
    with pytest.raises(LiveKeyError, match="never move real money"):
        SiteConfig(known.database, known.site_url, known.processor_api, key, known.webhook_secret, known.request_log)


def test_keys_and_secrets_are_not_shown(shop: Shop) -> None:
    assert "sk_test" not in repr(shop.site.config)
    assert "whsec" not in repr(shop.site.config)
