"""Which number belongs to which label: on one line, in one box, beside it in a row, below it, above it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from steps.readers.credits.credit_tables import CreditTables
from steps.readers.credits.number_kinds import Amount, Owner, with_the_third
from steps.readers.credits.statements import Told, half_stated, is_of, stated
from steps.readers.credits.surroundings import Surroundings
from steps.readers.figures.numbers import OF_A_NUMBER
from steps.readers.page.lines import Line, above, below, left_of, right_of, same_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from steps.readers.credits.items import Item
    from steps.readers.credits.wording import Clause, Wording
    from steps.readers.page.lines import Layout
    from steps.readers.page.section import Section

    Way = Callable[[Line, Iterable[Line]], Line | None]


_PART_OF = re.compile(r"(?:used|consumed|spent|left|remaining|available) (?:out )?of\b", re.IGNORECASE)
"""How a line goes on that tells of what the number above it is a part."""


def told_in(section: Section, wording: Wording) -> list[Told]:
    """Return all that a section says of credits."""
    return _Relating(section, wording).told()


class _Relating:
    def __init__(self, section: Section, wording: Wording) -> None:
        self._section = section
        self._layout: Layout = section.layout
        self._wording = wording
        self._around = Surroundings(section, wording)
        self._items = self._around.items
        self._tables = CreditTables(section.layout, self._around)
        self._taken: set[int] = set()

    def told(self) -> list[Told]:
        """Return what is said: by selectors of the profile, on one line, and by what stands together."""
        found: list[Told] = []
        for owner, label in (("monthly", "monthly_credits"), ("add_on", "add_on_credits")):
            found += self._selected(owner, label)  # type: ignore[arg-type]
        found += self._stated(one for one in self._items if not one.is_value)
        labels = [one for one in self._items if one.label and not self._layout.is_pressed(one.line)]
        for item in sorted(labels, key=lambda one: not (one.label and one.label.owners)):
            found += self._labelled(item, item.label) if item.label else []
        found += self._stated(one for one in self._items if one.is_value and one.line.number not in self._taken)
        for item in self._items:
            if item.is_value and item.line.number not in self._taken:
                found += self._alone(item)
        return [one for one in found if one.owner or not self._is_about_others(one)]

    def _is_about_others(self, told: Told) -> bool:
        """Whether what names no kind of credits stands below a heading that is about something else."""
        item = self._around.item_of(told.own) if told.own else None
        speaks = re.search(r"credit", told.line, re.IGNORECASE)
        return item is not None and not speaks and self._around.has_foreign_heading(item)

    def _stated(self, items: Iterable[Item]) -> Iterable[Told]:
        """Yield what lines say by themselves; what is nothing but numbers may have a label, which comes first."""
        for item in items:
            statements = self._of_the_box(item, [*stated(item), *half_stated(item)])
            self._taken.update({item.line.number} if statements else ())
            yield from statements

    def _of_the_box(self, item: Item, said: list[Told]) -> list[Told]:
        """Return what a line says, of the credits that its box is about where what is used and left make up those."""
        numbers = {one.amount.kind: one.amount.number.value for one in said if one.amount and not one.owner}
        if set(numbers) != {"used", "left"} or len(said) != 2 or (owner := self._owner_around(item)) is None:
            return said
        in_box = next(found for holder in self._around.holders(item) if len(found := self._around.inside(holder)) > 1)
        wholes = {one.number.value for other in in_box for clause in other.clauses for one in clause.amounts}
        if None in numbers.values() or sum(filter(None, numbers.values())) not in wholes:
            return said
        return [replace(one, owner=owner, amount=one.amount and replace(one.amount, owner=owner)) for one in said]

    def _selected(self, owner: Owner, label: str) -> Iterable[Told]:
        for line in self._section.selected(label):
            self._taken.update(one.line.number for one in self._items if set(line.elements) & set(one.line.elements))
            for clause in self._wording.clauses(line.text):
                for one in clause.amounts:
                    amount = Amount(one.kind, one.number, owner)
                    yield Told(amount, line.text, owner, line, selected=True, doubt=bool(clause.strange))

    def _labelled(self, item: Item, label: Clause) -> list[Told]:
        if label.owners and (column := self._tables.below(item)):
            self._taken.update(value.line.number for value, _ in column)
            text = " ".join([item.line.text, *(value.line.text for value, _ in column)])
            said = [(kind, value, one) for value, kind in column for one in value.clauses[0].amounts]
            return [
                Told(Amount(kind, one.number, label.owners[0]), text, label.owners[0], value.line)
                for kind, value, one in said
            ]
        speaks = label.owners or label.total or "credit" in label.text.lower()
        if not speaks and self._around.has_foreign_heading(item):
            return []
        found = self._value_of(item)
        if (
            not label.owners
            and isinstance(found, tuple)
            and any(self._tables.is_in_a_row_of_its_own(one) for one in found)
        ):
            return []
        if isinstance(found, tuple) and (unread := self._goes_on_unread(found)):
            found = [*(one.line.text for one in found), unread]
        if isinstance(found, tuple) and not any(one.line.number in self._taken for one in found):
            self._taken.update(one.line.number for one in found)
            return list(self._joined(item, label, found))
        if isinstance(found, list) and found:
            owner = label.owners[0] if label.owners else self._owner_around(item)
            return [Told(None, item.line.text, owner, doubt=True, candidates=tuple(found))]
        return []

    def _goes_on_unread(self, values: tuple[Item, ...]) -> str:
        """Return the line behind values that says of what they are a part, in words that nobody knows; "" for none."""
        behind = self._around.after(values[-1]) if values else None
        is_read = behind is None or behind in values or behind.is_value or behind.is_statement
        return "" if behind is None or is_read or not OF_A_NUMBER.match(behind.line.text) else behind.line.text

    def _joined(self, item: Item, label: Clause, values: tuple[Item, ...]) -> Iterable[Told]:
        """Yield what the values of a label say."""
        owner = label.owners[0] if label.owners else self._owner_around(item)
        values = tuple(one for one in values if not one.is_none) or values  # a dash in one of several columns
        text = " ".join([item.line.text, *(one.line.text for one in values)])
        told_apart = all(one.clauses and one.clauses[0].kinds for one in values)
        if len(values) > 1 and not told_apart and all(_tells_one_thing(one) for one in values):
            yield from self._several(text, owner, label, values)
            return
        for value in values:
            for clause in value.clauses:
                for one in self._led(label, clause.text, clause.amounts) if clause.is_value else ():
                    yield Told(Amount(one.kind, one.number, owner), text, owner, value.line)
            for one in self._said_under(item, value):
                yield Told(Amount(one.kind, one.number, owner), text, owner, value.line)

    def _led(self, label: Clause, text: str, amounts: tuple[Amount, ...]) -> tuple[Amount, ...]:
        """Return the amounts of a value with what its label says of them: “Used credits”, “1,251 of 12,500”."""
        own = {one.kind for one in amounts} - {"plain"}
        if own and label.kinds:
            said = label.kinds[0] if label.kinds[0] not in own else "plain"
            return tuple(replace(one, kind=said) if one.kind == "plain" else one for one in amounts)
        together = self._wording.clauses(f"{label.text} {text}") if label.kinds else []
        kinds = [one.kind for clause in together for one in clause.amounts]
        if len(kinds) != len(amounts):
            return amounts
        return tuple(replace(one, kind=kind) for one, kind in zip(amounts, kinds, strict=True))

    def _said_under(self, item: Item, value: Item) -> list[Amount]:
        """Return what a value says that makes sense behind its label alone: “Add-on credits”, “2,000 bought”."""
        if not value.is_open:
            return []
        together = self._wording.clauses(f"{item.line.text}  {value.line.text}")
        return list(together[0].amounts) if len(together) == 1 and together[0].is_statement else []

    def _settled(self, item: Item, found: Iterable[Item]) -> tuple[Item, ...] | list[str]:
        """Return values that can all be read, or else the lines that cannot."""
        values = tuple(found)
        is_open = any(one.is_open and not self._said_under(item, one) for one in values)
        return [one.line.text for one in values] if is_open else values

    def _several(self, text: str, owner: Owner | None, label: Clause, values: tuple[Item, ...]) -> Iterable[Told]:
        """Yield what several values of one label say: cells below headings that tell them apart, or one sentence."""
        numbers = [one.number.value for value in values for one in value.clauses[0].amounts]
        kinds = with_the_third([self._tables.kind_above(one.line) for one in values], numbers)
        if all(kinds):
            for value, kind in zip(values, kinds, strict=True):
                for one in value.clauses[0].amounts:
                    yield Told(Amount(kind or "plain", one.number, owner), text, owner, value.line)
            return
        sentence = "  ".join(one.clauses[0].text for one in values)
        own = [(value.line, one.number) for value in values for one in value.clauses[0].amounts]
        led = self._led(label, sentence, self._wording.clauses(sentence)[0].amounts)
        for one, (line, number) in zip(led, own, strict=False):  # a sentence has no other numbers than its parts
            yield Told(Amount(one.kind, number, owner), text, owner, line, first=values[0].line.number)

    def _alone(self, item: Item) -> Iterable[Told]:
        """Yield what a line without a label says: of the credits that its box is named for, or of all."""
        clause = next(one for one in item.clauses if one.is_value)
        if (is_of(clause) or _PART_OF.match(clause.text)) and len(
            clause.amounts
        ) == 1:  # it goes on with what is not known
            return
        owner = self._named_owner(item) or self._owner_around(item)
        plain_alone = all(one.kind == "plain" for one in clause.amounts)
        if plain_alone and owner is None and not clause.total and not re.search(r"credit", clause.text, re.IGNORECASE):
            return
        over = None if owner or clause.owners or self._around.shares_row(item) else self._around.title_above(item)
        if owner is None and (self._around.has_foreign_name(item) or self._around.has_foreign_label(item)):
            over = self._around.caption_below(item)
            if not over:
                return
        if over:
            candidates = (over.line.text, item.line.text)
            yield Told(None, item.line.text, None, doubt=True, candidates=candidates)
            for one in clause.amounts:
                yield Told(one, item.line.text, None, item.line, doubt=True, candidates=candidates)
            return
        if plain_alone and owner and not self._named_owner(item):
            return
        for one in clause.amounts:
            yield Told(Amount(one.kind, one.number, owner), item.line.text, owner, item.line)

    def _named_owner(self, item: Item) -> Owner | None:
        elements = self._layout.snapshot.elements
        for at in self._layout.around(item.line.block):
            if elements[at].name and elements[at].role and (owner := self._wording.owner_of(elements[at].name)):
                return owner
        return None

    def _owner_around(self, item: Item) -> Owner | None:
        """Return whose credits the box around a line is about, where the section speaks of others elsewhere."""
        everywhere = {key for one in self._items for clause in one.clauses for key in _named(clause)}
        for holder in self._around.holders(item):
            keys = {key for one in self._around.inside(holder) for clause in one.clauses for key in _named(clause)}
            if keys:
                return next(iter(keys)) if len(keys) == 1 and len(everywhere) > 1 else None
        return None

    def _value_of(self, item: Item) -> tuple[Item, ...] | list[str]:
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


def _goes_on(item: Item) -> bool:
    """Whether a value goes on with what was said above it: "left of 12,500", "of 16,500 credits"."""
    return not item.clauses or bool(item.clauses[0].kinds) or is_of(item.clauses[0])


def _tells_one_thing(item: Item) -> bool:
    """Whether a value's first words are all that it tells: what follows, such as a day, is no number of credits."""
    first, *others = item.clauses or (None,)
    return (
        first is not None
        and first.is_value
        and not any(one.owners or (one.amounts and not one.strange) for one in others)
    )


def _named(clause: Clause) -> tuple[Owner, ...]:
    """Return whose credits a clause is about, where it is a label or says how many; a sentence names none."""
    return clause.owners if clause.is_label or clause.is_statement else ()
