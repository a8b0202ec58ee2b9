"""What Allure and Cucumber's viewers are told of scenarios: where each ended, why, with its promise and pictures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from cucumber_messages import TestStepResultStatus as Status

from steps.reporting.allure_results import amend_results
from steps.reporting.cucumber_messages import write_messages
from steps.reporting.run_document import Artifact
from tests.suite.support.allure import labels_of, results_in
from tests.suite.support.cucumber import Messages
from tests.suite.support.made_up import made_up_run
from tests.suite.support.reported import FEATURE, Ended, Project, acceptance, scenario

if TYPE_CHECKING:
    from pathlib import Path

AFTER = scenario("Left over", "Given something that cannot be put away", "Then it is so", rule="And another")
WRONG = scenario("Wrong", "Given something", "Then the step itself is wrong", rule="And one more")
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Ended]:
    """A run that ends early, with a test of the reader's own beside the scenarios."""
    project = Project(tmp_path_factory.mktemp("run"), FEATURE + AFTER + WRONG)
    (project.directory / "test_own.py").write_text("def test_own(): assert 1 == 1")
    files = ["--cucumber-messages", "out/messages.ndjson", "--alluredir", "allure"]
    ended = project.pytest(*files, "--maxfail", "2", "test_own.py::test_own", "features")
    assert ended.code == 1, ended.text
    return project, ended


@pytest.mark.nightly
def test_messages_tell_each_step_and_why(run: tuple[Project, Ended]) -> None:
    told = Messages(run[0].directory / "out" / "messages.ndjson")
    assert len(told.cases) == 9
    assert [one.status for one in told.results("Good for Ada")] == [Status.passed] * 3
    bad = told.results("Bad")
    assert [one.status for one in bad] == [Status.passed, Status.failed, Status.skipped]
    assert bad[1].message == "expected that it is so; seen: that it is not"
    refused = told.results("Refused")
    assert (refused[1].status, refused[1].message) == (Status.pending, "refused: This would be real money.")
    assert [one.status for one in told.results("Left over")] == [Status.passed, Status.passed, Status.failed]
    wrong = told.results("Wrong")
    assert wrong[0].status == Status.pending
    assert wrong[0].message.startswith("not verified: did not run")
    assert next(told.each("test_run_finished")).success is False


@pytest.mark.nightly
def test_allure_tells_each_scenario_once_with_its_promise(run: tuple[Project, Ended]) -> None:
    told = results_in(run[0].directory / "allure")
    assert len(told) == 10
    assert told["test_own#test_own"]["status"] == "passed"
    bad = told["features.all#test_bad"]
    assert (bad["name"], bad["status"]) == ("Bad", "failed")
    assert bad["statusDetails"]["message"] == "expected that it is so; seen: that it is not"
    assert bad["statusDetails"]["trace"].startswith("Promise broken: This does not hold (buy-credits.2)\n")
    assert labels_of(bad, "promise") == ["doc:buy-credits.2/this-does-not-hold"]
    assert labels_of(bad, "story") == ["This does not hold"]
    assert "doc:buy-credits.2" in labels_of(bad, "tag")
    assert [(one["name"], one["status"]) for one in bad["steps"]] == [
        ("Given something", "passed"), ("Then it is not so", "failed"), ("And it is so", "skipped"),
    ]  # fmt: skip
    assert told["features.all#test_left_over"]["status"] == "failed"
    assert told["features.all#test_wrong"]["statusDetails"]["message"].startswith("not verified: did not run")
    example = told["features.all#test_good_for_who[Ada]"]
    assert [(one["name"], one["value"]) for one in example["parameters"]] == [("who", "Ada")]


@pytest.mark.nightly
def test_a_mistake_of_the_suite_is_broken_and_earlier_results_stay(run: tuple[Project, Ended]) -> None:
    before = {one["uuid"] for one in results_in(run[0].directory / "allure").values()}
    run[0].pytest("--alluredir", "allure", "-k", "Wrong")
    found = [json.loads(one.read_bytes()) for one in (run[0].directory / "allure").glob("*-result.json")]
    assert before < {one["uuid"] for one in found}
    (new,) = [one for one in found if one["uuid"] not in before]
    assert (new["status"], labels_of(new, "verdict")) == ("broken", ["not verified"])
    assert "KeyError" in new["statusDetails"]["trace"]


def test_pictures_go_along(run: tuple[Project, Ended], tmp_path: Path) -> None:
    project, ended = run
    (tmp_path / "shown.png").write_bytes(PNG)
    document = ended.run
    bad = next(one for one in document.scenarios if one.title == "Bad")
    bad.result.artifacts = [Artifact("screenshot", "shown.png")]
    amend_results(tmp_path / "allure", document, tmp_path)
    (picture,) = results_in(tmp_path / "allure")["features.all#test_bad"]["attachments"]
    assert (tmp_path / "allure" / picture["source"]).read_bytes() == PNG
    write_messages(tmp_path / "messages.ndjson", [(document, tmp_path)], project.directory)
    told = Messages(tmp_path / "messages.ndjson")
    (attached,) = told.each("attachment")
    assert (attached.media_type, attached.body) == ("image/png", "iVBORw0KGgo=")
    assert told.title(attached.test_case_started_id) == "Bad"


@pytest.mark.nightly
def test_merged_runs_are_told_as_one_stream(run: tuple[Project, Ended]) -> None:
    project, ended = run
    assert ended.directory is not None
    words = ["report", str(ended.directory), "--output", "merged", "--cucumber-messages", "merged.ndjson"]
    assert acceptance(project.directory, *words).returncode == 1
    assert len(Messages(project.directory / "merged.ndjson").cases) == 9
    elsewhere = acceptance(project.directory / "out", *words)
    assert elsewhere.returncode == 4
    assert elsewhere.stderr.strip().endswith("No such file or directory.")


def test_two_targets_and_several_browsers_are_all_told(run: tuple[Project, Ended], tmp_path: Path) -> None:
    one, other = run[1].run, run[1].run
    other.target.name = "other"
    other.scenarios.append(next(two for two in other.scenarios if two.title == "Good for Bob"))
    write_messages(tmp_path / "two.ndjson", [(one, tmp_path), (other, tmp_path)], run[0].directory)
    told = Messages(tmp_path / "two.ndjson")
    assert len(told.cases) == len({case.pickle_id for case in told.cases.values()}) == 19
    assert [two.uri for two in told.each("source")] == ["staging/features/all.feature", "other/features/all.feature"]


def test_a_feature_that_was_changed_is_no_stream(tmp_path: Path) -> None:
    (tmp_path / "features").mkdir()
    (tmp_path / "features" / "part_0.feature").write_text("Feature: A\n  Scenario: B\n    Given c\n")
    with pytest.raises(OSError, match="does not stand there any more"):
        write_messages(tmp_path / "one.ndjson", [(made_up_run(1), tmp_path)], tmp_path)
