"""What Billing says of the plan beside its name: what it costs, what it holds each month, what it changes to."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING

from steps.readers.figures.dates import calendar_of
from steps.readers.figures.numbers import without_dates
from steps.readers.page.fact import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from steps.readers.credits.credits import CreditsReading, Shown
    from steps.readers.figures.dates import Calendar
    from steps.readers.money.money import Money
    from steps.targets.profile import Profile

_TERM = re.compile(
    r"(?:\b(?:per|each|every|a)\s+|/\s?)(?:month|year|mo|yr)\b|\b(?:monthly|yearly) price\b", re.IGNORECASE
)


_CYCLE = re.compile(r"\b(?:renew(?:s|al|ed)?|resets?)\b|\bbilling (?:cycle|period)\b", re.IGNORECASE)
_LEFT = re.compile(r"\bin \d|\bhours?\b|\bminutes?\b|\d\s?[hms]\b", re.IGNORECASE)
"""A time that runs down by itself: "Resets in 4 h 10 min"."""
_TO_COME = re.compile(
    r"\b(?:changes?|changing|changed|downgrades?|downgrading|moves?) to\b"
    r"|\b(?:trial|plan|subscription)\b.*\b(?:ends?|expires?|cancell?ed|cancels)\b",
    re.IGNORECASE,
)
"""What tells that the plan is to end, or another one to come."""

_TO_ANOTHER = re.compile(
    r"\b(?:plan )?(?:changes|changing|downgrades|downgrading|upgrades|upgrading|moves|moving|switches|switching) to\b",
    re.IGNORECASE,
)
_OF_A_CYCLE = re.compile(
    r"renew|\b(?:cycle|period|billing|billed|invoice|charge|payment|next|resets?)\b", re.IGNORECASE
)
_FAILED = re.compile(r"\b(?:fail\w*|declin\w*|cancel\w*|unsuccess\w*|not|cannot|could)\b|n['\u2019]t\b", re.IGNORECASE)
_BEGINS = re.compile(r"\b(?:starts|begins|effective|takes effect|active) (?:on|from|as of)\b", re.IGNORECASE)
"""What is said of a plan that is not there yet."""

_BUYS_BY_ITSELF = re.compile(
    r"\bauto(?:matic(?:ally)?)?[- ]?(?:recharge|reload|refill|top[- ]?up)s?\b"
    r"(?!\W*(?:is )?(?:off|disabled|inactive|not)\b)",
    re.IGNORECASE,
)
_ON_OR_OFF = re.compile(r"\W*(?:is )?(?:on|off|(?:in)?active|(?:not )?(?:enabled|active)|disabled)\W*", re.IGNORECASE)
_NEVER_EXPIRES = re.compile(r"\b(?:never|not|no|without)\b[^.]*\bexpir|n['’]t expire\b", re.IGNORECASE)
_EXPIRES = re.compile(r"\bexpir(?:es?|y|ation)\b", re.IGNORECASE)

_NO_RENEWAL = re.compile(r"\breset|\blast\b|\bprevious|\brenewed\b|\bsince\b|\bstart|\bbegan\b", re.IGNORECASE)
"""Words of a line about the billing cycle that tells of other days than its end."""
_NAMED = re.compile(r"\bto (?:the )?([^\W\d_]+)")
"""What a plan is named by that something changes to."""
_SAME_DAY = timedelta(days=1)
"""The last day of a cycle, and the first of the next, are told as its end alike; time zones differ by one."""

_RENEWS = re.compile(r"\b(?:auto-?)?renew(?:s|al|ed)?\b", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\b|\b(?:start|joined|began)", re.IGNORECASE)
_ENDS = re.compile(r"^(?:it |your plan |your subscription )?(?:ends?|expires?|cancels?|cancell?ed)\b", re.IGNORECASE)


def changed_terms(before: CreditsReading, after: CreditsReading, plans: Iterable[str]) -> list[str]:
    """Return what a purchase changed of the plan's terms, in words.

    A line of the same form tells what a month holds or costs with another number; a new line names another plan.
    """
    found = []
    for was in filter(_is_term, before.shown):
        now = [one for one in after.shown if _form(one) == _form(was)]
        if now and all(one.text != was.text for one in now):
            found.append(f"“{was.text}” became “{now[0].text}”")
    found += [f"“{was}” became “{now}”" for was, now in (*_replaced(before, after), *_moved(before, after))]
    found += [f"“{was}” became “{now}”" for was, now in (*_ended(before, after), *_expiring(before, after))]
    own = before.plan.value.casefold() if isinstance(before.plan, Fact) else ""
    others = [plan for plan in plans if plan.casefold() not in own]
    words = re.compile("|".join(rf"\b{re.escape(plan)}\b" for plan in others) or r"(?!)")
    known = set(map(_form, before.shown))
    new = (one.text for one in after.shown if _form(one) not in known)
    found += [f"“{text}” came" for text in new if words.search(text) or _TO_COME.search(text)]
    found += [f"“{text}” came" for text in begins_to_buy(before, after)]
    told = (text for text in after.messages if text not in before.messages)
    return found + [f"“{text}” came" for text in told if _TO_COME.search(text)]


def begins_to_buy(before: CreditsReading, after: CreditsReading) -> list[str]:
    """Return what tells that credits are bought without being asked for, where nothing told so before."""
    if any(_BUYS_BY_ITSELF.search(text) for text in _with_values(before)):
        return []
    return [text for text in _with_values(after) if _BUYS_BY_ITSELF.search(text)]


def _with_values(reading: CreditsReading) -> Iterator[str]:
    """Yield each line, with the next one where that says whether something is on: "Automatic top-up", "Off"."""
    for line, following in zip_longest(reading.shown, reading.shown[1:]):
        is_value = following is not None and _ON_OR_OFF.fullmatch(following.text)
        yield f"{line.text} {following.text}" if is_value and following else line.text


def _expiring(before: CreditsReading, after: CreditsReading) -> Iterator[tuple[str, str]]:
    """Yield what was said never to expire, with what is said to expire instead."""
    stood = {one.text for one in before.shown}
    lasting = [[one.text for one in each.shown if _NEVER_EXPIRES.search(one.text)] for each in (before, after)]
    new = (one.text for one in after.shown if one.text not in stood)
    if lasting[0] and not lasting[1]:
        yield from ((lasting[0][0], text) for text in new if _EXPIRES.search(text))


def _replaced(before: CreditsReading, after: CreditsReading) -> Iterator[tuple[str, str]]:
    """Yield terms that are told otherwise now: those that are gone, with those that came."""
    was, now = ({_form(one): one.text for one in reading.shown if _is_term(one)} for reading in (before, after))
    yield from zip(
        (text for form, text in was.items() if form not in now),
        (text for form, text in now.items() if form not in was),
        strict=False,
    )


def _moved(before: CreditsReading, after: CreditsReading) -> Iterator[tuple[str, str]]:
    """Yield what is told of the billing cycle, or below it, where that is another day now."""
    was, now = (dict(_of_the_cycle(reading)) for reading in (before, after))
    yield from ((text, now[label]) for label, text in was.items() if now.get(label, text) != text)


def _of_the_cycle(reading: CreditsReading) -> Iterator[tuple[str, str]]:
    """Yield each line about the billing cycle by its words, with the days that it or the next line tells."""
    for line, following in zip_longest(reading.shown, reading.shown[1:]):
        if _CYCLE.search(line.text) and not _LEFT.search(line.text):
            told = line.text if re.search(r"\d", line.text) or following is None else following.text
            if told != line.text and without_dates(told) == told:
                continue  # it is about something else
            label = re.sub(r"\W*\b\w*\d.*", "", without_dates(line.text))
            yield " ".join(label.split()).casefold(), told


def _ended(before: CreditsReading, after: CreditsReading) -> Iterator[tuple[str, str]]:
    """Yield what told that the plan renews, and what has come instead that tells that it ends."""
    was = [one.text for one in before.shown if _RENEWS.search(one.text)]
    if was and not any(_RENEWS.search(one.text) for one in after.shown):
        known = {one.text for one in before.shown}
        yield from ((was[0], one.text) for one in after.shown if _ENDS.search(one.text) and one.text not in known)


def announced_amiss(before: CreditsReading, after: CreditsReading, chosen: str, profile: Profile) -> str:
    """Return what announces another plan than the chosen one, or other days than the end of the billing cycle.

    That is held as far as Billing told of it before; "" for nothing.
    """
    was, now = ([one.text for one in reading.shown] for reading in (before, after))
    calendar = calendar_of(profile, texts=(*was, *now))
    ends = [(label, day) for label, told in _of_the_cycle(before) for day in _days(calendar, told)]
    renewals = [day for label, day in ends if not _NO_RENEWAL.search(label)]
    plans = {one.casefold() for one in (*profile.labels.of("plan_name").names, *profile.plans)} - {chosen.casefold()}
    known = {*was, *before.messages}
    for text in (text for text in (*now, *after.messages) if text not in known and _TO_COME.search(text)):
        days, named = _days(calendar, text), {word.casefold() for word in _NAMED.findall(text)}
        is_early = ends and days and max(days) + _SAME_DAY < min(day for _, day in ends)
        is_late = renewals and days and min(days) > max(renewals) + _SAME_DAY
        is_another = chosen.casefold() not in text.casefold() and bool(named & plans)
        if is_early or is_late or is_another:
            return text
    return ""


def comes_later(before: CreditsReading, after: CreditsReading, chosen: str, profile: Profile, today: date) -> str:
    """Return what has come to announce that a plan which was paid for begins later, or gives way to another one."""
    texts = [one.text for one in (*before.shown, *after.shown)]
    calendar, known = calendar_of(profile, texts=texts), {*texts[: len(before.shown)], *before.messages}
    plans = {one.casefold() for one in (*profile.labels.of("plan_name").names, *profile.plans)} - {chosen.casefold()}
    for text in (text for text in (*(one.text for one in after.shown), *after.messages) if text not in known):
        is_later = any(day > today + _SAME_DAY for day in _days(calendar, text)) and not _OF_A_CYCLE.search(text)
        to_another = bool({word.casefold() for word in _NAMED.findall(text)} & plans)
        if is_later and (_BEGINS.search(text) or (to_another and _TO_ANOTHER.search(text))):
            return text
    return ""


def announced(before: CreditsReading, after: CreditsReading) -> str:
    """Return what has come to announce another plan; "" for nothing."""
    known = {_form(one) for one in before.shown}
    lines = [one.text for one in after.shown if _form(one) not in known]
    new = [*lines, *(text for text in after.messages if text not in before.messages)]
    return next((text for text in new if _TO_ANOTHER.search(text) and not _FAILED.search(text)), "")


def said_to_be_on(texts: Iterable[str], plan: str) -> str:
    """Return the text that says that the workspace is on a plan now; "" for none."""
    words = re.compile(rf"\byou(?:['\u2019]re| are)(?: now)? on (?:the |our )?{re.escape(plan)}\b", re.IGNORECASE)
    return next((text for text in texts if words.search(text)), "")


def outdated(before: CreditsReading, after: CreditsReading, profile: Profile) -> list[str]:
    """Return what tells of a day of the billing cycle, or of a change of the plan, as it did in an earlier cycle.

    A change to the plan that the workspace is on by now is over as well.
    """
    was, now = ({*_told_for_days(one)} for one in (before, after))
    calendar = calendar_of(profile, texts=(*was, *now))
    found = [text for text in _told_for_days(after) if text in was and _days(calendar, text)]
    own = re.escape(after.plan.value) if isinstance(after.plan, Fact) else r"(?!)"
    to_own = re.compile(rf"\b(?:chang|mov|switch|downgrad)(?:es?|ing) to (?:the )?{own}\b", re.IGNORECASE)
    return found + [text for text in now if text not in found and to_own.search(text)]


def _told_for_days(reading: CreditsReading) -> Iterator[str]:
    yield from (told for _, told in _of_the_cycle(reading) if not _SINCE.search(told))
    yield from (one.text for one in reading.shown if _TO_COME.search(one.text))


def _days(calendar: Calendar, text: str) -> list[date]:
    return [day.date for day in calendar.days_in(text) if day.date is not None]


def unchanged_terms(before: CreditsReading, after: CreditsReading) -> list[str]:
    """Return the lines that tell of a month's credits as before, though the monthly credits are others."""
    was, now = (_month_of(one) for one in (before, after))
    if was is None or now is None or was == now:
        return []
    own = [one for one in before.shown if _is_term(one) and any(number.value == was for number in one.numbers)]
    return [one.text for one in own if one.text in {line.text for line in after.shown}]


