"""What stands around a line of a section: in its row, its column, its boxes; and what may be its label there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.readers.credits.items import Item
from steps.readers.page.positions import above, below, left_of, right_of, same_row

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from steps.readers.credits.clause import Clause
    from steps.readers.credits.wording import Wording
    from steps.readers.page.lines import Layout, Line
    from steps.readers.page.section import Section

    Way = Callable[[Line, Iterable[Line]], Line | None]


_MAY_BE_CREDITS = re.compile(
    r"credit|usage|balance|plan|overview|summary|total|consum|month|cycle|period|billing|used|left|remaining",
    re.IGNORECASE,
)
"""What the heading of a box may say that tells credits."""

_OF_ALL = re.compile(r"\W*(?:(?:your|all|total) )?credits?(?: usage| balance| overview)?\W*", re.IGNORECASE)
"""A title that says of what is below it that it is credits, and no more."""


class Surroundings:
    """The lines of a section, and how they stand to one another."""

    def __init__(self, section: Section, wording: Wording) -> None:
        self._section = section
        self._layout: Layout = section.layout
        self._wording = wording
        self.items = [Item(line, tuple(self._clauses(line))) for line in section.lines]
        self._by_number = {one.line.number: one for one in self.items}

    def _clauses(self, line: Line) -> Iterable[Clause]:
        """Return what a line says: part by part where parts of it are marked up as statements of their own."""
        said = [self._wording.clauses(run) for run in self._layout.runs(line)]
        if sum(any(one.is_statement for one in run) for run in said) > 1:
            return [one for run in said for one in run]
        return self._wording.clauses(line.text)

    def has_foreign_name(self, item: Item) -> bool:
        """Whether the box around a line is named for something else than credits."""
        elements = self._layout.snapshot.elements
        for at in self._layout.around(item.line.block):
            if at <= self._section.first and self._section.titled:
                return False
            if elements[at].name and elements[at].role in {"region", "group", "article", "figure", "form"}:
                told = self._wording.clauses(elements[at].name)
                return not any(one.is_label for one in told)
        return False

    def has_foreign_heading(self, item: Item) -> bool:
        """Whether the nearest heading over a line, in the smallest box with one, is about something else."""
        for holder in self.holders(item):
            before = [one for one in self.inside(holder) if one.line.number < item.line.number]
            if over := [one for one in before if self._layout.level(one.line)]:
                between = before[before.index(over[-1]) + 1 :]
                if self._heads_a_box_beside(over[-1], item, holder):
                    return False
                return self._is_foreign(over[-1]) and not any("credit" in one.line.text.lower() for one in between)
        return False

    def _heads_a_box_beside(self, head: Item, item: Item, holder: int) -> bool:
        """Whether a heading stands in a box of its own with a number, or one word: "Renews on", "Dec 1"; "Active"."""
        around = list(self._layout.around(head.line.block))
        box = around[around.index(holder) - 1] if holder in around[1:] else holder
        others = [one for one in self.inside(box) if one is not head] if box != holder else []
        told = [one.line.text for one in others]
        is_pair = len(told) == 1 and len(told[0].split()) == 1
        return item not in others and (is_pair or any(re.search(r"\d", text) for text in told))

    def _is_foreign(self, head: Item) -> bool:
        is_about_credits = head.label or _MAY_BE_CREDITS.search(head.line.text) or self._wording.is_plan(head.line.text)
        return head.is_title and not is_about_credits

    def item_of(self, line: Line) -> Item | None:
        """Return the item of a line, None for one that is none of the section's."""
        return self._by_number.get(line.number)

    def after(self, item: Item) -> Item | None:
        """Return the item behind one, in reading order."""
        return self._by_number.get(item.line.number + 1)

    def has_foreign_label(self, item: Item, with_values: Collection[int] = ()) -> bool:
        """Whether something else than credits labels a line: beside it in its row, or alone with it in a box.

        A line that does not speak of credits at all may be about what stands above or below it too. `with_values` are
        the numbers of lines that label others: they label no further ones.
        """
        speaks = "credit" in item.line.text.lower()
        if self._layout.cell(item.line) >= 0 or self.is_definition(item):
            return True
        if self._is_led(item):
            return False
        for holder in self.holders(item):
            others = [one for one in self.inside(holder) if one is not item and not self._layout.is_pressed(one.line)]
            others = [one for one in others if not self._wording.is_plan(one.line.text)]
            others = [one for one in others if one.line.number not in with_values]
            foreign = self._is_foreign_among(item, others, speaks=speaks) if others else None
            if foreign is not None:
                return foreign
        return False

    def _is_foreign_among(self, item: Item, others: list[Item], *, speaks: bool) -> bool | None:
        """Whether something else than credits labels a line in one box; None where a larger box may tell."""
        left = self.near(left_of, item, others)
        if left is not None and (not speaks or not any(one.amounts for one in left.clauses)):
            return bool(re.search(r"\w", left.line.text))
        if len(others) == 1 and len(others[0].line.text.split()) < 6 and not re.search(r"\d", others[0].line.text):
            return not others[0].label
        if not self.shares_row(item):
            return False
        near = [one for way in (above, below) if (one := self.near(way, item, others))]
        return any(self._heads(one, item) for one in near) if near else None

    @staticmethod
    def _is_led(item: Item) -> bool:
        """Whether a line begins with the word for what its numbers are."""
        return bool(item.clauses[0].kinds) and item.clauses[0].text[0].isalpha()

    def title_above(self, item: Item) -> Item | None:
        """Return the line above one that fills its row, where it may be its label or a line of its own."""
        if "credit" in item.line.text.lower() or self._is_led(item):
            return None
        others = [one for one in self.items if not self._wording.is_plan(one.line.text)]
        over = self.near(above, item, [one for one in others if not self._layout.is_pressed(one.line)])
        if over is None or _OF_ALL.fullmatch(over.line.text) or self._stands_outside_a_list_of_credits(over, item):
            return None
        return over if not self.shares_row(over) and self._heads(over, item) else None

    def caption_below(self, item: Item) -> Item | None:
        """Return the line that is alone with one that speaks of credits, and stands below it: a caption, or another."""
        others = [one for one in self._box(item) if one is not item]
        alone = len(others) == 1 and "credit" in item.line.text.lower() and not self.is_definition(item)
        return others[0] if alone and others[0].line.box.y >= item.line.box.bottom - 2 else None

    def _box(self, item: Item) -> list[Item]:
        """Return what stands in the smallest box that holds more than one line."""
        boxes = (self.inside(holder) for holder in self.holders(item))
        return next((one for one in boxes if len(one) > 1), [])

    def _stands_outside_a_list_of_credits(self, over: Item, item: Item) -> bool:
        """Whether a line is in a box with others that tell credits themselves, and the one above it is not."""
        box = self._box(item)
        return over not in box and any(one.is_statement for one in box)

    def _heads(self, label: Item, item: Item) -> bool:
        """Whether a line may be the label of one below or above it: not what labels another, nor a note in between."""
        if label.is_value or self._labels_another(label):
            return False
        return label.is_title and label.line.box.x <= item.line.box.x + 1

    def shares_row(self, item: Item) -> bool:
        """Whether something stands beside a line."""
        return any(one is not item and same_row(item.line.box, one.line.box) for one in self.items)

    def _labels_another(self, item: Item) -> bool:
        """Whether a line is the label of something else: by the markup, or by a number beside it."""
        term = self._layout.role_around(item.line, frozenset({"term"}))
        beside = right_of(item.line, self._section.lines)
        return term >= 0 or self._layout.cell(item.line) >= 0 or bool(beside and re.match(r"\D{0,4}\d", beside.text))

    def near(self, way: Way, item: Item, others: list[Item]) -> Item | None:
        """Return the item that a way leads to from a line, among others."""
        found = way(item.line, [one.line for one in others])
        return None if found is None else self._by_number[found.number]

    def is_definition(self, item: Item) -> bool:
        """Whether a line stands in a definition of a list of terms."""
        return self._layout.role_around(item.line, frozenset({"definition"})) >= 0

    def holders(self, item: Item) -> Iterable[int]:
        """Return the elements around a line from the inside out: its own block too, which may hold others."""
        return self._layout.around(item.line.block)

    def inside(self, holder: int) -> list[Item]:
        """Return the items of an element, in reading order."""
        return [self._by_number[line.number] for line in self._layout.within(holder) if line.number in self._by_number]
