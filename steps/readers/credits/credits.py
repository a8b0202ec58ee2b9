"""The credits of Billing, as far as a page leaves no doubt: plan, monthly, add-on and used credits, bars."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

import msgspec

from steps.readers.credits.balance import Balance
from steps.readers.credits.bar_owners import with_owners
from steps.readers.credits.bars import Bar, bars_in, drawings_in
from steps.readers.credits.buckets import added_up
from steps.readers.credits.naming import plan_in
from steps.readers.credits.prepared import prepared
from steps.readers.credits.relating import told_in
from steps.readers.credits.statements import Told, alike, told_alike
from steps.readers.credits.usual_names import usual_names
from steps.readers.credits.wording import LEFT, OWNERS, USED, wording_of
from steps.readers.figures.numbers import Notation, Number, notation_of, numbers_in, without_dates
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.readers.page.lines import Layout, layout_of
from steps.readers.page.positions import same_row
from steps.readers.page.section import Section, current_plan
from steps.targets.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from steps.readers.credits.number_kinds import Amount, Owner
    from steps.readers.page.lines import Line
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile


_BESIDE = frozenset({"banner", "navigation", "complementary", "header", "nav", "aside"})
_CREDITS = re.compile(r"\bcredits?\b", re.IGNORECASE)
_SIGNS = " \u00a0\u26a1\u2728\U0001fa99\U0001f48e\u25c6\u25cf\u2b50\u2605\ufe0f\u00b7"
"""What stands before a balance in the place of a word: lightning, sparkles, a coin, a gem, a star."""
_OFFERS = re.compile(r"\b(?:buy|get|save|earn|invite|up to|from|off|free|per)\b", re.IGNORECASE)
"""What a line says that speaks of credits which nobody has yet."""
_BARE = re.compile(r"\W*#\W*\w+\W*")
"""How a line reads that is one number and one word."""


@dataclass(frozen=True)
class Shown:
    """A line of Current Plan as it stands there, with its numbers."""

    text: str
    numbers: tuple[Number, ...] = ()
    amounts: tuple[Amount, ...] = ()
    """Those of the numbers that are known to be credits."""
    label: str = ""
    """The line together with its label, where that stands apart from it."""

    @property
    def told(self) -> str:
        """The line as messages quote it."""
        return self.label or self.text

    @property
    def form(self) -> str:
        """The line without its numbers and dates, by which it is found again after a change."""
        plain, parts, at = without_dates(self.text), [], 0
        for number in self.numbers:
            parts += [plain[at : number.start], "#"]
            at = number.end
        return " ".join("".join([*parts, plain[at:]]).casefold().split())

    @property
    def loose(self) -> list[Number]:
        """The numbers that belong to no kind of credits and are no money."""
        owned = [one.number for one in self.amounts if one.owner]
        return [one for one in self.numbers if one not in owned and one.kind in {"count", "percent"}]

    def kind_of(self, number: Number) -> tuple[str, str | None]:
        """Return what a number is said to be, and whose credits it counts."""
        found = next((one for one in self.amounts if one.number == number), None)
        return (found.kind, found.owner) if found else ("", None)

    @property
    def bare_kind(self) -> Literal["used", "left", ""]:
        """What a number is that stands with one word alone: "3,600 used", beside a line that says of what."""
        is_alone = not self.amounts and len(self.numbers) == 1 and self.numbers[0].kind == "count"
        if not is_alone or not _BARE.fullmatch(self.form):
            return ""
        return "used" if USED.search(self.form) else "left" if LEFT.search(self.form) else ""


@dataclass(frozen=True)
class CreditsReading:
    """All that Current Plan shows of plan and credits."""

    plan: Fact[str] | Unclear | Absent
    monthly: Fact[Balance] | Unclear | Absent
    add_on: Fact[Balance] | Unclear | Absent
    used: Fact[int] | Unclear | Absent
    overall: Fact[Balance] | Unclear | Absent
    """What is said of all credits together."""
    bars: tuple[Bar, ...]
    shown: tuple[Shown, ...] = field(repr=False)
    titled: bool = True
    """Whether the title of the section shows; where not, all that is in front was read."""
    drawings: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """What is drawn there, where no bar is known: it may be one."""
    elsewhere: tuple[Shown, ...] = field(default=(), compare=False, repr=False)
    """Lines above Current Plan, or in the navigation, that may tell a balance too: one number, of credits or alone."""
    messages: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """What messages say that stand in Current Plan."""


def read_credits(snapshot: Snapshot, profile: Profile) -> CreditsReading:
    """Return what a page shows of plan and credits in Current Plan, or wherever it shows them in front."""
    layout = layout_of(prepared(snapshot))
    found = _read(layout, current_plan(layout, profile.labels), profile)
    if isinstance(found.monthly, Absent) and isinstance(found.add_on, Absent):
        announced = _read(layout, current_plan(layout, profile.labels, announced=True), profile)
        if isinstance(announced.monthly, Fact):
            return announced
    if isinstance(found.monthly, Absent):
        for labels, are_both_needed in usual_names(profile.labels):
            other = _read(layout, current_plan(layout, labels), msgspec.structs.replace(profile, labels=labels))
            if isinstance(other.monthly, Fact) and (isinstance(other.add_on, Fact) or not are_both_needed):
                return other
    return found


def _read(layout: Layout, section: Section, profile: Profile) -> CreditsReading:
    notation = notation_of((line.text for line in layout.lines), profile.thousands)
    wording = wording_of(profile.labels, notation)
    told = told_in(section, wording)
    if not any(one.owner for one in told):
        short = told_in(section, wording_of(profile.labels, notation, short=True))
        if {one.owner for one in short} >= set(OWNERS):
            told = short
    bars = bars_in(section, wording)
    told = _doubted(told, section, notation)
    told, bars = told_alike(told), tuple(replace(bar, amounts=alike(bar.amounts, told)) for bar in bars)
    stated = {one.line for one in told}
    by_words = [bar for bar in bars if bar.text not in stated]
    pictured = [Told(one, bar.text, one.owner) for bar in by_words if bar.is_picture for one in bar.amounts]
    spoken = [Told(one, bar.text, one.owner or bar.owner) for bar in by_words for one in bar.amounts]
    kinds = {owner: _balance([*told, *pictured], owner, section, profile.labels) for owner in OWNERS}
    overall = _overall([*told, *spoken])
    if isinstance(kinds["add_on"], Unclear):
        kinds["add_on"] = added_up(told, "add_on", kinds["monthly"], overall) or kinds["add_on"]
    sure = {owner: one.value for owner, one in kinds.items() if isinstance(one, Fact)}
    bars = with_owners(bars, told, sure, section)
    return CreditsReading(
        plan_in(section, profile.labels, wording),
        kinds["monthly"],
        kinds["add_on"],
        _used([*told, *spoken]),
        overall,
        bars,
        tuple(_shown(section.lines, bars, notation, [*told, *spoken])),
        section.titled,
        () if bars else drawings_in(section),
        tuple(_elsewhere(layout, section, notation)),
        tuple(one.text for one in layout.lines if section.reaches(one.elements[0]) and layout.is_message(one)),
    )


def _doubted(told: list[Told], section: Section, notation: Notation) -> list[Told]:
    """Return what is told, in doubt where a page names neither kind of credits, and shows other numbers too."""
    own = [one.own for one in told]
    others = (one for line in section.lines if line not in own for one in numbers_in(line.text, notation))
    if any(one.owner for one in told) or not any(one.kind == "count" for one in others):
        return told
    return [replace(one, doubt=True, candidates=one.candidates or (one.line,)) for one in told]


def _balance(told: list[Told], owner: Owner, section: Section, labels: Labels) -> Fact[Balance] | Unclear | Absent:
    label = OWNERS[owner]
    about = label.replace("_", " ").replace("add on", "add-on").capitalize()
    if section.selects(label):
        told = [one for one in told if one.owner == owner and one.selected]
        if len({one.line for one in told}) != 1 or any(one.doubt for one in told):
            seen = tuple(one.text for one in section.selected(label))
            return Unclear(about, seen, f"{_selector(label)}, with one number in it")
    return _of([one for one in told if one.owner == owner], about, label, labels)


def _selector(label: str) -> str:
    return f'labels.{label} = {{ selector = "…" }}'


def _of(told: list[Told], about: str, label: str, labels: Labels | None = None) -> Fact[Balance] | Unclear | Absent:
    if not told:
        return Absent(about)
    doubted = next((one for one in told if one.doubt), None)
    if doubted and all(one.doubt for one in told):
        settle = label if doubted.amount is None else "monthly_credits"
        is_named = labels is not None and labels.of(settle).names != Labels().of(settle).names
        return Unclear(about, doubted.candidates, _selector(settle) if is_named else f'labels.{settle} = "…"')
    sure = [one for one in told if not one.doubt and one.amount]
    open_ = next((one.amount.number for one in sure if one.amount and one.amount.number.value is None), None)
    if open_ is not None:
        return Unclear(about, tuple(dict.fromkeys(one.line for one in sure)), open_.settle)
    return _joined(sure, about, label)


def _joined(sure: list[Told], about: str, label: str) -> Fact[Balance] | Unclear | Absent:
    lines = tuple(dict.fromkeys(one.line for one in sure))
    values: dict[str, set[tuple[int, ...]]] = {}
    for line in lines:
        for kind, numbers in _said([one for one in sure if one.line == line]).items():
            values.setdefault(kind, set()).add(tuple(numbers))
    if not values:
        return Absent(about)
    if label == OWNERS["monthly"] and "plain" in values:
        values["plain"] = _fullest(values["plain"])  # all of them stay in a purchase
    if any(len(found) > 1 for found in values.values()):
        return Unclear(about, lines, _selector(label))
    if any(len(next(iter(found))) > 1 for kind, found in values.items() if kind != "plain"):
        return Unclear(about, lines, _selector(label))
    only = {kind: next(iter(found)) for kind, found in values.items()}
    single = {kind: numbers[0] for kind, numbers in only.items() if kind != "plain"}
    return Fact(Balance(single.get("left"), single.get("used"), single.get("whole"), only.get("plain", ())), lines)


def _fullest(said: set[tuple[int, ...]]) -> set[tuple[int, ...]]:
    """Return what is said without what is said in part elsewhere: a legend's "9,480" beside "9,480 of 10,000"."""
    return {one for one in said if not any(len(one) < len(other) and set(one) <= set(other) for other in said)}


