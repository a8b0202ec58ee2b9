"""What the suite saw of a page when a step failed, as a file that its readers can read again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from steps.readers.page.capture import capture, selectors_of
from steps.readers.page.snapshot import encode
from steps.reporting.step_screenshots import BROWSER_DRIVEN, newest_page
from steps.runner.run_context import RUN

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from playwright.sync_api import Page

    from steps.safety.redactor import Redactor
    from steps.targets.profile import Profile

DIRECTORY = "snapshots"


def save_newest(config: pytest.Config) -> str | None:
    """Save the newest tab and return the file's path relative to the run's directory; None where nothing shows."""
    run = config.stash[RUN]
    page = newest_page(config.stash[BROWSER_DRIVEN]) if BROWSER_DRIVEN in config.stash else None
    saved = save(page, run.profile, run.secrets, run.directory / DIRECTORY) if page else None
    return f"{DIRECTORY}/{saved.name}" if saved else None


def save(page: Page, profile: Profile, secrets: Redactor, place: Path, name: str = "") -> Path | None:
    """Save a page's snapshot as JSON, without secrets; typed text is never in one. None where the page is gone.

    The same snapshot is kept once where no name is given: its name is its content's.
    """
    from playwright.sync_api import Error

    try:
        text = secrets.redact(encode(capture(page, selectors_of(profile))).decode())
    except Error:  # the page is on its way somewhere, or gone
        return None
    file = place / f"{name or hashlib.sha256(text.encode()).hexdigest()[:20]}.json"
    place.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file
