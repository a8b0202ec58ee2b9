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
    1: "a promise or an assumption is broken",
    2: "the run was interrupted",
    3: "an internal error",
    4: "the command line or a profile is wrong",
    5: "nothing was selected",
    UNVERIFIED: "something is not verified, refused or blocked, and --require-verified was given",
    COULD_NOT_RUN: "the run could not be carried out: the target is in trouble, or a worker crashed",
}
"""All exit codes, and what each means."""


def exit_code_of(run: Run, given: int, *, require_verified: bool) -> int:
    """Return the exit code of a run that pytest would end with `given`.

    A broken promise outweighs all that kept others from being checked; what pytest itself could not do stays as it is.
    """
    counts = run.counts
    stopped_by_trouble = given == pytest.ExitCode.INTERRUPTED and bool(run.trouble)
    if given != pytest.ExitCode.OK and not stopped_by_trouble:
        return given
    if counts["failed"]:
        return int(pytest.ExitCode.TESTS_FAILED)
    if any(scenario.result.trouble for scenario in run.scenarios):
        return COULD_NOT_RUN
    unverified = sum(counts.values()) - counts["passed"]
    return UNVERIFIED if unverified and require_verified else int(pytest.ExitCode.OK)