def unchanged_fee(before: CreditsReading, after: CreditsReading, was: Money | None, now: Money | None) -> list[str]:
    """Return the lines that tell what a month costs as before, though the plan is another, of another price."""
    if was is None or now is None or was == now:
        return []
    own = {one.text for one in before.shown if _is_term(one) and _is_fee(one, was)}
    terms = [one for one in after.shown if _is_term(one)]
    is_told = any(_is_fee(one, now) for one in terms)  # else a day in the line may be another one
    return [one.text for one in terms if own and _is_fee(one, was) and (one.text in own or not is_told)]


def other_fee(before: CreditsReading, after: CreditsReading, was: Money | None, due: Money | None) -> list[str]:
    """Return the lines that tell of another price than is `due`, where the same words told what the plan `was`."""
    if was is None or due is None:
        return []
    forms = {_form_of(one, before) for one in before.shown if _is_term(one) and _is_fee(one, was)}
    now = [[one for one in after.shown if _form_of(one, after) == form] for form in forms]
    others = [some for some in now if some and not any(_is_fee(one, due) for one in some)]
    return [one.text for some in others for one in some if any(number.kind == "money" for number in one.numbers)]


def _is_fee(line: Shown, price: Money) -> bool:
    return any(number.kind == "money" and number.value == price.amount for number in line.numbers)


def _month_of(reading: CreditsReading) -> int | None:
    """Return how many credits the plan's month has; None where that is not told."""
    if not isinstance(reading.monthly, Fact):
        return None
    balance = reading.monthly.value
    both = balance.left + balance.used if balance.left is not None and balance.used is not None else None
    return both if balance.whole is None else balance.whole


def _is_term(line: Shown) -> bool:
    return bool(line.numbers) and bool(_TERM.search(line.text))


def _form_of(line: Shown, reading: CreditsReading) -> str:
    """Return a line without its numbers, and without the name of the plan."""
    plan = reading.plan.value.casefold() if isinstance(reading.plan, Fact) else ""
    return _form(line).replace(plan, "") if plan else _form(line)


def _form(line: Shown) -> str:
    """Return a line without its numbers, those of prices among them."""
    return re.sub(r"\d[\d.,]*", "#", line.text.casefold())
