"""Counts the situations that the spend guard stops, in a real browser: `python -m tests.tools.guard`.

Exit code 0 where each ends before a digit of a card is typed, or, for what changes while it is typed, before Pay is
pressed; 1 where one went through.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click
from playwright.sync_api import Error

from steps.browser.launch import open_browser
from steps.verdicts.verdict import UnverifiedError
from tests.suite.support.guard_changes import MOVED
from tests.suite.support.guard_situations import STOPPED, Situation
from tests.suite.support.guard_table import Table
from tests.suite.support.payment_stand import Stand

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import BrowserContext


def not_stopped(
    new_context: Callable[[], BrowserContext], situations: Mapping[str, Situation], *, typed: bool = False
) -> list[str]:
    """Return the situations in which a card reached a field, or, where it may be `typed`, was sent."""
    stand, through = Stand(), list[str]()
    with tempfile.TemporaryDirectory() as directory:
        for number, (name, situation) in enumerate(situations.items()):
            context = new_context()
            table = Table(stand, context, Path(directory) / f"{number}.jsonl")
            is_stopped = False
            try:
                table.meet(situation)
            except (UnverifiedError, Error):
                is_stopped = not table.watch.sent() and (typed or not table.watch.on_cards())
            through += [] if is_stopped else [name]
            context.close()
    stand.shutdown()
    stand.server_close()
    return through


def main() -> int:
    """Try each situation once, print how they ended, and return the exit code."""
    with open_browser(None) as browser:
        through = not_stopped(browser.new_context, STOPPED) + not_stopped(browser.new_context, MOVED, typed=True)
    click.echo(f"{len(STOPPED)} situations to end before a digit is typed, {len(MOVED)} to end before Pay is pressed.")
    click.echo(f"Went through: {', '.join(through) or 'none'}")
    return 1 if through else 0


if __name__ == "__main__":
    sys.exit(main())
