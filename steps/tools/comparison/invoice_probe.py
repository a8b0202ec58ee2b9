"""What past payments tell: whether the filter by type filters, and whether a receipt says what its invoice says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

from steps.pages.base_page import ElementNotFoundError
from steps.pages.invoices import Invoices
from steps.readers.invoices.payments import kind_of
from steps.readers.invoices.receipts import contradictions, text_of_pdf
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.readers.invoices.invoices import Invoice
    from steps.readers.invoices.payments import Kind
    from steps.targets.profile import Profile
    from steps.tools.inspection.walkthrough import Walkthrough

FOUND = ("invoices for credits", "invoices for plans", "receipt")
"""What is found out where there are past payments."""
_KINDS: tuple[Kind, ...] = ("credits", "plans")


def look_at_invoices(walk: Walkthrough) -> Iterator[tuple[str, str]]:
    """Yield each finding with its name; none where no payment is listed. Billing has to be open."""
    invoices = Invoices(walk.page, walk.profile)
    listed = invoices.on_this_page()
    if not listed:
        return
    yield "receipt", _receipt(invoices, listed[-1], walk.profile)
    if len({kind_of(one) for one in listed}) == 1:
        return  # of one kind alone: a filter leaves them as they are, or takes all away
    for kind in _KINDS:
        try:
            invoices.of_type(kind)
        except (ElementNotFoundError, NotVerifiedError):
            return
        found = invoices.on_this_page()
        yield f"invoices for {kind}", "all others too" if len(found) == len(listed) else "filtered"


def _receipt(invoices: Invoices, invoice: Invoice, profile: Profile) -> str:
    """Download a receipt, and return whether it names number, date and amount of its invoice."""
    from pypdf.errors import PyPdfError

    try:
        said = text_of_pdf(invoices.receipt(invoice))
    except (ElementNotFoundError, PlaywrightError):  # no link, or one that leads to no file
        return "none to download"
    except PyPdfError:
        return "no PDF"
    wrong = [what for what, one in contradictions(said, invoice, profile).items() if isinstance(one, str)]
    return f"names another {' and '.join(wrong)}" if wrong else "names the invoice's amount"
