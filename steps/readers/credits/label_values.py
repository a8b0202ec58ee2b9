"""Which lines hold the value of a label: in its box, beside it in a row, below it, above it."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from steps.readers.page.positions import above, below, left_of, right_of, same_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from steps.readers.credits.items import Item
    from steps.readers.credits.number_kinds import Amount
    from steps.readers.credits.surroundings import Surroundings
    from steps.readers.credits.wording import Wording
    from steps.readers.page.lines import Layout, Line
    from steps.readers.page.section import Section

    Way = Callable[[Line, Iterable[Line]], Line | None]


class LabelValues:
    """The values of the labels in one section."""

    def __init__(self, section: Section, wording: Wording, around: Surroundings) -> None:
        self._layout: Layout = section.layout
        self._wording = wording
        self._around = around
        self._items = around.items

    def of(self, item: Item) -> tuple[Item, ...] | list[str]:
        """Return the items that hold a label's value, or the lines among which it cannot be told; nothing for none.

        What stands next to a label is its value even where it cannot be read: nobody looks further then.
        """
        for holder in self._around.holders(item):
            inside = self._around.inside(holder)
            others = [one for one in inside if one is not item and not self._layout.is_pressed(one.line)]
            near = [one for one in others if one.may_be_value]
            if not near:
                alone = len(others) == 1 and not (others[0].is_note or others[0].label)
                if alone and not self._heads_a_column(item):
                    return self._settled(item, self._beside_both(item, others[0]))
                continue
            rest = [one for one in others if one not in near and not one.is_note]
            if not rest and not any(one.is_statement for one in others):
                if len(others) == 1 and (value := self._beside_both(item, near[0])):
                    return self._settled(item, [*value, *near])
                alone = len(near) == 1 or all(same_row(near[0].line.box, one.line.box) for one in near)
                if alone or all(_goes_on(one) for one in near[1:]):
                    return self._settled(item, near)
                return [one.line.text for one in near]
            return self._by_geometry(item, inside)
        return []

    def _beside_both(self, item: Item, remark: Item) -> list[Item]:
        """Return the one value that stands beside a label and the remark below it, where nothing else does."""
        boxes = (self._around.inside(holder) for holder in self._around.holders(item))
        rest = next(([one for one in box if one not in (item, remark)] for box in boxes if len(box) > 2), [])
        if len(rest) != 1 or not rest[0].is_value:
            return []
        value, label, under = (one.line.box for one in (rest[0], item, remark))
        is_beside = value.x >= max(label.right, under.right) or value.right <= min(label.x, under.x)
        return rest if is_beside and label.y - 2 <= (value.y + value.bottom) / 2 <= under.bottom + 2 else []

    def _heads_a_column(self, item: Item) -> bool:
        """Whether a value stands below a label, in a row of several."""
        found = self._around.near(below, item, self._items)
        return bool(found and found.may_be_value and self._around.shares_row(found))

    def _by_geometry(self, item: Item, inside: list[Item]) -> tuple[Item, ...] | list[str]:
        told = self._certain(item, inside)
        if told is not None:
            return self._settled(item, told)
        labels = [one for one in inside if one.label and not self._layout.is_pressed(one.line)]
        maps = []
        for way in (right_of, left_of, below, above):
            found = {one.line.number: self._value_near(way, one, inside) for one in labels}
            values = [one.line.number for one in found.values() if one]
            if len(values) == len(set(values)) and found.get(item.line.number):
                maps.append(found)
        most = max((sum(one is not None for one in found.values()) for found in maps), default=0)
        best = [found for found in maps if sum(one is not None for one in found.values()) == most]
        answers = {one.line.number: one for found in best if (one := found[item.line.number])}
        return (
            self._settled(item, answers.values()) if len(answers) == 1 else [one.line.text for one in answers.values()]
        )

    def _value_near(self, way: Way, item: Item, inside: list[Item]) -> Item | None:
        found = self._around.near(way, item, inside)
        return found if found and found.may_be_value else None

    def _follows_a_term(self, item: Item, inside: list[Item]) -> bool:
        """Whether another term stands right before one: terms in a row may each have a description below."""
        before = [one for one in inside if one.line.number < item.line.number]
        return bool(before) and self._layout.role_around(before[-1].line, frozenset({"term"})) >= 0

    def _certain(self, item: Item, inside: list[Item]) -> list[Item] | None:
        """Return what the markup itself says is the value: the dd of a dt, the cells beside a first cell."""
        elements = self._layout.snapshot.elements
        after = [one for one in inside if one.line.number > item.line.number]
        if self._layout.role_around(item.line, frozenset({"term"})) >= 0:
            if self._follows_a_term(item, inside):
                return None
            held = list(takewhile(self._around.is_definition, after))
            return [one for one in held if one.may_be_value] if held else None
        cell = self._layout.cell(item.line)
        if cell < 0:
            return None
        in_row = self._around.inside(elements[cell].parent)
        cells = [one for one in in_row if one.line.number > item.line.number]
        if not cells or in_row[0] is not item or not cells[0].may_be_value or any(one.label for one in cells):
            return None
        return [one for one in cells if one.may_be_value]

    def _settled(self, item: Item, found: Iterable[Item]) -> tuple[Item, ...] | list[str]:
        """Return values that can all be read, or else the lines that cannot."""
        values = tuple(found)
        is_open = any(one.is_open and not self.said_under(item, one) for one in values)
        return [one.line.text for one in values] if is_open else values

    def said_under(self, item: Item, value: Item) -> list[Amount]:
        """Return what a value says that makes sense behind its label alone: “Add-on credits”, “2,000 bought”."""
        if not value.is_open:
            return []
        together = self._wording.clauses(f"{item.line.text}  {value.line.text}")
        return list(together[0].amounts) if len(together) == 1 and together[0].is_statement else []


def _goes_on(item: Item) -> bool:
    """Whether a value goes on with what was said above it: "left of 12,500", "of 16,500 credits"."""
    return not item.clauses or bool(item.clauses[0].kinds) or item.clauses[0].is_part
