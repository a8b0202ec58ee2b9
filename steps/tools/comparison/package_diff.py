"""The packages of two targets side by side: which there are, in which order, and what they cost."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from steps.tools.comparison.snapshot_diff import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.tools.comparison.recording import OfferedPackage


@dataclass(frozen=True)
class PackageRow:
    """What stands in the same place among the packages of both targets."""

    a: OfferedPackage | None
    b: OfferedPackage | None

    @property
    def differs(self) -> bool:
        """Whether there is any difference; what no payment page was asked of is none."""
        if self.a is None or self.b is None:
            return True
        asked = self.a.asked != self.b.asked and bool(self.a.asked and self.b.asked)
        return asked or (self.a.label, self.a.price) != (self.b.label, self.b.price)


def align_packages(a: list[OfferedPackage], b: list[OfferedPackage]) -> list[PackageRow]:
    """Put packages side by side: those of the same name, and as many as stand in the place of as many others."""
    rows: list[PackageRow] = []
    labels = [one.label for one in a], [one.label for one in b]
    for _, start, end, first, last in SequenceMatcher(None, *labels, autojunk=False).get_opcodes():
        if end - start == last - first:
            rows += [PackageRow(one, other) for one, other in zip(a[start:end], b[first:last], strict=True)]
        else:
            rows += [PackageRow(one, None) for one in a[start:end]] + [PackageRow(None, one) for one in b[first:last]]
    return rows


def package_differences(a: list[OfferedPackage], b: list[OfferedPackage]) -> Iterator[str]:
    """Describe in sentences how the packages on sale differ; nothing where one side sells none."""
    if not (a and b):
        return
    rows = align_packages(a, b)
    both = [(row.a, row.b) for row in rows if row.a and row.b]
    gone = [row.a.label for row in rows if row.a and not row.b]
    new = [row.b.label for row in rows if row.b and not row.a]
    yield from (f"“{label}” stands in another place among the packages on B" for label in gone if label in new)
    for one, other in both:
        if one.label != other.label:
            yield f"the package “{one.label}” is called “{other.label}” on B"
    yield from (f"the package “{label}” is missing on B" for label in gone if label not in new)
    for label in new:
        if label not in gone:
            again = any(one.label == label for one in a)
            yield f"the package “{label}” is {'offered once more' if again else 'only'} on B"
    kinds = [" or ".join(sorted({one.kind for one in side})) for side in (b, a)]
    if kinds[0] != kinds[1]:
        yield f"a package is chosen by {kinds[0]} on B, by {kinds[1]} on A"
    yield from _price_differences(both)


def _price_differences(both: list[tuple[OfferedPackage, OfferedPackage]]) -> Iterator[str]:
    both = [(one, other) for one, other in both if one.label == other.label]
    prices = [(one.label, one.price, other.price) for one, other in both if one.price != other.price]
    asked = [(one.label, one.asked, other.asked) for one, other in both if one.asked and other.asked]
    silent = next((side for side, at in (("A", 1), ("B", 2)) if not any(one[at] for one in prices)), "")
    if prices and silent:
        yield f"{silent} tells no prices of the packages"
    elif prices:
        yield f"other prices: {_listed(prices)}"
    if different := [one for one in asked if one[1] != one[2]]:
        yield f"the payment page asks for something else: {_listed(different)}"


def _listed(changes: list[tuple[str, str, str]]) -> str:
    return listed([f"{label}: {old or 'none'} on A, {new or 'none'} on B" for label, old, new in changes])
