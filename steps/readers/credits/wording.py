"""What a line of a balance says: whose credits, and which of its numbers is used, left or the whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, cast

from steps.readers.figures.numbers import Notation, Number, numbers_in, without_dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from steps.targets.labels import Labels

Kind = Literal["left", "used", "whole", "plain"]
Owner = Literal["monthly", "add_on"]
OWNERS: dict[Owner, str] = {"monthly": "monthly_credits", "add_on": "add_on_credits"}
_KINDS: dict[str, Kind] = {
    "used": "used", "consumed": "used", "spent": "used", "left": "left", "remaining": "left", "remain": "left",
    "available": "left", "usable": "left", "unused": "left",
}  # fmt: skip
_TOTALS = frozenset({"total", "all", "together", "sum", "overall"})
_NOISE = frozenset({
    "credit", "credits", "of", "out", "in", "this", "month", "so", "far", "your", "you", "have",
    "the", "is", "are", "balance", "usage", "has", "been", "already", "still", "now", "and", "currently",
    "month’s", "a", "per", "each", "every", "mo", "until", "through", "plus", "also", "there",
    "another", "as", "well", "you've", "you’ve", "own", "workspace", "team",
    "addition", "additionally",
})  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|/|[^\s\w]")
_CLAUSE = re.compile(
    r"(?<=[^\d\s])[.!?](?=\s|$)|(?<=\d)[.!?](?=\s+[A-Z]|$)|;(?=\s|$)|\s[·•|\u2013\u2014-]\s|[\u25a0-\u25ff\u2b24]|[()]|,\s+(?=[^\W\d])"
)
_ASIDE = re.compile(
    r"\([^()\d]*\)|\b(?:that|which)\b[^,.;\d]*"
    r"|(?<=\d),?\s(?:[·|\u2013\u2014-]\s)?(?:resets?|renews?|renewed|refills?|refilled|refreshes)(?: on)?"
    r"(?:\s{6,}|\s*[.]?$)",
    re.IGNORECASE,
)
"""A remark in brackets or behind "that", without a number, or one at the end on what day the month begins anew."""
_OF_WHOLE = re.compile(r"^[^\d()]*(\((?:out )?of\s[^()]*\))[^\d()]*$", re.IGNORECASE)
"""A label with the whole in brackets, whose number stands elsewhere: "Monthly credits left (of 20,000)"."""
_SUM = re.compile(r"[^:\d]*\d[^:]*:(?=\s)")
"""How a line begins that says of what a number is the sum: "8,700 credits left: 7,500 monthly credits …"."""
_AND = re.compile(r"[,;+&]|\b(?:and|plus|as well as)\b", re.IGNORECASE)
_GIVEN = re.compile(r"(?<=\d)(?:\s+credits)?\s+(bought|purchased|included|granted)\b", re.IGNORECASE)
"""What a whole was got by, behind its number: "1,250 of 4,000 bought"."""
_LOUD = frozenset("+-~\u2248<>\u2265\u2264\u00d7=%")
"""Signs that change what a number means."""
_DASHES = re.compile(r"(?<!\S)[-\u2013\u2014](?!\S)")
NONE = re.compile(
    r"(?:none|no|nothing)(?: (?:yet|left))?|no (?:add-?on )?credits(?: yet| left)?|n/?a|[-\u2013\u2014\u2026.]+",
    re.IGNORECASE,
)
"""What stands where a number would: nothing is told, and a zero is not shown."""


@dataclass(frozen=True)
class Amount:
    """A number of credits with what its line says of it."""

    kind: Kind
    number: Number
    owner: Owner | None = None


@dataclass(frozen=True)
class Clause:
    """A part of a line that says one thing. `strange` are words that no balance is told in."""

    text: str
    owners: tuple[Owner, ...]
    amounts: tuple[Amount, ...]
    shares: tuple[Number, ...]
    kinds: tuple[Kind, ...]
    strange: tuple[str, ...]
    total: bool = False
    """Whether it says that it is about all credits."""

    @property
    def is_label(self) -> bool:
        """Whether it names something and tells no number of it."""
        named = self.owners or self.kinds or self.total
        return bool(named) and not (self.amounts or self.shares or self.strange) and len(self.owners) <= 1

    @property
    def is_value(self) -> bool:
        """Whether it is nothing but numbers and what they are."""
        return bool(self.amounts or self.shares) and not (self.owners or self.strange)

    @property
    def is_statement(self) -> bool:
        """Whether it tells whose credits and how many."""
        return bool(self.amounts or self.shares) and bool(self.owners) and not self.strange


class Wording:
    """The words of one profile on one page."""

    def __init__(self, labels: Labels, notation: Notation, *, short: bool = False) -> None:
        self._labels = labels
        self.notation = notation
        self._short = short

    @cached_property
    def _names(self) -> list[tuple[re.Pattern[str], Owner | Literal["used"]]]:
        found: list[tuple[str, Owner | Literal["used"]]] = [
            (name, owner) for owner, label in OWNERS.items() for name in self._written(label)
        ]
        found += [(name, "used") for name in self._labels.of("used_credits").names]
        found.sort(key=lambda one: -len(one[0]))
        return [(_pattern(name), key) for name, key in found]

    def _written(self, label: str) -> list[str]:
        names = list(self._labels.of(label).names)
        return names + [name[:-8] for name in names if self._short and name.lower().endswith(" credits")]

    def clauses(self, text: str) -> list[Clause]:
        """Return what a line says: whole where it makes sense so, else part by part."""
        for aside in _ASIDE.finditer(without_dates(text)):
            text = text[: aside.start()] + " " * len(aside[0]) + text[aside.end() :]
        if whole_of := _OF_WHOLE.match(text):
            text = text[: whole_of.start(1)] + " " * len(whole_of[1]) + text[whole_of.end(1) :]
        parts = _without_nothing([part for part in self._parts(text) if part.strip()])
        if sum(bool(numbers_in(part, self.notation)) for part in parts) < 2:
            whole = self._clauses_in(text)
            if len(parts) < 2 or any(not one.strange for one in whole):
                return whole
        return [one for part in parts for one in self._clauses_in(part)]

    def is_plan(self, text: str) -> bool:
        """Whether a line is nothing but the name of a plan, or says that it names one."""
        if text.strip().casefold() in {name.casefold() for name in self._labels.of("plan_name").names}:
            return True
        return bool(re.match(r"plan:|[^\d:]{1,24} plan\b[^\d:]{0,2}$", text.strip(), re.IGNORECASE))

    def owner_of(self, name: str) -> Owner | None:
        """Return whose credits a name means, if it means those and nothing else."""
        told = self._clauses_in(name)
        return told[0].owners[0] if len(told) == 1 and len(told[0].owners) == 1 and not told[0].strange else None

    def _parts(self, text: str) -> Iterator[str]:
        """Yield the parts of a line that each say one thing, every one at its place behind spaces."""
        total = _SUM.match(text)
        at = 0
        if total and not self._marks(total[0]):
            at = total.end()
            yield text[: at - 1]
        for mark in _CLAUSE.finditer(text, at):
            yield " " * at + text[at : mark.start()]
            at = mark.end()
        yield " " * at + text[at:]

    def _clauses_in(self, text: str) -> list[Clause]:
        marks = self._marks(text)
        owners = [(start, end) for start, end, key in marks if key != "used"]
        if len(owners) < 2:
            return [self._clause(text, marks)]
        numbers = [one.start for one in numbers_in(text, self.notation)]
        led = any(text[end:].lstrip().startswith(":") for _, end in owners)
        if numbers and numbers[0] < owners[0][0] and not led:
            starts = [min((at for at in numbers if at > end), default=end) for _, end in owners[:-1]]
            breaks = [_AND.search(text, end, start) for (_, end), start in zip(owners, starts, strict=False)]
            ends = [found.start() if found else end for found, (_, end) in zip(breaks, owners, strict=False)]
            cuts = [0, *ends, len(text)]
        else:
            cuts = [0, *(start for start, _ in owners[1:]), len(text)]
        pieces = [" " * a + text[a:b] for a, b in pairwise(cuts)]
        return [self._clause(piece, self._marks(piece)) for piece in pieces]

    def _marks(self, text: str) -> list[tuple[int, int, Owner | Literal["used"]]]:
        """Return where labels stand."""
        found: list[tuple[int, int, Owner | Literal["used"]]] = []
        for pattern, key in self._names:
            for match in pattern.finditer(text):
                if all(match.end() <= start or end <= match.start() for start, end, _ in found):
                    found.append((match.start(), match.end(), key))
        return sorted(found)

    def _clause(self, text: str, marks: list[tuple[int, int, Owner | Literal["used"]]]) -> Clause:
        numbers = numbers_in(text, self.notation)
        tokens = sorted(self._tokens(text, marks, numbers), key=lambda one: one[0])
        strange = [str(what) for _, sort, what in tokens if sort == "strange"]
        counts = [what for _, sort, what in tokens if sort == "number" and isinstance(what, Number)]
        owners = tuple(dict.fromkeys(key for _, _, key in marks if key != "used"))
        kinds = tuple(cast("Kind", what) for _, sort, what in tokens if sort == "kind")
        amounts = _with_kinds(tokens, counts, owners[0] if owners else None)
        shares = tuple(one for one in numbers if one.kind == "percent")
        total = any(sort == "total" for _, sort, _ in tokens)
        return Clause(text.strip(), owners, amounts, shares, kinds, tuple(strange), total)

    def _tokens(
        self, text: str, marks: list[tuple[int, int, Owner | Literal["used"]]], numbers: list[Number]
    ) -> Iterator[tuple[int, str, object]]:
        plain = list(without_dates(text))
        for given in _GIVEN.finditer(text) if re.search(r"\bof\s", text, re.IGNORECASE) else ():
            plain[given.start(1) : given.end(1)] = " " * len(given[1])
        for start, end, key in marks:
            plain[start:end] = " " * (end - start)
            yield start, ("kind" if key == "used" else "owner"), key
        for one in numbers:
            plain[one.start : one.end] = " " * (one.end - one.start)
            if one.kind == "money":
                yield one.start, "strange", one.raw
            elif one.kind == "count":
                yield one.start, "number", one
            else:
                plain[one.end : one.end + 2] = [
                    " " if sign in "% \u00a0" else sign for sign in plain[one.end : one.end + 2]
                ]
                yield one.start, "share", one
        rest = re.sub(r"(?<!\S)\+ ", "  ", _DASHES.sub(" ", "".join(plain)))
        for match in _WORD.finditer(rest):
            word = match[0].lower()
            if word in _KINDS:
                yield match.start(), "kind", _KINDS[word]
            elif word in {"of", "/"} or word in _TOTALS:
                yield match.start(), "of" if word not in _TOTALS else "total", word
            elif word in _LOUD or (word[0].isalpha() and word not in _NOISE):
                yield match.start(), "strange", match[0]


def with_the_third(kinds: Sequence[Kind | None], numbers: Sequence[Decimal | None]) -> list[Kind | None]:
    """Return what three numbers are where two are known, and the third is what follows: used and left are the whole."""
    every: tuple[Kind, ...] = ("used", "left", "whole")
    rest = [one for one in every if one not in kinds]
    if not (len(kinds) == len(numbers) == 3 and len(rest) == 1 and None in kinds):
        return list(kinds)
    full: list[Kind] = [one or rest[0] for one in kinds]
    by_kind = dict(zip(full, numbers, strict=True))
    left, used, whole = (by_kind[one] for one in ("left", "used", "whole"))
    follows = left is not None and used is not None and left + used == whole
    return list(full) if follows else list(kinds)


def _without_nothing(parts: list[str]) -> list[str]:
    """Return the parts without those that say that there is nothing, and what they say it of ("Add-on: none")."""
    none = [at for at, part in enumerate(parts) if at and NONE.fullmatch(part.strip())]
    return [part for at, part in enumerate(parts) if at not in none and at + 1 not in none]


def _pattern(name: str) -> re.Pattern[str]:
    words = r"[\s\u00a0]+".join(re.escape(word) for word in name.split())
    return re.compile(rf"(?<![\w-]){words}(?![\w-])", re.IGNORECASE)


def _with_kinds(tokens: list[tuple[int, str, object]], counts: list[Number], owner: Owner | None) -> tuple[Amount, ...]:
    """Return the counts of a clause, each with what the words around it say that it is."""
    order = [(sort, what) for _, sort, what in tokens if sort in {"kind", "number", "of"}]
    is_named_first = next((sort for _, sort, _ in tokens if sort in {"owner", "number", "kind"}), "") == "owner"
    sorts = [sort for sort, _ in order]
    said = [cast("Kind", what) for sort, what in order if sort == "kind"]
    if len(counts) == 2 and "of" in sorts[sorts.index("number") :] and len(set(said)) < 2:
        # Where nothing says whether the part is used or left, neither number is certain.
        kinds: list[Kind] = [said[0], "whole"] if said else ["plain", "plain"]
    else:
        # "Add-on credits 2,000, used 2,500": where a name comes first and a number last, so do the other words.
        words_first = [one for one in sorts if one != "of"][:1] == ["kind"] or (
            is_named_first and sorts[-1:] == ["number"]
        )
        kinds = _by_turns(order, len(counts), words_first=words_first)
    return tuple(Amount(kind, one, owner) for kind, one in zip(kinds, counts, strict=True))


def _by_turns(order: list[tuple[str, object]], count: int, *, words_first: bool) -> list[Kind]:
    """Return what each number is called, by the word before it where words come first, else by the one behind it."""
    kinds: list[Kind] = ["plain"] * count
    at = -1
    pending: Kind = "plain"
    for sort, what in order:
        if sort == "number":
            at += 1
            if words_first:
                kinds[at], pending = pending, "plain"
        elif sort == "kind":
            pending = cast("Kind", what)
            if not words_first:
                kinds[at] = pending
    return kinds
