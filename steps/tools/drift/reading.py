"""From a page's blocks to what it holds: title, steps, packages, labels, links, addresses, and what is said besides."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from steps.tools.drift.amounts import Amount, amount_in, amounts_in_sentence
from steps.tools.drift.blocks import Block, Link, blocks_of
from steps.tools.drift.meaning import likeness, most_like, sentences_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from steps.documentation.model import Page
    from steps.tools.drift.source import Source

_FOR_PROGRAMS = re.compile(
    r"\b(agent|ai|llm|assistant|bot|crawler)s?('s)?\b.*\binstructions?\b"
    r"|\binstructions? (for|to) .*\b(agents?|ai|llms?)\b",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(last updated|was this (page )?helpful|previous$|next$|on this page|powered by|copy( page| link)?$|edit on\b)",
    re.IGNORECASE,
)
"""What a publishing tool puts around the text of a page."""
_TEMPLATE = re.compile(r"\{%.*?%\}", re.DOTALL)
_NUMBERED = re.compile(r"(step\s+\d+\b[\s.:)–—-]*|\d{1,2}[.):]\s+)", re.IGNORECASE)  # noqa: RUF001 - as pages write them
_NUMBERED_FIRST = re.compile(r"\A" + _NUMBERED.pattern, re.IGNORECASE)
_E_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+")


@dataclass
class Step:
    """One step of the page's instructions."""

    blocks: list[Block]

    @property
    def sentences(self) -> list[str]:
        """All that it says, its title first; packages are read apart."""
        return [one for block in self.blocks for one in sentences_of(re.sub(_NUMBERED_FIRST, "", said_in(block)))]

    @property
    def title(self) -> str:
        """Its first sentence."""
        return next(iter(self.sentences), "")

    @property
    def body(self) -> list[str]:
        """What it says below its title; a step of one sentence has nothing else than that."""
        return self.sentences[1:] or self.sentences


@dataclass
class Reading:
    """What a page holds."""

    name: str
    title: str = ""
    steps: list[Step] = field(default_factory=list)
    packages: list[Amount] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    other: list[Block] = field(default_factory=list)
    """What stands outside the steps: the introduction, help."""
    links: list[Link] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    """Headings of sections that address programs, not readers."""
    last: str = ""
    """The last words of the page."""

    @property
    def sentences(self) -> list[str]:
        """Every sentence and heading, in no particular order."""
        said = [one for step in self.steps for one in step.sentences]
        said += [one for block in self.other for one in sentences_of(said_in(block))]
        return [self.title, *self.headings, *said]


def read_page(source: Source, page: Page) -> Reading:
    """Read a page; `page` tells what its steps are about, however they are laid out. Raises UnusablePageError."""
    reading = Reading(source.name)
    blocks = [block for block in _content(blocks_of(source), reading) if not _FURNITURE.match(block.text)]
    reading.links = [link for block in blocks for link in block.links]
    mailed = [link.to.partition(":")[2].partition("?")[0] for link in reading.links if link.to.startswith("mailto:")]
    reading.addresses = [*mailed, *(found for block in blocks for found in _E_MAIL.findall(block.text))]
    reading.last = blocks[-1].text if blocks else ""
    rest = _without_packages(blocks, reading)
    reading.steps = _steps(rest, page)
    taken = {id(block) for step in reading.steps for block in step.blocks}
    left = [block for block in rest if id(block) not in taken and not _is_template(block)]
    reading.headings = [block.text for block in left if block.kind == "heading"]
    reading.other = [block for block in left if block.kind != "heading"]
    return reading


def _content(blocks: list[Block], reading: Reading) -> list[Block]:
    """Leave out what stands before the title, and the sections that address programs: they are no documentation."""
    at = next((at for at, block in enumerate(blocks) if block.kind == "heading" and block.level == 1), None)
    if at is not None:
        reading.title, blocks = blocks[at].text, blocks[at + 1 :]
    kept: list[Block] = []
    skipped = 0
    for block in blocks:
        if block.kind == "heading":
            skipped = skipped if skipped and block.level > skipped else 0
            if not skipped and _FOR_PROGRAMS.search(block.text):
                skipped = block.level
                reading.unread.append(block.text)
        if not skipped:
            kept.append(block)
    return kept


