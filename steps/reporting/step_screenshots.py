"""`--pictures`: a picture of what the browser shows after each step, for a report that is a picture book."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from steps.runner.run_context import RUN

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DIRECTORY = "pictures"
BROWSER_DRIVEN = pytest.StashKey["Browser"]()
_SECRET = "input[type=password], input[autocomplete^=cc-], input[autocomplete=one-time-code]"  # noqa: S105 - a selector
_LIMIT = 3_000
"""Milliseconds that one picture may take."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.getgroup("acceptance").addoption(
        "--pictures", action="store_true", help="Take a picture at each step, for the report."
    )


def take_picture(config: pytest.Config) -> str | None:
    """Picture the newest tab and give the file's path relative to the run's directory; None where nothing shows.

    The same picture is kept once: its name is its content's. Fields for passwords, codes and cards are covered.
    """
    if not config.getoption("--pictures") or BROWSER_DRIVEN not in config.stash:
        return None
    page = newest_page(config.stash[BROWSER_DRIVEN])
    picture = _pictured(page) if page else None
    if picture is None:
        return None
    name = f"{DIRECTORY}/{hashlib.sha256(picture).hexdigest()[:20]}.jpeg"
    file = config.stash[RUN].directory / name
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.write_bytes(picture)
    return name


def newest_page(browser: Browser) -> Page | None:
    """Return the tab that was opened last, if any shows a page."""
    pages = [page for context in browser.contexts for page in context.pages if page.url != "about:blank"]
    return pages[-1] if pages else None


def _pictured(page: Page) -> bytes | None:
    from playwright.sync_api import Error

    try:
        return page.screenshot(
            type="jpeg",
            quality=65,
            scale="css",
            timeout=_LIMIT,
            mask=[page.locator(_SECRET)],
            mask_color="#c4cad4",
            caret="hide",
        )
    except Error:  # the page is on its way somewhere, or gone: a picture is never worth a scenario
        return None
