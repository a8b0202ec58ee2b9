"""The fault matrix: what it says of faults that are caught, missed, or seen by the wrong scenario; and a part of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from fake_backend.control.faults import CATALOGUE
from steps.reporting.run_document import Failure, Promise, Result, Run, Scenario, Target, load
from tests.suite.support.variants import pairwise
from tests.tools.faults import __main__ as matrix
from tests.tools.faults.judging import Line, Sight, lines_of
from tests.tools.faults.selecting import NO_FAULT, Case, Selection

if TYPE_CHECKING:
    from steps.reporting.run_document import VerdictName

ROOT = Path(__file__).parents[2]
FAULT, BREAKS, ANOTHER, AS_WELL = "used-not-consumed", "doc:billing.3", "doc:billing.2", "doc:buy-credits.4b"
PASSED = Result("passed", seconds=1)


def red(promise: str = "", kind: str = "broken promise", verdict: VerdictName = "failed") -> Result:
    failure = Failure("a larger total; seen: the same", kind, "a larger total", "the same", promise)
    return Result(verdict, "why not", failure=failure if verdict == "failed" else None)


def ran(**results: tuple[str, Result]) -> Run:
    """Make a run with one fault; each scenario's title comes with the tag of what it checks, and how it ended."""
    return run_with(FAULT, results)


def run_with(fault: str, results: dict[str, tuple[str, Result]]) -> Run:
    promises = {
        tag: Promise(tag, "promise", tag, tag.partition(":")[2], "x.feature", "X", 1) for tag, _ in results.values()
    }
    scenarios = [
        Scenario(f"features/x.feature::test_{title}[fault: {fault};]", tag, title, "x.feature", 3, result=result)
        for title, (tag, result) in results.items()
    ]
    return Run(
        version=2, id="made-up", started="2026-11-22T00:00:00+00:00", seconds=1, target=Target("fake", "fake"),
        seed=1, guard="", promises=list(promises.values()), scenarios=scenarios,
    )  # fmt: skip


def judged(**results: tuple[str, Result]) -> Line:
    (line,) = lines_of(ran(**results))
    return line


def test_a_fault_is_caught_by_a_scenario_of_what_it_breaks() -> None:
    line = judged(bar=(BREAKS, red()), plan=(ANOTHER, PASSED))

    assert line.troubles == []
    assert (line.cell(BREAKS), line.cell(ANOTHER), line.cell("doc:users.1")) == (
        Sight.CAUGHT,
        Sight.HOLDS,
        None,
    )


def test_what_is_not_found_catches_a_fault_too() -> None:
    assert judged(bar=(BREAKS, red(kind="not found"))).troubles == []


def test_a_fault_that_nothing_catches_is_told() -> None:
    assert judged(bar=(BREAKS, PASSED), plan=(ANOTHER, PASSED)).troubles == ["Nothing catches it."]


@pytest.mark.parametrize(
    "chance",
    [red(kind="TimeoutError"), red(kind="AssertionError"), red(verdict="not verified"), red(verdict="refused")],
    ids=["a time limit", "an error", "no verdict", "refused"],
)
def test_a_fault_that_is_caught_by_chance_is_not_caught(chance: Result) -> None:
    first, second = judged(bar=(BREAKS, chance)).troubles

    assert first == f"No scenario of {BREAKS} says that this is broken."
    assert second.startswith(f"bar ({BREAKS}) is red: ")


def test_a_fault_that_only_another_scenario_catches_is_not_caught() -> None:
    unrelated = judged(bar=(BREAKS, PASSED), plan=(ANOTHER, red()))
    on_the_way = judged(bar=(BREAKS, PASSED), plan=(ANOTHER, red(BREAKS)))

    assert unrelated.troubles[0] == on_the_way.troubles[0] == f"No scenario of {BREAKS} says that this is broken."


def test_a_scenario_that_is_red_unexpectedly_is_told_although_the_fault_is_caught() -> None:
    line = judged(bar=(BREAKS, red()), plan=(ANOTHER, red()))

    assert line.cell(ANOTHER) is Sight.WRONG
    assert line.troubles == [f"plan ({ANOTHER}) is red: expected a larger total; seen: the same"]


def test_a_scenario_may_be_cut_off_by_what_the_fault_breaks() -> None:
    line = judged(bar=(BREAKS, red()), plan=(ANOTHER, red(BREAKS)))

    assert line.cell(ANOTHER) is Sight.CUT_OFF
    assert line.troubles == []


def test_a_scenario_of_the_whole_way_at_another_time_may_name_the_part_that_is_broken_then() -> None:
    scenario = {"again": ("doc:buy-credits.0a", red("doc:buy-credits.4a"))}
    (line,) = lines_of(run_with("second-purchase-refused", scenario))
    (other,) = lines_of(run_with("second-purchase-refused", {"again": ("doc:buy-credits.0a", red("doc:billing.6"))}))

    assert line.troubles == []
    assert other.troubles[0] == "No scenario of doc:buy-credits.0a says that this is broken."