def _said(told: list[Told]) -> dict[str, list[int]]:
    """Return the numbers that the same words say, by what they are; what stands there twice, in two places, is one."""
    places: dict[int, dict[str, list[int]]] = {}
    for one in told:
        if one.amount and one.amount.number.value is not None:
            own = one.own.number if one.own else -1
            place = places.setdefault(own if one.first < 0 else one.first, {})
            place.setdefault(one.amount.kind, []).append(int(one.amount.number.value))
    first, *others = places.values() or [{}]
    if all(one == first for one in others):
        return first
    kinds = dict.fromkeys(kind for one in places.values() for kind in one)
    return {kind: [number for one in places.values() for number in one.get(kind, [])] for kind in kinds}


def _overall(told: Iterable[Told]) -> Fact[Balance] | Unclear | Absent:
    return _of([one for one in told if one.owner is None], "What is said of all credits", "used_credits")


def _used(told: list[Told]) -> Fact[int] | Unclear | Absent:
    """Return the used credits: those that are said of all, else the sum of what is said of each kind."""
    about = "Used credits"
    said = [one for one in told if one.amount and one.amount.kind == "used"]
    used = [one for one in said if not one.doubt]
    if said and not used:
        return Unclear(about, tuple(dict.fromkeys(one.line for one in said)), 'labels.monthly_credits = "…"')
    open_ = next((one for one in used if one.amount and one.amount.number.value is None), None)
    if open_ is not None and open_.amount:
        return Unclear(about, (open_.line,), open_.amount.number.settle)
    groups: dict[str | None, dict[int, str]] = {}
    for one in used:
        if one.amount and one.amount.number.value is not None:
            groups.setdefault(one.owner, {})[int(one.amount.number.value)] = one.line
    if any(len(found) > 1 for found in groups.values()):
        return Unclear(about, tuple(dict.fromkeys(one.line for one in used)), 'labels.used_credits = "…"')
    if None in groups:
        value, line = next(iter(groups[None].items()))
        return Fact(value, (line,))
    if not groups or {one.owner for one in told if one.owner} != set(groups):
        return Absent(about)
    found = [next(iter(one.items())) for one in groups.values()]
    return Fact(sum(value for value, _ in found), tuple(line for _, line in found))


