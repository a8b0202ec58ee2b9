"""Changes the code that decides about money, one statement at a time, and counts how often a test notices.

mutmut does the work; `tool.mutmut` in pyproject.toml lists what is changed and which tests are run. The survivors are
explained in `survivors.md` beside this file. Needs fork, so Linux or macOS.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import click

_STATS = Path("mutants", "mutmut-cicd-stats.json")
_SURVIVOR = re.compile(r"^\s*(\S+): (?:survived|no tests)$", re.MULTILINE)
# A statement (or its next line), or the name of a column.
_SQL = re.compile(
    r'"(?:select|insert|update|delete) [^"]*"|" (?:values|on|from|where|order) [^"]*"|\w\[(["\'])\w+\1\]', re.IGNORECASE
)


def alike(diff: str) -> bool:
    """Whether a change only affects the case of SQL, which SQLite ignores."""
    before, after = (
        [_plain(line[1:]) for line in diff.splitlines() if line.startswith(sign) and not line.startswith(sign * 3)]
        for sign in "-+"
    )
    return bool(before) and before == after


def _plain(line: str) -> str:
    """Return SQL in lower case, except its string literals, which are compared exactly."""
    return _SQL.sub(lambda found: _small(found[0]), line)


def _small(sql: str) -> str:
    if not sql.startswith('"'):
        return sql.lower()
    return "'".join(part if number % 2 else part.lower() for number, part in enumerate(sql.split("'")))


def score(stats: dict[str, int], no_changes: int) -> float:
    """Return the percentage of changes that a test noticed; a change that hangs counts as noticed."""
    return 100 * (stats["killed"] + stats["timeout"]) / (stats["total"] - stats["skipped"] - no_changes)


@click.command()
@click.option("--at-least", type=click.FloatRange(0, 100), default=95, show_default=True, help="Percent to reach.")
def main(at_least: float) -> None:
    """Run mutmut on one processor, and print the score and the survivors."""
    _STATS.unlink(missing_ok=True)
    # Its own exit code says that somebody has survived, which is judged here.
    subprocess.run([sys.executable, "-m", "mutmut", "run", "--max-children", "1"], check=False)
    _asked("export-cicd-stats")
    if not _STATS.is_file():
        raise click.ClickException("mutmut did not get as far as a result; its last words are above.")
    stats: dict[str, int] = json.loads(_STATS.read_text(encoding="utf-8"))
    tried = sum(number for name, number in stats.items() if name not in {"total", "check_was_interrupted_by_user"})
    if tried < stats["total"]:
        raise click.ClickException("Not every change was tried: run it again, it goes on from here.")
    diffs = [_asked("show", name) for name in _SURVIVOR.findall(_asked("results"))]
    changes = [diff for diff in diffs if not alike(diff)]
    for diff in changes:
        click.echo(diff)
    _judge(stats, len(diffs) - len(changes), at_least)


def _judge(stats: dict[str, int], no_changes: int, at_least: float) -> None:
    reached = score(stats, no_changes)
    click.echo(
        f"{stats['total']} changes, {no_changes} of them in the case of SQL alone, which changes nothing;"
        f" {stats['killed'] + stats['timeout']} of the others noticed: {reached:.1f} %"
    )
    if reached < at_least:
        raise click.ClickException(f"{reached:.1f} % is below {at_least:g} %: add tests for those above.")


def _asked(*words: str) -> str:
    command = [sys.executable, "-m", "mutmut", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


if __name__ == "__main__":
    main()
