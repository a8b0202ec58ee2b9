"""What is pressed for an amount of credits: the choice that holds it, or the one that stands beside it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from steps.readers.page.lines import PRESSES, Layout

if TYPE_CHECKING:
    from collections.abc import Callable

    from steps.readers.page.lines import Line
    from steps.targets.profile import Profile

_CHOOSES = ("select", "choose", "get", "add", "buy", "purchase", "order")
"""What a button beside a package is called that chooses it."""
CHOICES = frozenset({"radio", "checkbox", "option", "menuitemradio", "menuitemcheckbox", "switch"})


def presses_in(layout: Layout) -> frozenset[int]:
    """Return what can be pressed in front, as indexes of the snapshot's elements."""
    return frozenset(
        at
        for at, one in enumerate(layout.snapshot.elements)
        if (one.role in (PRESSES | CHOICES) - {"combobox", "listbox"} or "pressable" in one.states)
        and layout.is_front(at)
    )


class PackagePresses:
    """All that may be pressed for a package on one page; `unpriced` takes the prices out of a text."""

    def __init__(
        self, layout: Layout, presses: frozenset[int], profile: Profile, unpriced: Callable[[str], str]
    ) -> None:
        self._layout, self._elements = layout, layout.snapshot.elements
        self._presses, self._profile, self._unpriced = presses, profile, unpriced

    def place(self, line: Line) -> tuple[int, int, bool] | None:
        """Return what is pressed for an amount, the part of the page around both, and whether one holds the other."""
        around = list(self._layout.around(line.elements[0]))
        for depth, at in enumerate(around):
            if self._elements[at].tag == "label":
                inputs = self._around_choices.get(at, [])
                named = inputs or self._called(line.text)
                if len(named) == 1:
                    return named[0], at, True
                if not named and not self._around_near.get(at) and self._layout.is_front(at):
                    return at, at, True  # its radio is not drawn at all
            if at in self._presses:
                return at, at, True
            if near := self._around_near.get(at):
                press = self._one_of(near, is_whole=depth == len(around) - 1 or self._elements[at].role == "dialog")
                return (press, at, False) if press is not None else None
        return None

    def _called(self, text: str) -> list[int]:
        """Return the choices that are called so, or else those whose names hold the text."""
        names = {one: self._elements[one].name for one in self._choices}
        return [one for one in names if names[one] == text] or [one for one in names if text in names[one]]

    def row_of(self, press: int, row: int) -> int:
        """Return the largest part of the page around a row that holds no other choice than one: a price may be there.

        That of a choice, or a button, among others; else the row itself.
        """
        alike, held = (
            (self._choices, self._around_choices) if press in self._choices else (self._presses, self._around_presses)
        )
        if press not in alike or len(alike) < 2:
            return row
        for holder in self._layout.around(row):
            if held.get(holder, [press]) != [press]:
                break
            row = holder
        return row

    def confirms(self, press: int) -> bool:
        """Whether something to press confirms a choice, by its name."""
        return begins(name_of(self._layout, press), self._confirm)

    def _one_of(self, near: list[int], *, is_whole: bool) -> int | None:
        """Return what is pressed for a row: its radio, its only button, or the one that buys or chooses."""
        choices = [one for one in near if self._elements[one].role in CHOICES]
        if choices or is_whole:
            return choices[0] if len(choices) == 1 else None
        words = {one: self._unpriced(name_of(self._layout, one)) for one in near}
        found = [one for one in near if begins(words[one], (*self._confirm, *_CHOOSES))]
        found = found or [one for one in near if not re.search(r"\w", words[one])]  # a price alone
        return found[0] if len(found) == 1 else None

    @cached_property
    def _confirm(self) -> tuple[str, ...]:
        return tuple(name.casefold() for name in self._profile.labels.of("confirm").names)

    @cached_property
    def _choices(self) -> tuple[int, ...]:
        return tuple(sorted(at for at in self._presses if self._elements[at].role in CHOICES))

    @cached_property
    def _near(self) -> tuple[int, ...]:
        """What may be pressed for an amount beside it: nothing else is done by it, and it shows no amount itself."""
        labels = self._profile.labels
        keys = ("close", "upgrade_plan", "receipt", "more_packages", "add_credits")
        others = {name.casefold() for key in keys for name in labels.of(key).names}
        return tuple(
            at
            for at in sorted(self._presses)
            if (name := name_of(self._layout, at).casefold()) not in others
            and (self._elements[at].role in CHOICES or not re.search(r"\d", self._unpriced(self._shown(at) or name)))
        )

    def _shown(self, at: int) -> str:
        """Return what stands in a control, which may have another name for screen readers: "Buy 2,000 credits"."""
        return " ".join(line.text for line in self._layout.within(at))

    @cached_property
    def _around_near(self) -> dict[int, list[int]]:
        return self._by_holder(self._near)

    @cached_property
    def _around_choices(self) -> dict[int, list[int]]:
        return self._by_holder(self._choices)

    @cached_property
    def _around_presses(self) -> dict[int, list[int]]:
        return self._by_holder(tuple(sorted(self._presses)))

    def _by_holder(self, presses: tuple[int, ...]) -> dict[int, list[int]]:
        """Return, for each element, which of the presses it holds."""
        found: dict[int, list[int]] = {}
        for press in presses:
            for holder in self._layout.around(press):
                found.setdefault(holder, []).append(press)
        return found


def name_of(layout: Layout, at: int) -> str:
    """Return the name of an element, or else what stands in it."""
    return layout.snapshot.elements[at].name or " ".join(
        line.text for line in layout.within(at) or layout.lines_of((at,))
    )


def begins(name: str, words: tuple[str, ...] | list[str]) -> bool:
    """Whether a name begins with one of some words, signs before it aside."""
    plain = re.sub(r"^\W+", "", name.casefold())
    return any(re.match(rf"{re.escape(word)}(?!\w)", plain) for word in words)
