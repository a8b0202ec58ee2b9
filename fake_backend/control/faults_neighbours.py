"""Faults of what one company does to another's workspace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fake_backend.control.fault import fault, part_of
from fake_backend.site.hooks import Hooks
from fake_backend.site.model import Grant

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fake_backend.site.hooks import GrantContext, View
    from fake_backend.site.model import Purchase, Workspace

_ISOLATION = "assumption:isolation"


@fault(Hooks.grants, _ISOLATION)
def purchase_for_everybody(grants: list[Grant], _: Purchase, context: GrantContext) -> list[Grant]:
    """What one company buys is added to all others, too."""
    return [*grants, *(replace(one, workspace_id=other, kind="grant") for other in context.others() for one in grants)]


_SAVED_LAST: View = {}
"""The billing information that was saved last, by whichever company."""


@fault(Hooks.receipt, _ISOLATION)
def receipts_for_who_saved_last(fields: View, _: Workspace) -> View:
    """Receipts are made out to the company that has saved its billing information last."""
    return {**fields, "information": {**_SAVED_LAST}} if _SAVED_LAST else fields


@part_of("receipts-for-who-saved-last", Hooks.information)
def saved_information_noted(fields: View, _: Workspace) -> View | None:
    _SAVED_LAST.update(fields)
    return fields


@fault(Hooks.on_foreign_landing, _ISOLATION)
def landing_credits_whoever_opens_it(grants: list[Grant], purchase: Purchase, workspace: Workspace) -> list[Grant]:
    """Whoever opens the address that another company's payment led to gets as many credits."""
    return [*grants, Grant(workspace.id, "add_on", purchase.credits, "grant", "Bought by another company")]


@fault(Hooks.charged, _ISOLATION)
def run_charged_to_everybody(workspaces: list[str], others: Callable[[], Sequence[str]]) -> list[str]:
    """What a run of one company uses is taken from all others, too."""
    return [*workspaces, *others()]
