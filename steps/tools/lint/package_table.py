"""The copies of the packages in the features, held against the one documented list; and no list of them elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import zip_longest
from typing import TYPE_CHECKING

from steps.documentation.packages import PLACE
from steps.tools.lint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from steps.tools.lint.feature_reader import Features, Table

_COLUMN = "package"
"""The name of the column in which an outline lists the packages."""
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:([,_.'\u202f\u00a0 ])\d{3})(?:\1\d{3})*(?![\w])|(?<![\w.,])\d{4,}(?!\w)")
_SEPARATORS = str.maketrans(dict.fromkeys(",_.'\u202f\u00a0 "))
_LIST = 4
"""How many documented amounts close together make a list of packages."""
_CLOSE = 2
"""How many lines may lie between two amounts of one list."""


def check_packages(features: Features, root: Path) -> Iterator[Finding]:
    """Find copies of the packages that differ from the documented list, and lists of them outside the features.

    The fake has a catalogue of its own, as the real site has, and so has the foreign site of the tests.
    """
    if not features.packages:
        yield Finding(PLACE, 1, 'The table of packages is missing; it stands in the scenario "The packages on sale".')
        return
    documented = {_digits(amount) for amount in features.packages}
    for table in features.tables:
        if _COLUMN in table.rows[0]:
            yield from _differences(table, features.packages)
        elif len({_digits(cell) for row in table.rows for cell in row} & documented) >= _LIST:
            yield Finding(
                table.file,
                table.lines[0],
                f'This looks like a list of the packages; name its column "{_COLUMN}", and it is held against {PLACE}.',
            )
    for path in _texts(root):
        line = _listed(path.read_text(encoding="utf-8", errors="replace"), documented)
        if line:
            yield Finding(
                path.relative_to(root).as_posix(),
                line,
                f"The packages stand in {PLACE} alone; read them by steps.documentation.packages.documented_packages.",
            )


def fix_packages(features: Features) -> list[str]:
    """Write the documented packages into every outline that lists others; returns file and line of each copy.

    A table with further columns is left alone: what belongs beside a package is not known.
    """
    outdated: dict[str, list[Table]] = defaultdict(list)
    for table in features.tables if features.packages else ():
        if table.is_examples and table.rows[0] == (_COLUMN,) and any(_differences(table, features.packages)):
            outdated[table.file].append(table)
    for file, tables in outdated.items():
        path = features.root / file
        lines = path.read_bytes().decode("utf-8").split("\n")
        for table in reversed(tables):
            first, last = table.lines[0] - 1, table.lines[-1]
            lines[first:last] = _written(lines[first], features.packages)
        path.write_bytes("\n".join(lines).encode())
    return [f"{file}:{table.lines[0]}" for file, tables in outdated.items() for table in tables]


def _differences(table: Table, packages: Sequence[str]) -> Iterator[Finding]:
    """Yield a finding at the first row that differs from the documented list."""
    column = table.rows[0].index(_COLUMN)
    for at, (row, wanted) in enumerate(zip_longest(table.rows[1:], packages), start=1):
        found = row[column] if row else None
        if found != wanted:
            here = f"{found} stands here" if found else "the list ends here"
            expected = f"{wanted} comes next" if wanted else "no package is left"
            yield Finding(
                table.file,
                table.lines[min(at, len(table.lines) - 1)],
                f"These are not the packages of {PLACE}: {here}, and {expected} there; "
                "`acceptance check --fix` writes them.",
            )
            return


def _written(header: str, packages: Sequence[str]) -> list[str]:
    indent, end = header[: len(header) - len(header.lstrip())], "\r" if header.endswith("\r") else ""
    width = max(map(len, (_COLUMN, *packages)))
    return [f"{indent}| {cell:<{width}} |{end}" for cell in (_COLUMN, *packages)]


def _texts(root: Path) -> Iterator[Path]:
    for folder, ends in (("steps", (".py", ".js", ".toml", ".json", ".html")), ("tests", (".py",)), ("docs", (".md",))):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in ends and "foreign_site" not in path.parts:
                yield path
    yield from (path for name in ("README.md", "CONTRIBUTING.md", "targets.toml") if (path := root / name).is_file())


def _listed(text: str, documented: set[int]) -> int | None:
    """Return the line at which a list of documented amounts begins, if there is one."""
    digits = text.translate(_SEPARATORS)
    if sum(str(amount) in digits for amount in documented) < _LIST:  # most files: sooner told than by the pattern
        return None
    start, last, seen = 0, -_CLOSE, set[int]()
    for found in _NUMBER.finditer(text):
        if (amount := _digits(found[0])) in documented:
            number = text.count("\n", 0, found.start()) + 1
            if number - last > _CLOSE:
                start, seen = number, set()
            last, seen = number, seen | {amount}
            if len(seen) >= _LIST:
                return start
    return None


def _digits(amount: str) -> int:
    digits = re.sub(r"\D", "", amount)
    return int(digits) if digits else -1
