"""Steps about invoices and receipts."""

from __future__ import annotations

import time
from io import BytesIO
from typing import TYPE_CHECKING

from pytest_bdd import parsers, then, when

from steps.pages.invoices import Invoice, Invoices
from steps.verdicts.expectations import BrokenPromiseError, check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.actors.purchase import Purchase


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
    if purchase.summary is None or not purchase.summary.prices:
        raise NotVerifiedError("The payment page showed no price to compare.")
    # A page that does not say which of its amounts is the total: it is the largest, as the spend guard takes it.
    paid = purchase.summary.total or max(purchase.summary.prices, key=lambda price: price.amount)
    check(
        newest is not None and paid in newest.prices, expected=f"the price that was paid, {paid}", actual=_told(newest)
    )


@when("the member looks through the invoices", target_fixture="listed")
def the_member_looks_through(member: Member) -> list[Invoice]:
    return invoices_of(member).all()


@then(parsers.parse("{count:d} payments are listed, each once"))
def so_many_payments_are_listed(listed: list[Invoice], count: int) -> None:
    numbers = {invoice.number for invoice in listed}
    check(
        len(listed) == len(numbers) == count,
        expected=f"{count} payments, each once",
        actual=f"{len(listed)}, {len(numbers)} of them different",
    )


@when(parsers.re(r"the member looks through the invoices for (?P<type_>\w+)"), target_fixture="listed")
def the_member_looks_for_a_type(member: Member, type_: str) -> tuple[list[Invoice], list[Invoice]]:
    invoices = invoices_of(member)
    everything = invoices.all()
    fresh = invoices_of(member, anew=True)
    fresh.of_type(type_)
    return everything, fresh.all()


@then(parsers.parse("all payments for {type_} are listed, and no others"))
def all_of_a_type(listed: tuple[list[Invoice], list[Invoice]], type_: str) -> None:
    everything, found = listed
    _the_same(found, [invoice for invoice in everything if (invoice.credits is not None) == (type_ == "credits")])


@when("the member looks through the invoices of a time in the middle", target_fixture="listed")
def the_member_looks_at_a_time(member: Member) -> tuple[list[Invoice], list[Invoice]]:
    everything = invoices_of(member).all()
    check(
        len(everything) > 2, expected="several past payments, each with its day", actual=f"{len(everything)} are listed"
    )
    last, first = _middle(everything)
    assert last.day is not None
    assert first.day is not None
    fresh = invoices_of(member, anew=True)
    fresh.of_time(first.day, last.day)
    return everything, fresh.all()


@then("all payments of that time are listed, and no others")
def all_of_the_time(listed: tuple[list[Invoice], list[Invoice]]) -> None:
    everything, found = listed
    last, first = _middle(everything)
    days = [invoice.day for invoice in everything]
    assert last.day is not None
    assert first.day is not None
    between = [one for one, day in zip(everything, days, strict=True) if day and first.day <= day <= last.day]
    _the_same(found, between)


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
    """Give the invoices on Billing; loaded anew they are on their first page, and not filtered."""
    if anew:
        member.reload()
    member.billing()
    return Invoices(member.page, member.target.profile)


def _newest(member: Member, amount: str) -> Invoice | None:
    """Give the newest invoice once it is the one that is waited for: no page promises that invoices come at once."""
    deadline = time.monotonic() + member.target.profile.limits.page / 3
    while True:
        newest = invoices_of(member).newest()
        if (newest is not None and newest.credits == amount) or time.monotonic() >= deadline:
            return newest
        member.reload()


def _middle(everything: list[Invoice]) -> tuple[Invoice, Invoice]:
    """Give the newest and the oldest invoice of the middle third."""
    third = len(everything) // 3
    return everything[third], everything[-third - 1]


def _the_same(found: list[Invoice], wanted: list[Invoice]) -> None:
    lacking = [invoice.text for invoice in wanted if invoice not in found]
    beyond = [invoice.text for invoice in found if invoice not in wanted]
    check(
        not lacking and not beyond and len(found) == len(wanted) > 0,
        expected=f"these {len(wanted)} payments, and no others",
        actual=f"{len(found)}; not listed: {lacking or 'none'}; listed besides: {beyond or 'none'}",
    )


def _told(invoice: Invoice | None) -> str:
    return f"“{invoice.text}”" if invoice else "no invoice"
