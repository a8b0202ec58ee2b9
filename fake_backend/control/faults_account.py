"""Faults of what stands around buying: billing information, runs of workflows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fake_backend.control.fault import changed, fault, part_of
from fake_backend.site.hooks import Hooks
from fake_backend.site.model import RefusedError
from fake_backend.site.view_data import without

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fake_backend.site.hooks import BillingContext, View
    from fake_backend.site.model import Pool, Purchase, Workspace


@fault(Hooks.information, "doc:billing.5")
def changed_tax_id_not_kept(fields: View, workspace: Workspace) -> View:
    """A tax ID that was saved once cannot be changed."""
    return fields | {"tax_id": workspace.information["tax_id"]} if workspace.information else fields


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
def receipt_address_wiped_by_purchase(view: View, context: BillingContext) -> View:
    """Once credits were bought, the billing information has no e-mail address for receipts."""
    return changed(view, "information", email="") if context.paid and view["information"] else view


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


@fault(
    Hooks.run_cost,
    "doc:buy-credits.0b",
    also={
        "doc:credit-use.1": "No run completes, whatever it would use.",
        "assumption:monthly-first": "The same, whichever credits are left.",
    },
)
def runs_fail(credits_: int, _: Workspace, __: Sequence[Purchase], left: int) -> int:
    """With credits left no workflow completes: something is said to have gone wrong."""
    if left:
        raise RefusedError("Something went wrong. The run was not completed.", status=409)
    return credits_


@fault(Hooks.run_cost, "doc:buy-credits.0b")
def runs_stay_stopped(credits_: int, _: Workspace, paid: Sequence[Purchase], __: int) -> int:
    """After buying credits a workflow still says "0 credit"."""
    if paid:
        raise RefusedError("Run not completed: 0 credit left.", status=402)
    return credits_


_stopped: set[str] = set()
"""The workspaces in which a run has stopped for want of credits."""


@fault(Hooks.run_cost, "assumption:no-credits-no-run")
def stopped_runs_stay(credits_: int, workspace: Workspace, _: Sequence[Purchase], left: int) -> int:
    """Once a run has stopped for want of credits none completes, whatever is bought later."""
    if credits_ > left:
        _stopped.add(workspace.id)
    if workspace.id in _stopped:
        raise RefusedError("Run not completed: 0 credit left.", status=402)
    return credits_


_charged: set[str] = set()
"""The workspaces in which a stopped run has been charged."""


@fault(Hooks.run_cost, "assumption:no-credits-no-run")
def stopped_runs_count(credits_: int, workspace: Workspace, _: Sequence[Purchase], left: int) -> int:
    """A run that stops for want of credits counts as a consumed credit all the same."""
    if credits_ > left:
        _charged.add(workspace.id)
    return credits_


@part_of("stopped-runs-count", Hooks.balance)
def stopped_runs_counted(view: View, context: BillingContext) -> View:
    used = int(context.workspace.id in _charged)
    monthly = {**view["monthly"], "used": view["monthly"]["used"] + used}
    return {**view, "monthly": monthly, "consumed": view["consumed"] + used, "total": view["total"] + used}


_used_by_runs: Counter[str] = Counter()
"""Credits that runs have used, by workspace, while the bar did not move."""


@fault(Hooks.run_cost, "doc:billing.3", also={"doc:credit-use.1": "What Billing says is looked at after a run."})
def bar_unmoved_by_runs(credits_: int, workspace: Workspace, _: Sequence[Purchase], left: int) -> int:
    """The credit bar and the total do not change with what runs use; the figures beside them do."""
    _used_by_runs[workspace.id] += credits_ if credits_ <= left else 0
    return credits_


@part_of("bar-unmoved-by-runs", Hooks.balance)
def bar_as_before_runs(view: View, context: BillingContext) -> View:
    used = _used_by_runs[context.workspace.id]
    return {**view, "total_usable": view["total_usable"] + used, "consumed": view["consumed"] - used}


@fault(Hooks.balance, "doc:billing.3")
def add_on_gone_by_poll(view: View, context: BillingContext) -> View:
    """Billing asks for the balance again after 4 seconds, and shows no add-on credits from then on."""
    return without(view, view["add_on"]["remaining"]) if context.looks else view


@part_of("add-on-gone-by-poll", Hooks.billing)
def billing_asks_again(view: View, _: BillingContext) -> View:
    return {**view, "look_again_ms": view["look_again_ms"] or 4_000}


_granted_at_first: dict[str, int] = {}
"""Monthly credits, by workspace, of the plan that Billing showed first."""


@fault(
    Hooks.balance,
    "doc:billing.3",
    also={"doc:upgrade-downgrade.3": "What Billing says is looked at after an upgrade."},
)
def bar_stays_after_upgrade(view: View, context: BillingContext) -> View:
    """The credit bar and the total are those of the plan before, once a dearer one is paid for."""
    granted = view["monthly"]["granted"]
    more = max(granted - _granted_at_first.setdefault(context.workspace.id, granted), 0)
    return {**view, "total_usable": view["total_usable"] - more, "total": view["total"] - more}


@fault(
    Hooks.run_cost,
    "doc:credit-use.1",
    also={"assumption:monthly-first": "A run that needs more than is left of the monthly credits uses add-on ones."},
)
def run_overcharged(credits_: int, _: Workspace, __: Sequence[Purchase], ___: int) -> int:
    """A run that should use one credit uses ten."""
    return credits_ * 10


@fault(Hooks.use_order, "assumption:monthly-first")
def add_on_used_first(pools: Sequence[Pool], _: Workspace) -> Sequence[Pool]:
    """A run uses add-on credits while there are monthly ones."""
    return pools[::-1]


@fault(Hooks.run_cost, "assumption:no-credits-no-run")
def runs_without_credits(credits_: int, _: Workspace, __: Sequence[Purchase], left: int) -> int:
    """With no credits left a workflow completes anyway."""
    return min(left, credits_)


@fault(Hooks.run_cost, "assumption:no-credits-no-run")
def want_of_credits_unsaid(credits_: int, _: Workspace, __: Sequence[Purchase], left: int) -> int:
    """A run that lacks credits stops without saying why."""
    if credits_ > left:
        raise RefusedError("Run not completed.", status=402)
    return credits_


@fault(Hooks.run_cost, "doc:buy-credits.0b")
def runs_dearer_after_purchase(credits_: int, _: Workspace, paid: Sequence[Purchase], __: int) -> int:
    """Once credits were bought, a run uses a hundred times as many as before."""
    return credits_ * 100 if paid else credits_


@fault(
    Hooks.run_cost,
    "doc:credit-use.1",
    also={"assumption:monthly-first": "Where only add-on credits are left, such a run uses none of them."},
)
def run_for_nothing(credits_: int, _: Workspace, __: Sequence[Purchase], ___: int) -> int:
    """A run that needs next to nothing uses no credit at all."""
    return 0 if credits_ == 1 else credits_


@fault(Hooks.run_cost, "doc:credit-use.1")
def long_runs_flat(_: int, __: Workspace, ___: Sequence[Purchase], ____: int) -> int:
    """A run uses one credit however much it needs."""
    return 1


@fault(Hooks.run_result, "doc:credit-use.1")
def run_use_in_fractions(text: str, used: int) -> str:
    """A run is said to have used half a credit more than a whole number of them."""
    return text.replace(f"{used:,} credit", f"{used:,}.5 credit", 1)


@fault(Hooks.run_result, "doc:credit-use.1")
def run_says_less(text: str, used: int) -> str:
    """A run of more than one credit is said to have used one."""
    return text.replace(f"{used:,} credits used", "1 credit used", 1)


@fault(Hooks.run_cost, "doc:buy-credits.0b")
def long_runs_stop(credits_: int, _: Workspace, paid: Sequence[Purchase], left: int) -> int:
    """With bought credits a run of more than one credit stops for want of credits."""
    if paid and credits_ > 1 and left > credits_:
        raise RefusedError("Run not completed: 0 credit left.", status=402)
    return credits_


@fault(Hooks.run_cost, "assumption:monthly-first")
def last_credits_stay(credits_: int, _: Workspace, __: Sequence[Purchase], left: int) -> int:
    """A run that would use exactly the credits that are left stops for want of credits."""
    if credits_ == left:
        raise RefusedError("Run not completed: 0 credit left.", status=402)
    return credits_


@fault(Hooks.receipt_text, "doc:billing.5")
def mailed_receipt_wrong(text: str, _: Purchase) -> str:
    """The mailed receipt tells another amount than the one that was paid."""
    return text.replace("$", "$1")
