"""The catalogue of defects that the fake can be told to have.

Each fault overrides one hook of the site, or sets one setting of the processor, and changes nothing else. A workspace
may have several: they are stacked, and each hands on to the next by `super()`. The faults themselves stand in
`faults_display` (what a page shows), `faults_purchase` (choosing and paying), `faults_credits` (what is given),
`faults_account` (getting in, billing information, plans, runs) and `faults_accessibility` (who can use it).
"""

from __future__ import annotations

import difflib
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from fake_backend.control import faults_accessibility, faults_account, faults_credits, faults_display, faults_purchase
from fake_backend.control.fault import FAULTS, Fault
from fake_backend.site.hooks import Hooks, UnknownFaultError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["CATALOGUE", "HOOKS", "CatalogueHooks", "Fault", "UnknownFaultError", "processor_settings"]

# Importing the modules has filled the table; each is named here so that none is missing.
assert all(
    one.__doc__ for one in (faults_display, faults_purchase, faults_credits, faults_account, faults_accessibility)
)
CATALOGUE: Mapping[str, Fault] = MappingProxyType(FAULTS)


def processor_settings(names: Iterable[str]) -> dict[str, object]:
    """Give the settings of the processor that these faults need; raises `UnknownFaultError`."""
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
    parts = [hooks for name in names if (hooks := _find(name).hooks) is not None]
    # A processor's fault has no hooks: with nothing else the documented behaviour is left.
    stacked: type[Hooks] = type("StackedHooks", (*dict.fromkeys(reversed(parts)), Hooks), {})
    return stacked()


class CatalogueHooks(Hooks):
    """Seams that know the catalogue; a site is set up with these."""

    def with_faults(self, faults: Sequence[str]) -> Hooks:
        """Give the hooks of a workspace that has these faults; raises `UnknownFaultError`."""
        return _stacked(tuple(faults)) if faults else self


HOOKS = CatalogueHooks()
