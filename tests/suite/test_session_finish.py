"""A run that is cut short tells so: what did not run is not verified, and what was tried again counts once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.suite.support.reported import FEATURE, Project, scenario

IN_ONE_AND_IN_TWO = [[], pytest.param(["-n", "2"], marks=pytest.mark.nightly)]
"""Options for one process, and for two workers at night."""
DIES = scenario("Fatal", "Given something", "Then its worker dies")
FLAKY = scenario("Flaky", "Given something", "Then it is so at the second try")
FAKE = '\n[targets.fake]\nkind = "fake"\n'
KILL = """

@then("the fake dies")
def fake_dies(request, target):
    from steps.runner.run_context import RUN
    run = request.config.stash[RUN]
    process = run._fake._process if run._fake else None
    if process is None:
        import psutil
        process = next(one for one in psutil.Process(os.getppid()).children() if "fake_backend" in one.cmdline())
    process.kill()
    while target.control.unreachable_reason() is None:
        pass
    raise RuntimeError("the page is gone")

@then("the run is told to end")
def told_to_end():
    import signal
    os.kill(os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid(), signal.SIGTERM)
    threading.Event().wait(30)

@then("the target is fine")
def fine(target): assert target.control.unreachable_reason() is None
"""
UNTIDY = """

@pytest.fixture(scope="session", autouse=True)
def untidy(request):
    yield  # what was set up first goes last: now the fake would be gone, had its fixture ended it
    from steps.runner.run_context import RUN
    import subprocess
    process = request.config.stash[RUN]._fake._process
    try: process.wait(timeout=1)
    except subprocess.TimeoutExpired: pass
    raise RuntimeError("the browser does not close")
"""
INTERRUPTED = """

@pytest.fixture(scope="session", autouse=True)
def browser_that_was_told_too():
    yield
    raise RuntimeError("the browser has been closed")
"""


@pytest.mark.nightly
def test_a_worker_that_dies_leaves_what_it_ran_not_verified(tmp_path: Path) -> None:
    ended = Project(tmp_path, FEATURE + DIES).pytest("-n", "2", "-k", "Good or Fatal")

    assert ended.code == 7
    assert ended.run.counts["passed"] == 3
    assert ended.run.counts["not verified"] == 1
    assert ended.result("Fatal").reason == "did not run: its worker process crashed"
    assert ended.run.trouble == "A worker process crashed."
    assert "3 passed, 1 not verified" in ended.text


@pytest.mark.nightly
def test_what_no_worker_is_left_for_is_not_verified(tmp_path: Path) -> None:
    ended = Project(tmp_path, FEATURE + DIES).pytest("-n", "1", "--max-worker-restart", "0", "-p", "no:randomly")

    assert ended.result("Fatal").verdict == "not verified"
    assert sum(ended.run.counts.values()) == 8
    assert ended.run.counts["not verified"] == 2
    assert ended.code == 1


def test_a_run_that_stops_at_the_first_failure_tells_what_it_left_out(tmp_path: Path) -> None:
    ended = Project(tmp_path).pytest("-x")

    assert ended.code == 1
    assert ended.ended == {"passed": 3, "failed": 1, "not verified": 3}
    assert ended.result("Blocked").reason == "did not run: the run stopped at a failure"
    assert "1 failed, 3 passed, 3 not verified in" in ended.text


@pytest.mark.nightly
@pytest.mark.parametrize("workers", IN_ONE_AND_IN_TWO, ids=["one process", "two workers"])
def test_an_interrupted_run_tells_what_it_left_out(tmp_path: Path, workers: list[str]) -> None:
    stopped = scenario("Stopped", "Given something", "Then somebody presses Ctrl-C")
    ended = Project(tmp_path, FEATURE + stopped).pytest(*workers, "-k", "Good or Stopped")

    assert ended.code == 2, ended.text
    assert ended.run.counts["failed"] == 0
    assert ended.result("Stopped").reason == "did not run: the run was interrupted"
    assert ended.directory is not None
    assert "did not run: the run was interrupted" in (ended.directory / "index.html").read_text().lower()


@pytest.mark.parametrize("workers", IN_ONE_AND_IN_TWO, ids=["one process", "two workers"])
def test_a_run_that_is_told_to_end_leaves_its_report(tmp_path: Path, workers: list[str]) -> None:
    project = Project(tmp_path, FEATURE + scenario("Stopped", "Given something", "Then the run is told to end"))
    (tmp_path / "conftest.py").write_text((tmp_path / "conftest.py").read_text() + KILL + INTERRUPTED)
    ended = project.pytest(*workers, "-k", "Good or Stopped", "--junitxml", "junit.xml")

    assert ended.code == 2, ended.text
    assert ended.result("Stopped").reason == "did not run: the run was interrupted"
    assert ended.ended.get("passed") == 3 or workers
    assert "report: reports/index.html" in ended.text
    cases = list(ET.parse(tmp_path / "junit.xml").iter("testcase"))  # noqa: S314 - just written
    assert len(cases) == 4


NEVER_CLOSES = """

