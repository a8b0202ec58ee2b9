"""Steps about invoices and receipts."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from pytest_bdd import given, parsers, then, when

from steps.actors import invoices as listing
from steps.actors.balance_wait import wait_for_credits
from steps.actors.checkout import paid
from steps.actors.invoices import MIDNIGHT, beyond, certain, facts, invoices_of, listed_after, rows
from steps.actors.price_check import price_paid
from steps.actors.purchase import parse_credits
from steps.actors.purchase_invoices import hold_goods, hold_written, lacking_of_this_run
from steps.actors.whole_list import hold_receipts_filtered, hold_whole, looked_through
from steps.documentation.packages import documented_packages
from steps.readers.figures.dates import meant_otherwise
from steps.readers.invoices.invoices import CREDITS
from steps.readers.invoices.payments import is_filed_as_plan, is_unpaid, kind_of, may_be_for
from steps.readers.page.fact import Unclear
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.actors.purchase import Purchase
    from steps.pages.invoices import Invoices
    from steps.readers.invoices.invoices import Invoice
    from steps.readers.invoices.payments import Kind
    from steps.targets.target import WorkspaceSetup

_PAYING = "doc:buy-credits.4b"
"""The promise blamed where a purchase that only leads to an invoice fails."""
_EARLIER = re.compile(r"\byesterday\b|\b(?:an?|\d+) (?:day|week|month|year)s? ago\b", re.IGNORECASE)
"""How a row tells in words that a payment is older than of today, whatever its markup says."""


class Added(NamedTuple):
    """The invoice of a purchase, and all that were listed then."""

    invoice: Invoice
    listed: list[Invoice]


class Filtered(NamedTuple):
    """All invoices, those that a filter leaves, and the list that it was chosen in, for what it was chosen."""

    everything: list[Invoice]
    found: list[Invoice]
    page: Invoices
    chosen: Kind | tuple[date, date]


@given("an earlier payment is listed among the invoices", target_fixture="known")
def an_earlier_payment_is_listed(member: Member) -> list[Invoice]:
    """Return all invoices; an account without any buys the smallest package first."""
    listed = invoices_of(member).all()
    if listed:
        return listed
    first = member.buy(documented_packages()[0])
    paid(first, _PAYING)
    wait_for_credits(member, first, first.amount)
    listed = listed_after(member, [])
    check(bool(listed), expected=f"an invoice for {first.amount:,} credits", actual="none is listed")
    return listed


@then(parsers.parse("one invoice is added, for {amount} credits at the price that was paid"), target_fixture="added")
def one_invoice_is_added(member: Member, purchase: Purchase, known: list[Invoice], amount: str) -> Added:
    wait_for_credits(member, purchase, purchase.amount)
    listed = listed_after(member, known)
    new = beyond(listed, known)
    if not member.target.is_exclusive:  # others buy too, and their invoices are theirs
        new = [one for one in new if one.credits in {None, parse_credits(amount)}]
    if not member.target.sets_up:
        first = min(listing.days_of(member.target.now(member.account))) - timedelta(days=2)
        new = [
            one for one in new if one.date is None or one.date >= first
        ] or new  # a long list may have been cut short
    gone = beyond(known, listed)
    told = rows(new) + (f"; earlier ones are not listed any more as they were: {rows(gone)}" if gone else "")
    check(len(new) == 1, expected=f"one invoice more, for {amount} credits", actual=told)
    (added,) = new
    hold_written(new)
    is_for_them = may_be_for(added, parse_credits(amount))
    certain(added, *([CREDITS] if is_for_them else []))  # nothing else was bought
    check(is_for_them, expected=f"an invoice for {amount} credits", actual=rows(new))
    hold_goods(member, new, parse_credits(amount), f"{amount} credits")
    price = price_paid(purchase)
    same = added.amount is not None and (added.amount.amount, added.amount.currency) == (price.amount, price.currency)
    check(same, expected=f"the price that was paid, {price}", actual=rows(new))
    purchase.is_invoiced, member.listed = True, tuple(listed)
    shared_ = [one for one in listing.of_one_number(listed) if one.number == added.number]
    check(not shared_, expected="a number of its own for each invoice", actual=rows(shared_))
    return Added(added, listed)


@then("it is dated today, and is not marked as unpaid")
def it_is_dated_today(member: Member, added: Added) -> None:
    invoice = added.invoice
    check(not is_unpaid(invoice), expected="an invoice that is not open or failed", actual=rows([invoice]))
    if listing.is_marked_otherwise(invoice, added.listed, member.target.profile.labels.of("paid").names):
        member.doubts.append(
            str(Unclear("whether an invoice is paid", (invoice.text,), f'labels.paid = "{invoice.status}"'))
        )
    now = member.target.now(member.account)
    today = {(now + slack).date() for slack in (-MIDNIGHT, timedelta(0), MIDNIGHT)}
    may_be_now = listing.may_be_now(invoice, now)
    if invoice.date in listing.days_of(now) - today and may_be_now and not listing.tells_days(member):
        member.doubts.append(str(Unclear("the day of the invoice", (invoice.text,), 'timezone = "…"')))
        return
    if doubt := _doubtful_day(invoice, today):
        member.doubts.append(str(doubt))
        return
    is_told_earlier = len(today) == 1 and _EARLIER.search(invoice.text)
    check(
        invoice.date in today and not is_told_earlier,
        expected=f"the date of today, {now:%Y-%m-%d}",
        actual=rows([invoice]),
    )


def _doubtful_day(invoice: Invoice, today: set[date]) -> Unclear | None:
    """Return that a day is unclear which was read as another than today, and is today if its numbers change places."""
    is_doubtful = invoice.date not in today and bool(today & meant_otherwise(invoice.day))
    return Unclear("the day of the invoice", (invoice.text,), 'locale = "en-GB"') if is_doubtful else None


@then("all earlier invoices are still listed")
def earlier_invoices_are_listed(added: Added, known: list[Invoice]) -> None:
    gone = beyond(known, added.listed)
    check(bool(known) and not gone, expected=f"all {len(known)} earlier invoices", actual=f"lacking: {rows(gone)}")
    undone = listing.no_longer_paid(known, added.listed)
    check(not undone, expected="those that were paid are so still", actual=f"no longer: {rows(undone)}")


@then(parsers.parse("it is listed among the payments for {type_}"))
def it_is_listed_among(member: Member, added: Added, type_: Kind) -> None:
    found = _of_type(member, type_)
    own = rows([added.invoice])
    hold_receipts_filtered(member, added.listed)
    check(bool(listing.shared(found, [added.invoice])), expected=f"{own} among those for {type_}", actual="it is not")
    is_told_apart = type_ != "credits" or not is_filed_as_plan(added.invoice)
    check(is_told_apart, expected=f"{own} as one for {type_}", actual=f"its type is “{added.invoice.type}”")
    lacking = beyond([one for one in added.listed if listing.is_like(one, added.invoice)], found)
    check(not lacking, expected=f"all payments for {type_}", actual=f"not listed: {rows(lacking)}")
    others = [one for one in found if kind_of(one) not in {None, type_}]
    check(not others, expected=f"payments for {type_} only", actual=f"listed besides: {rows(others)}")


@then(parsers.parse("it is not listed among the payments for {type_}"))
def it_is_not_listed_among(member: Member, added: Added, type_: Kind) -> None:
    found = _of_type(member, type_)
    own = rows([added.invoice])
    check(not listing.shared(found, [added.invoice]), expected=f"{own} not among those for {type_}", actual="it is")
    wanted = [one for one in added.listed if kind_of(one) == type_]
    check(bool(found) or not wanted, expected=f"the {len(wanted)} payments for {type_}", actual="none is listed")


@when("the member looks through the invoices", target_fixture="listed")
def the_member_looks_through(member: Member) -> list[Invoice]:
    return looked_through(member)


@then("all payments are listed")
def all_payments_are_listed(member: Member, listed: list[Invoice], start: WorkspaceSetup) -> None:
    """Hold the list against what was paid: all payments where they are known, else those of this run."""
    hold_whole(member, listed)
    if member.target.sets_up:
        told = f"{len({one.number for one in listed})} different ones"
        check(len({one.number for one in listed}) == start.payments, expected=f"{start.payments} payments", actual=told)
        unpaid = [one for one in listed if is_unpaid(one)]
        check(not unpaid, expected="payments that were made", actual=f"said not to be paid: {rows(unpaid)}")
        return
    check(bool(listed), expected="past payments", actual="none is listed")
    lacking = lacking_of_this_run(member, listed)
    check(not lacking, expected=f"the payments of this run: {'; '.join(lacking)}", actual=rows(listed))


@then("the other member finds the same payments")
def the_other_member_finds_them(colleague: Member, listed: list[Invoice]) -> None:
    """Hold one list against the other; who sees none may not be meant to, and others may have paid meanwhile."""
    found = looked_through(colleague)
    if not found and not colleague.target.sets_up:
        raise NotVerifiedError(f"Whether {colleague.account.name} may see the invoices is not known.")
    newest = max((one.date for one in listed if one.date), default=date.max)
    hidden = beyond(listed, found)
    others = [one for one in beyond(found, listed) if one.date and one.date < newest]
    check(
        not hidden and not others,
        expected="the same payments for each member of the workspace",
        actual=f"only one of two members finds {rows([*hidden, *others])}",
    )


@then("no payment is listed twice")
def no_payment_twice(member: Member, listed: list[Invoice]) -> None:
    times = Counter(map(facts, listed))
    apart = Counter((facts(one), one.receipt_number) for one in listed)
    twice = [one for one in listed if apart[facts(one), one.receipt_number] > 1]
    check(not any(one.number for one in twice), expected="each payment once", actual=f"more than once: {rows(twice)}")
    shared = listing.of_one_number(listed)
    check(not shared, expected="a number of its own for each invoice", actual=rows(shared))
    bought = member.target.paid[member.account.key].packages
    if any(times[facts(one)] > bought[one.credits or 0] for one in twice):  # or they were bought one after the other
        told = tuple(dict.fromkeys(one.text for one in twice))
        member.doubts.append(str(Unclear("whether it is listed twice", told, 'labels.invoices = { selector = "…" }')))


@when(parsers.re(r"the member looks through the invoices for (?P<type_>\w+)"), target_fixture="filtered")
def the_member_looks_for_a_type(member: Member, type_: Kind) -> Filtered:
    everything = looked_through(member)
    fresh = invoices_of(member, anew=True)
    fresh.of_type(type_)
    return Filtered(everything, fresh.all(), fresh, type_)


@then(parsers.parse("all payments for {type_} are listed"), target_fixture="wanted")
def all_of_a_type(member: Member, filtered: Filtered, type_: Kind) -> list[Invoice]:
    if type_ == "credits" and not member.target.sets_up:
        lacking = lacking_of_this_run(member, filtered.found)
        is_there = not lacking_of_this_run(member, filtered.everything)
        check(
            not (lacking and is_there),
            expected=f"the payments of this run: {'; '.join(lacking)}",
            actual=rows(filtered.found),
        )
    vague = next((one for one in filtered.everything if not kind_of(one)), None)
    if vague is not None:
        told = Unclear("what an invoice is for", (vague.text,), 'labels.invoices = { selector = "…" }')
        raise NotVerifiedError(str(told))
    wanted = [one for one in filtered.everything if kind_of(one) == type_]
    check(bool(wanted), expected=f"a payment for {type_} in the whole list", actual=rows(filtered.everything))
    return _all_listed(wanted, filtered.found)


@then("it is listed among the payments of its day")
def it_is_listed_on_its_day(member: Member, added: Added) -> None:
    """Filter by its day and the one before; a site of which nothing is known may count it as one of the next day.

    Then it is among the payments from that on, and not left out because the last day of a filter does not count.

    Raises ElementNotFoundError where there is no filter, NotVerifiedError where it cannot be worked for certain.
    """
    certain(added.invoice)
    day, own = added.invoice.date, rows([added.invoice])
    assert day is not None
    if doubt := _doubtful_day(added.invoice, listing.days_of(member.target.now(member.account))):
        raise NotVerifiedError(str(doubt))
    later = () if listing.tells_days(member) else (day + timedelta(days=1),)
    for first in (day - timedelta(days=1), *later):
        invoices = invoices_of(member, anew=True)
        invoices.of_time(first, first + timedelta(days=1))
        found = invoices.all()
        if listing.shared(found, [added.invoice]):
            break
    is_there = bool(listing.shared(found, [added.invoice]))
    check(is_there, expected=f"{own} among those of {day:%Y-%m-%d}", actual=f"it is not: {rows(found)}")


@when("the member looks through the invoices of a part of that time", target_fixture="filtered")
def the_member_looks_at_a_time(member: Member) -> Filtered:
    everything = looked_through(member)
    for invoice in everything:
        certain(invoice)
    fresh = invoices_of(member, anew=True)
    days = sorted({invoice.date for invoice in everything if invoice.date})
    check(len(days) > 1, expected="payments of several days", actual=rows(everything))
    fresh.of_time(*(part := listing.part_of(days)))
    return Filtered(everything, fresh.all(), fresh, part)


@then("all payments of that time are listed", target_fixture="wanted")
def all_of_this_time(member: Member, filtered: Filtered) -> list[Invoice]:
    """Hold the list against the days, the first and the last included.

    Raises NotVerifiedError where a filter on another target counts the payments beside its edges as of another day.
    """
    assert isinstance(filtered.chosen, tuple)
    begin, end = filtered.chosen
    wanted = [invoice for invoice in filtered.everything if invoice.date and begin <= invoice.date <= end]
    amiss = beyond(wanted, filtered.found), beyond(filtered.found, wanted)
    if any(amiss) and listing.counts_otherwise(member, filtered.chosen, *amiss):
        texts = tuple(one.text for some in amiss for one in some)
        raise NotVerifiedError(str(Unclear("the days that the filter counts by", texts, 'timezone = "…"')))
    return _all_listed(wanted, filtered.found)


@then("no other payments are listed")
def no_others(filtered: Filtered, wanted: list[Invoice]) -> None:
    others = beyond(filtered.found, wanted)
    check(not others, expected=f"these {len(wanted)} payments only", actual=f"listed besides: {rows(others)}")


@then("without the filter, all payments are listed again")
def all_again(member: Member, filtered: Filtered) -> None:
    """Choose what stands for all. Where there is no choice that says so, nothing is claimed."""
    kind = filtered.chosen
    assert isinstance(kind, str)
    if not filtered.page.of_all_types(kind):
        return
    again = filtered.page.all()
    if beyond(filtered.everything, again):  # it may have stayed on a later page
        fresh = invoices_of(member, anew=True)
        fresh.of_type(kind)
        again = fresh.all() if fresh.of_all_types(kind) else again
    _all_listed(filtered.everything, again)


def _of_type(member: Member, type_: Kind) -> list[Invoice]:
    """Return all invoices that a filter by type leaves."""
    invoices = invoices_of(member, anew=True)
    invoices.of_type(type_)
    return invoices.all()


def _all_listed(wanted: list[Invoice], found: list[Invoice]) -> list[Invoice]:
    lacking = beyond(wanted, found)
    check(
        not lacking,
        expected=f"these {len(wanted)} payments",
        actual=f"{len(found)}; not listed: {rows(lacking)}",
    )
    return wanted
