"""The prices of packages that stand in a table beside them, and not with what is pressed for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.readers.figures.numbers import numbers_in

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from steps.readers.figures.numbers import Notation
    from steps.readers.money.money import Money
    from steps.readers.page.lines import Layout

_FEWEST = 2
"""Packages that a list of prices has at least."""


def listed_prices(
    layout: Layout, pressed: Collection[int], notation: Notation, prices_in: Callable[[int], Sequence[Money]]
) -> dict[int, tuple[Money, ...]]:
    """Return the price of each amount of credits that one row of a table begins with; nothing where that is no list.

    A row that holds what is `pressed` for a package is no row of a list beside them.
    """
    held = {up for at in pressed for up in layout.around(at)}
    told: dict[int, list[Money]] = {}
    for row, one in enumerate(layout.snapshot.elements):
        if one.role != "row" or row in held or not layout.is_front(row):
            continue
        lines, prices = layout.within(row), {*prices_in(row)}
        counts = numbers_in(lines[0].text, notation) if lines else []
        if len(prices) == len(counts) == 1 and counts[0].kind == "count" and counts[0].value is not None:
            told.setdefault(int(counts[0].value), []).extend(prices)
    return {amount: (prices[0],) for amount, prices in told.items() if len(prices) == 1} if len(told) >= _FEWEST else {}
