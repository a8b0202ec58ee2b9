"""One noun through all layers: CONTRIBUTING's table leads from each feature to its steps, page object and fake."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from steps.tools.lint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from steps.tools.lint.feature_reader import Features

PLACE = "CONTRIBUTING.md"
_HEADER = "| noun |"
_FILE = re.compile(r"`([^`]+)`")


def check_nouns(features: Features, root: Path) -> Iterator[Finding]:
    """Find files of the table of nouns that do not exist, and features and step modules that it does not name."""
    path = root / PLACE
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    header = next((at for at, line in enumerate(lines) if line.startswith(_HEADER)), None)
    if header is None:
        yield Finding(PLACE, 1, f'The table of nouns is missing; its header begins with "{_HEADER}".')
        return
    named = Counter[str]()
    for number, line in enumerate(lines[header + 2 :], start=header + 3):
        if not line.startswith("|"):
            break
        for file in _FILE.findall(line):
            named[file] += 1
            if not (root / file).is_file():
                yield Finding(PLACE, number, f"The table of nouns names {file}, which does not exist.")
    modules = (module.relative_to(root).as_posix() for module in sorted((root / "steps").glob("*.py")))
    steps = (module for module in modules if module not in ("steps/__init__.py", "steps/plugin.py"))
    for file in (*features.files, *steps):
        if named[file] != 1:
            times = "does not name" if not named[file] else "names more than once"
            yield Finding(PLACE, header + 1, f"The table of nouns {times} {file}; give it a row of one noun.")
