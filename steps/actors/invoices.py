"""The list of past payments as a member finds it, and how two lists differ."""

from __future__ import annotations

import re
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from steps.pages.invoices import Invoices
from steps.readers.invoices.payments import is_unpaid, kind_of
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from steps.actors.member import Member
    from steps.readers.invoices.invoices import Invoice

INVOICES = "doc:billing.6"
_TIME = re.compile(r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?:\s?([ap]m)\b)?", re.IGNORECASE)
_FARTHEST_WEST, _FARTHEST_EAST = timedelta(hours=-11), timedelta(hours=14)
"""How far the clocks of people are behind and ahead of UTC at most."""
_SLACK = timedelta(minutes=15)
MIDNIGHT = timedelta(minutes=5)
"""How near to midnight a payment may be dated a day before or after."""
_TAKEN_BACK = re.compile(r"refund|credit (?:note|memo)|reversal|void|cancel", re.IGNORECASE)


def invoices_of(member: Member, *, anew: bool = False) -> Invoices:
    """Return the invoices on Billing; `anew` they are on their first page and not filtered."""
    if anew:
        member.billing_anew()
    else:
        member.billing()
        member.billing_at = member.billing_at or member.page.url
    return Invoices(member.page, member.target.profile)


def listed_after(member: Member, known: list[Invoice]) -> list[Invoice]:
    """Return all invoices, once there is a new one that is paid: no page promises that invoices come at once.

    A new one alone may be followed by its double, so that the list is looked at once more.
    """
    deadline = time.monotonic() + member.target.profile.limits.page / 3
    listed = invoices_of(member, anew=True).all()
    while time.monotonic() < deadline:
        new = beyond(listed, known)
        if new and not any(is_unpaid(one) for one in new):
            return invoices_of(member, anew=True).all() if len(new) == 1 else listed
        listed = invoices_of(member, anew=True).all()
    return listed


def certain(invoice: Invoice, *known: str) -> None:
    """Raise NotVerifiedError where something of an invoice cannot be told for certain, but for what is known of it."""
    if unclear := [one for one in invoice.unclear if one.about not in known]:
        raise NotVerifiedError(str(unclear[0]))


def tells_days(member: Member) -> bool:
    """Whether it is known in which time zone the target tells days: its own, or that of the profile."""
    return member.target.sets_up or bool(member.target.profile.timezone)


def days_of(now: datetime) -> set[date]:
    """Return the days that it is anywhere where people live."""
    return {now.astimezone(ZoneInfo(zone)).date() for zone in ("Etc/GMT+11", "Etc/UTC", "Etc/GMT-14")}


def may_be_now(invoice: Invoice, now: datetime) -> bool:
    """Whether the time of day that an invoice tells is now somewhere where people live; True where it tells none."""
    told = _TIME.findall(invoice.text)
    if invoice.date is None or len(told) != 1:
        return True
    hour, minute, half = int(told[0][0]), int(told[0][1]), told[0][2].lower()
    hour = hour % 12 + 12 * (half == "pm") if half else hour
    local = datetime(invoice.date.year, invoice.date.month, invoice.date.day, hour, minute)  # noqa: DTZ001 - of any zone
    ahead = local - now.astimezone(UTC).replace(tzinfo=None)
    return _FARTHEST_WEST - _SLACK <= ahead <= _FARTHEST_EAST + _SLACK


def beyond(listed: Iterable[Invoice], known: Iterable[Invoice]) -> list[Invoice]:
    """Return the invoices that are not among the known ones; one that is listed twice counts twice."""
    left = Counter(map(facts, known))
    new = []
    for one in listed:
        if left[facts(one)] > 0:
            left[facts(one)] -= 1
        else:
            new.append(one)
    return new


def newer(listed: Sequence[Invoice], known: Sequence[Invoice]) -> Sequence[Invoice]:
    """Return a whole list as far as the last of those that its first page showed before: what follows is older.

    Lists begin with the newest, but for those whose first day is before their last.
    """
    days = [one.date for one in listed if one.date is not None]
    if days and days[0] < days[-1]:
        return listed
    wanted = {*map(facts, known)}
    last = max((at for at, one in enumerate(listed) if facts(one) in wanted), default=len(listed))
    return listed[: last + 1]


def facts(invoice: Invoice) -> tuple[str, ...]:
    """Return what stays the same of an invoice, however it is listed."""
    return tuple(map(str, (invoice.number, invoice.day or invoice.date, invoice.amount, invoice.credits, invoice.type)))


def no_longer_paid(before: Iterable[Invoice], now: Sequence[Invoice]) -> list[Invoice]:
    """Return the invoices as they show now that were paid before, and are not any more."""
    paid = {facts(one) for one in before if one.status and not is_unpaid(one)}
    still = {facts(one) for one in now if not is_unpaid(one)}
    return [one for one in now if is_unpaid(one) and facts(one) in paid - still]


def is_marked_otherwise(invoice: Invoice, listed: Iterable[Invoice], paid: Sequence[str]) -> bool:
    """Whether an invoice is marked in a word that means no payment that is known, and as none of the earlier ones."""
    said = invoice.status.casefold().strip()
    is_known = any(re.search(rf"(?<!\w){re.escape(one.casefold())}(?!\w)", said) for one in paid)
    others = {one.status.casefold().strip() for one in listed if one.number != invoice.number} - {""}
    return bool(said) and not is_known and bool(others) and said not in others


