"""The packages of two targets held against each other: which there are, in which order, and what they cost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING

from steps.tools.comparison.recording import OfferedPackage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.tools.comparison.snapshot_normaliser import SnapshotNode

_MOST = 4
"""How many packages one sentence names."""


@dataclass(frozen=True)
class Pair:
    """What stands in the same place among the packages of both targets."""

    a: OfferedPackage | None
    b: OfferedPackage | None

    @property
    def differs(self) -> bool:
        """Tell whether there is any difference; what no payment page was asked of is none."""
        if self.a is None or self.b is None:
            return True
        asked = self.a.asked != self.b.asked and bool(self.a.asked and self.b.asked)
        return asked or (self.a.label, self.a.price) != (self.b.label, self.b.price)


def pairs_of(a: list[OfferedPackage], b: list[OfferedPackage]) -> list[Pair]:
    """Put packages side by side, those of the same name where it can be."""
    pairs: list[Pair] = []
    labels = [one.label for one in a], [one.label for one in b]
    for _, start, end, first, last in SequenceMatcher(None, *labels, autojunk=False).get_opcodes():
        pairs += [Pair(one, other) for one, other in zip_longest(a[start:end], b[first:last])]
    return pairs


def match_renamed_packages(
    own: list[OfferedPackage], others: list[OfferedPackage], shown: list[SnapshotNode]
) -> list[OfferedPackage]:
    """Take what is called otherwise ("44,000 tokens") for the package of the other target that has the same amount.

    It is taken out of `shown`.
    """
    packages = list(own)
    labels = {one.label for one in own}
    for at, other in enumerate(others):
        amount = re.match(r"[\d.,]+", other.label)
        if amount is None or other.label in labels:
            continue
        called = next((one for one in shown if one.raw.partition(" ")[0] == amount[0]), None)
        if called is not None:
            shown.remove(called)
            packages.insert(at, OfferedPackage(called.raw, other.kind, other.price))
    return packages


def compare_packages(a: list[OfferedPackage], b: list[OfferedPackage]) -> Iterator[str]:
    """Say in sentences how the packages on sale differ."""
    if not (a and b):
        return
    yield from _compare_labels([one.label for one in a], [one.label for one in b])
    yield from _compare_kinds({one.kind for one in a}, {one.kind for one in b})
    both = {one.label: one for one in reversed(a)}
    pairs = [(both[one.label], one) for one in b if one.label in both]
    prices = [(old.label, old.price, new.price) for old, new in pairs if old.price != new.price]
    if prices and not any(one.price for one in b):
        yield "B tells no prices of the packages"
    elif prices and not any(one.price for one in a):
        yield "A tells no prices of the packages"
    elif prices:
        yield f"other prices: {_listed(prices)}"
    asked = [(old.label, old.asked, new.asked) for old, new in pairs if old.asked and new.asked != old.asked]
    if asked := [one for one in asked if one[2]]:
        yield f"the payment page asks for something else: {_listed(asked)}"


def _compare_labels(a: list[str], b: list[str]) -> Iterator[str]:
    gone: list[str] = []
    new: list[str] = []
    called: list[tuple[str, str]] = []
    for kind, start, end, first, last in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "replace" and end - start == last - first:
            called += zip(a[start:end], b[first:last], strict=True)
        elif kind != "equal":
            gone += a[start:end]
            new += b[first:last]
    moved = [label for label in gone if label in new]
    for label in moved:
        yield f"“{label}” stands in another place among the packages on B"
    for old, label in called:
        yield f"the package “{old}” is called “{label}” on B"
    yield from (f"the package “{label}” is missing on B" for label in gone if label not in moved)
    for label in new:
        if label not in moved:
            again = "is offered once more on B" if label in a else "is only on B"
            yield f"the package “{label}” {again}"


def _compare_kinds(a: set[str], b: set[str]) -> Iterator[str]:
    if a != b:
        yield f"a package is chosen by {_either(b)} on B, by {_either(a)} on A"


def _either(kinds: set[str]) -> str:
    return " or ".join(sorted(kinds))


def _listed(changes: list[tuple[str, str, str]]) -> str:
    told = [f"{label}: {old or 'none'} on A, {new or 'none'} on B" for label, old, new in changes[:_MOST]]
    more = len(changes) - _MOST
    return "; ".join(told) + (f"; and {more} more" if more > 0 else "")
