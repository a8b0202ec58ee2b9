"""Warnings on GitHub for what was not verified; failures are annotated by pytest-github-actions-annotate-failures."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from steps.reporting.run_document import Run, Scenario

_MOST = 10
"""GitHub shows no more warnings of one step."""


def annotate(run: Run) -> None:
    """Point at the feature's line of each scenario that is not verified, refused or blocked; on GitHub only."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return
    unverified = [one for one in run.scenarios if one.result.verdict not in ("passed", "failed")]
    for scenario in unverified[:_MOST]:
        sys.stderr.write(f"{_warning(scenario)}\n")


def _warning(scenario: Scenario) -> str:
    """Write a workflow command (docs.github.com, "Workflow commands for GitHub Actions")."""
    result = scenario.result
    title = _escaped(f"{result.verdict}: {scenario.title}").replace(":", "%3A").replace(",", "%2C")
    return f"::warning file={scenario.feature},line={scenario.line},title={title}::{_escaped(result.reason)}"


def _escaped(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
