"""Faults that only some people meet: those who see, hear or handle a site otherwise than most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fake_backend.control.fault import changed, fault, processor_fault
from fake_backend.control.faults_display import with_action
from fake_backend.site.hooks import Hooks

if TYPE_CHECKING:
    from fake_backend.site.hooks import BillingContext, View


@fault(Hooks.billing, "assumption:accessible")
def credit_bar_unnamed(view: View, _: BillingContext) -> View:
    """A screen reader hears of a bar, and not what it is of."""
    return changed(view, "credits", "bar", name=None)


@fault(Hooks.packages, "assumption:accessible")
def close_unnamed(view: View, _: BillingContext) -> View:
    """A screen reader hears of a button in the pop-up, and not what it does."""
    return {**view, "close_unnamed": True}


@fault(Hooks.packages, "assumption:accessible")
def package_misspoken(view: View, _: BillingContext) -> View:
    """The button that shows 22,000 credits is called 2,000 credits by screen readers."""
    spoken = {"credits-22000": "2,000 credits $20.00"}
    return {**view, "packages": [{**one, "spoken": spoken.get(one["id"])} for one in view["packages"]]}


processor_fault(
    "country-unnamed",
    "assumption:accessible",
    "A screen reader hears of a list on the payment page, and not what it is of.",
    country_unnamed=True,
)


@fault(Hooks.packages, "assumption:keyboard-alone")
def packages_need_a_mouse(view: View, _: BillingContext) -> View:
    """Tab passes the packages of the pop-up by."""
    return {**view, "mouse_only": True}


@fault(Hooks.packages, "assumption:every-display")
def popup_too_wide(view: View, _: BillingContext) -> View:
    """On a phone the pop-up goes beyond the screen."""
    return {**view, "shape": "rigid"}


@fault(Hooks.packages, "assumption:keyboard-alone")
def package_focus_unseen(view: View, _: BillingContext) -> View:
    """Nothing shows which package the keyboard is on."""
    return {**view, "shape": "unmarked"}


@fault(Hooks.packages, "assumption:every-display")
def packages_lacking_on_phone(view: View, context: BillingContext) -> View:
    """Once credits were bought, the pop-up offers the first eight packages only on a phone."""
    return {**view, "shape": "shortened"} if context.paid else view


@fault(Hooks.packages, "assumption:every-display")
def popup_cut_off_on_phone(view: View, _: BillingContext) -> View:
    """On a phone the pop-up ends before the last packages, and does not scroll."""
    return {**view, "shape": "cut"}


@fault(Hooks.billing, "assumption:every-display")
def add_credits_out_of_sight_after_purchase(view: View, context: BillingContext) -> View:
    """Once credits were bought, Add credits stands beyond the side of the screen."""
    return with_action(view, "add-credits", aside=True) if context.paid else view


@fault(Hooks.invoices, "assumption:every-display")
def invoice_amounts_gone_on_phone(view: View, _: BillingContext) -> View:
    """On a phone the invoices are listed without their amounts."""
    return {**view, "amounts_gone": "phone"}


@fault(Hooks.invoices, "assumption:every-display")
def invoice_amounts_gone_in_dark(view: View, _: BillingContext) -> View:
    """In dark mode the invoices are listed without their amounts."""
    return {**view, "amounts_gone": "dark"}


@fault(Hooks.invoices, "assumption:every-display")
def invoice_amounts_gone_with_reduced_motion(view: View, _: BillingContext) -> View:
    """With reduced motion the invoices are listed without their amounts, which would come with the motion."""
    return {**view, "amounts_gone": "still"}
