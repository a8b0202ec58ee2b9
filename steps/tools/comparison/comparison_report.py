"""Writes a comparison as one HTML file that opens from a disk, without a network, with its pictures in it."""

from __future__ import annotations

import base64
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from steps.reporting.html_kit import capital, format_moment, write_html
from steps.tools.comparison.compare import FOUND_AT
from steps.tools.comparison.package_diff import align_packages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.tools.comparison.compare import Comparison
    from steps.tools.comparison.recording import Recording

_TEMPLATE = Path(__file__).parent / "comparison.html"


def write_page(file: Path, comparison: Comparison, a: Recording, b: Recording) -> None:
    """Write the page. Raises OSError."""
    columns = [dict(_known(one)) for one in (a, b)]
    packages = [one.stops["packages"].packages if "packages" in one.stops else [] for one in (a, b)]
    write_html(
        file,
        _TEMPLATE,
        comparison=comparison,
        headline=comparison.headline,
        verdict="failed" if comparison.matters else "passed" if comparison.complete else "open",
        warnings=comparison.notes,
        names=[name_of(one) for one in (a, b)],
        recordings=[a, b],
        pictures=[_pictures(one) for one in (a, b)],
        packages=align_packages(*packages) if all(packages) else [],
        asked=any(package.asked for side in packages for package in side),
        facts=[(name, [column[name] for column in columns]) for name in columns[0]],
    )


def name_of(recording: Recording) -> str:
    """Name a recording by its target and what was special about it."""
    manifest = recording.manifest
    special = [f"{question}={answer}" for question, answer in manifest.variant.items()]
    special += [f"fault {name}" for name in manifest.faults]
    place = manifest.target if manifest.start else f"{manifest.target} at {manifest.address}"
    return ", ".join([place, *special])


def _pictures(recording: Recording) -> dict[str, str]:
    """Return the addresses of the pictures by stop; "" where there is none."""
    content = {name: base64.b64encode(picture).decode() for name, picture in recording.pictures.items()}
    return defaultdict(str, {name: f"data:image/png;base64,{data}" for name, data in content.items()})


def _known(recording: Recording) -> Iterator[tuple[str, str]]:
    manifest = recording.manifest
    yield "Target", manifest.target
    yield "Address", manifest.address
    yield "Seen", format_moment(manifest.recorded)
    yield "Browser", manifest.browser
    yield "Suite", manifest.suite
    yield "Variant", ", ".join(f"{question}={answer}" for question, answer in manifest.variant.items())
    yield "Faults", ", ".join(manifest.faults)
    for name in FOUND_AT:
        yield capital(name), manifest.findings.get(name, "")
    yield "Stops", ", ".join(stop.name if stop.reached else f"{stop.name} (not reached)" for stop in manifest.stops)
