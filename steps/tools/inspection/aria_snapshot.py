"""Reads Playwright's ARIA snapshots: what a page shows, by role and name."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

from steps.safety.typed_text import without_typed_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Frame

_LINE = re.compile(
    r'(?P<indent>\s*)-\s*(?P<role>[a-z]+)(?: (?P<name>"(?:[^"\\]|\\.)*"))?(?P<state>(?: \[[^\]]*\])*):?\s*(?P<text>.*)'
)
_QUOTED = re.compile(r"(?<=- )'((?:[^']|'')*)'")
"""A line in YAML's single quotes."""
_IFRAME = re.compile(r"(?P<indent>\s*)- iframe\b.*")
_LIMIT = 3_000
"""Time limit of one snapshot, in milliseconds."""


@dataclass(frozen=True)
class AriaNode:
    """One line of a snapshot: `name` is the accessible name, `text` the content."""

    role: str
    name: str
    text: str
    state: tuple[str, ...] = ()
    """For example "disabled", "checked", "selected", "level=2"."""
    depth: int = 0

    @property
    def says(self) -> str:
        """The name, or else the text."""
        return self.name or self.text


def parts_of(snapshot: str) -> Iterator[AriaNode]:
    """Parse a snapshot line by line, without properties such as the addresses of links."""
    for line in snapshot.splitlines():
        match = _LINE.fullmatch(_QUOTED.sub(lambda found: found[1].replace("''", "'"), line))
        if match:
            name = json.loads(match["name"]) if match["name"] else ""
            text = match["text"].strip().strip("\"'")
            state = tuple(re.findall(r"\[([^\]]*)\]", match["state"]))
            yield AriaNode(match["role"], name, text, state, len(match["indent"]) // 2)


def snapshot_of(frame: Frame) -> str:
    """Return the snapshot of a page or frame, including nested frames, without what was typed into fields.

    Returns "" if it cannot be read, for example while the frame is being replaced.
    """
    try:
        lines = without_typed_text(frame.locator("body").aria_snapshot(timeout=_LIMIT)).splitlines()
        inner = iter([child for child in frame.child_frames if child.frame_element().is_visible()])
    except PlaywrightError:
        return ""
    taken: list[str] = []
    for line in lines:
        taken.append(line)
        child = next(inner, None) if (found := _IFRAME.fullmatch(line)) else None
        if found and child:
            taken += [f"{found['indent']}  {one}" for one in snapshot_of(child).splitlines()]
    return "\n".join(taken)
