"""Which of the available plans are dearer: their order by what each of them costs, however they are laid out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from steps.readers.invoices.invoices import InvoiceList
from steps.readers.money.money import Money
from steps.readers.money.prices import reading_of
from steps.readers.page.fact import Fact, Unclear
from steps.readers.page.lines import Layout, layout_of
from steps.readers.page.positions import above, same_row
from steps.readers.page.snapshot import fronts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from steps.readers.money.prices import Reading
    from steps.readers.page.lines import Line
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

_MONTH = re.compile(r"(?:/|\b(?:per|an?|each|every))\s*(?:month|mo)\b|\bmonthly\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:/|\b(?:per|an?|each|every))\s*(?:year|yr)\b|\byearly\b|\bannual", re.IGNORECASE)
_NOT_IN_ALL = re.compile(
    r"(?:/|\b(?:per|an?|each|every))\s*(?:user|seat|member|person|editor|teammate)\b|\b(?:from|starting at)\W*\D?\d",
    re.IGNORECASE,
)
"""How a price is told that is multiplied, or the least of several."""
FREE = re.compile(r"\W*free(?: (?:forever|plan|of charge))?\W*", re.IGNORECASE)
"""What a plan says in the place of its price."""

_SETTLES = 'plans = ["…", "…"]  # from the cheapest to the dearest'


@dataclass(frozen=True)
class OwnPlan:
    """The plan of the workspace, and the lines of Current Plan: the list may leave out what that one costs."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Price:
    amount: Decimal
    currency: str
    line: str


def read_plan_order(
    snapshot: Snapshot, profile: Profile, plans: Iterable[str], own: OwnPlan, before: Snapshot
) -> Fact[tuple[str, ...]] | Unclear:
    """Return the available plans and the workspace's own, the cheapest first.

    `before` is Billing before the list was opened: what stood there is no part of the list.
    """
    layout = layout_of(snapshot)
    names = sorted({*plans, own.name} - {""}, key=len, reverse=True)
    if profile.plans:
        return _by_profile(profile.plans, names, own.name)
    reading = reading_of(profile, snapshot.language, [one.text for one in layout.lines])
    found = _listed(layout, new_lines(layout, layout_of(before), profile), names, reading)
    prices = _of_one_kind(found)
    if own.name and own.name not in prices:
        prices |= _own_price(own, reading, is_yearly=any(_YEAR.search(one.line) for one in prices.values()))
    amounts = {one.amount for one in prices.values()}
    currencies = {one.currency for one in prices.values()} - {""}
    if own.name not in prices or len(prices) < 2 or len(amounts) < len(prices) or len(currencies) > 1:
        told = tuple(f"{name} {_written(found.get(name, ()))}" for name in names)
        return Unclear(f"Which plans are dearer or cheaper than {own.name or 'this one'}", told, _SETTLES)
    order = sorted(prices, key=lambda name: prices[name].amount)
    return Fact(tuple(order), tuple(prices[name].line for name in order))


def read_plan_prices(snapshot: Snapshot, profile: Profile, plans: Iterable[str], before: Snapshot) -> dict[str, Money]:
    """Return what a month of each plan costs by the list, where that tells one price for all, and none of a year."""
    layout = layout_of(snapshot)
    lines = new_lines(layout, layout_of(before), profile)
    if any(_YEAR.search(one.text) or _NOT_IN_ALL.search(one.text) for one in lines):
        return {}
    reading = reading_of(profile, snapshot.language, [one.text for one in layout.lines])
    found = _listed(layout, lines, sorted(plans, key=len, reverse=True), reading)
    only = {name: prices[0] for name, prices in found.items() if len({one.amount for one in prices}) == 1}
    return {name: Money(one.amount, one.currency) for name, one in only.items() if one.currency.isalpha()}


def _by_profile(order: Sequence[str], names: list[str], own: str) -> Fact[tuple[str, ...]] | Unclear:
    known = {name.casefold(): name for name in names}
    found = tuple(known[name.casefold()] for name in order if name.casefold() in known)
    if own not in found or len(found) < 2:
        return Unclear(f"Where {own or 'this plan'} stands among the profile's plans", tuple(names), _SETTLES)
    return Fact(found, tuple(order))


def _written(prices: Iterable[_Price]) -> str:
    return ", ".join(str(one.amount) for one in prices) or "without a price"


def new_lines(layout: Layout, before: Layout, profile: Profile) -> list[Line]:
    """Return the lines of the list: all of a page or pop-up of its own, else what was not there before.

    Invoices that have loaded since are no part of it.
    """
    own = layout.snapshot.url != before.snapshot.url or fronts_of(layout.snapshot) != fronts_of(before.snapshot)
    old = Counter(() if own else (one.text for one in before.lines))
    found = []
    for line in layout.lines:
        old[line.text] -= 1
        if old[line.text] < 0:
            found.append(line)
    rows = [] if own or not found else [one.element for one in InvoiceList(layout.snapshot, profile).invoices()]
    return [line for line in found if not any(layout.inside(line, row) for row in rows)]


