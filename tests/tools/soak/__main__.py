"""Run the soak: `python -m tests.tools.soak --executions 1000`."""

from __future__ import annotations

import time

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tests.tools.soak.rounds import Outcome, Round, carry_out, rounds


@click.command()
@click.option("--executions", default=1000, show_default=True, help="Scenarios to carry out, at least.")
@click.option("--workers", default=2, show_default=True, help="Scenarios at a time.")
@click.option("--seed", type=int, help="Order and people of the first round; the next ones count on from it.")
def main(executions: int, workers: int, seed: int | None) -> None:
    """Run all scenarios repeatedly on the sound fake.

    Exit code 1 if any of them did not pass, 2 if the number of executions was not reached.
    """
    first = int(time.time()) if seed is None else seed
    console, done = Console(soft_wrap=True), list[tuple[Round, Outcome]]()
    console.print(f"seed: {first}")
    try:
        for this in rounds(first):
            outcome = carry_out(this, workers)
            done.append((this, outcome))
            console.print(
                f"{outcome.executions:5} scenarios, {len(outcome.reds)} red, {outcome.seconds:6.1f} s: {this}"
            )
            for red in outcome.reds:
                console.print(f"      {red}", style="red", markup=False)
            if _count(done) >= executions or not outcome.executions:
                break
    except KeyboardInterrupt:
        console.print("Interrupted; what was carried out so far:")
    console.print(_table(done))
    reds = sum(len(outcome.reds) for _, outcome in done)
    raise SystemExit(1 if reds else 0 if _count(done) >= executions else 2)


def _count(done: list[tuple[Round, Outcome]]) -> int:
    return sum(outcome.executions for _, outcome in done)


def _table(done: list[tuple[Round, Outcome]]) -> Table:
    """Print the totals by condition."""
    table = Table("conditions", "rounds", "executions", "red", title="Steadiness")
    for name in dict.fromkeys(str(this) for this, _ in done):
        outcomes = [outcome for this, outcome in done if str(this) == name]
        executions, reds = sum(one.executions for one in outcomes), sum(len(one.reds) for one in outcomes)
        table.add_row(escape(name), str(len(outcomes)), str(executions), str(reds))
    total = [_count(done), sum(len(outcome.reds) for _, outcome in done)]
    table.add_section()
    table.add_row("all", str(len(done)), *map(str, total))
    return table


if __name__ == "__main__":
    main()
