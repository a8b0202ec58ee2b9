"""A copy of what `acceptance check` reads, to plant things in."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from steps.plugin import MODULES
from steps.tools.lint.lint import check_tree

if TYPE_CHECKING:
    from steps.tools.lint.finding import Finding

ROOT = Path(__file__).parents[3]


@dataclass
class Planted:
    """A copy of what the check reads."""

    root: Path

    def change(self, file: str, old: str, new: str, count: int = 1) -> None:
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, count), encoding="utf-8")

    def add(self, file: str, text: str) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(before + text, encoding="utf-8")

    def line_of(self, file: str, text: str, nth: int = 1) -> int:
        lines = (self.root / file).read_text(encoding="utf-8").splitlines()
        return [number for number, line in enumerate(lines, start=1) if text in line][nth - 1]

    def findings(self, *modules: str) -> list[Finding]:
        return check_tree(self.root, [*MODULES, *modules]).findings

    def only(self, *modules: str) -> Finding:
        findings = self.findings(*modules)
        assert len(findings) == 1, [str(finding) for finding in findings]
        return findings[0]


def planted(root: Path) -> Planted:
    """Copy what the check reads to `root`."""
    for folder in ("features", "steps", "fake_backend"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "targets.toml", "README.md", "CONTRIBUTING.md"):
        shutil.copy(ROOT / file, root / file)
    return Planted(root)