@pytest.fixture(scope="session", autouse=True)
def browser_that_is_waited_for_in_vain():
    yield
    while True:
        threading.Event().wait(60)
"""


@pytest.mark.nightly
def test_a_run_that_is_told_to_end_waits_for_nothing_that_does_not_close(tmp_path: Path) -> None:
    project = Project(tmp_path, FEATURE + scenario("Stopped", "Given something", "Then the run is told to end"))
    (tmp_path / "conftest.py").write_text((tmp_path / "conftest.py").read_text() + KILL + NEVER_CLOSES)
    ended = project.pytest("-k", "Good or Stopped")

    assert ended.code == 2, ended.text
    assert ended.ended.get("passed") == 3
    assert "report: reports/index.html" in ended.text


@pytest.mark.nightly
def test_two_workers_that_stop_at_the_first_failure_end_as_one_process_does(tmp_path: Path) -> None:
    ended = Project(tmp_path).pytest("-n", "2", "--maxfail=1")

    assert ended.code == 1, ended.text
    assert {one.result.reason for one in ended.run.scenarios if not one.result.ran} <= {
        "did not run: the run stopped at a failure"
    }


@pytest.mark.parametrize("workers", IN_ONE_AND_IN_TWO, ids=["one process", "two workers"])
def test_what_fails_and_then_passes_is_flaky(tmp_path: Path, workers: list[str]) -> None:
    files = ["--junitxml", "junit.xml", "--cucumberjson", "cucumber.json"]
    ended = Project(tmp_path, FEATURE + FLAKY).pytest("--reruns", "1", "-k", "Good or Flaky or Bad", *workers, *files)

    assert ended.ended == {"passed": 3, "failed": 1, "flaky": 1}
    assert ended.ended.items() <= ended.last_line.items()
    flaky = ended.result("Flaky")
    why = "expected that it is so; seen: not yet"
    assert flaky.history == [f"failed: {why}", "passed"]
    assert flaky.reason == f"failed, and passed when it was run again: {why}"
    assert len(ended.result("Bad").history) == 2
    assert f"flaky: Flaky: {flaky.reason}" in ended.text
    failure = next(case for case in ET.parse(tmp_path / "junit.xml").iter("failure") if case.get("type") == "flaky")  # noqa: S314 - just written
    assert failure.get("message") == flaky.reason
    assert f"flaky: {flaky.reason}" in (tmp_path / "cucumber.json").read_text()
    assert ended.directory is not None
    assert 'data-verdict="flaky"' in (ended.directory / "index.html").read_text()


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("options", "code"), [((), 1), (("--allow-flaky",), 0), (("--allow-flaky", "--fail-on-flaky"), 1)], ids=str
)
def test_a_flaky_scenario_is_green_only_where_that_is_allowed(
    tmp_path: Path, options: tuple[str, ...], code: int
) -> None:
    ended = Project(tmp_path, FEATURE + FLAKY).pytest("--reruns", "1", "-k", "Good or Flaky", *options)
    assert (ended.code, ended.result("Flaky").verdict) == (code, "flaky")


@pytest.mark.nightly
def test_what_failed_and_could_not_be_verified_when_run_again_has_failed(tmp_path: Path) -> None:
    (tmp_path / "down").touch()
    steps = ("Given something", "Then it is not so, and later the site is down")
    ended = Project(tmp_path, FEATURE + scenario("Red", *steps)).pytest("--reruns", "1", "-k", "Good or Red")

    assert ended.code == 1, ended.text
    assert ended.result("Red").verdict == "failed"
    assert ended.failure("Red").expected == "that it is so"


@pytest.mark.nightly
def test_a_run_that_is_killed_leaves_a_document_in_which_nothing_ran(tmp_path: Path) -> None:
    for workers in ([], ["-n", "1"]):
        killed = scenario("Killed", "Given something", "Then the whole run is killed", rule=str(workers))
        place = tmp_path / str(len(workers))
        place.mkdir()
        ended = Project(place, FEATURE + killed).pytest(*workers, "-k", "Good or Killed")

        assert ended.run.exit_code == 7, ended.text
        assert ended.ended == {"not verified": 4}
        assert ended.result("Good").reason == "did not run: the run did not come to its end"


@pytest.mark.nightly
@pytest.mark.parametrize(("chosen", "code"), [("Good", 7), ("Good or Bad", 1)])
def test_a_report_that_cannot_be_written_is_one_sentence(tmp_path: Path, chosen: str, code: int) -> None:
    (tmp_path / "reports").write_text("in the way")
    ended = Project(tmp_path).pytest("-k", chosen)

    assert ended.code == code, ended.text
    assert "The report could not be written where it belongs (" in ended.text
    page = Path(next(line for line in ended.text.splitlines() if line.startswith("report: "))[8:])
    assert "Good" in page.read_text()
    assert "3 passed" in ended.text
    assert "INTERNALERROR" not in ended.text


@pytest.mark.nightly
def test_the_fake_starts_where_its_log_cannot_be_written(tmp_path: Path) -> None:
    project = Project(tmp_path, "@doc:buy-credits\nFeature: It\n" + scenario("First", "Then the target is fine"))
    (tmp_path / "targets.toml").write_text(FAKE)
    (tmp_path / "conftest.py").write_text((tmp_path / "conftest.py").read_text() + KILL)
    (tmp_path / "reports").write_text("in the way")

    ended = project.pytest(target="fake")

    assert (ended.code, "1 passed" in ended.text) == (7, True), ended.text


@pytest.mark.nightly
def test_what_goes_wrong_after_the_last_scenario_does_not_find_the_fake_gone(tmp_path: Path) -> None:
    steps = ("Then the target is fine", "And it is not so")
    project = Project(tmp_path, "@doc:buy-credits\nFeature: It\n" + scenario("Last", *steps))
    (tmp_path / "targets.toml").write_text(FAKE)
    (tmp_path / "conftest.py").write_text((tmp_path / "conftest.py").read_text() + KILL + UNTIDY)

    ended = project.pytest(target="fake")

    assert (ended.code, ended.result("Last").verdict) == (1, "failed"), ended.text
    assert "afterwards: the browser does not close" in ended.failure("Last").message
    assert "Interrupted" not in ended.text


@pytest.mark.nightly
@pytest.mark.parametrize("workers", IN_ONE_AND_IN_TWO, ids=["one process", "two workers"])
def test_a_fake_that_dies_ends_the_run_in_one_sentence(tmp_path: Path, workers: list[str]) -> None:
    rules = [
        scenario("First", "Then the target is fine"),
        scenario("Deadly", "Then the fake dies"),
        *(scenario(f"After {number}", "Then the target is fine", rule=f"Rule {number}") for number in range(6)),
    ]
    project = Project(tmp_path, "@doc:buy-credits\nFeature: It\n" + "".join(rules))
    (tmp_path / "targets.toml").write_text(FAKE)
    (tmp_path / "conftest.py").write_text((tmp_path / "conftest.py").read_text() + KILL)

    ended = project.pytest(*workers, target="fake")

    assert ended.code == 7, ended.text
    assert ended.run.counts["failed"] == 0
    assert ended.result("Deadly").verdict == "not verified"
    assert ended.result("After 5").reason.startswith("did not run: The fake ") or workers
    assert "Traceback" not in ended.text
    assert [line for line in ended.text.splitlines() if "Interrupted: The fake " in line]


@pytest.mark.nightly
def test_a_fake_that_does_not_start_ends_the_run_in_one_sentence(tmp_path: Path) -> None:
    project = Project(tmp_path, "@doc:buy-credits\nFeature: It\n" + scenario("First", "Then the target is fine"))
    (tmp_path / "targets.toml").write_text(FAKE)
    (tmp_path / "conftest.py").write_text((tmp_path / "conftest.py").read_text() + KILL)
    (tmp_path / "fake_backend.py").write_text("raise SystemExit('no port is free')\n")

    for workers in ([], ["-n", "2"]):
        ended = project.pytest(*workers, target="fake")

        assert ended.code == 7, ended.text
        assert "The fake did not start: no port is free" in ended.text
        assert "Traceback" not in ended.text


def test_what_a_run_starts_ends_when_it_is_told_to() -> None:
    """Also in a worker of pytest-xdist, which itself leaves SIGTERM to the controlling process."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as child:
        child.terminate()
        try:
            assert child.wait(20) != 0
        finally:
            child.kill()