def _without_packages(blocks: list[Block], reading: Reading) -> list[Block]:
    """Take the packages out: items of a list or rows of a table, or a sentence that lists them."""
    rest: list[Block] = []
    for block in blocks:
        amount = _package(block, blocks)
        if amount is not None:
            reading.packages.append(amount)
            continue
        listed = [one for sentence in sentences_of(block.text) for one in amounts_in_sentence(sentence)]
        reading.packages += listed
        rest.append(block)
    return rest


def _package(block: Block, blocks: Sequence[Block]) -> Amount | None:
    """Give the package that an item names; a lone number among steps is none."""
    if block.kind not in ("item", "row"):
        return None
    cells = [other.text for other in blocks if other.entry == block.entry] if block.kind == "row" else [block.text]
    if block.kind == "row" and cells[0] != block.text:
        return None
    amount = amount_in(" ".join(cells))
    if amount is None or len(amount.rest) > 60:
        return None
    return amount


def _steps(blocks: list[Block], page: Page) -> list[Step]:
    """Find the steps in the layout that tells most of the documented ones: numbers, bullets or headings."""
    layouts = [_numbered(blocks), *_bulleted(blocks), *_headed(blocks)]
    return max(layouts, key=lambda steps: _told(steps, page))


def _told(steps: Iterable[Step], page: Page) -> int:
    """Count the documented steps that are told, each by a step of its own."""
    told = set()
    for step in steps:
        best = most_like(step.sentences, page)
        if likeness(best, step.sentences) >= 0.5:
            told.add(best.tag)
    return len(told)


def _numbered(blocks: list[Block]) -> list[Step]:
    """Take items of ordered lists, headings and paragraphs that begin with a number, and GitBook's stepper."""
    starts: list[int] = []
    entries: set[int] = set()
    stepper = False
    for at, block in enumerate(blocks):
        ordered = block.kind == "item" and block.ordered and block.level == 1 and block.entry not in entries
        numbered = block.kind != "item" and bool(_NUMBERED.match(block.text))
        begun = "{% step %}" in block.text
        if ordered or numbered or stepper or (begun and not _is_template(block)):
            starts.append(at)
        entries.add(block.entry)
        stepper = begun and _is_template(block)
    return _parted(blocks, starts)


def _bulleted(blocks: list[Block]) -> list[list[Step]]:
    """Take the items of each bulleted list that is no list of packages."""
    groups = {block.group for block in blocks if block.kind == "item" and not block.ordered and block.level == 1}
    layouts = []
    for heading in _sections(blocks):
        inside = [at for at in heading if blocks[at].group in groups and blocks[at].kind == "item"]
        first = {blocks[at].entry: at for at in reversed(inside)}
        layouts.append(_parted(blocks, sorted(first.values())))
    return layouts


def _headed(blocks: list[Block]) -> list[list[Step]]:
    """Take the headings of each level."""
    levels = {block.level for block in blocks if block.kind == "heading"}
    return [
        _parted(blocks, [at for at, block in enumerate(blocks) if block.kind == "heading" and block.level == level])
        for level in sorted(levels)
    ]


def _sections(blocks: list[Block]) -> list[list[int]]:
    sections: list[list[int]] = [[]]
    for at, block in enumerate(blocks):
        if block.kind == "heading":
            sections.append([])
        sections[-1].append(at)
    return sections


def _parted(blocks: list[Block], starts: list[int]) -> list[Step]:
    """Give each start the blocks up to the next one, or up to a heading that ends the steps."""
    steps = []
    for start, following in itertools.pairwise([*starts, len(blocks)]):
        first = blocks[start]
        end = next((at for at in range(start + 1, following) if _ends(blocks[at], first)), following)
        steps.append(Step([block for block in blocks[start:end] if not _is_template(block)]))
    return steps


def _ends(block: Block, first: Block) -> bool:
    if "{% endstep" in block.text:
        return True
    return block.kind == "heading" and (first.kind != "heading" or block.level <= first.level)


def said_in(block: Block) -> str:
    """Give the text of a block without GitBook's own marks, such as {% step %}."""
    return _TEMPLATE.sub("", block.text).strip()


def _is_template(block: Block) -> bool:
    return not said_in(block)
