"""What is in front of a person, line by line, for messages about what was not found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.readers.lines import PRESSES, Layout

if TYPE_CHECKING:
    from steps.readers.snapshot import Snapshot

_STATES = ("disabled", "checked", "selected", "pressed", "expanded")
_NAMED = PRESSES | {"textbox", "searchbox", "spinbutton", "progressbar", "meter", "img"}


def outline(snapshot: Snapshot) -> list[str]:
    """Return what the dialog on top, or else the page, holds: what can be pressed, headings and lines of text."""
    layout = Layout(snapshot)
    found: list[tuple[int, str]] = []
    named = set()
    for at, one in enumerate(snapshot.elements):
        if one.name and (one.role in _NAMED or "pressable" in one.states) and layout.is_front(at):
            states = "".join(f" [{state}]" for state in _STATES if state in one.states)
            found.append((at, f'{one.role or "text"} "{one.name}"{states}'))
            named.add(at)
    for line in layout.lines:
        if not named.intersection(layout.around(line.elements[0])):
            level = layout.level(line)
            words = f'heading "{line.text}" [level={level}]' if level else f"text: {line.text}"
            found.append((line.elements[0], words))
    return [words for _, words in sorted(found, key=lambda one: one[0])]
