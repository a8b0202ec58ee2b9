"""How much of what the documentation promises a run has verified, and which line of the profile would change that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from steps.documentation import PROMISES
from steps.verdicts.verdict import SETTLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from steps.reporting.run_document import Promise, Run, Scenario

How = Literal["in full", "in part", "not at all"]
HOW: tuple[How, ...] = ("in full", "in part", "not at all")
_UNVERIFIED = ("not verified", "refused", "blocked")


class PromiseCoverage(Struct):
    """A documented promise, and how far it was verified, whether or not it holds.

    `lines` are those of the profile that would change it, `reasons` why the rest cannot be changed by any.
    """

    promise: str
    title: str
    how: How
    lines: list[str]
    reasons: list[str]

    @property
    def name(self) -> str:
        """The promise's name and its words."""
        return f"{self.promise.partition(':')[2]} {self.title}"


def coverage_of(run: Run) -> list[PromiseCoverage]:
    """Return the documented promises of a run, in order."""
    by_promise: dict[str, list[Scenario]] = {}
    for scenario in run.scenarios:
        by_promise.setdefault(scenario.promise, []).append(scenario)
    found = [one for one in run.promises if one.kind == "promise" and one.id in by_promise]
    order = {f"doc:{tag}": place for place, tag in enumerate(PROMISES)}
    found.sort(key=lambda one: order.get(one.tag, len(order)))
    return [_coverage(promise, by_promise[promise.id]) for promise in found]


def coverage_lines(coverage: Sequence[PromiseCoverage]) -> Iterator[str]:
    """Yield the sum in a sentence, then each line of the profile with the promises of which it would verify more."""
    if not coverage:
        return
    counts = {how: sum(one.how == how for one in coverage) for how in HOW}
    rest = ", ".join(f"{counts[how]} {how}" for how in HOW[1:] if counts[how])
    yield f"verified: {counts['in full']} of {len(coverage)} documented promises in full" + (rest and f", {rest}")
    lines = dict.fromkeys(line for one in coverage for line in one.lines)
    for line in lines:
        names = [one.promise.partition(":")[2] for one in coverage if line in one.lines]
        yield f"{line} would verify more of {', '.join(names)}"
    fixed = [one for one in coverage if one.how != "in full" and not one.lines]
    if fixed:
        yield f"no line of the profile would verify more of {', '.join(one.promise.partition(':')[2] for one in fixed)}"


def _coverage(promise: Promise, scenarios: list[Scenario]) -> PromiseCoverage:
    unverified = [one.result.reason for one in scenarios if one.result.verdict in _UNVERIFIED]
    how: How = "in full" if not unverified else "not at all" if len(unverified) == len(scenarios) else "in part"
    lines = dict.fromkeys(line for one in unverified if (line := one.partition(SETTLES)[2].strip()))
    reasons = dict.fromkeys(one for one in unverified if SETTLES not in one)
    return PromiseCoverage(promise.tag, promise.title, how, list(lines), list(reasons))
