"""Writes the living documentation: one file that opens from a disk, without a network, with everything in it."""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from msgspec.structs import replace

from steps.reporting.coverage import coverage_lines
from steps.reporting.exit_codes import MEANINGS
from steps.reporting.html_kit import capital, format_duration, format_moment, write_html
from steps.reporting.report_model import view_of
from steps.reporting.run_document import FILE_NAME
from steps.reporting.run_merge import moved
from steps.reporting.then_faults import MATRIX, load, thens_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.reporting.report_model import View
    from steps.reporting.run_document import Result, Run, Scenario
    from steps.reporting.run_merge import Changes

TEMPLATE = Path(__file__).parent / "kit" / "report.html"
_MOST_LISTED = 12
"""Lines of a list at the head of the page; the rest is counted, and stands below anyway."""
_BUDGET = 12_000_000
"""Bytes of pictures of failures that are put into the page itself; the pictures beyond are linked."""
_KINDS = {".png": "png", ".jpeg": "jpeg", ".jpg": "jpeg"}


def write_page(file: Path, runs: list[tuple[Run, Path]], changes: Changes | None = None) -> None:
    """Write the page of one run, or of several side by side; each comes with its document's directory."""
    write_html(file, TEMPLATE, **_content(file, runs, changes))


def is_free(file: Path) -> bool:
    """Whether a page may be written to a file: nothing is there, or a page of this report."""
    if not file.exists():
        return True
    with file.open("rb") as stream:
        return b'<link rel="icon" href="data:image/svg+xml,%3Csvg' in stream.read(2_000)


def _content(file: Path, runs: list[tuple[Run, Path]], changes: Changes | None) -> dict[str, Any]:
    view = view_of([(moved(run, place, file.parent), place) for run, place in runs])
    documents = [place / FILE_NAME for _, place in runs]
    reds = _Reds(file.parent)
    return {
        "view": view,
        "labels": _labels([run for run, _ in runs]),
        "headline": _headline(view),
        "subline": _subline(view),
        "coverage": [list(coverage_lines(run.coverage)) for run, _ in runs],
        "warnings": list(_warnings([run for run, _ in runs])),
        "facts": _facts([run for run, _ in runs]),
        "changes": changes.numbered(view.rows) if changes else None,
        "files": _Files(file.parent),
        "reds_of": reds.of,
        "matrix": reds.matrix,
        "data": [_relative(document, file.parent) for document in documents if document.exists()],
        "most_listed": _MOST_LISTED,
        "verdict": view.verdict,
    }


class _Files:
    """The files that the page shows or links to, by their paths relative to the page."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._left = _BUDGET

    def link(self, path: str) -> str | None:
        """Return the address of a file, if it is there."""
        return quote(path) if (self._directory / path).is_file() else None

    def picture(self, path: str) -> str | None:
        """Return the source of an image: its content as long as there is room, else its address."""
        file = self._directory / path
        address = self.link(path)
        size = file.stat().st_size if address else 0
        if not address or "/pictures/" in f"/{path}" or size > self._left or file.suffix not in _KINDS:
            return address
        self._left -= size
        return f"data:image/{_KINDS[file.suffix]};base64,{base64.b64encode(file.read_bytes()).decode()}"


class _Reds:
    """The faults that turn each Then red, where the fault matrix has been run."""

    def __init__(self, directory: Path) -> None:
        places = [directory, directory.parent]
        self._found = load(places)
        matrix = next((place / MATRIX for place in places if (place / MATRIX).is_file()), None)
        self.matrix = quote(_relative(matrix, directory)) if matrix else ""

    def of(self, scenario: Scenario, result: Result) -> dict[int, list[str]]:
        """Return the faults of a scenario's Thens, by the lines of the features where those stand."""
        if not self._found:
            return {}
        thens = thens_of(replace(scenario, result=result))
        return {step.line: found for then, step in thens if (found := self._found.get(then))}


def _relative(file: Path, directory: Path) -> str:
    return Path(os.path.relpath(file, directory)).as_posix()


