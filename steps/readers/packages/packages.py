"""The packages on sale: amounts of credits that can be chosen, each with what stands beside it and what to press."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from steps.readers.figures.dates import calendar_of
from steps.readers.figures.numbers import Number, notation_of, numbers_in
from steps.readers.lists.flat_grids import with_repeats, with_rows
from steps.readers.lists.listing import PART_OF_LIST
from steps.readers.lists.neighbours import Neighbours, split_at_presses
from steps.readers.money.prices import SAVES, reading_of
from steps.readers.packages.columns import NO_PACKAGE, NO_PRICE, Columns
from steps.readers.packages.offer import CREDITS, Offer
from steps.readers.packages.package_order import order_seen
from steps.readers.packages.package_presses import CHOICES, PackagePresses, presses_in
from steps.readers.packages.price_lists import listed_prices
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.readers.page.lines import DIALOGS, Layout, Line, layout_of
from steps.readers.page.snapshot import is_behind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from steps.readers.money.money import Money
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

ABOUT = "the packages on sale"
_CHOSEN = frozenset({"checked", "selected", "pressed", "current"})
_WORD = re.compile(r"\s*(?:(?:add-?\s?on|extra|more|additional|ai)\s+)?([^\W\d_]+)", re.IGNORECASE)
_BARE = re.compile(r"\W*\d[\d.,'\u2019\s]*\W*")
"""A line that is a number alone."""
_CREDITS_ALONE = re.compile(r"\W*(?:add-?\s?on |extra )?(?P<word>credits?)\W*", re.IGNORECASE)
_LARGE = 1_000
"""The amount from which a number in a list is no number of rows to show."""
_OF_A_PART = re.compile(r"(?:\bper|/|\bpro|\bpar|\bpor|\beach|\bfor every)\s*$", re.IGNORECASE)
_ADDED = re.compile(r"(?:\bbonus|\bfree|\bextra|\bplus)\W*$", re.IGNORECASE)
_PLUS = re.compile(r"\+\s*$")
"""What stands before a tax or a bonus that is to be added: "+$4.00 VAT"."""
_INSTALMENT = re.compile(r"\b\d+\s*[\u00d7x]\s*$", re.IGNORECASE)
"""What stands before a part of a price: "or 4 \u00d7 $134.75"."""
_GIVEN = re.compile(r"\s*(?:credits?\s*)?(?:bonus|free|extra)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Mention:
    """An amount that is named somewhere; `row` is the smallest part of the page around it with something to press."""

    line: Line
    number: Number
    word: str
    press: int
    row: int
    is_own: bool
    is_added: bool
    """Whether it is written with a plus, as what comes on top of a package may be."""


def read_packages(
    snapshot: Snapshot, profile: Profile, before: Snapshot | None = None
) -> Fact[tuple[Offer, ...]] | Unclear | Absent:
    """Return the packages on sale in what is in front, in reading order.

    What is offered on `before`, the page before the pop-up was asked for, is not on sale now, nor is what stands at the
    place of a line of then and differs by its numbers alone. What has to be scrolled to or unfolded first is for the
    caller.
    """
    stays = before is not None and not is_behind(before, snapshot)
    same = before if before is not None and stays and before.url == snapshot.url else None
    found = _Sale(snapshot, profile, same).offers()
    if before is not None and found and stays:
        earlier = _Sale(before, profile).offers()
        if isinstance(found, Unclear) or isinstance(earlier, Unclear):
            found = [] if found == earlier else found
        else:
            old = Counter((one.amount, one.text) for one in earlier)
            found = [one for one in found if not old[one.amount, one.text]]
    if isinstance(found, Unclear):
        return found
    boxes = [snapshot.elements[one.row if one.row >= 0 else one.element].box for one in found]
    found = [found[at] for at in order_seen(boxes, snapshot.language)]
    return Fact(tuple(found), tuple(one.text for one in found)) if found else Absent(ABOUT)


def _word_beside(amount: Line, lines: list[Line]) -> str:
    """Return the word for credits where it stands on a line of its own, next to an amount that is alone on its."""
    at = lines.index(amount) if amount in lines else -1
    beside = [*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2]] if at >= 0 else []
    found = (_CREDITS_ALONE.fullmatch(line.text) for line in beside)
    return next((one["word"] for one in found if one), "")


def _sums_up(offer: Offer, among: list[Offer]) -> bool:
    """Whether this only repeats the amount of the choice, beside a box to tick for something else."""
    others = {one.amount for one in among if one.kind != "checkbox"}
    return offer.kind == "checkbox" and len(others) > 1 and offer.amount in others


def _is_face(offer: Offer, among: list[Offer], states: Sequence[str]) -> bool:
    """Whether this is the face of a list that stands open, which shows what is chosen in it."""
    return {"popup", "expanded"} <= set(states) and any(
        one is not offer and one.amount == offer.amount for one in among
    )


def _placed(layout: Layout) -> Iterator[tuple[Line, tuple[str, ...]]]:
    """Yield each line with its place in the page's tree and what it says but for its numbers: those may run."""
    within: Counter[tuple[int, str]] = Counter()
    steps: list[str] = []
    for one in layout.snapshot.elements:
        within[one.parent, one.tag] += 1
        steps.append(f"{one.tag}{within[one.parent, one.tag]}")
    for line in layout.lines:
        path = "/".join(steps[at] for at in layout.around(line.elements[0]))
        yield line, (path, re.sub(r"\d[\d.,']*", "#", line.text))