def test_the_sound_fake_is_held_to_what_the_chosen_faults_meet() -> None:
    cases = [
        Case(tag, Scenario(f"features/x.feature::test_{tag}[fault: {NO_FAULT};]", tag, tag, "x.feature", 3))
        for tag in (BREAKS, ANOTHER, "doc:users.1")
    ]

    def met(faults: list[str], scope: str = "usual") -> list[str]:
        selection = Selection(cases, scope, faults)
        return [case.tag for case in cases if selection.wants(NO_FAULT, case)]

    assert met([]) == [BREAKS, ANOTHER, "doc:users.1"]
    assert met(["bar-twice"]) == [BREAKS]
    assert met(["bar-twice"], "quick") == []


def test_a_scenario_may_see_what_the_catalogue_says_is_broken_too() -> None:
    line = judged(bar=(BREAKS, red()), buying=(AS_WELL, red()), cut=(ANOTHER, red(AS_WELL)))

    assert (line.cell(AS_WELL), line.cell(ANOTHER)) == (Sight.EXPECTED, Sight.EXPECTED)
    assert line.troubles == []


def test_a_promise_that_the_catalogue_wrongly_says_is_broken_too_is_told() -> None:
    line = judged(bar=(BREAKS, red()), buying=(AS_WELL, PASSED))

    assert line.troubles == [f"{AS_WELL} is said to be broken too, and is not."]


@pytest.mark.parametrize(
    ("result", "troubles"),
    [
        (red(), []),
        (red(kind="TimeoutError"), [f"plan ({ANOTHER}) is red: expected a larger total; seen: the same"]),
    ],
    ids=["says what is broken", "by chance"],
)
def test_with_other_answers_more_may_be_broken_and_less(result: Result, troubles: list[str]) -> None:
    run = run_with(FAULT, {"bar": (BREAKS, red()), "plan": (ANOTHER, result), "buying": (AS_WELL, PASSED)})
    (line,) = lines_of(run, exact=False)

    assert line.troubles == troubles


def test_the_sound_fake_must_be_green(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run = run_with(NO_FAULT, {"bar": (BREAKS, red())})
    monkeypatch.setattr(matrix, "_run", lambda *_: (run, ""))

    ended = CliRunner().invoke(matrix.main, ["--page", str(tmp_path / "faults.html")])

    assert ended.exit_code == 1
    assert "The sound fake is red" in ended.output


@pytest.mark.parametrize(("result", "code"), [(red(), 0), (PASSED, 1)], ids=["caught", "missed"])
def test_the_command_ends_with_the_matrix_and_a_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, result: Result, code: int
) -> None:
    run = ran(bar=(BREAKS, result))
    monkeypatch.setattr(matrix, "_run", lambda *_: (run, ""))

    ended = CliRunner().invoke(matrix.main, ["--page", str(tmp_path / "faults.html")])

    assert ended.exit_code == code, ended.output
    assert ("Nothing catches it." in ended.output) == bool(code)
    page = (tmp_path / "faults.html").read_text(encoding="utf-8")
    assert ("Nothing catches it." in page) == bool(code)
    assert f'<th scope="row"><a href="#{FAULT}">{FAULT}</a></th>' in page
    assert load(tmp_path / "faults.json").scenarios == run.scenarios


def test_a_fault_that_is_not_there_is_refused_in_a_sentence() -> None:
    ended = CliRunner().invoke(matrix.main, ["--fault", "granted-thrice"])

    assert ended.exit_code == 2
    assert "there is no fault named 'granted-thrice'" in ended.output


QUICK = (
    "billing-tab-renamed", "upgrade-plan-elsewhere", "package-extra", "payment-shows-other-amount", "granted-one-less",
    "closing-adds-credits", "grant-on-cancel", "information-renamed", "complaint-misplaced", "role-not-shown",
    "run-overcharged", "neighbour-among-users", "used-reset", "session-lost", "credit-bar-unnamed",
    "packages-need-a-mouse", "popup-too-wide",
)  # fmt: skip
"""Faults of each kind: on the way, in the pop-up, on the payment page, in what is added, around it, for some people."""


@pytest.mark.nightly
def test_faults_of_each_kind_are_caught_by_what_they_break(tmp_path: Path) -> None:
    """The quick part of the matrix: each fault meets the scenarios of what it breaks, and no others."""
    command = [
        sys.executable,
        "-m",
        "tests.tools.faults",
        "--scope=quick",
        "--workers=0",
        f"--page={tmp_path / 'faults.html'}",
    ]
    faults = [f"--fault={name}" for name in QUICK]
    ran = subprocess.run([*command, *faults], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"All {len(QUICK)} faults are caught" in ran.stdout


@pytest.mark.nightly
@pytest.mark.parametrize("prices", ["shown", "hidden"])
def test_a_fault_meets_the_answers_that_are_its_turn(tmp_path: Path, prices: str) -> None:
    fault = "granted-again-on-landing"
    place = [NO_FAULT, *CATALOGUE].index(fault)
    variants = pairwise()
    turn = next(at for at in range(len(variants)) if variants[(at + place) % len(variants)]["prices"] == prices)
    page = tmp_path / "faults.html"
    command = [sys.executable, "-m", "tests.tools.faults", "--scope=quick", "--workers=0", f"--page={page}"]
    wanted = [f"--fault={fault}", f"--varied={turn}"]
    ran = subprocess.run([*command, *wanted], cwd=ROOT, capture_output=True, text=True, check=False, timeout=200)

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert load(page.with_suffix(".json")).answers["prices"] == prices
