"""What a fault is, and how it gets into the catalogue."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fake_backend.site.hooks import Hooks

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Fault:
    """A named defect.

    `breaks` is the tag of the promise or assumption that it breaks, `sees` a sentence on what a user would see.
    `also` names others whose scenarios may see it, each with the reason; nobody else does.
    `changes` are what it does, by the hook of the site that it changes; `processor` are settings of the processor.
    """

    name: str
    breaks: str
    sees: str
    also: Mapping[str, str] = field(default_factory=dict)
    changes: dict[str, Callable[..., Any]] = field(default_factory=dict)
    processor: Mapping[str, object] = field(default_factory=dict)


FAULTS: dict[str, Fault] = {}


def fault(
    hook: Callable[Concatenate[Hooks, P], T],
    breaks: str,
    also: Mapping[str, str] | None = None,
    **processor: object,
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Put a function into the catalogue: it is given what the hook would return, and returns something else.

    Its name is the fault's, its docstring what a user sees.
    """

    def enter(change: Callable[P, T]) -> Callable[P, T]:
        name = change.__name__.replace("_", "-")
        _add(Fault(name, breaks, inspect.getdoc(change) or "", also or {}, {hook.__name__: change}, processor))
        return change

    return enter


def part_of(name: str, hook: Callable[Concatenate[Hooks, P], T]) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Let a fault of the catalogue change another hook too."""

    def enter(change: Callable[P, T]) -> Callable[P, T]:
        FAULTS[name].changes[hook.__name__] = change
        return change

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


def changed(view: dict[str, Any], *path: str, **parts: object) -> dict[str, Any]:
    """Return a view with other parts at the end of a path."""
    if not path:
        return view | parts
    return view | {path[0]: changed(view[path[0]], *path[1:], **parts)}
