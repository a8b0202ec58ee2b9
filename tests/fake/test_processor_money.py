"""What the processor writes and tells of each session and payment, and where its limits are, without HTTP."""

from __future__ import annotations

import json
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from fake_backend.processor.cards import look_up
from fake_backend.processor.errors import ApiError
from tests.fake.support.bank import A_DAY, BUYER, DECLINED, GOOD, HALF_AN_HOUR, URL, created, events, expired
from tests.fake.support.bank import processor as made_processor

if TYPE_CHECKING:
    from collections.abc import Callable

    from fake_backend.processor import Processor

NOON = 1_800_000_000.25


class Clock:
    """The real time, which stands still until it is moved."""

    now = NOON


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Clock:
    stopped = Clock()
    monkeypatch.setattr(time, "time", lambda: stopped.now)
    return stopped


@pytest.fixture
def bank(moment: Clock) -> Processor:
    assert moment.now == NOON
    return made_processor()


def problem(work: Callable[..., object], *args: object) -> dict[str, Any]:
    """Return the status and the published fields of the error that this raises."""
    with pytest.raises(ApiError) as refused:
        work(*args)
    told: dict[str, Any] = refused.value.body()["error"]
    return {"status": refused.value.status} | told


def row_of(bank: Processor, table: str, where: str = "true") -> dict[str, Any]:
    rows = bank.database.rows(f"SELECT * FROM {table} WHERE {where}")  # noqa: S608 - our own words
    assert len(rows) == 1
    return dict(rows[0])


def test_a_session_is_written_down_as_it_was_asked_for(bank: Processor) -> None:
    bank.advance_clock("ref", 100)
    made = dict(created(bank, (2_000, 1), (50, 3), client_reference_id="ref", metadata={"a": "b"}))
    params = json.loads(made.pop("params"))
    assert made == {
        "seq": 1,
        "id": made["id"],
        "reference": "ref",
        "created": int(NOON + 100),
        "expires_at": int(NOON + 100) + A_DAY,
        "due": pytest.approx(int(NOON + 100) + A_DAY - 100),
        "status": "open",
        "payment_status": "unpaid",
        "amount": 2_150,
        "currency": "usd",
        "payment_intent": None,
        "customer": None,
        "completed_by": None,
    }
    assert made["id"].startswith("cs_test_")
    assert not {"expand", "expires_at"} & set(params)
    assert (params["metadata"], params["mode"]) == ({"a": "b"}, "payment")
    ids = [(item["id"], item["price"]["id"], item["price"]["product"]) for item in params["line_items"]]
    assert [(line[:3], price[:6], product[:5]) for line, price, product in ids] == [("li_", "price_", "prod_")] * 2
    assert len({name for line in ids for name in line}) == 6
    assert bank.sessions.show(bank.sessions.get(made["id"]))["url"] == f"{URL}/c/pay/{made['id']}"


@pytest.mark.parametrize("seconds", [HALF_AN_HOUR - 1, HALF_AN_HOUR, A_DAY, A_DAY + 1])
def test_a_merchant_may_choose_an_expiry_from_half_an_hour_to_a_day(
    bank: Processor, moment: Clock, seconds: int
) -> None:
    moment.now = 1_800_000_000.0
    made = created(bank, expires_at=str(1_800_000_000 + seconds))
    assert (made["expires_at"], made["due"]) == (1_800_000_000 + seconds, 1_800_000_000 + seconds)


@pytest.mark.parametrize("seconds", [0, HALF_AN_HOUR - 2, A_DAY + 2])
def test_another_expiry_is_refused(bank: Processor, moment: Clock, seconds: int) -> None:
    moment.now = 1_800_000_000.0
    assert problem(lambda: created(bank, expires_at=str(1_800_000_000 + seconds))) == {
        "status": 400,
        "type": "invalid_request_error",
        "param": "expires_at",
        "message": "The `expires_at` timestamp must be at least 30 minutes and less than 24 hours from Checkout Session"
        " creation.",
    }


def item(**more: Any) -> dict[str, Any]:
    data = {"currency": "usd", "unit_amount": "2000", "product_data": {"name": "Credits"}}
    return {name: value for name, value in ({"price_data": data, "quantity": "1"} | more).items() if value}


EURO = {"currency": "eur", "unit_amount": "2000", "product_data": {"name": "Credits"}}


