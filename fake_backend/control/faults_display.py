"""Faults of what the pages show: the way to Billing, its sections and buttons, users and the profile menu."""

# ruff: noqa: ARG002 - a hook is told more than some of its versions need

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


@fault("settings-entry-missing", "doc:buy-credits.1", "The profile menu has no Workspace Settings, only Log out.")
class _SettingsEntryMissing(Hooks):
    def shell(self, view: View, workspace: Workspace) -> View:
        view = super().shell(view, workspace)
        return {**view, "menu": _without(view["menu"], "settings")}


@fault("settings-entry-renamed", "doc:buy-credits.1", 'The profile menu says "Preferences" for Workspace Settings.')
class _SettingsEntryRenamed(Hooks):
    def shell(self, view: View, workspace: Workspace) -> View:
        view = super().shell(view, workspace)
        _find(view["menu"], "settings")["label"] = "Preferences"
        return view


@fault("billing-tab-missing", "doc:buy-credits.1", "Workspace Settings has a General tab only.")
class _BillingTabMissing(Hooks):
    def shell(self, view: View, workspace: Workspace) -> View:
        view = super().shell(view, workspace)
        return {**view, "tabs": _without(view["tabs"], "billing")}


@fault("billing-tab-renamed", "doc:buy-credits.1", 'The tab is called "Payments" instead of Billing.')
class _BillingTabRenamed(Hooks):
    def shell(self, view: View, workspace: Workspace) -> View:
        view = super().shell(view, workspace)
        _find(view["tabs"], "billing")["label"] = "Payments"
        return view


@fault("billing-tab-dead", "doc:buy-credits.1", "Pressing the Billing tab does nothing.")
class _BillingTabDead(Hooks):
    def shell(self, view: View, workspace: Workspace) -> View:
        view = super().shell(view, workspace)
        _find(view["tabs"], "billing")["dead"] = True
        return view


@fault("billing-shows-error", "doc:buy-credits.1", "The Billing tab shows an error instead of its sections.")
class _BillingShowsError(Hooks):
    def billing(self, view: View, context: BillingContext) -> View:
        raise RefusedError("Something went wrong. Billing could not be loaded.", status=409)


@fault(
    "current-plan-missing",
    "doc:buy-credits.2",
    "The Billing tab has no Current Plan section.",
    also={"doc:billing.1": "It is one of the three sections."},
)
class _CurrentPlanMissing(Hooks):
    def billing(self, view: View, context: BillingContext) -> View:
        view = super().billing(view, context)
        return {**view, "sections": _without(view["sections"], "current-plan")}


@fault(
    "current-plan-renamed",
    "doc:buy-credits.2",
    'The section is titled "Subscription" instead of Current Plan.',
    also={"doc:billing.1": "It is one of the three sections."},
)
class _CurrentPlanRenamed(Hooks):
    def billing(self, view: View, context: BillingContext) -> View:
        view = super().billing(view, context)
        _plan_section(view)["title"] = "Subscription"
        return view


@fault(
    "invoices-missing",
    "doc:billing.1",
    "The Billing tab has no Invoices section.",
    also={"doc:billing.6": "No payment is listed anywhere."},
)
class _InvoicesMissing(Hooks):
    def billing(self, view: View, context: BillingContext) -> View:
        view = super().billing(view, context)
        return {**view, "sections": _without(view["sections"], "invoices")}


@fault(
    "information-renamed", "doc:billing.1", 'The section is titled "Company details" instead of Billing Information.'
)
class _InformationRenamed(Hooks):
    def billing(self, view: View, context: BillingContext) -> View:
        view = super().billing(view, context)
        _find(view["sections"], "billing-information")["title"] = "Company details"
        return view


@fault(
    "add-credits-missing",
    "doc:buy-credits.2",
    "The Current Plan section has no Add credits button.",
    also={"doc:billing.4": "Both ways on stand in that section."},
)
class _AddCreditsMissing(Hooks):
    def billing(self, view: View, context: BillingContext) -> View:
        view = super().billing(view, context)
        section = _plan_section(view)
        section["actions"] = _without(section["actions"], "add-credits")
        return view


