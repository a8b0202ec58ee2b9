"""Runs of the fault matrix, made up of scenarios of one promise."""

from __future__ import annotations

from steps.reporting.run_document import Promise, Run, Scenario, Target

BREAKS = "doc:buy-credits.4b"


def run_of(*scenarios: Scenario) -> Run:
    promise = Promise(BREAKS, "promise", "Credits are added", "buy-credits.4b", "x.feature", "X", 1)
    return Run(
        version=2, id="made-up", started="2026-11-22T00:00:00+00:00", seconds=1, target=Target("fake", "fake"),
        seed=1, guard="", promises=[promise], scenarios=list(scenarios),
    )  # fmt: skip
