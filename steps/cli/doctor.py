"""`acceptance doctor`: walk through a target without buying anything, and report what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from steps.cli._inspection import InspectionReport, inspect_target, pictures_directory, write_advice
from steps.cli._options import Output, browser_path_option, target_option, targets_file_option
from steps.targets.profile_loader import ProfileError, find_profile

if TYPE_CHECKING:
    from pathlib import Path


@click.command("doctor")
@target_option("The profile to examine")
@targets_file_option
@browser_path_option
@click.option(
    "--browser-endpoint",
    metavar="URL",
    help="Use a browser that runs elsewhere: ws://… (Playwright server) or http://… (CDP).",
)
@click.option(
    "--to-payment", "--as-far-as-payment", is_flag=True, help="Choose a package and look at the payment page too."
)
@click.option("--fix", is_flag=True, help="Write the suggested lines into the profile's file.")
@click.option("--headed", is_flag=True, help="Show the browser.")
@click.option("--pictures", type=Output("directory"), metavar="DIR", help="Where the pictures go.")
def command(  # noqa: PLR0913 - one parameter for each option
    *,
    named: str | None,
    targets_file: Path | None,
    browser_path: str | None,
    browser_endpoint: str | None,
    to_payment: bool,
    fix: bool,
    headed: bool,
    pictures: Path | None,
) -> None:
    """Walk through a target without buying anything, and check that the scenarios will find what they need.

    Each stop has a line and a picture. For what is missing, the report lists what was there instead and, if possible,
    the line for the profile that would help; --fix writes those lines. Exit code: 0 the suite can run there, 1 the
    profile has to be completed first, 7 the target itself is in trouble.
    """
    try:
        found = find_profile(named, targets_file)
    except ProfileError as error:
        raise click.UsageError(str(error)) from None
    if fix and found.profile.kind == "fake":
        raise click.UsageError("--fix is for the profile of a site: the fake has what the suite looks for.")
    click.echo(f"Profile {found.name}, from {found.source}.")
    report = InspectionReport(found, pictures or pictures_directory("doctor", found.name))
    inspect_target(found, report, browser_path, endpoint=browser_endpoint, to_payment=to_payment, headed=headed)
    code = report.end(to_payment=to_payment)
    if fix and report.advice():
        write_advice(found, report)
        click.echo("Walk again to see whether they are enough: " + click.style("acceptance doctor", bold=True))
    raise SystemExit(code)
