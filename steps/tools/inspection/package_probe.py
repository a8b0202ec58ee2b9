"""The packages of a pop-up, held against the documented ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.readers.money.prices import unclear_money
from steps.tools.inspection.finding import Finding, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from steps.pages.packages import PackageChoice
    from steps.readers.packages.offer import Offer


def packages_found(choice: PackageChoice, offers: Sequence[Offer], documented: tuple[str, ...]) -> Iterator[Finding]:
    """Yield which of the packages that are on sale are documented, and prices that cannot be told."""
    amounts = [f"{offer.amount:,}" for offer in offers]
    if doubt := choice.doubt or (choice.unexplored() if amounts != list(documented) else None):
        yield Finding("packages", State.MISSING, str(doubt), None, doubt.candidates, doubt.settle)
        return
    if open_ := [one for offer in offers for one in offer.prices if not one.is_certain]:
        doubt = unclear_money("what packages cost", open_[:3])
        yield Finding("prices", State.DIFFERS, str(doubt), None, (), doubt.settle)
    if amounts == list(documented):
        kinds = ", ".join(dict.fromkeys(offer.kind for offer in offers))
        yield Finding("packages", State.FOUND, f"the {len(amounts)} documented ones, to be chosen by {kinds}")
        return
    lacking = ", ".join(one for one in documented if one not in amounts)
    extra = ", ".join(one for one in amounts if one not in documented)
    parts = [f"lacking {lacking}" if lacking else "", f"not documented: {extra}" if extra else ""]
    said = "; ".join(filter(None, parts)) or "in another order"
    yield Finding("packages", State.DIFFERS, f"{len(amounts)} instead of the documented {len(documented)}: {said}")
