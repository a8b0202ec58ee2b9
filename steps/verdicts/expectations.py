"""Holding what is seen against what was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class BrokenPromiseError(AssertionError):
    """A promise is not kept: what it leads to expect, and what was seen instead.

    `promise` is its tag ("doc:buy-credits.4") where it is another than the one that the scenario is about.
    """

    def __init__(self, expected: str, seen: str, promise: str = "") -> None:
        super().__init__(f"expected: {expected}\nseen:     {seen}")
        self.promise = promise
        self.expected = expected
        self.seen = seen


class SignedOutError(BrokenPromiseError):
    """A buyer who was signed in when they went to pay is asked to sign in on coming back.

    Elsewhere a session that has ended says nothing of a promise; here ending it is what the site did.
    """

    def __init__(self, seen: str) -> None:
        super().__init__("the buyer comes back to the account, signed in as before", seen, "doc:buy-credits.4")


def check(condition: bool, *, expected: str, actual: str | Callable[[], str], promise: str = "") -> None:  # noqa: FBT001 - the one thing that is checked
    """Raise BrokenPromiseError unless the condition holds.

    `actual` may be a function where describing what was seen is costly. A step that only leads to what the scenario
    is about names the `promise` that it rests on.
    """
    if not condition:
        raise BrokenPromiseError(expected, actual() if callable(actual) else actual, promise)
