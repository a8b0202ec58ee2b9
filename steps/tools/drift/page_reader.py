"""Read a documentation page, Markdown or HTML, as lines with bold words and links. Nothing in it is an instruction."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urljoin, urlsplit

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from markdownify import ATX, MarkdownConverter

from steps.tools.drift.source import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from steps.tools.drift.source import Source

_UNREAD = frozenset((
    "head", "nav", "script", "style", "template", "noscript", "svg", "iframe", "img", "video", "button", "select",
    "s", "del", "strike",
))  # fmt: skip
"""Elements that hold no sentence of the page; struck-out words count as gone."""
_LAYOUT_TAG = re.compile(r'\{% (end)?(stepper|step|tabs|columns?|hint( style="\w+")?) %\}')
"""GitBook's tags that only arrange text."""
_FURNITURE = re.compile(r"Last updated ((an?|\d+) \w+ ago|last \w+|yesterday|today|just now)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[.!?][\"')\]])\s+")
_QUOTES = str.maketrans("‘’“”", "''\"\"")  # noqa: RUF001 - as pages write them
_DEEPEST, _LONGEST = 60, 128 * 1024
"""Levels of nesting, and characters, that a page may have."""


@dataclass
class Line:
    """A heading, a paragraph, an item of a list or a row of a table, up to a line break."""

    text: str = ""
    bold: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    """Words and target of each link."""
    level: int = 0
    """Of a heading 1 to 6."""
    numbered: bool = False
    """Whether an item of a numbered list begins here, one that stands in no other list."""

    @property
    def sentences(self) -> list[str]:
        """The sentences of the line."""
        return [sentence for sentence in _SENTENCE_END.split(self.text) if sentence]


@dataclass
class Reading:
    """The text of a page."""

    name: str
    lines: list[Line]
    skipped: list[str]
    """Headings of the sections at the end that address programs."""
    complete: bool
    """Whether the page is seen to end where it should."""


def read_page(source: Source, address: str) -> Reading:
    """Return the lines of a page; `address` is where its relative links start. Raises UnusableInputError."""
    try:
        html = source.text if source.html else _render(source)
        content = _Converter(heading_style=ATX, escape_misc=True).content(html, whole=not source.html)
    except RecursionError:
        raise UnusableInputError(f"{source.name} is nested too deeply to be a documentation page.") from None
    if len(content) > _LONGEST:
        raise UnusableInputError(f"{source.name} holds more text than a documentation page; give the page alone.")
    tokens = _parse(MarkdownIt("commonmark", {"html": False}), content, source)
    lines = [line for line in _lines(tokens, address) if line.text and not _FURNITURE.fullmatch(line.text)]
    kept, skipped = _without_agents_block(lines)
    return Reading(source.name, kept, skipped, complete=source.html or bool(skipped))


def clean(text: str) -> str:
    """Return text in one form: plain quotes, single spaces, no characters that cannot be seen."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    text = "".join(one for one in text if one.isspace() or unicodedata.category(one)[0] != "C")
    return " ".join(text.split())


_DIVISION: Any = cast("Any", MarkdownConverter).convert_div
"""What the converter does with a box, for the tags that it does not know."""


class _Converter(MarkdownConverter):
    """HTML to Markdown, without what surrounds a page's content."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._content: list[str] = []

    def content(self, html: str, *, whole: bool) -> str:
        """Return the Markdown of the page's main part; of all, if none is marked or if `whole`."""
        everything: str = self.convert(html)
        return everything if whole else "\n\n".join(self._content) or everything

    def process_tag(self, node: Any, parent_tags: Any = None) -> str:
        if node.name in _UNREAD or node.has_attr("hidden"):
            return ""
        text: str = super().process_tag(node, parent_tags=parent_tags)  # type: ignore[misc] # of a base that has no types
        if node.name in ("main", "article") and not node.find_parent(["main", "article"]):
            self._content.append(text)
        return text

    convert_main = convert_details = convert_summary = convert_header = convert_footer = _DIVISION
    convert_aside = convert_figure = _DIVISION