def _labels(runs: list[Run]) -> list[str]:
    """Name the runs shortly, and apart from each other."""
    labels = []
    for run in runs:
        variant = ", ".join(f"{key}={value}" for key, value in run.target.variant.items())
        more = [variant, ", ".join(run.target.faults)]
        labels.append(" · ".join([run.target.name, *(one for one in more if one)]))
    return [
        label if labels.count(label) == 1 else f"{label} ({run.id})" for label, run in zip(labels, runs, strict=True)
    ]


def _headline(view: View) -> str:
    sections = [section for sections in view.chapters.values() for section in sections]
    promises = [section for section in sections if section.promise.kind == "promise"] or sections
    name = "promise" if promises[0].promise.kind == "promise" else "assumption"
    holding = sum(section.verdict == "passed" for section in promises)
    if len(promises) == 1:
        said = {"passed": "holds", "failed": "does not hold", "flaky": "does not always hold"}
        return f"The {name} {said.get(promises[0].verdict, 'is not verified')}"
    return f"All {holding} {name}s hold" if holding == len(promises) else f"{holding} of {len(promises)} {name}s hold"


def _subline(view: View) -> str:
    runs = [run for run, _ in view.runs]
    sections = [section for sections in view.chapters.values() for section in sections]
    assumed = [section for section in sections if section.promise.kind == "assumption"]
    holding = sum(section.verdict == "passed" for section in assumed)
    parts = [f"{holding} of {len(assumed)} assumptions hold"] if assumed and len(assumed) < len(sections) else []
    parts.append(f"{len(view.rows)} scenario{'s' if len(view.rows) != 1 else ''}")
    parts.append(f"on {' and '.join(_labels(runs)) if len(runs) > 1 else runs[0].target.name}")
    parts.append(format_moment(max(run.started for run in runs)))
    return " · ".join(parts)


def _warnings(runs: list[Run]) -> Iterator[str]:
    for run in runs:
        name = f"{run.target.name}: " if len(runs) > 1 else ""
        if run.trouble:
            yield f"{name}{run.trouble}"
        if run.target.faults:
            yield f"{name}This target was told to be faulty: {', '.join(run.target.faults)}."
        yield from (f"{name}{waiver}" for waiver in run.waivers)
        if run.allow_flaky and run.counts["flaky"]:
            yield f"{name}Flaky scenarios were allowed (--allow-flaky)."
        if run.selection.shards:
            shard = run.selection
            yield f"{name}Shard {shard.shard} of {shard.shards}: {shard.selected} of {shard.collected} scenarios."
        if run.selection.deselected:
            there = max(run.selection.selected, run.selection.collected) + run.selection.deselected
            by = f" ({', '.join(run.selection.by)})" if run.selection.by else ""
            yield f"{name}Only {run.selection.selected} of {there} scenarios were selected{by}."


def _facts(runs: list[Run]) -> list[tuple[str, list[str]]]:
    """Return what is known of each run: a line for each fact, a value for each run."""
    columns = [dict(_known(run)) for run in runs]
    names = {name: None for column in columns for name in column}
    return [(name, [column.get(name, "") for column in columns]) for name in names]


def _known(run: Run) -> Iterator[tuple[str, str]]:
    yield "Target", f"{run.target.name}, {run.target.address}" if run.target.address else run.target.name
    if run.target.variant:
        yield "Variant", ", ".join(f"{key}={value}" for key, value in run.target.variant.items())
    if run.target.faults:
        yield "Faults", ", ".join(run.target.faults)
    yield "Browser", ", ".join(run.browsers) or "none was reached"
    yield "Spend guard", capital(run.guard)
    yield "Payments made", str(run.payments)
    if run.target.kind != "fake":
        yield "May besides", ", ".join(run.may) or "nothing"
    yield "Seed", str(run.seed)
    yield "Started", format_moment(run.started)
    yield "Took", format_duration(run.seconds)
    yield "Scenarios", ", ".join(f"{count} {verdict}" for verdict, count in run.counts.items() if count)
    yield "Exit code", f"{run.exit_code}: {MEANINGS.get(run.exit_code, 'see pytest')}"
    for name, value in run.target.facts.items():
        yield capital(str(name)), str(value)
    if run.parts:
        yield "Merged from", ", ".join(run.parts)
    yield "Run", run.id
