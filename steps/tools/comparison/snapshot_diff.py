"""What two stops show, put side by side, and the differences between them in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from steps.tools.comparison.snapshot_normaliser import PLAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.tools.comparison.snapshot_normaliser import SnapshotNode

_MOST = 5
"""How many things one sentence names."""


@dataclass(frozen=True)
class DiffRow:
    """What stands at the same place on both, or on one of them alone."""

    a: SnapshotNode | None
    b: SnapshotNode | None

    @property
    def says_the_same(self) -> bool:
        """Tell whether both are there, word for word."""
        return bool(self.a and self.b and self.a.raw == self.b.raw)

    @property
    def differs(self) -> bool:
        """Tell whether there is any difference."""
        same = self.a and self.b and (self.a.role, self.a.state) == (self.b.role, self.b.state)
        return not (same and self.says_the_same)


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
            rows += _aligned_by_role(a[start:end], b[first:last])
    return rows


def _aligned_by_role(mine: list[SnapshotNode], theirs: list[SnapshotNode]) -> list[DiffRow]:
    """Pair, in order, what has the same role, if there is as much of it on both."""
    rows: list[DiffRow] = []
    left = list(theirs)
    for one in mine:
        same = [other for other in left if other.role == one.role]
        as_many = len(same) == sum(other.role == one.role for other in mine[mine.index(one) :])
        other = same[0] if same and as_many else None
        if other is not None:
            before = left.index(other)
            rows += [DiffRow(None, earlier) for earlier in left[:before]]
            left = left[before + 1 :]
        rows.append(DiffRow(one, other))
    return [*rows, *(DiffRow(None, other) for other in left)]


def tell_parts(rows: list[DiffRow]) -> Iterator[str]:
    """Say which controls and names are missing, added, called otherwise, in another state or elsewhere."""
    both = [(row.a, row.b) for row in rows if row.a and row.b and not row.a.is_read]
    called = {(one.raw, other.raw) for one, other in both if one.key != other.key}
    yield from (f"{_role_of(both, old)} “{old}” is called “{new}” on B" for old, new in sorted(called))
    for one, other in both:
        for state in sorted(set(one.state) ^ set(other.state)):
            yield f"{one} is {state} on {'A' if state in one.state else 'B'} only"
    gone = [row.a for row in rows if row.a and not row.b]
    new = [row.b for row in rows if row.b and not row.a]
    yield from _moved(gone, new)
    yield from _on_one_only(gone, "missing on B")
    yield from _on_one_only(new, "only on B")


def _role_of(both: list[tuple[SnapshotNode, SnapshotNode]], name: str) -> str:
    return next(one.role for one, _ in both if one.raw == name)


def _moved(gone: list[SnapshotNode], new: list[SnapshotNode]) -> Iterator[str]:
    """Say what stands elsewhere, or is something else; it is taken out of both lists."""
    for one in [one for one in gone if not one.is_read]:
        other = next((other for other in new if other.raw == one.raw and not other.is_read), None)
        if other is None:
            continue
        gone.remove(one)
        new.remove(other)
        if other.role != one.role:
            yield f"{one} is a {other.role} on B"
        elif other.section != one.section:
            yield f"{one} stands below “{other.section}” on B, not below “{one.section}”"
        else:
            yield f"{one} stands in another place on B"


def _on_one_only(shown: list[SnapshotNode], where: str) -> Iterator[str]:
    """Say what one side alone shows, what belongs together in one sentence."""
    named = [one for one in shown if not one.is_read]
    alone = [one.raw for one in named if one.role == "heading"]
    for section in dict.fromkeys(one.section for one in named):
        within = [str(one) for one in named if one.section == section and one.role != "heading"]
        more = f" and {len(within) - _MOST} more" if len(within) > _MOST else ""
        listed = ", ".join(within[:_MOST]) + more
        if section in alone:
            yield f"the section “{section}” is {where}" + (f", with {listed}" if within else "")
        else:
            yield f"{listed} {'is' if len(within) == 1 else 'are'} {where}" + (
                f", below “{section}”" if section else ""
            )


def tell_texts(rows: list[DiffRow]) -> Iterator[tuple[str, bool]]:
    """Say for each section what reads otherwise: texts, and names that differ in nothing but numbers and dates.

    Each sentence comes with whether it differs by itself, as a date does.
    """
    gone = {row.a.raw for row in rows if row.a and not row.b and row.a.role == "heading"}
    new = {row.b.raw for row in rows if row.b and not row.a and row.b.role == "heading"}
    texts: dict[tuple[str, bool], list[str]] = {}
    for row in rows:
        one = row.a or row.b
        same = row.a and row.b and row.a.key == row.b.key
        if one is None or not (one.is_read or same) or row.says_the_same:
            continue
        if (row.b is None and one.section in gone) or (row.a is None and one.section in new):
            continue
        by_itself = bool(row.a and row.b and row.a.says == row.b.says)
        if by_itself and PLAN in one.says:  # the plan's name is compared by itself
            continue
        texts.setdefault((one.section, by_itself), []).append(_changed(row, one))
    for (section, by_itself), changes in texts.items():
        more = f"; and {len(changes) - _MOST} more" if len(changes) > _MOST else ""
        where = f"below “{section}”" if section else "above all headings"
        yield f"{where} it says otherwise: {'; '.join(changes[:_MOST])}{more}", by_itself


def _changed(row: DiffRow, one: SnapshotNode) -> str:
    name = f"{one.label}: " if one.label else ""
    if row.a and row.b:
        same = row.a.says == row.b.says
        return f"{name}“{row.a.raw if same else row.a.says}” on A, “{row.b.raw if same else row.b.says}” on B"
    return f"{name}“{one.says}” on {'A' if row.a else 'B'} only"