def _elsewhere(layout: Layout, section: Section, notation: Notation) -> Iterator[Shown]:
    elements = layout.snapshot.elements
    inside = {line.number for line in section.lines}
    for line in layout.lines if section.titled else ():
        is_of_credits, bare = _CREDITS.search(line.text), line.text.strip(_SIGNS)
        if line.number in inside or not (is_of_credits or bare[:1].isdigit()):
            continue  # before anything that takes time: heavy pages have thousands of lines
        numbers = [one for one in numbers_in(line.text, notation) if one.kind == "count"]
        if len(numbers) != 1 or not (is_of_credits or bare == numbers[0].raw):
            continue
        around = {elements[at].role or elements[at].tag for at in layout.around(line.elements[0])}
        beside = [one.text for one in layout.lines if one is not line and same_row(one.box, line.box)]
        if _OFFERS.search(line.text) or any(without_dates(text) != text for text in beside):
            continue  # nobody has them yet, or they are those of a payment
        is_beside = line.elements[0] < section.first or not _BESIDE.isdisjoint(around)
        if is_beside and not layout.is_message(line):
            yield Shown(line.text, tuple(numbers))


def _shown(lines: Iterable[Line], bars: Iterable[Bar], notation: Notation, told: list[Told]) -> Iterator[Shown]:
    """Yield the lines of the section, then the texts of its bars, each with those of its numbers that are credits."""
    sure = [one for one in told if one.amount and not one.doubt]
    for line in lines:
        own = [one for one in sure if one.own == line]
        amounts = tuple(one.amount for one in own if one.amount)
        yield Shown(line.text, tuple(numbers_in(line.text, notation)), amounts, own[0].line if own else "")
    whole = (bar for bar in bars if not any(one.owner for one in bar.parts))  # parts are held one by one
    for text in (bar.text for bar in whole if bar.text):
        amounts = tuple(one.amount for one in sure if one.amount and one.line == text)
        yield Shown(text, tuple(numbers_in(text, notation)), amounts)
