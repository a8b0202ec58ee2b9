"""Steps about invoices and receipts."""

from __future__ import annotations

import calendar
import time
from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from pytest_bdd import given, parsers, then, when

from steps.actors.purchase import parse_credits
from steps.checkout import paid
from steps.documentation.packages import documented_packages
from steps.pages.invoices import Invoices
from steps.readers.fact import Fact, Unclear
from steps.readers.payments import is_unpaid, kind_of
from steps.readers.receipts import contradictions, text_of_pdf
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steps.actors.member import Member
    from steps.actors.purchase import Purchase
    from steps.pages.money import Money
    from steps.readers.invoices import Invoice
    from steps.readers.payments import Kind

_PAYING = "doc:buy-credits.4b"
"""The promise blamed where a purchase that only leads to an invoice fails."""
_MIDNIGHT = timedelta(minutes=5)
"""How near to midnight a payment may be dated a day before or after."""


class Added(NamedTuple):
    """The invoice of a purchase, and all that were listed then."""

    invoice: Invoice
    listed: list[Invoice]


class Filtered(NamedTuple):
    """All invoices, and those that a filter leaves."""

    everything: list[Invoice]
    found: list[Invoice]


@given("an earlier payment is listed among the invoices", target_fixture="known")
def an_earlier_payment_is_listed(member: Member) -> list[Invoice]:
    """Return all invoices; an account without any buys the smallest package first."""
    listed = invoices_of(member).all()
    if listed:
        return listed
    first = member.buy(documented_packages()[0])
    paid(first, _PAYING)
    member.wait_for_credits(first, first.amount)
    listed = _listed_after(member, [])
    check(bool(listed), expected=f"an invoice for {first.amount:,} credits", actual="none is listed")
    return listed


@then(parsers.parse("one invoice is added, for {amount} credits at the price that was paid"), target_fixture="added")
def one_invoice_is_added(member: Member, purchase: Purchase, known: list[Invoice], amount: str) -> Added:
    member.wait_for_credits(purchase, purchase.amount)
    listed = _listed_after(member, known)
    new = _beyond(listed, known)
    if not member.target.is_exclusive:  # others buy too, and their invoices are theirs
        new = [one for one in new if one.credits in {None, parse_credits(amount)}]
    check(len(new) == 1, expected=f"one invoice more, for {amount} credits", actual=_rows(new))
    (added,) = new
    certain(added)
    check(added.credits == parse_credits(amount), expected=f"an invoice for {amount} credits", actual=_rows(new))
    price = _price_of(purchase)
    same = added.amount is not None and (added.amount.amount, added.amount.currency) == (price.amount, price.currency)
    check(same, expected=f"the price that was paid, {price}", actual=_rows(new))
    return Added(added, listed)


@then("it is dated today, and is not marked as unpaid")
def it_is_dated_today(member: Member, added: Added) -> None:
    invoice = added.invoice
    check(not is_unpaid(invoice), expected="an invoice that is not open or failed", actual=_rows([invoice]))
    profile = member.target.profile
    now = datetime.now(ZoneInfo(profile.timezone))
    today = {(now + slack).date() for slack in (-_MIDNIGHT, timedelta(0), _MIDNIGHT)}
    elsewhere = {datetime.now(ZoneInfo(zone)).date() for zone in ("Etc/GMT+12", "Etc/GMT-14")}
    if invoice.date in elsewhere - today and not member.target.is_exclusive:
        member.doubts.append(str(Unclear("the day of the invoice", (invoice.text,), 'timezone = "…"')))
        return
    check(invoice.date in today, expected=f"the date of today, {now:%Y-%m-%d}", actual=_rows([invoice]))


@then("all earlier invoices are still listed")
def earlier_invoices_are_listed(added: Added, known: list[Invoice]) -> None:
    gone = _beyond(known, added.listed)
    check(bool(known) and not gone, expected=f"all {len(known)} earlier invoices", actual=f"lacking: {_rows(gone)}")


@then(parsers.parse("it is listed among the payments for {type_}"))
def it_is_listed_among(member: Member, added: Added, type_: Kind) -> None:
    found = _of_type(member, type_)
    own = _rows([added.invoice])
    check(bool(_shared(found, [added.invoice])), expected=f"{own} among those for {type_}", actual="it is not")
    lacking = _beyond([one for one in added.listed if _is_like(one, added.invoice)], found)
    check(not lacking, expected=f"all payments for {type_}", actual=f"not listed: {_rows(lacking)}")
    others = [one for one in found if kind_of(one) not in {None, type_}]
    check(not others, expected=f"payments for {type_} only", actual=f"listed besides: {_rows(others)}")


