"""Which of the numbers of a clause is used, left or the whole: by the words around them, or by the other two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steps.readers.figures.numbers import Number

Kind = Literal["left", "used", "whole", "plain"]
Owner = Literal["monthly", "add_on"]
_OF_A_SHARE = re.compile(r"\bshare (?:kind )?of (?:owner )?number\b")
"""How the words of a clause follow one another that tells of what number a share is: "64% of your 50,000"."""


@dataclass(frozen=True)
class Amount:
    """A number of credits with what its line says of it."""

    kind: Kind
    number: Number
    owner: Owner | None = None


def with_the_third(kinds: Sequence[Kind | None], numbers: Sequence[Decimal | None]) -> list[Kind | None]:
    """Return what three numbers are where two are known, and the third is what follows: used and left are the whole.

    Where it is known of one alone that it is used, or left, the others follow if one of them is the sum of the rest.
    """
    every: tuple[Kind, ...] = ("used", "left", "whole")
    rest = [one for one in every if one not in kinds]
    if len(rest) == 2 and None not in numbers and {*kinds} <= {None, "used", "left"}:
        return _by_the_sum(list(kinds), [one or Decimal(0) for one in numbers])
    if not (len(kinds) == len(numbers) == 3 and len(rest) == 1 and None in kinds):
        return list(kinds)
    full: list[Kind] = [one or rest[0] for one in kinds]
    by_kind = dict(zip(full, numbers, strict=True))
    left, used, whole = (by_kind[one] for one in ("left", "used", "whole"))
    follows = left is not None and used is not None and left + used == whole
    return list(full) if follows else list(kinds)


def _by_the_sum(kinds: list[Kind | None], numbers: list[Decimal]) -> list[Kind | None]:
    """Return what three numbers are of which one alone is known to be used, or left: the sum of it and another."""
    known = next(at for at, one in enumerate(kinds) if one)
    others = [at for at in range(len(numbers)) if at != known]
    for rest, whole in (others, others[::-1]) if len(numbers) == 3 else ():
        if numbers[whole] == numbers[known] + numbers[rest]:
            kinds[whole], kinds[rest] = "whole", "left" if kinds[known] == "used" else "used"
            return kinds
    return kinds


def with_kinds(tokens: list[tuple[int, str, object]], counts: list[Number], owner: Owner | None) -> tuple[Amount, ...]:
    """Return the counts of a clause, each with what the words around it say that it is."""
    order = [(sort, what) for _, sort, what in tokens if sort in {"kind", "number", "of"}]
    is_named_first = next((sort for _, sort, _ in tokens if sort in {"owner", "number", "kind"}), "") == "owner"
    sorts = [sort for sort, _ in order]
    if _OF_A_SHARE.search(" ".join(sort for _, sort, _ in tokens)) and len(counts) == 1:
        return (Amount("whole", counts[0], owner),)
    said = [cast("Kind", what) for sort, what in order if sort == "kind"]
    if sorts[:2] == ["of", "number"] and len(said) == len(counts) - 1 > 0:
        return (Amount("whole", counts[0], owner), *map(Amount, said, counts[1:], [owner] * len(said)))
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
    """Return what each number is called, by the word before it where words come first, else by the one behind it.

    A number behind "of" is the whole, and the word behind both is about the part: "740 used 6,260 of 7,000 left".
    """
    kinds: list[Kind] = ["plain"] * count
    at, is_whole = -1, False
    pending: Kind = "plain"
    for sort, what in order:
        if sort == "of":
            is_whole = at >= 0 and count > 2 and not words_first
        elif sort == "number":
            at += 1
            if words_first:
                kinds[at], pending = pending, "plain"
            elif is_whole:
                kinds[at], is_whole = "whole", False
        elif sort == "kind":
            pending = cast("Kind", what)
            is_part = at > 0 and (kinds[at - 1], kinds[at]) == ("plain", "whole")
            if not words_first:
                kinds[at - is_part] = pending
    return kinds
