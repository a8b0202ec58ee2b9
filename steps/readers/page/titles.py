"""The titles of Billing's sections: which of them show, and in which section something stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from steps.readers.page.lines import Layout, layout_of
from steps.readers.page.section import ELSEWHERE, title_pattern, unfolds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from steps.readers.page.lines import Line
    from steps.readers.page.snapshot import Element, Snapshot
    from steps.targets.labels import Labels

_LONGEST = 80
"""A longer text is no title."""
_PRESSED = frozenset({"button", "link", "tab", "radio", "menuitem", "navigation"})
_NO_HEADING = 9
_PARTS = frozenset({"section", "article", "fieldset", "region", "group"})
"""The tags and roles of parts of a page that stand for themselves."""


def shows_title(snapshot: Snapshot, labels: Labels, names: Iterable[str]) -> bool:
    """Whether the title of any of the sections shows: as the whole text of something, or as a heading's name.

    "Current plan" in a later cell of a row, or on something disabled, marks one of several plans.
    """
    texts = _texts(snapshot)
    firsts = _first_parts(snapshot)
    patterns = _patterns(labels, names)
    for at, one in enumerate(snapshot.elements):
        if any(f"label:{name}" in one.states for name in patterns):
            return True
        said = [texts.get(at, ""), one.name if one.role == "heading" else ""]
        if any(pattern.fullmatch(text) for pattern in patterns.values() for text in said if text):
            alone = (up for up in _up(snapshot.elements, at) if texts.get(up) in said)
            if not any(_is_mark(snapshot.elements, up, firsts) for up in alone):
                return True
    return False


def _first_parts(snapshot: Snapshot) -> dict[int, int]:
    """Return of each element the first part of it that shows."""
    firsts: dict[int, int] = {}
    for at, one in enumerate(snapshot.elements):
        firsts.setdefault(one.parent, at)
    return firsts


def _is_mark(elements: Sequence[Element], at: int, firsts: dict[int, int]) -> bool:
    one = elements[at]
    is_cell = one.tag in ("td", "th") or one.role in ("cell", "gridcell")
    return (is_cell and firsts[one.parent] != at) or (one.role in _PRESSED and "disabled" in one.states)


def _up(elements: Sequence[Element], at: int) -> Iterator[int]:
    while at >= 0:
        yield at
        at = elements[at].parent


def has_title(snapshot: Snapshot, labels: Labels, name: str) -> bool:
    """Whether a section stands below a title of its own, and is not just led to by its name."""
    return _Sections(snapshot, labels, [name]).is_titled


def place_of(snapshot: Snapshot, element: int, labels: Labels, names: Sequence[str]) -> str:
    """Return the section that an element stands in: one of `names`, the words of another heading, or "".

    Sections may be wrapped or not: an element belongs to the title that it shares the largest untitled surroundings
    with, or else to the nearest title before it.
    """
    return _Sections(snapshot, labels, names).around(element)


@dataclass
class _Title:
    name: str
    at: int
    level: int


class _Sections:
    """The titles on a page, and what each stands over."""

    def __init__(self, snapshot: Snapshot, labels: Labels, names: Sequence[str]) -> None:
        self._elements = snapshot.elements
        self._texts = _texts(snapshot)
        titles = list(self._named(_patterns(labels, names)))
        self.is_titled = bool(titles)
        self._titles = sorted([*titles, *self._others(titles, labels)], key=lambda one: one.at)
        self._held: dict[int, int] = {}
        for title in self._titles:
            for at in self._up(title.at):
                self._held[at] = self._held.get(at, 0) + 1

    def around(self, element: int) -> str:
        """Return the name of the section around an element, "" for none."""
        holders = set(self._up(element))
        for title in self._titles:
            alone = [at for at in self._up(title.at) if self._held[at] == 1]
            if holders.intersection(alone) and not self._is_above(element, title):
                return title.name
        return next((title.name for title in reversed(self._titles) if title.at < element), "")

    def _is_above(self, element: int, title: _Title) -> bool:
        """Whether something stands above a title, and outside of the part of the page that the title begins."""
        parts = (
            at for at in self._up(title.at) if self._elements[at].tag in _PARTS or self._elements[at].role in _PARTS
        )
        part = next(parts, -1)
        is_higher = self._elements[element].box.bottom <= self._elements[title.at].box.y
        return element < title.at and is_higher and part >= 0 and part not in self._up(element)

    def _named(self, patterns: dict[str, re.Pattern[str]]) -> Iterator[_Title]:
        last: _Title | None = None
        for at, one in enumerate(self._elements):
            name = next((name for name, pattern in patterns.items() if self._is_titled(at, name, pattern)), None)
            if name is None:
                continue
            level = one.level if one.role == "heading" else _NO_HEADING
            if last is not None and last.at in self._up(at):  # the innermost of what says the same
                last.at, last.level = at, min(last.level, level)
                continue
            if last is not None:
                yield last
            last = _Title(name, at, level)
        if last is not None:
            yield last

    def _is_titled(self, at: int, name: str, pattern: re.Pattern[str]) -> bool:
        if f"label:{name}" in self._elements[at].states:
            return True
        said = pattern.fullmatch(self._texts.get(at, ""))
        around = [self._elements[up] for up in self._up(at)]
        leads_on = any(one.role in ELSEWHERE or one.role == "complementary" for one in around)
        return said is not None and not any(one.role in _PRESSED and (leads_on or not unfolds(one)) for one in around)

    def _others(self, titles: list[_Title], labels: Labels) -> Iterator[_Title]:
        """Yield further headings of the rank of these titles, for they end a section; the name of a plan does not."""
        rank = max((one.level for one in titles), default=0)
        plans = "|".join(re.escape(name) for name in labels.of("plan_name").names)
        plan = re.compile(rf"\W*(?:{plans})\b" if plans else r"(?!)", re.IGNORECASE)
        for at, one in enumerate(self._elements if rank < _NO_HEADING else ()):
            words = self._texts.get(at) or one.name
            if one.role == "heading" and 1 < one.level <= rank and words and not plan.match(words):
                around = set(self._up(at))
                if not any(
                    title.at in around or at in self._up(title.at) or self._elements[title.at].parent == one.parent
                    for title in titles
                ):
                    yield _Title(words, at, one.level)

    def _up(self, at: int) -> Iterator[int]:
        return _up(self._elements, at)


def _patterns(labels: Labels, names: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """Return what each title looks like; one that a selector names is found by that alone."""
    return {name: re.compile(r"(?!)") if labels.of(name).selector else title_pattern(labels, name) for name in names}


def _texts(snapshot: Snapshot) -> dict[int, str]:
    """Return the whole text of each element that has no more of it than a title."""
    found: dict[int, str] = {}
    long: set[int] = set()
    blocks: dict[int, int] = {}
    for text in snapshot.texts:
        at = -1 if text.generated else text.element
        while at >= 0 and at not in long:
            apart = " " if text.space_before or text.broken or blocks.get(at) != text.block else ""
            words = f"{found[at]}{apart}{text.text}" if at in found else text.text
            found[at], blocks[at] = words, text.block
            if len(words) > _LONGEST:
                long.add(at)
            at = -1 if "badge" in snapshot.elements[at].states else snapshot.elements[at].parent
    return {at: words for at, words in found.items() if at not in long}


_SHOWS = re.compile(r"^(?:show|view|see|open|expand)(?: all)?(?: (?:your|my|the))? ")
"""How what unfolds a section begins, before its title."""


def folded(snapshot: Snapshot, names: Iterable[str]) -> int:
    """Return what unfolds a section of one of these titles, where it is folded; -1 for none.

    That is the title itself, or what says "Show invoices" below it.
    """
    layout, titles = layout_of(snapshot), {name.casefold() for name in names}
    for at, head in folds(layout):
        lines = layout.within(head)
        said = _SHOWS.sub("", bare_words(lines[0].text)) if lines else ""
        is_title = len(lines) == 1 and said in titles
        if is_title and not any(snapshot.elements[to].role in ELSEWHERE for to in layout.around(at)):
            return head
    return -1


def bare_words(text: str) -> str:
    """Return a title without the sign beside it that says whether its section is folded: "▸ Invoices"."""
    return re.sub(r"^\W+|\W+$", "", text).casefold()


def bare_head(snapshot: Snapshot, names: Iterable[str]) -> int:
    """Return the heading of a section that seems folded, though nothing says so; -1 for none.

    It is pressed with all that stands beside it, and the next heading follows at once. It may lead elsewhere.
    """
    layout, titles = layout_of(snapshot), {name.casefold() for name in names}
    return next((line.elements[0] for line in layout.lines if _is_bare(layout, line, titles)), -1)


def _is_bare(layout: Layout, title: Line, titles: Collection[str]) -> bool:
    level, elements = layout.level(title), layout.snapshot.elements
    if not level or bare_words(title.text) not in titles:
        return False
    around = list(layout.around(title.elements[0]))
    head = next((at for at in around if "pressable" in elements[at].states and not elements[at].role), -1)
    if head < 0 or any(elements[at].role in ELSEWHERE for at in around):
        return False
    behind = layout.all_lines[layout.within(head)[-1].number + 1 :]
    return bool(behind) and layout.level(behind[0]) == level


def folds(layout: Layout) -> Iterator[tuple[int, int]]:
    """Yield what is folded and in front, each with what a person presses to unfold it."""
    elements = layout.snapshot.elements
    for at, one in enumerate(elements):
        if "collapsed" in one.states and "popup" not in one.states and layout.is_front(at):
            parts = (to for to, part in enumerate(elements) if part.parent == at and part.tag == "summary")
            yield at, next(parts, at)
