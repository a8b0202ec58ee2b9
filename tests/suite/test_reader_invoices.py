"""Past payments, read from lists as a browser shows them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.readers.invoices.invoices import CREDITS, InvoiceList, read_invoices
from steps.readers.invoices.payments import kind_of, may_be_for
from steps.readers.money.money import Money
from steps.readers.page.capture import capture
from steps.readers.page.fact import Absent, Fact
from tests.suite.support.invoice_tables import FLEX, HEAD, LINK, PROFILE, TWO, cells, invoices, table

if TYPE_CHECKING:
    from playwright.sync_api import Page


def _each(around: str, tag: str = "div", rows: tuple[tuple[str, ...], ...] = TWO) -> str:
    return "".join(around.format(cells(row, tag) + f"<{tag}>{LINK}</{tag}>") for row in rows)


LISTS = {
    "table": table(),
    "glued rows": FLEX + _each("<div class=r>{}</div>"),
    "rows under headings": FLEX + f"<div class=r>{cells(HEAD, 'div')}</div>" + _each("<div class=r>{}</div>"),
    "list": "<style>span{margin-right:20px}</style><ul>" + _each("<li>{} </li>", "span") + "</ul>",
    "cards": _each("<article>{}</article>", "p"),
    "one": FLEX + f"<div class=r>{cells(HEAD, 'div')}</div>" + _each("<div class=r>{}</div>", rows=TWO[:1]),
    "rows without boxes": FLEX
    + f"<div class=g role=table><div role=row style='display:contents'>{cells(HEAD, 'div')}</div>"
    + _each("<div role=row style='display:contents'>{}</div>")
    + "</div>",
    "grid without rows": FLEX + f"<div class=g>{cells(HEAD, 'div')}" + _each("{}") + "</div>",
    "a title for each": "<main>"
    + "".join(
        f"<div><h2>{what}</h2><p>{day}</p><p>No. {number}</p><p>{price} {LINK}</p></div>"
        for number, day, what, price in TWO
    )
    + "</main>",
    "a day on which it was due, and a second row": "<table><tr><th>Date<th>Amount<th>Number<th>Due<th></tr>"
    + "".join(
        f"<tbody><tr><td>{day}<td>{price}<td>{number}<td>{day}<td>{LINK}</tr><tr><td>"
        f"<td colspan=4>{what}, {day}</tr></tbody>"
        for number, day, what, price in TWO
    )
    + "</table>",
    "a tax and a total": "".join(
        f"<article><p>Invoice {number} {day}</p><table><tr><td>{what}<td>{price}<tr><td>Tax (0%)<td>$0.00<tr><td>Total"
        f"<td>{price}</table>{LINK}</article>"
        for number, day, what, price in TWO
    ),
    "terms with two things to press": "<dl>"
    + "".join(
        f"<dt>{day}<dd>{what}: {price} (invoice {number})<dd>{LINK} <button>Send it by e-mail</button>"
        for number, day, what, price in TWO
    )
    + "</dl>",
}


def test_a_row_that_is_scrolled_behind_the_headings_belongs_to_none(page: Page) -> None:
    head = ("Date", "Item", "Type", "Amount")
    row = cells(("Nov 2, 2026", "Pro plan", "Plan", "$49.00"), "div")
    page.set_content(
        f"{FLEX}<h2>Invoices</h2><div class=r>{cells(head, 'div')}</div><div id=box style='height:60px;overflow:auto'>"
        + f"<div class=r>{row}</div>" * 9
    )
    page.evaluate("box.scrollTop = box.firstChild.offsetHeight")
    found = read_invoices(capture(page), PROFILE)
    assert isinstance(found, Fact)
    assert [one.type for one in found.value] == ["Plan"] * 9


@pytest.mark.parametrize("name", LISTS)
def test_invoices_are_read_however_they_are_listed(page: Page, name: str) -> None:
    found = invoices(page, LISTS[name])
    told = [(one.number, one.date, one.amount, one.credits) for one in found]
    assert (
        told
        == [
            ("INV-2", date(2026, 11, 2), Money(Decimal(40), "USD"), 4_000),
            ("INV-1", date(2026, 11, 1), Money(Decimal(49), "USD"), None),
        ][: len(told)]
    )
    assert len(told) == (1 if name == "one" else 2)
    snapshot = capture(page)
    links = [at for at, one in enumerate(snapshot.elements) if one.role == "link"]
    assert [one.receipt for one in found] == links


def test_type_and_status_are_read_from_their_columns(page: Page) -> None:
    rows = (
        ("INV-2", "Nov 2, 2026", "Add-on credits", "Paid", "$40.00"),
        ("INV-1", "Nov 1, 2026", "Plan", "Open", "$49.00"),
    )
    found = invoices(page, table(rows, ("Invoice", "Date", "Type", "Status", "Amount", "")))
    assert [(one.type, one.status) for one in found] == [("Add-on credits", "Paid"), ("Plan", "Open")]


@pytest.mark.parametrize(
    ("item", "is_for"),
    [
        ("Credit pack 4,000", {4_000}),
        ("Credit package: 4,000", {4_000}),
        ("Add-on pack (4,000)", {4_000}),
        ("Top-up 4,000", {4_000}),
        ("Top-up of 4,000 for Pro plan", {4_000}),
        ("4,000-credit pack", {4_000}),
        ("Credit pack 6,000", {6_000}),
        ("Credit pack", {4_000, 6_000}),
        ("One-time purchase", {4_000, 6_000}),
        ("Visa 4242", {4_000, 6_000}),
        ("Pro plan", set[int]()),
        ("Subscription for November 2026", set[int]()),
    ],
)
def test_an_invoice_is_for_the_credits_that_it_names_or_else_for_any(page: Page, item: str, is_for: set[int]) -> None:
    (found,) = invoices(page, table((("INV-2", "Nov 2, 2026", item, "$57.00"),)))
    assert {amount for amount in (4_000, 6_000) if may_be_for(found, amount)} == is_for


def test_credits_of_another_type_are_named_at_least(page: Page) -> None:
    rows = (("INV-2", "Nov 2, 2026", "6,000 credits", "Plan", "$57.00"),)
    (found,) = invoices(page, table(rows, ("Invoice", "Date", "Item", "Type", "Amount", "")))
    assert (found.credits, found.named, [one.about for one in found.unclear]) == (None, frozenset({6_000}), [CREDITS])
    assert may_be_for(found, 6_000)
    assert not may_be_for(found, 4_000)


def test_a_column_tells_which_of_two_amounts_is_the_invoice(page: Page) -> None:
    rows = (("INV-2", "Nov 2, 2026", "$36.00", "$4.00", "$40.00"),)
    (found,) = invoices(page, table(rows, ("Invoice", "Date", "Net", "Tax", "Total", "")))
    assert found.amount == Money(Decimal(40), "USD")


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        (("Invoiced", "Paid", "Balance due"), ("$40.00", "$0.00", "$40.00")),
        (("Total", "Tax", "Paid?"), ("$40.00", "$4.00", "No")),
        (("Net", "VAT 19%", "Gross"), ("$33.61", "$6.39", "$40.00")),
        (("Discount", "Amount", "Payment status"), ("$10.00 (SAVE10)", "$40.00", "Paid")),
    ],
)
def test_columns_that_look_alike_are_told_apart(page: Page, heads: tuple[str, ...], cells: tuple[str, ...]) -> None:
    (found,) = invoices(page, table((("Nov 2, 2026", *cells),), ("Date", *heads, "")))
    assert (found.amount, found.number) == (Money(Decimal(40), "USD"), "")


@pytest.mark.parametrize("title", ["Invoice history", "Payment history"])
def test_a_section_of_another_name_lists_rows_without_a_receipt_too(page: Page, title: str) -> None:
    row = "<div class=r><i>{0}</i><i>1G5KX2P{1}</i><i>$39.00</i>{2}</div>"
    rows = row.format("Nov 2, 2026", 9, LINK) + row.format("Nov 1, 2026", 8, "")
    page.set_content(f"{FLEX}<h2>Current Plan</h2><p>Pro, renews Dec 2, 2026, $49.00</p><h2>{title}</h2>{rows}")
    found = read_invoices(capture(page), PROFILE)
    assert isinstance(found, Fact)
    assert [(one.number, one.receipt >= 0) for one in found.value] == [("1G5KX2P9", True), ("1G5KX2P8", False)]


@pytest.mark.parametrize(
    ("row", "settles"),
    [
        (("INV-2", "11/12/2026", "44,000 credits", "$390.00"), ""),
        (("INV-2", "Nov 2, 2026", "44.000 credits", "390,00 $"), 'thousands = "."'),
        (("INV-2", "Nov 2, 2026", "4,000 credits", "¥2,000"), 'payments.currency = "…"'),
        (("INV-2", "Nov 2, 2026", "Pro plan, 10,000 credits", "$49.00"), 'labels.invoices = { selector = "…" }'),
        (("INV-2", "Nov 2, 2026", "4,000 credits, 200 credits", "$49.00"), 'labels.invoices = { selector = "…" }'),
        (("INV-2", "Nov 2, 2026", "Pro plan, 10,000 credits per month", "$49.00"), ""),
    ],
)
def test_what_cannot_be_told_names_the_line_that_settles_it(page: Page, row: tuple[str, ...], settles: str) -> None:
    (found,) = invoices(page, table((row,)))
    assert [one.settle for one in found.unclear] == ([settles] if settles else [])


def test_points_part_thousands_where_the_profile_says_so(page: Page) -> None:
    rows = (("INV-2", "Nov 26, 2026", "44.000 credits", "390,00 $"),)
    (found,) = invoices(page, table(rows), msgspec.structs.replace(PROFILE, thousands="."))
    assert (found.credits, str(found.amount)) == (44_000, "390.00 USD")


def test_a_page_without_payments_lists_none(page: Page) -> None:
    page.set_content(
        "<h2>Current Plan</h2><p>Pro $49.00, renews Dec 1, 2026</p><h2>Invoices</h2><p>No invoices yet</p>"
    )
    assert isinstance(read_invoices(capture(page), PROFILE), Absent)


def test_numbers_and_states_are_read_among_other_words(page: Page) -> None:
    card = "<article><div><b>{3}</b> <i>{4}</i></div><p>{2}</p><p>#{0}, {1}</p></article>"
    rows = ((*TWO[0], "Unpaid"), (*TWO[1], "Paid"))
    found = invoices(page, "".join(card.format(*row) for row in rows))
    assert [(one.number, one.status) for one in found] == [("#INV-2", "Unpaid"), ("#INV-1", "Paid")]


def test_a_list_of_something_else_in_the_same_box_is_none_of_the_invoices(page: Page) -> None:
    other = "<h2>Tax documents</h2>" + table((("DOC-1", "Nov 3, 2026", "Certificate", "$1.00"),))
    page.set_content(f"<header><h2>Invoices</h2></header><main>{table()}{other}</main>")
    found = read_invoices(capture(page), PROFILE)
    assert isinstance(found, Fact)
    assert [one.number for one in found.value] == ["INV-2", "INV-1"]


def test_a_title_may_count_what_stands_below_it(page: Page) -> None:
    page.set_content(f"<h2>Orders</h2><p>ORD-7 Dec 1, 2026 $49.00</p><h2>Invoices (2)</h2>{LISTS['list']}")
    found = read_invoices(capture(page), PROFILE)
    assert isinstance(found, Fact)
    assert [one.number for one in found.value] == ["INV-2", "INV-1"]


def test_payments_whose_days_cannot_be_read_are_told_as_unread(page: Page) -> None:
    page.set_content(
        f"<h2>Current Plan</h2><p>$49.00</p><h2>Invoices</h2>{table((('1', 'W47', 'Credits', '$18.00'),))}"
    )
    doubt = InvoiceList(capture(page), PROFILE).unread()
    assert doubt is not None
    assert (doubt.candidates, doubt.settle) == (("$18.00",), 'locale = "…"')


@pytest.mark.parametrize("rest", ["", "<p>No invoices yet.</p>", table()])
def test_nothing_is_unread_where_no_payment_is_or_all_are_read(page: Page, rest: str) -> None:
    page.set_content(f"<h2>Current Plan</h2><p>$49.00</p><h2>Invoices</h2>{rest}")
    assert InvoiceList(capture(page), PROFILE).unread() is None


def test_a_list_that_says_that_it_is_empty_is_read_whatever_stands_above_it(page: Page) -> None:
    plan = "<p>Current Plan</p><p>$49.00 / month · renews Dec 15, 2026</p>"
    tabs = (
        "<div role=tablist><button role=tab aria-selected=true>Invoices</button><button role=tab>Cards</button></div>"
    )
    page.set_content(
        f"{plan}{tabs}<table><tr><th>Number<th>Date<th>Amount<tr><td colspan=3>No matching records</table>"
    )
    assert InvoiceList(capture(page), PROFILE).unread() is None


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Diaflow Enterprise, 1 month", "plans"),
        ("Pro", "plans"),
        ("Enterprise (yearly)", "plans"),
        ("Tarif Business (monatlich)", "plans"),
        ("Orbit, 1 month", None),
        ("Enterprise GmbH", None),
        ("Business top-up", "credits"),
    ],
)
def test_a_payment_is_for_a_plan_by_its_name(page: Page, said: str, kind: str | None) -> None:
    (one,) = invoices(page, table((("INV-1", "Nov 1, 2026", said, "$49.00"),)))
    assert kind_of(one) == kind


def test_terms_with_their_descriptions_are_rows(page: Page) -> None:
    terms = "".join(f"<dt>{day} {number}</dt><dd>{what} {price} {LINK}</dd>" for number, day, what, price in TWO)
    found = invoices(page, f"<dl>{terms}</dl>")
    assert [(one.number, one.credits, one.receipt >= 0) for one in found] == [
        ("INV-2", 4_000, True),
        ("INV-1", None, True),
    ]
