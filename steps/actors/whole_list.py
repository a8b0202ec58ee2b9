"""The list of past payments as a whole: gone through to its end, and held against what it says of itself."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from steps.actors.invoices import INVOICES, invoices_of, rows
from steps.actors.purchase_invoices import hold_written
from steps.pages.invoice_walk import RepeatedPageError
from steps.pages.not_found import ElementNotFoundError
from steps.readers.invoices.receipts import words_of
from steps.readers.page.fact import Unclear
from steps.verdicts.expectations import BrokenPromiseError, check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.readers.invoices.invoices import Invoice


def looked_through(member: Member) -> list[Invoice]:
    """Return all invoices. Raises BrokenPromiseError where a page repeats the one before, twice in a row."""
    with suppress(RepeatedPageError):
        return invoices_of(member).all()
    try:
        return invoices_of(member, anew=True).all()
    except RepeatedPageError as error:
        raise BrokenPromiseError("further payments on each page of the list", str(error), INVOICES) from error


def hold_whole(member: Member, listed: list[Invoice]) -> None:
    """Raise BrokenPromiseError where the list of these invoices contradicts itself, or says that it lacks some.

    Its last page shows, and its first one then.
    """
    _hold_count(member, listed)
    hold_written(listed)
    seen = [invoices_of(member), invoices_of(member, anew=True)]
    amiss = [text for page in seen if (text := page.amiss())]
    check(not amiss, expected="all payments, in words", actual=f"“{'”, “'.join(dict.fromkeys(amiss))}”")


def _hold_count(member: Member, listed: list[Invoice]) -> None:
    """Hold what the list says of how many it has against how many it shows: some rows may be none of payments."""
    number, told = invoices_of(member).told_of_all()
    if number and number != len(listed):
        is_short = number < len(listed) and member.target.is_exclusive
        check(not is_short, expected=f"“{told}” for {len(listed)} payments", actual=rows(listed))
        member.doubts.append(str(Unclear("how many there are", (told,), 'labels.invoices = { selector = "…" }')))


def hold_receipts_filtered(member: Member, listed: list[Invoice]) -> None:
    """Raise BrokenPromiseError where the list as it is filtered gives its last row the receipt of another invoice."""
    invoices, text = invoices_of(member), ""
    last = invoices.on_this_page()[-1:]
    with suppress(NotVerifiedError, ElementNotFoundError):  # whether there are receipts is for other steps
        text = words_of(invoices.receipt(last[0])) if last else ""
    others = [one.number for one in listed if last and one.number and one.number != last[0].number]
    wrong = next((one for one in others if one in text and last[0].number not in text), "")
    told = last[0].number if last else ""
    check(not wrong, expected=f"the receipt of {told} in the filtered list", actual=f"that of {wrong}")
