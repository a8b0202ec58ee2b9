"""How much of what the documentation promises was verified, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.reporting.run_document import DID_NOT_RUN, HOW

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from steps.reporting.run_document import How, PromiseCoverage


def coverage_lines(coverage: Sequence[PromiseCoverage]) -> Iterator[str]:
    """Yield the sum in a sentence, then each line of the profile with the promises of which it would verify more."""
    if not coverage:
        return
    yield f"put to the test: {counted([one.how for one in coverage])}"
    for line in dict.fromkeys(line for one in coverage for line in one.lines):
        names = [one.promise.partition(":")[2] for one in coverage if line in one.lines]
        yield f"{line} would verify more of {', '.join(names)}"
    lacking = [one for one in coverage if one.how != "in full" and not one.lines]
    cut_off = [one for one in lacking if any(reason.startswith(DID_NOT_RUN) for reason in one.reasons)]
    if cut_off:
        missed = ", ".join(one.promise.partition(":")[2] for one in cut_off)
        yield f"scenarios of {missed} did not run: a whole run would verify more of them"
    fixed = [one.promise.partition(":")[2] for one in lacking if one not in cut_off]
    if fixed:
        yield f"no line of the profile would verify more of {', '.join(fixed)}"


def counted(hows: Iterable[How]) -> str:
    """Return how many promises were put to the test in full, whether they hold or not, and how many in part."""
    found = list(hows)
    rest = [f"{found.count(how)} {how}" for how in HOW[1:] if how in found]
    return ", ".join([f"{found.count('in full')} of {len(found)} documented promises in full", *rest])
