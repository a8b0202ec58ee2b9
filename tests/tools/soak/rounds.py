"""One round of the soak: all scenarios once, with an order, a variant and conditions."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from steps.reporting.failure_message import summary_of
from steps.reporting.run_document import load
from tests.suite.support.variants import Variant, pairwise
from tests.tools.soak.harder import LATE_WEBHOOKS, SLOW_BROWSER, SLOW_NETWORK

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
HARDER = ((), (SLOW_BROWSER,), (SLOW_NETWORK,), (LATE_WEBHOOKS,), (SLOW_NETWORK, LATE_WEBHOOKS))
_LONGEST = 1800
"""Seconds after which a round counts as hung."""


@dataclass(frozen=True)
class Round:
    """The settings of a round; `order` is the seed of its order."""

    order: int
    variant: Variant
    harder: tuple[str, ...]
    is_busy: bool

    def __str__(self) -> str:
        """Return the conditions."""
        return ", ".join([*(["all cores busy"] if self.is_busy else []), *self.harder]) or "as it is"


@dataclass(frozen=True)
class Outcome:
    """The result of a round: how many scenarios ran, and the result of each that did not pass."""

    executions: int
    reds: list[str]
    seconds: float


def rounds(first: int) -> Iterator[Round]:
    """Yield rounds without end: every second with all cores busy, each with the next variant of a pairwise set."""
    variants = pairwise()
    number = 0
    while True:
        harder = HARDER[number // 2 % len(HARDER)]
        yield Round(first + number, variants[number % len(variants)], harder, is_busy=number % 2 == 1)
        number += 1


def carry_out(this: Round, workers: int) -> Outcome:
    """Run all scenarios once, in a process of its own."""
    command = [sys.executable, "-m", "pytest", "-p", "tests.tools.soak.harder", "features", "-q", "-n", str(workers)]
    command += ["--random-order", f"--random-order-seed={this.order}", f"--seed={this.order}"]
    command += [f"--variant={question}={answer}" for question, answer in this.variant.items()]
    environment = os.environ | {"SOAK_HARDER": ",".join(this.harder)}
    with _busy() if this.is_busy else contextlib.nullcontext():
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        try:
            said, _ = process.communicate(timeout=_LONGEST)
        except subprocess.TimeoutExpired:
            process.terminate()
            process.wait()
            return Outcome(0, [f"the run did not end within {_LONGEST} s"], _LONGEST)
        except KeyboardInterrupt:
            process.terminate()
            raise
    return outcome_of(process.pid, said)


def outcome_of(pid: int, said: str, reports: Path = ROOT / "reports") -> Outcome:
    """Return the result of a round from its run's document; `said` is the output of its process."""
    place = next(reports.glob(f"*-{pid}"), None)
    if place is None or not (place / "run.json").is_file():
        return Outcome(0, [f"the run did not finish: {' '.join(said.strip().splitlines()[-3:])}"], 0.0)
    run = load(place / "run.json")
    reds = [
        f"{scenario.title}: {scenario.result.verdict}: {summary_of(scenario.result)} ({place.name})"
        for scenario in run.scenarios
        if scenario.result.verdict != "passed"
    ]
    return Outcome(len(run.scenarios), reds, run.seconds)


@contextlib.contextmanager
def _busy() -> Iterator[None]:
    """Keep every core busy."""
    others = [multiprocessing.Process(target=_spin, daemon=True) for _ in range(os.cpu_count() or 1)]
    for other in others:
        other.start()
    try:
        yield
    finally:
        for other in others:
            other.terminate()
            other.join()


def _spin() -> None:
    while True:
        pass
