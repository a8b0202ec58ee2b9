"""Measures the fake under load: a small and a large database in turn, so that a busy machine slows both equally.

All requests go over HTTP to fakes in processes of their own, with their databases in files.
"""

from __future__ import annotations

import contextlib
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import click
import psutil
from rich.console import Console
from rich.table import Table

from tests.tools.load.driving import Crowd, Times, percentile
from tests.tools.load.filling import Size, fill
from tests.tools.load.serving import Buyer, LoadError, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_SMALL = Size(workspaces=100, entries=1_000)
_TASKS: Mapping[str, Callable[[Buyer], object]] = {
    "Billing: plan and credits": Buyer.billing,
    "Billing: invoices": Buyer.invoices,
    "a whole purchase": Buyer.purchase,
}
_COUNT = click.IntRange(min=1)
Measured = dict[str, tuple[Times, Times]]


@click.command()
@click.option("--workspaces", type=_COUNT, default=100_000, show_default=True, help="Workspaces of the large database.")
@click.option("--entries", type=_COUNT, default=1_000_000, show_default=True, help="Its rows in the ledger.")
@click.option("--rounds", type=_COUNT, default=15, show_default=True, help="How often the two take turns.")
@click.option("--requests", type=_COUNT, default=200, show_default=True, help="Looks at Billing in each turn.")
@click.option("--purchases", type=_COUNT, default=24, show_default=True, help="Purchases in each turn.")
@click.option("--buyers", type=click.IntRange(1, 50), default=4, show_default=True, help="Who come at once.")
@click.option("--starts", type=_COUNT, default=9, show_default=True, help="Starts to time, of each size.")
@click.option("--seconds", type=_COUNT, default=300, show_default=True, help="No further round begins after these.")
@click.option("--slower", type=float, default=1.2, show_default=True, help="How much slower the large one may be.")
@click.option("--start-limit", type=float, default=0.5, show_default=True, help="Seconds that a start may take.")
def main(
    *,
    workspaces: int,
    entries: int,
    rounds: int,
    requests: int,
    purchases: int,
    buyers: int,
    starts: int,
    seconds: int,
    slower: float,
    start_limit: float,
) -> None:
    """Measure the fake under load with a small and a large database, and its start."""
    console = Console(width=110)
    large = Size(workspaces, entries)
    often = {name: purchases if what is Buyer.purchase else requests for name, what in _TASKS.items()}
    try:
        with _filled(large, console) as files:
            started = [_starts(file, starts) for file in (None, *files)]
            measured = _measure(files, (_SMALL, large), often, buyers, rounds, time.monotonic() + seconds)
    except LoadError as error:
        raise click.ClickException(str(error)) from None
    problems = [*_show_load(measured, slower, console), *_show_starts(started, start_limit, console)]
    for problem in problems:
        console.print(problem, style="red", highlight=False)
    raise SystemExit(1 if problems else 0)


@contextlib.contextmanager
def _filled(large: Size, console: Console) -> Iterator[tuple[Path, Path]]:
    with tempfile.TemporaryDirectory(prefix="load-", ignore_cleanup_errors=True) as directory:
        files = (Path(directory, "small.db"), Path(directory, "large.db"))
        for file, size in zip(files, (_SMALL, large), strict=True):
            began = time.perf_counter()
            fill(file, size)
            megabytes = sum(one.stat().st_size for one in file.parent.glob(f"{file.stem}*")) / 1e6
            taken = time.perf_counter() - began
            console.print(f"{file.stem}: {size}, {megabytes:,.0f} MB, filled in {taken:.0f} s", highlight=False)
        yield files


def _starts(file: Path | None, number: int) -> list[tuple[float, float]]:
    """Start a fake several times, and return wall and processor time until each first response, in seconds."""
    options = ["--database", str(file)] if file else []
    found = []
    for _ in range(number + 1):  # the first compiles what was not compiled, and is not counted
        with running(*options) as fake:
            found.append((fake.seconds, fake.processor_seconds))
    return found[1:]


def _measure(  # noqa: PLR0917 - what and how much is measured
    files: tuple[Path, Path], sizes: tuple[Size, Size], often: Mapping[str, int], buyers: int, rounds: int, until: float
) -> Measured:
    """Measure both databases in turn for each task; in every other round the large one is first."""
    measured: Measured = {name: (Times(), Times()) for name in _TASKS}
    with contextlib.ExitStack() as stack:
        fakes = [stack.enter_context(running("--database", str(file))) for file in files]
        crowds = [Crowd(fake, buyers, size.workspaces) for fake, size in zip(fakes, sizes, strict=True)]
        for what in _TASKS.values():  # connections are made and modules imported before anything is timed
            for crowd in crowds:
                crowd.do(what, 2 * buyers, Times())
        for turn in range(rounds):
            if turn and time.monotonic() > until:
                break
            for name, what in _TASKS.items():
                pairs = list(zip(crowds, measured[name], strict=True))
                for crowd, times in pairs if turn % 2 == 0 else reversed(pairs):
                    crowd.do(what, often[name], times)
    return measured


def _show_load(measured: Measured, slower: float, console: Console) -> Iterator[str]:
    """Print the table, and return a sentence for each task that the large database slows too much."""
    turns = len(next(iter(measured.values()))[0].rounds)
    table = Table(title=f"Over HTTP, {turns} turns each", title_justify="left", title_style="bold")
    for column in ("", "database", "number", "per second", "p50 ms", "p99 ms"):
        table.add_column(column, justify="left" if column in {"", "database"} else "right")
    ratios: dict[str, list[float]] = {}
    for name, both in measured.items():
        for size, times in zip(("small", "large"), both, strict=True):
            number = sum(map(len, times.each))
            shown = [f"{times.rate():.0f}", f"{times.percentile(0.5) * 1e3:.1f}", f"{times.percentile(0.99) * 1e3:.1f}"]
            table.add_row(name, size, str(number), *shown)
        ratios[name] = [big / little for little, big in zip(both[0].rounds, both[1].rounds, strict=True)]
        tails = [
            percentile(big, 0.99) / percentile(little, 0.99)
            for little, big in zip(*(it.each for it in both), strict=True)
        ]
        ratios[f"{name}, p99"] = tails
    console.print(table)
    console.print("Time with the large database / time with the small one, turn by turn:", highlight=False)
    for name, found in ratios.items():
        told = f"median {median(found):.2f}, min {min(found):.2f}, max {max(found):.2f}"
        console.print(f"  {name:<32} {told}", highlight=False)
        if median(found) > slower:
            yield f"{name}: {median(found):.2f} times slower with the large database; {slower} is the limit."


def _show_starts(started: list[list[tuple[float, float]]], limit: float, console: Console) -> Iterator[str]:
    """Print how long starts took, and return a sentence if they took too long."""
    console.print("Start to first answer:", highlight=False)
    for name, found in zip(("in memory", "small file", "large file"), started, strict=True):
        wall, used = zip(*found, strict=True)
        told = f"median {median(wall):.2f} s, max {max(wall):.2f} s; processor time {median(used):.2f} s"
        console.print(f"  {name:<12} {told}  ({len(found)} starts)", highlight=False)
        if median(wall) > limit:
            yield f"A start took {median(wall):.2f} s ({name}); {limit} s is the limit."
    load = ", ".join(f"{one:.1f}" for one in psutil.getloadavg())
    console.print(f"Load average {load} on {psutil.cpu_count()} processors.", highlight=False)


if __name__ == "__main__":
    main()
