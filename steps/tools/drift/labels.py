"""The words that show on the site: those of a step that are gone, and those that it names anew."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.tools.drift.change import Change
from steps.tools.drift.meaning import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from steps.documentation.model import Page, Promise
    from steps.tools.drift.blocks import Block

_BEFORE = re.compile(
    r"(\b(click|press|tap|select|choose|pick|open|hit|use|go to|to|on|in|under|from|the|your|see|named|called|then)"
    r"|[>→,/]|\b(and|or))[\s\"'“]*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[\s\"'”]*(tab|section|button|menu|page|dialog|field|option|link|icon|area|list|item|screen)\b", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"“]([^\"“”]{2,40})[\"”]")


def check_labels(promise: Promise, blocks: list[Block], page: Page) -> Iterator[Change]:
    """Hold the labels that a step names against those that it is documented to name."""
    text = "\n".join(block.text for block in blocks)
    gone = [label for label in promise.labels if not names(label, text)]
    new = new_labels(blocks, page)
    if gone and new:
        yield Change(f"The page now says {_told(new)} where the suite looks for {_told(gone)}.", (promise.tag,))
    elif gone:
        yield Change(f"The page no longer names {_told(gone)}, which the suite looks for.", (promise.tag,))
    elif new:
        yield Change(f"The page now names {_told(new)}, which the suite does not look for.", (promise.tag,))


def new_labels(blocks: Iterable[Block], page: Page) -> list[str]:
    """Give the words that are written as labels and that no promise of the page knows."""
    known = {label.casefold() for promise in page.promises for label in promise.labels}
    found = [label for block in blocks for label in _labels(block)]
    return [label for label in dict.fromkeys(found) if label.casefold() not in known]


def _labels(block: Block) -> Iterator[str]:
    """Give emphasised or quoted words that stand where a label stands: after "click", before "tab"."""
    linked = {link.text for link in block.links}
    matching_elements = block.emphasised
    matching_elements += [(block.text[: m.start()], m[1], block.text[m.end() :]) for m in _QUOTED.finditer(block.text)]
    for before, words, after in matching_elements:
        label = words.strip(" .,:;!\"'“”")
        short = 0 < len(label.split()) <= 5 and "\n" not in label
        placed = _BEFORE.search(before.rsplit("\n", 1)[-1]) or _AFTER.match(after)
        if short and placed and (label[0].isupper() or label[0].isdigit()) and label not in linked:
            yield label


def _told(labels: list[str]) -> str:
    return " and ".join(f'"{label}"' for label in labels)
