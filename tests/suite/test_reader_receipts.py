"""Receipts held against the rows of their invoices, and what payments are for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, StreamObject

from steps.readers.invoices.invoices import Invoice
from steps.readers.invoices.payments import choice_for, is_filed_as_plan, is_unpaid, kind_of
from steps.readers.invoices.receipts import contradictions, contradictions_of_mail, is_blank_pdf, told_of_file
from steps.readers.money.money import Money
from steps.readers.page.fact import Unclear
from steps.targets.profile import Profile

PROFILE = Profile(base_url="http://site.example")
INVOICE = Invoice(
    "INV-2 Nov 2, 2026 6,000 credits $57.00 Paid", "INV-2", date(2026, 11, 2), Money(Decimal(57), "USD"), 6_000,
    "", "Paid", 3, 5,
)  # fmt: skip
RECEIPT = "Receipt\nInvoice number INV-2\nDate paid 2 November 2026\n6,000 credits $57.00\nAmount paid $57.00"


@pytest.mark.parametrize(
    "goods",
    [
        "6,000 credits $57.00\nSubtotal $50.00\nTotal excl. tax $50.00\nTax $7.00\nTotal (incl. tax) $57.00",
        "6,000 credits, 6 x 1,000 credits at $9.50 $57.00\nTotal USD\n$57.00",
        "6,000 credits $57.00\nTotal $57.00\nTotal paid to date $99.00\nCredits now 12,000",
        "6,000 credits $48.30\nTaxable value $48.30\nCGST 9 % $4.35\nSGST 9 % $4.35\nTotal $57.00",
        "6,000 credits\nGST 18% $8.70\nNet amount\n$48.30\nGST (18%)\n$8.70\nTotal\n$57.00",
        "6,000 credits\nNet $47.50  VAT 20% $9.50\nAmount paid $57.00",
        "6,000 credits\nNet $47.50, VAT 20% $9.50, Total $57.00",
        "6,000 credits $57.00\nTotal $57.00\nApplied balance -$50.00\nAmount paid $7.00",
        "6,000 credits $60.00\nSubtotal $60.00\nDiscount $10.00\nVAT $7.00\nTotal $57.00",
        "6,000 credits $57.00\nAmount due $57.00\nAmount paid $57.00\nBalance due $0.00",
        "6,000 credits $57.00\nTotal due $57.00\nAmount paid $57.00",
        "6,000 credits $57.00\nSubtotal $57.00\nTax ID 27\nVAT (20%) $9.50\nTotal $57.00",
    ],
)
def test_what_a_receipt_comes_to_is_told_with_taxes_and_all(goods: str) -> None:
    text = RECEIPT.replace("6,000 credits $57.00\nAmount paid $57.00", goods)
    assert contradictions(text, INVOICE, PROFILE) == {}


@pytest.mark.parametrize("number", ["INV-2", "#INV-2"])
def test_a_receipt_of_its_invoice_contradicts_nothing(number: str) -> None:
    assert contradictions(RECEIPT, replace(INVOICE, number=number), PROFILE) == {}


@pytest.mark.parametrize(
    ("was", "instead", "what"),
    [
        ("INV-2", "INV-3", "number"),
        ("2 November", "12 October", "date"),
        ("$57.00", "$5.70", "amount"),
        ("$57.00", "A$57.00", "amount"),
        ("Amount paid $57.00", "Amount paid $57.00\nAmount due $57.00", "amount"),
        ("paid $57.00", "paid \u00a357.00", "amount"),
        ("$57.00", "", "amount"),
        ("Amount paid $57.00", "VAT 20 % $11.40\nTotal $68.40", "amount"),
        ("Amount paid $57.00", "Total $57.00\nAmount paid $5.70", "amount"),
        ("Amount paid $57.00", "Subtotal $57.00\nTotal paid:\n$68.40", "amount"),
        ("Amount paid $57.00", "Taxable value $40.00\nGST (18%) $8.70\nTotal $57.00", "sum"),
        ("Amount paid $57.00", "Net $47.50  VAT 20% $47.50\nAmount paid $57.00", "sum"),
        ("Amount paid $57.00", "4,000 credits $38.00\nTotal $57.00", "credits"),
        ("6,000 credits", "2,000 credits", "credits"),
        ("6,000 credits", "6,000 credits Qty 3", "credits"),
        ("6,000 credits", "2,000 add-on credits", "credits"),
        ("6,000 credits", "6,000 credits (incl. 500 bonus credits)", "credits"),
    ],
)
def test_another_number_date_or_amount_contradicts(was: str, instead: str, what: str) -> None:
    found = contradictions(RECEIPT.replace(was, instead), INVOICE, PROFILE)
    assert [(name, isinstance(one, str)) for name, one in found.items()] == [(what, True)]


@pytest.mark.parametrize(
    ("text", "what", "settle"),
    [
        (" ", "text", "labels.receipt"),
        (RECEIPT.replace("2 November", "3 November"), "date", "timezone"),
        (RECEIPT.replace("2 November 2026", "lately"), "date", "locale"),
        (RECEIPT.replace("$57.00", "$57.00").replace("Receipt\n", "AUD\n"), "amount", "payments.currency"),
    ],
)
def test_what_a_receipt_leaves_open_is_unclear(text: str, what: str, settle: str) -> None:
    found = contradictions(text, INVOICE, PROFILE)
    assert list(found) == [what]
    one = found[what]
    assert isinstance(one, Unclear)
    assert settle in one.settle


@pytest.mark.parametrize(
    ("written", "others", "locale", "is_wrong"),
    [
        ("02/11/2026", (), "en-US", False),
        ("11/02/2026", (), "en-US", False),
        ("11/02/2026", ("Paid 17/11/2026",), "en-US", True),
        ("02/11/2026", ("Paid 17/11/2026",), "en-US", False),
        ("02/11/2026", ("Paid 11/17/2026",), "en-US", True),
        ("11/02/2026", (), "en-GB", True),
        ("03/10/2026", (), "en-US", True),
    ],
)
def test_a_day_in_numbers_is_read_in_the_order_that_is_known(
    written: str, others: tuple[str, ...], locale: str, *, is_wrong: bool
) -> None:
    profile = Profile(base_url="http://site.example", locale=locale)
    found = contradictions(RECEIPT.replace("2 November 2026", written), INVOICE, profile, others=others)
    assert ("date" in found) is is_wrong


def test_the_day_after_contradicts_where_both_are_of_one_time_zone() -> None:
    text = RECEIPT.replace("2 November", "3 November")
    assert isinstance(contradictions(text, INVOICE, PROFILE, days=())["date"], str)


@pytest.mark.parametrize(("days", "kind"), [({1, 2}, str), ({2, 3}, Unclear)])
def test_a_day_that_it_is_nowhere_contradicts(days: set[int], kind: type) -> None:
    text, possible = RECEIPT.replace("2 November", "3 November"), [date(2026, 11, day) for day in days]
    assert isinstance(contradictions(text, INVOICE, PROFILE, days=possible)["date"], kind)


@pytest.mark.parametrize(
    "line",
    [
        "Credit pack $57.00",
        "6000 credits $57.00",
        "1,000 credits, quantity 6, $57.00",
        "6 x 1,000 credits $57.00",
        "Credit pack $57.00, your balance is 9,000 credits",
        "Quantity 6,000, $9.50 for 1,000 credits $57.00",
    ],
)
def test_a_receipt_may_count_credits_otherwise_or_name_none(line: str) -> None:
    assert contradictions(RECEIPT.replace("6,000 credits $57.00", line), INVOICE, PROFILE) == {}


def test_several_numbers_of_credits_of_which_none_is_the_row_s_are_unclear() -> None:
    text = RECEIPT.replace("6,000 credits", "2,000 credits and 5,000 credits")
    assert isinstance(contradictions(text, INVOICE, PROFILE)["credits"], Unclear)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Your receipt\nReceipt INV-2: 6,000 credits, $57.00.", []),
        ("Thank you. Your invoice is attached.", []),
        ("Receipt INV-2: 6,000 credits, $157.00.", ["it is about 157.00 USD, not 57 USD"]),
        ("Receipt INV-2: 60,000 credits, $57.00.", ["it is for 60,000 credits, not 6,000"]),
        ("Dear {{first_name}},\n6,000 credits, $57.00.", ["it says “Dear {{first_name}},”"]),
        ("6,000 credits, $57.00\nYour payment has failed.", ["it says “Your payment has failed.”"]),
        ("6,000 credits, $57.00\nWe write again if a payment failed.", []),
        ("Receipt INV-7: 6,000 credits, $57.00.", ["it is for INV-7, not INV-2"]),
        ("Receipt RE-7: 6,000 credits, $57.00.", []),  # which may have a number of its own
        ("Invoice INV-2, after INV-1: 6,000 credits, $57.00.", []),
    ],
)
def test_a_mailed_receipt_tells_what_was_paid_or_nothing(text: str, told: list[str]) -> None:
    assert contradictions_of_mail(text, INVOICE.amount, 6_000, PROFILE, INVOICE.number) == told


@pytest.mark.parametrize(
    "word",
    [
        "Unpaid",
        "Open",
        "Past due",
        "Not paid",
        "Failed",
        "Void",
        "Refunded",
        "Pending",
        "Awaiting payment",
        "Disputed",
        "Partially paid",
    ],
)
def test_what_is_not_paid_is_marked_so(word: str) -> None:
    assert is_unpaid(replace(INVOICE, status=word))


@pytest.mark.parametrize("word", ["Paid", "", "Paid on Nov 2, 2026", "Bezahlt", "Succeeded"])
def test_what_is_paid_or_unmarked_is_not(word: str) -> None:
    assert not is_unpaid(replace(INVOICE, status=word))


@pytest.mark.parametrize(
    ("text", "type_", "kind"),
    [
        ("Pro plan $49.00", "", "plans"),
        ("Credit pack $49.00", "", "credits"),
        ("Top up for your plan $49.00", "", None),
        ("Top up for your plan $49.00", "Subscription", "plans"),
        ("$49.00", "", None),
    ],
)
def test_a_payment_is_for_what_its_row_or_type_says(text: str, type_: str, kind: str | None) -> None:
    assert kind_of(replace(INVOICE, text=text, type=type_, credits=None)) == kind
    assert kind_of(INVOICE) == "credits"


def test_a_choice_is_known_by_its_words_or_by_the_rows_of_its_type() -> None:
    rows = [replace(INVOICE, type="Extra"), replace(INVOICE, text="Pro plan", credits=None, type="Monthly")]
    assert choice_for("credits", ["All", "Plan credits", "Add-on credits", "Plans"], rows) == "Add-on credits"
    assert choice_for("credits", ["All", "Extra", "Monthly"], rows) == "Extra"
    assert choice_for("plans", ["All", "Extra", "Monthly"], rows) == "Monthly"
    assert choice_for("credits", ["A", "B"], rows) is None
    own = replace(INVOICE, text="RE-2 Tarif Business (monatlich) Tarif 149,00 \u20ac", credits=None, names_plan=True)
    assert choice_for("plans", ["Alle", "Guthaben", "Tarif"], [INVOICE, own]) == "Tarif"
    assert choice_for("plans", ["Alle", "Guthaben", "Tarif"], [INVOICE, replace(INVOICE, text="Tarif")]) is None


def test_a_pdf_of_empty_pages_is_told_from_one_that_draws() -> None:
    blank, drawn = PdfWriter(), PdfWriter()
    blank.add_blank_page(100, 100)
    page = drawn.add_blank_page(100, 100)
    shape = StreamObject()
    shape.set_data(b"0 0 9 9 re f")
    page[NameObject("/Contents")] = shape
    written = [BytesIO(), BytesIO()]
    for writer, file in zip((blank, drawn), written, strict=True):
        writer.write(file)
    assert [is_blank_pdf(file.getvalue()) for file in written] == [True, False]


@pytest.mark.parametrize(
    ("type_", "is_filed"), [("Plan", True), ("Subscription", True), ("Plan credits", False), ("Credits", False)]
)
def test_a_type_of_a_plan_alone_files_a_payment_as_one(type_: str, *, is_filed: bool) -> None:
    assert is_filed_as_plan(replace(INVOICE, type=type_)) is is_filed


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            b"<!doctype html>\n<title>404 Not Found</title><p>No such receipt",
            "a page that begins with “404 Not Found No such",
        ),
        (b'{"message": "No such receipt"}', "a text that begins with “{"),
        (b"  ", "an empty file"),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "a file of 10 bytes of another kind"),
    ],
)
def test_a_file_that_is_no_pdf_is_told_in_words(content: bytes, told: str) -> None:
    assert told in told_of_file(content)


@pytest.mark.parametrize(
    ("line", "status", "is_wrong"),
    [
        ("Status: Payment due", "Paid", True), ("Status: Unpaid", "", True), ("Not paid", "Paid", True),
        ("REFUNDED", "Paid", True), ("Payment refunded: $0.00", "Paid", False), ("Void", "Refunded", False),
        ("Status: Paid", "Paid", False), ("Payment due 2 November 2026", "Paid", False),
        ("Payment due: 2 November 2026", "Paid", False), ("Status: Unpaid", "Open", False),
        ("UNPAID. Amount due: $57.00", "Paid", True),
        ("Unpaid balance: $0.00", "Paid", False), ("Amount due: $57.00", "Paid", False),
        ("Invoice - NOT PAID", "Paid", True), ("DRAFT - not a valid receipt", "Paid", True), ("Credit note", "", True),
        ("Refunded on 2 November 2026 $20.00", "Paid", True), ("This is not a tax invoice.", "Paid", False),
        ("Status: VOID - this receipt has been cancelled", "Paid", True), ("This receipt is valid", "Paid", False),
        ("Payment due\n2 November 2026", "Paid", False), ("Drafts are kept for a month", "Paid", False),
    ],
)  # fmt: skip
def test_a_receipt_says_nowhere_that_it_is_not_paid(line: str, status: str, *, is_wrong: bool) -> None:
    found = contradictions(f"{RECEIPT}\n{line}", replace(INVOICE, status=status), PROFILE)
    assert ("state" in found) is is_wrong


@pytest.mark.parametrize(
    ("line", "is_wrong"),
    [("Hi {{ customer.name }},", True), ("Seller: undefined", True), ("Terms: ${terms.url}", True), ("Nan Ltd", False)],
)
def test_a_receipt_was_filled_in(line: str, *, is_wrong: bool) -> None:
    assert ("words" in contradictions(f"{RECEIPT}\n{line}", INVOICE, PROFILE)) is is_wrong


@pytest.mark.parametrize(("line", "is_wrong"), [("Quantity 3", True), ("Qty: 1", False), ("Quantity 2,000", False)])
def test_a_receipt_is_for_what_was_bought_once(line: str, *, is_wrong: bool) -> None:
    assert ("credits" in contradictions(f"{RECEIPT}\n{line}", INVOICE, PROFILE)) is is_wrong


@pytest.mark.parametrize(
    ("goods", "is_wrong"),
    [
        ("6,000 credits x 2 $57.00", True), ("6,000 credits x 1 $57.00", False), ("6,000 monthly credits $57.00", True),
        ("6,000 credits (monthly) $57.00", True),
        ("6,000 credits $57.00\nYour plan has 6,000 monthly credits", False), ("1,000 credits x 6 $57.00", False),
    ],
)  # fmt: skip
def test_the_goods_of_a_receipt_are_credits_once_and_none_of_the_plan(goods: str, *, is_wrong: bool) -> None:
    assert ("credits" in contradictions(RECEIPT.replace("6,000 credits $57.00", goods), INVOICE, PROFILE)) is is_wrong


@pytest.mark.parametrize(("written", "is_unclear"), [("6,000", False), ("6’000", False), ("6,500", True)])
def test_a_receipt_may_write_thousands_otherwise_than_the_pages(written: str, *, is_unclear: bool) -> None:
    profile = Profile(base_url="http://site.example", thousands="'")
    found = contradictions(RECEIPT.replace("6,000", written), INVOICE, profile)
    assert ("credits" in found) is is_unclear


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Pro plan, monthly $57.00", ""), ("Basic plan $57.00", "it is for the Basic plan, not Pro"),
        ("Unused time on Basic plan\nRemaining time on Pro plan $57.00", ""), ("Basic support $57.00", ""),
    ],
)  # fmt: skip
def test_a_receipt_is_for_the_plan_of_its_invoice(line: str, told: str) -> None:
    invoice = replace(INVOICE, text="INV-2 Nov 2, 2026 Pro plan $57.00 Paid", credits=None)
    found = contradictions(RECEIPT.replace("6,000 credits $57.00", line), invoice, PROFILE)
    assert found.get("plan", "") == told
