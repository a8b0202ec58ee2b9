"""Each way in which a scenario can end is told as what it is: in pytest's counts, in the exit code, and in words."""

from __future__ import annotations

import errno
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from playwright.sync_api import Error

from steps.browser.discovery import system_browser
from steps.reporting.broken_tools import broken_tool
from steps.reporting.exit_codes import exit_code_of
from steps.reporting.run_document import not_run
from tests.suite.support.made_up import made_up_run
from tests.suite.support.reported import FEATURE, Ended, Project, scenario

if TYPE_CHECKING:
    from steps.reporting.run_document import VerdictName

IN_ONE_AND_IN_TWO = [[], pytest.param(["-n", "2"], marks=pytest.mark.nightly)]
"""Options for one process, and for two workers at night."""
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


BROWSING = """

@given("a page")
def a_page(page): pass

@when("the browser dies")
def browser_dies():
    import psutil, re
    for one in psutil.Process().children(recursive=True):
        if re.search(os.environ["VICTIM"], one.name()): one.kill()

@then("the page is there")
def there(page): page.title()
"""


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
    assert whole.ended == {"passed": 3, "failed": 8, "not verified": 5, "refused": 1, "blocked": 1}
    assert whole.last_line == whole.ended
    assert whole.code == 1
    assert whole.result("Refused").reason == "This would be real money."

    several = project.pytest("-n", "2")

    assert several.ended == {"passed": 3, "failed": 1, "not verified": 1, "refused": 1, "blocked": 1}
    assert several.last_line == several.ended
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


@pytest.mark.sampled(3)
@pytest.mark.parametrize("option", ["--tb=long", "-vv"])
def test_a_traceback_is_there_for_who_asks(project: Project, option: str) -> None:
    assert "BrokenPromiseError" in project.pytest("-k", "Bad", option).text


def test_what_is_not_found_is_told_in_its_own_words(whole: Ended) -> None:
    text = told_of("Lost", whole.text)

    assert '  There is no "Add credits".\n  The page at http://x shows instead:\n    heading "Billing"' in text
    assert "Traceback" not in text
    assert "conftest.py" not in text


def test_a_promise_that_is_broken_on_the_way_is_the_one_that_is_blamed(whole: Ended) -> None:
    text = told_of("Cut off", whole.text)
    assert text.startswith("Not reached: Another promise (buy-credits.3)\nBroken on the way: ")
    assert "The Current Plan section has Add credits (buy-credits.2)" in text
    assert whole.failure("Cut off").promise == "doc:buy-credits.2"

    assert "Broken on the way: Once payment is successful," in told_of("Not paid", whole.text)
    line = next(one for one in whole.text.splitlines() if one.startswith("  3    Another promise"))
    assert re.search(r" [1-9]\d* FAILED, [1-9]\d* FAILED on the way", line), line
    assert whole.failure("Not paid").promise == "doc:buy-credits.4b"
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


def test_a_step_without_a_definition_is_named(whole: Ended) -> None:
    text = told_of("Undefined", whole.text)

    assert text.startswith("Error of the suite")
    assert "The nearest: " in text


def test_what_goes_wrong_afterwards_fails_the_scenario_once(whole: Ended) -> None:
    assert "The target could not answer: GET /x" in whole.failure("Left over").message
    assert whole.failure("Twice bad").expected == "that it is so"
    assert "afterwards: The target could not answer: GET /x" in whole.failure("Twice bad").message
    assert "This target cannot be asked." in whole.result("Untold").reason
    assert whole.result("Untold").verdict == "failed"


def test_a_scenario_that_is_skipped_or_given_up_is_not_verified(whole: Ended) -> None:
    assert whole.result("Put off").verdict == "not verified"
    assert whole.result("Put off").reason.startswith("skipped: ")
    assert whole.result("Given up").verdict == "not verified"
    assert whole.result("Given up").reason.startswith("expected to fail: ")


IN_A_MONTH = datetime.now(UTC).date() + timedelta(days=30)


@pytest.mark.sampled(2)
@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("until", "chosen", "verdict", "code"),
    [
        (IN_A_MONTH, "Bad or Good", "not verified", 0),
        (IN_A_MONTH, "Bad", "not verified", 6),
        (IN_A_MONTH + timedelta(days=1), "Bad or Good", "failed", 1),
        (date(2026, 1, 31), "Bad or Good", "failed", 1),
    ],
    ids=["beside green", "alone", "for too long", "over"],
)
def test_the_red_of_a_known_flaky_scenario_shows_and_is_never_green(
    project: Project, until: date, chosen: str, verdict: VerdictName, code: int
) -> None:
    entry = f'feature = "all.feature"\ntitle = "Bad"\nowner = "us"\nuntil = {until}\nreason = "slow"\n'
    (project.directory / "features" / "known_flaky.toml").write_text(f"[[scenario]]\n{entry}")
    ended = project.pytest("-k", chosen)
    assert (ended.result("Bad").verdict, ended.code) == (verdict, code)
    assert ended.failure("Bad").seen == "that it is not"
    known = f"known to be flaky until {until} (us: slow); this time: expected that it is so; seen: that it is not"
    assert (known in ended.text) == (verdict == "not verified")


@pytest.mark.nightly
def test_a_gate_fails_when_something_was_not_verified(project: Project) -> None:
    assert project.pytest("-k", "not Bad", "--require-verified").code == 6
    assert project.pytest("-k", "Good", "--require-verified").code == 0


