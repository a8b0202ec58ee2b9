"""From what became of each scenario to each Then: which faults turn exactly it red, and which Then no fault does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.reporting.then_faults import ThenFaults, thens_of
from tests.tools.faults.judging import Sight

if TYPE_CHECKING:
    from steps.reporting.then_faults import Then
    from tests.tools.faults.judging import Line

TELLING = (Sight.CAUGHT, Sight.EXPECTED, Sight.CUT_OFF)
"""What becomes of a scenario that says what is broken; a Then that is red by chance proves nothing."""


def thens_in(lines: list[Line]) -> list[ThenFaults]:
    """Return each Then of all that was run, in the order of the features, with the faults that turn it red."""
    found: dict[Then, ThenFaults] = {}
    for line in lines:
        for one in line.seen:
            for then, step in thens_of(one.scenario):
                known = found.setdefault(then, ThenFaults(then, step.line, []))
                if step.status == "failed" and line.fault and one.sight in TELLING and line.name not in known.faults:
                    known.faults.append(line.name)
    return sorted(found.values(), key=lambda one: (one.then.feature, one.line))


def uncovered(thens: list[ThenFaults]) -> list[str]:
    """Return a sentence for each Then that no fault turns red."""
    return [
        f"{one.then.feature}:{one.line}: “{one.then.words}” ({one.then.scenario}) is turned red by no fault."
        for one in thens if not one.faults
    ]  # fmt: skip
