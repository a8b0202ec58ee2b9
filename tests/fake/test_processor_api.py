"""The `stripe` package alone, used as its documentation shows, against the processor."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
import stripe

from tests.fake.conftest import pay

if TYPE_CHECKING:
    from collections.abc import Callable

    from fake_backend.serving import Fake
    from tests.fake.conftest import Control


def order(**more: Any) -> Any:
    """Return the parameters of an order of 2,000 credits for 20 dollars."""
    data = {"currency": "usd", "unit_amount": 2_000, "product_data": {"name": "2,000 credits"}}
    return {
        "mode": "payment",
        "line_items": [{"price_data": data, "quantity": 1}],
        "success_url": "http://127.0.0.1:9/back?session_id={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://127.0.0.1:9/billing",
    } | more


def refused(call: Any) -> stripe.StripeError:
    with pytest.raises(stripe.StripeError) as caught:
        call()
    return caught.value


def test_a_session_is_created_open_and_unpaid(merchant: stripe.StripeClient) -> None:
    session = merchant.v1.checkout.sessions.create(
        order(client_reference_id="ref-1", customer_email="ada@example.com", metadata={"purchase": "p1"})
    )
    assert session.id.startswith("cs_test_")
    assert (session.object, session.status, session.payment_status) == ("checkout.session", "open", "unpaid")
    assert (session.amount_total, session.currency, session.livemode) == (2_000, "usd", False)
    assert (session.client_reference_id, session.customer_email) == ("ref-1", "ada@example.com")
    assert session.metadata is not None
    assert session.metadata.to_dict() == {"purchase": "p1"}
    assert session.url is not None
    assert session.url.endswith(f"/c/pay/{session.id}")
    assert session.expires_at - session.created == 24 * 60 * 60


def test_a_session_is_retrieved_with_its_order(merchant: stripe.StripeClient) -> None:
    made = merchant.v1.checkout.sessions.create(order())
    session = merchant.v1.checkout.sessions.retrieve(made.id, {"expand": ["line_items"]})
    assert session.line_items is not None
    assert [(item.description, item.amount_total, item.quantity) for item in session.line_items.data] == [
        ("2,000 credits", 2_000, 1)
    ]
    lines = merchant.v1.checkout.sessions.line_items.list(made.id)
    assert [item.description for item in lines.data] == ["2,000 credits"]


def test_a_sessions_fields_are_published_ones(merchant: stripe.StripeClient) -> None:
    published: set[str] = set()
    for kind in stripe.checkout.Session.__mro__:
        published |= set(getattr(kind, "__annotations__", {}))
    given = set(merchant.v1.checkout.sessions.create(order()).to_dict())
    assert not given - published, "a merchant must not come to rely on a field that the real one lacks"
    optional = {
        "allowed_payment_method_types", "branding_settings", "excluded_payment_method_types", "integration_identifier",
        "line_items", "managed_payments", "name_collection", "optional_items", "presentment_details",
        "redirect_on_completion", "return_url", "tax_id_collection",
    }  # fmt: skip
    missing = {name for name in published - given - optional if name.islower() and not name.startswith("_")}
    assert not missing


def test_sessions_are_listed_newest_first_page_by_page(merchant: stripe.StripeClient) -> None:
    made = [merchant.v1.checkout.sessions.create(order()).id for _ in range(5)]
    page = merchant.v1.checkout.sessions.list({"limit": 2})
    assert [session.id for session in page.data] == made[:-3:-1]
    assert page.has_more
    older = merchant.v1.checkout.sessions.list({"limit": 2, "starting_after": page.data[-1].id})
    assert [session.id for session in older.data] == made[2:0:-1]
    newer = merchant.v1.checkout.sessions.list({"limit": 2, "ending_before": older.data[0].id})
    assert [session.id for session in newer.data] == made[:-3:-1]
    walked = [session.id for session, _ in zip(page.auto_paging_iter(), range(5), strict=False)]
    assert walked == made[::-1]


def test_sessions_are_listed_by_status_and_time(merchant: stripe.StripeClient, control: Control) -> None:
    paid, _ = (merchant.v1.checkout.sessions.create(order()) for _ in range(2))
    pay(control.http, paid.url or "")
    complete = merchant.v1.checkout.sessions.list({"status": "complete", "limit": 1})
    assert [session.id for session in complete.data] == [paid.id]
    assert paid.id not in [session.id for session in merchant.v1.checkout.sessions.list({"status": "open"}).data]
    assert not merchant.v1.checkout.sessions.list({"created": {"gt": int(time.time()) + 60}}).data
    found = merchant.v1.checkout.sessions.retrieve(paid.id)
    by_payment = merchant.v1.checkout.sessions.list({"payment_intent": str(found.payment_intent)})
    assert [session.id for session in by_payment.data] == [paid.id]


def test_an_open_session_is_expired_and_a_finished_one_is_not(merchant: stripe.StripeClient, control: Control) -> None:
    session = merchant.v1.checkout.sessions.create(order())
    assert merchant.v1.checkout.sessions.expire(session.id).status == "expired"
    assert merchant.v1.checkout.sessions.retrieve(session.id).url is None
    assert "status of `expired`" in str(refused(lambda: merchant.v1.checkout.sessions.expire(session.id)))
    paid = merchant.v1.checkout.sessions.create(order())
    pay(control.http, paid.url or "")
    assert "status of `complete`" in str(refused(lambda: merchant.v1.checkout.sessions.expire(paid.id)))
    assert merchant.v1.checkout.sessions.retrieve(paid.id).payment_status == "paid"


def test_the_same_key_and_order_give_the_same_session(merchant: stripe.StripeClient) -> None:
    options: Any = {"idempotency_key": f"key-{time.time_ns()}"}
    first = merchant.v1.checkout.sessions.create(order(), options)
    again = merchant.v1.checkout.sessions.create(order(), options)
    assert again.id == first.id
    assert again.last_response is not None
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    assert merchant.v1.checkout.sessions.create(order()).id != first.id


def test_a_replayed_key_can_hand_back_a_dead_session(merchant: stripe.StripeClient) -> None:
    options: Any = {"idempotency_key": f"dead-{time.time_ns()}"}
    first = merchant.v1.checkout.sessions.create(order(), options)
    merchant.v1.checkout.sessions.expire(first.id)
    assert merchant.v1.checkout.sessions.create(order(), options).status == "open"
    assert merchant.v1.checkout.sessions.retrieve(first.id).status == "expired"


def test_a_key_belongs_to_one_request(merchant: stripe.StripeClient) -> None:
    options: Any = {"idempotency_key": f"other-{time.time_ns()}"}
    made = merchant.v1.checkout.sessions.create(order(), options)
    other = refused(lambda: merchant.v1.checkout.sessions.create(order(client_reference_id="x"), options))
    assert isinstance(other, stripe.IdempotencyError)
    assert other.http_status == 400
    elsewhere = refused(lambda: merchant.v1.checkout.sessions.expire(made.id, {}, options))
    assert isinstance(elsewhere, stripe.IdempotencyError)
    assert "same endpoint" in str(elsewhere)
    long: Any = {"idempotency_key": "k" * 256}
    assert isinstance(refused(lambda: merchant.v1.checkout.sessions.create(order(), long)), stripe.StripeError)


def test_a_refused_request_leaves_its_key_free(merchant: stripe.StripeClient) -> None:
    options: Any = {"idempotency_key": f"free-{time.time_ns()}"}
    refused(lambda: merchant.v1.checkout.sessions.create(order(mode="setup"), options))
    assert merchant.v1.checkout.sessions.create(order(), options).status == "open"


@pytest.mark.parametrize(
    ("more", "param", "code"),
    [
        ({"colour": "red"}, "colour", "parameter_unknown"),
        ({"success_url": None}, "success_url", "parameter_missing"),
        ({"colour": "red", "success_url": None}, "colour", "parameter_unknown"),
        ({"success_url": "javascript://example.com/%0aalert(1)"}, "success_url", "url_invalid"),
        ({"success_url": ""}, "success_url", "parameter_invalid_empty"),
        ({"mode": "barter"}, "mode", None),
        ({"mode": "subscription"}, "mode", None),
        ({"customer_email": "nobody"}, "customer_email", "email_invalid"),
        ({"expires_at": int(time.time()) + 25 * 60}, "expires_at", None),
        ({"expires_at": int(time.time()) + 25 * 3600}, "expires_at", None),
        ({"expires_at": "soon"}, "expires_at", "parameter_invalid_integer"),
        ({"line_items": []}, "line_items", "parameter_missing"),
        ({"line_items": [{"price": "price_1", "quantity": 1}]}, "line_items[0][price]", "resource_missing"),
        ({"line_items": [{"quantity": 1}]}, "line_items[0][price_data]", "parameter_missing"),
        ({"metadata": {"k" * 41: "v"}}, "metadata", "metadata_key_too_long"),
        ({"expand": ["customer.mother"]}, "expand[0]", None),
        ({"payment_method_types": ["cash"]}, "payment_method_types[0]", None),
    ],
)
def test_what_is_wrong_is_said_as_published(
    merchant: stripe.StripeClient, more: dict[str, Any], param: str, code: str | None
) -> None:
    wanted: Any = {name: value for name, value in order(**more).items() if value is not None}
    error = refused(lambda: merchant.v1.checkout.sessions.create(wanted))
    assert isinstance(error, stripe.InvalidRequestError)
    assert (error.param, error.code) == (param, code)
    assert error.request_id
    assert error.http_status == 400


def test_a_total_below_half_a_dollar_is_refused(merchant: stripe.StripeClient) -> None:
    data = {"currency": "usd", "unit_amount": 49, "product_data": {"name": "A bit"}}
    error = refused(
        lambda: merchant.v1.checkout.sessions.create(order(line_items=[{"price_data": data, "quantity": 1}]))
    )
    assert error.code == "amount_too_small"


def test_a_total_is_the_sum_of_its_lines(merchant: stripe.StripeClient) -> None:
    lines = [
        {"price_data": {"currency": "usd", "unit_amount": cents, "product_data": {"name": "A"}}, "quantity": quantity}
        for cents, quantity in ((1_000, 2), (50, 3))
    ]
    assert merchant.v1.checkout.sessions.create(order(line_items=lines)).amount_total == 2_150


def test_without_the_key_nothing_is_told(fake: Fake) -> None:
    for key in ("sk_test_wrong", "sk_live_wrong_and_long_enough"):
        stranger = stripe.StripeClient(key, base_addresses={"api": fake.processor_url})
        error = refused(stranger.v1.checkout.sessions.list)
        assert isinstance(error, stripe.AuthenticationError)
        assert key not in str(error) or len(key) < 17


def test_what_is_not_there_is_an_error(merchant: stripe.StripeClient, control: Control) -> None:
    missing = refused(lambda: merchant.v1.checkout.sessions.retrieve("cs_test_nothing"))
    assert (missing.http_status, missing.code) == (404, "resource_missing")
    unknown = refused(merchant.v1.invoices.list)
    assert unknown.http_status == 404
    assert "Unrecognized request URL (GET: /v1/invoices)" in str(unknown)
    paths = [entry["path"] for entry in control.ask("GET", "/journal?unexpected=true")["entries"]]
    assert "/v1/invoices" in paths
    assert "/v1/checkout/sessions/cs_test_nothing" not in paths


def test_events_are_listed_and_retrieved(merchant: stripe.StripeClient, control: Control) -> None:
    session = merchant.v1.checkout.sessions.create(order(metadata={"purchase": "p9"}))
    pay(control.http, session.url or "")
    event = merchant.v1.events.list({"type": "checkout.session.completed", "limit": 1}).data[0]
    assert event.data.object["id"] == session.id
    assert event.data.object["payment_status"] == "paid"
    assert merchant.v1.events.retrieve(event.id).id == event.id
    types: Any = ["payment_intent.succeeded"]
    assert {it.type for it in merchant.v1.events.list({"types": types}).data} == {"payment_intent.succeeded"}


def test_webhook_endpoints_come_and_go(merchant: stripe.StripeClient) -> None:
    hooks = merchant.v1.webhook_endpoints
    made = hooks.create({"url": "http://127.0.0.1:9/hook", "enabled_events": ["checkout.session.completed"]})
    assert (made.secret or "").startswith("whsec_")
    assert "secret" not in hooks.retrieve(made.id).to_dict()
    assert made.id in [hook.id for hook in hooks.list().data]
    assert hooks.delete(made.id).deleted
    assert refused(lambda: hooks.retrieve(made.id)).http_status == 404
    wrong: Any = ["moon.eclipsed"]
    error = refused(lambda: hooks.create({"url": "http://127.0.0.1:9/hook", "enabled_events": wrong}))
    assert isinstance(error, stripe.InvalidRequestError)


UNSUPPORTED: list[tuple[str, Callable[[stripe.StripeClient], object]]] = [
    ("GET /v1/balance", lambda it: it.v1.balance.retrieve()),
    ("POST /v1/payment_intents", lambda it: it.v1.payment_intents.create({"amount": 2_000, "currency": "usd"})),
    ("GET /v1/charges", lambda it: it.v1.charges.list()),
    ("GET /v1/subscriptions", lambda it: it.v1.subscriptions.list()),
    ("POST /v1/checkout/sessions/cs_test_1", lambda it: it.v1.checkout.sessions.update("cs_test_1", {"metadata": {}})),
    ("DELETE /v1/checkout/sessions", lambda it: it.raw_request("delete", "/v1/checkout/sessions")),
    ("POST /v1/events", lambda it: it.raw_request("post", "/v1/events")),
]


@pytest.mark.parametrize(("asked", "ask"), UNSUPPORTED, ids=[asked for asked, _ in UNSUPPORTED])
def test_what_is_not_supported_is_an_error_of_stripes_shape_in_the_request_log(
    merchant: stripe.StripeClient, control: Control, asked: str, ask: Callable[[stripe.StripeClient], object]
) -> None:
    error = refused(lambda: ask(merchant))
    assert isinstance(error, stripe.InvalidRequestError)
    assert error.http_status == 404
    method, path = asked.split()
    assert f"Unrecognized request URL ({method}: {path})" in str(error.user_message)
    assert error.request_id
    last = control.ask("GET", "/journal?unexpected=true")["entries"][-1]
    assert (last["app"], last["method"], last["path"], last["status"]) == ("processor", method, path, 404)