@pytest.mark.parametrize("workers", IN_ONE_AND_IN_TWO, ids=["one process", "two workers"])
def test_a_target_in_trouble_is_no_word_on_any_promise(tmp_path: Path, workers: list[str]) -> None:
    project = Project(tmp_path, FEATURE + scenario("Down", "Given something", "Then the site is down"))

    ended = project.pytest("-k", "Good or Down", *workers, "--require-verified")

    assert ended.code == 7
    assert ended.result("Down").verdict == "not verified"
    assert ended.run.trouble == "The site answered with 503."


@pytest.mark.parametrize(
    ("verdicts", "given", "options", "code"),
    [
        (("passed",), 0, {"require_verified"}, 0),
        (("passed", "blocked"), 0, set(), 0),
        (("blocked",), 0, set(), 6),
        (("passed", "blocked"), 0, {"require_verified"}, 6),
        (("passed", "failed", "blocked"), 1, {"require_verified"}, 1),
        (("passed", "flaky"), 0, set(), 1),
        (("passed", "flaky"), 0, {"allow_flaky"}, 0),
        (("flaky",), 0, {"allow_flaky"}, 6),
        (("passed",), 2, {"trouble"}, 7),
        (("passed", "failed"), 2, {"trouble"}, 1),
        (("passed", "failed"), 2, set(), 1),
        (("passed",), 2, {"interrupted"}, 2),
        (("failed",), 2, {"interrupted"}, 2),
        (("passed",), 3, {"require_verified"}, 3),
    ],
)
def test_the_exit_code_is_that_of_what_matters_most(
    verdicts: tuple[VerdictName, ...], given: int, options: set[str], code: int
) -> None:
    run = made_up_run(len(verdicts), verdicts)
    run.require_verified, run.allow_flaky = "require_verified" in options, "allow_flaky" in options
    if "trouble" in options:
        missing = not_run([], "The fake has stopped.")
        run.scenarios.append(msgspec.structs.replace(run.scenarios[0], result=missing))

    assert exit_code_of(run, given, interrupted="interrupted" in options) == code


@pytest.mark.nightly
def test_python_without_assertions_is_refused(project: Project) -> None:
    ended = project.pytest(PYTHONOPTIMIZE="1")

    assert ended.code == 7
    assert "Python runs with -O or PYTHONOPTIMIZE, which switches assertions off" in ended.text
    assert ended.directory is None


@pytest.mark.nightly
@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("name", "workers"),
    [
        ("node", []),
        ("chrom|headless", []),
        pytest.param("chrom|headless", ["-n", "2"], marks=pytest.mark.nightly),
    ],
)
def test_a_browser_that_dies_breaks_no_promise(tmp_path: Path, name: str, workers: list[str]) -> None:
    steps = ["Given a page", "When the browser dies", "Then the page is there"]
    more = [scenario(f"Page {number}", steps[0], steps[2], rule=f"Rule {number}") for number in range(3)]
    project = Project(tmp_path, "@doc:buy-credits\nFeature: It\n" + scenario("Deadly", *steps) + "".join(more))
    (tmp_path / "conftest.py").write_text((tmp_path / "conftest.py").read_text() + BROWSING)

    ended = project.pytest(*workers, VICTIM=name)

    assert ended.code == 7, ended.text
    assert ended.result("Deadly").verdict == "not verified"
    assert ended.run.counts["failed"] == 0
    assert "The browser or its driver has ended: it crashed, or somebody closed it." in ended.text
    assert "Traceback" not in ended.text


@pytest.mark.nightly
def test_a_video_without_its_encoder_breaks_no_promise(tmp_path: Path) -> None:
    project = Project(tmp_path, "@doc:buy-credits\nFeature: It\n" + scenario("Filmed", "Given a page"))
    (tmp_path / "conftest.py").write_text((tmp_path / "conftest.py").read_text() + BROWSING)
    missing = {"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}

    ended = project.pytest("--video", "on", "--browser-path", str(system_browser()), **missing)

    assert (ended.code, ended.result("Filmed").verdict) == (7, "not verified"), ended.text
    assert "Videos need Playwright's ffmpeg" in ended.text


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/reports/trace.zip"), "No space left on device"),
        (Error("Tracing.stop: ENOSPC: no space left on device, write"), "ENOSPC"),
        (Error("BrowserType.launch: Failed to launch"), "The browser cannot be used"),
        (Error("Page.evaluate: Target crashed"), "has ended"),
        (Error("BrowserContext.close: Target page, context or browser has been closed"), "has ended"),
        (Error("Playwright connection closed"), "has ended"),
        (ExceptionGroup("", [Error("Playwright connection closed"), Error("and so on")]), "has ended"),
        (Error("Page.goto: net::ERR_ABORTED"), None),
        (FileNotFoundError(errno.ENOENT, "No such file", "receipt"), None),
        (AssertionError("2,000 are missing"), None),
    ],
)
def test_a_tool_that_fails_is_told_from_a_promise(error: Exception, words: str | None) -> None:
    said = broken_tool(error, None)
    assert said == words if words is None else words in str(said)


@pytest.mark.parametrize("workers", IN_ONE_AND_IN_TWO, ids=["one process", "two workers"])
def test_nothing_that_matches_is_said_in_one_sentence(project: Project, workers: list[str]) -> None:
    ended = project.pytest("-k", "44,000", *workers)

    assert ended.code == 5
    assert 'Nothing was run: none of the 7 scenarios matches -k "44,000".' in ended.text
    assert ended.directory is None or not list(ended.directory.glob("*.json"))
