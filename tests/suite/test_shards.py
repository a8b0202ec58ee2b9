"""Shards: each scenario is in exactly one of them, and they take equally long once the durations are known."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.suite.support.reported import Project, acceptance

ROOT = Path(__file__).parents[2]


def collected(durations: Path, *options: str) -> list[str]:
    command = [sys.executable, "-m", "pytest", "features", "--collect-only", "-q", "-p", "no:cacheprovider"]
    ended = subprocess.run(
        [*command, f"--durations-path={durations}", *options],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return [line for line in ended.stdout.splitlines() if "::" in line]


@pytest.mark.nightly
@pytest.mark.parametrize("machines", [2, 3])
def test_shards_hold_each_scenario_once_and_are_balanced(tmp_path: Path, machines: int) -> None:
    durations = tmp_path / "durations.json"
    scenarios = collected(durations)
    chance = random.Random(7)  # noqa: S311 - made-up durations
    seconds = {scenario: chance.uniform(0.3, 4) for scenario in scenarios}
    durations.write_text(json.dumps(seconds))
    least = ("--splitting-algorithm=least_duration", f"--splits={machines}")
    shards = [collected(durations, *least, f"--group={number + 1}") for number in range(machines)]
    assert sorted(scenario for shard in shards for scenario in shard) == sorted(scenarios)
    sums = [sum(seconds[scenario] for scenario in shard) for shard in shards]
    assert max(sums) < 1.1 * min(sums)


@pytest.mark.nightly
def test_a_shard_that_is_missing_did_not_run(tmp_path: Path) -> None:
    project = Project(tmp_path)
    shards = [project.pytest("-k", "Good or Blocked", "--splits", "2", "--group", group) for group in ("1", "2")]
    places = [f"reports/{shard.directory.name}" for shard in shards if shard.directory]

    assert [shard.code for shard in shards] == [0, 0], shards[0].text
    assert [(shard.run.selection.selected, shard.run.selection.collected) for shard in shards] == [(2, 4), (2, 4)]
    assert shards[0].run.selection.deselected == 3

    alone = acceptance(tmp_path, "report", places[0], "--output", "merged")
    assert alone.returncode == 7
    assert "not verified (2): did not run: shard 2 of 2 is missing" in alone.stdout
    both = acceptance(tmp_path, "report", *places, "--output", "merged")
    assert both.returncode == 0
    assert "4 scenarios: 1 blocked, 3 passed" in both.stdout
