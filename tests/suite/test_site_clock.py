"""The hook of a profile that moves the billing clock of an account."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask, request

from steps.targets.profile import ClockEntry
from steps.targets.site_clock import Now, SiteClock
from steps.verdicts.verdict import NotVerifiedError
from tests.tools.foreign_site.__main__ import serve

if TYPE_CHECKING:
    from collections.abc import Callable

EMAIL = "ada@example.com"


class Hook:
    """A hook that takes note of what it is asked; `left` are the days that the billing cycle has left."""

    def __init__(self) -> None:
        self.left: float | None = 18
        self.asked: list[dict[str, Any]] = []
        self.tokens: set[str | None] = set()
        self.answer: Callable[[], Any] = lambda: {} if self.left is None else {"days_left": self.left}
        app = Flask("hook")
        app.add_url_rule("/", view_func=self._move, methods=["POST"])
        self.clock = SiteClock(ClockEntry(url=serve(app, 0), token="s3cret"))

    def _move(self) -> Any:
        self.asked.append(request.get_json())
        self.tokens.add(request.headers.get("Authorization"))
        return self.answer()

    @property
    def moved(self) -> list[int]:
        assert {one["account"] for one in self.asked} == {EMAIL}
        assert self.tokens == {"Bearer s3cret"}
        return [one["advance_days"] for one in self.asked if one["advance_days"]]


@pytest.fixture
def hook() -> Hook:
    return Hook()


@pytest.mark.parametrize(
    ("left", "to", "days"),
    [
        (18, "mid-month", 3),
        (15, "mid-month", 0),
        (14.5, "mid-month", 30),
        (18, "month-end", 17),
        (17.4, "month-end", 17),
        (1, "month-end", 0),
        (0.5, "month-end", 0),
        (18, "next-month", 19),
        (0.5, "next-month", 1),
        (None, "next-month", 31),
    ],
)
def test_the_clock_goes_to_points_of_the_billing_cycle(hook: Hook, left: float | None, to: str, days: int) -> None:
    hook.left = left
    assert hook.clock.move(EMAIL, to) == days
    assert hook.moved == ([days] if days else [])


def test_where_the_cycle_is_not_told_only_the_next_one_can_be_reached(hook: Hook) -> None:
    hook.left = None
    with pytest.raises(NotVerifiedError, match=r"does not say how many days"):
        hook.clock.move(EMAIL, "month-end")
    assert not hook.moved


def test_the_hook_says_which_day_it_is(hook: Hook) -> None:
    hook.answer = lambda: {"days_left": 3.5, "today": "2026-12-27"}
    assert hook.clock.now(EMAIL) == Now(3.5, date(2026, 12, 27))
    hook.answer = lambda: ("", 204)
    assert hook.clock.now(EMAIL) == Now(None, None)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (({"error": "s3cret"}, 403), "refused to move (403)"),
        ("<h1>Welcome</h1>", "answered what is not understood"),
        ({"days_left": "soon"}, "answered what is not understood"),
        ({"today": "tomorrow"}, "answered what is not understood"),
    ],
)
def test_a_hook_that_does_not_work_is_one_sentence(hook: Hook, answer: Any, words: str) -> None:
    hook.answer = lambda: answer
    with pytest.raises(NotVerifiedError) as told:
        hook.clock.now(EMAIL)
    assert str(told.value) == f"The clock at 127.0.0.1 {words}."


def test_a_hook_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(NotVerifiedError, match=r"^The clock at 127\.0\.0\.1 cannot be reached \(\w+\)\.$"):
        SiteClock(ClockEntry(url="http://127.0.0.1:9/")).now(EMAIL)
