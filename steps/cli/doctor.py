"""`acceptance doctor`: walk through a target without buying anything, and report what was found."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from steps.safety.redactor import Redactor
from steps.targets.profile_loader import ProfileError, load_profile
from steps.tools.inspection.finding import Finding, State, as_profile
from steps.verdicts.verdict import UnverifiedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from steps.targets.profile import Profile

_MARKS = {
    State.FOUND: click.style("✓", fg="green"),
    State.DIFFERS: click.style("!", fg="yellow"),
    State.MISSING: click.style("✗", fg="red"),
    State.TROUBLE: click.style("✗", fg="red"),
}
_CANNOT_RUN, _IN_TROUBLE = 1, 7
"""Exit codes; 7 has the same meaning as in a run, see steps/reporting/exit_codes.py."""
_SHOWN = 24


@click.command("doctor")
@click.option("--target", "name", default="fake", metavar="NAME", help="The profile to examine (default: fake).")
@click.option(
    "--targets-file", type=click.Path(path_type=Path), metavar="FILE", help="A file of your own with profiles."
)
@click.option("--browser-path", metavar="PATH", help="Use this browser instead of the first one found.")
@click.option(
    "--browser-endpoint",
    metavar="URL",
    help="Use a browser that runs elsewhere: ws://… (Playwright server) or http://… (CDP).",
)
@click.option(
    "--to-payment", "--as-far-as-payment", is_flag=True, help="Choose a package and look at the payment page too."
)
@click.option("--headed", is_flag=True, help="Show the browser.")
@click.option("--pictures", type=click.Path(path_type=Path), metavar="DIR", help="Where the pictures go.")
def command(  # noqa: PLR0913 - one parameter for each option
    *,
    name: str,
    targets_file: Path | None,
    browser_path: str | None,
    browser_endpoint: str | None,
    to_payment: bool,
    headed: bool,
    pictures: Path | None,
) -> None:
    """Walk through a target without buying anything, and check that the scenarios will find what they need.

    Each stop has a line and a picture. For what is missing, the report lists what was there instead and, if possible,
    the line for the profile that would help. Exit code: 0 the suite can run there, 1 the profile has to be completed
    first, 7 the target itself is in trouble.
    """
    from steps.browser.discovery import NoBrowserError
    from steps.browser.launch import NoWindowError, open_browser
    from steps.tools.inspection.checkout_probe import examine_payment
    from steps.tools.inspection.inspection import examine
    from steps.tools.inspection.target_session import open_visit

    try:
        profile = load_profile(name, targets_file)
    except ProfileError as error:
        raise click.UsageError(str(error)) from None
    secrets = Redactor()
    secrets.add_profile(profile)
    report = _Report(name, secrets, pictures or Path("reports") / f"doctor-{name}-{time.strftime('%Y%m%d-%H%M%S')}")
    try:
        with (
            open_browser(browser_path, headed=headed, endpoint=browser_endpoint) as browser,
            open_visit(profile, name, browser) as visit,
        ):
            examine(visit, report, examine_payment if to_payment else None)
    except (NoBrowserError, NoWindowError) as error:
        raise click.ClickException(str(error)) from None
    except UnverifiedError as error:
        report.on_finding(Finding("the target", State.TROUBLE, str(error)))
    raise SystemExit(report.end(profile, to_payment=to_payment))


def _forecast(profile: Profile) -> Iterator[str]:
    from steps.documentation.packages import FEATURES
    from steps.tools.inspection.coverage_forecast import forecast
    from steps.tools.lint.feature_reader import read_features

    return forecast(read_features(FEATURES), profile)


class _Report:
    """Prints the findings of an inspection, and decides how it ends."""

    def __init__(self, target: str, secrets: Redactor, pictures: Path) -> None:
        self.secrets = secrets
        self._target = target
        self._pictures = pictures
        self._taken = 0
        self._findings: list[Finding] = []

    def has(self, state: State) -> bool:
        """Whether any finding has that state."""
        return any(finding.state is state for finding in self._findings)

    def on_finding(self, finding: Finding) -> None:
        """Print one finding."""
        self._findings.append(finding)
        line = self.secrets.redact(f"{finding.what:27} {finding.how}")
        click.echo(f"{_MARKS[finding.state]} {line}")
        if finding.alternatives:
            more = len(finding.alternatives) - _SHOWN
            shown = ", ".join(finding.alternatives[:_SHOWN]) + (f", and {more} more" if more > 0 else "")
            click.echo(self.secrets.redact(f"  {'':27} found instead: {shown}"))
        if finding.advice:
            click.echo(self.secrets.redact(f"  {'':27} this may help: {finding.advice}"))

    def on_stop(self, page: Page, stop: str, reached: bool) -> None:  # noqa: FBT001 - as the walk calls it
        """Take a picture of a stop."""
        from playwright.sync_api import Error

        from steps.tools.inspection.inspection import picture_of

        self._taken += 1
        self._pictures.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^a-z]+", "-", (stop if reached else f"no {stop}").lower())
        try:
            (self._pictures / f"{self._taken:02}-{name}.png").write_bytes(picture_of(page))
        except Error as error:
            click.echo(f"  {'':27} no picture: {str(error).splitlines()[0]}")

    def end(self, profile: Profile, *, to_payment: bool) -> int:
        """Print what to do next, and return the exit code."""
        advice = [finding.advice for finding in self._findings if finding.advice]
        click.echo()
        if advice:
            click.echo("Suggested lines for the profile; check each of them:\n")
            click.echo(self.secrets.redact("\n".join(as_profile(self._target, advice))) + "\n")
        if self._taken:
            click.echo(f"Pictures: {self._pictures}")
        if self.has(State.TROUBLE):
            click.echo("The target could not be inspected completely.")
            return _IN_TROUBLE
        if self.has(State.MISSING):
            click.echo("The suite cannot run here yet.")
            return _CANNOT_RUN
        for line in _forecast(profile):
            click.echo(line)
        rest = "" if to_payment else "; --to-payment visits the payment page too"
        payments = " The profile allows no payments." if profile.payments.allow == "none" else ""
        click.echo(f"The suite can run here{rest}.{payments}")
        return 0
