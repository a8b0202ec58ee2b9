"""Lists of forms: each is a small function with the decorator of its list, and that is all it takes to add one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.tools.worlds.dice import Dice

F = TypeVar("F", bound="Callable[..., Any]")


class Registry(Generic[F]):
    """A list of forms; the first is the plainest."""

    def __init__(self) -> None:
        self._forms: list[F] = []

    def form(self, one: F) -> F:
        """Add a form (as a decorator)."""
        self._forms.append(one)
        return one

    def pick(self, dice: Dice) -> F:
        """Choose one."""
        return dice.pick(self._forms)

    def __iter__(self) -> Iterator[F]:
        return iter(self._forms)

    def __len__(self) -> int:
        return len(self._forms)
