"""Days that are over, though Billing tells of them as if they were to come: an expiry, a renewal."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING

from steps.readers.figures.dates import calendar_of, meant_otherwise
from steps.readers.figures.numbers import without_dates
from steps.readers.page.fact import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from steps.readers.credits.credits import CreditsReading
    from steps.targets.profile import Profile

_EXPIRE = re.compile(r"\bcredits?\b.*\b(?:expires?|expiry|valid until)\b", re.IGNORECASE)
_PLAN_S = re.compile(r"\b(?:monthly|plan|trial)\b", re.IGNORECASE)
_RENEWS = re.compile(r"\b(?:renews|resets|next (?:renewal|billing|invoice|payment|charge)\b)", re.IGNORECASE)
_A_DAY = timedelta(days=1)
"""How far a day may be off between time zones."""


def expired(reading: CreditsReading, profile: Profile, today: date) -> str:
    """Return the line that says that the add-on credits have expired, though some are shown; "" where none does.

    It counts where it is the only one.
    """
    add_on = reading.add_on.value.likely_left if isinstance(reading.add_on, Fact) else None
    told = [text for text in _with_days(reading) if _EXPIRE.search(text) and not _PLAN_S.search(text)]
    if not add_on or len(told) != 1:
        return ""
    return told[0] if _is_over(told[0], reading, profile, today) else ""


def renewed_before(reading: CreditsReading, profile: Profile, today: date) -> str:
    """Return the line that says that the plan renews on a day that is over, "" for none."""
    told = (text for text in _with_days(reading) if _RENEWS.search(text))
    return next((text for text in told if _is_over(text, reading, profile, today)), "")


def _is_over(text: str, reading: CreditsReading, profile: Profile, today: date) -> bool:
    """Whether all days of a text are over, in whatever order day and month are meant."""
    days = calendar_of(profile, texts=[one.text for one in reading.shown]).days_in(text)
    may_be = {day.date for day in days} | {other for day in days for other in meant_otherwise(day.text)}
    return bool(may_be) and all(one is not None and one + _A_DAY < today for one in may_be)


def _with_days(reading: CreditsReading) -> Iterator[str]:
    """Yield each line, with the next one where that is a day alone."""
    for line, following in zip_longest(reading.shown, reading.shown[1:]):
        is_day = (
            following is not None and re.search(r"\d", following.text) and not without_dates(following.text).strip()
        )
        yield f"{line.text} {following.text}" if is_day and following else line.text
