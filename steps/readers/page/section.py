"""The section Current Plan: which of a page's lines stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from steps.readers.page.lines import Layout, Line
    from steps.readers.page.snapshot import Element
    from steps.targets.labels import Labels

ELSEWHERE = frozenset({"navigation", "menu", "menubar", "tree"})
"""Where what unfolds leads on instead of showing more of a page."""
_DIALOGS = frozenset({"dialog", "alertdialog"})
NEXT = ("billing_information", "invoices")


@dataclass(frozen=True)
class Section:
    """The lines of a section, without its title, and the elements that it reaches over."""

    layout: Layout
    lines: tuple[Line, ...]
    first: int
    last: int
    """The elements from and before which it stands, in reading order."""
    titled: bool = True

    def without_other_dialogs(self) -> Section:
        """The section without the lines of dialogs that its title does not stand in."""
        return replace(self, lines=tuple(line for line in self.lines if self.reaches(line.elements[0])))

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The places of its lines among all lines."""
        return frozenset(line.number for line in self.lines)

    def reaches(self, element: int) -> bool:
        """Whether an element stands in the section: between its ends, and in no dialog that the title is not in."""
        return self.first <= element < self.last and self._dialog(element) == self._dialog(self.first)

    def _dialog(self, element: int) -> int:
        elements = self.layout.snapshot.elements
        return next((at for at in self.layout.around(element) if elements[at].role in _DIALOGS), -1)

    def holds(self, line: Line) -> bool:
        """Whether a line is one of the section's."""
        return line.number in self.numbers

    def selects(self, label: str) -> bool:
        """Whether the profile's own selector for a label matches something that is in front."""
        return bool(self._marked(label))

    def selected(self, label: str) -> list[Line]:
        """Return the lines in what the selector of a label matches, without what stands beside it on them."""
        return self.layout.lines_of(self._marked(label))

    def _marked(self, label: str) -> list[int]:
        elements = self.layout.snapshot.elements
        return [at for at, one in enumerate(elements) if f"label:{label}" in one.states and self.layout.is_front(at)]


def current_plan(layout: Layout, labels: Labels, *, announced: bool = False) -> Section:
    """Return the section Current Plan: from its title to the next section's, or all that is in front without one.

    Messages do not count; what is merely read out when it changes does where `announced`.
    """
    lines = [one for one in layout.lines if not layout.is_message(one) or (announced and layout.is_announced(one))]
    marked = [at for at, one in enumerate(layout.snapshot.elements) if "label:current_plan" in one.states]
    if marked:
        inside = [line for line in lines if layout.inside(line, marked[0])]
        if len(inside) > 1:
            return Section(layout, tuple(inside), marked[0], inside[-1].elements[-1] + 1)
    own = title_pattern(labels, "current_plan")
    titles = [at for at, line in enumerate(lines) if own.fullmatch(line.text) and not _leads_elsewhere(layout, line)]
    if not titles:
        titles = [at for at, line in enumerate(lines) if own.match(line.text) and ":" in own.match(line.text)[0]]  # type: ignore[index]
        if not titles:
            return Section(layout, tuple(lines), 0, len(layout.snapshot.elements), titled=False)
    headings = [at for at in titles if layout.level(lines[at])]  # beside one of several plans the words are no title
    found = [_from(layout, lines, at, labels) for at in headings or titles]
    return max(
        found, key=lambda one: sum(any(char.isdigit() for char in line.text) for line in one.lines)
    ).without_other_dialogs()


def _from(layout: Layout, lines: list[Line], at: int, labels: Labels) -> Section:
    own, others = title_pattern(labels, "current_plan"), [title_pattern(labels, name) for name in NEXT]
    title = lines[at]
    level = layout.level(title)
    inside: list[Line] = [] if own.fullmatch(title.text) else [title]
    plans = re.compile(
        "|".join(rf"\W*{re.escape(name)}\b.*" for name in labels.of("plan_name").names) or r"(?!)", re.IGNORECASE
    )
    end = len(layout.snapshot.elements)
    for line in lines[at + 1 :]:
        is_title = any(one.fullmatch(line.text) for one in others) and not _leads_elsewhere(layout, line)
        heads = 0 < layout.level(line) < level or (
            level and layout.level(line) == level and _heads(layout, line, title)
        )
        if is_title or (heads and inside and not plans.fullmatch(line.text) and not own.fullmatch(line.text)):
            end = line.elements[0]
            break
        inside.append(line)
    return Section(layout, tuple(inside), title.elements[0], end)


def _heads(layout: Layout, line: Line, title: Line) -> bool:
    """Whether a heading begins another section: it stands outside of the box that the title heads."""
    elements = layout.snapshot.elements
    around_title = list(layout.around(title.elements[0]))
    depth = len(list(layout.around(line.elements[0])))
    if depth > len(around_title):
        return False
    common = next((at for at in layout.around(line.elements[0]) if at in around_title), -1)
    holder = elements[around_title[around_title.index(common) - 1]] if common in around_title[1:] else None
    if holder is not None and depth < len(around_title):
        box = around_title[around_title.index(common) - 1]
        told = [one for one in layout.within(box) if one.number > title.number]
        return any(re.search(r"\d", one.text) for one in told)
    return holder is not None and (
        holder.role != "heading" or not re.search(r"\d|credit|plan", line.text, re.IGNORECASE)
    )


def _leads_elsewhere(layout: Layout, line: Line) -> bool:
    """Whether a line is a way to a section (a tab, a link of a menu) instead of its title, which may unfold it."""
    if layout.level(line) or not layout.is_pressed(line):
        return False
    around = [layout.snapshot.elements[at] for at in layout.around(line.elements[0])]
    return not any(map(unfolds, around)) or any(one.role in ELSEWHERE for one in around)


def unfolds(one: Element) -> bool:
    """Whether something to press unfolds what stands below it, and opens no list or dialog."""
    return one.role == "button" and bool({"expanded", "collapsed"} & set(one.states)) and "popup" not in one.states


def title_pattern(labels: Labels, name: str) -> re.Pattern[str]:
    names = sorted(labels.of(name).names, key=len, reverse=True)
    words = "|".join(r"\s+".join(re.escape(word) for word in one.split()) for one in names)
    return re.compile(rf"\W*(?:{words})\s*(?:\(\d+\))?\W*" if words else r"(?!)", re.IGNORECASE)
