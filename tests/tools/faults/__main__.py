"""Runs the fault matrix, prints it, and writes it as a page."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from fake_backend.control.faults import CATALOGUE
from steps.reporting import then_faults
from steps.reporting.result_collector import COLLECTOR
from steps.reporting.run_document import save
from tests.tools.faults.as_site import earned_faults, on_a_site
from tests.tools.faults.judging import lines_of
from tests.tools.faults.page import write_matrix
from tests.tools.faults.recording import record as write_catches
from tests.tools.faults.selecting import BARE, SCOPES
from tests.tools.faults.telling import tell, tell_thens
from tests.tools.faults.thens import thens_in, uncovered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steps.reporting.run_document import Run

_ROOT = Path(__file__).parents[3]
_PLACE = Path(__file__).parent
_WITHOUT = ("steps.reporting.session_finish", "steps.reporting.failure_screenshots")
"""The plugins that make a run's own report: the matrix is told instead."""
_NOTHING_RAN = 2
_AT_A_TIME = 2 * (os.cpu_count() or 1)
_LEAST_WIDE = 100
"""Columns that the matrix needs; the logs of CI have no width of their own."""


class _Watcher:
    """Follows a run, and keeps its document."""

    def __init__(self, progress: Progress) -> None:
        self.run: Run | None = None
        self._progress = progress
        self._task = progress.add_task("collecting", total=None)

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Go on by one."""
        fault = nodeid.partition("fault: ")[2].partition(";")[0]
        self._progress.update(self._task, advance=1, description=fault)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Learn how much there is to do."""
        if session.items:
            self._progress.update(self._task, total=len(session.items))

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Learn it from the workers."""
        self._progress.update(self._task, total=len(ids))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Take the document of all that ran."""
        if COLLECTOR in session.config.stash:
            self.run = session.config.stash[COLLECTOR].document("")


def _names(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    unknown = next((name for name in names if name not in CATALOGUE), None)
    if unknown:
        raise click.BadParameter(f"there is no fault named {unknown!r}.")
    return names


@click.command()
@click.option("--fault", "faults", multiple=True, callback=_names, metavar="NAME", help="Only these faults.")
@click.option(
    "--scope", type=click.Choice(SCOPES), default="known", show_default=True,
    help="known: the scenarios that are known to catch each fault; quick: the first ones of what it breaks;"
    " usual: all of them, and of other promises; whole: the whole journey.",
)  # fmt: skip
@click.option(
    "--varied", type=click.IntRange(0), metavar="N",
    help="Let each fault meet other answers to the open questions: the next of a pairwise set, from the Nth on.",
)  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(0, 64), default=_AT_A_TIME, show_default=True,
    help="Scenarios at a time: more than cores, for most of them wait for what a fault keeps away.",
)  # fmt: skip
@click.option(
    "--page", "page", type=click.Path(path_type=Path, dir_okay=False), default=_ROOT / "reports" / "faults.html",
    help="Where to write the page (default: reports/faults.html).",
)  # fmt: skip
@click.option("--record", is_flag=True, help="Write down which scenarios catch each fault, for the scope known.")
@click.option("--as-site", is_flag=True, help="On the fake as any site: what a scenario begins with is earned there.")
def main(
    faults: tuple[str, ...], *, scope: str, varied: int | None, workers: int, page: Path, record: bool, as_site: bool
) -> None:
    """Run scenarios on the fake with each fault, and tell which fault is caught by which promise.

    Exit code 0 where each is caught by a scenario of what it breaks, and seen by no other than the catalogue says, and
    where, of the whole catalogue, each Then of the features is turned red by a fault; that is known in the scopes usual
    and whole.
    """
    console = Console(file=sys.stdout, width=max(_LEAST_WIDE, shutil.get_terminal_size().columns))
    if as_site:
        sys.exit(_as_site(faults, console))
    began = time.monotonic()
    chosen = [f"--faults={','.join(faults)}", f"--faults-scope={scope}", f"-n{workers}"]
    chosen += [] if varied is None else [f"--faults-varied={varied}"]
    run, said = _run(chosen, console)
    if run is None or not run.scenarios:
        console.print(f"Nothing was run. {said}", style="red", markup=False)
        sys.exit(_NOTHING_RAN)
    lines = lines_of(run, exact=varied is None)
    thens = thens_in(lines)
    lacking = [] if faults or scope in BARE or varied is not None else uncovered(thens)
    seconds = time.monotonic() - began
    tell(console, lines, seconds)
    tell_thens(console, thens, lacking)
    write_matrix(page, lines, thens, lacking, seconds)
    save(run, page.with_suffix(".json"))
    if record:
        write_catches(lines)
    if not faults and scope not in BARE:  # what a part does not see is not told of a report's Thens
        then_faults.save(thens, page.with_name(then_faults.FILE_NAME))
    console.print(f"page: {page}", highlight=False, soft_wrap=True)
    sys.exit(1 if lacking or any(line.troubles for line in lines) else 0)


def _as_site(faults: Sequence[str], console: Console) -> int:
    """Run the faults on the fake as a plain site, and return 1 where one is not seen."""
    failed = 0
    for seen in on_a_site(faults or earned_faults()):
        failed += seen.how == "lost"
        console.print(f"{seen.how:13} {seen.name}: {seen.words}", highlight=False, markup=False, soft_wrap=True)
    return min(failed, 1)


def _run(chosen: list[str], console: Console) -> tuple[Run | None, str]:
    """Carry everything out in one run of pytest: one fake, one browser for each worker."""
    arguments = [
        str(_ROOT / "features"), f"--rootdir={_ROOT}", "-p", "tests.tools.faults.plugin", *chosen,
        "-W", "ignore::pytest.PytestAssertRewriteWarning",  # pytest-bdd is imported already, and asserts nothing
        "--target=faulty-fake", f"--targets-file={_PLACE / 'targets.toml'}",
        *(part for name in _WITHOUT for part in ("-p", f"no:{name}")),
    ]  # fmt: skip
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as progress:
        watcher = _Watcher(progress)
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            pytest.main(arguments, plugins=[watcher])
    return watcher.run, said.getvalue()


if __name__ == "__main__":
    main()
