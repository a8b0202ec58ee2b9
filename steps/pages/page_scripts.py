"""The scripts that read a page from within the browser."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PLACE = Path(__file__).parent / "scripts"


@cache
def script(name: str) -> str:
    """Return one of the scripts, with the functions that it shares with others."""
    shared, own = ((_PLACE / f"{one}.js").read_text(encoding="utf-8") for one in ("shared", name))
    return f"(...given) => {{\n{shared}return (\n{own})(...given);\n}}"
