"""The list of past payments as a member finds it, and how two lists differ."""

from __future__ import annotations

import re
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from steps.pages.invoice_list import invoices_on, is_on_another_page, loaded_invoices_on, unread_invoices
from steps.pages.invoice_walk import RepeatedPageError
from steps.pages.invoices import Invoices
from steps.pages.polling import until
from steps.readers.invoices.payments import is_unpaid, kind_of, may_be_for
from steps.readers.page.fact import Fact
from steps.verdicts.expectations import BrokenPromiseError, check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from steps.actors.member import Member
    from steps.actors.purchase import Purchase
    from steps.pages.billing import BillingPage
    from steps.readers.invoices.invoices import Invoice

_INVOICES = "doc:billing.6"
_STILL_DUE = re.compile(r"\b(?:open|(?:over|past )?due|draft|un-?paid|outstanding|payable)\b", re.IGNORECASE)
"""How an invoice is marked that somebody is to pay."""
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


def looked_through(member: Member) -> list[Invoice]:
    """Return all invoices. Raises BrokenPromiseError where a page repeats the one before, twice in a row."""
    with suppress(RepeatedPageError):
        return invoices_of(member).all()
    try:
        return invoices_of(member, anew=True).all()
    except RepeatedPageError as error:
        raise BrokenPromiseError("further payments on each page of the list", str(error), _INVOICES) from error


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


def lacking_of_this_run(member: Member, listed: Iterable[Invoice], of: int | None = None) -> list[str]:
    """Return the packages (or the one `of` so many credits) that this run paid for and the list lacks, with times.

    Payments of days before the run stand for none of them.
    """
    paid = member.target.paid[member.account.key]
    bought = {amount: times for amount, times in paid.packages.items() if of in {None, amount}}
    first = min(days_of(paid.since)) if paid.since else date.min
    among = [one for one in listed if not is_unpaid(one) and (one.date is None or one.date >= first)]
    count = {amount: sum(may_be_for(one, amount) for one in among) for amount in bought}
    return [f"{times} paid for {amount:,} credits" for amount, times in bought.items() if count[amount] < times]


def hold_invoiced(member: Member, purchase: Purchase, wanted: int | None, told: str, promise: str = _INVOICES) -> None:
    """Raise BrokenPromiseError unless a new invoice is listed, for so many credits (None: a plan) and what was paid."""
    profile, known = member.target.profile, purchase.invoices_before or ()

    def mine() -> list[Invoice]:
        listed = invoices_on(member.page, profile)
        if not listed:
            Invoices(member.page, profile).bring_into_view()
        new = beyond(listed, known)
        return [one for one in new if (may_be_for(one, wanted) if wanted else one.credits is None)]

    billing = member.billing()
    billing.unfold_again("invoices")
    found = billing.until(lambda: [one for one in mine() if not is_unpaid(one)], member.immediate_timeout_s) or mine()
    if not found and known and is_on_another_page(member.page, profile):
        found = _of_today(member, known, wanted)
    if not found and (doubt := unread_invoices(member.page, profile)):
        raise NotVerifiedError(str(doubt))
    listed = invoices_on(member.page, profile)
    check(bool(found), expected=f"an invoice for {told}", actual=lambda: _newest(listed, billing), promise=promise)
    taken = [one for one in found if not is_unpaid(one)]
    check(bool(taken), expected=f"an invoice for {told} that is paid", actual=rows(found), promise=promise)
    due = purchase.paid_for.amount_due if purchase.paid_for is not None else None
    paid_ = due.value if isinstance(due, Fact) else None
    prices = [one.amount for one in found if one.amount is not None]
    check(
        paid_ is None or not prices or paid_ in prices,
        expected=f"an invoice for {told} at the price that was paid, {paid_}",
        actual=rows(found),
        promise=promise,
    )
    purchase.is_invoiced = True
    paid = [one for one in member.purchases if one.outcome is not None and one.outcome.kind == "left"]
    times = sum(one.amount == wanted for one in paid)
    check(
        not (wanted and times) or purchase.invoices_before is None or len(taken) <= times,
        expected=f"an invoice for {told} for each payment, of which there were {times}",
        actual=rows(taken),
        promise=promise,
    )
    if wanted and times > 1:
        lacking = lacking_of_this_run(member, invoices_of(member, anew=True).all(), wanted)
        check(not lacking, expected=f"an invoice for each: {'; '.join(lacking)}", actual=rows(taken), promise=promise)


