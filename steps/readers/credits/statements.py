"""What a single line says of credits by itself, without anything beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from steps.readers.credits.number_kinds import Amount, Owner
from steps.readers.credits.wording import OWNERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steps.readers.credits.clause import Clause
    from steps.readers.credits.items import Item
    from steps.readers.page.lines import Line


@dataclass(frozen=True)
class Told:
    """A number of credits, the lines that it rests on, and whose it is; None where all are meant."""

    amount: Amount | None
    line: str
    owner: Owner | None
    own: Line | None = None
    """The line that the number itself stands on; None for a bar's."""
    first: int = -1
    """Where several lines tell one thing, the number of the first of them."""
    doubt: bool = False
    candidates: tuple[str, ...] = ()
    selected: bool = False


def stated(item: Item) -> Iterable[Told]:
    """Yield what a line says as a sentence: how many credits of whose there are."""
    for clause in item.clauses:
        text = item.line.text
        is_led = (
            clause.is_value and len(item.clauses) > 1 and _named_before(item, clause) and not _is_part(item, clause)
        )
        if clause.is_statement or is_led:
            owner = clause.owners[0] if clause.owners else None
            for one in clause.amounts:
                yield Told(Amount(one.kind, one.number, owner), text, owner, item.line)


def half_stated(item: Item) -> Iterable[Told]:
    """Yield in doubt what is told with signs that no balance has, or as "used" behind one kind of credits alone."""
    text = item.line.text
    for clause in item.clauses:
        signs = clause.owners and clause.amounts and not any(one.isalnum() for one in "".join(clause.strange))
        if signs and clause.strange:
            yield Told(None, text, clause.owners[0], doubt=True, candidates=(text,))
        led = clause.is_value and clause.kinds == ("used",) and clause.text[0].isalpha() and len(item.clauses) > 1
        if led and not _named_before(item, clause):
            for one in clause.amounts:
                yield Told(Amount(one.kind, one.number), text, None, item.line, doubt=True, candidates=(text,))


def _named_before(item: Item, clause: Clause) -> bool:
    """Whether nothing before a clause on its line may be what it is about."""
    before = item.clauses[: item.clauses.index(clause)]
    if _is_one_of_a_list(item, clause):
        return True
    if clause.text[0].isalpha() and "credits" in clause.text.lower() and (clause.kinds or clause.total):
        return True
    return not any(one.owners or one.strange for one in before) or (
        "credit" in clause.text.lower() and not any(one.owners for one in before) and "." in item.line.text
    )


def _is_one_of_a_list(item: Item, clause: Clause) -> bool:
    """Whether a clause stands in a list with both kinds of credits, written as they are: first a word, then numbers."""
    owned = [one for one in item.clauses if one.is_statement]
    alike = [one for one in item.clauses if set(one.kinds) & set(clause.kinds) and not (one.owners or one.strange)]
    led = all(one.text[:1].isalpha() for one in (*owned, clause))
    return len({key for one in owned for key in one.owners}) == len(OWNERS) and len(alike) == 1 and led


def _is_part(item: Item, clause: Clause) -> bool:
    """Whether a clause only goes on with what is said elsewhere: of what it is a part, or numbers without any word."""
    said = clause.kinds or clause.total or "credit" in clause.text.lower()
    return clause.is_part or not (said or any(one.amounts for one in item.clauses if one is not clause))


def told_alike(told: list[Told]) -> list[Told]:
    """Return what is told; two numbers without words are what the same two are elsewhere: "1,300 / 16,500 used"."""
    lines = dict.fromkeys(one.line for one in told if one.amount and one.owner is None and not one.doubt)
    known = {}
    for line in lines:
        own = [one.amount for one in told if one.line == line and one.amount]
        for was, now in zip(own, alike(tuple(own), told), strict=True):
            known[line, was] = now
    return [replace(one, amount=known.get((one.line, one.amount), one.amount)) if one.amount else one for one in told]


def alike(amounts: tuple[Amount, ...], told: Iterable[Told]) -> tuple[Amount, ...]:
    """Return two numbers without words with what the same two are said to be elsewhere, others as they are."""
    if [one.kind for one in amounts] != ["plain", "plain"] or any(one.owner for one in amounts):
        return amounts
    said: dict[str, list[Amount]] = {}
    for one in told:
        if one.amount and one.owner is None and not one.doubt:
            said.setdefault(one.line, []).append(one.amount)
    values = [one.number.value for one in amounts]
    same = [some for some in said.values() if [one.number.value for one in some] == values]
    kinds = {tuple(one.kind for one in some) for some in same} - {("plain", "plain")}
    if len(kinds) != 1:
        return amounts
    return tuple(replace(one, kind=kind) for one, kind in zip(amounts, kinds.pop(), strict=True))
