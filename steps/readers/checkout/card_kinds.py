"""Which of the kinds that a payment page offers a card is: Visa or Mastercard, credit or debit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_BRANDS = {"4": r"\bvisa\b", "5": r"\bmaster ?card\b|\bmc\b", "2": r"\bmaster ?card\b|\bmc\b"}
"""How a brand is called, by the digit that its numbers begin with."""
_CREDIT = re.compile(r"\b(?:[ck]redit|cr\u00e9dit)", re.IGNORECASE)
_NOT_CREDIT = re.compile(r"\b(?:debit|electron|prepaid|gift|maestro|business|corporate)\b", re.IGNORECASE)


def kind_among(kinds: Sequence[str], number: str) -> int:
    """Return the place of a published card's kind among some, -1 for none: its brand, or else a credit card."""
    brand = re.compile(_BRANDS.get(number[:1], "(?!)"), re.IGNORECASE)
    own = [at for at, kind in enumerate(kinds) if brand.search(kind)]
    own = own or [at for at, kind in enumerate(kinds) if _CREDIT.search(kind)]
    plain = [at for at in own if not _NOT_CREDIT.search(kinds[at])]
    return min(plain or own, key=lambda at: len(kinds[at]), default=-1)
