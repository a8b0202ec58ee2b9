"""Times the eleven purchases of the suite beside those of a bare Playwright script and of other tools.

Each is a whole process on the same machine, with the same browser and the same fake, which each starts itself. They run
in turn, and each round yields one ratio, so that a busy machine slows all of them equally.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from steps.browser.discovery import BROWSER_VARIABLE, NoBrowserError, choose_browser
from steps.documentation.packages import documented_packages
from tests.tools.benchmarks.contestants import Bare, Suite, Unreported
from tests.tools.benchmarks.measuring import FailedRunError, Measured, measure
from tests.tools.benchmarks.peers import NoPeersError, install
from tests.tools.benchmarks.peers import peers as all_peers
from tests.tools.benchmarks.timeline import timeline_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.tools.benchmarks.contestants import Contestant

Results = dict["Contestant", list[Measured]]


@click.command()
@click.option("--runs", type=click.IntRange(1, 100), default=5, show_default=True, help="How often each one runs.")
@click.option("--workers", type=click.IntRange(2, 16), multiple=True, help="Run the suite with so many workers too.")
@click.option("--peers", is_flag=True, help="Install what people would use instead, and measure that too.")
@click.option("--report", is_flag=True, help="Measure what the report costs: run the suite without it too.")
@click.option("--growth", type=click.IntRange(2, 1000), multiple=True, help="Run the suite on so many times as much.")
@click.option("--most", type=float, help="End with exit code 1 where the suite takes more than so many times as long.")
@click.option(
    "--timeline", is_flag=True, help="Tell instead what happens from a process's start to its exit, and when."
)
def main(
    runs: int,
    workers: tuple[int, ...],
    growth: tuple[int, ...],
    *,
    peers: bool,
    report: bool,
    most: float | None,
    timeline: bool,
) -> None:
    """Measure, and print a table and the ratios: of the suite to the bare script, of other tools to the suite."""
    packages, console = documented_packages(), Console()
    try:
        if timeline:
            console.print(timeline_of(packages, _environment()))
            return
        contestants = _contestants(packages, workers, peers=peers)
        contestants += [Unreported("suite, no report", packages)] if report else []
        results = _results(contestants, runs, console)
        console.print(_table(f"The {len(packages)} purchases", results, runs))
        for line in _ratios(results, contestants[0], contestants[1]):
            console.print(line, highlight=False)
        if growth:
            _grow(packages, growth, workers, console)
        if most is not None and (ratio := median(_times(results, contestants[1], contestants[0]))) > most:
            raise click.ClickException(
                f"The suite takes {ratio:.2f} times as long as the bare script; {most} is the most."
            )
    except (FailedRunError, NoBrowserError, NoPeersError) as error:
        raise click.ClickException(str(error)) from None


def _contestants(packages: tuple[str, ...], workers: tuple[int, ...], *, peers: bool) -> list[Contestant]:
    if peers:
        install()
    several = [Suite(f"suite, -n {number}", packages, number) for number in workers]
    return [Bare("bare script", packages), Suite("suite", packages), *several, *(all_peers(packages) if peers else ())]


def _grow(packages: tuple[str, ...], growth: tuple[int, ...], workers: tuple[int, ...], console: Console) -> None:
    """Run the suite on growing numbers of scenarios, once each, and print time per scenario and memory."""
    count = len(packages)
    sizes = [Suite(f"{count * times}", packages, times=times) for times in (1, *growth)]
    sizes += [Suite(f"{count * growth[0]}, -n {number}", packages, number, growth[0]) for number in workers]
    results = _results(sizes, 1, console)
    console.print(_table("Growth: scenarios of the suite", results, 1))
    for one in sizes[1:]:
        less = sizes[0] if one.workers == 1 else sizes[1]
        (this,), (other,) = results[one], results[less]
        ratios = {
            "time for each": median(this.scenarios) / median(other.scenarios),
            "memory of Python": this.python / other.python,
            "of all": this.everything / other.everything,
            "whole time": this.seconds / other.seconds,
        }
        told = ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items())
        console.print(f"{one.name} / {less.name}: {told}", highlight=False)


def _results(contestants: Sequence[Contestant], runs: int, console: Console) -> Results:
    environment = _environment()
    results: Results = {contestant: [] for contestant in contestants}
    with tempfile.TemporaryDirectory(prefix="benchmark-") as directory, console.status("") as status:
        for turn in range(runs):
            # Each one is first as often as it is last: what a run leaves behind (caches, heat) helps or hurts all.
            for contestant in contestants if turn % 2 == 0 else reversed(contestants):
                status.update(f"round {turn + 1} of {runs}: {contestant.name}")
                place = Path(directory, f"{turn}-{contestants.index(contestant)}")
                place.mkdir()
                own = environment | dict(contestant.environment(place))
                measured = measure(contestant.command(place), own, place / "output.txt")
                results[contestant].append(replace(measured, scenarios=contestant.scenarios(place)))
    return results


def _environment() -> dict[str, str]:
    """Return an environment in which all use the browser that the suite would choose."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    choice = choose_browser("chromium", None, own)
    environment = dict(os.environ) | ({BROWSER_VARIABLE: str(choice.path)} if choice.path else {})
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what was compiled is kept, as it is on most machines
    return environment


def _table(what: str, results: Results, runs: int) -> Table:
    title = f"{what}, whole process, runs: {runs} each, in turn; seconds, and megabytes of memory"
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column("")
    for column in ("median", "min", "max", "start+end", "each", "CPU", "Python", "all"):
        table.add_column(column, justify="right")
    for contestant, measured in results.items():
        whole = [one.seconds for one in measured]
        each = [median(one.scenarios) for one in measured]
        # The first purchase of a process pays for what is made once, so the usual one is told by the median.
        rest = [
            one.seconds - len(one.scenarios) * usual / contestant.workers
            for one, usual in zip(measured, each, strict=True)
        ]
        times = (median(whole), min(whole), max(whole), median(rest), median(each))
        memory = (median(one.python for one in measured), median(one.everything for one in measured))
        table.add_row(
            contestant.name,
            *(f"{seconds:.2f}" for seconds in times),
            f"{median(one.processor for one in measured):.1f}",
            *(f"{megabytes:.0f}" for megabytes in memory),
        )
    return table


def _ratios(results: Results, bare: Contestant, suite: Contestant) -> list[str]:
    pairs = [(suite, bare), *((one, suite) for one in results if one not in (suite, bare))]
    return [_ratio(upper, lower, results) for upper, lower in pairs]


def _ratio(upper: Contestant, lower: Contestant, results: Results) -> str:
    """Compare two contestants, round by round."""
    both = list(zip(results[upper], results[lower], strict=True))
    times = _times(results, upper, lower)
    processor = [one.processor / other.processor for one, other in both if other.processor]
    told = f"{upper.name} / {lower.name}: median {median(times):.2f}, min {min(times):.2f}, max {max(times):.2f}"
    return told + (f"; processor time {median(processor):.2f}" if processor else "")


def _times(results: Results, upper: Contestant, lower: Contestant) -> list[float]:
    return [one.seconds / other.seconds for one, other in zip(results[upper], results[lower], strict=True)]


if __name__ == "__main__":
    sys.exit(main())
