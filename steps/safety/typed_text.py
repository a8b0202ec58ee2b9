"""Removes from ARIA snapshots what was typed into fields, which may be personal data or a secret."""

from __future__ import annotations

import re

_FIELD = re.compile(
    r"(?P<line>(?P<indent> *)- (?P<quote>'?)(?:textbox|searchbox|spinbutton|combobox)\b"
    r"(?: \"(?:[^\"\\]|\\.)*\")?(?: \[[^\]]*\])*(?P=quote))(?::.*)?"
)
_OFFERED = re.compile(r" *- (?:'?(?:option|group)\b|/)")
"""What a field contains without anybody typing: the options of a list, and properties such as its placeholder."""


def without_typed_text(snapshot: str) -> str:
    """Return a Playwright ARIA snapshot without the values of its fields.

    A value follows the field's name, or is a child of the field: beside a placeholder, or in a rich text field.
    """
    kept: list[str] = []
    field: re.Match[str] | None = None
    for line in snapshot.splitlines():
        if field and len(line) - len(line.lstrip()) > len(field["indent"]):
            if _OFFERED.match(line):
                kept += [f"{kept.pop()}:", line] if kept[-1] == field["line"] else [line]
            continue
        field = _FIELD.fullmatch(line)
        kept.append(field["line"] if field else line)
    return "\n".join(kept)
