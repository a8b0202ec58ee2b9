"""What is measured: the suite, with or without workers, and the bare script. All make the same purchases."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parents[3]
FEATURE = "features/finish_checkout.feature"
OUTLINE = "buying_package_credits"
"""What selects the outline over the packages: the one thing that all contestants do."""


@dataclass(frozen=True)
class Contestant:
    """Something that makes purchases, one for each amount in `packages`, measured as a whole process."""

    name: str
    packages: tuple[str, ...]
    workers: int = 1

    def command(self, place: Path) -> Sequence[str]:
        """Return the command line; `place` is a directory for this run only."""
        raise NotImplementedError

    def environment(self, place: Path) -> Mapping[str, str]:
        """Return additional environment variables of the command."""
        del place
        return {}

    def scenarios(self, place: Path) -> list[float]:
        """Return how many seconds each purchase took, in order, from the run's output."""
        raise NotImplementedError


@dataclass(frozen=True)
class Bare(Contestant):
    """The bare script, which prints the seconds of each purchase."""

    def command(self, place: Path) -> Sequence[str]:
        del place
        return [sys.executable, "-m", "tests.tools.benchmarks.bare", *self.packages]

    def scenarios(self, place: Path) -> list[float]:
        said = (place / "output.txt").read_text(encoding="utf-8")
        return [float(seconds) for seconds in re.findall(r"bought in ([\d.]+) s", said)]


@dataclass(frozen=True)
class Suite(Contestant):
    """The suite; the seconds of each scenario are in its JUnit report.

    With `times` its outline runs that often for each package. No purchase is repeated, because each has a workspace of
    its own.
    """

    times: int = 1

    def command(self, place: Path) -> Sequence[str]:
        workers = ["-n", str(self.workers)] if self.workers > 1 else []
        again = ["-p", "tests.tools.benchmarks.again"] if self.times > 1 else []
        chosen = [FEATURE, "-k", OUTLINE, "-q", f"--junitxml={place / 'junit.xml'}"]
        return [sys.executable, "-m", "pytest", *again, *chosen, *workers]

    def environment(self, place: Path) -> Mapping[str, str]:
        del place
        return {"BENCH_TIMES": str(self.times)}

    def scenarios(self, place: Path) -> list[float]:
        cases = ET.parse(place / "junit.xml").iter("testcase")  # noqa: S314 - our own file
        return [float(case.get("time", "0")) for case in cases]


@dataclass(frozen=True)
class Unreported(Suite):
    """The suite without its report."""

    def command(self, place: Path) -> Sequence[str]:
        return [*super().command(place), "-p", "tests.tools.benchmarks.unreported"]
