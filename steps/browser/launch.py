"""A browser for the commands that look at a target outside of pytest."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from steps.browser.discovery import QUIET, choose_browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


class NoWindowError(Exception):
    """There is no screen here to show a browser on; the message is one sentence that says what to do."""


@contextlib.contextmanager
def browsing(named: str | None, *, headed: bool = False, endpoint: str | None = None) -> Iterator[Browser]:
    """Start a browser, the one that `named` says or the first one found, or reach the one behind `endpoint`.

    It is ended afterwards, or left. Raises NoBrowserError when there is none, NoWindowError when one is
    wanted in a window and there is no screen.
    """
    with sync_playwright() as playwright:
        engine = playwright.chromium
        if endpoint is not None:
            from steps.browser.remote import reach_browser

            with contextlib.closing(reach_browser(engine, endpoint)) as browser:
                yield browser
            return
        choice = choose_browser(engine.name, named, Path(engine.executable_path), headed=headed)
        try:
            browser = engine.launch(headless=not headed, executable_path=choice.path, args=list(QUIET))
        except PlaywrightError as error:
            if headed:
                raise NoWindowError(
                    "No browser window can be shown here; do this on a machine with a screen, and bring the file along."
                ) from error
            raise
        try:
            yield browser
        finally:
            browser.close()
