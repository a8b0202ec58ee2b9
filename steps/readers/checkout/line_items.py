"""Lines of a payment page that reckon: so many credits at so much each."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import permutations
from typing import TYPE_CHECKING

from steps.readers.checkout.due_amount import TAX
from steps.readers.figures.numbers import last_place, notation_of, numbers_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from steps.readers.checkout.due_amount import Amount
    from steps.readers.money.money import Money
    from steps.readers.money.prices import Reading

_TIMES_BEFORE = re.compile(r"(?P<many>\d[\d.,'\u2019\u00a0\u202f]*)\s*(?:[^\W\d_]+\s*){0,3}[\u00d7x@]\s*$")
_TIMES_BEHIND = re.compile(r"\s*[\u00d7x]\s*(?P<many>\d[\d.,'\u2019\u00a0\u202f]*)")
_SUBTOTAL = re.compile(r"\W*(?:sub-?total|items?(?: total)?)\W*", re.IGNORECASE)
_FEWEST = 100
"""Of how many parts a price is one of a part; a few are instalments, or packages."""


def miscounted(
    texts: Sequence[str], reading: Reading, thousands: str, amounts: Collection[Money]
) -> Iterator[tuple[str, str]]:
    """Yield each reckoning that comes to none of the amounts of the page, and what it comes to.

    A price of a part counts as closely as it is written: "66,000 x $0.01" may be anything up to $1,320.
    """
    notation = notation_of(texts, thousands)
    for text in texts:
        for money in reading.amounts(text):
            found = _TIMES_BEFORE.search(text[: money.start]) or _TIMES_BEHIND.match(text, money.end)
            many = [one.value for one in numbers_in(found["many"], notation)] if found else []
            if not money.is_certain or len(many) != 1 or many[0] is None or many[0] < _FEWEST:
                continue
            product, off = money.amount * many[0], last_place(money.amount) * many[0]
            alike = [one.amount for one in amounts if one.currency == money.currency and one.amount != money.amount]
            before_others = [one - other for one, other in permutations(alike, 2)]  # before its tax, a discount
            if alike and not any(abs(one - product) <= off for one in (*alike, *before_others)):
                yield text, f"{product.normalize():f} {money.currency}"


def forgotten_discount(amounts: Sequence[Amount], due: Money) -> Iterator[tuple[str, str]]:
    """Yield the line of what is taken off below the subtotal, where the amount to pay is as much as without it.

    With it goes what the subtotal would come to.
    """
    at = next((at for at, one in enumerate(amounts) if _SUBTOTAL.fullmatch(one.label)), len(amounts))
    taken_off = [one for one in amounts[at:] if one.money.amount < 0 and one.money.currency == due.currency]
    if len(taken_off) != 1:
        return
    subtotal, off = amounts[at].money.amount, taken_off[0].money.amount
    taxes = {Decimal(0), *(one.money.amount for one in amounts[at:] if TAX.search(one.label))}
    without, with_it = ({start + tax for tax in taxes} for start in (subtotal, subtotal + off))
    if due.amount in without - with_it:
        yield f"Subtotal {amounts[at].money}, {taken_off[0].line.text}", f"{subtotal + off:f} {due.currency}"
