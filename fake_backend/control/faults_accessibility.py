"""Faults that only some people meet: those who see, hear or handle a site otherwise than most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fake_backend.control.fault import changed, fault
from fake_backend.site.hooks import Hooks

if TYPE_CHECKING:
    from fake_backend.site.hooks import BillingContext, View


@fault(Hooks.billing, "assumption:accessible")
def credit_bar_unnamed(view: View, _: BillingContext) -> View:
    """A screen reader hears of a bar, and not what it is of."""
    return changed(view, "credits", "bar", name=None)


@fault(Hooks.packages, "assumption:keyboard-alone")
def packages_need_a_mouse(view: View, _: BillingContext) -> View:
    """Tab passes the packages of the pop-up by."""
    return {**view, "mouse_only": True}


@fault(Hooks.packages, "assumption:every-display")
def popup_too_wide(view: View, _: BillingContext) -> View:
    """On a phone the pop-up goes beyond the screen."""
    return {**view, "rigid": True}
