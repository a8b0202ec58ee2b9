"""What happens while a scenario is carried out: its steps and how long each took, what was measured, what was paid."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from steps.actors.member import Member
from steps.reporting.open_questions import answers_seen
from steps.reporting.page_snapshots import save_newest
from steps.reporting.run_document import Step, StepScreenshot
from steps.reporting.step_screenshots import BROWSER_DRIVEN, take_picture
from steps.reporting.test_plan import SCENARIO
from steps.runner.run_context import RUN

if TYPE_CHECKING:
    from collections.abc import Generator

    from pytest_bdd.parser import Scenario as GherkinScenario
    from pytest_bdd.parser import Step as GherkinStep

    from steps.reporting.run_document import StepStatus


class Record:
    """One attempt at a scenario, noted by the process that carries it out."""

    def __init__(self, item: pytest.Item) -> None:
        self.item = item
        planned = item.stash[SCENARIO].result.steps
        self.steps = [Step(step.keyword, step.text, step.line) for step in planned]
        self.answers: dict[str, str] = {}
        self.snapshot: str | None = None
        """The file with the page as it was when a step failed, relative to the run's directory."""
        self._began = 0.0
        self._at = -1
        self._guard = item.config.stash[RUN].guard
        self._paid_before = self._guard.count, self._guard.amount

    def begin(self) -> None:
        """Go on to the next step."""
        self._at += 1
        self._began = time.perf_counter()

    def end(self, status: StepStatus) -> None:
        """Note how the step ended; a picture is taken where the run asks for them."""
        if 0 <= self._at < len(self.steps):
            step = self.steps[self._at]
            step.status, step.seconds = status, round(time.perf_counter() - self._began, 3)
            step.picture = take_picture(self.item.config)

    def capture_screenshot(self, what: str) -> None:
        """Take a picture in the middle of a step, where the run asks for pictures."""
        picture = take_picture(self.item.config)
        if picture and 0 <= self._at < len(self.steps):
            self.steps[self._at].sights += (StepScreenshot(what, picture),)

    def paid(self) -> tuple[int, Decimal]:
        """Return how many payments the guard let pass, and their sum."""
        guard = self.item.config.stash[RUN].guard
        count, amount = self._paid_before if guard is self._guard else (0, Decimal(0))
        return guard.count - count, guard.amount - amount


RECORD = pytest.StashKey[Record]()
TARGET = pytest.StashKey[Any]()
"""The target, once it was reached."""
BROWSER = pytest.StashKey[str]()
"""Name and version of the browser that this process drives."""


def pytest_bdd_before_step(request: pytest.FixtureRequest) -> None:
    """Note that a step begins."""
    if RECORD in request.node.stash:
        request.node.stash[RECORD].begin()


def pytest_bdd_after_step(request: pytest.FixtureRequest, step_func_args: dict[str, object]) -> None:
    """Note that a step went well, and what it tells of the open questions."""
    if RECORD in request.node.stash:
        record = request.node.stash[RECORD]
        record.end("passed")
        record.answers |= answers_seen(step_func_args)


def pytest_bdd_step_error(request: pytest.FixtureRequest) -> None:
    """Note that a step failed."""
    if RECORD in request.node.stash:
        request.node.stash[RECORD].end("failed")
        request.node.stash[RECORD].snapshot = save_newest(request.config)


def pytest_bdd_step_func_lookup_error(
    request: pytest.FixtureRequest,
    scenario: GherkinScenario,  # noqa: ARG001 - named by the hook
    step: GherkinStep,  # noqa: ARG001 - named by the hook
) -> None:
    """Note that a step has no definition."""
    if RECORD in request.node.stash:
        request.node.stash[RECORD].begin()
        request.node.stash[RECORD].end("failed")


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, Any, Any]:
    """Note which browser and which target were reached."""
    result = yield
    if fixturedef.argname == "browser":
        kind, version = getattr(result, "browser_type", None), getattr(result, "version", "")
        request.config.stash[BROWSER] = f"{getattr(kind, 'name', 'browser')} {version}".strip()
        request.config.stash[BROWSER_DRIVEN] = result
    elif fixturedef.argname == "member" and isinstance(result, Member) and RECORD in request.node.stash:
        result.capture_screenshot = request.node.stash[RECORD].capture_screenshot
    elif fixturedef.argname == "target":
        request.config.stash[TARGET] = result
    return result


def pytest_fixture_post_finalizer(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> None:
    """Forget a browser that is closed as it should be: it has not broken."""
    if fixturedef.argname == "browser" and BROWSER_DRIVEN in request.config.stash:
        del request.config.stash[BROWSER_DRIVEN]
