"""Starts a browser for commands that visit a target outside of pytest."""

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
    """No window can be shown on this machine; the message is one sentence that says what to do."""


@contextlib.contextmanager
def open_browser(named: str | None, *, headed: bool = False, endpoint: str | None = None) -> Iterator[Browser]:
    """Start the browser that `named` names, or the first one found, or connect to the one at `endpoint`.

    It is closed afterwards, or disconnected from. Raises NoBrowserError if there is none, and NoWindowError if `headed`
    is set and no window can be shown.
    """
    with sync_playwright() as playwright:
        engine = playwright.chromium
        if endpoint is not None:
            from steps.browser.remote import connect_browser

            with contextlib.closing(connect_browser(engine, endpoint)) as browser:
                yield browser
            return
        choice = choose_browser(engine.name, named, Path(engine.executable_path), headed=headed)
        try:
            browser = engine.launch(headless=not headed, executable_path=choice.path, args=list(QUIET))
        except PlaywrightError as error:
            if headed:
                raise NoWindowError(
                    "No browser window can be shown here; use a machine with a screen, and copy what it saves."
                ) from error
            raise
        try:
            yield browser
        finally:
            browser.close()
