"""What people see, and what stands in their way: things cut off, and what axe finds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

from steps.pages.page_scripts import script
from steps.pages.polling import ignore_navigation_errors, is_navigation_error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Frame, Page

    from steps.pages.input_device import ElementLike

GUIDELINES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""Axe's names of the Web Content Accessibility Guidelines 2.0 to 2.2, levels A and AA."""
_STILL = """(most) => Promise.race([
  Promise.allSettled(document.getAnimations()
    .filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime)).map((one) => one.finished)),
  new Promise((over) => setTimeout(over, most)),
])"""
_MOST = 1_000
"""Milliseconds: what still moves after that is looked at as it is."""
_LOADING = 5_000
"""Milliseconds: what has not loaded by then is looked at as it is."""


def let_load(page: Page) -> None:
    """Wait for all that a page is drawn with: before its styles are there, nothing has its size or its colour."""
    for frame in page.frames:
        with ignore_navigation_errors():
            frame.wait_for_load_state("load", timeout=_LOADING)


def clipped(needed: Mapping[str, ElementLike]) -> list[str]:
    """Name the things that nobody sees whole without moving the page sideways, each with the reason."""
    found = {name: str(thing.evaluate(script("cut_off"))) for name, thing in needed.items()}
    return [f"{name} {why}" for name, why in found.items() if why]


def axe_violations(page: Page, *rules: str) -> list[str]:
    """Give what axe finds on a page, by some rules or all of the guidelines': the rule, its sentence, the element."""
    from axe_playwright_python.base import AXE_SCRIPT

    let_load(page)
    page.evaluate(_STILL, _MOST)
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": GUIDELINES}
    options = {"runOnly": only, "resultTypes": ["violations"], "iframes": False}
    ask = f"async () => {{ {AXE_SCRIPT}; return (await axe.run({json.dumps(options)})).violations; }}"
    return [
        f"{one['id']}: {one['help']}: {node['html']}"
        for frame in page.frames
        if _is_seen(frame)
        for one in frame.evaluate(ask)
        for node in one["nodes"]
    ]


def _is_seen(frame: Frame) -> bool:
    """Tell a frame that shows; those for bookkeeping do not."""
    try:
        return frame.parent_frame is None or frame.frame_element().is_visible()
    except PlaywrightError as error:
        if is_navigation_error(error):
            return False
        raise
