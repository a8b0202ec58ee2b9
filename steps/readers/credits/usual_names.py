"""What sites call both kinds of credits that neither use the documented names nor have others in the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from steps.targets.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Iterator

_EACH_MONTH = (
    "credits/month", "credits / month", "credits per month", "credits a month", "credits each month",
    "credits every month",
)  # fmt: skip
"""What monthly credits are called in passing, where a page has no other name for them."""
_THIS_MONTH = ("this cycle", "this billing cycle", "this month", "this billing period", "this period")
"""What tells them from add-on credits in a sentence: "Used 3,250 of 12,000 this cycle. Add-on: 2,000 remaining."."""
_OF_THE_PLAN = (
    "Included in plan", "Included in your plan", "Included with plan", "Included with your plan", "Plan credits",
    "Included credits", "Credits included", "Plan allowance", "Monthly allowance", "Monthly quota",
)  # fmt: skip
_BOUGHT = (
    "Purchased add-ons", "Purchased credits", "Bought credits", "Extra credits", "Additional credits", "Top-up credits",
    "Top-ups", "Add-ons", "Purchased",
)  # fmt: skip


def usual_names(labels: Labels) -> Iterator[tuple[Labels, bool]]:
    """Yield labels with other names of the credits, and whether both kinds have to be found by them.

    Nothing where the profile says how monthly credits are called.
    """
    if labels.of("monthly_credits") != Labels().of("monthly_credits"):
        return
    own = labels.of("add_on_credits")
    names = own.names if own == Labels().of("add_on_credits") else ()
    yield msgspec.structs.replace(labels, monthly_credits=[*_EACH_MONTH]), False
    for monthly, bought in ((_THIS_MONTH, ("Add-on",)), (_OF_THE_PLAN, _BOUGHT)):
        add_on = [*names, *bought] if names else own
        yield msgspec.structs.replace(labels, monthly_credits=[*monthly], add_on_credits=add_on), True
