"""To whom a receipt is made out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LABEL = re.compile(r"\s*(?:bill(?:ed)?|invoiced?|sold|issued) to\b\W*(?P<name>.*)", re.IGNORECASE)


def stranger_on(text: str, known: Iterable[str], shown: Iterable[str]) -> str:
    """Return to whom a receipt is billed that names none who is `known`; "" where it is billed to one of them.

    So it is where it says nothing of it, or is billed to what a line that the site has `shown` tells.
    """
    told = f" {_plain(text)} "
    if any(f" {name} " in told for name in map(_plain, known) if name):
        return ""
    recipient = _recipient_of(text)
    return "" if any(_plain(recipient) in line for line in map(_plain, shown)) else recipient


def another_order_on(text: str, number: str, names: Iterable[str]) -> str:
    """Return the line with another PO number than a company's, by what that is called; "" where there is none."""
    label = re.compile(rf"\s*(?:{'|'.join(map(re.escape, names))})\b\W*(?P<number>\S*\d\S*)\s*", re.IGNORECASE)
    if not re.search(r"\w", number) or _plain(number) in _plain(text):
        return ""
    return next((line.strip() for line in text.splitlines() if label.fullmatch(line)), "")


def has_name(text: str, name: str) -> bool:
    """Whether a text has a company's name in it, however it is written there."""
    return bool(_plain(name)) and f" {_plain(name)} " in f" {_plain(text)} "


def _recipient_of(text: str) -> str:
    """Return what stands behind "Billed to", or on the line below it; "" where nothing does."""
    lines = [line.strip() for line in text.splitlines()]
    found = (
        (one, below) for line, below in zip(lines, [*lines[1:], ""], strict=True) if (one := _LABEL.fullmatch(line))
    )
    return next((one["name"].strip() or below for one, below in found), "")


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold()))
