"""Putting runs together: the shards of one run, runs against several targets, an earlier run and a later one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.reporting.attempts import IN_ANOTHER_RUN, combined
from steps.reporting.exit_codes import COULD_NOT_RUN, exit_code_of
from steps.reporting.failure_message import summary_of
from steps.reporting.html_kit import capital
from steps.reporting.run_document import (
    FILE_NAME,
    UNVERIFIED_VERDICTS,
    Artifact,
    DocumentError,
    Run,
    Selection,
    StepScreenshot,
    load,
    not_run,
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


def merge(
    runs: Iterable[Placed], directory: Path, *, require_verified: bool = False, allow_flaky: bool = False
) -> list[Run]:
    """Put together what ran against the same target, in the order of the targets' first runs.

    Paths become relative to `directory`. What shards that are not among the runs were to carry out did not run.
    """
    ordered = sorted(runs, key=lambda one: one[0].started)
    targets: dict[str, list[Run]] = {}
    for run, place in ordered:
        targets.setdefault(_identity(run), []).append(moved(run, place, directory))
    merged = [_merged(same) for same in targets.values()]
    for run, parts in zip(merged, targets.values(), strict=True):
        run.require_verified = require_verified or any(part.require_verified for part in parts)
        run.allow_flaky = allow_flaky or all(part.allow_flaky for part in parts)
        run.exit_code = _exit_code(run, parts)
    return merged


def _identity(run: Run) -> str:
    """Return what makes a target the same in several runs; a fake has another address each time."""
    target = run.target
    address = "" if target.kind == "fake" else target.address
    return repr((target.name, address, sorted(target.variant.items()), sorted(target.faults)))


def _merged(runs: list[Run]) -> Run:
    scenarios: dict[str, Scenario] = {}
    for scenario in (scenario for run in runs for scenario in run.scenarios):
        before = scenarios[scenario.id].result if scenario.id in scenarios else None
        result = combined(before, scenario.result, IN_ANOTHER_RUN)
        scenarios[scenario.id] = msgspec.structs.replace(scenario, result=result)
    missing = {one.id: one for run in runs for one in run.other_shards if one.id not in scenarios}
    reason = _missing_shards(runs) if missing else ""
    for one in missing.values():
        scenarios[one.id] = msgspec.structs.replace(one, result=not_run(one.result.steps, reason))
    whole = msgspec.structs.replace(
        runs[-1],
        scenarios=list(scenarios.values()),
        other_shards=[],
        trouble=next((run.trouble for run in runs if run.trouble), capital(f"{reason}.") if reason else ""),
    )
    if len(runs) == 1:
        return whole
    return msgspec.structs.replace(
        whole,
        id=f"{runs[0].id}-and-{runs[-1].id}",
        started=runs[0].started,
        seconds=sum(run.seconds for run in runs),
        selection=_selection(runs, len(scenarios)),
        answers={name: answer for run in runs for name, answer in run.answers.items()},
        promises=list({promise.id: promise for run in runs for promise in run.promises}.values()),
        waivers=list(dict.fromkeys(waiver for run in runs for waiver in run.waivers)),
        parts=[run.id for run in runs],
    )


def _missing_shards(runs: list[Run]) -> str:
    """Describe which shards are not among the runs."""
    for shards in sorted({run.selection.shards for run in runs if run.other_shards}):
        there = {run.selection.shard for run in runs if run.selection.shards == shards}
        lacking = [str(shard) for shard in range(1, shards + 1) if shard not in there]
        if lacking:
            are = "s {} of {} are" if len(lacking) > 1 else " {} of {} is"
            return f"shard{are.format(' and '.join(lacking), shards)} missing"
    return "none of the shards had it: they were not cut from the same scenarios"


def _exit_code(whole: Run, parts: list[Run]) -> int:
    """Judge by the scenarios; what a part's exit code says beyond its own scenarios counts as well."""
    code = exit_code_of(whole, 0)
    unexplained = [part.exit_code for part in parts if part.exit_code not in (0, exit_code_of(part, 0))]
    if code == COULD_NOT_RUN and pytest.ExitCode.INTERRUPTED in unexplained:
        return int(pytest.ExitCode.INTERRUPTED)
    beyond = [one for one in unexplained if one != pytest.ExitCode.INTERRUPTED]
    return 1 if 1 in (code, *beyond) else next(iter(beyond), code)


def _selection(runs: list[Run], selected: int) -> Selection:
    """Count what none of the runs selected, as far as that is known: they were cut from the same suite."""
    chosen = [run.selection for run in runs]
    there = max(max(one.selected, one.collected) + one.deselected for one in chosen)
    by = dict.fromkeys(way for one in chosen for way in one.by)
    return Selection(selected, max(0, there - selected), list(by), collected=selected)


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
            ("Flaky since then", [_row(a, b) for a, b in changed if b.result.verdict == "flaky"]),
            ("No longer verified", [_row(a, b) for a, b in changed if b.result.verdict in UNVERIFIED_VERDICTS]),
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
