"""From a page's Markdown or HTML to its blocks of text in reading order. Nothing in it is carried out or followed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag
from markdown_it import MarkdownIt

from steps.tools.drift.source import UnusablePageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.tools.drift.source import Source

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLOCKS = frozenset(_HEADINGS) | {
    "address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset", "figure",
    "footer", "form", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_UNREAD = frozenset((
    "script", "style", "template", "noscript", "svg", "head", "nav", "footer", "aside", "button", "figure", "iframe",
    "s", "del", "strike", "select", "time",
))  # fmt: skip
"""What a reader of the page does not read as its text; struck-out words count as gone."""
_EMPHASIS = frozenset(("strong", "b", "em", "i", "code", "mark", "kbd"))
_OPEN, _CLOSE = "\ue000", "\ue001"
"""Stand around emphasised words while the spaces are put in order; no page uses these characters."""

_MOST_TEXT = 128 * 1024
"""Characters that a page may hold; HTML may be far longer than its text."""
_KEPT = frozenset((_OPEN, _CLOSE, "\n", "\r", "\t"))
_APOSTROPHES = {0x2018: "'", 0x2019: "'"}


@dataclass(frozen=True)
class Link:
    """A link: its words and where it goes."""

    text: str
    to: str


@dataclass
class Block:
    """A heading, a paragraph, an item of a list or a row of a table."""

    kind: str
    """"heading", "text", "item" (of a list) or "row" (of a table)."""
    text: str
    """With a line break where the page breaks the line."""
    marked: str
    """The text with emphasised words between the two marks."""
    links: list[Link] = field(default_factory=list)
    level: int = 0
    """Of a heading 1 to 6, of an item how deep its list is nested, from 1."""
    ordered: bool = False
    group: int = 0
    """Which list or table it belongs to."""
    entry: int = 0
    """Which item or row: several paragraphs of one item have the same."""

    @property
    def emphasised(self) -> list[tuple[str, str, str]]:
        """The emphasised words, each with the text before and after."""
        parts = re.split(f"[{_OPEN}{_CLOSE}]", self.marked)
        return [
            ("".join(parts[:at]), parts[at].strip(), "".join(parts[at + 1 :]))
            for at in range(1, len(parts), 2)
            if parts[at].strip()
        ]


def blocks_of(source: Source) -> list[Block]:
    """Give the blocks of a page's content. Raises UnusablePageError when it cannot be parsed."""
    try:
        html = source.text if source.html else _rendered(source.text)
        soup = BeautifulSoup(html, "html.parser")
        root = soup.find("main") or soup.find("article") or soup.find("body") or soup
        blocks = [block for block in _Walk().walk(root) if block.text]
    except RecursionError:
        raise UnusablePageError(f"{source.name} is nested too deeply to be a documentation page.") from None
    if sum(len(block.text) for block in blocks) > _MOST_TEXT:
        raise UnusablePageError(f"{source.name} holds more text than a documentation page; give the page alone.")
    return blocks


def clean(text: str) -> str:
    """Put characters in order: one form for each, no control characters, single spaces, line breaks kept."""
    text = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES)
    text = "".join(one for one in text if one in _KEPT or unicodedata.category(one)[0] != "C")
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def _rendered(markdown: str) -> str:
    rendered: str = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown)
    return rendered


@dataclass
class _Place:
    """Where the walk is: what the next text belongs to."""

    kind: str = "text"
    level: int = 0
    ordered: bool = False
    group: int = 0
    entry: int = 0


class _Walk:
    """One walk through the elements, in order."""

    def __init__(self) -> None:
        self._groups = 0
        self._entries = 0

    def walk(self, element: Tag, place: _Place | None = None) -> Iterator[Block]:
        place = place or _Place()
        inline: list[Tag | NavigableString] = []
        for child in element.children:
            if isinstance(child, Tag) and _is_block(child):
                yield from self._block(inline, place)
                inline = []
                if not _unread(child):
                    yield from self.walk(child, self._inside(child, place))
            elif isinstance(child, Tag | NavigableString):
                inline.append(child)
        yield from self._block(inline, place)

    def _inside(self, element: Tag, place: _Place) -> _Place:
        name = element.name
        if name in _HEADINGS:
            return _Place("heading", _HEADINGS[name])
        if name in ("ul", "ol", "table", "dl"):
            self._groups += 1
            if name == "table":
                return _Place("row", 1, group=self._groups)
            depth = place.level + 1 if place.kind == "item" else 1
            return _Place("item", depth, name == "ol", self._groups)
        if name in ("li", "tr", "dt"):
            self._entries += 1
            return replace(place, entry=self._entries)
        return place

    def _block(self, inline: list[Tag | NavigableString], place: _Place) -> Iterator[Block]:
        found = _Inline()
        for node in inline:
            found.add(node)
        marked = clean(found.text)
        text = clean(re.sub(f"[{_OPEN}{_CLOSE}]", "", marked))
        if text:
            yield Block(place.kind, text, marked, found.links, place.level, place.ordered, place.group, place.entry)


class _Inline:
    """Text, emphasis and links of what stands in one line of thought."""

    def __init__(self) -> None:
        self.text = ""
        self.links: list[Link] = []

    def add(self, node: Tag | NavigableString) -> None:
        if isinstance(node, NavigableString):
            if not isinstance(node, PreformattedString):
                self.text += re.sub(rf"[\s{_OPEN}{_CLOSE}]+", " ", node)
            return
        if _unread(node):
            return
        if node.name == "br":
            self.text += "\n"
            return
        start = len(self.text)
        for child in node.children:
            if isinstance(child, Tag | NavigableString):
                self.add(child)
        inner = self.text[start:]
        if node.name in _EMPHASIS and not re.search(f"[{_OPEN}{_CLOSE}]", inner):
            self.text = f"{self.text[:start]}{_OPEN}{inner}{_CLOSE}"
        if node.name == "a" and node.get("href"):
            words = clean(re.sub(f"[{_OPEN}{_CLOSE}]", "", inner))
            self.links.append(Link(words, clean(str(node["href"]))))


def _is_block(element: Tag) -> bool:
    """Tell whether an element breaks the line of thought; a wrapper around blocks does too."""
    return element.name in _BLOCKS or element.find(_BLOCKS) is not None


def _unread(element: Tag) -> bool:
    hidden = element.has_attr("hidden") or element.get("aria-hidden") == "true"
    return element.name in _UNREAD or hidden
