"""The proof of the whole: `python -m tests.tools.proof` runs every long tool, and tells goals and figures."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from steps.reporting.html_kit import format_duration, write_html
from tests.tools.proof.carrying_out import carry_out, state_of
from tests.tools.proof.stages import STAGES

if TYPE_CHECKING:
    from tests.tools.proof.carrying_out import Done
    from tests.tools.proof.stages import Stage

_ROOT = Path(__file__).parents[3]
_NAMES = [stage.name for stage in STAGES]
_LEAST_WIDE = 120
_BROKEN_OFF = 2


@click.command()
@click.option("--stage", "names", multiple=True, type=click.Choice(_NAMES), help="Only these; by default all.")
@click.option("--again", is_flag=True, help="Carry out anew what was carried out on this commit already.")
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), default=_ROOT / "reports" / "proof",
    help="Where the page, the figures and each tool's output are written (default: reports/proof).",
)  # fmt: skip
def main(names: tuple[str, ...], output: Path, *, again: bool) -> None:
    """Run the long tools one after the other, and print a table of goals and figures.

    What was broken off goes on where it stopped: a stage that was carried out on this commit is not run again. Exit
    code 0 where every goal is reached, 1 where one is not, 2 where it was broken off.
    """
    console = Console(width=max(_LEAST_WIDE, shutil.get_terminal_size().columns))
    chosen = [stage for stage in STAGES if stage.name in (names or _NAMES)]
    done: list[tuple[Stage, Done]] = []
    try:
        for stage, one in carry_out(chosen, _ROOT, output, anew=again):
            if one is None:
                console.print(f"{stage.name}: running; its output is in {output / stage.name}.txt", highlight=False)
            else:
                done.append((stage, one))
    except KeyboardInterrupt:
        console.print("Broken off. The same command goes on from here.")
    except OSError as error:
        raise click.ClickException(f"The results cannot be written: {error}. --output names another place.") from None
    console.print(_table(done))
    lacking = [one.name for _, one in done if not one.is_reached]
    headline = (
        f"{len(done) - len(lacking)} of {len(chosen)} goals are reached"
        if lacking or len(done) < len(chosen) else "Every goal is reached"
    )  # fmt: skip
    _write(output / "index.html", headline, done, is_whole=len(done) == len(chosen) and not lacking)
    console.print(f"page: {output / 'index.html'}", highlight=False, soft_wrap=True)
    sys.exit(_BROKEN_OFF if len(done) < len(chosen) else bool(lacking))


def _table(done: list[tuple[Stage, Done]]) -> Table:
    table = Table("", "goal", "figure", "reached", "time")
    for stage, one in done:
        mark = "[green]yes[/]" if one.is_reached else "[red]no[/]"
        table.add_row(stage.name, stage.goal, one.figure, mark, format_duration(one.seconds))
    return table


def _write(file: Path, headline: str, done: list[tuple[Stage, Done]], *, is_whole: bool) -> None:
    write_html(
        file,
        Path(__file__).parent / "proof.html",
        headline=headline,
        verdict="passed" if is_whole else "failed",
        warnings=[],
        done=done,
        state=state_of(_ROOT),
        cores=os.cpu_count(),
    )


if __name__ == "__main__":
    main()
