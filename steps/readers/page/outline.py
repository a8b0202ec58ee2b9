"""What is in front of a person, line by line, for messages about what was not found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.readers.page.lines import PRESSES, layout_of
from steps.readers.page.section import current_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from steps.readers.page.snapshot import Snapshot
    from steps.targets.labels import Labels

_STATES = ("disabled", "checked", "selected", "pressed", "expanded")
_NAMED = PRESSES | {"textbox", "searchbox", "spinbutton", "progressbar", "meter", "img"}


def outline_of_current_plan(snapshot: Snapshot, labels: Labels) -> list[str]:
    """Return what the section Current Plan holds, [] where no title tells where it stands."""
    section = current_plan(layout_of(snapshot), labels)
    return outline(snapshot, section.reaches) if section.titled else []


def outline(snapshot: Snapshot, is_meant: Callable[[int], bool] = lambda _: True) -> list[str]:
    """Return what the dialog on top, or else the page, holds: what can be pressed, headings and lines of text.

    Of its elements, by their places in the snapshot, only those that are meant.
    """
    layout = layout_of(snapshot)
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
    return [words for at, words in sorted(found, key=lambda one: one[0]) if is_meant(at)]
