"""What the proof consists of: each stage a command, its goal, and where its output tells how far it got."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_STORM = {"STORM_BUYERS": "200", "STORM_KILLS": "100"}
_MOST_OF_BARE = "1.25"
"""How many times as long as the bare script the suite may take, whole process, start and report included."""


@dataclass(frozen=True)
class Stage:
    """A command that ends with exit code 0 where its goal is reached.

    `figures` are patterns of its output; the groups of each are the figure, told with the words beside it.
    """

    name: str
    goal: str
    command: Sequence[str]
    figures: Mapping[str, str]
    environment: Mapping[str, str] = field(default_factory=dict)

    def figure(self, output: str) -> str:
        """Return what the output says, or its last line where it says none of what is looked for."""
        found = [
            words.format(*last.groups())
            for words, pattern in self.figures.items()
            if (last := next(iter(reversed([*re.finditer(pattern, output)])), None))
        ]
        lines = [line.strip() for line in output.splitlines() if line.strip()]
        return ", ".join(found) or (lines[-1][:120] if lines else "no output")


def _module(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", name, *arguments]


STAGES = (
    Stage(
        "faults",
        "every fault is caught, by expected scenarios alone; each Then is turned red by one",
        _module("tests.tools.faults", "--scope", "usual"),
        {
            "{0} caught": r"((?:All )?\d+(?: of \d+)? faults) are caught",
            "{0} turned red": r"(\d+ of \d+ Thens)",
        },
    ),
    Stage(
        "worlds",
        "no wrong reading, none broken read as sound, at most 1 % unclear",
        _module("tests.tools.worlds", "--count", "100000", "--rendered", "1000"),
        {
            "{0} wrong": r"WRONG +([\d,]+)",
            "{0} read as sound": r"READ AS SOUND +([\d,]+)",
            "{0} unclear": r"\(([\d.]+%)",
        },
    ),
    Stage(
        "soak",
        "1,000 scenarios in random order, half of them with all cores busy, none red",
        _module("tests.tools.soak", "--executions", "1000"),
        {"{1} red of {0}": r"(?m)^\W*all\W+\d+\W+(\d+)\W+(\d+)\W*$"},
    ),
    Stage(
        "storm",
        "200 buyers at once, and 100 kills of the fake, lose and double nothing",
        _module("pytest", "tests/fake/test_storm.py", "-q", "-p", "no:cacheprovider"),
        {"{0}": r"(\d+ (?:passed|failed).*?) in "},
        _STORM,
    ),
    Stage(
        "load",
        "a million rows in the ledger: at most 1.2 times slower; a start takes at most 0.5 s",
        _module("tests.tools.load"),
        {"a purchase {0}": r"a whole purchase +median ([\d.]+)", "a start {0}": r"large file +median ([\d.]+ s)"},
    ),
    Stage(
        "benchmark",
        f"the eleven purchases take at most {_MOST_OF_BARE} times as long as in a bare script",
        _module("tests.tools.benchmarks", "--runs", "5", "--most", _MOST_OF_BARE),
        {"{0} of bare": r"suite / bare script: median ([\d.]+)"},
    ),
)
