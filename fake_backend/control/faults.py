"""The catalogue of defects that the site can be told to have.

Each fault overrides one seam of the site, or sets one setting of the processor, and changes nothing else. A workspace
may have several: they are stacked, and each hands on to the next by `super()`.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from fake_backend.site.seams import Seams, UnknownFaultError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True)
class Fault:
    """A named defect: the promise it breaks, and in a sentence what a user would see."""

    name: str
    breaks: str
    sees: str
    seams: type[Seams] | None = None
    processor: Mapping[str, object] = field(default_factory=dict)


CATALOGUE: Mapping[str, Fault] = MappingProxyType({})


def processor_settings(names: Iterable[str]) -> dict[str, object]:
    """Give the settings of the processor that these faults need; raises `UnknownFaultError`."""
    settings: dict[str, object] = {}
    for name in names:
        settings.update(_find(name).processor)
    return settings


def _find(name: str) -> Fault:
    if name not in CATALOGUE:
        near = difflib.get_close_matches(name, CATALOGUE, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise UnknownFaultError(f"There is no fault named {name!r}.{hint}")
    return CATALOGUE[name]


@cache
def _stacked(names: tuple[str, ...]) -> Seams:
    parts = [seams for name in names if (seams := _find(name).seams) is not None]
    return type("StackedSeams", (*dict.fromkeys(reversed(parts)), Seams), {})()


class CatalogueSeams(Seams):
    """Seams that know the catalogue; a site is set up with these."""

    def with_faults(self, faults: Sequence[str]) -> Seams:
        """Give the seams of a workspace that has these faults; raises `UnknownFaultError`."""
        return _stacked(tuple(faults)) if faults else self


SEAMS = CatalogueSeams()
