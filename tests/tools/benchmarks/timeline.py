"""What happens from a process's start to its exit, and when: the suite beside the bare script."""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from tests.tools.benchmarks.contestants import ROOT, Bare, Suite
from tests.tools.benchmarks.measuring import FailedRunError
from tests.tools.benchmarks.moments import VARIABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.tools.benchmarks.contestants import Contestant

_ENDED = "process has ended"


def timeline_of(packages: tuple[str, ...], environment: Mapping[str, str]) -> Table:
    """Run both once, after a run that warms caches up, and return a table of moments in seconds since the start.

    Raises FailedRunError where one of them does not end well.
    """
    contestants = (Bare("bare script", packages), Suite("suite", packages))
    for one in contestants:
        _moments(one, environment)
    bare, suite = (_moments(one, environment) for one in contestants)
    table = Table("seconds since the start of the process", title="Timeline", title_justify="left")
    for name in ("bare script", "suite", "difference"):
        table.add_column(name, justify="right")
    for what in dict.fromkeys((*sorted({**suite, **bare}, key=lambda each: suite.get(each, bare.get(each, 0.0))),)):
        both = bare.get(what), suite.get(what)
        gap = f"{both[1] - both[0]:+.2f}" if both[0] is not None and both[1] is not None else ""
        table.add_row(what, *("" if at is None else f"{at:.2f}" for at in both), gap)
    return table


def _moments(contestant: Contestant, environment: Mapping[str, str]) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="timeline-") as directory:
        place = Path(directory)
        notes = place / "moments.tsv"
        own = {**environment, **contestant.environment(place), VARIABLE: str(notes)}
        command = [*contestant.command(place)]
        if isinstance(contestant, Suite):
            command += ["-p", "tests.tools.benchmarks.moments"]
        began = time.time()
        ended = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, check=False)
        finished = time.time()
        if ended.returncode:
            raise FailedRunError(f"{contestant.name} failed:\n{ended.stdout[-2000:]}{ended.stderr[-2000:]}")
        found = {}
        for line in notes.read_text("utf-8").splitlines():
            at, _, what = line.partition("\t")
            found[what] = float(at) - began
    return {**found, _ENDED: finished - began}
