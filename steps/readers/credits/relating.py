"""What a section says of credits: on one line, by labels and their values, by selectors of the profile."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from steps.readers.credits.credit_tables import CreditTables
from steps.readers.credits.label_values import LabelValues
from steps.readers.credits.number_kinds import Amount, Kind, Owner, with_the_third
from steps.readers.credits.statements import Told, half_stated, stated
from steps.readers.credits.surroundings import Surroundings
from steps.readers.figures.numbers import OF_A_NUMBER, without_dates
from steps.readers.page.positions import same_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steps.readers.credits.clause import Clause
    from steps.readers.credits.items import Item
    from steps.readers.credits.wording import Wording
    from steps.readers.page.lines import Layout
    from steps.readers.page.section import Section


def told_in(section: Section, wording: Wording) -> list[Told]:
    """Return all that a section says of credits."""
    return _Relating(section, wording).told()


_ENTRY = re.compile(r"\W*\d[\d.,'\u2019\u00a0 ]*(?:add-?on |extra )?credits?\W*", re.IGNORECASE)
"""How a line reads that has no word of what is left of the credits, or used."""


class _Relating:
    def __init__(self, section: Section, wording: Wording) -> None:
        self._section = section
        self._layout: Layout = section.layout
        self._wording = wording
        self._around = Surroundings(section, wording)
        self._items = self._around.items
        self._tables = CreditTables(section.layout, self._around)
        self._values = LabelValues(section, wording, self._around)
        self._taken: set[int] = set()
        self._with_values: set[int] = set()
        """The numbers of lines that label others."""

    def told(self) -> list[Told]:
        """Return what is said: by selectors of the profile, on one line, and by what stands together."""
        found: list[Told] = []
        for owner, label in (("monthly", "monthly_credits"), ("add_on", "add_on_credits")):
            found += self._selected(owner, label)  # type: ignore[arg-type]
        found += self._stated(one for one in self._items if not one.is_value)
        labels = [one for one in self._items if one.label and not self._layout.is_pressed(one.line)]
        for item in sorted(labels, key=lambda one: not (one.label and one.label.owners)):
            found += self._labelled(item, item.label) if item.label and self._is_about_credits(item, item.label) else []
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

    def _is_about_credits(self, item: Item, label: Clause) -> bool:
        speaks = label.owners or label.total or "credit" in label.text.lower()
        return bool(speaks) or not self._around.has_foreign_heading(item)

    def _labelled(self, item: Item, label: Clause) -> list[Told]:
        """Return what is said by a label: of the column below it, of the value beside it, or in doubt."""
        if label.owners and (column := self._tables.below(item)):
            return self._in_column(item, label.owners[0], column)
        values = self._values.of(item)
        if isinstance(values, list):
            return self._in_doubt(item, label, values)
        if not label.owners and any(self._tables.is_in_a_row_of_its_own(one) for one in values):
            return []
        if unread := self._goes_on_unread(values):
            return self._in_doubt(item, label, [*(one.line.text for one in values), unread])
        if any(one.line.number in self._taken for one in values):
            return []
        self._taken.update(one.line.number for one in values)
        self._with_values.update({item.line.number} if values else ())
        return list(self._joined(item, label, values))

    def _in_column(self, item: Item, owner: Owner, column: list[tuple[Item, Kind]]) -> list[Told]:
        self._taken.update(value.line.number for value, _ in column)
        text = " ".join([item.line.text, *(value.line.text for value, _ in column)])
        said = [(kind, value, one) for value, kind in column for one in value.clauses[0].amounts]
        return [Told(Amount(kind, one.number, owner), text, owner, value.line) for kind, value, one in said]

    def _in_doubt(self, item: Item, label: Clause, lines: list[str]) -> list[Told]:
        owner = label.owners[0] if label.owners else self._owner_around(item)
        return [Told(None, item.line.text, owner, doubt=True, candidates=tuple(lines))] if lines else []

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
            for one in self._values.said_under(item, value):
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
        if clause.is_part and len(clause.amounts) == 1:  # it goes on with what is not known
            return
        owner = self._named_owner(item) or self._owner_around(item)
        plain_alone = all(one.kind == "plain" for one in clause.amounts)
        if plain_alone and owner is None and not clause.total and not re.search(r"credit", clause.text, re.IGNORECASE):
            return
        if plain_alone and owner is None and _is_of_a_day(item.line.text):
            return
        over = None if owner or clause.owners or self._around.shares_row(item) else self._around.title_above(item)
        if (
            owner is None
            and not self._is_the_rest(item, clause)
            and (self._around.has_foreign_name(item) or self._around.has_foreign_label(item, self._with_values))
        ):
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

    def _is_the_rest(self, item: Item, clause: Clause) -> bool:
        """Whether a line is alone in a row with one on all credits, and is the rest of it: "3,441 used"."""
        row = [one for one in self._items if one is not item and same_row(one.line.box, item.line.box)]
        others = row[0].clauses if len(row) == 1 else ()
        return any(
            {*clause.kinds, *one.kinds} - {"whole"} == {"used", "left"}
            and one.is_value
            and "credit" in one.text.lower()
            for one in others
        )

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


def _is_of_a_day(text: str) -> bool:
    """Whether a line is nothing but credits and a day, as a list of purchases tells each: "3,000 credits, Oct 21"."""
    return without_dates(text) != text and bool(_ENTRY.fullmatch(without_dates(text)))


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
