"""`acceptance browser`: show which browser would be used, and install one if there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click

from steps.browser.discovery import BROWSER_VARIABLE, BrowserChoice, NoBrowserError, choose_browser

_PACKAGE = "chromium-headless-shell"


@click.command("browser")
@click.option("--check", is_flag=True, help="Only say what is there; install nothing.")
def command(*, check: bool) -> None:
    """Find the browser that scenarios run in, and install one if there is none."""
    for way in (None, _from_playwright, _from_apt):
        if way is not None:
            if check:
                break
            way()
        choice = _found()
        if choice is not None:
            click.echo(f"Browser: {choice}")
            return
    raise click.ClickException(
        "There is no browser here, and none could be installed. Install Chromium or Chrome, or name one "
        f"with the environment variable {BROWSER_VARIABLE}."
    )


def _found() -> BrowserChoice | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    try:
        return choose_browser("chromium", None, own)
    except NoBrowserError:
        return None


def _from_playwright() -> None:
    click.echo("No browser yet: asking Playwright for one …")
    _run([sys.executable, "-m", "playwright", "install", "chromium-headless-shell"])


def _from_apt() -> None:
    """Install Debian's package, if this user may."""
    apt = shutil.which("apt-get")
    if apt is None:
        return
    if os.geteuid() != 0:
        click.echo(f"Playwright could not download one. `sudo apt-get install {_PACKAGE}` would install the system's.")
        return
    click.echo(f"Playwright could not download one: installing the system's {_PACKAGE} …")
    _run([apt, "update", "-qq"])
    _run([apt, "install", "-y", "-qq", "--no-install-recommends", _PACKAGE, "fonts-dejavu-core"])


def _run(arguments: list[str]) -> None:
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(arguments, check=False, **quiet)  # type: ignore[call-overload] # noqa: S603 - fixed programs
