"""A bank's challenge (3-D Secure): what completes it, and what fails it, in whichever frame it shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.pages.payment_outcome import is_frame_visible

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Locator

_PUBLISHED = "three-ds-2-challenge"
"""What stands in the address of the frame that test cards are challenged in."""
_ANSWERS = {
    True: ("#test-source-authorize-3ds", "complete|authori[sz]e|approve|pass"),
    False: ("#test-source-fail-3ds", "fail|reject|decline|cancel"),
}
"""What completes a challenge and what fails it: its published id, and how its name begins elsewhere."""
_OF_A_CHALLENGE = r"\W+(?:the )?(?:authentication|challenge|verification|3-?d secure)\b"


def is_published_challenge(frame: Frame) -> bool:
    """Whether a frame is the one that test cards are challenged in."""
    return _PUBLISHED in frame.url and is_frame_visible(frame)


def has_answer(frame: Frame) -> bool:
    """Whether a challenge can be completed or failed in a frame."""
    return any(answer_in(frame, complete=one) is not None for one in (True, False))


def answer_in(frame: Frame, *, complete: bool) -> Locator | None:
    """Return what completes or fails a challenge in a frame; a word alone does where its opposite stands beside it."""
    published = frame.locator(_ANSWERS[complete][0]).filter(visible=True)
    named = _named(frame, _OF_A_CHALLENGE, complete=complete)
    if not (found := published.or_(named)).count():
        found = _named(frame, r"\W*$", complete=complete)
        if not found.count() or not _named(frame, r"\W*$", complete=not complete).count():
            return None
    return found.first


def _named(frame: Frame, behind: str, *, complete: bool) -> Locator:
    name = re.compile(rf"^\W*(?:{_ANSWERS[complete][1]}){behind}", re.IGNORECASE)
    return frame.get_by_role("button", name=name).or_(frame.get_by_role("link", name=name)).filter(visible=True)
