"""Steps about invoices and receipts."""

from __future__ import annotations

import calendar
import time
from collections import Counter
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from pytest_bdd import parsers, then, when

from steps.pages.invoices import Invoice, Invoices
from steps.readers.fact import Fact, Unclear
from steps.verdicts.expectations import BrokenPromiseError, check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.actors.purchase import Purchase


class Filtered(NamedTuple):
    """All invoices, and those that a filter leaves."""

    everything: list[Invoice]
    found: list[Invoice]


@then(parsers.parse("the newest invoice is for {amount} credits at the price that was paid"))
def the_newest_invoice_is_for(member: Member, purchase: Purchase, amount: str) -> None:
    member.wait_for_credits(purchase, purchase.amount)
    member.reload()
    newest = _newest(member, amount)
    check(
        newest is not None and newest.credits == amount,
        expected=f"an invoice for {amount} credits",
        actual=_told(newest),
    )
    due = purchase.summary.amount_due if purchase.summary is not None else None
    if not isinstance(due, Fact):
        raise NotVerifiedError(str(due) if isinstance(due, Unclear) else "The payment page showed no price to compare.")
    paid = due.value
    check(
        newest is not None and paid in newest.prices, expected=f"the price that was paid, {paid}", actual=_told(newest)
    )


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
def the_member_looks_for_a_type(member: Member, type_: str) -> Filtered:
    everything = invoices_of(member).all()
    fresh = invoices_of(member, anew=True)
    fresh.of_type(type_)
    return Filtered(everything, fresh.all())


@then(parsers.parse("all payments for {type_} are listed"), target_fixture="wanted")
def all_of_a_type(filtered: Filtered, type_: str) -> list[Invoice]:
    wanted = [invoice for invoice in filtered.everything if (invoice.credits is not None) == (type_ == "credits")]
    return _all_listed(wanted, filtered.found)


@when(
    parsers.re(r"the member looks through the invoices from (?P<first>[A-Z]\w+) to (?P<last>[A-Z]\w+)"),
    target_fixture="filtered",
)
def the_member_looks_at_months(member: Member, first: str, last: str) -> Filtered:
    everything = invoices_of(member).all()
    check(
        len([invoice for invoice in everything if invoice.day]) > 2,
        expected="several past payments, each with its day",
        actual=f"{len(everything)} are listed",
    )
    fresh = invoices_of(member, anew=True)
    fresh.of_time(*_months(everything, first, last))
    return Filtered(everything, fresh.all())


@then(parsers.re(r"all payments from (?P<first>[A-Z]\w+) to (?P<last>[A-Z]\w+) are listed"), target_fixture="wanted")
def all_of_these_months(filtered: Filtered, first: str, last: str) -> list[Invoice]:
    begin, end = _months(filtered.everything, first, last)
    wanted = [invoice for invoice in filtered.everything if invoice.day and begin <= invoice.day <= end]
    return _all_listed(wanted, filtered.found)


@then("no other payments are listed")
def no_others(filtered: Filtered, wanted: list[Invoice]) -> None:
    beyond = [invoice.text for invoice in filtered.found if invoice not in wanted]
    check(
        not beyond and len(filtered.found) == len(wanted),
        expected=f"these {len(wanted)} payments only",
        actual=f"{len(filtered.found)}; listed besides: {beyond or 'one of them twice'}",
    )


@when("the member downloads the receipt of an invoice", target_fixture="receipt")
def the_member_downloads_a_receipt(member: Member) -> tuple[Invoice, bytes]:
    invoices = invoices_of(member)
    invoice = invoices.newest()
    if invoice is None:
        raise BrokenPromiseError("an invoice whose receipt can be downloaded", "none is listed")
    return invoice, invoices.receipt(invoice).read_bytes()


@then("the receipt is a PDF with the invoice's number and amount")
def the_receipt_is_a_pdf(receipt: tuple[Invoice, bytes]) -> None:
    from pypdf import PdfReader

    invoice, content = receipt
    check(content.startswith(b"%PDF"), expected="a PDF", actual=f"a file that begins with {content[:20]!r}")
    said = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    check(invoice.number in said, expected=f"the receipt names {invoice.number}", actual=said)
    amounts = Invoice(said).prices
    check(
        set(invoice.prices) <= set(amounts),
        expected=f"the receipt names {invoice.prices[0]}",
        actual=", ".join(map(str, amounts)),
    )


def invoices_of(member: Member, *, anew: bool = False) -> Invoices:
    """Return the invoices on Billing; reloaded, they are on their first page and not filtered."""
    if anew:
        member.reload()
    member.billing()
    return Invoices(member.page, member.target.profile)


def _newest(member: Member, amount: str) -> Invoice | None:
    """Return the newest invoice, once it is the expected one: no page promises that invoices come at once."""
    deadline = time.monotonic() + member.target.profile.limits.page / 3
    while True:
        newest = invoices_of(member).newest()
        if (newest is not None and newest.credits == amount) or time.monotonic() >= deadline:
            return newest
        member.reload()


def _months(everything: list[Invoice], first: str, last: str) -> tuple[date, date]:
    """Return the first and the last day of these months, in the newest year that has payments before, in and after."""
    from_month, to_month = (list(calendar.month_name).index(name) for name in (first, last))
    days = [invoice.day for invoice in everything if invoice.day]
    for year in range(max(days).year, min(days).year - 1, -1):
        begin, end = date(year, from_month, 1), date(year, to_month, calendar.monthrange(year, to_month)[1])
        if min(days) < begin and max(days) > end and any(begin <= day <= end for day in days):
            return begin, end
    raise NotVerifiedError(f"In no year are there past payments before, in and after {first} to {last}.")


def _all_listed(wanted: list[Invoice], found: list[Invoice]) -> list[Invoice]:
    lacking = [invoice.text for invoice in wanted if invoice not in found]
    check(
        bool(wanted) and not lacking,
        expected=f"these {len(wanted)} payments",
        actual=f"{len(found)}; not listed: {lacking or 'none'}",
    )
    return wanted


def _told(invoice: Invoice | None) -> str:
    return f"“{invoice.text}”" if invoice else "no invoice"
