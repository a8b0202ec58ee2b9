"""What two stops show, put side by side, and the differences between them in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from steps.tools.comparison.snapshot import PLAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.tools.comparison.snapshot import SnapshotNode

_MOST = 5
"""How many things one sentence names."""


@dataclass(frozen=True)
class DiffRow:
    """What stands at the same place on both, or on one of them alone."""

    a: SnapshotNode | None
    b: SnapshotNode | None

    @property
    def differs(self) -> bool:
        """Whether there is any difference."""
        one, other = self.a, self.b
        return not (one and other and (one.role, one.raw, one.state) == (other.role, other.raw, other.state))


def align(a: list[SnapshotNode], b: list[SnapshotNode], *, by_numbers: bool = False) -> list[DiffRow]:
    """Put side by side what is the same, and what stands in the same place instead of each other.

    With `by_numbers` what differs in a number is not the same.
    """
    rows: list[DiffRow] = []
    mine, theirs = ([(one.role, one.says) if by_numbers else one.key for one in side] for side in (a, b))
    for kind, start, end, first, last in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            rows += [DiffRow(one, other) for one, other in zip(a[start:end], b[first:last], strict=True)]
        else:
            rows += _paired_by_role(a[start:end], b[first:last])
    return rows


def _paired_by_role(mine: list[SnapshotNode], theirs: list[SnapshotNode]) -> list[DiffRow]:
    """Pair, in order, what has the same role, if there is as much of it on both."""
    partners: dict[int, SnapshotNode] = {}
    for role in {one.role for one in mine}:
        own, others = ([one for one in side if one.role == role] for side in (mine, theirs))
        if len(own) == len(others):
            partners |= {id(one): other for one, other in zip(own, others, strict=True)}
    left = {id(other) for other in theirs} - {id(other) for other in partners.values()}
    alone = [DiffRow(None, other) for other in theirs if id(other) in left]
    return [*(DiffRow(one, partners.get(id(one))) for one in mine), *alone]


def name_differences(rows: list[DiffRow]) -> Iterator[str]:
    """Describe the controls and names that are missing, added, renamed, in another state or elsewhere."""
    both = [(row.a, row.b) for row in rows if row.a and row.b and not row.a.is_read]
    yield from dict.fromkeys(f"{one} is called “{other.raw}” on B" for one, other in both if one.key != other.key)
    for one, other in both:
        for state in sorted(set(one.state) ^ set(other.state)):
            yield f"{one} is {state} on {'A' if state in one.state else 'B'} only"
    gone = [row.a for row in rows if row.a and not row.b and not row.a.is_read]
    new = [row.b for row in rows if row.b and not row.a and not row.b.is_read]
    for one in list(gone):
        for other in [other for other in new if other.raw == one.raw][:1]:
            gone.remove(one)
            new.remove(other)
            yield f"{one} {_elsewhere(one, other)}"
    yield from _on_one_only(gone, "missing on B")
    yield from _on_one_only(new, "only on B")


def _elsewhere(one: SnapshotNode, other: SnapshotNode) -> str:
    if other.role != one.role:
        return f"is a {other.role} on B"
    if other.section != one.section:
        return f"stands below “{other.section}” on B, not below “{one.section}”"
    return "stands in another place on B"


def _on_one_only(nodes: list[SnapshotNode], where: str) -> Iterator[str]:
    """Describe what one side alone shows: all of one section in one sentence."""
    headings = [one.raw for one in nodes if one.role == "heading"]
    for section in dict.fromkeys(one.section for one in nodes):
        within = [str(one) for one in nodes if one.section == section and one.role != "heading"]
        names = listed(within, ", ", " and ")
        if section in headings:
            yield f"the section “{section}” is {where}" + (f", with {names}" if within else "")
        else:
            below = f", below “{section}”" if section else ""
            yield f"{names} {'is' if len(within) == 1 else 'are'} {where}{below}"


def text_differences(rows: list[DiffRow]) -> Iterator[tuple[str, bool]]:
    """Describe for each section what reads otherwise: texts, and names that differ in numbers and dates alone.

    Each sentence comes with whether it differs by itself, as a date does.
    """
    gone = {row.a.raw for row in rows if row.a and not row.b and row.a.role == "heading"}
    new = {row.b.raw for row in rows if row.b and not row.a and row.b.role == "heading"}
    texts: dict[tuple[str, bool], list[str]] = {}
    for row in rows:
        one, paired = row.a or row.b, bool(row.a and row.b)
        same = row.a and row.b and row.a.key == row.b.key
        if one is None or not (one.is_read or same) or (row.a and row.b and row.a.raw == row.b.raw):
            continue
        if not paired and one.section in (gone if row.a else new):
            continue  # the whole section is missing, which is said already
        by_itself = bool(row.a and row.b and row.a.says == row.b.says)
        if not (by_itself and PLAN in one.says):  # the plan's name is compared by itself
            texts.setdefault((one.section, by_itself), []).append(_changed(row, one, raw=by_itself))
    for (section, by_itself), changes in texts.items():
        where = f"below “{section}”" if section else "above all headings"
        yield f"{where} it says otherwise: {listed(changes)}", by_itself


def _changed(row: DiffRow, one: SnapshotNode, *, raw: bool) -> str:
    name = f"{one.label}: " if one.label else ""
    if row.a and row.b:
        a, b = (row.a.raw, row.b.raw) if raw else (row.a.says, row.b.says)
        return f"{name}“{a}” on A, “{b}” on B"
    return f"{name}“{one.says}” on {'A' if row.a else 'B'} only"


def listed(parts: list[str], between: str = "; ", last: str = "; and ") -> str:
    more = f"{last}{len(parts) - _MOST} more" if len(parts) > _MOST else ""
    return between.join(parts[:_MOST]) + more
