"""An immutable picture of a page or frame at one moment, as a person sees it: what readers read."""

from __future__ import annotations

from collections import Counter

import msgspec
from msgspec.structs import replace

VERSION = 1
"""Of the JSON form; a reader that knows another number refuses it."""


class Box(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A rectangle in CSS pixels, from the top left corner of the document."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height


class Element(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A visible element. `parent` and `block` are indexes into `Snapshot.elements`, -1 for none.

    Elements that are neither seen nor around anything that is seen are not in a snapshot. Shadow trees and slots are
    flattened into the order in which they show.
    """

    tag: str
    parent: int
    box: Box
    role: str = ""
    """The explicit ARIA role, or the one that the tag implies (WAI-ARIA in HTML); "" for none."""
    name: str = ""
    """The accessible name, of what has a role, or is pressed and has no words; white space folded."""
    id: str = ""
    """The element's `data-testid` or `id`, for diagnosis and for published hooks."""
    kind: str = ""
    """Of an input: its type; of what has `autocomplete`: that, after a space."""
    level: int = 0
    """Of a heading, its level."""
    states: tuple[str, ...] = ()
    """Any of the following.

    - About use: disabled, inert, covered, checked, unchecked, mixed, expanded, collapsed, selected, pressed, unpressed,
      busy, readonly, invalid, required, current, popup (opens a list or a dialog), pressable (drawn for pressing
      without a role that says so), badge (a few words in a pill of their own at the end of a line), unseen (a radio,
      checkbox, list or file field that is drawn by its label or by what it lies in instead).
    - About place: offscreen (beyond the viewport), floating (fixed to the viewport), modal (a dialog that lets nothing
      beside it be used), top (whatever is in front while a dialog or overlay lies over the page; none is top while
      the page itself is in front), live (a live region, with a role for it or not).
    - `label:NAME`: what the selector of the profile's label NAME matches.
    """
    inline: bool = False
    """Whether it is laid out inside a line of text."""
    href: str = ""
    value: str = ""
    """Of a progress bar, meter or slider only: "now/min/max" as written. What was typed is never in a snapshot."""
    value_text: str = ""
    """What such a bar says of itself (aria-valuetext)."""
    fill: float = -1.0
    """Of a box that is drawn filled by children or a gradient, the part that is filled from 0 to 1; -1 unknown."""
    covered_by: str = ""
    """What lies over it where it would be pressed, in words for people."""
    parts: tuple[float, ...] | None = None
    """Of a bar, by its role or the selector of the label `credit_bar`: the parts of which it is drawn, as shares of its
    width from left to right, none where they cannot be told; None for what is no bar."""
    colours: tuple[tuple[float, str], ...] = ()
    """Of a bar, or a box that is drawn like one: its parts, each with the ground that a style sheet gives it."""
    colour: str = ""
    """Of a small sign without a word, as in a legend, or of a few words before which one is drawn: its ground."""
    index: int = 0
    """Of a row or item: its number in the whole list, where the page tells it (aria-rowindex, aria-posinset)."""
    scrolled: int = 0
    """How far the parts around it, the page aside, are scrolled down."""
    datetime: str = ""
    """Of a time element: what it says for machines to read."""

    @property
    def is_button(self) -> bool:
        """Whether it is a button, or something without a role that is drawn as one: a person sees no difference."""
        return self.role == "button" or (not self.role and "pressable" in self.states)


class Text(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A piece of visible text in one element, white space folded as the page shows it; special spaces are kept.

    What a button, a folded list and a picture in place of text show is text too; what was typed is not.

    `block` is the nearest element that is not inline: pieces of one block on one line read as one line.
    """

    text: str
    element: int
    block: int
    box: Box
    size: float = 0.0
    """Of its letters, in CSS pixels."""
    weight: int = 400
    generated: bool = False
    """Whether a style sheet wrote it (`::before`, `::after`); "\ufffd" stands for what only the style sheet knows."""
    space_before: bool = False
    """Whether white space stands before it in its line."""
    broken: bool = False
    """Whether a line break stands before it in its block."""
    struck: bool = False
    """Whether it is crossed out."""
    title: str = ""
    """Of a number that is written short ("11.2K"): what shows where it is pointed at."""


class Snapshot(msgspec.Struct, frozen=True):
    """A page or frame at one moment: address, time and content come from one evaluation."""

    url: str
    time: float
    """Milliseconds since the page's own start."""
    title: str
    width: float
    height: float
    """Of the viewport, in CSS pixels."""
    language: str
    ready: str
    """The document's readyState."""
    elements: tuple[Element, ...]
    """In reading order: a parent stands before what it holds."""
    texts: tuple[Text, ...]
    """In reading order."""
    stamp: str = ""
    """Equal for two looks at the same page where nothing that is seen has changed, boxes aside."""
    version: int = VERSION
    left: float = 0
    top: float = 0
    """How far it is scrolled, in CSS pixels."""

    @property
    def layers(self) -> list[int]:
        """What lies in front of the page, by its place among the elements; [] for nothing."""
        return [at for at, one in enumerate(self.elements) if "top" in one.states]


def encode(snapshot: Snapshot) -> bytes:
    """Return the snapshot as JSON."""
    return msgspec.json.encode(snapshot)


def decode(data: bytes | str) -> Snapshot:
    """Read a snapshot back. Raises msgspec.ValidationError where it is none."""
    return msgspec.json.decode(data, type=Snapshot)


def fronts_of(snapshot: Snapshot) -> list[tuple[str, str, str]]:
    """Return what lies in front of the page, each by tag, role and name; [] for nothing."""
    return [(one.tag, one.role, one.name) for one in map(snapshot.elements.__getitem__, snapshot.layers)]


def is_behind(before: Snapshot, now: Snapshot) -> bool:
    """Whether something has come to lie in front of the page as it was, which may lie over another one itself."""
    return bool(Counter(fronts_of(now)) - Counter(fronts_of(before)))


def behind(snapshot: Snapshot) -> Snapshot:
    """Return the page without what is in front of it: the page that a dialog or overlay lies over."""
    tops = set(snapshot.layers)
    if not tops:
        return snapshot
    inside = set(tops)
    for at, one in enumerate(snapshot.elements):
        if one.parent in inside:
            inside.add(at)
    blank = Element("", -1, Box(0, 0, 0, 0))
    elements = tuple(
        replace(blank, tag=one.tag, parent=one.parent) if at in inside else one
        for at, one in enumerate(snapshot.elements)
    )
    return replace(snapshot, elements=elements, texts=tuple(one for one in snapshot.texts if one.element not in inside))
