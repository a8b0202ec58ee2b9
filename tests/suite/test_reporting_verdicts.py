"""Each way in which a scenario can end is told as what it is: in pytest's counts, in the exit code, and in words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.reporting.exit_codes import exit_code_of
from steps.reporting.run_document import not_run
from tests.suite.support.made_up import made_up_run
from tests.suite.support.reported import FEATURE, Ended, Project, scenario

if TYPE_CHECKING:
    from steps.reporting.run_document import VerdictName

MORE = "".join(
    [
        scenario("Lost", "Given something", "Then it is nowhere", rule="Two"),
        scenario("Found nowhere", "Given something", "Then nothing is found of this very promise"),
        scenario("Cut off", "Given something", "Then nothing is found of a promise before"),
        scenario("Not paid", "Given something", "Then another promise is broken", rule="Paid"),
        scenario("Wrong", "Given something", "Then the step itself is wrong", rule="Three"),
        scenario("Undefined", "Given something", "Then nobody has written this", rule="Four"),
        scenario("Left over", "Given something that cannot be put away", "Then it is so", rule="Five"),
        scenario("Twice bad", "Given something that cannot be put away", "Then it is not so", rule="Six"),
        scenario("Untold", "Given something that cannot be put away", "Then nobody can tell", rule="Seven"),
        "\n    @skip\n    Scenario: Put off\n      Then it is so\n",
        "\n    @xfail\n    Scenario: Given up\n      Then it is not so\n",
    ]
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """All of it in one process."""
    return Project(tmp_path_factory.mktemp("whole"), FEATURE + MORE).pytest()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def told_of(title: str, text: str) -> str:
    """Return what the terminal prints of one failed scenario."""
    return re.split(r"\n(?:_{3,}.*_{3,}|={3,}.*={3,})\n", re.split(rf"_{{3,}} {title} _{{3,}}\n", text)[1])[0]


def test_every_verdict_is_counted_as_what_it_is(whole: Ended, project: Project) -> None:
    assert whole.run.counts == {"passed": 3, "failed": 10, "not verified": 3, "refused": 1, "blocked": 1}
    assert whole.last_line == whole.run.counts
    assert whole.code == 1
    assert whole.result("Refused").reason == "This would be real money."

    several = project.pytest("-n", "2")

    assert several.run.counts == {"passed": 3, "failed": 1, "not verified": 1, "refused": 1, "blocked": 1}
    assert several.last_line == several.run.counts
    assert several.code == 1


def test_a_broken_promise_is_told_without_a_traceback(whole: Ended) -> None:
    text = told_of("Bad", whole.text)

    assert "Promise broken: This does not hold (buy-credits.2)" in text
    assert "features/all.feature:28  Bad" in text
    assert "✓ Given something" in text
    assert "✗ Then it is not so" in text
    assert "· And it is so" in text
    assert "expected: that it is so" in text
    assert "seen:     that it is not" in text
    assert "trace:    none; run again with --tracing retain-on-failure" in text
    assert "Traceback" not in text
    assert ".py:" not in text
    assert "FAILED features/all.feature::test_bad - expected that it is so; seen: that" in whole.text


@pytest.mark.parametrize("option", ["--tb=long", "-vv"])
def test_a_traceback_is_there_for_who_asks(project: Project, option: str) -> None:
    assert "BrokenPromiseError" in project.pytest("-k", "Bad", option).text


def test_what_is_not_found_is_told_in_its_own_words(whole: Ended) -> None:
    text = told_of("Lost", whole.text)

    assert '  There is no "Add credits".\n  At http://site there is instead:\n    heading "Billing"' in text
    assert "Traceback" not in text
    assert "conftest.py" not in text


def test_a_promise_that_is_broken_on_the_way_is_the_one_that_is_blamed(whole: Ended) -> None:
    text = told_of("Cut off", whole.text)
    assert text.startswith("Not reached: Another promise (buy-credits.3)\nBroken on the way: ")
    assert "The Current Plan section has Add credits (buy-credits.2)" in text
    assert whole.failure("Cut off").promise == "doc:buy-credits.2"

    assert "Broken on the way: Choosing a package leads to the payment page;" in told_of("Not paid", whole.text)
    assert whole.failure("Not paid").promise == "doc:buy-credits.4"
    page = (whole.directory or Path()).joinpath("index.html").read_text(encoding="utf-8")
    assert "another promise is broken on the way: The Current Plan section has Add credits (buy-credits.2)" in page


def test_a_promise_of_its_own_that_is_not_found_is_broken_itself(whole: Ended) -> None:
    text = told_of("Found nowhere", whole.text)
    assert text.startswith("Promise broken: Another promise (buy-credits.3)")
    assert "on the way" not in text
    assert whole.failure("Found nowhere").promise == ""


def test_a_mistake_in_a_step_shows_where_it_is(whole: Ended) -> None:
    text = told_of("Wrong", whole.text)

    assert "KeyError" in text
    assert "conftest.py" in text
    assert "pytest_bdd" not in text


def test_a_step_without_a_definition_fails_and_is_named(whole: Ended) -> None:
    text = told_of("Undefined", whole.text)

    assert "✗ Then nobody has written this" in text
    assert "Step definition is not found" in text


def test_what_goes_wrong_afterwards_fails_the_scenario_once(whole: Ended) -> None:
    assert "The target had no answer for: GET /x" in whole.failure("Left over").message
    assert whole.failure("Twice bad").expected == "that it is so"
    assert "afterwards: The target had no answer for: GET /x" in whole.failure("Twice bad").message
    assert "This target cannot be asked." in whole.result("Untold").reason
    assert whole.result("Untold").verdict == "failed"


def test_a_scenario_that_is_skipped_or_given_up_is_not_verified(whole: Ended) -> None:
    assert whole.result("Put off").verdict == "not verified"
    assert whole.result("Put off").reason.startswith("skipped: ")
    assert whole.result("Given up").verdict == "not verified"
    assert whole.result("Given up").reason.startswith("expected to fail: ")


@pytest.mark.parametrize(("until", "verdict", "code"), [("2999-12-31", "not verified", 0), ("2026-01-31", "failed", 1)])
def test_the_red_of_a_known_flaky_scenario_is_never_green(
    project: Project, until: str, verdict: VerdictName, code: int
) -> None:
    entry = f'feature = "all.feature"\ntitle = "Bad"\nowner = "us"\nuntil = {until}\nreason = "slow"\n'
    (project.directory / "features" / "known_flaky.toml").write_text(f"[[scenario]]\n{entry}")
    ended = project.pytest("-k", "Bad")
    assert (ended.result("Bad").verdict, ended.code) == (verdict, code)
    known = f"known to be flaky until {until} (us: slow); this time: expected that it is so; seen: that it is not"
    assert (known in ended.text) == (verdict == "not verified")


def test_a_gate_fails_when_something_was_not_verified(project: Project) -> None:
    assert project.pytest("-k", "not Bad").code == 0
    assert project.pytest("-k", "not Bad", "--require-verified").code == 6
    assert project.pytest("-k", "Good", "--require-verified").code == 0


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["one process", "two workers"])
def test_a_target_in_trouble_is_no_word_on_any_promise(tmp_path: Path, workers: list[str]) -> None:
    project = Project(tmp_path, FEATURE + scenario("Down", "Given something", "Then the site is down"))

    ended = project.pytest("-k", "Good or Down", *workers, "--require-verified")

    assert ended.code == 7
    assert ended.result("Down").verdict == "not verified"
    assert ended.run.trouble == "The site answered with 503."


@pytest.mark.parametrize(
    ("verdicts", "trouble", "given", "required", "code"),
    [
        (("passed",), "", 0, True, 0),
        (("passed", "blocked"), "", 0, False, 0),
        (("passed", "blocked"), "", 0, True, 6),
        (("passed", "failed", "blocked"), "", 1, True, 1),
        (("passed",), "The fake has stopped.", 2, False, 7),
        (("passed", "failed"), "The fake has stopped.", 2, False, 1),
        (("passed",), "", 2, False, 2),
        (("failed",), "", 2, False, 2),
        (("passed",), "", 3, True, 3),
    ],
)
def test_the_exit_code_is_that_of_what_matters_most(
    verdicts: tuple[VerdictName, ...], trouble: str, given: int, *, required: bool, code: int
) -> None:
    run = made_up_run(len(verdicts), verdicts)
    if trouble:
        run.trouble = trouble
        run.scenarios.append(msgspec.structs.replace(run.scenarios[0], result=not_run([], trouble)))

    assert exit_code_of(run, given, require_verified=required) == code


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["one process", "two workers"])
def test_nothing_that_matches_is_said_in_one_sentence(project: Project, workers: list[str]) -> None:
    ended = project.pytest("-k", "44,000", *workers)

    assert ended.code == 5
    assert 'Nothing was run: none of the 7 scenarios matches -k "44,000".' in ended.text
    assert ended.directory is None or not list(ended.directory.glob("*.json"))
