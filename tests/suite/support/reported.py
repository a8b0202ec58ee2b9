"""A small project whose scenarios end in every way there is, run by pytest as a user would, without a browser."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from steps.reporting.run_document import FILE_NAME, Failure, Result, Run, load

ROOT = Path(__file__).parents[3]
PLUGINS = ["-p", "playwright", "-p", "pytest-bdd", "-p", "steps.plugin"]
UNWANTED = ["schemathesis", "hypothesispytest", "anyio", "faker", "platformdirs"]
TARGETS = '[targets.staging]\nkind = "site"\nbase_url = "http://127.0.0.1:9"\n'
STEPS = """
import os, signal, threading
from pathlib import Path
import pytest
from pytest_bdd import given, parsers, then, when
from steps.pages.base_page import ElementNotFoundError, blame_promise
from steps.verdicts.expectations import check
from steps.verdicts import verdict

@given("something")
def something(): pass

@when(parsers.parse("{who} does it"))
def does_it(): pass

@then("it is so")
def so(): pass

@then("it is not so")
def not_so(): check(False, expected="that it is so", actual="that it is not")

@then("it took a while")
def measured_step(measured, note_new_lines):
    measured("immediately", 1.25)
    note_new_lines(["4,000 credits were added", "Thank you"])

@then("it is nowhere")
def nowhere():
    raise ElementNotFoundError('There is no "Add credits". The page at http://x shows instead:\\n  heading "Billing"')

@then("nothing is found of this very promise")
def own_promise():
    with blame_promise("doc:buy-credits.3"):
        raise ElementNotFoundError("There is no pop-up.")

@then("nothing is found of a promise before")
def earlier_promise():
    with blame_promise("doc:buy-credits.4b"), blame_promise("doc:buy-credits.2"):
        raise ElementNotFoundError('There is no "Add credits".')

@then("another promise is broken")
def other_promise():
    check(False, expected="the payment succeeds", actual="it is declined", promise="doc:buy-credits.4b")

@then("the step itself is wrong")
def wrong(): return {}["missing"]

@then("nobody can tell")
def nobody(): raise verdict.NotVerifiedError("This target cannot be asked.")

@then("the guard says no")
def refused(): raise verdict.RefusedError("This would be real money.")

@then("a human is asked for")
def blocked(): raise verdict.BlockedError("The payment page asked for a human.")

@then("the site is down")
def down(): raise verdict.TargetUnavailableError("The site answered with 503.")

@then("its worker dies")
def dies(): os.kill(os.getpid(), signal.SIGKILL)

signal.signal(signal.SIGINT, signal.default_int_handler)  # where the tests run in the background, it is ignored

@then("somebody presses Ctrl-C")
def interrupted():
    inside = "PYTEST_XDIST_WORKER" in os.environ
    os.kill(os.getppid() if inside else os.getpid(), signal.SIGINT)
    threading.Event().wait(30)

@then("it is so at the second try")
def flaky(request):
    mark = Path(str(request.config.rootpath), "tried")
    if not mark.exists():
        mark.touch()
        check(False, expected="that it is so", actual="not yet")

@then("it is not so, and later the site is down")
def worse(request):
    mark = Path(str(request.config.rootpath), "tried")
    if mark.exists(): raise verdict.TargetUnavailableError("The site answered with 503.")
    mark.touch()
    check(False, expected="that it is so", actual="not yet")

@then("the whole run is killed")
def killed():
    whole = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    os.kill(whole, signal.SIGKILL)
    threading.Event().wait(5)

@given("something that cannot be put away")
def leftover(request):
    def away(): raise AssertionError("The target could not answer: GET /x")
    request.addfinalizer(away)
"""
FEATURE = """@doc:buy-credits
Feature: Everything there is

  @doc:buy-credits.1
  Rule: This holds

    Scenario: Good
      Given something
      When anybody does it
      Then it is so
      And it took a while

    Scenario Outline: Good for <who>
      Given something
      When <who> does it
      Then it is so

      Examples:
        | who |
        | Ada |
        | Bob |

  @doc:buy-credits.2
  Rule: This does not hold

    Scenario: Bad
      Given something
      Then it is not so
      And it is so

  @assumption:nobody-knows
  Rule: This cannot be told

    Scenario: Unverified
      Given something
      Then nobody can tell

    Scenario: Refused
      Given something
      Then the guard says no

    Scenario: Blocked
      Given something
      Then a human is asked for
"""


def scenario(title: str, *steps: str, rule: str = "Another promise", tag: str = "doc:buy-credits.3") -> str:
    """Write a Rule with one scenario, to be added to a feature."""
    lines = "\n".join(f"      {step}" for step in steps)
    return f"\n  @{tag}\n  Rule: {rule}\n\n    Scenario: {title}\n{lines}\n"


@dataclass
class Ended:
    """A run that is over: its exit code, its output, and what it left behind."""

    code: int
    text: str
    directory: Path | None

    @property
    def run(self) -> Run:
        """The run's document."""
        assert self.directory is not None, self.text
        return load(self.directory / FILE_NAME)

    @property
    def ended(self) -> dict[str, int]:
        """How many scenarios ended with each verdict, without those that none has."""
        return {str(verdict): count for verdict, count in self.run.counts.items() if count}

    @property
    def last_line(self) -> dict[str, int]:
        """What pytest's own last line counts."""
        last = self.text.strip().splitlines()[-1].strip("= ").split(" in ")[0]
        return {words.split(" ", 1)[1]: int(words.split(" ", 1)[0]) for words in last.split(", ")}

    def result(self, title: str) -> Result:
        """Return how the scenario of that title ended."""
        return next(one.result for one in self.run.scenarios if one.title == title)

    def failure(self, title: str) -> Failure:
        """Return why the scenario of that title failed."""
        failure = self.result(title).failure
        assert failure is not None
        return failure


class Project:
    """A directory with one feature, its steps, and a target that needs no browser."""

    def __init__(self, directory: Path, feature: str = FEATURE) -> None:
        self.directory = directory
        (directory / "features").mkdir()
        (directory / "features" / "all.feature").write_text(feature)
        (directory / "conftest.py").write_text(STEPS)
        (directory / "targets.toml").write_text(TARGETS)
        (directory / "pytest.ini").write_text("[pytest]\nmarkers =\n    smoke: the shortest way\n")

    def pytest(self, *arguments: str, target: str | None = "staging", **environment: str) -> Ended:
        """Run pytest on the features; without a `target` it has to find one."""
        reports = self.directory / "reports"
        before = set(reports.glob("*/")) if reports.exists() else set()
        options = [*PLUGINS, *(word for name in UNWANTED for word in ("-p", f"no:{name}"))]
        named = ["--target", target, "--targets-file", str(self.directory / "targets.toml")] if target else []
        ended = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                *options,
                *named,
                "--strict-markers",
                *([] if any("::" in one for one in arguments) else ["features"]),
                *arguments,
            ],
            cwd=self.directory,
            env=_environment() | environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        made = (set(reports.glob("*/")) if reports.exists() else set()) - before
        return Ended(ended.returncode, ended.stdout + ended.stderr, next(iter(made), None))


def acceptance(directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the `acceptance` command in a directory."""
    return subprocess.run(
        [sys.executable, "-c", "from steps.cli import main; main()", *arguments],
        cwd=directory, env=_environment(), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "GITHUB", "CI"))}
    return kept | {"PYTHONPATH": str(ROOT)}
