"""A failing world made small: fewer and smaller choices, as long as it fails in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tools.worlds.dice import repeated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.tools.worlds.dice import Dice

ROUNDS = 600
"""How often a smaller world is tried, at most."""


def smallest(numbers: Sequence[int], fails: Callable[[Dice], bool]) -> list[int]:
    """Return smaller choices that fail too."""
    best, tried = list(numbers), 0
    for width in (32, 8, 4, 2, 1):
        at = len(best) - width
        while at >= 0 and tried < ROUNDS:
            for other in (best[:at] + best[at + width :], best[:at] + [0] * width + best[at + width :]):
                tried += 1
                if other != best and fails(repeated(other)):
                    best = other
                    break
            at -= width
    return best