@pytest.mark.parametrize(
    ("more", "error"),
    [
        (
            {"mode": "setup"},
            {"message": "This test account takes payments only: `mode` must be `payment`.", "param": "mode"},
        ),
        (
            {"line_items": [item(), item(price="price_1", price_data=None)]},
            {
                "message": "No such price: 'price_1'",
                "param": "line_items[1][price]",
                "code": "resource_missing",
                "doc_url": "https://stripe.com/docs/error-codes/resource-missing",
            },
        ),
        (
            {"line_items": [item(), {"quantity": "1"}]},
            {
                "message": "Missing required param: line_items[1][price_data].",
                "param": "line_items[1][price_data]",
                "code": "parameter_missing",
                "doc_url": "https://stripe.com/docs/error-codes/parameter-missing",
            },
        ),
        (
            {"line_items": [item(), item(price_data=EURO)]},
            {"message": "All line items must have the same currency.", "param": "line_items"},
        ),
    ],
    ids=["mode", "price", "price_data", "currency"],
)
def test_an_order_that_makes_no_sense_is_refused(bank: Processor, more: dict[str, Any], error: dict[str, Any]) -> None:
    assert problem(lambda: created(bank, **more)) == {"status": 400, "type": "invalid_request_error"} | error


@pytest.mark.parametrize(
    ("lines", "total"), [([(50, 1)], 50), ([(99_999_999, 1)], 99_999_999), ([(49, 1), (1, 1)], 50), ([(25, 2)], 50)]
)
def test_a_total_may_be_from_half_a_dollar_to_a_million(
    bank: Processor, lines: list[tuple[int, int]], total: int
) -> None:
    assert created(bank, *lines)["amount"] == total


@pytest.mark.parametrize(
    ("lines", "message", "code"),
    [
        (
            [(49, 1)],
            "The Checkout Session's total amount due must add up to at least $0.50 usd",
            "amount_too_small",
        ),
        ([(99_999_999, 1), (1, 1)], "The Checkout Session's total amount is too large.", "amount_too_large"),
    ],
)
def test_another_total_is_refused(bank: Processor, lines: list[tuple[int, int]], message: str, code: str) -> None:
    found = problem(lambda: created(bank, *lines))
    assert (found["status"], found["message"], found["code"]) == (400, message, code)


def test_a_session_that_nobody_knows_is_not_found(bank: Processor) -> None:
    for ask in (bank.sessions.get, partial(expired, bank), bank.payments.state):
        assert problem(ask, "cs_test_none") == {
            "status": 404,
            "type": "invalid_request_error",
            "code": "resource_missing",
            "message": "No such checkout.session: 'cs_test_none'",
            "param": "session",
            "doc_url": "https://stripe.com/docs/error-codes/resource-missing",
        }
    assert problem(bank.sessions.get, "cs_test_none", "payment")["param"] == "payment"


def test_a_session_expires_at_its_moment_and_not_before(bank: Processor, moment: Clock) -> None:
    made = created(bank, client_reference_id="ref")
    moment.now = made["due"] - 0.5
    assert bank.sessions.get(made["id"])["status"] == "open"
    assert bank.sessions.expire_due() == 0
    moment.now = made["due"]
    assert bank.sessions.get(made["id"])["status"] == "expired"
    assert bank.sessions.expire_due() == 0
    [(kind, said)] = events(bank)
    assert (kind, said["id"], said["status"], said["url"]) == ("checkout.session.expired", made["id"], "expired", None)
    assert row_of(bank, "events")["reference"] == "ref"


def test_those_whose_time_is_over_end_together_and_no_others(bank: Processor, moment: Clock) -> None:
    soon = [created(bank, expires_at=str(int(NOON) + HALF_AN_HOUR)) for _ in range(3)]
    later, paid = created(bank), created(bank, expires_at=str(int(NOON) + HALF_AN_HOUR))
    bank.payments.attempt(paid["id"], GOOD, BUYER)
    moment.now = soon[0]["due"]
    assert bank.sessions.expire_due() == 3
    found = {row["id"]: row["status"] for row in bank.database.rows("SELECT id, status FROM sessions")}
    assert found == {one["id"]: "expired" for one in soon} | {later["id"]: "open", paid["id"]: "complete"}
    assert [kind for kind, _ in events(bank)].count("checkout.session.expired") == 3


