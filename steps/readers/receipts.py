"""What the text of a receipt says of its payment, held against the row of its invoice."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from steps.readers.dates import calendar_of
from steps.readers.fact import Unclear
from steps.readers.prices import reading_of, unclear_money

if TYPE_CHECKING:
    from steps.readers.invoices import Invoice
    from steps.targets.profile import Profile


def text_of_pdf(content: bytes) -> str:
    """Return what a PDF says. Raises pypdf.errors.PyPdfError where it is none."""
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def contradictions(text: str, invoice: Invoice, profile: Profile) -> dict[str, str | Unclear]:
    """Return in what a receipt says otherwise than the invoice, by "number", "date" and "amount".

    What the receipt cannot be read for is unclear; what the invoice itself does not tell is left out.
    """
    if not text.strip():
        return {"text": Unclear("what a receipt says", (), 'labels.receipt = "…", if this is not the receipt')}
    lines = text.splitlines()
    found = {
        "number": _number(text, invoice),
        "date": _day(lines, invoice, profile),
        "amount": _amount(lines, invoice, profile),
    }
    return {what: one for what, one in found.items() if one}


def _number(text: str, invoice: Invoice) -> str:
    plain, wanted = "".join(text.split()), "".join(invoice.number.split())
    return "" if wanted in plain else f"the number {invoice.number} is not on it: {_short(text)}"


def _day(lines: list[str], invoice: Invoice, profile: Profile) -> str | Unclear | None:
    calendar = calendar_of(profile, "", lines)
    days = [day for line in lines for day in calendar.days_in(line)]
    if invoice.date is None or any(day.date == invoice.date for day in days):
        return None
    seen = tuple(dict.fromkeys(day.text for day in days))
    if doubtful := next((day for day in days if day.date is None), None):
        return Unclear("the day of a receipt", seen, doubtful.settle)
    if not days:
        return Unclear("the day of a receipt", (), 'locale = "…"')
    if any(day.date and abs((day.date - invoice.date).days) == 1 for day in days):
        return Unclear("the day of a receipt", seen, 'timezone = "…"')
    return f"the date is {', '.join(seen)}, not {invoice.date:%Y-%m-%d}"


def _amount(lines: list[str], invoice: Invoice, profile: Profile) -> str | Unclear | None:
    reading = reading_of(profile, "", lines)
    amounts = [one for line in lines for one in reading.amounts(line)]
    wanted = invoice.amount
    if wanted is None or any(one == wanted for one in amounts):
        return None
    vague = [one for one in amounts if not one.is_certain]
    if any(one.doubt or (one.amount == wanted.amount and wanted.currency in one.maybe) for one in vague):
        return unclear_money("the amount of a receipt", vague)
    return f"it is about {', '.join(dict.fromkeys(map(str, amounts))) or 'no amount of money'}, not {wanted}"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) < 300 else f"{plain[:300]}…"