@fault("add-credits-renamed", "doc:buy-credits.2", 'The button says "Buy tokens" instead of Add credits.')
class _AddCreditsRenamed(Hooks):
    def billing(self, view: View, context: BillingContext) -> View:
        view = super().billing(view, context)
        _find(_plan_section(view)["actions"], "add-credits")["label"] = "Buy tokens"
        return view


@fault(
    "add-credits-elsewhere",
    "doc:buy-credits.2",
    "Add credits stands in Billing Information, not in Current Plan.",
    also={"doc:billing.4": "Both ways on stand in that section."},
)
class _AddCreditsElsewhere(Hooks):
    def billing(self, view: View, context: BillingContext) -> View:
        return _moved(super().billing(view, context), "add-credits")


@fault("add-credits-dead", "doc:buy-credits.3", "Pressing Add credits opens no pop-up.")
class _AddCreditsDead(Hooks):
    def billing(self, view: View, context: BillingContext) -> View:
        view = super().billing(view, context)
        _find(_plan_section(view)["actions"], "add-credits")["opens"] = None
        return view


@fault(
    "upgrade-plan-missing",
    "doc:buy-credits.help",
    "The Current Plan section has no Upgrade plan button.",
    also={
        "doc:billing.4": "Both ways on stand in that section.",
        "doc:upgrade-downgrade.1": "That is where another plan is to be found.",
    },
)
class _UpgradePlanMissing(Hooks):
    def billing(self, view: View, context: BillingContext) -> View:
        view = super().billing(view, context)
        section = _plan_section(view)
        section["actions"] = _without(section["actions"], "upgrade-plan")
        return view


@fault(
    "upgrade-plan-elsewhere",
    "doc:upgrade-downgrade.1",
    "Upgrade plan stands in Billing Information instead.",
    also={
        "doc:billing.4": "Both ways on stand in that section.",
        "doc:buy-credits.help": "Those who buy often look for it there.",
    },
)
class _UpgradePlanElsewhere(Hooks):
    def billing(self, view: View, context: BillingContext) -> View:
        return _moved(super().billing(view, context), "upgrade-plan")


@fault("upgrade-plan-dead", "doc:upgrade-downgrade.2", "Pressing Upgrade plan opens no list of plans.")
class _UpgradePlanDead(Hooks):
    def billing(self, view: View, context: BillingContext) -> View:
        view = super().billing(view, context)
        _find(_plan_section(view)["actions"], "upgrade-plan")["opens"] = None
        return view


@fault("plan-misnamed", "doc:billing.2", 'The current plan is shown as "Free" whatever it is.')
class _PlanMisnamed(Hooks):
    def billing(self, view: View, context: BillingContext) -> View:
        view = super().billing(view, context)
        view["plan"]["name"] = "Free"
        return view


@fault(
    "pools-swapped",
    "doc:billing.3",
    "Monthly credits stand beside the words Add-on credits, and the other way round.",
    also={
        "doc:buy-credits.4": "What is bought grows beside the wrong words.",
        "doc:billing.4": "The same: credits that are added show as monthly ones.",
    },
)
class _PoolsSwapped(Hooks):
    def billing(self, view: View, context: BillingContext) -> View:
        view = super().billing(view, context)
        shown = view["credits"]
        return {**view, "credits": {**shown, "monthly": shown["add_on"], "add_on": shown["monthly"]}}


@fault("log-out-missing", "doc:sign-in.2", "The profile menu has no Log out.")
class _LogOutMissing(Hooks):
    def shell(self, view: View, workspace: Workspace) -> View:
        view = super().shell(view, workspace)
        return {**view, "menu": _without(view["menu"], "sign-out")}


@fault("neighbour-among-users", "assumption:isolation", "Users lists a person of another company.")
class _NeighbourAmongUsers(Hooks):
    def members(self, view: View, workspace: Workspace) -> View:
        view = super().members(view, workspace)
        stranger = {
            "name": "Somebody Else", "email": "somebody@neighbour.example", "role": "Owner", "access": "Full access",
            "last_login": "Never",
        }  # fmt: skip
        return {**view, "members": [*view["members"], stranger]}


@fault("role-not-shown", "doc:users.1", "Users shows no role for anybody.")
class _RoleNotShown(Hooks):
    def members(self, view: View, workspace: Workspace) -> View:
        view = super().members(view, workspace)
        return {**view, "members": [{**member, "role": ""} for member in view["members"]]}
