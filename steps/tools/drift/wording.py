"""The sentences of a page that a person has read and found to promise what the features check.

Not the sentences are kept but a digest of each: enough to tell which are new, without a copy of the page.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from steps.tools.drift.meaning import digest

if TYPE_CHECKING:
    from steps.documentation.model import Page
    from steps.tools.drift.reading import Reading

_FOLDER = Path(__file__).parents[2] / "documentation"


def accepted_wording(page: Page) -> frozenset[str]:
    """Give the digests of a page's accepted sentences; none if none were accepted yet."""
    file = wording_file(page)
    return frozenset(file.read_text(encoding="utf-8").split()) if file.is_file() else frozenset()


def accept_wording(page: Page, reading: Reading) -> Path:
    """Keep the digests of what the page says now, in its order, and give the file. Raises OSError."""
    digests = dict.fromkeys(digest(sentence) for sentence in reading.sentences)
    file = wording_file(page)
    file.write_text("".join(f"{one}\n" for one in digests), encoding="utf-8")
    return file


def wording_file(page: Page) -> Path:
    """Name the file with a page's digests."""
    return _FOLDER / f"{page.name}.wording"
