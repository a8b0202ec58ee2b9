"""The arrows of the house: the suite knows the fake as a target only, and the fake does not know the suite."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from steps.tools.lint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FORBIDDEN = {
    "steps": ("fake_backend", "the suite reaches the fake by its address alone, as any target"),
    "fake_backend": ("steps", "the fake stands for a site, which knows nothing of the suite"),
}


def check_imports(root: Path) -> Iterator[Finding]:
    """Find imports between the suite and the fake, those by name included."""
    for room, (other, why) in _FORBIDDEN.items():
        for path in sorted((root / room).rglob("*.py")):
            code = path.read_bytes()
            # To parse every file would take most of the check's time.
            for node in ast.walk(ast.parse(code)) if other.encode() in code else ():
                if any(name.partition(".")[0] == other for name in _imported(node)):
                    line = getattr(node, "lineno", 1)
                    yield Finding(path.relative_to(root).as_posix(), line, f"{room}/ imports {other}, but {why}.")


def _imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import():
            return [alias.name for alias in node.names]
        case ast.ImportFrom(level=0, module=str(module)):
            return [module]
        case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called), args=[ast.Constant(value=str(name)), *_]):
            return [name] if called in ("import_module", "__import__", "find_spec") else []
    return []
