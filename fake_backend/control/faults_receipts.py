"""Faults of the receipts of invoices: what they say, whom they lead to, and to whom they are mailed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fake_backend.control.fault import fault
from fake_backend.site.hooks import Hooks
from fake_backend.site.model import RefusedError, money

if TYPE_CHECKING:
    from fake_backend.site.hooks import BillingContext, View
    from fake_backend.site.model import Purchase, Workspace

DAY = 86_400.0
_INVOICES, _ISOLATION = "doc:billing.6", "assumption:isolation"


def _misled(invoices: list[View], part: slice) -> list[View]:
    """Return invoices of which some lead to the receipt of the next one, and the last of these to that of the first."""
    some = invoices[part]
    misled = [one | {"receipt": after["receipt"]} for one, after in zip(some, some[1:] + some[:1], strict=True)]
    return invoices[: part.start or 0] + misled + invoices[(part.start or 0) + len(some) :]


@fault(Hooks.invoices, _INVOICES)
def receipts_of_two_swapped(view: View, _: BillingContext) -> View:
    """The second and the third payment lead to each other's receipt."""
    return view if view["page"] > 1 else {**view, "invoices": _misled(view["invoices"], slice(1, 3))}


@fault(Hooks.invoices, _INVOICES)
def receipts_shifted_on_second_page(view: View, _: BillingContext) -> View:
    """On the second page of the invoices each payment leads to the receipt of the next one."""
    return view if view["page"] == 1 else {**view, "invoices": _misled(view["invoices"], slice(None))}


@fault(Hooks.receipt, _INVOICES)
def receipt_of_plan_wrong(fields: View, _: Workspace) -> View:
    """The receipt of a payment for a plan tells $10.00 more than its invoice; those for credits are right."""
    return {**fields, "amount_label": money(fields["amount"] + 1_000)} if fields["type"] == "plan" else fields


@fault(Hooks.receipt, _INVOICES)
def receipt_names_smallest_package(fields: View, _: Workspace) -> View:
    """The receipt of a payment for credits names 2,000 credits, whatever was bought."""
    return {**fields, "description": "2,000 credits"} if fields["type"] == "credits" else fields


@fault(Hooks.receipt, _INVOICES)
def receipt_dated_next_day(fields: View, _: Workspace) -> View:
    """The receipt has the date of the day after its invoice."""
    return {**fields, "at": fields["at"] + DAY}


@fault(Hooks.receipt, _INVOICES)
def receipt_wrong(fields: View, _: Workspace) -> View:
    """The downloaded receipt tells another amount than the invoice."""
    return {**fields, "amount_label": "$1.00"}


@fault(Hooks.receipt, _INVOICES)
def receipt_thousands_lost(fields: View, _: Workspace) -> View:
    """The receipt of $1,000.00 or more tells the amount without its thousands; smaller ones are right."""
    return {**fields, "amount_label": money(fields["amount"] % 100_000)} if fields["amount"] >= 100_000 else fields


@fault(Hooks.receipt, _INVOICES)
def receipt_total_taxed(fields: View, _: Workspace) -> View:
    """The receipt tells what was bought at its price, and a fifth more as what was paid."""
    return {**fields, "total_label": money(fields["amount"] * 6 // 5)}


@fault(Hooks.receipt, _INVOICES)
def receipt_number_wrong(fields: View, _: Workspace) -> View:
    """The downloaded receipt has the number of another invoice."""
    return {**fields, "number": fields["number"][:-4] + "9999"}


@fault(Hooks.receipt, _INVOICES)
def receipt_of_another_day(fields: View, _: Workspace) -> View:
    """The receipt of an older payment has the day of the newest one."""
    return {**fields, "at": fields["at"] + fields["newer"] * 10 * DAY}


@fault(Hooks.receipt, _INVOICES)
def older_receipt_gone(fields: View, _: Workspace) -> View:
    """Only the newest payment has a receipt: that of an older one is not found."""
    if fields["newer"]:
        raise RefusedError("There is no such receipt.", status=404)
    return fields


@fault(Hooks.receipt, _INVOICES)
def oldest_receipts_gone(fields: View, _: Workspace) -> View:
    """The receipts of what was paid before the last twenty payments are not found."""
    if fields["newer"] >= 20:
        raise RefusedError("There is no such receipt.", status=404)
    return fields


@fault(Hooks.receipt, _INVOICES)
def receipt_for_the_buyer_alone(fields: View, _: Workspace) -> View:
    """The receipt of what another member has bought is withheld."""
    if not fields["is_own"]:
        raise RefusedError("You may not see this receipt.", status=403)
    return fields


@fault(Hooks.receipt, _INVOICES)
def newest_receipt_wrong(fields: View, _: Workspace) -> View:
    """The receipt of the newest payment tells half of what was paid; the older ones are right."""
    half = money(fields["amount"] // 2)
    return fields if fields["newer"] else {**fields, "amount_label": half}


@fault(Hooks.receipt, _INVOICES)
def receipt_is_no_pdf(fields: View, _: Workspace) -> View:
    """What is downloaded as a receipt is a page that says that something went wrong."""
    return {**fields, "file": b"<!doctype html><title>Diaflow</title><p>Something went wrong.</p>"}


@fault(Hooks.receipt_mail, "doc:billing.5")
def receipt_mailed_elsewhere(_: str, purchase: Purchase) -> str | None:
    """The receipt is mailed to somebody other than the address for receipts."""
    return f"{purchase.member_id}@elsewhere.example"


@fault(Hooks.receipt_mail, "doc:billing.5")
def receipt_not_mailed(_: str, __: Purchase) -> str | None:
    """No receipt is mailed to anybody."""
    return None


@fault(Hooks.receipt_owner, _ISOLATION)
def foreign_receipt_served(_: str) -> str:
    """Who knows the address of another company's receipt can download it."""
    return ""
