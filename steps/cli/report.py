"""`acceptance report DIR…`: put runs together, side by side where they went against several targets."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from steps.cli._options import Output

if TYPE_CHECKING:
    from steps.reporting.run_document import Run
    from steps.reporting.run_merge import Changes, Placed

_DEFAULT = Path("reports/merged")


class UnreadableError(click.ClickException):
    """What was named is no run; the exit code must not be that of a broken promise."""

    exit_code = 4


def _show_schema(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click calls it
    if wanted:
        from steps.reporting.run_document import schema

        click.echo(json.dumps(schema(), indent=2))
        context.exit()


@click.command("report")
@click.argument("places", metavar="DIR…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--output", type=Output("directory"), default=_DEFAULT, show_default=True, metavar="DIR",
              help="Where to write the page and its data.")  # fmt: skip
@click.option(
    "--since", type=click.Path(path_type=Path), metavar="DIR", help="Show what changed since this earlier run."
)
@click.option("--junitxml", type=Output("file"), metavar="FILE", help="Write JUnit XML too.")
@click.option("--cucumberjson", type=Output("file"), metavar="FILE", help="Write Cucumber JSON too.")
@click.option(
    "--cucumber-messages", type=Output("file"), metavar="FILE",
    help="Write Cucumber messages (NDJSON) too; the features are read from here.",
)  # fmt: skip
@click.option("--require-verified", is_flag=True, help="Exit with 6 when something is not verified.")
@click.option("--allow-flaky", is_flag=True, help="Do not exit with 1 for what failed and passed.")
@click.option("--schema", is_flag=True, is_eager=True, expose_value=False, callback=_show_schema,
              help="Print the JSON Schema of a run's data, run.json.")  # fmt: skip
@click.pass_context
def command(  # noqa: PLR0913 - one for each option
    context: click.Context,
    places: tuple[Path, ...],
    *,
    output: Path,
    since: Path | None,
    junitxml: Path | None,
    cucumberjson: Path | None,
    cucumber_messages: Path | None,
    require_verified: bool,
    allow_flaky: bool,
) -> None:
    """Merge the runs in DIR…: shards of one run into one, several targets side by side.

    Writes index.html and run.json, shows the summary, and exits as a run with these verdicts would.
    """
    from steps.reporting.cucumber_json import write_cucumber
    from steps.reporting.github_summary import write_badge, write_summary
    from steps.reporting.html_report import is_free, write_page
    from steps.reporting.junit_xml import write_junit
    from steps.reporting.run_document import DocumentError
    from steps.reporting.run_merge import merge

    if not is_free(output / "index.html"):
        raise UnreadableError(f"{output} holds something else; name an empty directory or a new one.")
    try:
        runs = merge(_found(places, output), output, require_verified=require_verified, allow_flaky=allow_flaky)
        changes = _changes(since, runs, output) if since else None
    except DocumentError as error:
        raise UnreadableError(str(error)) from None
    placed = _saved(runs, output)
    write_page(output / "index.html", placed, changes)
    for run, place in placed:
        write_badge(run, place)
        write_summary(run)
    if junitxml:
        write_junit(junitxml, placed)
    if cucumberjson:
        write_cucumber(cucumberjson, placed)
    if cucumber_messages:
        _write_messages(cucumber_messages, placed)
    _show(runs, changes)
    click.echo(f"report: {output / 'index.html'}")
    context.exit(_exit_code(runs))


def _write_messages(file: Path, placed: list[Placed]) -> None:
    from steps.reporting.cucumber_messages import write_messages

    try:
        write_messages(file, placed, Path.cwd())
    except OSError as error:
        raise UnreadableError(f"{file} cannot be written: {error.filename}: {error.strerror}.") from None


def _found(places: tuple[Path, ...], output: Path) -> list[Placed]:
    """Read all runs, each once, without those that an earlier merge has written to the same place."""
    from steps.reporting.run_merge import find_runs

    found = {place.resolve(): (run, place) for one in places for run, place in find_runs(one)}
    own = output.resolve()
    named = {one.resolve() for one in places}
    return [entry for place, entry in found.items() if place in named or not place.is_relative_to(own)]


def _saved(runs: list[Run], output: Path) -> list[Placed]:
    """Write the data: of one target beside the page, of several each in a directory of its own."""
    from steps.reporting.run_document import FILE_NAME, save
    from steps.reporting.run_merge import moved

    placed: list[Placed] = []
    for number, run in enumerate(runs, 1):
        name = re.sub(r"[^\w-]+", "-", run.target.name)
        place = output if len(runs) == 1 else output / f"{number}-{name}"
        there = moved(run, output, place)
        save(there, place / FILE_NAME)
        placed.append((there, place))
    return placed


def _changes(since: Path, runs: list[Run], output: Path) -> Changes:
    """Hold each run against the earlier one on the same target, or against the only one there is."""
    from steps.reporting.run_document import DocumentError
    from steps.reporting.run_merge import Changes, changes_between, find_runs, merge

    earlier = merge(find_runs(since), output)
    alone = earlier if len(earlier) == len(runs) == 1 else []
    found: list[Changes] = []
    for run in runs:
        same = [one for one in earlier if one.target.name == run.target.name] or alone
        found += [changes_between(one, run) for one in same[-1:]]
    if not found:
        names = " or ".join(run.target.name for run in runs)
        raise DocumentError(f"{since} holds no run on {names} to compare with.")
    titles = [title for title, _ in found[0].groups]
    rows = {
        title: [row for one in found for name, listed in one.groups if name == title for row in listed]
        for title in titles
    }
    return Changes(found[0].since, list(rows.items()))


def _show(runs: list[Run], changes: Changes | None) -> None:
    from steps.reporting.terminal_summary import summary_lines

    for run in runs:
        click.echo(f"promises, on {run.target.name}")
        for words, colour in summary_lines(run):
            click.secho(words, fg=colour or None)
    for title, rows in changes.groups if changes else []:
        for _, scenario, more in rows:
            click.echo(f"{title}: {scenario} ({more})")
    if changes and not changes.any:
        click.echo(f"Nothing has changed since {changes.since}.")


def _exit_code(runs: list[Run]) -> int:
    """Return the exit code that matters most: a broken promise, then what could not be done."""
    codes = [run.exit_code for run in runs if run.exit_code]
    return 1 if 1 in codes else max(codes, default=0)
