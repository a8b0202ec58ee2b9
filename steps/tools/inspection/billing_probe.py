"""The stops on Billing beside the credits: invoices, how they are filtered, and the billing information."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.actors.billing_information import open_form
from steps.actors.invoices import invoices_of
from steps.pages.base_page import PRESSED, ElementNotFoundError
from steps.pages.filter_offers import FilterOffers
from steps.pages.filter_panel import FilterPanel
from steps.readers.workspace.information import FIELDS
from steps.tools.inspection.finding import Finding, State
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from steps.actors.member import Member


def inspect_billing(member: Member, on_finding: Callable[[Finding], None]) -> None:
    """Report what the scenarios about invoices and billing information will find; nothing is entered or saved.

    What is not found makes those scenarios fail or not verified, and keeps no other from running.
    """
    for what, look in _STOPS.items():
        try:
            on_finding(Finding(what, State.FOUND, look(member)))
        except NotVerifiedError as error:
            on_finding(Finding(what, State.DIFFERS, str(error)))
        except ElementNotFoundError as error:
            missing, *shown = str(error).splitlines()
            elements = tuple(one.strip() for one in shown if one.strip().partition(" ")[0] in PRESSED)
            missing = f'{missing.partition(" The page at ")[0]} Where it is called otherwise: {_SETTLED_BY[what]} = "…"'
            on_finding(Finding(what, State.DIFFERS, missing, None, elements))


def _listed(member: Member) -> str:
    count = len(invoices_of(member, anew=True).all())
    return f"{count} listed" if count else "none yet"


def _filter_by_type(member: Member) -> str:
    invoices = invoices_of(member, anew=True)
    offer = FilterOffers(invoices, FilterPanel(invoices)).find("credits", invoices.settled())
    return f"by “{offer.words}”"


def _filter_by_date(member: Member) -> str:
    return invoices_of(member, anew=True).how_days_are_chosen()


def _information(member: Member) -> str:
    form = open_form(member)
    asked = form.fields()
    lacking = [name for name in FIELDS if name not in asked]
    if lacking:
        doubts = [str(one) for one in map(form.doubt, lacking) if one]
        lines = ", ".join(f'labels.{name} = "…"' for name in lacking)
        raise NotVerifiedError(" ".join(doubts) or f"The form does not ask for all of it. The lines for it: {lines}")
    return "the form asks for all four"


_STOPS: dict[str, Callable[[Member], str]] = {
    "list of invoices": _listed,
    "filter by type": _filter_by_type,
    "filter by date": _filter_by_date,
    "form of billing information": _information,
}
_SETTLED_BY = {
    "list of invoices": "labels.invoices",
    "filter by type": "labels.invoice_type",
    "filter by date": "labels.invoices_from",
    "form of billing information": "labels.manage_information",
}
