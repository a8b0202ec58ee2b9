"""What a fault is, and how it gets into the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fake_backend.site.hooks import Hooks


@dataclass(frozen=True)
class Fault:
    """A named defect.

    `breaks` is the tag of the promise or assumption that it breaks, `sees` says in a sentence what a user would see.
    `also` names others whose scenarios may see it, each with the reason; nobody else does.
    It is carried out by `hooks`, overrides of the site's, or by settings of the processor, or by neither more.
    """

    name: str
    breaks: str
    sees: str
    also: Mapping[str, str] = field(default_factory=dict)
    hooks: type[Hooks] | None = None
    processor: Mapping[str, object] = field(default_factory=dict)


FAULTS: dict[str, Fault] = {}


def fault(
    name: str, breaks: str, sees: str, also: Mapping[str, str] | None = None
) -> Callable[[type[Hooks]], type[Hooks]]:
    """Put a class of hooks into the catalogue."""

    def enter(hooks: type[Hooks]) -> type[Hooks]:
        _add(Fault(name, breaks, sees, also or {}, hooks))
        return hooks

    return enter


def processor_fault(
    name: str, breaks: str, sees: str, also: Mapping[str, str] | None = None, **settings: object
) -> None:
    """Put a fault of the payment page into the catalogue: settings of the processor."""
    _add(Fault(name, breaks, sees, also or {}, processor=settings))


def _add(new: Fault) -> None:
    if new.name in FAULTS:
        raise ValueError(f"There are two faults named {new.name!r}.")
    FAULTS[new.name] = new
