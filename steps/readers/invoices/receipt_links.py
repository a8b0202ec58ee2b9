"""What leads to a receipt: in the row of an invoice, or in a menu that opens from there."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from steps.readers.page.lines import PRESSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from steps.readers.page.snapshot import Element, Snapshot


_ELSEWHERE = re.compile(r"\W*(?:pay|retry|refund|cancel|dispute|edit)\b", re.IGNORECASE)
"""How something is called that does more than show an invoice."""
MORE = re.compile(r"\W*(?:more|actions?|options|menu|kebab)\b|\W*[\u2026\u22ee\u22ef]|\.\.\.$", re.IGNORECASE)
"""What opens a menu is called."""
FEW = 4
"""Words of what is pressed: a whole row is no way to a receipt."""


def receipt_among(elements: Sequence[Element], said: Mapping[int, str], names: Iterable[str]) -> int:
    """Return what of some elements is called a receipt, or else leads to a file that is one, -1 for nothing.

    `said` maps what can be pressed to what it is called, `names` are the profile's for a receipt.
    """
    called = receipts_called(said, names)
    leads = re.compile(r"pdf|receipt|invoice|download")
    leading = [at for at, name in said.items() if leads.search(elements[at].href) and not _ELSEWHERE.match(name)]
    return next(iter(called or leading), -1)


def receipts_called(said: Mapping[int, str], names: Iterable[str]) -> list[int]:
    """Return what is called a receipt, or a PDF."""
    words = re.compile("|".join(rf"\b{re.escape(one)}\b" for one in (*names, "pdf")), re.IGNORECASE)
    return [at for at, name in said.items() if words.search(name)]


def menu_among(elements: Sequence[Element], said: Mapping[int, str]) -> int:
    """Return what of some elements opens a menu, -1 for nothing; `said` maps what can be pressed to its name."""
    return next((at for at, name in said.items() if "popup" in elements[at].states or MORE.match(name)), -1)


def pressed_since(before: Snapshot | None, now: Snapshot) -> dict[int, str]:
    """Return what can be pressed and was not there before, with its name, or the few words of what has no role."""
    stood = Counter((one.role, name, one.href) for one, name in _called(before)) if before else Counter()
    said: dict[int, str] = {}
    for at, (one, name) in enumerate(_called(now)):
        known = one.role, name, one.href
        if (one.role in PRESSES or "pressable" in one.states) and name and not stood[known]:
            said[at] = name
        stood[known] -= 1 if stood[known] else 0
    return said


def _called(snapshot: Snapshot) -> Iterator[tuple[Element, str]]:
    """Yield the elements, each with its name; what can be pressed and has no role is called as it says."""
    words: dict[int, list[str]] = {at: [] for at, one in enumerate(snapshot.elements) if "pressable" in one.states}
    for piece in snapshot.texts if words else ():
        at = piece.element
        while at >= 0:
            if at in words:
                words[at] += piece.text.split()
            at = snapshot.elements[at].parent
    for at, one in enumerate(snapshot.elements):
        few = words.get(at, [])
        yield one, one.name or (" ".join(few) if len(few) <= FEW else "")
