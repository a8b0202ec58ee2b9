"""What past payments tell: whether the filter by type filters, and whether a receipt says what its invoice says."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

from steps.pages.base_page import ElementNotFoundError
from steps.pages.invoices import Invoice, Invoices
from steps.pages.money import money_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.tools.inspection.walkthrough import Walkthrough

FOUND = ("invoices for credits", "invoices for plans", "receipt")
"""What is found out where there are past payments."""


def look_at_invoices(walk: Walkthrough) -> Iterator[tuple[str, str]]:
    """Yield each finding with its name; none where no payment is listed. Billing has to be open."""
    invoices = Invoices(walk.page, walk.profile)
    listed = invoices.on_this_page()
    if not listed:
        return
    yield "receipt", _receipt(invoices, listed[-1])
    if len({one.credits is None for one in listed}) == 1:
        return  # of one kind alone: a filter leaves them as they are, or takes all away
    for kind in ("credits", "plans"):
        try:
            invoices.of_type(kind)
        except ElementNotFoundError:
            return
        yield f"invoices for {kind}", "all others too" if invoices.on_this_page() == listed else "filtered"


def _receipt(invoices: Invoices, invoice: Invoice) -> str:
    """Download a receipt and say whether it names the amount of its invoice."""
    from pypdf import PdfReader
    from pypdf.errors import PdfReadError

    try:
        content = invoices.receipt(invoice).read_bytes()
        said = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    except (ElementNotFoundError, PlaywrightError):  # no link, or one that leads to no file
        return "none to download"
    except PdfReadError:
        return "no PDF"
    amounts = money_in(said)
    return "names the invoice's amount" if set(invoice.prices) <= set(amounts) else "names another amount"
