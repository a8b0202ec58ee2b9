"""What a line of a balance says: whose credits, and which of its numbers is used, left or the whole."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, cast

from steps.readers.credits.clause import KINDS, PART, WHOLES, Clause
from steps.readers.credits.number_kinds import Kind, Owner, with_kinds
from steps.readers.figures.numbers import Notation, Number, numbers_in, without_dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from steps.targets.labels import Labels

OWNERS: dict[Owner, str] = {"monthly": "monthly_credits", "add_on": "add_on_credits"}
USED, LEFT = (
    re.compile(rf"\b(?:{'|'.join(word for word, kind in KINDS.items() if kind == said)})\b", re.IGNORECASE)
    for said in ("used", "left")
)
"""The words by which a line says that its number is of used credits, or of those that are left."""
_TOTALS = frozenset({"total", "all", "together", "sum", "overall"})
_NOISE = frozenset({
    "credit", "credits", "of", "out", "in", "this", "month", "so", "far", "your", "you", "have",
    "the", "is", "are", "balance", "usage", "cycle", "period",
    "current", "has", "been", "already", "still", "now", "and", "currently",
    "month’s", "a", "per", "each", "every", "mo", "until", "since", "through", "plus", "also", "there",
    "another", "as", "well", "you've", "you’ve", "own", "workspace", "team",
    "noch", "encore", "ancora", "nog",  # "still" elsewhere
    "addition", "additionally", "its", "it", "our", "their", "was", "were", "too", "further", "more",
})  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|/|[^\s\w]")
_CLAUSE = re.compile(
    r"(?<=[^\d\s])[.!?](?=\s|$)|(?<=\d)[.!?](?=\s+[A-Z]|$)|;(?=\s|$)|\s[·•|\u2013\u2014-]\s|[\u25a0-\u25ff\u2b24]|[()]|,\s+(?=[^\W\d])"
)
_ASIDE = re.compile(
    r"\([^()\d]*\)|\b(?:that|which)\b[^,.;\d]*"
    r"|(?<=\d),?\s+(?:(?:never|don[’']t|do not|doesn[’']t) expires?|one-?(?:time|off))\b"
    r"|(?<=\d),?\s(?:[·|\u2013\u2014-]\s)?(?:resets?|renews?|renewed|refills?|refilled|refreshes|expires?|expiring|valid)"
    r"(?: on| until| till| through)?(?:\s{6,}|\s*[.]?$)",
    re.IGNORECASE,
)
"""A remark in brackets or behind "that", without a number; that credits never expire, or come once; or one at the end
on what day the month begins anew, or the credits expire."""
_OF_WHOLE = re.compile(r"^[^\d()]*(\((?:out )?of\s[^()]*\))[^\d()]*$", re.IGNORECASE)
"""A label with the whole in brackets, whose number stands elsewhere: "Monthly credits left (of 20,000)"."""
_SUM = re.compile(r"[^:\d]*\d[^:]*:(?=\s)")
"""How a line begins that says of what a number is the sum: "8,700 credits left: 7,500 monthly credits …"."""
_SUMS_UP = re.compile(
    r"(?<![\d.,’'\u00a0])(?<!\d )\d[\d.,’'\u00a0 ]*(?:credits )?(?:left |available |usable |remaining )?"
    r"(?:in (?:total|all)|total|all ?together|overall)(?:\W*$|(?=;\s|[.!?]\s+[A-Z\d]))",
    re.IGNORECASE,
)
"""How a line, or a sentence of it, ends that tells the credits of both kinds: "…: 12,500 credits in total"."""
_AND = re.compile(r"[,;+&]|\b(?:and|plus|as well as)\b", re.IGNORECASE)
_GIVEN = re.compile(r"(?<=\d)(?:\s+credits)?\s+(bought|purchased|included|granted)\b", re.IGNORECASE)
"""What a whole was got by, behind its number: "1,250 of 4,000 bought"."""
_NAMES_A_KIND = re.compile(rf"\b(?:{'|'.join(sorted(WHOLES))}) credits\b", re.IGNORECASE)
_IN_PLAN = re.compile(
    r"(?<=\d )in (?:your |the |this )?plan\b|\b(?:included )?in (?:your |the |this )?plan$"
    r"|^(?:your|this) (?:current )?(?:plan|subscription) (?:includes|comes with|gives you)\b",
    re.IGNORECASE,
)
_OF_ELSEWHERE = re.compile(
    r"(?<=\d)\s+(?:von|sur|de|di|van|af|av|su|sobre|din|dari|tr\u00ean|\u0438\u0437)\s+(?=\d)", re.IGNORECASE
)
"""The word between a part and its whole in other languages: "7.500 von 10.000"."""
_LOUD = frozenset("+-~\u2248<>\u2265\u2264\u00d7=%")
"""Signs that change what a number means."""
_DASHES = re.compile(r"(?<!\S)[-\u2013\u2014](?!\S)")
NONE = re.compile(
    r"(?:none|no|nothing)(?: (?:yet|left))?|no (?:add-?on )?credits(?: yet| left)?|n/?a|[-\u2013\u2014\u2026.]+",
    re.IGNORECASE,
)
"""What stands where a number would: nothing is told, and a zero is not shown."""


_CALLED = (*OWNERS.values(), "used_credits", "credit_bar", "plan_name")
"""The labels whose names a wording knows."""


def wording_of(labels: Labels, notation: Notation, *, short: bool = False) -> Wording:
    """Return the words of a profile on a page; with `short`, "Monthly" alone is one of them, too."""
    return _wording(tuple((name, labels.of(name).names) for name in _CALLED), notation, short)


@lru_cache(64)
def _wording(names: tuple[tuple[str, tuple[str, ...]], ...], notation: Notation, short: bool) -> Wording:  # noqa: FBT001 - for the cache
    return Wording(dict(names), notation, short=short)


@lru_cache(8192)
def _clauses(wording: Wording, text: str) -> tuple[Clause, ...]:
    return tuple(wording.read_clauses(text))


class Wording:
    """The words of one profile on one page."""

    def __init__(self, names: Mapping[str, tuple[str, ...]], notation: Notation, *, short: bool = False) -> None:
        self._called = names
        self.notation = notation
        self._short = short

    @cached_property
    def _names(self) -> list[tuple[re.Pattern[str], Owner | Literal["used"]]]:
        found: list[tuple[str, Owner | Literal["used"]]] = [
            (name, owner) for owner, label in OWNERS.items() for name in self._written(label)
        ]
        found += [(name, "used") for name in self._called["used_credits"]]
        found.sort(key=lambda one: -len(one[0]))
        return [(_pattern(name), key) for name, key in found]

    def _written(self, label: str) -> list[str]:
        names = list(self._called[label])
        return names + [name[:-8] for name in names if self._short and name.lower().endswith(" credits")]

    def is_bar(self, text: str) -> bool:
        """Whether the name of a bar is the profile's for the one of credits, or has that and more."""
        return any(_pattern(name).search(text) for name in self._called["credit_bar"])

    def clauses(self, text: str) -> list[Clause]:
        """Return what a line says: whole where it makes sense so, else part by part."""
        return list(_clauses(self, text))

    def read_clauses(self, text: str) -> list[Clause]:
        """Read a line, whether it was read before or not."""
        for aside in _ASIDE.finditer(without_dates(text)):
            text = text[: aside.start()] + " " * len(aside[0]) + text[aside.end() :]
        text = _OF_ELSEWHERE.sub(lambda found: "/".center(len(found[0])), text)
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
        if text.strip().casefold() in {name.casefold() for name in self._called["plan_name"]}:
            return True
        is_named = re.match(r"plan:|[^\d:]{1,24} plan\b[^\d:]{0,2}$", text.strip(), re.IGNORECASE)
        return bool(is_named) and "credit" not in text.lower()

    def owner_of(self, name: str) -> Owner | None:
        """Return whose credits a name means, if it means those and nothing else."""
        told = self._clauses_in(name)
        return told[0].owners[0] if len(told) == 1 and len(told[0].owners) == 1 and not told[0].strange else None

    def _parts(self, text: str) -> Iterator[str]:
        """Yield the parts of a line that each say one thing, every one at its place behind spaces."""
        sum_ = _SUMS_UP.search(text)
        if sum_ and {key for *_, key in self._marks(text[: sum_.start()])} >= OWNERS.keys():
            yield from self._parts(text[: sum_.start()].rstrip(" ,:;=(\u2013\u2014-"))
            yield " " * sum_.start() + sum_[0]
            yield from self._parts(" " * sum_.end() + text[sum_.end() :]) if text[sum_.end() :].strip() else ()
            return
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
        first = min((at for at, sort, _ in tokens if sort == "number"), default=0)
        if not owners:  # "Included: 9,500 of 10,000 left" has a label that nobody knows
            names = [one.start() for one in _NAMES_A_KIND.finditer(text)]
            tokens = [
                (at, "strange" if sort == "whole" and (at < first or at in names) else sort, what)
                for at, sort, what in tokens
            ]
            strange = [str(what) for _, sort, what in tokens if sort == "strange"]
        is_told = len(counts) > 1 and any(sort == "kind" for _, sort, _ in tokens)  # one number is of one kind
        if owners or is_told or PART.match(text.strip()):
            tokens = [(at, "kind", "whole") if sort == "whole" else (at, sort, what) for at, sort, what in tokens]
        strange += [str(what) for _, sort, what in tokens if sort == "whole"]
        kinds = tuple(cast("Kind", what) for _, sort, what in tokens if sort == "kind")
        amounts = with_kinds(tokens, counts, owners[0] if owners else None)
        shares = tuple(one for one in numbers if one.kind == "percent")
        total = any(sort == "total" for _, sort, _ in tokens)
        return Clause(text.strip(), owners, amounts, shares, kinds, tuple(strange), total)

    def _tokens(
        self, text: str, marks: list[tuple[int, int, Owner | Literal["used"]]], numbers: list[Number]
    ) -> Iterator[tuple[int, str, object]]:
        plain = list(without_dates(text))
        for given in _IN_PLAN.finditer(text):
            plain[given.start() : given.end()] = " " * len(given[0])
            yield given.start(), "whole", given[0]
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
        counts = sum(one.kind == "count" for one in numbers)
        for match in _WORD.finditer(rest):
            if counts == 1 and match[0].lower() == "usage":
                yield match.start(), "kind", "used"
            elif said := _said_by(match[0]):
                yield match.start(), *said


def speaks_of_use(text: str) -> bool:
    """Whether a line speaks of credits that are used or left."""
    return bool(USED.search(text) or LEFT.search(text))


def _said_by(word: str) -> tuple[str, str] | None:
    """Return what a word tells, and by which word; None for one that tells nothing."""
    low = word.lower()
    if low in KINDS:
        return "kind", KINDS[low]
    if low in WHOLES:
        return "whole", word
    if low in {"of", "/"} or low in _TOTALS:
        return "of" if low not in _TOTALS else "total", low
    return ("strange", word) if low in _LOUD or (low[0].isalpha() and low not in _NOISE) else None


def _without_nothing(parts: list[str]) -> list[str]:
    """Return the parts without those that say that there is nothing, and what they say it of ("Add-on: none")."""
    none = [at for at, part in enumerate(parts) if at and NONE.fullmatch(part.strip())]
    return [part for at, part in enumerate(parts) if at not in none and at + 1 not in none]


def _pattern(name: str) -> re.Pattern[str]:
    words = r"[\s\u00a0]+".join(re.escape(word) for word in name.split())
    return re.compile(rf"(?<![\w-]){words}(?![\w-])", re.IGNORECASE)
