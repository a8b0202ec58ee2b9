"""Putting runs together: the shards of one run, runs against several targets, an earlier run and a later one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from steps.reporting.exit_codes import exit_code_of
from steps.reporting.failure_message import summary_of
from steps.reporting.run_document import (
    FILE_NAME,
    Artifact,
    DocumentError,
    Result,
    Run,
    Selection,
    StepScreenshot,
    load,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from steps.reporting.report_model import Row
    from steps.reporting.run_document import Scenario, Step, VerdictName

Placed = tuple[Run, Path]
"""A run, and the directory that its paths are relative to."""


def find_runs(place: Path) -> list[Placed]:
    """Read the runs of a directory: its own document, or else those of the directories in it. Raises DocumentError."""
    own = place if place.is_file() else place / FILE_NAME
    files = [own] if own.is_file() else sorted(place.glob(f"**/{FILE_NAME}"))
    if not files:
        raise DocumentError(f"There is no {FILE_NAME} in {place} or below it: name a directory that a run has written.")
    return [(load(file), file.parent) for file in files]


def merge(runs: Iterable[Placed], directory: Path) -> list[Run]:
    """Put together what ran against the same target, in the order of the targets' first runs.

    Paths become relative to `directory`. Of a scenario that ran more than once, the last run counts.
    """
    ordered = sorted(runs, key=lambda one: one[0].started)
    targets: dict[str, list[Placed]] = {}
    for run, place in ordered:
        targets.setdefault(_identity(run), []).append((run, place))
    return [_merged([moved(run, place, directory) for run, place in same]) for same in targets.values()]


def _identity(run: Run) -> str:
    """Return what makes a target the same in several runs; a fake has another address each time."""
    target = run.target
    address = "" if target.kind == "fake" else target.address
    return repr((target.name, address, sorted(target.variant.items()), sorted(target.faults)))


def _merged(runs: list[Run]) -> Run:
    last = runs[-1]
    if len(runs) == 1:
        return last
    scenarios: dict[str, Scenario] = {}
    for run in runs:
        for scenario in run.scenarios:
            before = scenarios.get(scenario.id)
            scenarios[scenario.id] = _after(before, scenario) if before else scenario
    whole = msgspec.structs.replace(
        last,
        id=f"{runs[0].id}-and-{last.id}",
        started=runs[0].started,
        seconds=sum(run.seconds for run in runs),
        trouble=next((run.trouble for run in runs if run.trouble), ""),
        selection=_selection(runs, len(scenarios)),
        answers={name: answer for run in runs for name, answer in run.answers.items()},
        promises=list({promise.id: promise for run in runs for promise in run.promises}.values()),
        scenarios=list(scenarios.values()),
        parts=[run.id for run in runs],
    )
    codes = [run.exit_code for run in runs if run.exit_code]
    whole.exit_code = exit_code_of(whole, 0, require_verified=6 in codes) or next(iter(codes), 0)
    return whole


def _selection(runs: list[Run], selected: int) -> Selection:
    """Count what none of the runs selected, as far as that can be told: they were cut from the same suite."""
    there = max(run.selection.selected + run.selection.deselected for run in runs)
    return Selection(selected, max(0, there - selected), [by for run in runs for by in run.selection.by])


def _after(before: Scenario, now: Scenario) -> Scenario:
    """Give a scenario as it ended last; that it did not run takes nothing back."""
    if now.result.reason.startswith("did not run") and not before.result.reason.startswith("did not run"):
        return before
    if before.result.reason.startswith("did not run"):
        return now
    result = msgspec.structs.replace(
        now.result,
        attempts=before.result.attempts + now.result.attempts,
        earlier=[*before.result.earlier, _outcome(before.result), *now.result.earlier],
        payments=before.result.payments + now.result.payments,
    )
    return msgspec.structs.replace(now, result=result)


def _outcome(result: Result) -> str:
    return "passed" if result.verdict == "passed" else f"{result.verdict}: {summary_of(result)}"


def moved(run: Run, place: Path, directory: Path) -> Run:
    """Return the run with its paths relative to another directory."""

    def path_of(path: str) -> str:
        return Path(os.path.relpath(place / path, directory)).as_posix()

    def step_of(step: Step) -> Step:
        sights = tuple(StepScreenshot(sight.what, path_of(sight.picture)) for sight in step.sights)
        picture = path_of(step.picture) if step.picture else None
        return msgspec.structs.replace(step, picture=picture, sights=sights)

    def scenario_of(scenario: Scenario) -> Scenario:
        result = scenario.result
        if not result.artifacts and not any(step.picture for step in result.steps):
            return scenario
        artifacts = [Artifact(artifact.kind, path_of(artifact.path)) for artifact in result.artifacts]
        steps = [step_of(step) for step in result.steps]
        return msgspec.structs.replace(
            scenario, result=msgspec.structs.replace(result, steps=steps, artifacts=artifacts)
        )

    return msgspec.structs.replace(run, scenarios=[scenario_of(scenario) for scenario in run.scenarios])


@dataclass
class Changes:
    """What is otherwise than in an earlier run: for each kind of change its scenarios, with what is said of them."""

    since: str
    groups: list[tuple[str, list[tuple[str, str, str]]]]
    """Title, and for each scenario its id (for a link; empty for one that is not there), its title, and what it was."""

    @property
    def any(self) -> bool:
        """Whether anything has changed."""
        return any(rows for _, rows in self.groups)

    def numbered(self, rows: Sequence[Row]) -> Changes:
        """Return the same with the rows' numbers instead of ids."""
        numbers = {row.scenario.id: str(row.number) for row in rows}
        return Changes(
            self.since,
            [
                (title, [(numbers.get(key, ""), words, more) for key, words, more in listed])
                for title, listed in self.groups
            ],
        )


def changes_between(earlier: Run, later: Run) -> Changes:
    """Hold a run against an earlier one, scenario by scenario."""
    was = {scenario.id: scenario for scenario in earlier.scenarios}
    now = {scenario.id: scenario for scenario in later.scenarios}
    both = [(was[key], scenario) for key, scenario in now.items() if key in was]
    changed = [(a, b) for a, b in both if a.result.verdict != b.result.verdict]
    return Changes(
        f"{earlier.started[:16].replace('T', ' ')} UTC ({earlier.id})",
        [
            ("Broken since then", [_row(a, b) for a, b in changed if b.result.verdict == "failed"]),
            ("No longer verified", [_row(a, b) for a, b in changed if b.result.verdict not in ("failed", "passed")]),
            ("Mended", [_row(a, b) for a, b in changed if b.result.verdict == "passed"]),
            ("New", [(key, one.title, one.result.verdict) for key, one in now.items() if key not in was]),
            (
                "Not in this run",
                [("", one.title, f"was {one.result.verdict}") for key, one in was.items() if key not in now],
            ),
            ("Slower", [row for a, b in both for row in _slower(a, b)]),
        ],
    )


def _row(before: Scenario, now: Scenario) -> tuple[str, str, str]:
    verdict: VerdictName = now.result.verdict
    why = f": {summary_of(now.result)}" if verdict != "passed" else ""
    return now.id, now.title, f"was {before.result.verdict}, is {verdict}{why}"


def _slower(before: Scenario, now: Scenario) -> list[tuple[str, str, str]]:
    """List the measured times that have more than doubled, and by more than a second."""
    rows = []
    for name, seconds in now.result.measured.items():
        then = before.result.measured.get(name)
        if then is not None and seconds > 2 * then and seconds - then > 1:
            rows.append((now.id, now.title, f"{name}: {then:.1f} s then, {seconds:.1f} s now"))
    return rows
