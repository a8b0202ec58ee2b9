"""What the list of invoices is worked with: filters, what applies them, and the way to further rows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from steps.readers.lines import same_column, same_row
from steps.readers.listing import PART_OF_LIST, unlisted

if TYPE_CHECKING:
    from collections.abc import Collection

    from steps.readers.invoices import InvoiceList
    from steps.readers.lines import Line
    from steps.readers.snapshot import Box

_ARROWS = frozenset({"\u203a", "\u00bb", "\u2192", ">", ">>"})
"""What a press to the next page is called where it has no words."""
_CHOICES = frozenset({"radio", "tab", "option", "checkbox", "switch", "menuitemradio", "menuitemcheckbox"})
_GROUPS = frozenset({"radiogroup", "tablist", "group", "toolbar", "listbox"})
ON = frozenset({"checked", "selected", "pressed", "current"})
_STATED = ON | {"unchecked", "unpressed"}
_FOLDS = frozenset({"popup", "collapsed", "expanded"})
_OPENS = frozenset({"combobox", "button", "textbox", "group"})
_DATES = re.compile(r"\b(?:date|from|period|range|month|year|since|between|days)\b", re.IGNORECASE)
"""What a filter by date may be called."""
_DATES_ALONE = re.compile(
    r"\W*(?:(?:filter )?by |select |choose |pick )?(?:a )?(?:dates?|date range|period)\W*", re.IGNORECASE
)
"""What is called only after dates, with nothing that would choose some."""
_ALL = re.compile(r"\W*(?:all|any|every|everything)\b", re.IGNORECASE)
_NOT_APPLYING = re.compile(
    r"clear|reset|cancel|close|export|download|csv|print|refresh|reload|columns|settings|manage|add|upgrade|[\u00d7\u2715]",
    re.IGNORECASE,
)
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


class Controls:
    """What stands between the title and the first row, or below it; and `also` what has come to show since."""

    def __init__(self, listed: InvoiceList, also: Collection[int] = ()) -> None:
        self._listed = listed
        self._layout = listed.layout
        self._elements = listed.elements
        self._also = frozenset(also)

    def filters(self) -> list[Filter]:
        """Return what the list may be filtered by type with: what goes by that name first."""
        groups = self._groups()
        options = {option.element for one in groups for option in one.options}
        lists = [
            Filter("list", at, self._box_of(at), self._is_named(at))
            for at in range(len(self._elements))
            if at not in options and self._layout.is_front(at) and self._is_list(at)
        ]
        return sorted([*groups, *lists], key=lambda one: not one.is_named)

    def revealing(self) -> int:
        """Return the button that brings filters to show, -1 for none."""
        words = re.compile(r"\W*(?:show |more )?filters?\b", re.IGNORECASE)
        return next((at for at in self.above if self.is_free(at) and words.match(self.said(at))), -1)

    def revealing_days(self) -> int:
        """Return what opens fields for days, -1 for nothing: called after dates, and choosing none itself."""
        pressed = (at for at in self.above if self.is_free(at) and not self._is_head(at))
        dated = (at for at in pressed if not self._states(at) & _STATED and _DATES.search(self.said(at)))
        return next((at for at in dated if self._states(at) & _FOLDS or _DATES_ALONE.fullmatch(self.said(at))), -1)

    def applying(self, but: str = "") -> int:
        """Return the button that applies what was chosen, -1 for none; `but` is the name of another."""
        buttons = [at for at in self._buttons if self.said(at) != but]
        called = [at for at in buttons if self._pattern("apply_filter").match(self.said(at))]
        forms = {self._form_of(at) for at in self.above if self._elements[at].kind} - {-1}
        own = [at for at in buttons if self._form_of(at) in forms and not _NOT_APPLYING.search(self.said(at))]
        marked = [at for at in buttons if "label:apply_filter" in self._elements[at].states]
        return next(iter(marked or called or (own if len(own) == 1 else ())), -1)

    def unknown(self) -> list[int]:
        """Return the buttons that may apply what was chosen, where none is known to."""
        return [] if self.applying() >= 0 else [at for at in self._buttons if not _NOT_APPLYING.search(self.said(at))]

    def dated(self) -> list[str]:
        """Return the names of what may filter by date, whatever it looks like."""
        pressed = (at for at in self.above if self._elements[at].kind or self._elements[at].role in _OPENS)
        inside = (self._called(at) for at in pressed if not self._is_head(at))
        return [called for called in inside if _DATES.search(called)]

    def _called(self, at: int) -> str:
        """Return what something to press is called; a field without a name by the words before it."""
        before = [
            line.text for line in self._listed.lines
            if line.elements[0] < at and not self._elements[line.elements[0]].kind
        ]  # fmt: skip
        is_bare = bool(self._elements[at].kind and not self._elements[at].name and before)
        return f"{before[-1]} {self.said(at)}" if is_bare else self.said(at)

    @cached_property
    def _buttons(self) -> list[int]:
        stated = _FOLDS | _STATED
        return [
            at
            for at in self.above
            if self._elements[at].role == "button" and self.is_free(at) and not self._states(at) & stated
        ]

    def _form_of(self, at: int) -> int:
        return next((up for up in self._layout.around(at) if self._elements[up].tag == "form"), -1)

    def marks(self) -> dict[int, tuple[str, ...]]:
        """Return what tells each element from others: role, name, and the little that it says."""
        within = self._listed.near_by.within
        found: dict[int, tuple[str, ...]] = {}
        for at, one in enumerate(self._elements):
            lines = within(at)
            found[at] = (one.tag, one.role, one.name, " ".join(line.text for line in lines) if len(lines) < 9 else "")
        return found

    def further(self, page: int = 1) -> int:
        """Return the way to the next rows from the page of this number, -1 for nothing that could be pressed now."""
        rows = {row.element for row in self._listed.rows}
        if not rows:
            return -1
        below = range(min(rows), max(self._end, *rows))
        words, number = self._pattern("next_invoices"), re.compile(rf"(?:go to )?(?:page )?{page + 1}", re.IGNORECASE)
        pressed = [
            at
            for at in (*below, *self.above)
            if self._is_pressed(at) and self._layout.is_front(at) and not rows & set(self._layout.around(at))
        ]
        for at in pressed:
            said = self.said(at)
            if words.match(said) or said in _ARROWS or "label:next_invoices" in self._elements[at].states:
                return at if self.is_free(at) else -1
        numbered = (at for at in pressed if number.fullmatch(self.said(at)) and self._is_one_of_pages(at, page))
        return next((at for at in numbered if self.is_free(at)), -1)

    def lacks(self) -> str:
        """Return the line that says that more is listed than has been reached ("1-10 of 23"), "" for none."""
        first = min((row.lines[0].number for row in self._listed.rows), default=0)
        return unlisted(line for line in self._listed.lines if line.number >= first)

    def told_total(self) -> int:
        """Return how many rows the list says that it has ("6-6 of 6"), 0 where it says nothing of it."""
        found = (PART_OF_LIST.search(line.text) for line in self._listed.lines)
        return max((int(one[2]) for one in found if one and one[2]), default=0)

    def said(self, at: int) -> str:
        """Return what something to press is called, or says."""
        return self._elements[at].name or " ".join(line.text for line in self._listed.near_by.within(at)).strip()

    def is_on(self, at: int) -> bool:
        """Whether a choice is marked as chosen."""
        return bool(self._states(at) & ON)

    @cached_property
    def _begin(self) -> int:
        lines = self._listed.lines
        before = self._layout.all_lines[lines[0].number - 1] if lines and lines[0].number else None
        return max(before.elements) + 1 if before else 0

    @cached_property
    def _end(self) -> int:
        """Return where the section ends."""
        lines = self._listed.lines
        following = self._layout.all_lines[lines[-1].number + 1 :] if lines else ()
        return following[0].block if following else len(self._elements)

    @cached_property
    def above(self) -> list[int]:
        """Return what stands between the title and the first row, and what has come to show."""
        first = min((row.element for row in self._listed.rows), default=max(self._end, self._begin))
        found = set(range(self._begin, first)) | self._also
        return [at for at in sorted(found) if self._layout.is_front(at)]

    def _states(self, at: int) -> set[str]:
        return set(self._elements[at].states)

    def _is_pressed(self, at: int) -> bool:
        one = self._elements[at]
        return one.role in ("button", "link") or "pressable" in one.states

    def is_free(self, at: int) -> bool:
        """Whether something can be pressed."""
        return self._is_pressed(at) and not self._states(at) & {"disabled", "inert"}

    def _pattern(self, label: str) -> re.Pattern[str]:
        names = "|".join(map(re.escape, self._listed.names(label)))
        return re.compile(rf"\W*(?:go to )?(?:{names})\b" if names else r"(?!)", re.IGNORECASE)

    def _is_list(self, at: int) -> bool:
        """Whether an element is unfolded to choose from it, and may be about types."""
        one = self._elements[at]
        if "label:invoice_type" in one.states:
            return not self._options_in(at)
        if one.role in ("combobox", "listbox"):
            is_open = one.tag != "select" and bool(self._options_in(at))
            return not is_open and (at in self._held or self._begins(one.name))
        if at not in self._held or not self._is_pressed(at) or one.role in ("link", *_CHOICES):
            return False
        is_plain = not self._is_head(at) and not _STATED & set(one.states)
        return "popup" in one.states or (is_plain and self._names_it(self.said(at)))

    def _is_head(self, at: int) -> bool:
        """Whether an element belongs to the headings of a table, not of one that the whole page is laid out in."""
        around = (up for up in self._layout.around(at) if up >= self._begin)
        return any(self._elements[up].role in ("columnheader", "row") for up in around)

    @cached_property
    def _held(self) -> frozenset[int]:
        return frozenset(self.above)

    def _box_of(self, at: int) -> int:
        """Return what a person sees of a list: its own box, or the one that a transparent one lies in."""
        if "unseen" not in self._elements[at].states:
            return at
        boxes = ((up, self._elements[up].box) for up in list(self._layout.around(at))[1:])
        return next((up for up, box in boxes if box.width >= 20 and box.height >= 12), at)

    def _groups(self) -> list[Filter]:
        likely = [at for at in self.above if self._may_be_choice(at)]
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
        return self._is_pressed(at) and not _FOLDS & set(one.states) and len(self.said(at).split()) <= 4

    def _is_choice(self, group: int, inside: list[int]) -> bool:
        """Whether things to press are choices of one filter: they say so, or one of them is for all."""
        stated = any(self._elements[at].role in _CHOICES or _STATED & self._states(at) for at in inside)
        is_titled = len(self._listed.lines) < len(self._layout.lines)
        return (stated and is_titled) or self._is_named(group) or any(_ALL.match(self.said(at)) for at in inside)

    def _option(self, at: int) -> Option:
        tells = self._elements[at].role in _CHOICES or bool(_STATED & self._states(at))
        return Option(self.said(at), at, self.is_on(at) if tells else None)

    def _options_in(self, at: int) -> list[int]:
        return [one for one in self.above if self._may_be_choice(one) and at in list(self._layout.around(one))[1:]]

    def _names_it(self, text: str) -> bool:
        return any(re.search(rf"\b{re.escape(one)}s?\b", text.casefold()) for one in self._listed.names("invoice_type"))

    def _begins(self, text: str) -> bool:
        return any(re.match(rf"\W*{re.escape(one)}\b", text.casefold()) for one in self._listed.names("invoice_type"))

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
        if one.role not in _GROUPS and self._is_pressed(at) and self._names_it(self.said(at)):
            return True
        return any(self._stands_beside(line.box, one.box) for line in self._labels)

    @cached_property
    def _labels(self) -> list[Line]:
        above = (line for line in self._listed.lines if line.block in self._held)
        return [line for line in above if self._begins(line.text) and len(line.text.split()) <= 3]

    def _stands_beside(self, label: Box, box: Box) -> bool:
        is_left = same_row(label, box) and -2 <= box.x - label.right <= _NEAR
        is_above = same_column(label, box) and -2 <= box.y - label.bottom <= _NEAR / 4
        return is_left or is_above

    def _is_one_of_pages(self, at: int, page: int) -> bool:
        """Whether the number of the page before stands near by: then a number is the way to a page."""
        near = list(self._layout.around(at))[1:5]
        texts = (line.text for up in near for line in self._listed.near_by.within(up))
        return any(str(page) in text.split() for text in texts)