@then(parsers.parse("it is not listed among the payments for {type_}"))
def it_is_not_listed_among(member: Member, added: Added, type_: Kind) -> None:
    found = _of_type(member, type_)
    own = _rows([added.invoice])
    check(not _shared(found, [added.invoice]), expected=f"{own} not among those for {type_}", actual="it is")
    wanted = [one for one in added.listed if kind_of(one) == type_]
    check(bool(found) or not wanted, expected=f"the {len(wanted)} payments for {type_}", actual="none is listed")


@when("the member looks through the invoices", target_fixture="listed")
def the_member_looks_through(member: Member) -> list[Invoice]:
    return invoices_of(member).all()


@then(parsers.parse("{count:d} payments are listed"))
def so_many_payments_are_listed(listed: list[Invoice], count: int) -> None:
    numbers = {invoice.number for invoice in listed}
    check(len(numbers) == count, expected=f"{count} payments", actual=f"{len(numbers)} different ones")


@then("no payment is listed twice")
def no_payment_twice(listed: list[Invoice]) -> None:
    twice = [number for number, times in Counter(invoice.number for invoice in listed).items() if times > 1]
    check(not twice, expected="each payment once", actual=f"more than once: {', '.join(twice)}")


@when(parsers.re(r"the member looks through the invoices for (?P<type_>\w+)"), target_fixture="filtered")
def the_member_looks_for_a_type(member: Member, type_: Kind) -> Filtered:
    everything = invoices_of(member).all()
    fresh = invoices_of(member, anew=True)
    fresh.of_type(type_)
    return Filtered(everything, fresh.all())


@then(parsers.parse("all payments for {type_} are listed"), target_fixture="wanted")
def all_of_a_type(filtered: Filtered, type_: Kind) -> list[Invoice]:
    vague = next((one for one in filtered.everything if not kind_of(one)), None)
    if vague is not None:
        told = Unclear("what an invoice is for", (vague.text,), 'labels.invoices = { selector = "…" }')
        raise NotVerifiedError(str(told))
    return _all_listed([one for one in filtered.everything if kind_of(one) == type_], filtered.found)


@when(
    parsers.re(r"the member looks through the invoices from (?P<first>[A-Z]\w+) to (?P<last>[A-Z]\w+)"),
    target_fixture="filtered",
)
def the_member_looks_at_months(member: Member, first: str, last: str) -> Filtered:
    everything = invoices_of(member).all()
    for invoice in everything:
        certain(invoice)
    check(len(everything) > 2, expected="several past payments", actual=f"{len(everything)} are listed")
    fresh = invoices_of(member, anew=True)
    fresh.of_time(*_months(everything, first, last))
    return Filtered(everything, fresh.all())


@then(parsers.re(r"all payments from (?P<first>[A-Z]\w+) to (?P<last>[A-Z]\w+) are listed"), target_fixture="wanted")
def all_of_these_months(filtered: Filtered, first: str, last: str) -> list[Invoice]:
    begin, end = _months(filtered.everything, first, last)
    wanted = [invoice for invoice in filtered.everything if invoice.date and begin <= invoice.date <= end]
    return _all_listed(wanted, filtered.found)


@then("no other payments are listed")
def no_others(filtered: Filtered, wanted: list[Invoice]) -> None:
    beyond = _beyond(filtered.found, wanted)
    check(not beyond, expected=f"these {len(wanted)} payments only", actual=f"listed besides: {_rows(beyond)}")


@when("the member downloads the receipts of the newest and of an older payment", target_fixture="receipts")
def the_member_downloads_receipts(member: Member) -> list[tuple[Invoice, bytes]]:
    invoices = invoices_of(member)
    listed = sorted(invoices.on_this_page(), key=lambda one: one.date or date.min)
    check(bool(listed), expected="invoices whose receipts can be downloaded", actual="none is listed")
    if len(listed) == 1:
        raise NotVerifiedError("There is one payment alone, so no older one whose receipt could be downloaded.")
    return [(one, invoices.receipt(one)) for one in (listed[-1], listed[0])]