def test_a_merchant_ends_an_open_session_only(bank: Processor, moment: Clock) -> None:
    open_, paid, over = created(bank), created(bank), created(bank, expires_at=str(int(NOON) + HALF_AN_HOUR))
    bank.payments.attempt(paid["id"], GOOD, BUYER)
    assert expired(bank, open_["id"])["status"] == "expired"
    assert [kind for kind, _ in events(bank)][-1] == "checkout.session.expired"
    moment.now = over["due"]
    for made, status in ((open_, "expired"), (paid, "complete"), (over, "expired")):
        assert problem(expired, bank, made["id"])["message"] == (
            'Only Checkout Sessions with a status in ["open"] can be expired. '
            f"This Checkout Session has a status of `{status}`."
        )
    assert [kind for kind, _ in events(bank)].count("checkout.session.expired") == 1


def test_a_payment_closes_its_session_and_is_told_of(bank: Processor) -> None:
    bank.advance_clock("ref", 100)
    made = created(bank, client_reference_id="ref", payment_intent_data={"metadata": {"purchase": "p"}})
    outcome = bank.payments.attempt(made["id"], GOOD, BUYER)
    row = bank.sessions.get(made["id"])
    assert (outcome.state, outcome.event, outcome.challenge, outcome.refusal) == (
        "paid",
        row["completed_by"],
        None,
        None,
    )
    assert (row["status"], row["payment_status"], json.loads(row["customer"])) == ("complete", "paid", BUYER)
    assert row_of(bank, "payment_intents") == {
        "id": row["payment_intent"],
        "session": made["id"],
        "created": int(NOON + 100),
        "status": "succeeded",
        "brand": "visa",
        "last4": "4242",
        "error": None,
    }
    assert row["payment_intent"].startswith("pi_")
    (first, payment), (second, session) = events(bank)
    assert (first, second) == ("payment_intent.succeeded", "checkout.session.completed")
    assert (payment["id"], payment["amount_received"]) == (row["payment_intent"], 2_000)
    assert (payment["status"], payment["metadata"]) == ("succeeded", {"purchase": "p"})
    assert (session["id"], session["payment_status"]) == (made["id"], "paid")
    assert session["payment_intent"] == row["payment_intent"]
    assert {row["reference"] for row in bank.database.rows("SELECT reference FROM events")} == {"ref"}
    assert row_of(bank, "events", "type = 'checkout.session.completed'")["id"] == outcome.event


def test_a_session_is_paid_once(bank: Processor) -> None:
    made = created(bank)
    first = bank.payments.attempt(made["id"], GOOD, BUYER)
    for again in (bank.payments.attempt(made["id"], GOOD, BUYER), bank.payments.state(made["id"])):
        assert (again.state, again.event) == ("paid", first.event)
    assert len(events(bank)) == 2


def test_a_decline_leaves_the_session_open_for_another_card(bank: Processor) -> None:
    made = created(bank, client_reference_id="ref")
    outcome = bank.payments.attempt(made["id"], DECLINED, BUYER)
    assert outcome.state == "declined"
    assert outcome.refusal is not None
    assert outcome.refusal.decline_code == "generic_decline"
    intent = row_of(bank, "payment_intents")
    assert (intent["status"], intent["last4"]) == ("requires_payment_method", "0002")
    error = {
        "code": "card_declined",
        "decline_code": "generic_decline",
        "doc_url": "https://stripe.com/docs/error-codes/card-declined",
        "message": "Your credit card was declined. Try paying with a debit card instead.",
        "type": "card_error",
    }
    told = json.loads(intent["error"])
    assert {name: told[name] for name in error} == error
    assert set(told) - set(error) == {"charge", "payment_method"}
    assert told["payment_method"]["card"]["last4"] == "0002"
    [(kind, said)] = events(bank)
    assert (kind, said["last_payment_error"], said["status"]) == (
        "payment_intent.payment_failed",
        told,
        "requires_payment_method",
    )
    assert row_of(bank, "events")["reference"] == "ref"
    assert bank.payments.state(made["id"]).state == "open"
    assert bank.payments.attempt(made["id"], look_up("5555555555554444"), BUYER).state == "paid"
    after = row_of(bank, "payment_intents")
    assert (after["id"], after["brand"], after["last4"], after["error"]) == (intent["id"], "mastercard", "4444", None)