def _render(source: Source) -> str:
    """Return Markdown as HTML: a page may hold both."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("strikethrough")
    tokens = _parse(parser, _LAYOUT_TAG.sub("\n\n", source.text), source)
    return str(parser.renderer.render(tokens, parser.options, {}))


def _parse(parser: MarkdownIt, text: str, source: Source) -> list[Token]:
    parser.options["maxNesting"] = _DEEPEST
    parser.validateLink = lambda _: True  # type: ignore[method-assign, assignment] # nothing is followed, all is compared
    tokens = parser.enable("table").parse(text)
    if any(token.level >= _DEEPEST - 2 for token in tokens):  # deeper ones were dropped
        raise UnusableInputError(f"{source.name} is nested too deeply to be a documentation page.")
    return tokens


def _lines(tokens: list[Token], address: str) -> Iterator[Line]:
    """Yield the lines of a page in reading order."""
    for node in SyntaxTreeNode(tokens).walk():
        parent = node.parent
        if node.type in ("fence", "code_block"):
            yield from (Line(clean(text)) for text in node.content.splitlines())
        elif node.type == "tr":
            cells = [line for cell in node.children for one in cell.children for line in _inline(one, address)]
            row = Line(" | ".join(cell.text for cell in cells if cell.text))
            for cell in cells:
                row.bold += cell.bold
                row.links += cell.links
            yield row
        elif node.type == "inline" and parent and parent.type not in ("td", "th"):
            lines = _inline(node, address)
            item = parent.parent if parent.parent and parent.parent.type == "list_item" else None
            lists = item.parent if item and item.children[0] is parent else None
            lines[0].numbered = bool(lists and lists.type == "ordered_list" and lists.level == 0)
            for line in lines:
                line.level = int(parent.tag[1]) if parent.type == "heading" else 0
            yield from lines


def _inline(node: SyntaxTreeNode, address: str) -> list[Line]:
    """Return the lines of one paragraph, which hard breaks part."""
    lines = [Line()]
    bold, link, target = 0, 0, ""
    for token in node.to_tokens()[0].children or []:
        line = lines[-1]
        if token.type in ("text", "code_inline"):
            line.text += token.content
        elif token.type == "softbreak":
            line.text += " "
        elif token.type == "hardbreak":
            lines.append(Line())
            bold = link = 0
        elif token.type == "strong_open":
            bold = len(line.text)
        elif token.type == "strong_close":
            line.bold.append(clean(line.text[bold:]))
        elif token.type == "link_open":
            link, target = len(line.text), str(token.attrGet("href"))
        elif token.type == "link_close" and (words := clean(line.text[link:])) and not target.startswith("#"):
            line.links.append((words, _place(target, address)))
    for line in lines:
        line.text = clean(line.text)
    return lines


def _place(target: str, address: str) -> str:
    """Return where a link leads: a path on the page's own site, without an ending, or else a whole address."""
    try:
        parts = urlsplit(urljoin(address, target))
    except ValueError:
        return clean(target)
    if parts.scheme == "mailto":
        return f"mailto:{clean(parts.path).lower()}"
    if parts.scheme in ("http", "https") and parts.netloc.lower() == urlsplit(address).netloc:
        query = f"?{parts.query}" if parts.query else ""
        return clean(parts.path.rstrip("/").removesuffix(".md") + query)
    return clean(parts.geturl())


def _without_agents_block(lines: list[Line]) -> tuple[list[Line], list[str]]:
    """Return the lines without the sections, as high as the page's title, that are headed as instructions to agents."""
    title = next((line for line in lines if line.level), None)
    kept: list[Line] = []
    skipped: list[str] = []
    inside = False
    for line in lines:
        if title and line is not title and 0 < line.level <= title.level:
            words = set(re.findall(r"\w+", line.text.lower()))
            inside = bool(words & {"agent", "agents", "ai", "llm", "llms"} and words & {"instruction", "instructions"})
            skipped += [line.text] if inside else []
        kept += [] if inside else [line]
    return kept, skipped
