"""What a payment page adds to an order by boxes that are ticked from the start."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.readers.money.prices import reading_of
from steps.readers.page.lines import layout_of

if TYPE_CHECKING:
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

_BOXES = frozenset({"checkbox", "switch"})
_ADDS = re.compile(
    r"\b(?:add|include|upgrade|subscribe|join|start|renew|top[ -]?up|recharge|buy|turn on|enable)\b.*"
    r"\b(?:plan|subscription|membership|protection|insurance|support|donation|automatically|again)\b"
    r"|\b(?:every month|monthly)\b",
    re.IGNORECASE,
)
"""How a box is called that buys something besides, or again."""
_NOTHING_MORE = re.compile(
    r"\b(?:apply|redeem|balance|discount|coupon|voucher|terms|conditions|agree|accept|save|remember|receipt|news\w*|updates)\b",
    re.IGNORECASE,
)
"""How one is called that buys nothing, or makes it cheaper."""


def extras_on(snapshot: Snapshot, profile: Profile) -> tuple[str, ...]:
    """Return the names of boxes in front that are ticked, and add something that costs money or is bought again."""
    layout = layout_of(snapshot)
    reading = reading_of(profile, snapshot.language, (line.text for line in layout.lines))
    ticked = (
        one.name
        for at, one in enumerate(snapshot.elements)
        if one.role in _BOXES and "checked" in one.states and layout.is_front(at) and one.name
    )
    return tuple(
        name
        for name in ticked
        if not _NOTHING_MORE.search(name)
        and (_ADDS.search(name) or any(one.amount > 0 for one in reading.amounts(name)))
    )
