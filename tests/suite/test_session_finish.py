"""A run that is cut short tells so: what did not run is not verified, and what was tried again counts once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.suite.support.reported import FEATURE, Project, scenario

if TYPE_CHECKING:
    from pathlib import Path

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

@then("the target is fine")
def fine(target): pass
"""


def test_a_worker_that_dies_leaves_what_it_ran_not_verified(tmp_path: Path) -> None:
    ended = Project(tmp_path, FEATURE + DIES).pytest("-n", "2", "-k", "Good or Fatal")

    assert ended.code == 7
    assert ended.run.counts["passed"] == 3
    assert ended.run.counts["not verified"] == 1
    assert ended.result("Fatal").reason == "did not run: its worker process crashed"
    assert ended.run.trouble == "A worker process crashed."
    assert "3 passed, 1 not verified" in ended.text


def test_what_no_worker_is_left_for_is_not_verified(tmp_path: Path) -> None:
    ended = Project(tmp_path, FEATURE + DIES).pytest("-n", "1", "--max-worker-restart", "0", "-p", "no:randomly")

    assert ended.result("Fatal").verdict == "not verified"
    assert sum(ended.run.counts.values()) == 8
    assert ended.run.counts["not verified"] == 2
    assert ended.code == 1


def test_a_run_that_stops_at_the_first_failure_tells_what_it_left_out(tmp_path: Path) -> None:
    ended = Project(tmp_path).pytest("-x")

    assert ended.code == 1
    assert ended.run.counts == {"passed": 3, "failed": 1, "not verified": 3, "refused": 0, "blocked": 0}
    assert ended.result("Blocked").reason == "did not run: the run stopped at a failure"
    assert "1 failed, 3 passed, 3 not verified in" in ended.text


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["one process", "two workers"])
def test_an_interrupted_run_tells_what_it_left_out(tmp_path: Path, workers: list[str]) -> None:
    stopped = scenario("Stopped", "Given something", "Then somebody presses Ctrl-C")
    ended = Project(tmp_path, FEATURE + stopped).pytest(*workers, "-k", "Good or Stopped")

    assert ended.code == 2, ended.text
    assert ended.run.counts["failed"] == 0
    assert ended.result("Stopped").reason == "did not run: the run was interrupted"
    assert ended.directory is not None
    assert "did not run: the run was interrupted" in (ended.directory / "index.html").read_text().lower()


def test_what_is_tried_again_counts_once(tmp_path: Path) -> None:
    ended = Project(tmp_path, FEATURE + FLAKY).pytest("--reruns", "1", "-k", "Good or Flaky or Bad")

    assert ended.run.counts == {"passed": 4, "failed": 1, "not verified": 0, "refused": 0, "blocked": 0}
    flaky = ended.result("Flaky")
    assert flaky.attempts == 2
    assert flaky.earlier == ["expected that it is so; seen: not yet"]
    assert ended.result("Bad").attempts == 2


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["one process", "two workers"])
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
