"""Several concurrent buyers, each with a thread and a workspace, and how long each of their tasks takes."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.tools.load.filling import workspace
from tests.tools.load.serving import Buyer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.tools.load.serving import Served


@dataclass
class Times:
    """Durations, in seconds, of each task and of each round."""

    each: list[list[float]] = field(default_factory=list)
    rounds: list[float] = field(default_factory=list)

    def rate(self) -> float:
        """Return the number of tasks per second."""
        return sum(map(len, self.each)) / sum(self.rounds)

    def percentile(self, share: float) -> float:
        """Return the duration, in seconds, that this share of all tasks stayed below."""
        return percentile([one for times in self.each for one in times], share)


def percentile(times: Iterable[float], share: float) -> float:
    """Return the value that this share of a list of durations stayed below."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Crowd:
    """Buyers who are signed in to workspaces spread over a filled database."""

    def __init__(self, fake: Served, number: int, workspaces: int) -> None:
        self._buyers = [Buyer(fake, workspace(1 + turn * workspaces // number)) for turn in range(number)]

    def do(self, what: Callable[[Buyer], object], number: int, times: Times) -> None:
        """Run a task a number of times in total, divided among all buyers at once, and record the durations."""
        start = threading.Barrier(len(self._buyers) + 1)
        share = -(-number // len(self._buyers))

        def work(buyer: Buyer) -> list[float]:
            start.wait()
            return [_timed(what, buyer) for _ in range(share)]

        with ThreadPoolExecutor(len(self._buyers)) as pool:
            done = [pool.submit(work, buyer) for buyer in self._buyers]
            start.wait()
            began = time.perf_counter()
            each = [one for future in done for one in future.result()]
            times.rounds.append(time.perf_counter() - began)
        times.each.append(each)


def _timed(what: Callable[[Buyer], object], buyer: Buyer) -> float:
    began = time.perf_counter()
    what(buyer)
    return time.perf_counter() - began
