"""3-D Secure and the processor's settings, without HTTP: what is kept, what is told, what is taken once."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from fake_backend.processor.cards import look_up
from tests.fake.support.bank import BUYER, CHALLENGED, DECLINED, GOOD, created, events, expired, processor

if TYPE_CHECKING:
    from fake_backend.processor import Processor
    from fake_backend.processor.cards import Card

DECLINED_TWICE = look_up("4000008400001629")  # asks for 3-D Secure, and is declined all the same


@pytest.fixture
def bank() -> Processor:
    return processor()


def challenged(bank: Processor, card: Card = CHALLENGED, **more: Any) -> tuple[str, str]:
    """Make a session, try to pay it, and return its id and that of its challenge."""
    made = created(bank, **more)
    outcome = bank.payments.attempt(made["id"], card, BUYER)
    assert outcome.state == "challenge"
    assert outcome.challenge is not None
    return made["id"], outcome.challenge


def test_a_challenge_keeps_what_the_payment_needs_and_no_number(bank: Processor) -> None:
    session_id, challenge_id = challenged(bank)
    row = bank.database.row("SELECT * FROM challenges")
    assert row is not None
    assert (row["id"], row["session"], row["open"]) == (challenge_id, session_id, 1)
    assert challenge_id.startswith("payatt_")
    assert json.loads(row["card"]) == {"brand": "visa", "last4": "3184", "refusal": None, "challenge": True} | {
        "exp_month": 12,
        "exp_year": 2034,
    }
    assert json.loads(row["customer"]) == BUYER
    intent = bank.database.row("SELECT * FROM payment_intents")
    assert intent is not None
    assert (intent["status"], intent["last4"]) == ("requires_action", "3184")
    assert bank.payments.state(session_id).state == "open"
    assert events(bank) == []


def test_a_passed_challenge_pays(bank: Processor) -> None:
    session_id, challenge_id = challenged(bank)
    outcome = bank.payments.answer(session_id, challenge_id, passed=True)
    row = bank.sessions.get(session_id)
    assert (outcome.state, outcome.event) == ("paid", row["completed_by"])
    assert (row["payment_status"], json.loads(row["customer"])) == ("paid", BUYER)
    again = bank.payments.answer(session_id, challenge_id, passed=False)
    assert (again.state, again.event) == ("paid", outcome.event)
    assert len(events(bank)) == 2


def test_a_failed_challenge_is_a_refusal_of_the_whole_attempt(bank: Processor) -> None:
    session_id, challenge_id = challenged(bank)
    outcome = bank.payments.answer(session_id, challenge_id, passed=False)
    assert outcome.state == "declined"
    assert outcome.refusal is not None
    assert (outcome.refusal.code, outcome.refusal.of_card) == ("payment_intent_authentication_failure", False)
    [(kind, said)] = events(bank)
    assert kind == "payment_intent.payment_failed"
    error = said["last_payment_error"]
    assert error.pop("payment_method")["card"]["last4"] == "3184"
    assert error == {
        "code": "payment_intent_authentication_failure",
        "doc_url": "https://stripe.com/docs/error-codes/payment-intent-authentication-failure",
        "message": outcome.refusal.message,
        "type": "invalid_request_error",
    }
    assert bank.payments.answer(session_id, challenge_id, passed=True).state == "open"
    assert bank.payments.attempt(session_id, GOOD, BUYER).state == "paid"


def test_a_card_may_be_declined_after_its_challenge(bank: Processor) -> None:
    session_id, challenge_id = challenged(bank, DECLINED_TWICE)
    outcome = bank.payments.answer(session_id, challenge_id, passed=True)
    assert outcome.state == "declined"
    assert outcome.refusal is not None
    assert outcome.refusal.decline_code == "generic_decline"
    assert bank.payments.state(session_id).state == "open"


def test_each_of_two_challenges_is_answered_for_itself(bank: Processor) -> None:
    session_id, first = challenged(bank)
    second = bank.payments.attempt(session_id, CHALLENGED, BUYER).challenge
    assert second is not None
    assert bank.payments.answer(session_id, first, passed=False).state == "declined"
    assert bank.payments.answer(session_id, second, passed=True).state == "paid"


def test_a_challenge_belongs_to_its_session(bank: Processor) -> None:
    session_id, challenge_id = challenged(bank)
    other, _ = challenged(bank)
    assert bank.payments.answer(other, challenge_id, passed=True).state == "open"
    assert bank.payments.answer(session_id, "payatt_none", passed=True).state == "open"
    expired(bank, session_id)
    assert bank.payments.answer(session_id, challenge_id, passed=True).state == "closed"
    assert [kind for kind, _ in events(bank)] == ["checkout.session.expired"]


def test_a_session_whose_time_is_over_is_not_paid(bank: Processor, monkeypatch: pytest.MonkeyPatch) -> None:
    (first, challenge_id), second, third = challenged(bank), created(bank)["id"], created(bank)["id"]
    over = time.time() + 25 * 3_600
    monkeypatch.setattr(time, "time", lambda: over)
    assert bank.payments.answer(first, challenge_id, passed=True).state == "closed"
    assert bank.payments.attempt(second, GOOD, BUYER).state == "closed"
    assert bank.payments.state(third).state == "closed"
    assert [kind for kind, _ in events(bank)] == ["checkout.session.expired"] * 3


@pytest.mark.parametrize(
    ("setting", "card", "answer", "states"),
    [
        ("never_finishes", GOOD, "", ("paid", "stuck")),
        ("accept_declined", DECLINED, "", ("declined", "paid")),
        ("accept_declined", DECLINED_TWICE, "pass", ("declined", "paid")),
        ("accept_failed_challenge", CHALLENGED, "fail", ("declined", "paid")),
        ("accept_declined", CHALLENGED, "fail", ("declined", "declined")),
    ],
)
def test_a_setting_changes_one_thing_for_one_reference(
    bank: Processor, setting: str, card: Card, answer: str, states: tuple[str, str]
) -> None:
    bank.change_settings("odd", {setting: True})
    for reference, state in zip(("even", "odd"), states, strict=True):
        made = created(bank, client_reference_id=reference)
        outcome = bank.payments.attempt(made["id"], card, BUYER)
        if answer:
            outcome = bank.payments.answer(made["id"], str(outcome.challenge), passed=answer == "pass")
        assert outcome.state == state
        assert (bank.sessions.get(made["id"])["status"] == "complete") == (state == "paid")
