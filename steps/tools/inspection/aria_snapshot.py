"""Reads Playwright's ARIA snapshots: what a page shows, by role and name."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml
from playwright.sync_api import Error as PlaywrightError

from steps.safety.typed_text import without_typed_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Frame

_NODE = re.compile(r'(?P<role>[a-z]+)(?: (?P<name>"(?:[^"\\]|\\.)*"))?(?P<state>(?: \[[^\]]*\])*)')
_IFRAME = re.compile(r"(?P<indent>\s*)- iframe\b.*")
_LIMIT = 3_000
"""Time limit of one snapshot, in milliseconds."""


@dataclass(frozen=True)
class AriaNode:
    """A node of a snapshot; `name` is what assistive technology calls it, `text` what stands in it."""

    role: str
    name: str
    text: str = ""
    state: tuple[str, ...] = ()
    """Such as "disabled", "checked", "selected", "level=2"."""
    children: tuple[AriaNode, ...] = ()

    @property
    def says(self) -> str:
        """The name, or else the text."""
        return self.name or self.text

    def walk(self) -> Iterator[AriaNode]:
        """Iterate over the node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


def tree_of(snapshot: str) -> tuple[AriaNode, ...]:
    """Return the nodes of a snapshot, which is YAML; properties such as addresses of links are left out.

    Raises yaml.YAMLError.
    """
    return _nodes(yaml.load(snapshot, Loader=yaml.BaseLoader))  # noqa: S506 - this loader makes nothing but text


def parts_of(snapshot: str) -> Iterator[AriaNode]:
    """Iterate over all nodes of a snapshot, in reading order."""
    return (part for node in tree_of(snapshot) for part in node.walk())


def _nodes(entries: Any) -> tuple[AriaNode, ...]:
    pairs = [pair for one in entries or [] for pair in (one.items() if isinstance(one, dict) else [(one, "")])]
    return tuple(_node(match, within) for key, within in pairs if (match := _NODE.fullmatch(key)))


def _node(match: re.Match[str], within: Any) -> AriaNode:
    name = json.loads(match["name"]) if match["name"] else ""
    state = tuple(re.findall(r"\[([^\]]*)\]", match["state"]))
    text, below = (within, ()) if isinstance(within, str) else ("", _nodes(within))
    return AriaNode(match["role"], name, text, state, below)


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
        found = _IFRAME.fullmatch(line)
        child = next(inner, None) if found else None
        below = snapshot_of(child).splitlines() if child else []
        taken.append(line + (":" if below else ""))
        taken += [f"{found['indent']}  {one}" for one in below] if found else []
    return "\n".join(taken)
