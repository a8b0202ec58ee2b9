"""How a scenario can end besides passed and failed. None of these is ever shown as green."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What a run says of a scenario."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_VERIFIED = "not verified"
    REFUSED = "refused"
    BLOCKED = "blocked"


class UnverifiedError(Exception):
    """The scenario cannot be judged; the message is the reason, in a sentence for people."""

    verdict = Verdict.NOT_VERIFIED


class NotVerifiedError(UnverifiedError):
    """Nothing can be said, for this target cannot be asked."""


class TargetUnavailableError(UnverifiedError):
    """The target itself is in trouble (down, unreachable, session expired): no word on any promise."""


class HttpServerError(TargetUnavailableError):
    """One address was answered with an error of the server's; whether all of the site is in trouble is not said."""

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
