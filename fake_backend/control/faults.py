"""The catalogue of defects that the fake can be told to have.

Each fault changes what one hook of the site returns, or one setting of the processor, and nothing else. A workspace may
have several: each changes what those before it have left. They stand in modules by what they are about:
`faults_display` (the way to Billing and its buttons), `faults_figures` (the credit bar), `faults_purchase` (choosing),
`faults_prices`, `faults_payment`, `faults_credits` (what is added at once), `faults_later` (what comes later),
`faults_invoices`, `faults_receipts`, `faults_information` (billing information), `faults_runs` (workflows),
`faults_users` (Users, signing in), `faults_neighbours` (other workspaces), `faults_plans` (plans and months),
`faults_lasting` (what does not last) and `faults_accessibility`.
"""

from __future__ import annotations

import difflib
from functools import cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from fake_backend.control import (
    faults_accessibility,
    faults_credits,
    faults_display,
    faults_figures,
    faults_information,
    faults_invoices,
    faults_lasting,
    faults_later,
    faults_neighbours,
    faults_payment,
    faults_plans,
    faults_prices,
    faults_purchase,
    faults_receipts,
    faults_runs,
    faults_users,
)
from fake_backend.control.fault import FAULTS, Fault
from fake_backend.site.hooks import Hooks, UnknownFaultError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = ["CATALOGUE", "HOOKS", "CatalogueHooks", "Fault", "UnknownFaultError", "processor_settings"]

# Importing the modules has filled the table, in this order.
_MODULES = (
    faults_display,
    faults_figures,
    faults_purchase,
    faults_prices,
    faults_payment,
    faults_credits,
    faults_later,
    faults_invoices,
    faults_receipts,
    faults_information,
    faults_runs,
    faults_users,
    faults_neighbours,
    faults_plans,
    faults_lasting,
    faults_accessibility,
)
CATALOGUE: Mapping[str, Fault] = MappingProxyType(FAULTS)


def processor_settings(names: Iterable[str]) -> dict[str, object]:
    """Return the settings of the processor that these faults need; raises `UnknownFaultError`."""
    settings: dict[str, object] = {}
    for name in names:
        settings.update(_find(name).processor)
    return settings


def _find(name: str) -> Fault:
    if name not in CATALOGUE:
        near = difflib.get_close_matches(name, CATALOGUE, n=1)
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        raise UnknownFaultError(f"There is no fault named {name!r}{hint}.")
    return CATALOGUE[name]


@cache
def _stacked(names: tuple[str, ...]) -> Hooks:
    hooks = Hooks()
    for name in dict.fromkeys(names):
        for hook, change in _find(name).changes.items():
            setattr(hooks, hook, partial(_changed, getattr(hooks, hook), change))
    return hooks


def _changed(before: Callable[..., Any], change: Callable[..., Any], value: Any, *context: Any) -> Any:
    """Let a fault change what is left by the faults before it; what one of them has taken away stays away."""
    value = before(value, *context)
    return None if value is None else change(value, *context)


class CatalogueHooks(Hooks):
    """Hooks that know the catalogue; a site is set up with these."""

    def with_faults(self, faults: Sequence[str]) -> Hooks:
        """Return the hooks of a workspace that has these faults; raises `UnknownFaultError`."""
        return _stacked(tuple(faults)) if faults else self


HOOKS = CatalogueHooks()