class _Sale:
    """What is in front, read as offers."""

    def __init__(self, snapshot: Snapshot, profile: Profile, before: Snapshot | None = None) -> None:
        self._stood = {place for _, place in _placed(layout_of(before))} if before is not None else set()
        self._last = len(snapshot.elements) - 1
        snapshot = with_repeats(with_rows(snapshot, columns=2))
        self._elements, self._stamp = snapshot.elements, snapshot.stamp
        presses = presses_in(layout_of(snapshot))
        self._layout = layout_of(split_at_presses(snapshot, presses))
        self._near_by = Neighbours(self._layout)
        self._columns = Columns(self._layout)
        self._profile = profile
        texts = [line.text for line in self._layout.lines]
        self._notation = notation_of(texts, profile.thousands)
        self._reading = reading_of(profile, snapshot.language, texts)
        self._presses = PackagePresses(self._layout, presses, profile, self._reading.without)
        self._calendar = calendar_of(profile, snapshot.language, texts)
        self._is_about_credits = any(CREDITS.search(text) for text in texts)

    def offers(self) -> list[Offer] | Unclear:
        """Return the offers, or what cannot be told."""
        by_press: dict[int, list[_Mention]] = {}
        for mention in self._mentions():
            by_press.setdefault(mention.press, []).append(mention)
        found: list[Offer] = []
        others: list[Offer] = []
        for press, named_by_it in by_press.items():
            if self._is_past(named_by_it[0].row):
                continue
            mentions = [one for one in named_by_it if not one.is_added] or named_by_it
            near = max(len(list(self._layout.around(one.row))) for one in mentions)
            inmost = [one for one in mentions if len(list(self._layout.around(one.row))) == near]
            named = [one for one in inmost if CREDITS.fullmatch(one.word)] or inmost
            if any(one.number.value is None and not self._is_miswritten(one.number) for one in named):
                return Unclear(ABOUT, tuple(one.number.raw for one in named), named[0].number.settle)
            if len({one.number.value for one in named}) > 1:
                texts = tuple(dict.fromkeys(one.line.text for one in named))
                return Unclear(ABOUT, texts, 'thousands = "…"' if not named[0].word else 'labels.add_credits = "…"')
            offer = self._offer(press, named[0])
            if offer.has_word or (self._is_about_credits and (offer.prices or offer.text == offer.written)):
                found.append(offer)
            else:
                others.append(offer)
        found = found or self._under_another_word(others)
        found = [one for one in found if not self._repeats(one, found)]
        found = sorted(self._in_one_dialog(found), key=lambda one: one.element)
        if any(one.prices for one in found):
            return found
        pressed = [one.element for one in found]
        listed = listed_prices(self._layout, pressed, self._notation, self._prices_in) if found else {}
        return [replace(one, prices=listed.get(one.amount, ())) for one in found]

    def _under_another_word(self, others: list[Offer]) -> list[Offer]:
        """Return large amounts that are all called the same, not credits, in what lies over a page about credits."""
        in_front = self._is_about_credits and self._layout.snapshot.layers
        are_alike = len(others) > 2 and len({one.word for one in others}) == 1 and others[0].word
        return others if in_front and are_alike and min(one.amount for one in others) >= _LARGE else []

    def _is_past(self, row: int) -> bool:
        """Whether a row of the page itself names a day, as payments do: what is on sale stands in no such row there."""
        return not self._layout.snapshot.layers and any(
            self._calendar.days_in(line.text) for line in self._near_by.within(row)
        )

    def _in_one_dialog(self, found: list[Offer]) -> list[Offer]:
        """Return the offers of the last dialog that has several: one that is no layer may stand beside others."""
        by_dialog: dict[int, list[Offer]] = {}
        for one in found:
            around = self._layout.around(one.element)
            dialog = next((at for at in around if self._elements[at].role in DIALOGS), -1)
            by_dialog.setdefault(dialog, []).append(one)
        selling = [at for at, offers in by_dialog.items() if at >= 0 and len(offers) > 1]
        return by_dialog[max(selling)] if selling else found

    def _is_miswritten(self, number: Number) -> bool:
        """Whether a number is parted by the profile's own sign where no number is: "1,2000,00", "11,5000"."""
        groups = number.raw.split(self._profile.thousands or ",")
        is_long = len(groups) == 2 and len(groups[1]) > 3
        return is_long or (len(groups) > 2 and not all(len(group) == 3 for group in groups[1:]))

    def _repeats(self, offer: Offer, among: list[Offer]) -> bool:
        is_face = _is_face(offer, among, self._elements[offer.element].states)
        return is_face or self._confirms(offer, among) or _sums_up(offer, among)

    def _confirms(self, offer: Offer, among: list[Offer]) -> bool:
        """Whether this only repeats the amount of the choice, as "Continue with 2,000 credits" does."""
        named = [one for one in among if self._presses.confirms(one.element)]
        return offer in named and any(one.amount == offer.amount and one not in named for one in among)

    def _offer(self, press: int, mention: _Mention) -> Offer:
        row = press if mention.is_own and self._elements[press].tag != "input" else mention.row
        if not self._prices_in(row):
            row = self._presses.row_of(press, row)
        lines = self._near_by.within(row)
        held = [one for at, one in enumerate(self._elements) if at == press or row in self._layout.around(at)]
        states = {state for one in held for state in one.states if state in _CHOSEN}
        own = self._elements[press]
        return Offer(
            amount=int(mention.number.value or 0),
            written=mention.number.raw,
            word=mention.word or _word_beside(mention.line, lines),
            text=" ".join(line.text for line in lines),
            prices=tuple(dict.fromkeys(self._prices_in(row))),
            kind=(own.role or "card") if mention.is_own or own.role in CHOICES else "row",
            element=press,
            row=row if row <= self._last else press,
            chosen=bool(states),
            disabled="disabled" in own.states or "inert" in own.states,
            stamp=self._stamp,
        )

    def _prices_in(self, row: int) -> list[Money]:
        return [
            money
            for line in self._near_by.within(row)
            for money in self._amounts_of(line)
            if not money.is_unit and not _PLUS.search(line.text[: money.start])
            and not SAVES.search(line.text[: money.start]) and not _INSTALMENT.search(line.text[: money.start])
        ]  # fmt: skip

    def _amounts_of(self, line: Line) -> list[Money]:
        """Return the prices on a line, whose currency the heading of its column may tell for all."""
        if self._columns.of(line, NO_PRICE):
            return []
        found = self._near_by.amounts_of(line, self._reading)
        sign = self._columns.currency_of(line) if not found and _BARE.fullmatch(line.text) else ""
        return self._reading.amounts(f"{sign} {line.text}") if sign else found

    def _mentions(self) -> Iterator[_Mention]:
        """Yield each amount that may be a package’s, with what would be pressed for it."""
        for line, place in _placed(self._layout):
            if (
                place in self._stood
                or self._columns.of(line, NO_PACKAGE)
                or self._columns.currency_of(line)
                or (PART_OF_LIST.search(line.text) and not CREDITS.search(line.text))
            ):
                continue
            text = self._reading.without(line.text)
            for number in numbers_in(text, self._notation):
                before, behind = text[: number.start], text[number.end :]
                aside = _OF_A_PART.search(before) or _ADDED.search(before) or _GIVEN.match(behind)
                if number.kind != "count" or aside or (number.value is not None and number.value < 1):
                    continue
                word = _WORD.match(behind)
                found = self._presses.place(line)
                if found is not None:
                    added = bool(_PLUS.search(before))
                    headed = "credits" if self._columns.has_credits(line) else ""
                    yield _Mention(line, number, word[1] if word else headed, *found, added)
