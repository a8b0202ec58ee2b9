"""Faults of what the pages show: the way to Billing, its sections and buttons, users and the profile menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fake_backend.control.fault import fault
from fake_backend.site.hooks import Hooks
from fake_backend.site.model import RefusedError

if TYPE_CHECKING:
    from fake_backend.site.hooks import BillingContext, View
    from fake_backend.site.model import Workspace


def _without(items: list[View], key: str) -> list[View]:
    return [item for item in items if item["id"] != key]


def _find(items: list[View], key: str) -> View:
    return next(item for item in items if item["id"] == key)


def _plan_section(view: View) -> View:
    return _find(view["sections"], "current-plan")


def _moved(view: View, action: str) -> View:
    """Move a button from Current Plan to Billing Information."""
    section = _plan_section(view)
    button = _find(section["actions"], action)
    section["actions"] = _without(section["actions"], action)
    _find(view["sections"], "billing-information")["actions"].append(button)
    return view


@fault(Hooks.shell, "doc:buy-credits.1")
def settings_entry_missing(view: View, _: Workspace) -> View:
    """The profile menu has no Workspace Settings, only Log out."""
    return {**view, "menu": _without(view["menu"], "settings")}


@fault(Hooks.shell, "doc:buy-credits.1")
def settings_entry_renamed(view: View, _: Workspace) -> View:
    """The profile menu says "Preferences" for Workspace Settings."""
    _find(view["menu"], "settings")["label"] = "Preferences"
    return view


@fault(Hooks.shell, "doc:buy-credits.1")
def billing_tab_missing(view: View, _: Workspace) -> View:
    """Workspace Settings has a General tab only."""
    return {**view, "tabs": _without(view["tabs"], "billing")}


@fault(Hooks.shell, "doc:buy-credits.1")
def billing_tab_renamed(view: View, _: Workspace) -> View:
    """The tab is called "Payments" instead of Billing."""
    _find(view["tabs"], "billing")["label"] = "Payments"
    return view


@fault(Hooks.shell, "doc:buy-credits.1")
def billing_tab_dead(view: View, _: Workspace) -> View:
    """Pressing the Billing tab does nothing."""
    _find(view["tabs"], "billing")["dead"] = True
    return view


@fault(Hooks.billing, "doc:buy-credits.1")
def billing_shows_error(_: View, __: BillingContext) -> View:
    """The Billing tab shows an error instead of its sections."""
    raise RefusedError("Something went wrong. Billing could not be loaded.", status=409)


@fault(Hooks.billing, "doc:buy-credits.2", also={"doc:billing.1": "It is one of the three sections."})
def current_plan_missing(view: View, _: BillingContext) -> View:
    """The Billing tab has no Current Plan section."""
    return {**view, "sections": _without(view["sections"], "current-plan")}


@fault(Hooks.billing, "doc:buy-credits.2", also={"doc:billing.1": "It is one of the three sections."})
def current_plan_renamed(view: View, _: BillingContext) -> View:
    """The section is titled "Subscription" instead of Current Plan."""
    _plan_section(view)["title"] = "Subscription"
    return view


@fault(Hooks.billing, "doc:billing.1", also={"doc:billing.6": "No payment is listed anywhere."})
def invoices_missing(view: View, _: BillingContext) -> View:
    """The Billing tab has no Invoices section."""
    return {**view, "sections": _without(view["sections"], "invoices")}


@fault(Hooks.billing, "doc:billing.1")
def information_renamed(view: View, _: BillingContext) -> View:
    """The section is titled "Company details" instead of Billing Information."""
    _find(view["sections"], "billing-information")["title"] = "Company details"
    return view


@fault(Hooks.billing, "doc:buy-credits.2")
def add_credits_missing(view: View, _: BillingContext) -> View:
    """The Current Plan section has no Add credits button."""
    section = _plan_section(view)
    section["actions"] = _without(section["actions"], "add-credits")
    return view


@fault(Hooks.billing, "doc:buy-credits.2")
def add_credits_renamed(view: View, _: BillingContext) -> View:
    """The button says "Buy tokens" instead of Add credits."""
    _find(_plan_section(view)["actions"], "add-credits")["label"] = "Buy tokens"
    return view


@fault(Hooks.billing, "doc:buy-credits.2")
def add_credits_elsewhere(view: View, _: BillingContext) -> View:
    """Add credits stands in Billing Information, not in Current Plan."""
    return _moved(view, "add-credits")


@fault(Hooks.billing, "doc:buy-credits.3")
def add_credits_dead(view: View, _: BillingContext) -> View:
    """Pressing Add credits opens no pop-up."""
    _find(_plan_section(view)["actions"], "add-credits")["opens"] = None
    return view


@fault(Hooks.billing, "doc:upgrade-downgrade.1")
def upgrade_plan_missing(view: View, _: BillingContext) -> View:
    """The Current Plan section has no Upgrade plan button."""
    section = _plan_section(view)
    section["actions"] = _without(section["actions"], "upgrade-plan")
    return view


@fault(Hooks.billing, "doc:upgrade-downgrade.1")
def upgrade_plan_elsewhere(view: View, _: BillingContext) -> View:
    """Upgrade plan stands in Billing Information instead."""
    return _moved(view, "upgrade-plan")


@fault(Hooks.packages, "doc:buy-credits.help")
def support_address_wrong(view: View, _: Workspace) -> View:
    """The pop-up sends those who need help to help@example.com."""
    return {**view, "help": {**view["help"], "support": "help@example.com"}}


@fault(Hooks.billing, "doc:upgrade-downgrade.2")
def upgrade_plan_dead(view: View, _: BillingContext) -> View:
    """Pressing Upgrade plan opens no list of plans."""
    _find(_plan_section(view)["actions"], "upgrade-plan")["opens"] = None
    return view


@fault(Hooks.billing, "doc:billing.2")
def plan_misnamed(view: View, _: BillingContext) -> View:
    """The current plan is shown as "Free" whatever it is."""
    view["plan"]["name"] = "Free"
    return view


@fault(
    Hooks.billing,
    "doc:billing.3",
    also={
        "doc:buy-credits.4b": "What is bought grows beside the wrong words.",
        "doc:billing.4": "The same: credits that are added show as monthly ones.",
    },
)
def pools_swapped(view: View, _: BillingContext) -> View:
    """Monthly credits stand beside the words Add-on credits, and the other way round."""
    shown = view["credits"]
    return {**view, "credits": {**shown, "monthly": shown["add_on"], "add_on": shown["monthly"]}}


@fault(Hooks.shell, "doc:sign-in.2")
def log_out_missing(view: View, _: Workspace) -> View:
    """The profile menu has no Log out."""
    return {**view, "menu": _without(view["menu"], "sign-out")}


@fault(Hooks.members, "assumption:isolation")
def neighbour_among_users(view: View, _: Workspace) -> View:
    """Users lists a person of another company."""
    stranger = {
        "name": "Somebody Else", "email": "somebody@neighbour.example", "role": "Owner", "access": "Full access",
        "last_login": "Never",
    }  # fmt: skip
    return {**view, "members": [*view["members"], stranger]}


@fault(Hooks.members, "doc:users.1")
def role_not_shown(view: View, _: Workspace) -> View:
    """Users shows no role for anybody."""
    return {**view, "members": [{**member, "role": ""} for member in view["members"]]}
