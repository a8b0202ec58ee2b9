"""How many credits a month each of the available plans has, as their list says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.readers.figures.numbers import notation_of, numbers_in
from steps.readers.page.lines import layout_of
from steps.readers.plans.plan_prices import new_lines, plan_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steps.readers.page.snapshot import Snapshot
    from steps.targets.labels import Labels
    from steps.targets.profile import Profile


def read_plan_credits(snapshot: Snapshot, profile: Profile, plans: Iterable[str], before: Snapshot) -> dict[str, int]:
    """Return the credits of each plan whose place in the list names one number of credits.

    `before` is Billing before the list was opened: what stood there is no part of the list.
    """
    layout = layout_of(snapshot)
    lines = new_lines(layout, layout_of(before), profile)
    notation = notation_of((line.text for line in layout.lines), profile.thousands)
    unit = _unit(profile.labels)
    told: dict[int, list[int]] = {}
    for line in lines:
        counts = [one for one in numbers_in(line.text, notation) if one.kind == "count" and one.value is not None]
        if found := [int(one.value or 0) for one in counts if unit.match(line.text, one.end)]:
            told[line.number] = found
    names = sorted({*plans} - {""}, key=len, reverse=True)
    owned = {
        name: {number for line in own for number in told.get(line.number, ())}
        for name, (_, own) in plan_lines(layout, lines, names, set(told)).items()
    }
    return {name: next(iter(numbers)) for name, numbers in owned.items() if len(numbers) == 1}


def _unit(labels: Labels) -> re.Pattern[str]:
    """Return what is said behind a number of credits: the word that both kinds of credits have in their labels."""
    monthly, bought = (
        {word for name in labels.of(kind).names for word in name.casefold().split()}
        for kind in ("monthly_credits", "add_on_credits")
    )
    words = [*labels.of("monthly_credits").names, *(sorted(monthly & bought) or ["credits"])]
    return re.compile(rf"\s*(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
