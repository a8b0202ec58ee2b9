"""An amount of money on a payment page with its words, and which of several is the one to pay."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from steps.readers.money.prices import unclear_money
from steps.readers.page.fact import Fact, Unclear
from steps.targets.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from steps.readers.money.money import Money
    from steps.readers.page.lines import Line

ABOUT = "the amount to pay"
_USUAL = Labels().of("total").names
TAX = re.compile(r"\b(?:tax|taxes|vat|gst|hst|pst|qst|[cis]gst|mwst|ust|tva|iva|btw)\b", re.IGNORECASE)
_INCLUDED = re.compile(rf"(?<=\w)\W+(?:incl\w*|inkl\w*|with)\b[^:]*?{TAX.pattern}\W*$", re.IGNORECASE)
"""What the total may be said to include, at the end of its label."""
_LESS = re.compile(
    r"\b(?:save|saves|saved|saving|savings|discount|off|instead of|was|refund|cash ?back)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Amount:
    """An amount of money with the words that stand with it."""

    money: Money
    label: str
    behind: str
    line: Line
    marked: bool = False
    """Whether it is called the total, or stands on the button that pays."""

    @property
    def is_price(self) -> bool:
        """Whether it may be all that is asked for: not the price of a part, and nothing that is taken off."""
        words = f"{self.label} {self.behind}"
        return not self.money.is_unit and self.money.amount >= 0 and not _LESS.search(words)


def has_letters(words: str) -> bool:
    """Whether there is any letter in words."""
    return bool(re.search(r"[^\W\d_]", words))


def bare_label(words: str) -> str:
    """Return words without what may stand with a label: brackets, codes of currencies, marks."""
    without = _INCLUDED.sub("", re.sub(r"\([^)]*\)|\b[A-Z]{3}\b(?=\W*$)", " ", words))
    return " ".join(re.findall(r"\w+", without.replace("’", "'").replace("'", ""))).casefold()


def names_of_total(labels: Labels) -> frozenset[str]:
    """Return what the total is called: by the profile, and the usual names of the same words with one in front.

    "Order total" is one where the profile says "Total": a page that has both asks for both.
    """
    own = frozenset(map(bare_label, labels.of("total").names))
    return own | {name for name in map(bare_label, _USUAL) if name.endswith(tuple(f" {one}" for one in own))}


def one_of(amounts: Sequence[Amount]) -> Fact[Money] | Unclear:
    """Return the amount that all name, or that they do not agree."""
    seen = list(dict.fromkeys(one.money for one in amounts))
    if any(not money.is_certain for money in seen):
        return unclear_money(ABOUT, seen)
    if len(seen) > 1:
        return unclear_total(amounts)
    return Fact(seen[0], tuple(dict.fromkeys(one.line.text for one in amounts)))


def largest(prices: Sequence[Amount]) -> Fact[Money] | Unclear:
    """Return the largest of several unmarked amounts, if it is the sum of the others or written largest of all."""
    if len({one.money.currency for one in prices}) > 1:
        return unclear_total(prices)
    most = max(prices, key=lambda one: one.money.amount)
    others = [one for one in prices if one.money != most.money]
    is_sum = sum((one.money.amount for one in others), Decimal(0)) == most.money.amount
    size = max(one.line.size for one in prices if one.money == most.money)
    if is_sum or all(one.line.size < size for one in others):
        return Fact(most.money, (most.line.text,))
    return unclear_total(prices)


def unclear_total(amounts: Iterable[Amount]) -> Unclear:
    """Return that any of several amounts may be the one to pay."""
    seen = (f"{one.label} {one.money.text}".strip() for one in amounts)
    return Unclear(ABOUT, tuple(dict.fromkeys(seen)), 'labels.total = "…"')
