"""The processor's sessions against a model."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from fake_backend.processor import clock
from fake_backend.processor.errors import ApiError
from tests.fake.support.bank import A_DAY, BUYER, CHALLENGED, DECLINED, GOOD, created, events, expired, processor
from tests.fake.support.stateful import thorough

if TYPE_CHECKING:
    from fake_backend.processor.cards import Card


@dataclass
class Known:
    """What the model knows of a session; `age` and `life` are in seconds of its reference's clock."""

    reference: str
    life: int
    age: int = 0
    state: str = "open"
    declines: int = 0

    def settle(self) -> None:
        if self.state == "open" and self.age >= self.life:
            self.state = "expired"


class Selling(RuleBasedStateMachine):
    """Sessions of two references are made, paid, declined, challenged and ended, while their clocks go forward."""

    sessions = Bundle("sessions")
    challenges = Bundle("challenges")

    def __init__(self) -> None:
        super().__init__()
        self.bank = processor()
        self.known: dict[str, Known] = {}
        self.answered: set[str] = set()

    @rule(target=sessions, reference=st.sampled_from(["one", "two"]), life=st.sampled_from([None, 31 * 60, 7_200]))
    def create(self, reference: str, life: int | None) -> str:
        expires = str(int(clock.now(self.bank.database, reference)) + life) if life else None
        made = created(self.bank, client_reference_id=reference, expires_at=expires)
        self.known[made["id"]] = Known(reference, life or A_DAY)
        return str(made["id"])

    @rule(session_id=sessions, card=st.sampled_from([GOOD, DECLINED]))
    def pay(self, session_id: str, card: Card) -> None:
        known = self._now(session_id)
        outcome = self.bank.payments.attempt(session_id, card, BUYER)
        if known.state != "open":
            assert outcome.state == {"paid": "paid", "expired": "closed"}[known.state]
        elif card == GOOD:
            assert outcome.state == "paid"
            known.state = "paid"
        else:
            assert outcome.state == "declined"
            known.declines += 1

    @rule(target=challenges, session_id=sessions)
    def begin_a_challenge(self, session_id: str) -> tuple[str, str]:
        known = self._now(session_id)
        outcome = self.bank.payments.attempt(session_id, CHALLENGED, BUYER)
        assert (outcome.state == "challenge") == (known.state == "open")
        return session_id, outcome.challenge or "payatt_none"

    @rule(challenge=challenges, passed=st.booleans())
    def answer(self, challenge: tuple[str, str], passed: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        session_id, challenge_id = challenge
        known = self._now(session_id)
        outcome = self.bank.payments.answer(session_id, challenge_id, passed=passed)
        if known.state != "open" or challenge_id in self.answered:
            assert outcome.state == {"open": "open", "paid": "paid", "expired": "closed"}[known.state]
            return
        self.answered.add(challenge_id)
        assert outcome.state == ("paid" if passed else "declined")
        known.state = "paid" if passed else "open"
        known.declines += not passed

    @rule(session_id=sessions)
    def end(self, session_id: str) -> None:
        known = self._now(session_id)
        if known.state == "open":
            assert expired(self.bank, session_id)["status"] == "expired"
            known.state = "expired"
        else:
            with pytest.raises(ApiError, match="can be expired"):
                expired(self.bank, session_id)

    @rule(reference=st.sampled_from(["one", "two"]), seconds=st.sampled_from([600, 3_600, 80_000]))
    def time_goes_by(self, reference: str, seconds: int) -> None:
        self.bank.advance_clock(reference, seconds)
        for known in self.known.values():
            if known.reference == reference:
                known.age += seconds
                known.settle()

    def _now(self, session_id: str) -> Known:
        known = self.known[session_id]
        known.settle()
        return known

    @invariant()
    def every_session_is_as_the_model_says(self) -> None:
        for reference in ("one", "two"):
            for shown in self.bank.list_sessions(reference):
                known = self._now(shown["id"])
                assert (shown["status"], shown["payment_status"]) == {
                    "open": ("open", "unpaid"),
                    "paid": ("complete", "paid"),
                    "expired": ("expired", "unpaid"),
                }[known.state]
                assert (shown["url"] is None) == (known.state != "open")

    @invariant()
    def what_happened_is_told_once(self) -> None:
        counted = Counter((kind, self._session_of(said)) for kind, said in events(self.bank))
        wanted: Counter[tuple[str, str]] = Counter()
        for session_id, known in self.known.items():
            wanted["checkout.session.completed", session_id] = known.state == "paid"
            wanted["payment_intent.succeeded", session_id] = known.state == "paid"
            wanted["checkout.session.expired", session_id] = known.state == "expired"
            wanted["payment_intent.payment_failed", session_id] = known.declines
        assert +counted == +wanted

    def _session_of(self, said: dict[str, Any]) -> str:
        if said["object"] == "checkout.session":
            return str(said["id"])
        row = self.bank.database.row("SELECT session FROM payment_intents WHERE id = ?", [said["id"]])
        assert row is not None
        return str(row["session"])


Selling.TestCase.settings = thorough(steps=1_000)
TestSelling = Selling.TestCase
