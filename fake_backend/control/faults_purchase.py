"""Faults of the pop-up with the packages, and of choosing one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fake_backend.control.fault import changed, fault, part_of
from fake_backend.site.hooks import Hooks
from fake_backend.site.model import PACKAGES_BY_ID, Grant, RefusedError

if TYPE_CHECKING:
    from fake_backend.site.hooks import BillingContext, GrantContext, View
    from fake_backend.site.model import Package, Workspace

DAY = 86_400.0


def _package(view: View, credits_: int) -> View:
    return next(package for package in view["packages"] if package["id"] == f"credits-{credits_}")


@fault(Hooks.packages, "doc:buy-credits.3")
def package_missing(view: View, _: BillingContext) -> View:
    """The pop-up offers ten packages: 44,000 credits is not there."""
    return {**view, "packages": [one for one in view["packages"] if one["id"] != "credits-44000"]}


@fault(Hooks.packages, "doc:buy-credits.4a")
def packages_priced_by_month(view: View, _: BillingContext) -> View:
    """The pop-up writes each price as that of a month; it is asked for once."""
    return {**view, "packages": [{**one, "price": f"{one['price']} / month"} for one in view["packages"]]}


@fault(Hooks.packages, "doc:buy-credits.0a")
def largest_gone_after_purchase(view: View, context: BillingContext) -> View:
    """Once credits were bought, the pop-up offers 1,200,000 credits no more."""
    return {**view, "packages": view["packages"][:-1]} if context.paid else view


@fault(Hooks.packages, "doc:buy-credits.3")
def pop_up_closes_by_itself(view: View, _: BillingContext) -> View:
    """The pop-up closes by itself after four seconds."""
    return {**view, "closes_ms": 4_000}


@fault(Hooks.packages, "doc:buy-credits.3")
def package_extra(view: View, _: BillingContext) -> View:
    """The pop-up offers a twelfth package, 88,000 credits."""
    price = "$679.00" if view["packages"][0]["price"] else None
    extra: dict[str, Any] = {"id": "credits-88000", "label": "88,000 credits", "price": price}
    return {**view, "packages": [*view["packages"][:7], extra, *view["packages"][7:]]}


@fault(Hooks.packages, "doc:buy-credits.3")
def package_misnamed(view: View, _: BillingContext) -> View:
    """One package is written "44,000 tokens" instead of 44,000 credits."""
    _package(view, 44_000)["label"] = "44,000 tokens"
    return view


@fault(Hooks.packages, "doc:buy-credits.3")
def package_amount_wrong(view: View, _: BillingContext) -> View:
    """The package of 22,000 credits is offered as 23,000 credits."""
    _package(view, 22_000)["label"] = "23,000 credits"
    return view


@fault(Hooks.packages, "doc:buy-credits.3")
def packages_reordered(view: View, _: BillingContext) -> View:
    """The pop-up offers 11,000 credits before 6,000 credits."""
    order = list(view["packages"])
    order[2], order[3] = order[3], order[2]
    return {**view, "packages": order}


@fault(Hooks.packages, "doc:buy-credits.3")
def package_twice(view: View, _: BillingContext) -> View:
    """The pop-up offers 6,000 credits twice."""
    return {**view, "packages": [*view["packages"][:3], *view["packages"][2:]]}


@fault(Hooks.packages, "doc:buy-credits.3")
def packages_empty(view: View, _: BillingContext) -> View:
    """The pop-up opens without any package in it."""
    return {**view, "packages": []}


@fault(Hooks.sold, "doc:buy-credits.4a", also={"doc:buy-credits.4b": "What is paid for is not what was chosen."})
def leads_to_another(package: Package, _: GrantContext) -> Package:
    """Choosing 22,000 credits leads to the payment of 44,000 credits."""
    return PACKAGES_BY_ID["credits-44000"] if package.credits == 22_000 else package


@fault(Hooks.sold, "doc:buy-credits.4a")
def largest_leads_to_another(package: Package, _: GrantContext) -> Package:
    """Choosing 1,200,000 credits leads to the payment of 115,000 credits."""
    return PACKAGES_BY_ID["credits-115000"] if package.credits == 1_200_000 else package


@fault(Hooks.checkout, "doc:buy-credits.4a", also={"doc:buy-credits.4b": "Nobody gets as far as paying."})
def choosing_does_nothing(answer: View, _: Workspace) -> View:
    """Choosing a package leaves the pop-up as it is: no payment page."""
    return {**answer, "url": None}


@fault(Hooks.sold, "doc:buy-credits.4a", also={"doc:buy-credits.4b": "Nobody gets as far as paying."})
def choosing_fails(_: Package, __: GrantContext) -> Package:
    """Choosing a package shows an error in the pop-up: no payment page."""
    raise RefusedError("Something went wrong. Please try again later.")


@fault(Hooks.checkout, "doc:buy-credits.4a", also={"doc:buy-credits.4b": "Nobody gets as far as paying."})
def choosing_returns_home(answer: View, _: Workspace) -> View:
    """Choosing a package leads to Flows instead of the payment page."""
    return {**answer, "url": "/flows"}


@fault(Hooks.sold, "doc:buy-credits.0a")
def second_purchase_refused(package: Package, context: GrantContext) -> Package:
    """After one purchase the pop-up refuses another."""
    if context.earlier:
        raise RefusedError("You have already bought credits this month.")
    return package


@fault(Hooks.sold, "doc:buy-credits.0a")
def month_end_refused(package: Package, context: GrantContext) -> Package:
    """In the last three days of the month no package can be bought."""
    if context.workspace.cycle_end - context.now < 3 * DAY:
        raise RefusedError("Credits cannot be bought at the end of the month.")
    return package


@fault(Hooks.packages, "assumption:leaving-the-pop-up-changes-nothing")
def closing_adds_credits(view: View, _: BillingContext) -> View:
    """Closing the pop-up adds 2,000 credits."""
    return {**view, "dismiss": "/api/billing/packages/dismissed"}


@part_of("closing-adds-credits", Hooks.on_dismiss)
def closing_adds_credits_on_dismiss(grants: list[Grant], workspace: Workspace) -> list[Grant]:
    return [*grants, Grant(workspace.id, "add_on", 2_000, "grant", "Pop-up closed")]


@fault(Hooks.packages, "assumption:leaving-the-pop-up-changes-nothing")
def pop_up_stays(view: View, _: BillingContext) -> View:
    """The pop-up with the packages stays, whatever is pressed to leave it."""
    return {**view, "stays": True}


@fault(Hooks.packages, "doc:buy-credits.3")
def package_unit_missing(view: View, _: BillingContext) -> View:
    """One package is written "115,000", without the word credits."""
    _package(view, 115_000)["label"] = "115,000"
    return view


@fault(Hooks.packages, "doc:buy-credits.3")
def largest_package_misplaced_comma(view: View, _: BillingContext) -> View:
    """The package of 1,200,000 credits is offered as 120,000 credits."""
    _package(view, 1_200_000)["label"] = "120,000 credits"
    return view


@fault(Hooks.packages, "doc:buy-credits.3")
def package_disabled(view: View, _: BillingContext) -> View:
    """The package of 44,000 credits is there and cannot be pressed."""
    _package(view, 44_000)["disabled"] = True
    return view


@fault(Hooks.packages, "doc:buy-credits.4a")
def packages_covered(view: View, _: BillingContext) -> View:
    """Something that nobody sees lies over the packages: no press reaches them."""
    return {**view, "covered": True}


@fault(Hooks.packages, "doc:buy-credits.0a")
def bought_package_gone(view: View, context: BillingContext) -> View:
    """A package that was bought is no longer offered."""
    bought = {f"credits-{purchase.credits}" for purchase in context.paid}
    return {**view, "packages": [one for one in view["packages"] if one["id"] not in bought]}


@fault(Hooks.packages, "doc:buy-credits.0a")
def large_packages_missing_at_month_end(view: View, context: BillingContext) -> View:
    """In the last three days of the month only packages up to 11,000 credits are offered."""
    late = context.workspace.cycle_end - context.now < 3 * DAY
    return {**view, "packages": view["packages"][:4]} if late else view


@fault(Hooks.sold, "doc:buy-credits.0a")
def third_purchase_refused(package: Package, context: GrantContext) -> Package:
    """After two purchases the pop-up refuses a third."""
    if len(context.earlier) > 1:
        raise RefusedError("You have bought credits twice this month.")
    return package


@fault(Hooks.sold, "doc:buy-credits.0a")
def mid_month_refused(package: Package, context: GrantContext) -> Package:
    """More than a week before the month ends and a week after it began no package can be bought."""
    since, until = context.now - context.workspace.cycle_start, context.workspace.cycle_end - context.now
    if min(since, until) > 7 * DAY:
        raise RefusedError("Credits can be bought in the first and the last week of the month.")
    return package


@fault(Hooks.sold, "doc:buy-credits.0a")
def basic_plan_refused(package: Package, context: GrantContext) -> Package:
    """On the plan Basic no package can be bought."""
    if context.workspace.plan == "Basic":
        raise RefusedError("Upgrade your plan to buy credits.")
    return package


@fault(Hooks.packages, "doc:buy-credits.help")
def support_misspelt(view: View, _: BillingContext) -> View:
    """The support address in the pop-up is written suport@diaflow.io."""
    return changed(view, "help", support="suport@diaflow.io", mailto="suport@diaflow.io")


@fault(Hooks.packages, "doc:buy-credits.help")
def support_mail_elsewhere(view: View, _: BillingContext) -> View:
    """The support address is written right, and pressing it writes to another one."""
    return changed(view, "help", mailto="support@diaflow.example")