def part_of(days: Sequence[date]) -> tuple[date, date]:
    """Return the first and the last day of a part of the time: each a day of payments, and others lie outside.

    Where the list has such, others are of the day before the first and of the day after the last one, and the first
    and the last are days that could be taken for months.
    """
    middle, day = (len(days) - 1) // 2, timedelta(days=1)
    first = min(
        range(len(days) > 2, max(middle + 1, len(days) - 1)),
        key=lambda at: (
            at == 0 or days[at] - days[at - 1] > day,
            at > middle,
            _is_plain(days[at]),
            abs(at - len(days) // 3),
        ),
    )
    last = min(
        range(max(middle, first), len(days) - 1),
        key=lambda at: (days[at + 1] - days[at] > day, _is_plain(days[at]), abs(at - 2 * len(days) // 3 + 1)),
    )
    return days[first], days[last]


def _is_plain(day: date) -> bool:
    """Whether nobody could take the day for the month."""
    return day.day > 12 or day.day == day.month


def counts_otherwise(member: Member, part: tuple[date, date], lacking: list[Invoice], others: list[Invoice]) -> bool:
    """Whether a filter takes payments for those of the day before or after: it may count in another time zone.

    That is asked where nobody has said in which it tells days, and where what is `lacking` and what is listed besides
    lies on and next to the edges: then the former is listed for the days around the part, and the latter is not.
    """
    day = timedelta(days=1)
    amiss = [one.date for one in (*lacking, *others) if one.date]
    if tells_days(member) or any(min(abs(one - edge) for edge in part) > day for one in amiss):
        return False
    around: list[Invoice] = []
    for begin, end in ((part[0] - 2 * day, part[0] - day), (part[1] + day, part[1] + 2 * day)):
        invoices = invoices_of(member, anew=True)
        invoices.of_time(begin, end)
        around += invoices.all()
    return not beyond(lacking, around) and len(beyond(others, around)) == len(others)


def samples(listed: Iterable[Invoice]) -> list[Invoice]:
    """Return the newest three payments, the oldest, and one of a kind that these lack; of those that are paid.

    And the oldest for credits that was for others than the newest, and that of a package that has cost otherwise since.
    """
    ordered = _paid_by_age(listed)
    some = [*ordered[:3], *ordered[-1:]]
    bought = [one for one in ordered if one.credits]
    another = [one for one in bought if one.credits != bought[0].credits][-1:]
    newest = {one.credits: one.amount for one in reversed(bought)}
    repriced = [one for one in bought if one.amount != newest[one.credits]][-1:]
    return list(dict.fromkeys([*some, *_one_of_each(ordered, some), *another, *repriced]))


def oldest(listed: Iterable[Invoice]) -> list[Invoice]:
    """Return the oldest of the payments; [] where there are none."""
    return _paid_by_age(listed)[-1:]


def _paid_by_age(listed: Iterable[Invoice]) -> list[Invoice]:
    """Return the newest payment first; those that are paid, where there are such."""
    ordered = sorted(listed, key=lambda one: one.date or date.min, reverse=True)
    return [one for one in ordered if not is_unpaid(one)] or ordered


def one_more(listed: Iterable[Invoice], known: Iterable[Invoice]) -> list[Invoice]:
    """Return one of the invoices, of a kind that the known ones lack where there is one; [] for none."""
    ordered = [one for one in listed if not is_unpaid(one)]
    return [*_one_of_each(ordered, known), *ordered][:1]


def _one_of_each(listed: Sequence[Invoice], known: Iterable[Invoice]) -> list[Invoice]:
    """Return the first one of each kind that the known ones lack."""
    there = {None, *map(kind_of, known)}
    return list({kind_of(one): one for one in reversed(listed) if kind_of(one) not in there}.values())


def rows(invoices: Sequence[Invoice]) -> str:
    """Return what the rows say, for a message."""
    return "; ".join(f"“{invoice.text}”" for invoice in invoices) or "none"


def is_like(one: Invoice, other: Invoice) -> bool:
    """Whether an invoice is for credits that were bought just as those of another one."""
    is_paid = one.amount is not None and one.amount.amount > 0
    return is_paid and one.credits is not None and (one.type, one.status) == (other.type, other.status)


def shared(listed: list[Invoice], known: list[Invoice]) -> list[Invoice]:
    """Return the invoices of a list that are known."""
    return [one for one in listed if not beyond([one], known)]


def of_one_number(listed: Sequence[Invoice]) -> list[Invoice]:
    """Return the invoices that share one number, where most others have their own: else it may be of something else.

    A refund may have the number of its invoice.
    """
    own = [one for one in listed if one.number and not _TAKEN_BACK.search(one.text)]
    count = Counter(one.number for one in own)
    shared = [one for one in own if count[one.number] > 1]
    is_one_slip = len({one.number for one in shared}) == 1 and len(own) > 2 and 2 * len(shared) <= len(own) + 1
    return shared if is_one_slip and len({one.date for one in shared}) > 1 else []
