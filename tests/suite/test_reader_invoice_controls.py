"""What a list of past payments is worked with: its filters, and the ways to receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.invoices.invoice_controls import Controls
from steps.readers.invoices.invoice_filters import TypeFilters
from steps.readers.invoices.invoices import InvoiceList
from steps.readers.page.capture import capture
from tests.suite.support.invoice_tables import FLEX, LINK, PROFILE, TWO, cells, invoices, table

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_row_that_is_a_link_leads_to_its_receipt_and_what_pays_it_does_not(page: Page) -> None:
    row = "<a class=r href='/{0}/1'><i>Nov 2, 2026</i><i>INV-2</i><i>$39.00</i></a>"
    (found,) = invoices(page, FLEX + row.format("payments"))
    assert found.receipt == found.element
    row = "<div class=r><i>Nov 2, 2026</i><i>INV-2</i><i>$39.00</i><a href='/invoices/2/pay'>Pay</a></div>"
    (found,) = invoices(page, FLEX + row)
    assert found.receipt == -1


def test_chips_filter_by_type(page: Page) -> None:
    one = "<button role=radio aria-checked={}>{}</button>"
    chips = f"<div role=radiogroup aria-label=Type>{one.format('true', 'All')}{one.format('false', 'Credits')}</div>"
    page.set_content(f"<h2>Invoices</h2>{chips}{table()}")
    (found,) = TypeFilters(Controls(InvoiceList(capture(page), PROFILE))).found()
    assert [(one.name, one.chosen) for one in found.options] == [("All", True), ("Credits", False)]


def test_a_folded_list_filters_by_type(page: Page) -> None:
    box = "<div id=box role=combobox tabindex=0 aria-label='Type All' aria-expanded=false>All types</div>"
    page.set_content(f"<h2>Invoices</h2>{box}{table()}")
    snapshot = capture(page)
    (found,) = TypeFilters(Controls(InvoiceList(snapshot, PROFILE))).found()
    assert (found.kind, snapshot.elements[found.element].id) == ("list", "box")


def test_a_receipt_may_be_a_box_that_is_pressed(page: Page) -> None:
    row = cells(TWO[0], "div") + "<div tabindex=0 id=pdf>PDF</div>"
    (found,) = invoices(page, f"{FLEX}<div class=r>{row}</div><p>End</p>")
    assert capture(page).elements[found.receipt].id == "pdf"


@pytest.mark.parametrize(
    "way",
    [
        "<details><summary aria-label='Kebab toggle'>\u22ee</summary><a href=#>Receipt</a></details>",
        "<span style='cursor:pointer' title=More>\u22ef</span>",
        "<a href='#v'>View</a>",
    ],
)
def test_a_receipt_may_be_behind_what_opens_a_menu_or_the_invoice(page: Page, way: str) -> None:
    found = invoices(page, table().replace(LINK, way))
    assert [(one.receipt, one.menu >= 0) for one in found] == [(-1, True)] * 2


def test_a_link_without_an_address_is_pressed(page: Page) -> None:
    found = invoices(page, table().replace(LINK, "<a>Receipt</a>"))
    assert [one.receipt >= 0 and capture(page).elements[one.receipt].tag for one in found] == ["a", "a"]


def test_a_column_of_menus_has_no_heading(page: Page) -> None:
    spread = "<style>.r{display:flex;justify-content:space-between}</style>"
    rows = (
        ("INV-2", "Nov 2, 2026", "Credits", "1,200,000 credits and a long name", "$9,600.00"),
        ("INV-1", "Nov 1, 2026", "Plan", "Pro", "$49.00"),
    )
    head = "".join(f"<b role=columnheader>{one}</b>" for one in ("Invoice", "Date", "Type", "Item", "Total", ""))
    each = "".join(
        f"<div role=row class=r>{cells(row, 'div role=cell')}<div role=cell><button aria-label='More'>"
        "\u22ef</button></div></div>"
        for row in rows
    )
    found = invoices(page, f"{spread}<div role=table><div role=row class=r>{head}</div>{each}</div>")
    assert [one.type for one in found] == ["Credits", "Plan"]
