"""Changes the code that decides about money, one spot at a time, and counts how often a test notices.

The work is mutmut's; what is changed and which tests are asked stands in pyproject.toml (`tool.mutmut`). Who survives
is explained in `survivors.md` beside this file. Needs fork, so Linux or macOS.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click

STATS = Path("mutants", "mutmut-cicd-stats.json")


def score(stats: dict[str, int]) -> float:
    """Give the share, in percent, of the changes that a test has noticed; one that hangs is noticed."""
    return 100 * (stats["killed"] + stats["timeout"]) / (stats["total"] - stats["skipped"])


@click.command()
@click.option("--at-least", type=click.FloatRange(0, 100), default=95, show_default=True, help="Percent to reach.")
def main(at_least: float) -> None:
    """Run mutmut on one processor, and print the score and who has survived."""
    STATS.unlink(missing_ok=True)
    _mutmut("run", "--max-children", "1")
    _mutmut("export-cicd-stats")
    if not STATS.is_file():
        raise click.ClickException("mutmut did not get as far as a result; its last words are above.")
    _mutmut("results")
    stats = json.loads(STATS.read_text(encoding="utf-8"))
    tried = sum(number for name, number in stats.items() if name not in {"total", "check_was_interrupted_by_user"})
    if tried < stats["total"]:
        raise click.ClickException("Not every change was tried: run it again, it goes on from here.")
    reached = score(stats)
    click.echo(f"{stats['total']} changes, {stats['killed']} noticed, {stats['survived']} not: {reached:.1f} %")
    if reached < at_least:
        raise click.ClickException(f"{reached:.1f} % is below {at_least:g} %: add a test for each of those above.")


def _mutmut(*words: str) -> None:
    # With its own exit code it says that somebody survived, which is judged here by the score.
    subprocess.run([sys.executable, "-m", "mutmut", *words], check=False)


if __name__ == "__main__":
    main()
