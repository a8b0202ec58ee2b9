"""Faults of what the pages show: the way to Billing, its sections and their buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fake_backend.control.fault import changed, fault
from fake_backend.site.hooks import Hooks
from fake_backend.site.model import RefusedError

if TYPE_CHECKING:
    from fake_backend.site.hooks import BillingContext, View
    from fake_backend.site.model import Workspace


DAY = 86_400.0


def _without(items: list[View], key: str) -> list[View]:
    return [item for item in items if item["id"] != key]


def _find(items: list[View], key: str) -> View:
    return next(item for item in items if item["id"] == key)


def _plan_section(view: View) -> View:
    return _find(view["sections"], "current-plan")


def with_action(view: View, action: str, **parts: object) -> View:
    """Change a button of Current Plan."""
    _find(_plan_section(view)["actions"], action).update(parts)
    return view


def without_action(view: View, action: str) -> View:
    """Take a button of Current Plan away."""
    section = _plan_section(view)
    section["actions"] = _without(section["actions"], action)
    return view


def _moved(view: View, action: str) -> View:
    """Move a button from Current Plan to Billing Information."""
    section = _plan_section(view)
    button = _find(section["actions"], action)
    section["actions"] = _without(section["actions"], action)
    _find(view["sections"], "billing-information")["actions"].append(button)
    return view


@fault(Hooks.shell, "doc:buy-credits.1")
def settings_entry_missing(view: View, _: str, __: Workspace) -> View:
    """The profile menu has no Workspace Settings, only Log out."""
    return {**view, "menu": _without(view["menu"], "settings")}


@fault(Hooks.shell, "doc:buy-credits.1")
def settings_entry_renamed(view: View, _: str, __: Workspace) -> View:
    """The profile menu says "Preferences" for Workspace Settings."""
    _find(view["menu"], "settings")["label"] = "Preferences"
    return view


@fault(Hooks.shell, "doc:buy-credits.1")
def billing_tab_missing(view: View, _: str, __: Workspace) -> View:
    """Workspace Settings has a General tab only."""
    return {**view, "tabs": _without(view["tabs"], "billing")}


@fault(Hooks.shell, "doc:buy-credits.1")
def billing_tab_renamed(view: View, _: str, __: Workspace) -> View:
    """The tab is called "Payments" instead of Billing."""
    _find(view["tabs"], "billing")["label"] = "Payments"
    return view


@fault(Hooks.shell, "doc:buy-credits.1")
def billing_tab_dead(view: View, _: str, __: Workspace) -> View:
    """Pressing the Billing tab does nothing."""
    _find(view["tabs"], "billing")["dead"] = True
    return view


@fault(
    Hooks.billing,
    "doc:buy-credits.1",
    also={"assumption:sign-in": "Whoever has signed in opens Billing."},
)
def billing_shows_error(_: View, __: BillingContext) -> View:
    """The Billing tab shows an error instead of its sections."""
    raise RefusedError("Something went wrong. Billing could not be loaded.", status=409)


@fault(
    Hooks.billing,
    "doc:buy-credits.2",
    also={"doc:billing.1": "It is one of the three sections.", "doc:buy-credits.1": "Billing is known by it."},
)
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
    return without_action(view, "add-credits")


@fault(Hooks.billing, "doc:buy-credits.2")
def add_credits_renamed(view: View, _: BillingContext) -> View:
    """The button says "Buy tokens" instead of Add credits."""
    return with_action(view, "add-credits", label="Buy tokens")


@fault(Hooks.billing, "doc:buy-credits.2")
def add_credits_elsewhere(view: View, _: BillingContext) -> View:
    """Add credits stands in Billing Information, not in Current Plan."""
    return _moved(view, "add-credits")


@fault(Hooks.billing, "doc:buy-credits.3")
def add_credits_dead(view: View, _: BillingContext) -> View:
    """Pressing Add credits opens no pop-up."""
    return with_action(view, "add-credits", opens=None)


@fault(Hooks.billing, "doc:upgrade-downgrade.1")
def upgrade_plan_missing(view: View, _: BillingContext) -> View:
    """The Current Plan section has no Upgrade plan button."""
    return without_action(view, "upgrade-plan")


@fault(Hooks.billing, "doc:upgrade-downgrade.1")
def upgrade_plan_elsewhere(view: View, _: BillingContext) -> View:
    """Upgrade plan stands in Billing Information instead."""
    return _moved(view, "upgrade-plan")


@fault(Hooks.packages, "doc:buy-credits.help")
def hint_leads_nowhere(view: View, _: BillingContext) -> View:
    """The hint at another subscription leads to a page that the site does not have."""
    return changed(view, "help", href="/workspace/billing/upgrade-downgrade-a-subscription")


@fault(Hooks.packages, "doc:buy-credits.help")
def support_address_wrong(view: View, _: BillingContext) -> View:
    """The pop-up sends those who need help to help@example.com."""
    return changed(view, "help", support="help@example.com", mailto="help@example.com")


@fault(Hooks.billing, "doc:upgrade-downgrade.2")
def upgrade_plan_dead(view: View, _: BillingContext) -> View:
    """Pressing Upgrade plan opens no list of plans."""
    return with_action(view, "upgrade-plan", opens=None)


@fault(Hooks.billing, "doc:billing.2")
def plan_misnamed(view: View, _: BillingContext) -> View:
    """The current plan is shown as "Free" whatever it is."""
    view["plan"]["name"] = "Free"
    return view


@fault(Hooks.shell, "doc:sign-in.2")
def log_out_missing(view: View, _: str, __: Workspace) -> View:
    """The profile menu has no Log out."""
    return {**view, "menu": _without(view["menu"], "sign-out")}


@fault(Hooks.shell, "doc:sign-in.2")
def log_out_missing_on_billing(view: View, page: str, _: Workspace) -> View:
    """The profile menu has no Log out in Workspace Settings; elsewhere it has."""
    return {**view, "menu": _without(view["menu"], "sign-out")} if page == "settings" else view


@fault(Hooks.shell, "doc:buy-credits.1")
def settings_entry_missing_elsewhere(view: View, page: str, _: Workspace) -> View:
    """The profile menu has no Workspace Settings on Users; elsewhere it has."""
    return {**view, "menu": _without(view["menu"], "settings")} if page == "users" else view


@fault(Hooks.shell, "doc:buy-credits.1")
def settings_entry_misled(view: View, _: str, __: Workspace) -> View:
    """Workspace Settings in the profile menu leads to Flows."""
    _find(view["menu"], "settings")["href"] = "/flows"
    return view


@fault(Hooks.billing, "doc:buy-credits.1", also={"doc:billing.1": "It has none of its sections."})
def billing_empty(view: View, _: BillingContext) -> View:
    """The Billing tab opens and stays empty."""
    return {**view, "sections": []}


@fault(
    Hooks.billing,
    "doc:buy-credits.3",
    also={"doc:upgrade-downgrade.2": "No button beneath it can be pressed.", "doc:billing.5": "The same."},
)
def billing_covered(view: View, _: BillingContext) -> View:
    """Something that nobody sees lies over Billing: no press reaches a button."""
    return {**view, "covered": True}


@fault(Hooks.billing, "doc:buy-credits.3")
def add_credits_disabled(view: View, _: BillingContext) -> View:
    """Add credits is there and cannot be pressed."""
    return with_action(view, "add-credits", disabled=True)


@fault(Hooks.billing, "doc:buy-credits.0a")
def add_credits_disabled_at_month_end(view: View, context: BillingContext) -> View:
    """In the last three days of the month Add credits cannot be pressed."""
    late = context.workspace.cycle_end - context.now < 3 * DAY
    return with_action(view, "add-credits", disabled=True) if late else view


@fault(Hooks.billing, "doc:buy-credits.0a")
def add_credits_disabled_after_a_month(view: View, context: BillingContext) -> View:
    """After the first month Add credits cannot be pressed."""
    return with_action(view, "add-credits", disabled=True) if context.workspace.is_renewed else view


@fault(Hooks.billing, "doc:buy-credits.0a")
def add_credits_disabled_after_purchase(view: View, context: BillingContext) -> View:
    """Once credits were bought, Add credits cannot be pressed."""
    return with_action(view, "add-credits", disabled=True) if context.paid else view


@fault(Hooks.billing, "doc:buy-credits.3")
def add_credits_opens_plans(view: View, _: BillingContext) -> View:
    """Add credits opens the list of plans instead of the packages."""
    return with_action(view, "add-credits", opens="plans")


@fault(Hooks.billing, "doc:upgrade-downgrade.2")
def upgrade_plan_disabled(view: View, _: BillingContext) -> View:
    """Upgrade plan is there and cannot be pressed."""
    return with_action(view, "upgrade-plan", disabled=True)


@fault(
    Hooks.billing,
    "doc:upgrade-downgrade.1",
    also={"doc:billing.4": "After a purchase Billing is as complete as before."},
)
def upgrade_plan_hidden_after_purchase(view: View, context: BillingContext) -> View:
    """Once credits were bought, Current Plan has no Upgrade plan any more."""
    return without_action(view, "upgrade-plan") if context.paid else view


@fault(Hooks.billing, "doc:billing.5")
def manage_disabled(view: View, _: BillingContext) -> View:
    """The button of Billing Information is there and cannot be pressed."""
    _find(view["sections"], "billing-information")["actions"][0]["disabled"] = True
    return view


@fault(Hooks.billing, "doc:billing.1", also={"doc:billing.4": "After a purchase Billing is as complete as before."})
def invoices_gone_after_purchase(view: View, context: BillingContext) -> View:
    """Once credits were bought, Billing has no section Invoices any more."""
    return {**view, "sections": _without(view["sections"], "invoices")} if context.paid else view


@fault(Hooks.billing, "doc:billing.2")
def plan_nameless(view: View, _: BillingContext) -> View:
    """The current plan has no name."""
    return changed(view, "plan", name="")


@fault(Hooks.billing, "doc:billing.4")
def allowance_grows(view: View, context: BillingContext) -> View:
    """After a purchase the plan is said to have as many more credits each month."""
    bought = sum(purchase.credits for purchase in context.paid)
    return changed(view, "plan", monthly_credits=view["plan"]["monthly_credits"] + bought)


@fault(Hooks.billing, "doc:billing.4")
def plan_price_rises(view: View, context: BillingContext) -> View:
    """After a purchase the plan is said to cost $149.00 a month."""
    return changed(view, "plan", price="$149.00") if context.paid else view


@fault(Hooks.billing, "doc:billing.4")
def purchase_schedules_downgrade(view: View, context: BillingContext) -> View:
    """After a purchase the plan is said to change to Basic at the end of the month."""
    ends = view["plan"]["renews"]
    return changed(view, "plan", next_plan="Basic", next_plan_from=ends) if context.paid else view
