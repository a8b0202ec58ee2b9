"""Writes a comparison as one HTML file that opens from a disk, without a network, with its pictures in it."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from steps.reporting.report_model import capital
from steps.tools.comparison.compare import FOUND_AT
from steps.tools.comparison.package_diff import pairs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.tools.comparison.compare import Comparison
    from steps.tools.comparison.recording import Recording

_PARTS = Path(__file__).parent / "page"
_REPORT = Path(__file__).parents[2] / "reporting" / "page"
"""The report's styles are these pages' too."""


@dataclass(frozen=True)
class _Side:
    letter: str
    name: str
    stops: frozenset[str]
    pictures: dict[str, str]


def write_page(file: Path, comparison: Comparison, a: Recording, b: Recording) -> None:
    """Write the page. Raises OSError."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(_PARTS), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters |= {"capital": capital, "slug": _slug, "packages": lambda stop: _packages(stop, a, b)}
    styles = [(_REPORT / "report.css").read_text("utf-8"), (_PARTS / "compare.css").read_text("utf-8")]
    text = environment.get_template("compare.html").render(
        comparison=comparison,
        headline=headline(comparison),
        notes=comparison.notes,
        sides=[_side("A", a), _side("B", b)],
        asks=any(package.asked for one in (a, b) for stop in one.manifest.stops for package in stop.packages),
        facts=_facts(a, b),
        css=Markup("\n".join(styles)),  # noqa: S704 - the project's own files
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def headline(comparison: Comparison) -> str:
    """Say in a line what came of it."""
    if not comparison.complete:
        return "Neither walk came as far as the packages"
    count = len(comparison.matters)
    return (
        "No difference that matters"
        if not count
        else f"{count} difference{'s' if count > 1 else ''} that matter{'s' if count == 1 else ''}"
    )


def name_of(recording: Recording) -> str:
    """Name a recording by its target, what was special about it, and the moment."""
    manifest = recording.manifest
    special = [f"{question}={answer}" for question, answer in manifest.variant.items()]
    special += [f"fault {name}" for name in manifest.faults]
    place = manifest.target if manifest.start else f"{manifest.target} at {manifest.address}"
    return ", ".join([place, *special])


def _side(letter: str, recording: Recording) -> _Side:
    pictures = {
        name: f"data:image/png;base64,{base64.b64encode(content).decode()}"
        for name, content in recording.pictures.items()
    }
    names = dict.fromkeys(recording.stops, "") | pictures
    return _Side(letter, name_of(recording), frozenset(recording.stops), _Pictures(names))


class _Pictures(dict[str, str]):
    """Pictures by stop; "" where there is none."""

    def __missing__(self, stop: str) -> str:
        return ""


def _packages(stop: str, a: Recording, b: Recording) -> list[Any]:
    """Give the packages of a stop side by side; none where neither sells any."""
    if stop != "packages" or not all(stop in one.stops for one in (a, b)):
        return []
    return pairs_of(a.stops[stop].packages, b.stops[stop].packages)


def _facts(a: Recording, b: Recording) -> list[tuple[str, list[str]]]:
    columns = [dict(_known(one)) for one in (a, b)]
    return [(name, [column[name] for column in columns]) for name in columns[0]]


def _known(recording: Recording) -> Iterator[tuple[str, str]]:
    manifest = recording.manifest
    yield "Target", manifest.target
    yield "Address", manifest.address
    yield "Seen", moment(manifest.recorded)
    yield "Browser", manifest.browser
    yield "Suite", manifest.suite
    yield "Variant", ", ".join(f"{question}={answer}" for question, answer in manifest.variant.items())
    yield "Faults", ", ".join(manifest.faults)
    for name in FOUND_AT:
        yield capital(name), manifest.findings.get(name, "")
    yield "Stops", ", ".join(stop.name if stop.reached else f"{stop.name} (not reached)" for stop in manifest.stops)


def moment(recorded: str) -> str:
    """Write a moment in ISO 8601 as a person would; another text stays as it is."""
    try:
        at = datetime.fromisoformat(recorded)
    except ValueError:
        return recorded
    return f"{at.day} {at:%B %Y, %H:%M} UTC"


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.lower())
