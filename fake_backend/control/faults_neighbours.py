"""Faults of what one company does to another's workspace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fake_backend.control.fault import fault
from fake_backend.site.hooks import Hooks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fake_backend.site.hooks import GrantContext
    from fake_backend.site.model import Grant, Purchase

_ISOLATION = "assumption:isolation"


@fault(Hooks.grants, _ISOLATION)
def purchase_for_everybody(grants: list[Grant], _: Purchase, context: GrantContext) -> list[Grant]:
    """What one company buys is added to all others, too."""
    return [*grants, *(replace(one, workspace_id=other, kind="grant") for other in context.others() for one in grants)]


@fault(Hooks.charged, _ISOLATION)
def run_charged_to_everybody(workspaces: list[str], others: Callable[[], Sequence[str]]) -> list[str]:
    """What a run of one company uses is taken from all others, too."""
    return [*workspaces, *others()]
