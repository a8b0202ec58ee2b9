"""`acceptance sign-in`: let a person sign in, by any method that the site offers, and save the session."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from steps.cli._options import Minutes, browser_path_option, target_option, targets_file_option
from steps.targets.profile_loader import ProfileError, find_profile
from steps.targets.saved_sessions import session_file
from steps.targets.state_directory import write_privately
from steps.verdicts.verdict import TargetUnavailableError

if TYPE_CHECKING:
    from pathlib import Path

    from steps.targets.profile_loader import FoundProfile


@click.command("sign-in")
@target_option("The profile whose site is signed in to")
@click.option("--as", "session", default="default", metavar="SESSION", help="Name or file of the session.")
@targets_file_option
@browser_path_option
@click.option(
    "--wait",
    type=Minutes(min=0, min_open=True),
    default=10.0,
    metavar="MINUTES",
    help="How long to wait for you (default: 10).",
)
@click.option("--headless", is_flag=True, hidden=True, help="Open no window: for tests of this command.")
def command(  # noqa: PLR0913 - one parameter for each option
    *, named: str | None, session: str, targets_file: Path | None, browser_path: str | None, wait: float, headless: bool
) -> None:
    """Sign in manually, once, and save the session for later runs.

    A browser window opens on the target. Sign in there by any method that the site offers. Then the session is saved in
    a file that only you can read, and the window closes. To cancel, close the window.
    """
    try:
        found = find_profile(named, targets_file)
    except ProfileError as error:
        raise click.UsageError(str(error)) from None
    if found.profile.kind == "fake":
        raise click.UsageError("The fake needs no saved session: each scenario is signed in by its control API.")
    save_session(found, session, browser_path, wait, headless=headless)
    if not any(account.session == session for account in found.profile.accounts):
        click.echo(f'Use it in the profile: accounts = [{{ session = "{session}" }}]')


def save_session(
    found: FoundProfile, session: str, browser_path: str | None, minutes: float, *, headless: bool = False
) -> None:
    """Open a window, wait until a person has signed in, and save the session."""
    from steps.actors.authentication import SignInAbortedError, sign_in_manually
    from steps.browser.discovery import NoBrowserError
    from steps.browser.launch import NoWindowError, open_browser

    profile = found.profile
    click.echo(f"Sign in at {profile.address(profile.routes.start)}; close the window to cancel.")
    try:
        with open_browser(browser_path, headed=not headless) as browser:
            state = sign_in_manually(browser, profile, minutes * 60)
    except (NoBrowserError, NoWindowError, TargetUnavailableError) as error:
        raise click.ClickException(str(error)) from None
    except SignInAbortedError as error:
        asked = error.state is not None and sys.stdin.isatty()
        if error.state is None or not asked or not click.confirm(f"{error}\nSave it anyway?", default=False):
            raise click.ClickException(f"{error} Nothing was saved.") from None
        state = error.state
    file = session_file(found.name, session)
    write_privately(file, state)
    click.echo(f"Saved, readable only by you: {file}")
