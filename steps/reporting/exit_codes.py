"""What a run's exit code says. Those from 1 to 5 mean what they mean in pytest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from steps.reporting.run_document import Run

UNVERIFIED = 6
COULD_NOT_RUN = 7
MEANINGS = {
    0: "no promise is broken",
    1: "a promise or an assumption is broken, or a scenario is flaky",
    2: "the run was interrupted",
    3: "an internal error",
    4: "the command line or a profile is wrong",
    5: "nothing was selected",
    UNVERIFIED: "nothing passed; or something is not verified, refused or blocked, and --require-verified was given",
    COULD_NOT_RUN: "something did not run, or not to its end: the target, a tool or the suite is in trouble, a worker "
    "crashed, a shard is missing",
}
"""All exit codes, and what each means."""


def exit_code_of(run: Run, given: int, *, interrupted: bool = False) -> int:
    """Return the exit code of a run that pytest would end with `given`.

    A broken promise outweighs all that kept others from being checked. pytest ends with 2 also when it stopped at a
    failure or for trouble: 2 is for runs that somebody `interrupted`.
    """
    stopped = given == pytest.ExitCode.INTERRUPTED and not interrupted
    if given != pytest.ExitCode.OK and not stopped:
        return given
    counts = run.counts
    if counts["failed"] or (counts["flaky"] and not run.allow_flaky):
        return int(pytest.ExitCode.TESTS_FAILED)
    if any(scenario.result.trouble for scenario in run.scenarios):
        return COULD_NOT_RUN
    unverified = sum(counts.values()) - counts["passed"] - counts["flaky"]
    if (unverified and run.require_verified) or not counts["passed"]:
        return UNVERIFIED
    return int(pytest.ExitCode.OK)
