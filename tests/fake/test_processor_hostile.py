"""Hostile input to the processor's API: whatever a form says, the answer is Stripe's, and never 500 or above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fake.test_processor_api import order

if TYPE_CHECKING:
    import stripe

    from tests.fake.conftest import Control

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
RIGHT = {
    "mode": "payment",
    "success_url": "http://127.0.0.1:9/",
    "line_items[0][price_data][currency]": "usd",
    "line_items[0][price_data][unit_amount]": "2000",
    "line_items[0][price_data][product_data][name]": "Credits",
    "line_items[0][quantity]": "1",
}
NAMES = [
    *RIGHT,
    "customer_email",
    "metadata[a]",
    "metadata",
    "expires_at",
    "expand[]",
    "line_items",
    "line_items[]",
    "a[b",
]
VALUES = [
    "", "0", "-1", "1e9", "9" * 40, "NaN", "null", "\x00", "\ud7ff", "٣", "<script>", "'; DROP TABLE sessions; --",
    "javascript:alert(1)", "http://", "http://[", "https://x\n.example", "x" * 6_000, "usd", "payment", "a@b", "../..",
]  # fmt: skip


def ask(control: Control, method: str, path: str, **options: Any) -> tuple[int, dict[str, Any]]:
    headers = {"Authorization": f"Bearer {control.fake.processor_key}"} | options.pop("headers", {})
    answer = control.http.request(method, control.fake.processor_url + path, headers=headers, **options)
    told: dict[str, Any] = answer.json()
    return answer.status, told


def is_published(status: int, told: dict[str, Any]) -> bool:
    """Whether an answer is an object, or an error as Stripe gives it."""
    if status == 200:
        return "object" in told
    return 400 <= status < 500 and {"message", "type"} <= set(told["error"])


@given(
    wrong=st.dictionaries(
        st.sampled_from(NAMES) | st.text(max_size=40), st.sampled_from(VALUES) | st.text(), max_size=4
    )
)
@settings(max_examples=200, deadline=None, database=None)
def check_forms(control: Control, wrong: dict[str, str]) -> None:
    fields = list((RIGHT | wrong).items())
    status, told = ask(control, "POST", "/v1/checkout/sessions", fields=fields, encode_multipart=False)
    assert is_published(status, told), (wrong, status, told)
    if status == 200:
        assert told["amount_total"] >= 50


@pytest.mark.nightly
def test_no_form_breaks_it(control: Control) -> None:
    check_forms(control)


@pytest.mark.parametrize(
    ("path", "body", "headers"),
    [
        ("/v1/checkout/sessions", b"\xff\xfe=%ff&%00=%00", FORM),
        ("/v1/checkout/sessions", b"a" + b"[b]" * 5_000 + b"=1", FORM),
        ("/v1/checkout/sessions", b"&".join(b"metadata[k%d]=v" % number for number in range(2_000)), FORM),
        ("/v1/checkout/sessions", b"a[b]=1&a[b][c]=3", FORM),
        ("/v1/checkout/sessions", b"x" * 300_000, FORM),
        ("/v1/checkout/sessions", b'{"mode": "payment"}', {"Content-Type": "application/json"}),
        ("/v1/checkout/sessions?mode=payment", b"", FORM),
        ("/v1/checkout/sessions/..%2f..%2fetc/expire", b"", FORM),
        ("/v1/checkout/sessions/cs_test_'--/expire", b"", FORM),
        ("/v1/webhook_endpoints", b"url=file:///etc/passwd&enabled_events[]=*", FORM),
        ("/v1/webhook_endpoints/we_none", b"url=http://127.0.0.1:9", FORM),
        ("/v1/checkout/sessions", b"mode=payment", FORM | {"Idempotency-Key": ""}),
        ("/v1/checkout/sessions", b"mode=payment", FORM | {"Stripe-Version": "x" * 500}),
        ("/v1/checkout/sessions", b"mode=payment", FORM | {"Authorization": "Basic ////"}),
        ("/v1/checkout/sessions", b"mode=payment", FORM | {"Authorization": "Bearer \xff"}),
    ],
    ids=range(15),
)
def test_hostile_requests_are_refused_in_stripes_shape(
    control: Control, path: str, body: bytes, headers: dict[str, str]
) -> None:
    status, told = ask(control, "POST", path, body=body, headers=headers)
    assert status >= 400
    assert is_published(status, told), (status, told)


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=x", "starting_after=cs_test_'--", "created[gt]=soon", "status=x", "a[["]
)
def test_hostile_lists_are_refused_in_stripes_shape(control: Control, query: str) -> None:
    status, told = ask(control, "GET", f"/v1/checkout/sessions?{query}")
    assert (status in {400, 404}, is_published(status, told)) == (True, True)


def test_a_session_cannot_be_had_by_a_wrong_id(control: Control, merchant: stripe.StripeClient) -> None:
    made = merchant.v1.checkout.sessions.create(order())
    for wrong in (made.id[:-1], made.id.swapcase(), f"{made.id}%00", f"{made.id}%20", "%", "_" * 60):
        status, told = ask(control, "GET", f"/v1/checkout/sessions/{wrong}")
        assert (status, is_published(status, told)) == (404, True)
