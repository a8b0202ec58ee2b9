"""The merchant's side against the fake's own processor: what is asked, and what is made of the answers."""

from __future__ import annotations

import socket
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from fake_backend.database import Database
from fake_backend.request_log import RequestLog
from fake_backend.site import SCHEMA, SiteConfig
from fake_backend.site.model import Order, Purchase
from fake_backend.site.repository import new_id
from fake_backend.site.stripe_client import Merchant, ProcessorUnreachableError
from tests.fake.conftest import Member, pay

if TYPE_CHECKING:
    from fake_backend.serving import Fake
    from tests.fake.conftest import Control


ORDER = Order((("2,000 credits", 2_000, 1),))


def merchant_of(processor_api: str, key: str) -> Merchant:
    return Merchant(
        SiteConfig(Database(None, SCHEMA), "http://127.0.0.1:9", processor_api, key, "whsec_made_up", RequestLog())
    )


@pytest.fixture
def merchant(fake: Fake) -> Merchant:
    return merchant_of(fake.processor_url, fake.processor_key)


def a_purchase() -> Purchase:
    return Purchase(
        id=new_id("pur"), workspace_id=new_id("ws"), member_id="mem_1", kind="credits", item="2000", credits=2_000,
        amount=2_000, currency="usd", state="pending", created=time.time(),
    )  # fmt: skip


def test_no_proxy_is_asked_about_this_machine(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        proxy = f"http://127.0.0.1:{gone.getsockname()[1]}"
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy)
    merchant = merchant_of(fake.processor_url, fake.processor_key)
    assert merchant.create(a_purchase(), ORDER, "ada@example.com").status == "open"


def test_a_session_carries_all_that_fulfilment_needs(merchant: Merchant) -> None:
    purchase = a_purchase()
    session = merchant.create(purchase, ORDER, "ada@example.com")
    assert session.id.startswith("cs_test_")
    assert (session.amount_total, session.currency, session.mode) == (2_000, "usd", "payment")
    assert (session.client_reference_id, session.customer_email) == (purchase.workspace_id, "ada@example.com")
    assert session.metadata is not None
    assert session.metadata.to_dict() == {
        "workspace": purchase.workspace_id,
        "purchase": purchase.id,
        "credits": "2000",
    }
    assert session.success_url == "http://127.0.0.1:9/billing/return?session_id={CHECKOUT_SESSION_ID}"
    assert session.cancel_url == f"http://127.0.0.1:9/billing/cancelled?purchase={purchase.id}"


def test_a_purchase_has_one_session_however_often_it_is_asked_for(merchant: Merchant) -> None:
    purchase = a_purchase()
    first, second = (merchant.create(purchase, ORDER, "ada@example.com") for _ in range(2))
    assert first.id == second.id
    other = merchant.create(replace(purchase, id=new_id("pur")), ORDER, "ada@example.com")
    assert other.id != first.id


def test_an_order_of_several_lines_is_asked_for_as_it_is(merchant: Merchant) -> None:
    order = Order((("2,000 credits", 2_000, 2), ("Service fee", 250, 1)), "aud")
    session = merchant.create(replace(a_purchase(), amount=order.amount, currency="aud"), order, "ada@example.com")
    assert (order.amount, session.amount_total, session.currency) == (4_250, 4_250, "aud")


def test_a_session_that_was_ended_is_over(merchant: Merchant) -> None:
    made = merchant.create(a_purchase(), ORDER, "ada@example.com")
    merchant.expire(made.id)
    found = merchant.session(made.id)
    assert found is not None
    assert found.status == "expired"
    with pytest.raises(ProcessorUnreachableError):
        merchant.expire(made.id)


def test_a_session_is_looked_up_or_unknown(merchant: Merchant) -> None:
    made = merchant.create(a_purchase(), ORDER, "ada@example.com")
    found = merchant.session(made.id)
    assert found is not None
    assert (found.status, found.payment_status) == ("open", "unpaid")
    assert merchant.session("cs_test_unknown") is None


def test_only_completed_sessions_since_a_time_are_listed(merchant: Merchant, control: Control) -> None:
    sessions = [merchant.create(a_purchase(), ORDER, "ada@example.com") for _ in range(2)]
    pay(control.http, sessions[0].url or "")
    listed = [one.id for one in merchant.completed_since(time.time() - 60)]
    assert sessions[0].id in listed
    assert sessions[1].id not in listed
    assert list(merchant.completed_since(time.time() + 60)) == []


def test_more_completed_sessions_than_a_page_holds_are_all_listed(
    merchant: Merchant, control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = Member.of(control, control.seed())
    urls = [member.checkout("credits-2000") for _ in range(3)]
    for url in urls:
        member.pay(url)
    # A page of two, so that three need another: the published limit is a hundred.
    sessions: Any = merchant.client.v1.checkout.sessions
    ask = sessions.list
    monkeypatch.setattr(sessions, "list", lambda params: ask({**params, "limit": 2}))
    listed = {one.id for one in merchant.completed_since(time.time() - 60)}
    assert {url.rpartition("/")[2] for url in urls} <= listed


def test_a_processor_that_is_gone_or_refuses_is_said_to_be_so(fake: Fake) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        gone = merchant_of(f"http://127.0.0.1:{taken.getsockname()[1]}", "sk_test_made_up")
    for merchant in (gone, merchant_of(fake.processor_url, "sk_test_of_another")):
        with pytest.raises(ProcessorUnreachableError):
            merchant.create(a_purchase(), ORDER, "ada@example.com")
        with pytest.raises(ProcessorUnreachableError):
            merchant.session("cs_test_1")
        with pytest.raises(ProcessorUnreachableError):
            list(merchant.completed_since(0))
