"""The run where teams look: a summary of the job on GitHub, and the data of a badge.

Sources: docs.github.com, "Adding a job summary" (into the file that GITHUB_STEP_SUMMARY names); shields.io, "Endpoint
Badge".
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from steps.reporting.failure_message import summary_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.reporting.run_document import Run

VARIABLE = "GITHUB_STEP_SUMMARY"
BADGE = "badge.json"
_SIGNS = {"passed": "✅", "failed": "❌", "flaky": "⚠️"}
_MOST = 50
"""Scenarios that are listed; GitHub takes a megabyte."""


def write_summary(run: Run) -> None:
    """Add the run to the summary of the job, where GitHub carries it out. Raises OSError."""
    if place := os.environ.get(VARIABLE):
        with Path(place).open("a", encoding="utf-8") as stream:
            stream.write("\n".join(summary_of_job(run)) + "\n")


def write_badge(run: Run, directory: Path) -> None:
    """Write the data of a badge, which shields.io and others draw. Raises OSError."""
    colour = "red" if run.counts["failed"] else "brightgreen" if run.exit_code == 0 else "yellow"
    badge = {"schemaVersion": 1, "label": "promises", "message": _counts(run), "color": colour}
    (directory / BADGE).write_bytes(msgspec.json.encode(badge))


def summary_of_job(run: Run) -> Iterator[str]:
    """Return the run in GitHub's Markdown: all promises, and each scenario that did not pass."""
    yield f"### Promises, on {_plain(run.target.name)}: {_counts(run)}\n"
    yield "| | promise | scenarios |\n|---|---|---|"
    for promise in run.promises:
        verdicts = [one.result.verdict for one in run.scenarios if one.promise == promise.id]
        if verdicts:
            worst = next((one for one in ("failed", "flaky") if one in verdicts), "")
            sign = _SIGNS.get(worst or ("passed" if set(verdicts) == {"passed"} else ""), "❔")
            told = ", ".join(f"{verdicts.count(one)} {one}" for one in dict.fromkeys(verdicts))
            yield f"| {sign} | {_plain(promise.title)} | {told} |"
    others = [one for one in run.scenarios if one.result.verdict != "passed"]
    if others:
        yield f"\n<details><summary>{len(others)} not passed</summary>\n"
        for one in others[:_MOST]:
            where = f"{one.feature}:{one.line}"
            yield f"- **{one.result.verdict}** {_plain(one.title)} ({_plain(where)}): {_plain(summary_of(one.result))}"
        if len(others) > _MOST:
            yield f"- and {len(others) - _MOST} more, in the report"
        yield "\n</details>"


def _counts(run: Run) -> str:
    return ", ".join(f"{count} {verdict}" for verdict, count in run.counts.items() if count) or "nothing ran"


def _plain(text: str) -> str:
    """Return words as Markdown shows them unchanged, on one line."""
    return re.sub(r"([\\`*_{}\[\]<>#|~@])", r"\\\1", " ".join(text.split()))
