"""The kit of all HTML pages: one environment, base template and style sheet; each page is one file, whole by itself."""

from __future__ import annotations

import os
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from steps.reporting.failure_message import words_of

if TYPE_CHECKING:
    from jinja2 import Template

_KIT = Path(__file__).parent / "kit"
_AT_ONCE = 200
"""Pieces of a page that are written together: a page of a thousand scenarios is never whole in memory."""


def write_html(file: Path, template: Path, **content: Any) -> None:
    """Fill a template, which extends the kit's base.html, and put the page into place in one go. Raises OSError."""
    page = template_at(template).stream(**content)
    page.enable_buffering(_AT_ONCE)
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    with unfinished.open("wb") as open_file:
        page.dump(open_file, encoding="utf-8")
    unfinished.replace(file)


@cache
def template_at(file: Path) -> Template:
    """Read and compile a template; jinja2 is imported only when a page is written, for it takes a while."""
    from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

    try:
        kept = FileSystemBytecodeCache()  # compiling takes longer than filling
    except RuntimeError:  # there is no place that is this user's alone
        kept = None
    environment = Environment(
        loader=FileSystemLoader([file.parent, _KIT]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=kept,
    )
    environment.filters |= {
        "kind": lambda words: re.sub(r"\W+", "-", words.lower()),
        "duration": format_duration,  # type: ignore[dict-item] # of a number
        "capital": capital,
        "promise": words_of,
    }
    return environment.get_template(file.name)


def format_duration(seconds: float) -> str:
    """Write a time as a person would: 340 ms, 2.1 s, 3 min 20 s."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 100:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"


def format_moment(moment: str) -> str:
    """Write a moment in ISO 8601 (UTC) as a person would; another text stays as it is."""
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return f"{at.day} {at:%B %Y, %H:%M} UTC"


def capital(words: str) -> str:
    """Begin with a capital letter, and leave the rest as it is."""
    return words[:1].upper() + words[1:]
