"""How a scenario can end other than passed and failed. None of these is ever shown as green."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Verdict(StrEnum):
    """The result of a scenario."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_VERIFIED = "not verified"
    REFUSED = "refused"
    BLOCKED = "blocked"


class UnverifiedError(Exception):
    """The scenario cannot be judged; the message is a sentence that gives the reason.

    `line` is the line of the profile that would change it, with which the message then ends.
    """

    verdict = Verdict.NOT_VERIFIED

    def __init__(self, reason: str, *, line: str = "") -> None:
        super().__init__(f"{reason} {SETTLES} {line}" if line else reason)
        self.line = line


SETTLES = "The profile line that settles it:"
"""What stands before the line of the profile with which a reason ends."""


class NotVerifiedError(UnverifiedError):
    """The target cannot be asked, so nothing is known."""


class TargetUnavailableError(UnverifiedError):
    """The target itself is in trouble (down, unreachable, session expired), which says nothing about any promise."""


class HttpServerError(TargetUnavailableError):
    """One URL was answered with a server error; whether the whole site is in trouble is not known."""

    def __init__(self, address: str, status: int, words: str) -> None:
        super().__init__(f"{address} answered with {status} {words}: the site itself is in trouble.")
        self.address = address
        self.status = status


class RefusedError(UnverifiedError):
    """The spend guard stopped the scenario before a digit of a card was typed."""

    verdict = Verdict.REFUSED


class BlockedError(UnverifiedError):
    """The payment page asked for a human."""

    verdict = Verdict.BLOCKED


class UndefinedStepError(Exception):
    """A step that no definition matches: a mistake of the suite, which says nothing about the site."""

    def __init__(self, step: str, near: Sequence[str]) -> None:
        hint = f" The nearest: {'; '.join(near)}." if near else ""
        super().__init__(f'No step definition matches "{step}".{hint}')
