"""Holding what is seen against what was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class BrokenPromiseError(AssertionError):
    """A promise is not kept: what it leads to expect, and what was seen instead."""

    def __init__(self, expected: str, seen: str) -> None:
        super().__init__(f"expected: {expected}\nseen:     {seen}")
        self.expected = expected
        self.seen = seen


def expect(kept: bool, expected: str, seen: str | Callable[[], str]) -> None:  # noqa: FBT001 - reads as a sentence
    """Raise BrokenPromiseError unless the promise is kept; `seen` may be costly to tell, then it is a function."""
    if not kept:
        raise BrokenPromiseError(expected, seen() if callable(seen) else seen)
