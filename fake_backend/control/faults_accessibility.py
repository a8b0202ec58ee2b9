"""Faults that only some people meet: those who see, hear or handle a site otherwise than most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fake_backend.control.fault import fault
from fake_backend.site.hooks import Hooks

if TYPE_CHECKING:
    from fake_backend.site.hooks import BillingContext, View
    from fake_backend.site.model import Workspace


@fault("credit-bar-unnamed", "assumption:accessible", "A screen reader hears of a bar, and not what it is of.")
class _CreditBarUnnamed(Hooks):
    def billing(self, view: View, context: BillingContext) -> View:
        view = super().billing(view, context)
        return {**view, "credits": {**view["credits"], "unnamed": True}}


@fault("packages-need-a-mouse", "assumption:keyboard-alone", "Tab passes the packages of the pop-up by.")
class _PackagesNeedAMouse(Hooks):
    def packages(self, view: View, workspace: Workspace) -> View:
        return {**super().packages(view, workspace), "mouse_only": True}


@fault("popup-too-wide", "assumption:however-it-is-looked-at", "On a phone the pop-up goes beyond the screen.")
class _PopupTooWide(Hooks):
    def packages(self, view: View, workspace: Workspace) -> View:
        return {**super().packages(view, workspace), "rigid": True}
