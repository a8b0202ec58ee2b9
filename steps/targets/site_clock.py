"""The clock of a site that bills by a test clock: moved forward through a hook that the profile names.

The hook takes a POST of JSON, `{"account": E-MAIL, "advance_days": N}`, N days from 0 on, and answers when it is done,
with `{"days_left": DAYS, "today": "YYYY-MM-DD"}`: the days until the account's billing cycle ends, and its day.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import urllib3

from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.targets.profile import ClockEntry

_ANSWER_S = 60.0
"""Seconds within which the hook must answer: a test clock renews subscriptions meanwhile."""
_LONGEST_CYCLE = 31
_HALF_CYCLE = 15


@dataclass(frozen=True)
class Now:
    """What the hook says of an account: days until its billing cycle ends, and its day; None where it is not said."""

    days_left: float | None
    today: date | None


class SiteClock:
    """The hook that moves the clock of one account's workspace."""

    def __init__(self, entry: ClockEntry) -> None:
        self._url = entry.url
        headers = {"Authorization": f"Bearer {entry.token}"} if entry.token else {}
        self._http = urllib3.PoolManager(headers=headers, retries=False, timeout=urllib3.Timeout(_ANSWER_S))

    def now(self, email: str) -> Now:
        """Return what the hook says without moving anything. Raises NotVerifiedError."""
        return self.advance(email, 0)

    def move(self, email: str, to: str) -> int:
        """Move the account's clock to "mid-month", "month-end" (its last day) or "next-month", and return the days.

        Raises NotVerifiedError where the hook does not work, or does not say how long the billing cycle lasts.
        """
        days = self._days_to(email, to)
        if days:
            self.advance(email, days)
        return days

    def advance(self, email: str, days: int) -> Now:
        """Move the account's clock forward by some days. Raises NotVerifiedError."""
        where = f"The clock at {urlsplit(self._url).hostname}"
        try:
            answer = self._http.request("POST", self._url, json={"account": email, "advance_days": days})
        except urllib3.exceptions.HTTPError as error:
            raise NotVerifiedError(f"{where} cannot be reached ({type(error).__name__}).") from None
        if not 200 <= answer.status < 300:
            raise NotVerifiedError(f"{where} refused to move ({answer.status}).")
        try:
            told = answer.json() if answer.data.strip() else {}
            return _read(told if isinstance(told, dict) else {})
        except (ValueError, TypeError):
            raise NotVerifiedError(f"{where} answered what is not understood.") from None

    def _days_to(self, email: str, to: str) -> int:
        left = self.now(email).days_left
        if to == "next-month":  # where nothing is said, no cycle is longer
            return _LONGEST_CYCLE if left is None else math.floor(left) + 1
        if left is None:
            raise NotVerifiedError("The hook of the clock does not say how many days of the billing cycle are left.")
        if to == "month-end":
            return max(math.ceil(left) - 1, 0)
        return math.floor(left) - _HALF_CYCLE if left >= _HALF_CYCLE else math.floor(left) + 1 + _HALF_CYCLE


def _read(told: dict[str, Any]) -> Now:
    left, today = told.get("days_left"), told.get("today")
    return Now(None if left is None else float(left), None if today is None else date.fromisoformat(str(today)))
