"""The parts of a credit bar: what each is called after, by its own name or by the colour of a legend."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from steps.readers.credits.wording import USED, Wording, wording_of
from steps.readers.page.positions import same_row
from steps.targets.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from steps.readers.credits.number_kinds import Owner
    from steps.readers.page.lines import Line
    from steps.readers.page.section import Section
    from steps.readers.page.snapshot import Element

_NAMED: dict[Owner, re.Pattern[str]] = {
    "monthly": re.compile(r"\bmonthly\b", re.IGNORECASE), "add_on": re.compile(r"\badd-?on\b", re.IGNORECASE),
}  # fmt: skip
_ALL_CREDITS = re.compile(r"\W*(?:all|total)(?: your| the| of your)? credits\W*", re.IGNORECASE)
"""What a bar is called that pictures the credits of both kinds."""
_BESIDE = 20
"""How far, in pixels, a sign of a legend stands before its words."""


class Part(NamedTuple):
    """A part of a bar: how many credits it counts, from 0 to 1 how much of the bar it fills, and what it is of."""

    now: Decimal | None
    share: float | None
    owner: Owner | None
    is_used: bool = False
    """Whether it is called after what is used of all credits."""


def legend_of(section: Section, wording: Wording) -> dict[str, Part]:
    """Return what the colours of a legend in Current Plan stand for, those alone that stand for one thing."""
    elements = section.layout.snapshot.elements
    signs = [at for at, one in enumerate(elements) if one.colour and section.reaches(at)]
    found: dict[str, set[Part]] = {}
    for line in section.lines:
        around = set(section.layout.around(line.elements[0]))
        near = [at for at in signs if at in around or _explains(elements[at], line)]
        owners = named_owners(line.text)
        owner = owner_of(line.text, wording) or (next(iter(owners)) if len(owners) == 1 else None)
        is_used = is_of_used(line.text, owner)
        if near and (owner or is_used):
            found.setdefault(elements[near[-1]].colour, set()).add(Part(None, None, owner, is_used))
    return {colour: next(iter(some)) for colour, some in found.items() if len(some) == 1}


def named_owners(text: str) -> set[Owner]:
    """Return whose credits the words of a legend or a share mean, however short: "Monthly", "Add-on"."""
    return {owner for owner, words in _NAMED.items() if words.search(text)}


def _explains(sign: Element, line: Line) -> bool:
    """Whether a sign stands right before a line."""
    return same_row(sign.box, line.box) and -2 <= line.box.x - sign.box.right <= _BESIDE


def coloured_parts(one: Element, legend: Mapping[str, Part]) -> Iterator[Part]:
    """Yield the parts of a bar whose colours a legend explains; parts of one colour are one."""
    shares: dict[str, float] = {}
    for share, colour in one.colours:
        shares[colour] = shares.get(colour, 0.0) + share
    for colour, share in shares.items():
        if colour in legend:
            yield legend[colour]._replace(share=share)


def is_of_used(name: str, owner: Owner | None) -> bool:
    """Whether a part of a bar is called after what is used, and of no kind of credits alone."""
    return owner is None and bool(USED.search(name))


def owner_of(name: str, wording: Wording) -> Owner | None:
    """Return whose credits a bar's name means: in the words of the profile, or else in those of the documentation."""
    if _ALL_CREDITS.fullmatch(name):  # whatever a profile calls credits of one kind
        return None
    documented = wording_of(Labels(), wording.notation)
    for words in (wording, documented):
        owners = {key for clause in words.clauses(name) for key in clause.owners}
        if owners:
            return owners.pop() if len(owners) == 1 else None
    return None
