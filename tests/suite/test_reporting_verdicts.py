"""Each way in which a scenario can end is told as what it is: in pytest's counts, in the exit code, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.suite.reported import FEATURE, Project, scenario

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def feature(*rules: str) -> str:
    return "@doc:buy-credits\nFeature: Some of it\n" + "".join(rules)


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["one process", "two workers"])
def test_every_verdict_is_counted_as_what_it_is(project: Project, workers: list[str]) -> None:
    ended = project.pytest(*workers)

    assert ended.run.counts == {"passed": 3, "failed": 1, "not verified": 1, "refused": 1, "blocked": 1}
    assert "1 failed, 3 passed, 1 not verified, 1 refused, 1 blocked" in ordered(ended.text)
    assert "skipped" not in ended.text
    assert ended.code == 1
    assert ended.result("Refused").reason == "This would be real money."


def ordered(text: str) -> str:
    """Give pytest's last line with its counts in one order: those of its own come first, ours as they came in."""
    last = text.strip().splitlines()[-1]
    words = last.strip("= ").split(" in ")[0].split(", ")
    order = ["failed", "passed", "not verified", "refused", "blocked"]
    return ", ".join(sorted(words, key=lambda word: order.index(word.split(" ", 1)[1])))


def test_a_broken_promise_is_told_without_a_traceback(project: Project) -> None:
    text = project.pytest("-k", "Bad").text

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
    assert "FAILED features/all.feature::test_bad - expected that it is so; seen: that" in text


@pytest.mark.parametrize("option", ["--tb=long", "-vv"])
def test_a_traceback_is_there_for_who_asks(project: Project, option: str) -> None:
    assert "BrokenPromiseError" in project.pytest("-k", "Bad", option).text


def test_what_is_not_found_is_told_in_its_own_words(tmp_path: Path) -> None:
    project = Project(tmp_path, feature(scenario("Lost", "Given something", "Then it is nowhere")))

    text = project.pytest().text

    assert '  There is no "Add credits".\n  At http://site there is instead:\n    heading "Billing"' in text
    assert "Traceback" not in text
    assert "conftest.py" not in text


def test_a_mistake_in_a_step_shows_where_it_is(tmp_path: Path) -> None:
    project = Project(tmp_path, feature(scenario("Wrong", "Given something", "Then the step itself is wrong")))

    text = project.pytest().text

    assert "KeyError" in text
    assert "conftest.py" in text
    assert "pytest_bdd" not in text


def test_a_step_without_a_definition_fails_and_is_named(tmp_path: Path) -> None:
    project = Project(tmp_path, feature(scenario("Undefined", "Given something", "Then nobody has written this")))

    ended = project.pytest()

    assert ended.code == 1
    assert "✗ Then nobody has written this" in ended.text
    assert "Step definition is not found" in ended.text


def test_what_goes_wrong_afterwards_fails_the_scenario_once(tmp_path: Path) -> None:
    rules = [
        scenario("Left over", "Given something that cannot be put away", "Then it is so"),
        scenario("Twice bad", "Given something that cannot be put away", "Then it is not so"),
        scenario("Untold", "Given something that cannot be put away", "Then nobody can tell"),
    ]
    ended = Project(tmp_path, feature(*rules)).pytest()

    assert ended.run.counts["failed"] == 3
    assert "3 failed in" in ended.text
    assert "The target had no answer for: GET /x" in ended.failure("Left over").message
    assert ended.failure("Twice bad").expected == "that it is so"
    assert "This target cannot be asked." in ended.result("Untold").reason


def test_a_scenario_that_is_skipped_or_empty_is_not_verified(tmp_path: Path) -> None:
    rules = ["\n  @doc:buy-credits.1\n  Rule: Empty\n\n    @skip\n    Scenario: Put off\n      Then it is so\n",
             "\n    @xfail\n    Scenario: Given up\n      Then it is not so\n"]  # fmt: skip
    ended = Project(tmp_path, feature(*rules)).pytest()

    assert ended.run.counts["not verified"] == 2
    assert ended.result("Put off").reason.startswith("skipped: ")
    assert ended.result("Given up").reason.startswith("expected to fail: ")
    assert "2 not verified" in ended.text


def test_a_gate_fails_when_something_was_not_verified(project: Project) -> None:
    assert project.pytest("-k", "not Bad").code == 0
    assert project.pytest("-k", "not Bad", "--require-verified").code == 6
    assert project.pytest("-k", "Good", "--require-verified").code == 0
    assert project.pytest("--require-verified").code == 1


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["one process", "two workers"])
def test_a_target_in_trouble_is_no_word_on_any_promise(tmp_path: Path, workers: list[str]) -> None:
    project = Project(tmp_path, FEATURE + scenario("Down", "Given something", "Then the site is down"))

    ended = project.pytest("-k", "Good or Down", *workers, "--require-verified")

    assert ended.code == 7
    assert ended.result("Down").verdict == "not verified"
    assert ended.run.trouble == "The site answered with 503."
    assert project.pytest(*workers).code == 1


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["one process", "two workers"])
def test_nothing_that_matches_is_said_in_one_sentence(project: Project, workers: list[str]) -> None:
    ended = project.pytest("-k", "44,000", *workers)

    assert ended.code == 5
    assert 'Nothing was run: none of the 7 scenarios matches -k "44,000".' in ended.text
    assert ended.directory is None or not list(ended.directory.glob("*.json"))
