"""The page, the data, JUnit, Cucumber, Allure and the terminal tell the same, whole, in shards, and merged."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup

from steps.reporting.run_document import FILE_NAME, VERDICTS, load, save
from tests.suite.support.allure import of_allure
from tests.suite.support.cucumber import of_messages
from tests.suite.support.made_up import made_up_run
from tests.suite.support.reported import FEATURE, Ended, Project, acceptance, scenario

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

DIES = scenario("Fatal", "Given something", "Then its worker dies")
FLAKY = scenario("Flaky", "Given something", "Then it is so at the second try", rule="Another still")
AFTER = scenario("Left over", "Given something that cannot be put away", "Then it is so", rule="And another")
ALL = {"passed": 3, "failed": 2, "flaky": 1, "not verified": 2, "refused": 1, "blocked": 1}


def numbers(page: Path, junit: Path, cucumber: Path, text: str) -> dict[str, dict[str, int]]:
    """Read how many scenarios ended how, from everything that a run leaves behind."""
    return {
        "data": {verdict: count for verdict, count in load(page.with_name(FILE_NAME)).counts.items() if count},
        "page": of_page(page),
        "junit": of_junit(junit),
        "cucumber": of_cucumber(cucumber),
        "terminal": of_terminal(text),
    }


def of_page(page: Path) -> dict[str, int]:
    soup = BeautifulSoup(page.read_text(), "html.parser")
    rows = Counter(str(row["data-verdict"]) for row in soup.select("tbody[data-verdict]"))
    chips = Counter(str(row.select_one("tr:not(.detail) .chip").text) for row in soup.select("tbody[data-verdict]"))  # type: ignore[union-attr] # each row has one
    buttons = {str(one["data-show"]): int(one.select_one("b").text) for one in soup.select(".filter")}  # type: ignore[union-attr] # each has one
    assert rows == chips == buttons
    return dict(rows)


def of_junit(file: Path) -> dict[str, int]:
    suite = next(ET.parse(file).iter("testsuite"))  # noqa: S314 - just written
    cases = suite.findall("testcase")
    verdicts = Counter(case.find("properties/property[@name='verdict']").get("value") for case in cases)  # type: ignore[union-attr] # each has one
    failures = len(suite.findall("testcase/failure"))
    skipped = len(suite.findall("testcase/skipped"))
    assert [suite.get(name) for name in ("tests", "failures", "skipped", "errors")] == [
        str(len(cases)), str(failures), str(skipped), "0",
    ]  # fmt: skip
    assert verdicts["failed"] + verdicts["flaky"] == failures
    assert sum(verdicts.values()) == failures + verdicts["passed"] + skipped
    return {str(verdict): count for verdict, count in verdicts.items()}


def of_cucumber(file: Path) -> dict[str, int]:
    verdicts: Counter[str] = Counter()
    for feature in json.loads(file.read_text()):
        for element in feature["elements"]:
            results = [step["result"] for step in element["steps"] + element.get("after", [])]
            statuses = {result["status"] for result in results}
            said = [result["error_message"] for result in results if "error_message" in result]
            verdict = said[0].partition(":")[0] if said and statuses & {"pending", "failed"} else "passed"
            verdict = verdict if verdict in VERDICTS else "failed"
            assert verdict != "passed" or statuses == {"passed"}
            verdicts[verdict] += 1
    return dict(verdicts)


def of_terminal(text: str) -> dict[str, int]:
    told = re.findall(r"^(\d+) scenarios?: (.*)$", text, re.MULTILINE)[-1]
    counts = {words.split(" ", 1)[1]: int(words.split(" ", 1)[0]) for words in told[1].split(", ")}
    assert int(told[0]) == sum(counts.values())
    return counts


def merged(directory: Path, *places: str) -> subprocess.CompletedProcess[str]:
    files = ["--junitxml", "merged/junit.xml", "--cucumberjson", "merged/cucumber.json"]
    return acceptance(directory, "report", *places, *files, "--output", "merged")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Ended]:
    """All of it on two workers, one of which crashes, and what failed tried again."""
    project = Project(tmp_path_factory.mktemp("whole"), FEATURE + DIES + FLAKY + AFTER)
    files = ["--junitxml", "junit.xml", "--cucumberjson", "cucumber.json"]
    files += ["--cucumber-messages", "messages.ndjson", "--alluredir", "allure"]
    return project, project.pytest("-n", "2", "--reruns", "1", *files)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, FEATURE + DIES + FLAKY + AFTER)


def test_all_tell_the_same_with_a_crash_and_reruns_on_two_workers(whole: tuple[Project, Ended]) -> None:
    project, ended = whole

    assert ended.directory is not None
    junit, cucumber = project.directory / "junit.xml", project.directory / "cucumber.json"
    told = numbers(ended.directory / "index.html", junit, cucumber, ended.text)
    told |= {"allure": of_allure(project.directory / "allure")}
    told |= {"messages": of_messages(project.directory / "messages.ndjson")}
    assert told == dict.fromkeys(told, ALL)
    assert {verdict: count for verdict, count in ended.last_line.items() if verdict != "rerun"} == ALL
    assert ended.code == 1


@pytest.mark.nightly
def test_a_merge_tells_what_changed_and_exits_accordingly(tmp_path: Path) -> None:
    before, after = made_up_run(4), made_up_run(4, ("passed", "failed"))
    after.started = "2026-01-02T12:00:00+00:00"
    save(before, tmp_path / "before" / FILE_NAME)
    save(after, tmp_path / "after" / FILE_NAME)

    broken = merged(tmp_path, "after", "--since", "before")
    assert broken.returncode == 1
    assert "Broken since then: Buying 2,000 credits (was passed, is failed: expected 2,000" in broken.stdout
    assert "What changed since 2026-01-01 12:00 UTC" in (tmp_path / "merged" / "index.html").read_text()

    same = merged(tmp_path, "before", "--since", "before")
    assert same.returncode == 0
    assert "Nothing has changed since" in same.stdout

    both = merged(tmp_path, "before", "after")
    scenario = load(tmp_path / "merged" / FILE_NAME).scenarios[1]
    assert both.returncode == 1
    assert scenario.result.verdict == "flaky"
    assert [words.partition(":")[0] for words in scenario.result.history] == ["passed", "failed"]
    assert "flaky: Buying 2,000 credits: failed in one run and passed in another: expected 2,000" in both.stdout


@pytest.mark.nightly
def test_what_is_no_run_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / FILE_NAME).write_text('{"version": 1}')

    for place, words in (("nowhere", "There is no run.json in nowhere"), ("broken", "is not the document of a run")):
        ended = merged(tmp_path, place)
        assert ended.returncode == 4
        assert words in ended.stderr
        assert "Traceback" not in ended.stderr


def test_cucumber_json_shows_where_each_scenario_ended(whole: tuple[Project, Ended]) -> None:
    features = json.loads((whole[0].directory / "cucumber.json").read_text())
    statuses = {
        element["name"]: [step["result"]["status"] for step in element["steps"]] for element in features[0]["elements"]
    }

    assert statuses["Good for Ada"] == ["passed"] * 3
    assert statuses["Bad"] == ["passed", "failed", "skipped"]
    assert statuses["Refused"] == ["passed", "pending"]
    assert statuses["Fatal"] == ["pending", "skipped"]
    assert statuses["Left over"] == ["passed", "passed"]


@pytest.mark.nightly
def test_two_shards_merged_tell_the_same_as_one_run(project: Project, tmp_path: Path) -> None:
    shards = []
    for group in ("1", "2"):
        files = ["--junitxml", f"junit-{group}.xml", "--cucumberjson", f"cucumber-{group}.json"]
        ended = project.pytest("--splits", "2", "--group", group, "-n", "2", "--reruns", "1", *files)
        assert ended.directory is not None
        page = ended.directory / "index.html"
        told = numbers(page, tmp_path / files[1], tmp_path / files[3], ended.text)
        assert told == dict.fromkeys(told, told["data"])
        shards.append(f"reports/{ended.directory.name}")
    whole = merged(tmp_path, *shards)

    told = numbers(
        tmp_path / "merged" / "index.html",
        tmp_path / "merged" / "junit.xml",
        tmp_path / "merged" / "cucumber.json",
        whole.stdout,
    )
    assert told == dict.fromkeys(told, ALL)
    assert whole.returncode == 1
    run = load(tmp_path / "merged" / FILE_NAME)
    assert run.selection.deselected == 0
    assert len(run.parts) == 2


@pytest.mark.nightly
def test_junit_keeps_the_tests_that_are_no_scenarios(project: Project, tmp_path: Path) -> None:
    (tmp_path / "features" / "test_else.py").write_text("def test_else(): pass\n")

    ended = project.pytest("-k", "Bad or else", "--junitxml", "junit.xml")

    suite = next(ET.parse(tmp_path / "junit.xml").iter("testsuite"))  # noqa: S314 - just written
    names = [case.get("name") for case in suite.findall("testcase")]
    assert names == ["test_else", "test_bad"]
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    bad = suite.findall("testcase")[1]
    told = {one.get("name"): one.get("value") for one in bad.findall("properties/property")}
    assert told["verdict"] == "failed"
    assert told["promise"] == "doc:buy-credits.2/this-does-not-hold"
    assert told["feature"] == "features/all.feature:26"
    assert told["reason"] == "expected that it is so; seen: that it is not"
    assert ended.code == 1


@pytest.mark.nightly
def test_github_shows_failures_and_what_is_not_verified_at_their_lines(project: Project) -> None:
    ended = project.pytest("-n", "2", "-k", "Bad or Blocked or Good", GITHUB_ACTIONS="true")

    errors = [line for line in ended.text.splitlines() if line.startswith("::error ")]
    assert len(errors) == 1
    assert errors[0].startswith("::error file=features/all.feature,line=26::Bad")
    assert "Promise broken: This does not hold (buy-credits.2)" in errors[0]
    warnings = [line for line in ended.text.splitlines() if line.startswith("::warning ")]
    place = "file=features/all.feature,line=42"
    assert warnings == [f"::warning {place},title=blocked%3A Blocked::The payment page asked for a human."]


@pytest.mark.nightly
def test_colours_are_for_terminals_only(whole: tuple[Project, Ended], project: Project) -> None:
    assert "\x1b[" not in whole[1].text
    coloured = project.pytest("-k", "Bad or Blocked", "--color=yes").text
    assert "\x1b[31m  2    This does not hold" in coloured
    assert "\x1b[33mblocked (1): The payment page asked for a human." in coloured


@pytest.mark.nightly
def test_the_summary_fits_one_screen(tmp_path: Path) -> None:
    rules = [
        scenario(f"Number {n}", "Then it is so", rule=f"Promise {n}", tag=f"doc:buy-credits.{n}") for n in range(40)
    ]
    project = Project(
        tmp_path, "@doc:buy-credits\nFeature: It\n" + "".join(rules) + scenario("Bad", "Then it is not so")
    )

    told = project.pytest("--tb=no").text.partition("promises, on staging")[2].partition("report:")[0].splitlines()

    assert len(told) < 10
    assert "  40 others hold" in told
    assert [line for line in told if "Another promise" in line and "1 FAILED" in line]


def test_the_data_follow_their_schema(whole: tuple[Project, Ended]) -> None:
    import jsonschema  # type: ignore[import-untyped] # ships no types

    project, ended = whole
    printed = acceptance(project.directory, "report", "--schema")

    assert ended.directory is not None
    schema = json.loads(printed.stdout)
    document = json.loads((ended.directory / FILE_NAME).read_text())
    jsonschema.validate(document, schema)
    assert set(document) <= set(schema["$defs"]["Run"]["properties"])
    assert document["counts"] == ALL
    assert document["version"] == 2
    good = next(one for one in document["scenarios"] if one["title"] == "Good")
    assert good["result"]["measured"] == {"immediately": 1.25}
    assert good["result"]["new_lines"] == ["4,000 credits were added", "Thank you"]
