"""The bars of Current Plan: what they say of credits in numbers, in words and by how they are filled."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from itertools import accumulate
from typing import TYPE_CHECKING

from steps.readers.credits.bar_parts import Part, coloured_parts, is_of_used, legend_of, owner_of
from steps.readers.page.lines import PRESSES
from steps.readers.page.positions import same_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from steps.readers.credits.clause import Clause
    from steps.readers.credits.number_kinds import Amount, Owner
    from steps.readers.credits.wording import Wording
    from steps.readers.page.lines import Layout
    from steps.readers.page.section import Section
    from steps.readers.page.snapshot import Element, Snapshot

_ROLES = frozenset({"progressbar", "meter"})
_DRAWN = frozenset({"svg", "canvas"})
_SIGN = 60
"""The width or height, in pixels, below which a drawing is a sign beside words."""
_CARD = 64
"""The height, in pixels, from which something to press may be a card that holds a bar."""
_CONTROLS = PRESSES - {"link"}
_GAP = 4
"""How far apart, in pixels, the parts of one bar may be."""
_OF_CREDITS = re.compile(r"\bcredits?\b(?! card)", re.IGNORECASE)
_OTHER = re.compile(r"storage|\bseats?\b|\bmembers?\b|\brequests?\b|\bAPI\b|\b[KMGT]i?B\b", re.IGNORECASE)
"""What plans have besides credits."""
_CREDITS = re.compile(r"credit|usage|used|left|balance|remaining|monthly|add-?on", re.IGNORECASE)


@dataclass(frozen=True)
class Bar:
    """A bar. `now` and `whole` are credits; None where it counts in percent or does not say."""

    name: str
    share: float | None
    """How much of it is filled, from 0 to 1."""
    now: Decimal | None = None
    whole: Decimal | None = None
    text: str = ""
    amounts: tuple[Amount, ...] = ()
    """What its text says of credits."""
    named: tuple[Amount, ...] = ()
    """What its name says of them, where it has no text."""
    owner: Owner | None = None
    said: tuple[float, ...] = ()
    """The shares that its text says."""
    drawn: float | None = None
    """How much of it is drawn filled, where it says so otherwise too."""
    is_drawn: bool = False
    """Whether nothing but how it is drawn says how much of it is filled."""
    is_picture: bool = False
    """Whether it is a picture of credits (a bar or a ring in SVG), known by its name alone."""
    parts: tuple[Part, ...] = field(default=(), repr=False)
    """The bars that stand in one track, as parts of it."""
    coloured: tuple[Part, ...] = field(default=(), repr=False)
    """Its parts by the colours of a legend, where one stands in Current Plan; they say nothing of how it is filled."""
    element: int = field(default=-1, compare=False, repr=False)
    beside: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """The lines next to it, before and behind."""

    @property
    def counts(self) -> list[Decimal]:
        """What it may say is filled: by all of its parts, or by some from either end."""
        filled = [one.now or Decimal(0) for one in self.parts] or [self.now or Decimal(0)]
        return [*accumulate(filled), *accumulate(reversed(filled))]

    @property
    def shares(self) -> list[float]:
        """How much of it may be filled, from 0 to 1: all of its parts, or some from either end."""
        filled = [one.share or 0.0 for one in self.parts] or [self.share or 0.0]
        return [*accumulate(filled), *accumulate(reversed(filled))]

    def __str__(self) -> str:
        """Describe it in words for people."""
        name = f"the bar {self.name}" if self.name else "the bar"
        if self.whole is not None and self.now is not None:
            return f"{name} ({self.now:,} of {self.whole:,})"
        return f"{name} ({self.text or (f'{self.share:.0%} filled' if self.share is not None else 'without a number')})"


def bars_in(section: Section, wording: Wording) -> tuple[Bar, ...]:
    """Return the bars of Current Plan that are about credits, drawn ones too, or those that a label selects."""
    elements = section.layout.snapshot.elements
    selected = section.selects("credit_bar")
    found: list[tuple[int, Bar]] = []
    inner: set[int] = set()
    tracks = set() if selected else _told_in_parts(elements)
    legend = legend_of(section, wording)
    for at in range(max(section.first, 0), min(section.last, len(elements))):
        one = elements[at]
        if one.parent in inner:
            inner.add(at)
        elif (
            at not in tracks
            and _may_be_bar(section.layout, at, selected=selected)
            and section.layout.is_front(at)
            and section.reaches(at)
        ):
            inner.add(at)
            bar = _picture(one, wording) if _is_drawing(one) else _bar(one, wording)
            if selected or _is_about_credits(section, at, bar, wording):
                coloured = tuple(coloured_parts(one, legend))
                found.append((at, replace(bar, element=at, beside=_beside(section, at), coloured=coloured)))
    bars = tuple(map(_as_one, _tracks(elements, found)))
    return bars or tuple(_pictures(section, wording))


def _told_in_parts(elements: Sequence[Element]) -> set[int]:
    """Return the boxes that hold several bars with values: those are the parts, each of which tells what it is."""
    told = Counter(one.parent for one in elements if one.role in _ROLES and one.value)
    return {at for at, count in told.items() if count > 1}


def _tracks(elements: Sequence[Element], found: list[tuple[int, Bar]]) -> list[list[Bar]]:
    """Return the bars by the track that they stand in: beside one another without a gap, they are parts of one bar."""
    tracks: list[list[Bar]] = []
    for at, bar in found:
        last = next((one for one, _ in reversed(found) if one < at), -1)
        if tracks and last >= 0 and _touch(elements[last], elements[at]):
            tracks[-1].append(bar)
        else:
            tracks.append([bar])
    return tracks


def _touch(one: Element, other: Element) -> bool:
    is_level = abs(one.box.y - other.box.y) < 1 and abs(one.box.height - other.box.height) < 1
    return one.parent == other.parent and is_level and abs(other.box.x - one.box.right) <= _GAP


def _as_one(track: list[Bar]) -> Bar:
    if len(track) == 1:
        return track[0]
    parts = tuple(Part(one.now, one.share, one.owner, is_of_used(one.name, one.owner)) for one in track)
    wholes = {one.whole for one in track}
    counted = [one.now for one in parts if one.now is not None]
    is_counted = len(counted) == len(parts) and len(wholes) == 1
    said = ["; ".join(filter(None, texts)) for texts in ([one.name for one in track], [one.text for one in track])]
    return Bar(
        said[0],
        min(1.0, sum(one.share or 0 for one in parts)),
        sum(counted, Decimal(0)) if is_counted else None,
        wholes.pop() if is_counted else None,
        said[1],
        parts=parts,
        is_drawn=all(one.is_drawn for one in track),
        beside=(track[0].beside[0], track[-1].beside[-1]) if track[0].beside and track[-1].beside else (),
    )


def drawings_in(section: Section) -> tuple[str, ...]:
    """Return the names of what is drawn in Current Plan, and larger than a sign: any of it may picture credits."""
    return tuple(one.name or f"<{one.tag}>" for _, one in _drawn(section))


def _drawn(section: Section) -> Iterator[tuple[int, Element]]:
    elements = section.layout.snapshot.elements
    for at in range(max(section.first, 0), min(section.last, len(elements))):
        one = elements[at]
        is_large = max(one.box.width, one.box.height) >= _SIGN
        if is_large and _is_drawing(one) and section.layout.is_front(at) and section.reaches(at):
            yield at, one


def _is_drawing(one: Element) -> bool:
    return one.fill < 0 and (one.role == "img" or (one.tag in _DRAWN and not one.role))


def _pictures(section: Section, wording: Wording) -> Iterator[Bar]:
    """Yield the pictures of credits in Current Plan: their names tell how many, or what they are."""
    for at, one in _drawn(section):
        bar = _picture(one, wording)
        if bar.amounts or bar.owner or _OF_CREDITS.search(one.name):
            yield replace(bar, beside=_beside(section, at))


def _picture(one: Element, wording: Wording) -> Bar:
    clauses = [clause for clause in wording.clauses(one.name) if not clause.strange]
    owners = list(dict.fromkeys(owner for clause in clauses for owner in clause.owners))
    told = tuple(amount for clause in clauses for amount in _pictured(clause))
    owner = owners[0] if len(owners) == 1 else None
    return Bar("", None, None, None, one.name, told, owner=owner, is_picture=True)


def _pictured(clause: Clause) -> tuple[Amount, ...]:
    """Return what a clause of a picture's name tells for certain: of one kind of credits, the number beside it."""
    if not clause.owners:
        return clause.amounts
    return tuple(one for one in clause.amounts[:1] if one.kind in {"plain", "left"} and one.number.step <= 1)


