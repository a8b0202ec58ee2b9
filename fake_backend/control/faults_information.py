"""Faults of billing information: what is asked for, kept, shown and mailed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fake_backend.control.fault import changed, fault, part_of
from fake_backend.control.faults_figures import hide_add_on
from fake_backend.site.hooks import Hooks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fake_backend.site.hooks import BillingContext, View
    from fake_backend.site.model import Purchase, Workspace

_DAY = 86_400.0
"""Seconds."""


@fault(Hooks.information, "doc:billing.5")
def changed_tax_id_not_kept(fields: View, workspace: Workspace) -> View:
    """A tax ID that was saved once cannot be changed."""
    return fields | {"tax_id": workspace.information["tax_id"]} if workspace.information else fields


@fault(Hooks.information, "doc:billing.5")
def emptied_tax_id_stays(fields: View, workspace: Workspace) -> View:
    """A tax ID that was saved once cannot be taken out again."""
    return fields | {"tax_id": fields["tax_id"] or (workspace.information or {}).get("tax_id", "")}


@fault(Hooks.information, "doc:billing.5")
def emptied_po_number_stays(fields: View, workspace: Workspace) -> View:
    """A PO number that was saved once cannot be taken out again."""
    before = (workspace.information or {}).get("po_number", "")
    return fields | {"po_number": fields["po_number"] or before}


@fault(Hooks.information, "doc:billing.5")
def information_lost(_: View, __: Workspace) -> View | None:
    """Billing information is said to be saved, and is gone afterwards."""
    return None


@fault(Hooks.information, "doc:billing.5")
def po_number_lost(fields: View, _: Workspace) -> View | None:
    """Of the billing information all but the PO number is kept."""
    return {**fields, "po_number": ""}


@fault(Hooks.information, "doc:billing.5")
def company_recapitalised(fields: View, _: Workspace) -> View | None:
    """The company name is kept with one capital letter a word: "Engines Llp"."""
    return {**fields, "company_name": fields["company_name"].title()}


@fault(Hooks.information, "doc:billing.5")
def tax_id_mangled(fields: View, _: Workspace) -> View | None:
    """The tax ID is kept without its letters."""
    return {**fields, "tax_id": "".join(letter for letter in fields["tax_id"] if not letter.isalpha())}


@fault(
    Hooks.billing,
    "doc:billing.5",
    also={"assumption:invalid-information-is-refused": "What is not asked for is not there still, either."},
)
def po_number_not_asked(view: View, _: BillingContext) -> View:
    """The billing information has no PO number."""
    return {**view, "information_fields": ["company_name", "tax_id", "email"]}


@fault(Hooks.billing, "doc:billing.5")
def information_wiped_by_purchase(view: View, context: BillingContext) -> View:
    """Once credits were bought, the billing information is empty."""
    return {**view, "information": None} if context.paid else view


@fault(Hooks.billing, "doc:billing.5")
def information_wiped_later(view: View, context: BillingContext) -> View:
    """Twenty seconds after a purchase the billing information is empty."""
    is_late = any(20 < context.now - (one.paid_at or context.now) < _DAY for one in context.paid)
    return {**view, "information": None} if is_late else view


@fault(Hooks.billing, "doc:billing.5")
def receipt_address_wiped_by_purchase(view: View, context: BillingContext) -> View:
    """Once credits were bought, the billing information has no e-mail address for receipts."""
    return changed(view, "information", email="") if context.paid and view["information"] else view


_SAVED: set[str] = set()
"""The workspaces whose billing information was saved."""


@fault(Hooks.information, "doc:billing.5")
def information_costs_credits(fields: View, workspace: Workspace) -> View:
    """Once billing information was saved, the add-on credits are gone."""
    _SAVED.add(workspace.id)
    return fields


@part_of("information-costs-credits", Hooks.balance)
def credits_gone_with_it(credits_: View, context: BillingContext) -> View:
    return hide_add_on(credits_, credits_["add_on"]["remaining"]) if context.workspace.id in _SAVED else credits_


_SIGNED_IN: dict[str, float] = {}
"""Since when those were signed in who looked at the billing information first, by workspace."""


@fault(Hooks.billing, "doc:billing.5")
def information_lost_by_sign_in(view: View, context: BillingContext) -> View:
    """Who signs in anew finds no billing information."""
    if not view["information"]:
        return view
    first = _SIGNED_IN.setdefault(context.workspace.id, context.signed_in_at)
    return {**view, "information": None} if context.signed_in_at > first else view


@fault(Hooks.billing, "doc:billing.5")
def information_swapped(view: View, _: BillingContext) -> View:
    """The tax ID stands beside the words PO Number, and the other way round."""
    kept = view["information"]
    return changed(view, "information", tax_id=kept["po_number"], po_number=kept["tax_id"]) if kept else view


@fault(Hooks.billing, "doc:billing.5")
def manage_not_offered(view: View, _: BillingContext) -> View:
    """Where billing information was entered, it is still offered to enter it, not to manage it."""
    for section in view["sections"]:
        if section["id"] == "billing-information":
            section["actions"][0]["label"] = "Enter billing information"
    return view


@fault(Hooks.complaints, "assumption:invalid-information-is-refused")
def wrong_address_saved(wrong: Mapping[str, str], _: Workspace) -> dict[str, str]:
    """What is no e-mail address is saved as one."""
    return {name: words for name, words in wrong.items() if name != "email"}


@fault(Hooks.complaints, "assumption:invalid-information-is-refused")
def complaint_misplaced(wrong: Mapping[str, str], _: Workspace) -> dict[str, str]:
    """What is wrong with the e-mail address is said beside the PO number."""
    return {"po_number" if name == "email" else name: words for name, words in wrong.items()}


@fault(Hooks.kept_of_refused, "assumption:invalid-information-is-refused")
def refused_yet_saved(_: View, fields: View, __: Workspace) -> View:
    """What is wrong with the e-mail address is said, and it is saved all the same."""
    return fields


@fault(Hooks.kept_of_refused, "assumption:invalid-information-is-refused")
def rest_of_refused_saved(kept: View, fields: View, _: Workspace) -> View:
    """What is wrong with the e-mail address is said, and what else was changed is saved."""
    return kept | {name: text for name, text in fields.items() if name != "email"}


@fault(Hooks.billing, "assumption:invalid-information-is-refused")
def form_forgets(view: View, _: BillingContext) -> View:
    """Where something is wrong with one field, what was entered in the others is gone."""
    return {**view, "form_forgets": True}


@fault(Hooks.billing, "assumption:leaving-the-form-changes-nothing")
def cancel_saves(view: View, _: BillingContext) -> View:
    """Who leaves the form of the billing information by "Cancel" saves what is in it."""
    return {**view, "cancel_saves": True}


@fault(Hooks.receipt_text, "doc:billing.5")
def mailed_receipt_wrong(text: str, _: Purchase) -> str:
    """The mailed receipt tells another amount than the one that was paid."""
    return text.replace("$", "$1")
