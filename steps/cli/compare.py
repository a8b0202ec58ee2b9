"""`acceptance compare A B`: the same read-only walk on two targets, side by side."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from steps.cli._options import Output, TargetName, WithChoices, browser_path_option, targets_file_option

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

    from steps.targets.profile import Profile
    from steps.tools.comparison.compare import Comparison
    from steps.tools.comparison.recording import Recording

_SAME, _DIFFERENT, _COULD_NOT = 0, 1, 2


class CouldNotCompareError(click.ClickException):
    """There is nothing to compare; the message is one sentence that says what to do."""

    exit_code = _COULD_NOT


@click.command("compare", cls=WithChoices)
@click.argument("a", metavar="A", type=TargetName())
@click.argument("b", metavar="[B]", required=False, type=TargetName())
@click.option(
    "--to-payment", is_flag=True, help="Choose each package too, and look at its payment page; nothing is typed there."
)
@click.option("--record", type=Output("directory"), metavar="DIR", help="Keep what A shows; B may be left out.")
@click.option("--output", type=Output("file"), metavar="FILE", help="Where the page goes.")
@targets_file_option
@click.option("--variant", "variants", multiple=True, metavar="QUESTION=ANSWER",
              help="Of the target named last, a fake: an answer (listed below).")  # fmt: skip
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="NAME",
    help="Of the target named last, a fake: a defect (listed below).",
)
@browser_path_option
@click.option("--headed", is_flag=True, help="Show the browser.")
def command(  # noqa: PLR0913 - one parameter for each option
    *,
    a: str,
    b: str | None,
    to_payment: bool,
    record: Path | None,
    output: Path | None,
    targets_file: Path | None,
    variants: tuple[str, ...],
    faults: tuple[str, ...],
    browser_path: str | None,
    headed: bool,
) -> None:
    """Walk two targets without buying anything, and tell what differs.

    A and B are names of targets, or directories that --record has written. The walk goes from sign-in to Workspace
    Settings, Billing, Current Plan, the pop-up with the packages, and Users; with --to-payment also to the payment
    pages. The page shows each stop side by side.

    Exit code: 0 no difference that matters, 1 differences, 2 could not compare.
    """
    from steps.tools.comparison.recording import RecordingError

    if b is None and record is None:
        raise click.UsageError("Name two targets to compare, or keep what one shows with --record DIR.")
    try:
        sides = _sides([name for name in (a, b) if name is not None], targets_file, variants, faults)
        with contextlib.ExitStack() as ending:
            browser = _browser_once(ending, browser_path, headed=headed)
            # What can be read goes first, then what was named last: it may be told of a fault that there is not.
            order = [side for walked in (False, True) for side in reversed(sides) if side.is_walked is walked]
            seen = {side: side.see(browser, to_payment=to_payment) for side in order}
        if record:
            seen[sides[0]].save(record)
            click.echo(f"What {a} shows is kept in {record}.")
    except RecordingError as error:
        raise CouldNotCompareError(str(error)) from None
    if b is not None:
        raise SystemExit(_compare(seen[sides[0]], seen[sides[1]], output))


class _Side:
    """A target or a recording, as it was named."""

    def __init__(self, name: str, profile: Profile | None, faults: tuple[str, ...] = ()) -> None:
        self._name = name
        self._profile = profile
        self._faults = faults
        self.is_walked = profile is not None

    def see(self, browser: Callable[[], Browser], *, to_payment: bool) -> Recording:
        """Read the recording, or walk the target. Raises RecordingError and CouldNotCompareError."""
        from steps.tools.comparison.recording import load

        if self._profile is None:
            return load(Path(self._name))
        click.echo(f"Walking {self._name} …", err=True)
        from steps.targets.fake_control_client import ControlError
        from steps.targets.target import WorkspaceSetup
        from steps.tools.comparison.recorder import Everything, look_at
        from steps.tools.inspection.target_session import open_visit
        from steps.verdicts.verdict import UnverifiedError

        try:
            with open_visit(self._profile, self._name, browser(), self._faults, WorkspaceSetup(payments=5)) as visit:
                return look_at(visit, self._name, Everything() if to_payment else ())
        except (UnverifiedError, ControlError) as error:
            raise CouldNotCompareError(f"{self._name} could not be walked: {error}") from None


def _sides(
    names: list[str], targets_file: Path | None, variants: tuple[str, ...], faults: tuple[str, ...]
) -> list[_Side]:
    """Find what was named. What only a fake can be told goes to the one named last."""
    from steps.targets.fake_catalogue import check_choice, read_variant
    from steps.targets.profile_errors import ProfileError

    sides = [_side(name, targets_file) for name in names]
    profile = sides[-1][1]
    if not (variants or faults):
        return [_Side(*side) for side in sides]
    if profile is None or profile.kind != "fake":
        raise click.UsageError("--variant and --fault are for the fake alone: no other target can be told to differ.")
    try:
        chosen = profile.variant | read_variant(variants)
        check_choice(chosen, faults)
    except ProfileError as error:
        raise click.UsageError(str(error)) from None
    profile = msgspec.structs.replace(profile, variant=chosen)
    return [*(_Side(*side) for side in sides[:-1]), _Side(names[-1], profile, faults)]


def _side(name: str, targets_file: Path | None) -> tuple[str, Profile | None]:
    from steps.targets.profile_loader import ProfileError, load_profile
    from steps.tools.comparison.recording import MANIFEST

    if (Path(name) / MANIFEST).is_file():
        return name, None
    if Path(name).is_dir() and ("/" in name or "\\" in name):
        raise CouldNotCompareError(f"{name} holds no {MANIFEST}: name a directory that --record has written.")
    try:
        return name, load_profile(name, targets_file)
    except ProfileError as error:
        raise click.UsageError(str(error)) from None


def _browser_once(ending: contextlib.ExitStack, path: str | None, *, headed: bool) -> Callable[[], Browser]:
    """Return a function that starts the browser when it is called first."""
    from functools import cache

    @cache
    def browser() -> Browser:
        from steps.browser.discovery import NoBrowserError
        from steps.browser.launch import NoWindowError, open_browser

        try:
            return ending.enter_context(open_browser(path, headed=headed))
        except (NoBrowserError, NoWindowError) as error:
            raise CouldNotCompareError(str(error)) from None

    return browser


def _compare(a: Recording, b: Recording, output: Path | None) -> int:
    """Write the page, print the summary, and give the exit code."""
    from steps.tools.comparison.compare import compare
    from steps.tools.comparison.comparison_report import write_page

    comparison = compare(a, b)
    page = output or Path("reports") / f"compare-{time.strftime('%Y%m%d-%H%M%S')}.html"
    try:
        write_page(page, comparison, a, b)
    except OSError as error:
        raise CouldNotCompareError(f"{page} cannot be written ({error.strerror}); name another place.") from None
    _show(comparison, a, b)
    click.echo(f"page: {page}")
    return _COULD_NOT if not comparison.complete else _DIFFERENT if comparison.matters else _SAME


def _show(comparison: Comparison, a: Recording, b: Recording) -> None:
    from steps.reporting.html_kit import format_moment
    from steps.tools.comparison.comparison_report import name_of

    for letter, one in (("A", a), ("B", b)):
        click.echo(f"{letter}  {name_of(one)}, seen on {format_moment(one.manifest.recorded)}")
    click.echo()
    for stop in comparison.stops:
        both = stop.on_a and stop.on_b
        mark = click.style("✗", fg="red") if stop.matters else click.style("✓", fg="green") if both else "·"
        first, *rest = stop.matters or [stop.outcome]
        click.echo(f"{mark} {stop.name:14} {first}")
        for sentence in rest:
            click.echo(f"{'':17}{sentence}")
    click.echo()
    for note in comparison.notes:
        click.secho(note, fg="yellow")
    if expected := sum(len(stop.expected) for stop in comparison.stops):
        click.echo(f"Expected differences (account, day, mere wording): {expected}, on the page.")
    click.secho(comparison.headline + ".", fg="red" if comparison.matters else "green", bold=True)
