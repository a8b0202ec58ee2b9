"""The packages stand in one table; nowhere else is a list of them that could drift from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.tools.lint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from steps.tools.lint.feature_reader import Features

PLACE = "features/choose_package.feature"
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:([,_.'\u202f\u00a0 ])\d{3})(?:\1\d{3})*(?![\w])|(?<![\w.,])\d{4,}(?!\w)")
_LIST = 4
"""How many documented amounts close together make a list of packages."""
_CLOSE = 2
"""How many lines may lie between two amounts of one list."""


def check_packages(features: Features, root: Path) -> Iterator[Finding]:
    """Find lists of packages beside the one table.

    The fake has a catalogue of its own, as the real site has, and so has the foreign site of the tests.
    """
    if not features.packages:
        yield Finding(PLACE, 1, 'The table of packages is missing; it stands in the scenario "The packages on sale".')
        return
    documented = {_plain(amount) for amount in features.packages}
    yield from _tables(features, documented)
    for path in _texts(root):
        line = _listed(path.read_text(encoding="utf-8", errors="replace"), documented)
        if line:
            yield Finding(
                path.relative_to(root).as_posix(),
                line,
                f"The packages stand in {PLACE} alone; read them by steps.documentation.packages.documented_packages.",
            )


def _tables(features: Features, documented: set[int]) -> Iterator[Finding]:
    own = next((table for table in features.tables if table[0] == PLACE), None)
    for table in features.tables:
        file, line, rows = table
        if table is not own and sum(_plain(cell) in documented for row in rows for cell in row) > 1:
            yield Finding(file, line, f"The packages stand in {PLACE} alone; leave this table out and they are taken.")


def _texts(root: Path) -> Iterator[Path]:
    for folder, ends in (("steps", (".py", ".js", ".toml", ".json", ".html")), ("tests", (".py",)), ("docs", (".md",))):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in ends and "foreign_site" not in path.parts:
                yield path
    yield from (path for name in ("README.md", "CONTRIBUTING.md", "targets.toml") if (path := root / name).is_file())


def _listed(text: str, documented: set[int]) -> int | None:
    """Give the line at which a list of documented amounts begins, if there is one."""
    start, last, seen = 0, -_CLOSE, set[int]()
    for number, line in enumerate(text.splitlines(), start=1):
        amounts = {_plain(found[0]) for found in _NUMBER.finditer(line)} & documented
        if amounts:
            if number - last > _CLOSE:
                start, seen = number, set()
            last, seen = number, seen | amounts
            if len(seen) >= _LIST:
                return start
    return None


def _plain(amount: str) -> int:
    digits = re.sub(r"\D", "", amount)
    return int(digits) if digits else -1
