"""The suite as a person runs it on a plain site: a process of its own, with a profile and its state in one place."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from steps.reporting.run_document import load
from tests.tools.plain_site import PASSWORD, TOTP, TOTP_VARIABLE, VARIABLE

if TYPE_CHECKING:
    from steps.reporting.run_document import Run

ROOT = Path(__file__).parents[2]
SHORT = "limits = { immediately = 5, page = 6, late = 5 }"
"""A line of a profile for a site that answers at once."""


class Suite:
    """The suite with the target "plain"; `profile` is where its profile must be, `state` what outlives its runs."""

    def __init__(self, place: Path) -> None:
        self.profile = place / "targets.toml"
        self.state = place / "state"

    def begin(self, chosen: str, *more: str) -> subprocess.Popen[str]:
        """Start the scenarios that `chosen` names, as -k takes it."""
        named = ["--target=plain", f"--targets-file={self.profile}"]
        arguments = ["features", "-q", "-k", chosen, *named, *more]  # of an option that is given twice the last counts
        return subprocess.Popen(
            [sys.executable, "-m", "pytest", *arguments, "--screenshot=off", "-p", "no:cacheprovider"],
            cwd=ROOT,
            env=os.environ | {VARIABLE: PASSWORD, TOTP_VARIABLE: TOTP, "ACCEPTANCE_STATE_DIR": str(self.state)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, chosen: str, *more: str, timeout_s: float = 200) -> Run:
        """Carry out the scenarios that `chosen` names, and return the document of the run."""
        process = self.begin(chosen, *more)
        said, _ = process.communicate(timeout=timeout_s)
        reports = list((ROOT / "reports").glob(f"*-{process.pid}"))
        if not reports:
            raise RuntimeError(said)
        return load(reports[-1] / "run.json")


def told(run: Run) -> dict[str, str]:
    """Return how each scenario ended, by its title."""
    return {one.title: f"{one.result.verdict} {one.result.reason}".strip() for one in run.scenarios}
