"""What a pop-up says of the price of a package once it is chosen: on what confirms it, or in a summary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from steps.readers.figures.numbers import notation_of, numbers_in
from steps.readers.money.prices import SAVES, reading_of
from steps.readers.page.lines import layout_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from steps.readers.money.money import Money
    from steps.readers.money.prices import Reading
    from steps.readers.packages.offer import Offer
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

_WORD = re.compile(r"\s*(?:add-?on |extra )?credits?\b", re.IGNORECASE)
_SUMS_UP = re.compile(
    r"(?!.*\bwill have\b)\W*(?:(?:you|your|have|chose|chosen|selected|selection|choice|order|pack(?:age)?|summary|total"
    r"|add-?on|extra|credits?|for|get|buy|add(?:ing)?|once|now|today"
    r"|you['\u2019]re|are|about|to|will|be|is|buying|purchas(?:e|ing)|pay|charged|price|cost|at|of|the|a|confirm|review)\b\W*)*",
    re.IGNORECASE,
)
"""What else a line says that does nothing but sum up a choice: "Your selection: 4,000 credits"."""
_TAX = re.compile(r"\b(?:tax|taxes|vat|gst|hst|pst|qst|mwst|tva|iva|fees?)\b", re.IGNORECASE)
_INCLUDED = re.compile(
    rf"[\s,;(\u00b7|\u2013-]*\b(?:in[ck]l(?:\.|uding|usive(?: of)?)|with)\W*(?:all )?{_TAX.pattern}\W*$", re.IGNORECASE
)
"""What stands behind a price that nothing is added to: "$39.00 incl. VAT"."""


_PRICE = re.compile(r"\W*(?:the |your )?price\W*", re.IGNORECASE)
"""What a pop-up calls the price of what is chosen, where it names no total."""


@dataclass(frozen=True)
class Summary:
    """What stands in a pop-up once a package is chosen: the credits that it names, and the price beside them."""

    credits: frozenset[int] = frozenset()
    price: Money | None = None
    """None where none is told for certain, or a tax is named."""
    text: str = ""


def beside_offers(now: Snapshot, offers: Collection[Offer]) -> list[str]:
    """Return the lines in front that stand with no package."""
    layout = layout_of(now)
    rows = {at for one in offers for at in (one.row, one.element)}
    return [line.text for line in layout.lines if rows.isdisjoint(layout.around(line.block))]


def summary_of(now: Snapshot, before: Collection[str], offers: Collection[Offer], profile: Profile) -> Summary:
    """Return what has come since the choice, of lines that do nothing but name credits and a price.

    `before` are the lines that stood with no package then.
    """
    texts = [_INCLUDED.sub("", text) for text in beside_offers(now, offers) if text not in before]
    every = [line.text for line in layout_of(now).lines]
    reading, notation = reading_of(profile, now.language, every), notation_of(every, profile.thousands)
    credits_: set[int] = set()
    prices: set[Money] = set()
    for text in texts:
        plain, amounts = reading.without(text), reading.amounts(text)
        counts = [one for one in numbers_in(plain, notation) if one.kind == "count"]
        named = [one for one in counts if one.value is not None and _WORD.match(plain, one.end)]
        for one in named:
            plain = plain[: one.start] + " " * (one.end - one.start) + plain[one.end :]
        if len(named) == len(counts) <= 1 and _SUMS_UP.fullmatch(plain):
            credits_.update(int(one.value) for one in named if one.value is not None)
            prices.update(one for one in amounts if not one.is_unit)
    if not credits_:
        return Summary()
    only = next(iter(prices)) if len(prices) == 1 and not any(map(_TAX.search, texts)) else None
    return Summary(frozenset(credits_), only if only and only.is_certain else None, " · ".join(texts))


def told_total(now: Snapshot, profile: Profile) -> Money | None:
    """Return what the pop-up says that all comes to; None where it says nothing of it for certain, or names a tax."""
    found = [amount for amount, _ in _totals(now, profile)]
    only = set(found)
    return found[0] if len(only) == 1 and found[0].is_certain and not found[0].is_unit else None


def total_lines(now: Snapshot, profile: Profile) -> set[str]:
    """Return the lines in which the pop-up says what all comes to."""
    return {text for _, text in _totals(now, profile)}


def _totals(now: Snapshot, profile: Profile) -> list[tuple[Money, str]]:
    """Return each total with its line; none where another line names a tax with an amount."""
    layout = layout_of(now)
    texts = [line.text for line in layout.lines]
    reading = reading_of(profile, now.language, texts)
    totals = "|".join(map(re.escape, profile.labels.of("total").names)) or r"(?!)"
    label = re.compile(rf"\W*(?:{totals})(?:\s*\([^)]*\))?\W*", re.IGNORECASE)
    found: list[tuple[Money, str]] = []
    prices: list[tuple[Money, str]] = []
    for at, text in enumerate(texts):
        amounts = reading.amounts(text)
        if _TAX.search(text) and amounts and not label.match(text):
            return []
        said = text[: amounts[0].start] or (texts[at - 1] if at else "") if amounts else ""
        if said and label.fullmatch(said):
            found.append((amounts[0], text))
        elif said and _PRICE.fullmatch(said):
            prices.append((amounts[0], text))
    return found or prices


def chosen_prices(
    now: Snapshot, before: Collection[str], profile: Profile, amount: int, confirming: str
) -> tuple[Money, ...]:
    """Return what the chosen package may cost, of which one is its price; nothing where no price is named for it.

    `before` are the lines that were in front before the choice, `confirming` is what confirming is called. A summary
    is one that names the package by its amount, or a total.
    """
    layout = layout_of(now)
    texts = [line.text for line in layout.lines]
    reading, notation = reading_of(profile, now.language, texts), notation_of(texts, profile.thousands)
    named = [one for one in reading.amounts(confirming) if one.is_certain]
    if len(named) == 1:
        return tuple(named)
    new = [text for text in texts if text not in before]
    totals = "|".join(map(re.escape, profile.labels.of("total").names)) or r"(?!)"
    is_summary = any(
        re.match(rf"\W*(?:{totals})\b", text, re.IGNORECASE)
        or any(one.value == amount for one in numbers_in(reading.without(text), notation))
        for text in new
    )
    if not is_summary:
        return ()
    return _prices(new, reading)


def only_price(now: Snapshot, profile: Profile) -> tuple[Money, ...]:
    """Return the one price that a pop-up in front shows; nothing where it shows several, none for certain, or a tax."""
    texts = [_INCLUDED.sub("", line.text) for line in layout_of(now).lines]
    found = _prices(texts, reading_of(profile, now.language, texts))
    is_alone = len(found) == 1 and found[0].is_certain and not any(map(_TAX.search, texts))
    return found if is_alone and now.layers else ()


def _prices(texts: list[str], reading: Reading) -> tuple[Money, ...]:
    found = (
        one
        for text in texts
        for one in reading.amounts(text)
        if not one.is_unit and one.amount and not SAVES.search(text[: one.start])
    )
    return tuple(dict.fromkeys(found))
