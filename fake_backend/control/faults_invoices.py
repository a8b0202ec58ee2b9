"""Faults of the list of invoices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fake_backend.control.fault import fault
from fake_backend.site.hooks import Hooks

if TYPE_CHECKING:
    from fake_backend.site.hooks import BillingContext, View
    from fake_backend.site.model import InvoiceFilter, Purchase, Workspace

DAY = 86_400.0
_TWO_PAGES = "assumption:each-payment-page-for-itself"
_INVOICES, _ISOLATION = "doc:billing.6", "assumption:isolation"
_CHOSEN: dict[str, str] = {}
"""The type that invoices were filtered by last, by workspace."""
_OF_THE_PACKAGE = {"doc:buy-credits.4b": "Each package's purchase looks for its own invoice."}


def _all(invoices: list[View], purchase: Purchase, **parts: object) -> list[View]:
    """Return the invoices of a purchase of credits with other parts; an upgrade's stay as they are."""
    return [invoice | parts if purchase.kind == "credits" else invoice for invoice in invoices]


@fault(Hooks.invoiced, _INVOICES, also={"doc:buy-credits.0a": "It has an invoice at any time of the month."})
def invoice_missing(invoices: list[View], purchase: Purchase, _: Workspace) -> list[View]:
    """A payment for credits gets no invoice."""
    return [] if purchase.kind == "credits" else invoices


@fault(Hooks.invoiced, _INVOICES, also=_OF_THE_PACKAGE)
def invoice_missing_for_largest(invoices: list[View], purchase: Purchase, _: Workspace) -> list[View]:
    """A payment for 1,200,000 credits gets no invoice; all others do."""
    return [] if purchase.credits == 1_200_000 else invoices


@fault(Hooks.invoiced, _INVOICES)
def invoice_missing_for_smallest(invoices: list[View], purchase: Purchase, _: Workspace) -> list[View]:
    """A payment for 2,000 credits gets no invoice; all others do."""
    return [] if purchase.credits == 2_000 else invoices


@fault(Hooks.invoiced, _INVOICES, also={"doc:upgrade-downgrade.3": "An upgrade is a payment too."})
def upgrade_not_invoiced(invoices: list[View], purchase: Purchase, _: Workspace) -> list[View]:
    """A payment for a plan gets no invoice."""
    return [] if purchase.kind == "plan" else invoices


@fault(Hooks.invoiced, _INVOICES, also={"doc:upgrade-downgrade.3": "An upgrade is a payment too."})
def upgrade_invoiced_as_another(invoices: list[View], purchase: Purchase, _: Workspace) -> list[View]:
    """The invoice of a payment for a plan is for Basic, whatever was paid for."""
    return [one | {"description": "Basic plan"} if purchase.kind == "plan" else one for one in invoices]


@fault(Hooks.invoices, _INVOICES, also={"doc:buy-credits.4b": "What one member buys the others see."})
def invoices_hidden_from_colleagues(view: View, context: BillingContext) -> View:
    """Only who owns the workspace sees its invoices."""
    return view if context.member.role == "Owner" else {**view, "invoices": []}


@fault(Hooks.invoices, _INVOICES)
def plan_payments_hidden_from_colleagues(view: View, context: BillingContext) -> View:
    """Only who owns the workspace sees what was paid for plans; the others see what was paid for credits."""
    own = [one for one in view["invoices"] if one["type"] == "credits"]
    return view if context.member.role == "Owner" else {**view, "invoices": own}


@fault(Hooks.invoiced, _INVOICES)
def invoice_doubled(invoices: list[View], purchase: Purchase, _: Workspace) -> list[View]:
    """A payment for credits gets two invoices."""
    return invoices * 2 if purchase.kind == "credits" else invoices


