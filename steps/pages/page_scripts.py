"""The scripts that look at a page from within."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PLACE = Path(__file__).parent / "scripts"


@cache
def script(name: str) -> str:
    """Read one of the scripts that look at a page, with what they share around it."""
    shared, own = ((_PLACE / f"{one}.js").read_text(encoding="utf-8") for one in ("shared", name))
    return f"(...given) => {{\n{shared}return (\n{own})(...given);\n}}"