def _listed(layout: Layout, lines: list[Line], names: list[str], reading: Reading) -> dict[str, list[_Price]]:
    """Return the prices of each plan: those in its card, below it in its column, or behind it in the text."""
    priced = {line.number: _amounts(line, reading) for line in lines}
    told = {line.number for line in lines if priced[line.number] or FREE.fullmatch(line.text)}
    found: dict[str, list[_Price]] = {}
    for name, (title, own) in plan_lines(layout, lines, names, told).items():
        found[name] = [price for line in own for price in priced[line.number]]
        if not found[name] and (FREE.fullmatch(name) or any(FREE.fullmatch(line.text) for line in own)):
            found[name] = [_Price(Decimal(0), "", title.text)]
    return found


def plan_lines(
    layout: Layout, lines: list[Line], names: Iterable[str], told: set[int]
) -> dict[str, tuple[Line, list[Line]]]:
    """Return the line that names each plan, and those that belong to it; `told` are the numbers of the lines sought."""
    titles: dict[str, Line] = {}
    for line in lines:
        name = next((one for one in names if begins_with_plan(line.text, one)), "")
        if name and not (layout.is_pressed(line) and name in titles):
            titles.setdefault(name, line)
    found = {}
    for name, title in titles.items():
        others = [line for other, line in titles.items() if other != name]
        found[name] = title, _card(layout, title, others, lines, told) or _behind(title, others, lines, told)
    return found


def _card(layout: Layout, title: Line, others: list[Line], lines: list[Line], told: set[int]) -> list[Line]:
    """Return the lines of the smallest box around a plan's name that tells of it, if no other plan is named there."""
    for box in layout.around(title.elements[0]):
        held = [line for line in lines if layout.inside(line, box)]
        if any(line.number in told for line in held):
            return [] if any(layout.inside(other, box) for other in others) else held
    return []


def _behind(title: Line, others: list[Line], lines: list[Line], told: set[int]) -> list[Line]:
    """Return the lines that belong to a plan's name by their place: in its column where plans stand side by side."""
    if any(same_row(title.box, other.box) for other in others):
        heads = [title, *others]
        return [line for line in lines if line is title or above(line, heads) is title]
    first = min(told, default=-1)
    if first < min(one.number for one in [title, *others]):  # the price above a name may be that of the plan below
        return []
    end = min((other.number for other in others if other.number > title.number), default=len(lines) + title.number)
    return [line for line in lines if title.number <= line.number < end]


def contrary(ways: Sequence[tuple[str, Money | None]]) -> list[str]:
    """Return what is called a downgrade to a plan that costs more than one which is called an upgrade, each by name."""
    up, down = (
        [(name, price) for name, price in ways if price and re.match(rf"\W*{word}", name, re.IGNORECASE)]
        for word in ("upgrade", "downgrade")
    )
    return [
        f"{higher} for {dearer} beside {lower} for {cheaper}"
        for higher, dearer in down
        for lower, cheaper in up
        if dearer.currency == cheaper.currency and dearer.amount > cheaper.amount
    ]


def _amounts(line: Line, reading: Reading) -> list[_Price]:
    return list(_prices(line.text, reading.amounts(line.text)))


def _prices(text: str, found: Iterable[Money]) -> Iterator[_Price]:
    """Yield prices to be compared with others: of what currency they are may be open, if it is the same of all."""
    for one in found:
        currency = one.currency or " or ".join(one.maybe)
        if currency and not (one.doubt or one.is_unit):
            yield _Price(one.amount, currency, text)


def _of_one_kind(found: dict[str, list[_Price]]) -> dict[str, _Price]:
    """Return one price for each plan, all of one kind: the only one, that of a month, or else any, if all agree."""
    chosen = {name: one for name, prices in found.items() if (one := _only(prices)) is not None}
    open_ = {name: prices for name, prices in found.items() if prices and name not in chosen}
    if not open_:
        return chosen
    kinds = list(zip(*(prices for prices in found.values() if prices), strict=False))
    orders = {tuple(at for _, at in sorted((one.amount, at) for at, one in enumerate(kind))) for kind in kinds}
    lengths = {len(prices) for prices in found.values() if prices}
    agree = len(orders) == 1 and len(lengths) == 1
    return {name: prices[0] for name, prices in found.items() if prices} if agree else chosen


def _only(prices: list[_Price]) -> _Price | None:
    """Return the one price among some, or the one of a month; None where there are several."""
    monthly = [one for one in prices if _MONTH.search(one.line)]
    for some in (prices, monthly):
        if len({one.amount for one in some}) == 1:
            return some[0]
    return None


def _own_price(own: OwnPlan, reading: Reading, *, is_yearly: bool) -> dict[str, _Price]:
    """Return what the own plan costs by its name or by what Billing says of a month; nothing if it says several."""
    if FREE.fullmatch(own.name):
        return {own.name: _Price(Decimal(0), "", own.name)}
    if is_yearly:
        return {}
    said = (one for text in own.lines if _MONTH.search(text) for one in _prices(text, reading.amounts(text)))
    found = {one.amount: one for one in said}
    return dict.fromkeys([own.name], next(iter(found.values()))) if len(found) == 1 else {}


def begins_with_plan(line: str, name: str) -> bool:
    """Whether a line begins with a plan's name; a badge may stand right behind it: "BasicCurrent plan"."""
    text = line.lstrip("*•·- ")
    after = text[len(name) : len(name) + 1]
    return text.casefold().startswith(name.casefold()) and not (after.islower() or after.isdigit() or after == "-")