@then("each receipt is a PDF with the number, the date and the amount of its invoice")
def each_receipt_is_a_pdf(member: Member, receipts: list[tuple[Invoice, bytes]]) -> None:
    for invoice, content in receipts:
        member.doubts += [str(one) for one in invoice.unclear]
        check(b"%PDF" in content[:1024], expected="a PDF", actual=f"a file that begins with {content[:40]!r}")
        found = contradictions(text_of_pdf(content), invoice, member.target.profile)
        wrong = [one for one in found.values() if isinstance(one, str)]
        check(not wrong, expected=f"the receipt of “{invoice.text}”", actual="; ".join(wrong))
        member.doubts += [str(one) for one in found.values()]


def certain(invoice: Invoice) -> None:
    """Raise NotVerifiedError where something of an invoice cannot be told for certain."""
    if invoice.unclear:
        raise NotVerifiedError(str(invoice.unclear[0]))


def invoices_of(member: Member, *, anew: bool = False) -> Invoices:
    """Return the invoices on Billing; `anew` they are on their first page and not filtered."""
    if anew:
        member.billing_anew()
    else:
        member.billing()
        member.billing_at = member.billing_at or member.page.url
    return Invoices(member.page, member.target.profile)


def _listed_after(member: Member, known: list[Invoice]) -> list[Invoice]:
    """Return all invoices, once there is a new one that is paid: no page promises that invoices come at once.

    A new one alone may be followed by its double, so that the list is looked at once more.
    """
    deadline = time.monotonic() + member.target.profile.limits.page / 3
    listed = invoices_of(member, anew=True).all()
    while time.monotonic() < deadline:
        new = _beyond(listed, known)
        if new and not any(is_unpaid(one) for one in new):
            return invoices_of(member, anew=True).all() if len(new) == 1 else listed
        listed = invoices_of(member, anew=True).all()
    return listed


def _is_like(one: Invoice, other: Invoice) -> bool:
    """Whether an invoice is for credits that were bought just as those of another one."""
    is_paid = one.amount is not None and one.amount.amount > 0
    return is_paid and one.credits is not None and (one.type, one.status) == (other.type, other.status)


def _of_type(member: Member, type_: Kind) -> list[Invoice]:
    """Return all invoices that a filter by type leaves."""
    invoices = invoices_of(member, anew=True)
    invoices.of_type(type_)
    return invoices.all()


def _price_of(purchase: Purchase) -> Money:
    """Return what was paid: what the payment page asked for. Raises NotVerifiedError where that is not certain."""
    due = purchase.summary.amount_due if purchase.summary is not None else None
    if isinstance(due, Fact):
        return due.value
    raise NotVerifiedError(str(due) if isinstance(due, Unclear) else "The payment page showed no price to compare.")


def _months(everything: list[Invoice], first: str, last: str) -> tuple[date, date]:
    """Return the first and the last day of these months, in the newest year that has payments before, in and after."""
    from_month, to_month = (list(calendar.month_name).index(name) for name in (first, last))
    days = [invoice.date for invoice in everything if invoice.date]
    for year in range(max(days).year, min(days).year - 1, -1):
        begin, end = date(year, from_month, 1), date(year, to_month, calendar.monthrange(year, to_month)[1])
        if min(days) < begin and max(days) > end and any(begin <= day <= end for day in days):
            return begin, end
    raise NotVerifiedError(f"In no year are there past payments before, in and after {first} to {last}.")


def _all_listed(wanted: list[Invoice], found: list[Invoice]) -> list[Invoice]:
    lacking = _beyond(wanted, found)
    check(
        bool(wanted) and not lacking,
        expected=f"these {len(wanted)} payments",
        actual=f"{len(found)}; not listed: {_rows(lacking)}",
    )
    return wanted


def _beyond(listed: Iterable[Invoice], known: Iterable[Invoice]) -> list[Invoice]:
    """Return the invoices that are not among the known ones; one that is listed twice counts twice."""
    left = Counter(map(_facts, known))
    new = []
    for one in listed:
        if left[_facts(one)] > 0:
            left[_facts(one)] -= 1
        else:
            new.append(one)
    return new


def _shared(listed: list[Invoice], known: list[Invoice]) -> list[Invoice]:
    return [one for one in listed if not _beyond([one], known)]


def _facts(invoice: Invoice) -> tuple[str, ...]:
    """Return what stays the same of an invoice, however it is listed."""
    return tuple(map(str, (invoice.number, invoice.date, invoice.amount, invoice.credits, invoice.type)))


def _rows(invoices: list[Invoice]) -> str:
    return "; ".join(f"“{invoice.text}”" for invoice in invoices) or "none"
