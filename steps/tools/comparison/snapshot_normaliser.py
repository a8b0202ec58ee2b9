"""What a stop shows, made ready to be compared: by role and name, without what differs from day to day."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from steps.targets.profile import Labels
from steps.tools.inspection.aria_snapshot import AriaNode, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from steps.tools.comparison.recording import Recording

_AROUND = frozenset((
    "alertdialog", "article", "banner", "complementary", "contentinfo", "dialog", "document", "feed", "figure", "form",
    "grid", "group", "iframe", "list", "listbox", "main", "menu", "menubar", "navigation", "none", "presentation",
    "radiogroup", "region", "row", "rowgroup", "search", "table", "tablist", "tabpanel", "toolbar", "tree", "treegrid",
))  # fmt: skip
"""What stands around other things: its name is that of a heading or a control within, or is not seen."""
_CONTENT = frozenset((
    "blockquote", "caption", "cell", "code", "definition", "deletion", "emphasis", "generic", "gridcell", "insertion",
    "listitem", "log", "mark", "note", "paragraph", "status", "strong", "subscript", "superscript", "text", "time",
    "timer",
))  # fmt: skip
"""What is read; everything else is a control, or a name that something goes by."""
_NAMELESS = frozenset(("button", "link", "textbox", "combobox", "checkbox", "radio", "tab", "progressbar", "switch"))
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
    state: tuple[str, ...]
    section: str
    """The heading that it stands below, or ""."""
    label: str
    """The name of the row or the term that it stands with, or ""."""

    @property
    def key(self) -> tuple[str, str]:
        """What is the same on two targets that show the same: numbers, too, are an account's own."""
        return self.role, _NUMBER.sub("#", self.says)

    @property
    def is_read(self) -> bool:
        """Tell what is only read from a control or a name."""
        return self.role == "text"

    def __str__(self) -> str:
        """Write it by role and name."""
        return f"{self.role} “{self.raw}”" if self.raw else f"a {self.role} without a name"


def everything_at(recording: Recording, stop: str, *, without_main: bool = False) -> list[SnapshotNode]:
    """Give all that a stop shows, in reading order; `without_main` leaves out what a page is about."""
    plan = recording.manifest.findings.get("plan", "")
    return list(_shown(recording.snapshots.get(stop, ""), plan, without_main=without_main))


def shown_at(recording: Recording, stop: str) -> list[SnapshotNode]:
    """Give what a stop shows, in reading order, without the packages: those are compared by themselves."""
    found = everything_at(recording, stop, without_main=stop == "profile menu")
    if stop == "packages":
        behind = [(one.role, one.raw) for one in shown_at(recording, "Billing")]
        found = [one for one in found if not _taken(behind, (one.role, one.raw))]
        offers = [_offer(package.label) for package in recording.stops[stop].packages]
        found = [one for one in found if not any(offer.search(one.raw) for offer in offers)]
    if stop == "payment page":
        found = [one for one in found if not (one.is_read and _CREDITS_OR_MONEY.search(one.raw))]
    return found


def _offer(label: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\d.,]){re.escape(label)}(?!\w)", re.IGNORECASE)


def _taken(among: list[tuple[str, str]], one: tuple[str, str]) -> bool:
    if one in among:
        among.remove(one)
        return True
    return False


def _shown(snapshot: str, plan: str, *, without_main: bool) -> Iterator[SnapshotNode]:
    section = label = ""
    around: list[AriaNode] = []
    for part in _with_whole_rows(_with_few_options(list(parts_of(snapshot)))):
        while around and around[-1].depth >= part.depth:
            around.pop()
        inside = {one.role for one in around}
        around.append(part)
        if without_main and "main" in inside:
            continue
        section = part.says if part.role == "heading" else section
        label = _label(part, label)
        role = "text" if part.role in _CONTENT or part.role in _AROUND else part.role
        says = part.text if part.role in _AROUND else part.says
        if says or part.role in _NAMELESS:
            states = tuple(state for state in part.state if state.startswith(_STATES) or state.endswith("options"))
            yield SnapshotNode(role, says, _without_changing(says, plan, role), states, section, label)


def _label(part: AriaNode, before: str) -> str:
    if part.role in ("rowheader", "term"):
        return part.says
    return "" if part.role in ("row", "heading", "paragraph") else before


def _with_few_options(parts: list[AriaNode]) -> Iterator[AriaNode]:
    """Count the options of a long choice (of countries, say) instead of naming them."""
    for index, part in enumerate(parts):
        if part.role in ("combobox", "listbox"):
            options = 0
            for one in parts[index + 1 :]:
                if one.depth <= part.depth:
                    break
                options += one.role == "option"
            yield replace(part, state=(*part.state, f"{options} options")) if options > _MOST_OPTIONS else part
            long = options > _MOST_OPTIONS
        elif part.role != "option" or not long:
            yield part


def _with_whole_rows(parts: Iterable[AriaNode]) -> Iterator[AriaNode]:
    """Take each row of invoices and of users for one text: what they hold is the account's own.

    The headings of users are documented, those of invoices are not.
    """
    within, section = -1, ""
    for part, after in pairwise([*parts, AriaNode("", "", "")]):
        section = part.says.lower() if part.role == "heading" else section
        if within >= 0 and part.depth > within:
            if part.role == "columnheader" and section in _named("users"):
                yield part
            continue
        within = part.depth if part.role == "row" and section in _named("invoices") | _named("users") else -1
        if within < 0:
            yield part
        elif after.role != "columnheader" or section in _named("invoices"):
            yield replace(part, role="text", state=())


@cache
def _named(label: str) -> frozenset[str]:
    return frozenset(name.lower() for name in Labels().of(label).names)


def _without_changing(text: str, plan: str, role: str) -> str:
    for name, pattern in _CHANGING.items():
        text = pattern.sub(f"[{name}]", text)
    if role == "text":
        text = _MAIL.sub("[an e-mail address]", text)
    return re.sub(rf"\b{re.escape(plan)}\b", PLAN, text) if plan else text