def hold_named_as_before(member: Member, purchase: Purchase) -> None:
    """Raise BrokenPromiseError where earlier invoices are for the plan that this run has paid for since."""
    plan = member.target.paid[member.account.key].plan.casefold()
    now = {one.number: one for one in invoices_on(member.page, member.target.profile) if one.number}
    pairs = [(one, now[one.number]) for one in purchase.invoices_before or () if one.number in now]
    renamed = [is_ for was, is_ in pairs if plan and plan in is_.text.casefold() and plan not in was.text.casefold()]
    check(not renamed, expected="earlier invoices as they were", actual=rows(renamed), promise=_INVOICES)


def _newest(listed: Sequence[Invoice], billing: BillingPage) -> str:
    """Return the first rows of the list for a message, or else what the page shows."""
    return f"the list begins with {rows(listed[:3])}" if listed else billing.describe_page()


def _of_today(member: Member, known: Iterable[Invoice], wanted: int | None) -> list[Invoice]:
    """Return the new invoices of all pages that may be of a purchase that was just made."""
    days = days_of(member.target.now(member.account))
    new = beyond(invoices_of(member, anew=True).all(), known)
    return [
        one for one in new
        if one.date in {None, *days} and (may_be_for(one, wanted) if wanted else one.credits is None)
    ]  # fmt: skip


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


def hold_not_invoiced(member: Member, purchase: Purchase) -> None:
    """Raise BrokenPromiseError where an invoice is listed for what was not paid, as far as the list can be read."""
    profile = member.target.profile
    if purchase.invoices_before is None:
        return
    until(lambda: loaded_invoices_on(member.page, profile) is not None, profile.limits.page / 10)
    new = beyond(invoices_on(member.page, profile), purchase.invoices_before)
    is_left = purchase.outcome is None  # where a card was refused, the attempt may be listed as one that failed
    dated = [one for one in new if one.date and (not is_unpaid(one) or (is_left and _STILL_DUE.search(one.status)))]
    due = purchase.paid_for.amount_due if purchase.paid_for is not None else None
    asked = due.value if isinstance(due, Fact) else None

    def is_of_it(one: Invoice) -> bool:
        """Whether it may be of this purchase: what names no credits is told by its price."""
        names_credits = one.credits is not None or bool(one.named)
        return may_be_for(one, purchase.amount) and (names_credits or asked in {None, one.amount})

    own = [one for one in dated if (is_of_it(one) if purchase.amount else one.credits is None)]
    is_alone = member.target.is_exclusive or purchase.amount
    check(not (own and is_alone), expected="no invoice for what was not paid", actual=rows(own))


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


def facts(invoice: Invoice) -> tuple[str, ...]:
    """Return what stays the same of an invoice, however it is listed."""
    return tuple(map(str, (invoice.number, invoice.date, invoice.amount, invoice.credits, invoice.type)))


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

    That is asked of a target that is not ours alone, where what is `lacking` and what is listed besides lies on and
    next to the edges: then the former is listed for the days around the part, and the latter is not.
    """
    day = timedelta(days=1)
    amiss = [one.date for one in (*lacking, *others) if one.date]
    if member.target.is_exclusive or any(min(abs(one - edge) for edge in part) > day for one in amiss):
        return False
    around: list[Invoice] = []
    for begin, end in ((part[0] - 2 * day, part[0] - day), (part[1] + day, part[1] + 2 * day)):
        invoices = invoices_of(member, anew=True)
        invoices.of_time(begin, end)
        around += invoices.all()
    return not beyond(lacking, around) and len(beyond(others, around)) == len(others)


def samples(listed: Iterable[Invoice]) -> list[Invoice]:
    """Return the newest three payments, the oldest, and one of a kind that these lack; of those that are paid."""
    ordered = _paid_by_age(listed)
    some = [*ordered[:3], *ordered[-1:]]
    return list(dict.fromkeys([*some, *_one_of_each(ordered, some)]))


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
    """Return two invoices with one number, where every other one has its own: else numbers may be of something else.

    A refund may have the number of its invoice.
    """
    own = [one for one in listed if one.number and not _TAKEN_BACK.search(one.text)]
    count = Counter(one.number for one in own)
    shared = [one for one in own if count[one.number] > 1]
    is_one_slip = len(own) > 2 and len(shared) == 2
    return shared if is_one_slip and shared[0].date != shared[1].date else []
