"""The invoices of a purchase: one for each payment at the price that was paid, and none for what was not paid."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from steps.actors.invoices import (
    INVOICES,
    MIDNIGHT,
    beyond,
    days_of,
    invoices_of,
    newer,
    no_longer_paid,
    of_one_number,
    rows,
)
from steps.pages.invoice_list import invoices_on, is_on_another_page, loaded_invoices_on, unread_invoices
from steps.pages.invoices import Invoices
from steps.pages.polling import until
from steps.readers.figures.dates import meant_otherwise
from steps.readers.invoices.payments import is_filed_as_plan, is_unpaid, may_be_for
from steps.readers.invoices.receipt_words import quantity_on
from steps.readers.page.fact import Fact
from steps.readers.page.terms import NO_WORD, is_recurring
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from steps.actors.member import Member
    from steps.actors.purchase import Purchase
    from steps.pages.billing import BillingPage
    from steps.readers.invoices.invoices import Invoice

_STILL_DUE = re.compile(r"\b(?:open|(?:over|past )?due|draft|un-?paid|outstanding|payable)\b", re.IGNORECASE)
"""How an invoice is marked that somebody is to pay."""
_NULL = re.compile(r"(?<![\w-])null(?![\w-])")


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


def _new_invoices(member: Member, known: Sequence[Invoice], wanted: int | None) -> list[Invoice]:
    """Wait for an invoice that is paid; return the new ones. Raises NotVerifiedError where the list cannot be read."""
    profile, billing = member.target.profile, member.billing()

    def mine() -> list[Invoice]:
        listed = invoices_on(member.page, profile)
        if not listed:
            Invoices(member.page, profile).bring_into_view()
        new = beyond(listed, known)
        return [one for one in new if (may_be_for(one, wanted) if wanted else one.credits is None)]

    billing.unfold_again("invoices")
    found = billing.until(lambda: [one for one in mine() if not is_unpaid(one)], member.immediate_timeout_s) or mine()
    if not found and known and is_on_another_page(member.page, profile):
        found = _of_today(member, known, wanted)
    if not found and (doubt := unread_invoices(member.page, profile)):
        raise NotVerifiedError(str(doubt))
    return found


def hold_invoiced(member: Member, purchase: Purchase, wanted: int | None, told: str, promise: str = INVOICES) -> None:
    """Raise BrokenPromiseError unless a new invoice is listed, for so many credits (None: a plan) and what was paid."""
    found = _new_invoices(member, purchase.invoices_before or (), wanted)
    listed = invoices_on(member.page, member.target.profile)
    check(
        bool(found),
        expected=f"an invoice for {told}",
        actual=lambda: _newest(listed, member.billing()),
        promise=promise,
    )
    hold_written(found, promise)
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
    if wanted:
        hold_goods(member, taken, wanted, told, promise)
    _hold_dated_today(member, [one for one in taken if one.credits == wanted], promise)
    purchase.is_invoiced, member.listed = True, tuple(listed)
    if wanted:
        _hold_one_for_each(member, purchase, taken, wanted, promise)
    else:
        twice = repeated(taken)
        check(not twice, expected=f"one invoice for {told}", actual=rows(twice), promise=promise)
        shared = [one for one in of_one_number(listed) if one.number in {each.number for each in taken}]
        check(not shared, expected="a number of its own for each invoice", actual=rows(shared), promise=promise)


def hold_goods(member: Member, taken: list[Invoice], wanted: int, told: str, promise: str = "") -> None:
    """Raise BrokenPromiseError where what is invoiced for a package is not that alone, and once."""
    not_paid = {one.amount for one in member.purchases if one.outcome is None or one.outcome.kind != "left"} - {wanted}
    both = [one for one in taken if wanted in one.named and one.named & not_paid]
    check(not both, expected=f"an invoice for {told} and for nothing else", actual=rows(both), promise=promise)
    named = [one for one in taken if one.credits == wanted or wanted in one.named]
    filed = [one for one in named if is_filed_as_plan(one)]
    check(
        not filed or len(filed) < len(named),
        expected=f"an invoice for {told} as one for credits",
        actual="; ".join(f"{rows([one])}, whose type is “{one.type}”" for one in filed),
        promise=promise,
    )
    several = [one for one in named if quantity_on([one.text]) > 1]
    check(
        not several or len(several) < len(named),
        expected=f"an invoice for {told}, one time",
        actual=rows(several),
        promise=promise,
    )
    recurring = [one for one in named if is_recurring(one.text)]
    check(
        not recurring or len(recurring) < len(named),
        expected=f"an invoice for {told}, once",
        actual=rows(recurring),
        promise=promise,
    )


def hold_written(found: Sequence[Invoice], promise: str = "") -> None:
    """Raise BrokenPromiseError where a program wrote nothing in an invoice that a person would."""
    blank = [one for one in found if NO_WORD.search(one.text) or _NULL.search(one.text)]
    check(not blank, expected="an invoice in words", actual=rows(blank), promise=promise)


def _hold_dated_today(member: Member, found: list[Invoice], promise: str) -> None:
    """Raise BrokenPromiseError where all new invoices are of days on which it is today nowhere, in whatever order."""
    try:
        now = member.target.now(member.account)
    except NotVerifiedError:  # the account's clock was moved, and does not tell the day
        return
    moments = (now - MIDNIGHT, now, now + MIDNIGHT)
    anywhere = {day for one in moments for day in days_of(one)}
    today = {one.date() for one in moments} if member.target.sets_up else anywhere
    others = [one for one in found if one.date and one.date not in today and not today & meant_otherwise(one.day)]
    check(
        not others or len(others) < len(found),
        expected=f"an invoice of today, {now:%Y-%m-%d}",
        actual=rows(others),
        promise=promise,
    )


def _hold_one_for_each(member: Member, purchase: Purchase, taken: list[Invoice], wanted: int, promise: str) -> None:
    """Raise BrokenPromiseError unless there are as many paid invoices for so many credits as payments."""
    paid = [one for one in member.purchases if one.outcome is not None and one.outcome.kind == "left"]
    times = sum(one.amount == wanted for one in paid)
    named = [one for one in taken if one.credits is not None]  # others may be of any purchase
    check(
        not times or purchase.invoices_before is None or len(named) <= times,
        expected=f"an invoice for {wanted:,} credits for each payment, of which there were {times}",
        actual=rows(taken),
        promise=promise,
    )
    if times > 1:
        lacking = lacking_of_this_run(member, invoices_of(member, anew=True).all(), wanted)
        member.billing_anew()  # the last page of the list is no place for who looks next
        check(not lacking, expected=f"an invoice for each: {'; '.join(lacking)}", actual=rows(taken), promise=promise)


def repeated(listed: Iterable[Invoice]) -> list[Invoice]:
    """Return the invoices that say the same as another one but for their numbers."""
    said = [(one, _but_for_its_number(one)) for one in listed]
    times = Counter(told for _, told in said)
    return [one for one, told in said if times[told] > 1]


def _but_for_its_number(invoice: Invoice) -> tuple[str, ...]:
    text = invoice.text.replace(invoice.number, "") if invoice.number else invoice.text
    return text, str(invoice.amount), invoice.day or str(invoice.date)


def hold_still_invoiced(
    member: Member, invoiced: frozenset[int], known: Sequence[Invoice], unpaid: frozenset[int] = frozenset()
) -> None:
    """Hold the newest invoices late: those of packages that were listed are so still, and there is no further one.

    Nor is there one for packages that are `unpaid`, or one more for a plan, that says the same as another of today.
    """
    profile, days = member.target.profile, days_of(member.target.now(member.account))
    own = [one for one in known if one.credits in invoiced and one.date in days]

    def gone() -> frozenset[int]:
        now = invoices_on(member.page, profile)
        return invoiced - {one.credits for one in now} | {one.credits or 0 for one in beyond(own, now)}

    if not known and not (invoiced and member.target.is_exclusive):
        return
    is_there = until(lambda: not gone(), profile.limits.page / 3, page=member.page)
    told = ", ".join(f"{one:,}" for one in sorted(gone()))
    check(
        bool(is_there) or not member.target.is_exclusive,  # others may have filled the page since
        expected="the invoices that were listed are still listed",
        actual=f"none for {told} credits any more",
        promise=INVOICES,
    )
    undone = no_longer_paid(known, invoices_on(member.page, profile))
    check(not undone, expected="the invoices that were paid are so still", actual=rows(undone), promise=INVOICES)
    are_numbered = any(one.number for one in known)
    new = [one for one in beyond(invoices_on(member.page, profile), known) if not is_unpaid(one)]
    plans = {_but_for_its_number(one) for one in known if one.credits is None}
    again = [
        one
        for one in new
        if one.date in days
        and (one.credits in invoiced | unpaid or (one.credits is None and _but_for_its_number(one) in plans))
    ]
    check(not (are_numbered and again), expected="no further invoice", actual=rows(again), promise=INVOICES)


def new_since(member: Member, since: Purchase) -> list[Invoice]:
    """Return the invoices of the first page, once it has loaded, that were not listed then; [] if nobody knows that."""
    profile = member.target.profile
    if since.invoices_before is None:
        return []
    until(lambda: loaded_invoices_on(member.page, profile) is not None, profile.limits.page / 10)
    return beyond(invoices_on(member.page, profile), since.invoices_before)


def hold_charged_once(member: Member, since: Purchase) -> None:
    """Raise BrokenPromiseError where packages are charged for again `since` they were paid for, or a month twice."""
    bought = {one.amount for one in member.purchases if one is not since}
    new = [one for one in new_since(member, since) if not is_unpaid(one)]
    again = [one for one in new if one.credits in bought]
    check(not again, expected="no further invoice for credits", actual=rows(again), promise=INVOICES)
    twice = repeated(one for one in new if one.credits is None)
    check(not twice, expected="each month of the plan charged once", actual=rows(twice), promise=INVOICES)


def hold_not_invoiced(member: Member, purchase: Purchase, *, by_nobody: bool = False) -> None:
    """Raise BrokenPromiseError where an invoice is listed for what was not paid, as far as the list can be read.

    `by_nobody` says that nobody else can have paid for it either.
    """
    new = new_since(member, purchase)
    is_left = purchase.outcome is None  # where a card was refused, the attempt may be listed as one that failed
    dated = [one for one in new if one.date and (not is_unpaid(one) or (is_left and _STILL_DUE.search(one.status)))]
    due = purchase.paid_for.amount_due if purchase.paid_for is not None else None
    asked = due.value if isinstance(due, Fact) else None

    def is_of_it(one: Invoice) -> bool:
        """Whether it may be of this purchase: what names no credits is told by its price."""
        names_credits = one.credits is not None or bool(one.named)
        return may_be_for(one, purchase.amount) and (names_credits or asked in {None, one.amount})

    own = [one for one in dated if (is_of_it(one) if purchase.amount else one.credits is None)]
    is_alone = by_nobody or member.target.is_exclusive or purchase.amount
    check(not (own and is_alone), expected="no invoice for what was not paid", actual=rows(own))


def _newest(listed: Sequence[Invoice], billing: BillingPage) -> str:
    """Return the first rows of the list for a message, or else what the page shows."""
    return f"the list begins with {rows(listed[:3])}" if listed else billing.describe_page()


def _of_today(member: Member, known: Sequence[Invoice], wanted: int | None) -> list[Invoice]:
    """Return the new invoices of all pages that may be of a purchase that was just made; the first one shows again."""
    days = days_of(member.target.now(member.account))
    new = beyond(newer(invoices_of(member, anew=True).all(), known), known)
    member.billing_anew()  # with older ones loaded below them, those would be new to the next purchase, too
    return [
        one for one in new
        if one.date in {None, *days} and (may_be_for(one, wanted) if wanted else one.credits is None)
    ]  # fmt: skip
