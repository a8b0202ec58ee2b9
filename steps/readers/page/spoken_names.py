"""What a screen reader hears of controls, held against what they show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.readers.page.lines import layout_of

if TYPE_CHECKING:
    from steps.readers.page.snapshot import Snapshot

_PRESSED = frozenset({"button", "link", "radio", "checkbox", "option", "menuitem", "tab", "switch"})
_NUMBER = re.compile(r"\d[\d.,]*")


def misnamed_controls(snapshot: Snapshot) -> list[str]:
    """Return the controls that show numbers and are named by others alone: "22,000 credits", heard as "2,000 credits".

    What shows stands in the name (WCAG 2.5.3); names without numbers are left to axe.
    """
    layout = layout_of(snapshot)
    found = []
    for at, one in enumerate(snapshot.elements):
        if one.role not in _PRESSED or not (heard := _numbers(one.name)):
            continue
        said = " ".join(line.text for line in layout.lines_of([at]))
        if (shown := _numbers(said)) and not shown & heard:
            found.append(f"“{said}” is named “{one.name}”")
    return found


def _numbers(text: str) -> set[str]:
    return {re.sub(r"\D", "", one) for one in _NUMBER.findall(text)}
