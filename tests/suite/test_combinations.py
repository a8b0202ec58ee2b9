"""A few random combinations of what runs can meet; `make combinations` tries more of them, and so does the night."""

from __future__ import annotations

import signal
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.reporting import run_merge
from tests.suite.support.combined_parts import Part, Plan
from tests.suite.support.made_up import made_up_run
from tests.tools.combinations import Claim, try_for

if TYPE_CHECKING:
    from pathlib import Path

    from steps.reporting.run_document import Run, VerdictName


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("seed", "count"),
    [(53, 1), (92, 1), (int(datetime.now(UTC).timestamp()), None)],
    ids=["shards", "workers", "many"],
)
def test_no_combination_is_green_that_should_not_be(seed: int, count: int | None) -> None:
    number, found = try_for(300, seed, count)
    assert (number > 0, found) == (True, [])


def ended(*verdicts: VerdictName) -> Run:
    """Make a document of scenarios that ended so, called as those of a combination are."""
    run = made_up_run(len(verdicts), verdicts)
    run.scenarios = [
        msgspec.structs.replace(one, id=f"all.feature::{number}", title=f"Number {number} odd")
        for number, one in enumerate(run.scenarios)
    ]
    return run


def part(noted: dict[int, list[str]], run: Run, *, kill: bool = False, code: int = 0) -> Part:
    plan = Plan([], kill=(signal.SIGKILL, "run", 1, 0) if kill else None)
    return Part(plan, code, "", noted, None, run)


@pytest.mark.parametrize(
    ("run", "code", "noted", "words"),
    [
        (ended("passed", "passed"), 0, {0: ["passed"], 1: ["failed"]}, "exit 0, and 1 (fails) failed"),
        (ended("passed", "passed"), 0, {0: ["passed"]}, "exit 0, and 1 (fails) did not pass"),
        (ended("passed"), 0, {0: ["passed"]}, "of the scenarios [0, 1] there are [0]"),
        (ended("passed", "failed"), 1, {0: ["passed"], 1: ["passed"]}, "failed, and it ended ['passed']"),
        (ended("passed", "failed"), 0, {0: ["passed"], 1: ["failed"]}, "exit 0, and something failed"),
        (ended("passed", "not verified"), 1, {0: ["passed"], 1: ["unverified"]}, "exit 1, and nothing is red"),
        (ended("not verified", "not verified"), 0, {}, "exit 0, and nothing passed"),
    ],
)
def test_what_must_not_be_is_seen(run: Run, code: int, noted: dict[int, list[str]], words: str) -> None:
    claim = Claim(run, code, [part(noted, run)], ["passes", "fails"])
    assert any(words in one for one in claim.violations())


def test_a_merge_that_softens_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [part({0: ["failed"]}, ended("failed"), code=1), part({0: ["passed"]}, ended("passed"))]

    def merged() -> list[str]:
        (run,) = run_merge.merge([(one.run, tmp_path) for one in parts if one.run], tmp_path)
        return list(Claim(run, run.exit_code, parts, ["takes turns"]).violations())

    assert merged() == []
    monkeypatch.setattr(run_merge, "combined", lambda _before, now, _both: now)
    assert any("was red in a part, and is passed" in one for one in merged())
