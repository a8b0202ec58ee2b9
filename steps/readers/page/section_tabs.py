"""What a section of Billing is turned to by: a tab, or one of several buttons, links or choices that are its tabs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from steps.readers.page.lines import layout_of
from steps.readers.page.titles import bare_words, has_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from steps.readers.page.lines import Layout, Line
    from steps.readers.page.snapshot import Element, Snapshot
    from steps.targets.labels import Labels

_CHOSEN = frozenset({"selected", "pressed", "checked", "current"})
"""The states of the one of several tabs whose section shows."""
_WAYS = frozenset({"tab", "button", "link", "radio", "menuitem"})
_UNUSABLE = frozenset({"disabled", "inert", "popup"})


@dataclass(frozen=True)
class SectionTab:
    """What turns to a section that does not show: its place among the elements, -1 for none."""

    at: int = -1
    shown: str = ""
    """The name of the tab beside it whose section shows, "" where none is marked."""


def section_tab(snapshot: Snapshot, labels: Labels, section: str, title: str) -> SectionTab:
    """Return what turns to a section, one of the profile's labels, that does not show below a title of its own.

    The documented title leads to it, and each of the label's names.
    """
    tab = tab_named(snapshot, (*labels.of(section).names, title))
    is_hidden = tab.at >= 0 and (snapshot.elements[tab.at].role == "tab" or not has_title(snapshot, labels, section))
    return tab if is_hidden else SectionTab()


def tab_named(snapshot: Snapshot, names: Iterable[str]) -> SectionTab:
    """Return the tab of one of these names whose section does not show."""
    layout = layout_of(snapshot)
    tabs = _tabs(layout)
    at = next((at for at in _named(layout, tabs, names) if not _is_chosen(snapshot.elements[at])), -1)
    beside = _beside(layout, tabs, at)[1]
    return SectionTab(at, next((snapshot.elements[to].name for to in beside if _is_chosen(snapshot.elements[to])), ""))


def below_tab(layout: Layout, names: Iterable[str]) -> list[Line]:
    """Return the lines after the tabs of which the chosen one has one of these names; none where there is none."""
    tabs = _tabs(layout)
    at = next((at for at in _named(layout, tabs, names) if _is_chosen(layout.snapshot.elements[at])), -1)
    holder, beside = _beside(layout, tabs, at)
    behind = [number for number, line in enumerate(layout.lines) if layout.inside(line, holder)] if beside else []
    return list(layout.lines[behind[-1] + 1 :]) if behind else []


def _tabs(layout: Layout) -> list[int]:
    return [at for at, one in enumerate(layout.snapshot.elements) if _is_way(one) and layout.is_front(at)]


def _is_way(one: Element) -> bool:
    is_pressed = one.role in _WAYS or (not one.role and "pressable" in one.states)
    return is_pressed and not _UNUSABLE.intersection(one.states)


def _is_chosen(one: Element) -> bool:
    return bool(_CHOSEN.intersection(one.states))


def _named(layout: Layout, tabs: Iterable[int], names: Iterable[str]) -> Iterator[int]:
    titles = {_plain(name) for name in names}
    for at in tabs:
        name = layout.snapshot.elements[at].name or " ".join(line.text for line in layout.within(at))
        if _plain(name) in titles:
            yield at


def _beside(layout: Layout, tabs: list[int], at: int) -> tuple[int, list[int]]:
    """Return the narrowest of what holds a tab and others, and those others."""
    for up in list(layout.around(at))[1:]:
        if beside := [to for to in tabs if to != at and up in layout.around(to)]:
            return up, beside
    return -1, []


def _plain(name: str) -> str:
    """Return the name of a tab without a count of what is behind it: "Invoices (3)"."""
    return bare_words(re.sub(r"\d+$|\(\d+\)$", "", name))
