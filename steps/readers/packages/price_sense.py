"""Whether the prices of packages fit one another: with the price that is named for a part, and as the amounts grow."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from steps.readers.figures.numbers import last_place, notation_of, numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from steps.readers.money.money import Money
    from steps.readers.money.prices import Reading
    from steps.readers.packages.offer import Offer

_PER = re.compile(
    r"\s*(?:/|\b(?:per|for each|each)\b)\s*(?P<each>\d[\d.,'\u2019\u00a0\u202f]*)?\s*(?P<thousand>k|thousand)?\s*"
    r"(?:\bcredits?\b(?!\s*(?:pack|bundle))|(?<=k)|(?<=thousand)|(?<=\d00)(?!\s*\w))",
    re.IGNORECASE,
)
"""What stands behind the price of a part: "per 1,000 credits", "/ credit", "per 1k"."""
_NO_PRICE_OF_ITS_OWN = re.compile(
    r"\b(?:from|as low as|starting|was|instead of|regular(?:ly)?|up to|bonus|free|extra)\b", re.IGNORECASE
)
_TAXED = Decimal("1.3")
"""The most that a price with tax is of one without."""


def misfits(offers: Sequence[Offer], reading: Reading, thousands: str, *, may_be_taxed: bool) -> Iterator[str]:
    """Yield what is told of packages that cannot be true: the price of a part, a smaller package that is dearer.

    So is a package with nothing in the place of its price, where nearly all others have one.
    """
    blank = [one.label for one in offers if not one.prices and not _says_more(one)]
    if len(blank) * 4 <= len(offers):
        yield from (f"{label} without a price" for label in blank)
    for offer in offers:
        yield from _wrong_parts(offer, reading, thousands, may_be_taxed=may_be_taxed)
    priced = sorted((one.amount, one.prices[0]) for one in offers if len(one.prices) == 1 and one.prices[0].is_certain)
    for (fewer, price), (more, less) in pairwise(priced):
        if fewer < more and price.currency == less.currency and price.amount > less.amount > 0:
            yield f"{fewer:,} credits cost {price}, {more:,} credits {less}"


def _says_more(offer: Offer) -> bool:
    """Whether anything but its credits stands with a package."""
    return bool(re.search(r"[^\W\d_]{3,}", offer.text.replace(offer.word or " ", " ")))


def _wrong_parts(offer: Offer, reading: Reading, thousands: str, *, may_be_taxed: bool) -> Iterator[str]:
    """Yield the prices of a part that are not the price of the package divided, as closely as they are written."""
    text = offer.text
    if not offer.prices or not offer.amount or _NO_PRICE_OF_ITS_OWN.search(text):
        return
    for money in reading.amounts(text):
        found = _PER.match(text, money.end)
        if not money.is_unit or not money.is_certain or found is None:
            continue
        each = _number(found["each"], thousands) * (1000 if found["thousand"] else 1)
        fair = [one.amount * each / offer.amount for one in offer.prices if one.currency == money.currency]
        if each and fair and not any(_is_near(money, one, may_be_taxed=may_be_taxed) for one in fair):
            yield f"{offer.label} for {' or '.join(map(str, offer.prices))}: “{money.text}{found[0]}”"


def _number(written: str | None, thousands: str) -> Decimal:
    """Return how many are named, 1 where none are, 0 where it cannot be told."""
    if not written:
        return Decimal(1)
    found = numbers_in(written, notation_of([written], thousands))
    value = found[0].value if len(found) == 1 else None
    return Decimal(value) if value is not None else Decimal(0)


def _is_near(money: Money, fair: Decimal, *, may_be_taxed: bool) -> bool:
    """Whether a price is what it should be, but for a unit of its last digit and, where taxes may count, for them."""
    unit = last_place(money.amount)
    part = _TAXED if may_be_taxed else Decimal(1)
    return fair / part - unit <= money.amount <= fair * part + unit
