"""What the available plans are called: by names that are known, or by what tells one priced card from the others."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from steps.readers.money.money import amounts_in
from steps.readers.page.lines import Layout, layout_of
from steps.readers.plans.plan_prices import FREE, new_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.readers.money.money import Money
    from steps.readers.page.lines import Line
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

_NAME = re.compile(r"\W*([^\W\d][\w-]*(?: [^\W\d][\w+-]*){0,2})(?=\W*$|\s*[^\w\s'’]|\s+\d)")
"""A few words without a number, with which a line ends, or which a sign or a number follows."""
_REMARK = re.compile(
    r"(?:most |very )?popular|recommended|best (?:value|deal|choice)|(?:(?:your|this|current|active) ?)+(?:plan)?|yours"
    r"|new|from|only|save|level|(?:per |a |each )?(?:month|year)(?:ly)?",
    re.IGNORECASE,
)
"""What may stand above the name in one card alone, and is no name."""
_OF_CREDITS = re.compile(r"\d.*\bcredits?\b", re.IGNORECASE)
_MOST_PRICES = 2
"""Prices of one plan: of a month and of a year. What has more is a row that compares plans."""


def read_plan_names(snapshot: Snapshot, profile: Profile, before: Snapshot) -> list[str]:
    """Return the plans of a list, without duplicates, in reading order.

    `before` is Billing before the list was opened: what stood there is no part of the list.
    """
    layout = layout_of(snapshot)
    lines = new_lines(layout, layout_of(before), profile)
    called = sorted((*profile.plans, *profile.labels.of("plan_name").names), key=len, reverse=True)  # "Studio Plus"
    words = "|".join(r"\s+".join(map(re.escape, name.split())) for name in called)
    names = re.compile(rf"\W*({words})(?![\w-])", re.IGNORECASE)
    known = dict.fromkeys(found[1] for line in lines if (found := names.match(line.text)))
    cards = [found[1] if (found := names.match(name)) else name for name in _named_cards(layout, lines, set(known))]
    if len(cards) > 1 and len(set(cards) & set(known)) < 2:
        return list(dict.fromkeys([*cards, *known]))
    priced = Counter(_before_prices([line.text for line in lines], names))
    others = (name for name, times in priced.items() if times <= _MOST_PRICES)  # "Paid" is said of many payments
    return list(known if len(known) > 1 else dict.fromkeys([*known, *others]))


def _named_cards(layout: Layout, new: list[Line], known: set[str]) -> list[str]:
    """Return the names of the cards or rows of a list, each with a new price; none where less than two have prices.

    Of several such lists it is the one with most names that are known.
    """
    prices = [line for line in new if _is_priced(line)]
    holders: dict[int, dict[int, list[Line]]] = {}
    for line in prices:
        for card, holder in pairwise(layout.around(line.block)):
            holders.setdefault(holder, {}).setdefault(card, []).append(line)
    found = [
        _names([layout.within(card) for card, own in cards.items() if len(own) <= _MOST_PRICES])
        for cards in holders.values()
        if sum(not all(FREE.fullmatch(line.text) for line in own) for own in cards.values()) > 1
    ]
    return max(found, key=lambda names: (len(known & set(names)), len(names)), default=[])


def _names(cards: list[list[Line]]) -> list[str]:
    """Return what each card says first that no other says."""
    said = [[name for line in card if (name := _name_in(line))] for card in cards]
    times = Counter(name for names in said for name in set(names))
    own = (next((name for name in names if times[name] == 1), "") for names in said)
    return [name for name in own if name]


def _name_in(line: Line) -> str:
    found = _NAME.match(line.text)
    return "" if found is None or _REMARK.fullmatch(found[1]) else found[1]


def _is_priced(line: Line) -> bool:
    return bool(FREE.fullmatch(line.text)) or bool(_prices(line.text))


def _prices(text: str) -> list[Money]:
    """Return the prices in a text; of which of its currencies a sign is does not matter here: "¥2,900"."""
    return [one for one in amounts_in(text) if (one.is_certain or one.maybe) and not one.is_unit]


def _before_prices(lines: list[str], known: re.Pattern[str]) -> Iterator[str]:
    """Yield the name before a price, on its line or the line before: a few words, no number.

    What stands below the name of a plan that is known says whom it is for. Its credits may stand before its price.
    """
    before, is_for = "", False
    prices = [_prices(line) for line in lines]
    for at, line in enumerate(lines):
        if prices[at] and not (at + _MOST_PRICES < len(lines) and all(prices[at : at + _MOST_PRICES + 1])):
            name = re.sub(r"\W+$", "", line[: prices[at][0].start]) or ("" if is_for else before)
            if re.fullmatch(r"[^\W\d][\w-]*(?: [^\W\d][\w-]*){0,2}", name):
                yield name
        if prices[at] or not _OF_CREDITS.search(line):
            before, is_for = line, bool(known.match(before)) and not known.match(line)