def _may_be_bar(layout: Layout, at: int, *, selected: bool) -> bool:
    one = layout.snapshot.elements[at]
    if selected:
        return "label:credit_bar" in one.states
    return one.role in _ROLES or (one.fill >= 0 and not _is_of_control(layout, at))


def _is_of_control(layout: Layout, at: int) -> bool:
    """Whether what fills a box is the look of a control, as a hidden spinner in a button, and not a card to press."""
    around = (layout.snapshot.elements[one] for one in layout.around(at))
    return any(one.role in _CONTROLS and one.box.height < _CARD for one in around)


def _beside(section: Section, at: int) -> tuple[str, ...]:
    """Return the last line before a bar, with those in its row, and the first one behind it."""
    lines = [line for line in section.lines if at not in section.layout.around(line.block)]
    before = [line for line in lines if line.elements[0] < at]
    row = [line.text for line in before if same_row(line.box, before[-1].box)]
    return (*row, *[line.text for line in lines if line.elements[0] > at][:1])


def _bar(one: Element, wording: Wording) -> Bar:
    now, _, whole = (*(_decimal(part) for part in one.value.split("/")), None, None, None)[:3]
    least = _decimal(one.value.split("/")[1]) if one.value.count("/") == 2 else None
    told: Clause | None = next(iter(wording.clauses(one.value_text)), None) if one.value_text else None
    text = one.value_text
    name = one.name
    owner = owner_of(name, wording) if name else None
    share = None if one.fill < 0 else one.fill
    if now is not None:
        base = least or Decimal(0)
        limit = whole if whole is not None else Decimal(100 if one.role == "progressbar" and one.tag == "div" else 1)
        share = float((now - base) / (limit - base)) if limit > base else share
    amounts = told.amounts if told and not told.strange else ()
    called = next(iter(wording.clauses(name)), None) if name and not text else None
    named = called.amounts if called and not called.strange else ()
    counts = whole is not None and whole not in {Decimal(1), Decimal(100)}
    said = tuple(float(part.value) / 100 for part in told.shares if part.value is not None) if told else ()
    numbers = (now, whole) if counts else (None, None)
    return Bar(name, share, *numbers, text, amounts, named, owner, said, _drawn_as(one, now), is_drawn=now is None)


def _drawn_as(one: Element, now: Decimal | None) -> float | None:
    return one.fill if now is not None and one.fill >= 0 else None


def _is_about_credits(section: Section, at: int, bar: Bar, wording: Wording) -> bool:
    """Whether the bar, or else what stands nearest around it, speaks of credits."""
    said = f"{bar.name} {bar.text}".strip()
    if re.search(r"[^\W\d]", said):
        return bool(_CREDITS.search(said) or wording.is_bar(said)) and not _OTHER.search(said)
    near = _beside(section, at)
    if any(map(_OTHER.search, near)) and not any(map(_OF_CREDITS.search, near)):
        return False
    for holder in section.layout.around(section.layout.snapshot.elements[at].parent):
        lines = [line.text for line in section.layout.within(holder) if line.text.strip()]
        if lines:
            return any(
                one.owners or one.kinds or (one.is_value and not one.strange)
                for line in lines for one in wording.clauses(line)
            ) or any(_CREDITS.search(line) for line in lines)  # fmt: skip
    return True


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def bars_beside(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the names of all bars of the page that are called after credits, wherever they stand."""
    named = (one.name for one in snapshot.elements if one.role in _ROLES)
    return tuple(name for name in named if _OF_CREDITS.search(name))
