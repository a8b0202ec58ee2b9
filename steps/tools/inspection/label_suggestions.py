"""Suggests what a page calls something that it does not call by its documented name, for a person to confirm."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

from steps.pages.base_page import PRESSED
from steps.safety.typed_text import without_typed_text
from steps.tools.inspection.aria_snapshot import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from playwright.sync_api import Locator

    from steps.readers.credits.credits import Shown
    from steps.targets.labels import Labels

_SAME_MEANING = {
    "workspace_settings": r"settings?|preferences?|workspace|organi[sz]ation|team|admin\w*|manage|company|options",
    "billing": r"billing|payments?|subscriptions?|plans?|pricing|costs?|fees|usage|credits?|invoices?",
    "current_plan": r"plan|subscription|current|active|your|credits?|usage|balance",
    "billing_information": r"billing|information|info|details|address|company|payment",
    "invoices": r"invoices?|receipts?|history|transactions?|bills?|past|payments?",
    "add_credits": r"add|buy|get|top.?up|purchase|refill|recharge|more|extra|credits?|tokens?",
    "users": r"users?|members?|people|team",
    "upgrade_plan": r"upgrade|change|switch|manage|plans?|subscription|downgrade|compare",
    "monthly_credits": r"monthly|month|included|plan|subscription|credits?|allowance|quota",
    "add_on_credits": r"add.?ons?|extra|bought|purchased|additional|top.?ups?|bonus|credits?",
}
"""Words that sites use for the same thing."""
TO_PRESS = frozenset({"workspace_settings", "billing", "users", "add_credits", "upgrade_plan"})
"""The labels of what a person presses."""
_NOT_PRESSED = frozenset((
    "columnheader", "dialog", "heading", "navigation", "progressbar", "region", "row", "rowgroup", "rowheader", "table",
    "tablist", "tabpanel", "term",
))  # fmt: skip
"""Roles that are never pressed, whatever their name."""
_LONGEST = 40
"""Longest name, in characters; anything longer is a sentence."""
_ENOUGH = 1.0
_OF_ALL = re.compile(r"\d|^\W*(?:all|total|overall|sum|used|usage|consumed|available|remaining|left)\b", re.IGNORECASE)
"""How a name begins that is no label of one kind of credits; nor has such a label a number."""


@dataclass(frozen=True)
class ElementLike:
    """Something on a page that has a name; its role is the accessible role, or "text"."""

    role: str
    name: str

    def __str__(self) -> str:
        """Return role and name as other messages show them."""
        return f'{self.role} "{self.name}"'


def named_elements(part: Locator) -> list[ElementLike]:
    """Return the elements with a name in a part of a page, in document order."""
    try:
        snapshot = without_typed_text(part.aria_snapshot(timeout=3000))
    except PlaywrightError:
        return []
    found = [ElementLike(part.role, part.says) for part in parts_of(snapshot) if part.says]
    return list(dict.fromkeys(found))


def suggest(key: str, among: Iterable[ElementLike], labels: Labels) -> ElementLike | None:
    """Return the element that a label most likely refers to, if any is likely enough."""
    others = {name.lower() for other in labels.__struct_fields__ if other != key for name in labels.of(other).names}
    hints = re.compile(rf"\b(?:{_SAME_MEANING[key]})\b", re.IGNORECASE)
    names = [name.lower() for name in labels.of(key).names]

    def likeness(thing: ElementLike) -> float:
        alike = max((difflib.SequenceMatcher(None, thing.name.lower(), name).ratio() for name in names), default=0)
        hinted = len({found.lower() for found in hints.findall(thing.name)})
        of_words = hinted / max(1, len(thing.name.split()))
        return hinted + of_words + alike + (0.5 if key in TO_PRESS and thing.role in PRESSED else 0)

    possible = [
        thing
        for thing in among
        if len(thing.name) <= _LONGEST
        and thing.name.lower() not in others
        and re.search(r"[^\W\d]", thing.name)
        and not (key in TO_PRESS and (thing.role in _NOT_PRESSED or re.search(r"\d", thing.name)))
    ]
    best = max(possible, key=likeness, default=None)
    return best if best is not None and likeness(best) >= _ENOUGH + (0.5 if key in TO_PRESS else 0) else None


def likely_labels(
    key: str, shown: Sequence[Shown], on_page: Iterable[ElementLike], labels: Labels
) -> list[ElementLike]:
    """Return what may be the label of one kind of credits, where one is likely: what stands before a number first.

    `shown` are the lines of Current Plan. What is said of all credits is none.
    """
    others = [*labels.of("monthly_credits").names, *labels.of("current_plan").names]
    before = [ElementLike("text", one.text) for one, two in pairwise(shown) if re.match(r"\W*\d", two.text)]
    for found in (before, [one for one in on_page if "credit" in one.name.lower()]):
        of_one = [one for one in found if not (_OF_ALL.search(one.name) or any(name in one.name for name in others))]
        if suggest(key, of_one, labels):
            return of_one
    return []
