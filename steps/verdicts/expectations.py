"""Checking what was observed against what was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class BrokenPromiseError(AssertionError):
    """A promise is broken: what was expected, and what was observed.

    `promise` is its tag ("doc:buy-credits.4b") if it is not the promise that the scenario is about.
    """

    def __init__(self, expected: str, seen: str, promise: str = "") -> None:
        super().__init__(f"expected: {expected}\nseen:     {seen}")
        self.promise = promise
        self.expected = expected
        self.seen = seen


class SignedOutError(BrokenPromiseError):
    """A buyer who was signed in before the payment page is asked to sign in when they return.

    An ended session normally says nothing about a promise; here the site itself ended it.
    """

    def __init__(self, seen: str, promise: str = "doc:buy-credits.4b") -> None:
        super().__init__("the buyer comes back to the account, signed in as before", seen, promise)


def check(condition: bool, *, expected: str, actual: str | Callable[[], str], promise: str = "") -> None:  # noqa: FBT001 - the one thing that is checked
    """Raise BrokenPromiseError unless the condition holds.

    `actual` may be a function, if describing the observation is costly. A set-up step passes the `promise` that it
    depends on.
    """
    if not condition:
        raise BrokenPromiseError(expected, actual() if callable(actual) else actual, promise)
