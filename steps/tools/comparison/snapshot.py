"""What a stop shows, ready to be compared: by role and name, without what differs from day to day."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from steps.targets.labels import Labels
from steps.tools.inspection.aria_snapshot import AriaNode, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from steps.tools.comparison.recording import Recording

_UNNAMED = frozenset(("button", "link", "textbox", "combobox", "checkbox", "radio", "tab", "progressbar", "switch"))
"""What is of interest even without a name."""
_NAMED = _UNNAMED | frozenset((
    "columnheader", "heading", "img", "menuitem", "menuitemcheckbox", "menuitemradio", "meter", "option", "rowheader",
    "searchbox", "slider", "spinbutton", "term", "treeitem",
))  # fmt: skip
"""Controls, and names that something goes by; everything else is only read."""
_STATES = ("disabled", "checked", "selected", "pressed", "expanded")
PLAN = "[the plan]"
"""Stands for the name of the account's plan."""
_MOST_OPTIONS = 12
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_CHANGING = {
    "a date": re.compile(
        rf"\d{{4}}-\d\d-\d\d|\d{{1,2}}\.? {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}"
        r"|\b(?:today|yesterday|just now|never)\b|\b\d+ (?:second|minute|hour|day|week|month)s? ago\b",
        re.IGNORECASE,
    ),
    "a time": re.compile(r"\b\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: UTC)?", re.IGNORECASE),
    "a number": re.compile(r"\b(?:(?=\w*[A-Z])[A-Z0-9]{4,}|\d{6,})-\d{3,}\b"),
    "an id": re.compile(r"\b[a-z]{2,8}_[A-Za-z0-9]{8,}\b|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b(?=\w*\d)[0-9a-f]{16,}\b"),
    "an address": re.compile(r"\bhttps?://\S+|\b(?:localhost|\d+\.\d+\.\d+\.\d+):\d+"),
}
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_NUMBER = re.compile(r"\d(?:[\d.,\u00a0\u202f]*\d)?")
_CREDITS_OR_MONEY = re.compile(r"\d\s*credits?\b|[$€£¥₫₹]\s?\d|\d\s?(?:USD|EUR|[€₫])", re.IGNORECASE)


@dataclass(frozen=True)
class SnapshotNode:
    """One thing that a stop shows."""

    role: str
    """"text" for all that is only read."""
    raw: str
    says: str
    """What it says, without dates and the like."""
    state: tuple[str, ...] = ()
    section: str = ""
    """The heading that it stands below, or ""."""
    label: str = ""
    """The name of the row or the term that it stands with, or ""."""

    @property
    def key(self) -> tuple[str, str]:
        """What is the same on two targets that show the same: numbers, too, are an account's own."""
        return self.role, _NUMBER.sub("#", self.says)

    @property
    def is_read(self) -> bool:
        """Whether it is text, and neither a control nor a name."""
        return self.role == "text"

    def __str__(self) -> str:
        return f"{self.role} “{self.raw}”" if self.raw else f"a {self.role} without a name"


def nodes_at(recording: Recording, stop: str, leave_out: str = "") -> list[SnapshotNode]:
    """Return all that a stop shows, in reading order, without what a role of the page (such as "main") holds."""
    reader = _Reader(recording.manifest.findings.get("plan", ""), leave_out)
    return list(reader.read(tree_of(recording.snapshots.get(stop, ""))))


def compared_at(recording: Recording, stop: str) -> list[SnapshotNode]:
    """Return what a stop shows without packages and prices, which are compared by themselves."""
    found = nodes_at(recording, stop, "main" if stop == "profile menu" else "")
    if stop == "packages":
        behind = [(one.role, one.raw) for one in compared_at(recording, "Billing")]
        found = [one for one in found if not _taken(behind, (one.role, one.raw))]
        labels = [re.escape(package.label) for package in recording.stops[stop].packages]
        offer = re.compile(rf"(?<![\d.,])(?:{'|'.join(labels) or '(?!)'})(?!\w)", re.IGNORECASE)
        found = [one for one in found if not offer.search(one.raw)]
    if stop == "payment page":
        found = [one for one in found if not (one.is_read and _CREDITS_OR_MONEY.search(one.raw))]
    return found


def _taken(among: list[tuple[str, str]], one: tuple[str, str]) -> bool:
    if one in among:
        among.remove(one)
        return True
    return False


@dataclass
class _Reader:
    """Goes through a snapshot in reading order, and knows below which heading and beside which label it is."""

    plan: str
    leave_out: str
    section: str = field(default="", init=False)
    label: str = field(default="", init=False)

    def read(self, nodes: Iterable[AriaNode]) -> Iterator[SnapshotNode]:
        for node in nodes:
            if node.role == self.leave_out:
                continue
            if node.role == "row" and self.section.lower() in _named("invoices") | _named("users"):
                yield from self._row(node)
                continue
            options = sum(one.role == "option" for one in node.walk()) if node.role in ("combobox", "listbox") else 0
            if options > _MOST_OPTIONS:  # countries, say: counted instead of named
                node = replace(node, state=(*node.state, f"{options} options"), children=())  # noqa: PLW2901 - shortened
            yield from self._one(node)
            yield from self.read(node.children)

    def _one(self, node: AriaNode) -> Iterator[SnapshotNode]:
        if node.role == "heading":
            self.section = node.says
        if node.role in ("rowheader", "term"):
            self.label = node.says
        elif node.role in ("row", "heading", "paragraph"):
            self.label = ""
        role = node.role if node.role in _NAMED else "text"
        # The name of what stands around other things is made of those.
        raw = node.text if role == "text" and node.children else node.says
        if raw or role in _UNNAMED:
            states = tuple(state for state in node.state if state.startswith(_STATES) or state.endswith("options"))
            yield SnapshotNode(role, raw, self._lasting(raw, role), states, self.section, self.label)

    def _row(self, row: AriaNode) -> Iterator[SnapshotNode]:
        """Take a row of invoices or users for one text, the account's own: of users the headings are documented."""
        heads = [cell for cell in row.children if cell.role == "columnheader"]
        if heads and self.section.lower() in _named("users"):
            yield from self.read(heads)
        else:
            yield from self._one(replace(row, children=(), state=()))

    def _lasting(self, text: str, role: str) -> str:
        for name, pattern in _CHANGING.items():
            text = pattern.sub(f"[{name}]", text)
        if role == "text":
            text = _MAIL.sub("[an e-mail address]", text)
        return re.sub(rf"\b{re.escape(self.plan)}\b", PLAN, text) if self.plan else text


@cache
def _named(label: str) -> frozenset[str]:
    return frozenset(name.lower() for name in Labels().of(label).names)
