"""The list of past payments as a whole: gone through to its end, and held against what it says of itself."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from steps.actors.invoices import INVOICES, invoices_of, rows
from steps.actors.purchase_invoices import hold_written
from steps.pages.invoice_walk import RepeatedPageError
from steps.readers.checkout.alerts import errors_on
from steps.readers.page.fact import Unclear
from steps.verdicts.expectations import BrokenPromiseError, check

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
    amiss = [text for page in seen for text in (*errors_on(page.snapshot()), page.amiss()) if text]
    check(not amiss, expected="all payments, in words", actual=f"“{'”, “'.join(dict.fromkeys(amiss))}”")


def _hold_count(member: Member, listed: list[Invoice]) -> None:
    """Hold what the list says of how many it has against how many it shows: some rows may be none of payments."""
    number, told = invoices_of(member).told_of_all()
    if number and number != len(listed):
        is_short = number < len(listed) and member.target.is_exclusive
        check(not is_short, expected=f"“{told}” for {len(listed)} payments", actual=rows(listed))
        member.doubts.append(str(Unclear("how many there are", (told,), 'labels.invoices = { selector = "…" }')))
