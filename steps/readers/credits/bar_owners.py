"""Whose credits a bar without a name pictures: those that it stands with, where it is filled as they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from steps.readers.credits.balance import Total, totals_of
from steps.readers.credits.wording import OWNERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from steps.readers.credits.balance import Balance
    from steps.readers.credits.bars import Bar
    from steps.readers.credits.number_kinds import Owner
    from steps.readers.credits.statements import Told
    from steps.readers.page.section import Section

_NEAR = 0.012
"""How far what is drawn may be off what it stands for: gaps, rounded corners and whole percents."""


def with_owners(
    bars: Iterable[Bar], told: list[Told], balances: Mapping[Owner, Balance], section: Section
) -> tuple[Bar, ...]:
    """Return the bars with whose credits each pictures, where its name, or its place and how it is filled, say it."""
    bars = tuple(bars)
    if len(balances) < 2 or any(one.numbers <= {0} or not totals_of(one) for one in balances.values()):
        places = [_place(bar, told, section) for bar in bars if bar.element >= 0]
        are_open = not any(bar.owner or bar.name or bar.parts for bar in bars)
        if are_open and len(bars) == 2 == len(set(places) - {None}):
            return tuple(replace(bar, owner=owner) for bar, owner in zip(bars, places, strict=True))
        is_beside_one = are_open and len(bars) == 1 and places == ["monthly"] and len(balances) == len(OWNERS)
        if is_beside_one and _is_filled_as(bars[0], balances["monthly"]) and not _is_filled_as_all(bars[0], balances):
            return (replace(bars[0], owner="monthly"),)
        return bars  # a bar of all credits may be filled as some of them are
    return tuple(
        bar
        if bar.owner or bar.name or bar.parts or bar.element < 0
        else replace(bar, owner=_owner(bar, told, balances, section))
        for bar in bars
    )


def _owner(bar: Bar, told: list[Told], balances: Mapping[Owner, Balance], section: Section) -> Owner | None:
    filled = {owner for owner, balance in balances.items() if _is_filled_as(bar, balance)}
    if place := _place(bar, told, section):
        return place if place in filled else None
    if _is_filled_as_all(bar, balances):
        return None
    beside = {one.owner for one in told if one.owner and one.own and one.own.text in bar.beside} & filled
    return beside.pop() if len(beside) == 1 else None


def _is_filled_as_all(bar: Bar, balances: Mapping[Owner, Balance]) -> bool:
    """Whether a bar shows which part of both kinds together is left, or is used, where none bought is used."""
    monthly, bought = balances.get("monthly"), balances.get("add_on")
    if bar.share is None or monthly is None or bought is None:
        return False
    totals = [(one, other) for one in totals_of(monthly) for other in totals_of(bought) or _unused(bought)]
    shares = [
        part / whole
        for one, other in totals
        for part in (one.left + other.left, one.used + other.used)
        if (whole := one.whole + other.whole)
    ]
    return any(abs(bar.share - share) <= _NEAR for share in shares)


def _unused(balance: Balance) -> set[Total]:
    return {Total(balance.amount or 0, 0)}


def _place(bar: Bar, told: list[Told], section: Section) -> Owner | None:
    """Return whose credits alone are told in the smallest box around a bar that tells of any."""
    for holder in section.layout.around(section.layout.snapshot.elements[bar.element].parent):
        inside = [one for one in told if one.own and section.layout.inside(one.own, holder)]
        if inside:
            owners = {one.owner for one in inside if one.owner}
            return next(iter(owners)) if len(owners) == 1 else None
    return None


def _is_filled_as(bar: Bar, balance: Balance) -> bool:
    """Whether a bar shows which part of a balance is left, or is used."""
    if bar.share is None:
        return False
    said = {bar.whole, *(one.number.value for one in bar.amounts if one.kind == "whole")} - {None}
    totals = [one for one in totals_of(balance) if one.whole and said <= {one.whole}]
    shares = [part / one.whole for one in totals for part in (one.left, one.used)]
    return any(abs(bar.share - share) <= _NEAR for share in shares)
