"""The list of past payments as a member finds it, and how two lists differ."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

from steps.pages.invoices import Invoices
from steps.readers.payments import is_unpaid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steps.actors.member import Member
    from steps.readers.invoices import Invoice


def invoices_of(member: Member, *, anew: bool = False) -> Invoices:
    """Return the invoices on Billing; `anew` they are on their first page and not filtered."""
    if anew:
        member.billing_anew()
    else:
        member.billing()
        member.billing_at = member.billing_at or member.page.url
    return Invoices(member.page, member.target.profile)


def listed_after(member: Member, known: list[Invoice]) -> list[Invoice]:
    """Return all invoices, once there is a new one that is paid: no page promises that invoices come at once.

    A new one alone may be followed by its double, so that the list is looked at once more.
    """
    deadline = time.monotonic() + member.target.profile.limits.page / 3
    listed = invoices_of(member, anew=True).all()
    while time.monotonic() < deadline:
        new = beyond(listed, known)
        if new and not any(is_unpaid(one) for one in new):
            return invoices_of(member, anew=True).all() if len(new) == 1 else listed
        listed = invoices_of(member, anew=True).all()
    return listed


def beyond(listed: Iterable[Invoice], known: Iterable[Invoice]) -> list[Invoice]:
    """Return the invoices that are not among the known ones; one that is listed twice counts twice."""
    left = Counter(map(facts, known))
    new = []
    for one in listed:
        if left[facts(one)] > 0:
            left[facts(one)] -= 1
        else:
            new.append(one)
    return new


def facts(invoice: Invoice) -> tuple[str, ...]:
    """Return what stays the same of an invoice, however it is listed."""
    return tuple(map(str, (invoice.number, invoice.date, invoice.amount, invoice.credits, invoice.type)))


def rows(invoices: list[Invoice]) -> str:
    """Return what the rows say, for a message."""
    return "; ".join(f"“{invoice.text}”" for invoice in invoices) or "none"
