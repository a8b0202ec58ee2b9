"""The scenarios that are known to catch each fault: as few as tell all, and nothing that is no longer there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fake_backend.control.faults import CATALOGUE
from steps.reporting.run_document import Failure, Result, Scenario, Step
from tests.suite.support.fault_runs import BREAKS, run_of
from tests.suite.support.official_parser import pickles_of
from tests.tools.faults import selecting
from tests.tools.faults.judging import lines_of
from tests.tools.faults.known import known_catches
from tests.tools.faults.recording import catches_in, record
from tests.tools.faults.selecting import NO_FAULT, Case, Selection

if TYPE_CHECKING:
    import pytest

FEATURES = Path(__file__).parents[2] / "features"


def scenario(fault: str, title: str, *, red_at: str = "", seconds: float = 1) -> Scenario:
    steps = [Step("Then", text, 9, "failed" if text == red_at else "passed") for text in ("credits", "invoice")]
    failure = Failure("more; seen: less", "broken promise", "more", "less") if red_at else None
    result = Result("failed" if red_at else "passed", seconds=seconds, steps=steps, failure=failure)
    return Scenario(f"features/x.feature::{title}[fault: {fault};]", BREAKS, title, "x.feature", 3, result=result)


def test_the_quickest_that_catches_a_fault_is_known_and_what_alone_turns_a_then_red() -> None:
    run = run_of(
        scenario("granted-twice", "slow", red_at="credits", seconds=9),
        scenario("granted-twice", "quick", red_at="credits"),
        scenario("granted-twice", "late", red_at="invoice", seconds=20),
        scenario("granted-one-less", "slow", red_at="credits", seconds=9),
        scenario("granted-one-less", "quick"),
    )
    assert catches_in(lines_of(run)) == {
        "granted-one-less": ["x: slow"],
        "granted-twice": ["x: late", "x: quick"],
    }


def test_what_a_run_has_not_caught_stays_known_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "catches.toml"
    record(lines_of(run_of(scenario("granted-twice", "one", red_at="credits"))), path)
    missed, caught = scenario("granted-twice", "one"), scenario("granted-one-less", "other", red_at="credits")
    record(lines_of(run_of(missed, caught)), path)
    assert known_catches(path) == {"granted-twice": ["x: one"], "granted-one-less": ["x: other"]}


def test_a_fault_meets_what_is_known_to_catch_it_or_else_all_of_what_it_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selecting, "known_catches", lambda: {"granted-twice": ["x: second"]})
    cases = [Case(BREAKS, scenario(NO_FAULT, title)) for title in ("first", "second")]
    selection = Selection(cases, "known")

    def met(fault: str) -> list[str]:
        return [case.scenario.title for case in cases if selection.wants(fault, case)]

    assert met("granted-twice") == ["second"]
    assert met("granted-one-less") == ["first", "second"]
    assert met(NO_FAULT) == []


def test_what_is_known_is_of_faults_and_scenarios_that_are_there() -> None:
    titles = {f"{path.stem}: {one['name']}" for path in FEATURES.glob("*.feature") for one in pickles_of(path)}
    for fault, names in known_catches().items():
        assert fault in CATALOGUE
        assert set(names) <= titles
