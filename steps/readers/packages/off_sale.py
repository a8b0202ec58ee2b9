"""What says that packages cannot be bought, though they are offered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.readers.page.lines import layout_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steps.readers.packages.offer import Offer
    from steps.readers.page.snapshot import Snapshot

_OFF_SALE = re.compile(
    r"\b(?:sold out|out of stock|coming soon|unavailable|not available|no longer (?:available|sold))\b", re.IGNORECASE
)
_NONE_SOLD = re.compile(
    r"\b(?:plan|workspace|account|you) (?:allows?|permits?|may (?:have|buy|add)|can (?:have|buy|add)) no "
    r"(?:further|more|additional|extra|add-?on)\b"
    r"|\b(?:you|(?:your|this) (?:plan|workspace|account)) (?:can ?not|can['\u2019]t|may not) (?:buy|purchase) "
    r"(?:any |more |extra )*(?:credits?|packages?)\b"
    r"|\b(?:purchases?|sales?|payments?|orders?|checkout|top[- ]?ups?) (?:is|are) (?:currently |temporarily |now )?"
    r"(?:paused|suspended|disabled|unavailable|closed|down|not (?:possible|available))\b",
    re.IGNORECASE,
)
_IF = re.compile(r"\b(?:if|when)\b", re.IGNORECASE)


def off_sale(offers: Iterable[Offer]) -> list[str]:
    """Return the labels of the packages beside which it is said that they are not on sale."""
    return [offer.label for offer in offers if _OFF_SALE.search(offer.text)]


def none_sold(snapshot: Snapshot) -> str:
    """Return the line that says that nobody can buy here; "" for none."""
    lines = (line.text for line in layout_of(snapshot).lines)
    return next((text for text in lines if _NONE_SOLD.search(text) and not _IF.search(text)), "")
