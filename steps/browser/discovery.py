"""Which browser to drive, and why: one that is named first, then Playwright's own, then one of the system's."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import platformdirs

if TYPE_CHECKING:
    from steps.targets.profile import Profile

BROWSER_VARIABLE = "ACCEPTANCE_BROWSER"
SYSTEM_BROWSERS = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
_USUAL_PLACES = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path(os.environ.get("PROGRAMFILES", "C:/Program Files")) / "Google/Chrome/Application/chrome.exe",
    Path(os.environ.get("PROGRAMFILES(X86)", "C:/Program Files (x86)")) / "Google/Chrome/Application/chrome.exe",
)
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--deny-permission-prompts",
)
HELP = (
    "Install one with `acceptance browser`, or name one with --browser-path PATH "
    f"or the environment variable {BROWSER_VARIABLE}."
)


class NoBrowserError(Exception):
    """No browser can be started; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class BrowserChoice:
    """A browser and the reason for choosing it; `path` is None for Playwright's own."""

    path: Path | None
    why: str

    def __str__(self) -> str:
        """Return the choice as the run's header shows it."""
        return f"{self.path or 'Playwright’s own'} ({self.why})"


def choose_browser(engine: str, named: str | None, own: Path, *, headed: bool = False) -> BrowserChoice:
    """Choose the browser for an engine ("chromium", "firefox", "webkit").

    `named` is the browser given on the command line, `own` the path of Playwright's own build of the engine. Raises
    NoBrowserError if there is none.
    """
    for value, why in ((named, "--browser-path"), (os.environ.get(BROWSER_VARIABLE), BROWSER_VARIABLE)):
        if value:
            return named_browser(value, why)
    if own.exists():
        return BrowserChoice(None, "installed by Playwright")
    if engine != "chromium":
        raise NoBrowserError(f"There is no {engine} here; install it with `playwright install {engine}`.")
    found = system_browser(headed=headed)
    if found is None:
        raise NoBrowserError(f"There is no {'browser with a window' if headed else 'browser'} here. {HELP}")
    return BrowserChoice(found, "found on this system")


def playwright_build_path(engine: str, *, headed: bool = False) -> Path:
    """Return the directory in which Playwright keeps its build of an engine, whether it exists or not.

    It is read from the driver's list of browsers, because starting the driver takes too long for the run's header.
    """
    import playwright

    listed = json.loads((Path(playwright.__file__).parent / "driver/package/browsers.json").read_text("utf-8"))
    name = "chromium-headless-shell" if engine == "chromium" and not headed else engine
    revision = next(one["revision"] for one in listed["browsers"] if one["name"] == name)
    kept = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    cache = Path(kept) if kept else platformdirs.user_cache_path("ms-playwright", appauthor=False, opinion=False)
    return cache / f"{name.replace('-', '_')}-{revision}"


def context_options(profile: Profile) -> dict[str, Any]:
    """Return the options of each browser context. Language and time zone are fixed, because pages depend on them."""
    options: dict[str, Any] = {
        "locale": profile.locale,
        "timezone_id": profile.zone,
        "viewport": {"width": 1280, "height": 900},
    }
    access = profile.access
    if access.any_certificate:
        options["ignore_https_errors"] = True
    if access.user:
        parts = urlsplit(profile.base)
        origin = f"{parts.scheme}://{parts.netloc}"
        options["http_credentials"] = {"username": access.user, "password": access.password, "origin": origin}
    return options


def system_browser(*, headed: bool = False) -> Path | None:
    """Find a headless shell, Chromium or Chrome on this system; a headless shell cannot show a window."""
    names = [name for name in SYSTEM_BROWSERS if not (headed and "headless" in name)]
    found = next((path for name in names if (path := shutil.which(name))), None)
    return Path(found) if found else next((path for path in _USUAL_PLACES if path.is_file()), None)


def named_browser(value: str, why: str) -> BrowserChoice:
    """Return the browser that somebody has named. Raises NoBrowserError where it is no program."""
    path = shutil.which(value)
    if path is None or Path(path).is_dir():
        raise NoBrowserError(f"{why} names {value}, which is not a program that can be started. {HELP}")
    return BrowserChoice(Path(path), why)
