"""What people can see, and what keeps them out: clipped elements, and what axe finds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

from steps.pages.input_device import MouseInput
from steps.pages.page_scripts import script
from steps.pages.polling import ignore_navigation_errors, is_navigation_error, until

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Frame, Page

    from steps.pages.input_device import ElementLike, InputDevice

GUIDELINES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""Axe's names of the Web Content Accessibility Guidelines 2.0 to 2.2, levels A and AA."""
_STILL = """(most) => Promise.race([
  Promise.allSettled(document.getAnimations()
    .filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime)).map((one) => one.finished)),
  new Promise((over) => setTimeout(over, most)),
])"""
_FOUND = """({ violations, incomplete }) => [...violations, ...incomplete
  .map((one) => ({ ...one, nodes: one.nodes
    .filter((node) => node.any.some((why) => why.data?.messageKey === 'equalRatio')) }))
  .filter((one) => one.nodes.length)]"""
"""Returns what axe calls violations, and texts in the colour of their ground, of which it says that it cannot tell."""
_MOST = 1_000
"""Longest wait for animations, in milliseconds."""
_ARRIVES = 1.0
"""Seconds in which what slides in arrives."""
_COVERS = 4
"""How many things that lie over a page are closed, one after the other; one that comes back is not closed for ever."""
_LOADING = 5_000
"""Longest wait for a frame to load, in milliseconds."""


def wait_until_loaded(page: Page) -> None:
    """Wait until all frames have loaded: without styles nothing has its size or colour."""
    for frame in page.frames:
        with ignore_navigation_errors():
            frame.wait_for_load_state("load", timeout=_LOADING)


def clipped(needed: Mapping[str, ElementLike]) -> list[str]:
    """Return the names of the elements that are not fully visible without scrolling sideways, each with the reason.

    What still slides in is given a moment to arrive.
    """
    found: list[str] = []

    def is_clear() -> bool:
        reasons = {name: str(thing.evaluate(script("cut_off"))) for name, thing in needed.items()}
        found[:] = [f"{name} {why}" for name, why in reasons.items() if why]
        return not found

    until(is_clear, _ARRIVES)
    return found


def still_clipped(needed: Callable[[], Mapping[str, ElementLike]], device: InputDevice) -> list[str]:
    """Return what `clipped` does, once news that came to lie over any of it are closed by their own control."""
    found = clipped(needed())
    for _ in range(_COVERS):
        if not found or not isinstance(device, MouseInput) or not any(map(device.uncover, needed().values())):
            break
        found = clipped(needed())
    return found


def axe_violations(page: Page, *rules: str) -> list[str]:
    """Return axe's violations of some rules or of all guidelines: the rule, its description, the element."""
    from axe_playwright_python.base import AXE_SCRIPT

    wait_until_loaded(page)
    page.evaluate(_STILL, _MOST)
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": GUIDELINES}
    options = {"runOnly": only, "resultTypes": ["violations", "incomplete"], "iframes": False}
    ask = f"async () => {{ {AXE_SCRIPT}; return ({_FOUND})(await axe.run({json.dumps(options)})); }}"
    return [
        f"{one['id']}: {one['help']}: {node['html']}"
        for frame in page.frames
        if _is_seen(frame)
        for one in frame.evaluate(ask)
        for node in one["nodes"]
    ]


def _is_seen(frame: Frame) -> bool:
    """Whether a frame is visible; frames for bookkeeping are not."""
    try:
        return frame.parent_frame is None or frame.frame_element().is_visible()
    except PlaywrightError as error:
        if is_navigation_error(error):
            return False
        raise
