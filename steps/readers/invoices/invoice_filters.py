"""What the list of invoices may be filtered by type with: lists to unfold, and choices side by side."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from steps.readers.invoices.invoice_controls import FOLDS, STATED
from steps.readers.page.positions import same_column, same_row

if TYPE_CHECKING:
    from steps.readers.invoices.invoice_controls import Controls
    from steps.readers.page.lines import Line
    from steps.readers.page.snapshot import Box

_CHOICES = frozenset({"radio", "tab", "option", "checkbox", "switch", "menuitemradio", "menuitemcheckbox"})
_GROUPS = frozenset({"radiogroup", "tablist", "group", "toolbar", "listbox"})
_ALL = re.compile(r"\W*(?:all|any|every|everything)\b", re.IGNORECASE)
_FILTERS = re.compile(r"\bfilter", re.IGNORECASE)
_NEAR = 100
"""Pixels between a label and what it stands beside."""


@dataclass(frozen=True)
class Option:
    """One of several choices that show side by side; `chosen` is None where it does not tell."""

    name: str
    element: int
    chosen: bool | None


@dataclass(frozen=True)
class Filter:
    """What the list may be filtered by: a list to unfold, or choices of which one is pressed.

    `press` is what a person presses to unfold it: of a transparent list the box that it lies in.
    """

    kind: Literal["list", "choices"]
    element: int
    press: int
    is_named: bool
    """Whether it goes by the name of the filter."""
    options: tuple[Option, ...] = ()


class TypeFilters:
    """The filters among the controls of a list."""

    def __init__(self, controls: Controls) -> None:
        self._controls = controls
        self._elements = controls.elements
        self._layout = controls.layout
        self._said = controls.said
        self._names = controls.listed.names("invoice_type")
        self._held = frozenset(controls.above)

    def found(self) -> list[Filter]:
        """Return what the list may be filtered by type with: what goes by that name first."""
        groups = self._groups()
        options = {option.element for one in groups for option in one.options}
        lists = [
            Filter("list", at, self._box_of(at), self._is_named(at))
            for at in range(len(self._elements))
            if at not in options and self._layout.is_front(at) and self._is_list(at)
        ]
        return sorted([*groups, *lists], key=lambda one: not one.is_named)

    def _groups(self) -> list[Filter]:
        likely = [at for at in self._controls.above if self._may_be_choice(at)]
        held = Counter(up for at in likely for up in self._layout.around(at))
        groups: dict[int, list[int]] = {}
        for at in likely:
            around = list(self._layout.around(at))[1:]
            group = next((up for up in around if self._elements[up].role in _GROUPS and held[up] > 1), None)
            group = next((up for up in around if held[up] > 1), -1) if group is None else group
            groups.setdefault(group, []).append(at)
        return [
            Filter("choices", group, group, self._is_named(group), tuple(map(self._option, inside)))
            for group, inside in groups.items()
            if group >= 0 and len(inside) > 1 and self._is_choice(group, inside)
        ]

    def _may_be_choice(self, at: int) -> bool:
        one = self._elements[at]
        if one.role in _CHOICES:
            return True
        return self._controls.is_pressed(at) and not FOLDS & set(one.states) and len(self._said(at).split()) <= 4

    def _is_choice(self, group: int, inside: list[int]) -> bool:
        """Whether things to press are choices of one filter: they say so, or one of them is for all."""
        stated = any(self._elements[at].role in _CHOICES or STATED & self._controls.states(at) for at in inside)
        is_titled = len(self._controls.listed.lines) < len(self._layout.lines)
        return (stated and is_titled) or self._is_named(group) or any(_ALL.match(self._said(at)) for at in inside)

    def _option(self, at: int) -> Option:
        tells = self._elements[at].role in _CHOICES or bool(STATED & self._controls.states(at))
        return Option(self._said(at), at, self._controls.is_on(at) if tells else None)

    def _options_in(self, at: int) -> list[int]:
        return [
            one for one in self._controls.above if self._may_be_choice(one) and at in list(self._layout.around(one))[1:]
        ]

    def _names_it(self, text: str) -> bool:
        return any(re.search(rf"\b{re.escape(one)}s?\b", text.casefold()) for one in self._names)

    def _begins(self, text: str) -> bool:
        return any(re.match(rf"\W*{re.escape(one)}\b", text.casefold()) for one in self._names)

    def _is_named(self, at: int) -> bool:
        """Whether something goes by the filter's name: its own, its group's, or a label that stands beside it."""
        if at < 0:
            return False
        one = self._elements[at]
        if "label:invoice_type" in one.states or self._names_it(one.name):
            return True
        groups = [up for up in self._layout.around(at) if self._elements[up].role in _GROUPS and up in self._held]
        if any(self._names_it(self._elements[up].name) for up in groups):
            return True
        if one.role not in _GROUPS and self._controls.is_pressed(at) and self._names_it(self._said(at)):
            return True
        return any(self._stands_beside(line.box, one.box) for line in self._labels)

    @cached_property
    def _labels(self) -> list[Line]:
        above = (line for line in self._controls.listed.lines if line.block in self._held)
        return [line for line in above if self._begins(line.text) and len(line.text.split()) <= 3]

    def _stands_beside(self, label: Box, box: Box) -> bool:
        is_left = same_row(label, box) and -2 <= box.x - label.right <= _NEAR
        is_above = same_column(label, box) and -2 <= box.y - label.bottom <= _NEAR / 4
        return is_left or is_above

    def _is_list(self, at: int) -> bool:
        """Whether an element is unfolded to choose from it, and may be about types."""
        one = self._elements[at]
        if "label:invoice_type" in one.states:
            return not self._options_in(at)
        if one.role in ("combobox", "listbox"):
            is_open = one.tag != "select" and "collapsed" not in one.states and bool(self._options_in(at))
            return not is_open and (at in self._held or self._begins(one.name))
        if one.role == "textbox" and "readonly" in one.states:  # nothing can be typed: a list that a page has made
            return at in self._held and self._is_named(at)
        if at not in self._held or not self._controls.is_pressed(at) or one.role in ("link", *_CHOICES):
            return False
        if self._controls.is_head(at):
            return self._is_in_its_heading(at)
        is_plain = not STATED & set(one.states)
        return "popup" in one.states or (is_plain and self._names_it(self._said(at)))

    def _is_in_its_heading(self, at: int) -> bool:
        """Whether something to press in the heading of the type is for a filter: it says so, or is a sign alone."""
        said = self._said(at)
        cell = next((up for up in self._layout.around(at) if self._elements[up].role == "columnheader"), -1)
        is_for_it = bool(_FILTERS.search(said)) or not re.search(r"\w", said)
        return is_for_it and cell >= 0 and any(self._begins(line.text) for line in self._layout.within(cell))

    def _box_of(self, at: int) -> int:
        """Return what a person sees of a list: its own box, or the one that a transparent one lies in."""
        if "unseen" not in self._elements[at].states:
            return at
        boxes = ((up, self._elements[up].box) for up in list(self._layout.around(at))[1:])
        return next((up for up, box in boxes if box.width >= 20 and box.height >= 12), at)