@fault(Hooks.invoiced, _INVOICES)
def invoice_amount_wrong(invoices: list[View], purchase: Purchase, _: Workspace) -> list[View]:
    """The invoice asks for a tenth of what was paid."""
    return _all(invoices, purchase, amount=purchase.amount // 10)


@fault(Hooks.invoiced, _INVOICES, also=_OF_THE_PACKAGE)
def invoice_amount_wrong_for_one(invoices: list[View], purchase: Purchase, _: Workspace) -> list[View]:
    """The invoice for 480,000 credits asks for $1.00 more than was paid; all others are right."""
    return _all(invoices, purchase, amount=purchase.amount + 100) if purchase.credits == 480_000 else invoices


@fault(Hooks.invoiced, _INVOICES)
def invoice_in_another_currency(invoices: list[View], purchase: Purchase, _: Workspace) -> list[View]:
    """The invoice is in Australian dollars: $57.00 becomes A$57.00."""
    return _all(invoices, purchase, currency="aud")


@fault(Hooks.invoiced, _INVOICES)
def invoice_misnamed(invoices: list[View], purchase: Purchase, _: Workspace) -> list[View]:
    """The invoice names ten times the credits that were bought."""
    return _all(invoices, purchase, description=f"{purchase.credits * 10:,} credits")


@fault(Hooks.invoiced, _INVOICES)
def invoice_dated_tomorrow(invoices: list[View], purchase: Purchase, _: Workspace) -> list[View]:
    """The invoice has the date of the day after the payment."""
    return [one | {"at": one["at"] + DAY} if purchase.kind == "credits" else one for one in invoices]


@fault(Hooks.invoiced, _INVOICES)
def invoice_dated_last_year(invoices: list[View], purchase: Purchase, _: Workspace) -> list[View]:
    """The invoice has a date of a year ago."""
    return [one | {"at": one["at"] - 365 * DAY} if purchase.kind == "credits" else one for one in invoices]


@fault(Hooks.invoiced, _INVOICES)
def invoice_unpaid(invoices: list[View], purchase: Purchase, _: Workspace) -> list[View]:
    """The invoice of what was paid is marked Unpaid."""
    return _all(invoices, purchase, status="Unpaid")


@fault(Hooks.invoices, _INVOICES)
def invoice_voided_later(view: View, context: BillingContext) -> View:
    """Twenty seconds after a purchase its invoice is marked Void."""
    late = {
        one["number"] for one in view["invoices"] if 20 < context.now - one["at"] < DAY and one["type"] == "credits"
    }
    return {
        **view,
        "invoices": [{**one, "status": "Void"} if one["number"] in late else one for one in view["invoices"]],
    }


@fault(Hooks.invoiced, _INVOICES)
def purchase_filed_as_plan(invoices: list[View], purchase: Purchase, _: Workspace) -> list[View]:
    """The filter for credits drops what was really bought, and the one for plans shows it."""
    return _all(invoices, purchase, kind="plan")


@fault(Hooks.invoices, _INVOICES)
def only_newest_invoice_kept(view: View, context: BillingContext) -> View:
    """After a purchase all earlier payments are gone from the invoices."""
    return {**view, "invoices": view["invoices"][:1], "pages": 1} if context.paid else view


@fault(Hooks.invoices, _INVOICES)
def earlier_payments_refunded(view: View, context: BillingContext) -> View:
    """After a purchase all earlier payments are marked Refunded."""
    newest, *earlier = view["invoices"] or [{}]
    back = [{**one, "status": "Refunded"} for one in earlier]
    return {**view, "invoices": [newest, *back]} if context.paid and view["page"] == 1 else view


@fault(
    Hooks.invoices,
    _INVOICES,
    also={_TWO_PAGES: "Three packages are bought there.", "doc:buy-credits.0a": "So are they there."},
)
def amounts_of_three_invoices_rotated(view: View, context: BillingContext) -> View:
    """Once three packages were bought, the three newest invoices have one another's amounts."""
    rows = view["invoices"]
    if len(context.paid) < 3 or view["page"] > 1 or len(rows) < 3:
        return view
    labels = [rows[at]["amount_label"] for at in (1, 2, 0)]
    turned = [{**one, "amount_label": label} for one, label in zip(rows[:3], labels, strict=True)]
    return {**view, "invoices": [*turned, *rows[3:]]}


@fault(Hooks.invoices, _INVOICES, also={"doc:buy-credits.4b": "Who closes the payment page looks for the invoice."})
def invoice_on_return_alone(view: View, context: BillingContext) -> View:
    """What was paid for is listed only once the buyer has come back from the payment page."""
    closed = {f"{one.credits:,} credits" for one in context.paid if one.kind == "credits" and not one.landings}
    return {**view, "invoices": [one for one in view["invoices"] if one["description"] not in closed]}


@fault(Hooks.invoices, _INVOICES, also={_ISOLATION: "A workspace's own payments are looked for there, too."})
def oldest_invoice_missing(view: View, _: BillingContext) -> View:
    """The last page of the invoices lacks its last payment."""
    last = view["page"] == view["pages"]
    return {**view, "invoices": view["invoices"][:-1]} if last else view


@fault(Hooks.invoice_filter, _INVOICES)
def second_page_repeats_first(wanted: InvoiceFilter, _: Workspace) -> InvoiceFilter:
    """Every further page of the invoices shows the first one again."""
    return replace(wanted, page=1)


@fault(Hooks.invoice_filter, _INVOICES)
def invoice_filter_dead(wanted: InvoiceFilter, _: Workspace) -> InvoiceFilter:
    """A filter by type shows all invoices, whatever their type."""
    return replace(wanted, kind=None)


@fault(Hooks.invoice_filter, _INVOICES)
def plan_filter_dead(wanted: InvoiceFilter, _: Workspace) -> InvoiceFilter:
    """A filter for plans shows all invoices; the one for credits is right."""
    return replace(wanted, kind=None) if wanted.kind == "plan" else wanted


@fault(Hooks.invoice_filter, _INVOICES)
def credits_filter_lacks_newest(wanted: InvoiceFilter, workspace: Workspace) -> InvoiceFilter:
    """The filter for credits leaves out what was paid in the last hundred days."""
    return replace(wanted, until=workspace.created - 100 * DAY) if wanted.kind == "credits" else wanted


@fault(Hooks.invoices, _INVOICES)
def invoice_listed_twice(view: View, _: BillingContext) -> View:
    """On each page of the invoices the first payment is listed twice."""
    return {**view, "invoices": [*view["invoices"][:1], *view["invoices"]]}


@fault(Hooks.invoice_filter, _INVOICES)
def date_filter_dead(wanted: InvoiceFilter, _: Workspace) -> InvoiceFilter:
    """A filter by date shows all invoices, whatever their date."""
    return replace(wanted, since=None, until=None)


@fault(Hooks.invoice_filter, _INVOICES)
def date_filter_lacks_new_payments(wanted: InvoiceFilter, workspace: Workspace) -> InvoiceFilter:
    """A filter by date leaves out what was paid since the workspace was looked at first."""
    is_by_date = wanted.since is not None or wanted.until is not None
    until = workspace.created if wanted.until is None else min(wanted.until, workspace.created)
    return replace(wanted, until=until) if is_by_date else wanted


@fault(Hooks.invoice_filter, _INVOICES)
def date_filter_open_end(wanted: InvoiceFilter, _: Workspace) -> InvoiceFilter:
    """A filter by date goes by its first day alone, and shows all that came later."""
    return replace(wanted, until=None)


@fault(Hooks.invoice_filter, _INVOICES)
def date_filter_lacks_last_day(wanted: InvoiceFilter, _: Workspace) -> InvoiceFilter:
    """A filter by date leaves out what was paid on its last day."""
    return replace(wanted, until=wanted.until - DAY) if wanted.until else wanted


@fault(Hooks.invoice_filter, _INVOICES)
def date_filter_lacks_first_day(wanted: InvoiceFilter, _: Workspace) -> InvoiceFilter:
    """A filter by date leaves out what was paid on its first day."""
    return replace(wanted, since=wanted.since + DAY) if wanted.since else wanted


@fault(Hooks.invoice_filter, _INVOICES)
def date_filter_counts_day_before(wanted: InvoiceFilter, _: Workspace) -> InvoiceFilter:
    """A filter by date shows what was paid on the day before its first one, too."""
    return replace(wanted, since=wanted.since - DAY) if wanted.since else wanted


@fault(Hooks.invoice_filter, _INVOICES)
def type_filter_cannot_be_undone(wanted: InvoiceFilter, workspace: Workspace) -> InvoiceFilter:
    """Once the invoices were filtered by type, "All types" goes on showing what the filter left."""
    if wanted.kind:
        _CHOSEN[workspace.id] = wanted.kind
    return replace(wanted, kind=_CHOSEN.get(workspace.id))


@fault(Hooks.invoices, _ISOLATION)
def neighbour_among_invoices(view: View, context: BillingContext) -> View:
    """Invoices lists a payment of another company."""
    foreign = {
        "number": "NEIGHBOUR-0001", "at": context.workspace.created, "type": "credits",
        "description": "4,000 credits", "amount": 3_900, "amount_label": "$39.00", "status": "Paid",
        "receipt": "/api/billing/invoices/NEIGHBOUR-0001/receipt.pdf",
    }  # fmt: skip
    return {**view, "invoices": [foreign, *view["invoices"]], "total": view["total"] + 1}
