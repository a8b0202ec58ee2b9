"""A last look at each account: what it holds against what, whose account it may use, and how its red is told."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast
from xml.etree import ElementTree as ET

import pytest

from steps.actors.member import Member
from steps.runner.late_look import LateLooks
from steps.targets.account_pool import AccountPool
from steps.targets.profile import Profile
from steps.targets.target import Account
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import TargetUnavailableError
from tests.suite.support.late_looks import Bought, Silent, StandIn, looked_at, shown_credits
from tests.suite.support.reported import Project

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

LATER = """
from steps.verdicts.expectations import BrokenPromiseError
import pytest

@pytest.fixture(scope="session", autouse=True)
def late(request):
    ids = [item.nodeid for item in request.session.items]
    yield
    try:
        raise BrokenPromiseError("4,000 credits more", "47 s after the scenario: 8,000")
    except BrokenPromiseError as raised:
        error = raised
    for one in ids:
        if one.endswith("test_good") or "bad" in one:
            request.config.hook.pytest_acceptance_late_look(nodeid=one, error=error)
"""


def test_the_books_are_held_against_what_was_paid_for() -> None:
    assert looked_at(Bought(StandIn())) == []
    ((nodeid, error),) = looked_at(Bought(StandIn(added=8_000)))
    assert nodeid == "one"
    assert isinstance(error, BrokenPromiseError)
    assert error.seen.startswith("0 s after the scenario, and 60 s on its clock: 8,000")


def test_an_account_is_looked_at_after_its_last_scenario_and_only_if_nobody_else_had_it() -> None:
    target = StandIn()
    looked_at(Bought(target, "one"), Bought(target, "two"), Bought(target, "three", key="b"))
    assert target.looked == ["two", "three"]
    assert looked_at(Bought(StandIn(added=0, is_same=False))) == []


@pytest.mark.parametrize(("runs", "bought", "waited"), [(0, 1, 1), (1, 0, 1), (0, 0, 0)])
def test_what_changes_credits_is_looked_at_late(runs: int, bought: int, waited: int) -> None:
    member = Bought(StandIn(added=8_000, moved=0.0), add_on=(2_000, 6_000))
    member.credits_used, member.purchases = [200] * runs, member.purchases * bought
    ((_, error),) = looked_at(member)
    assert isinstance(error, BrokenPromiseError)
    assert error.seen == f"{waited} s after the scenario: 8,000 were added"


def test_a_look_has_the_display_of_its_scenario() -> None:
    """A list may be drawn otherwise on a phone, and its rows be other ones there."""
    given: list[object] = []

    def new_context(**told: object) -> None:
        given.append(told.get("viewport"))
        raise TargetUnavailableError("There is no browser here.")

    looks = LateLooks(cast("Any", None), cast("Any", new_context))
    looks.note("one", cast("Any", Bought(StandIn(added=4_000), add_on=(2_000, 6_000))), {"viewport": "a phone's"})
    list(looks.look())
    assert given == ["a phone's"]


def test_a_look_that_fails_leaves_the_scenario_not_verified() -> None:
    ((_, error),) = looked_at(Bought(Silent()))
    assert isinstance(error, TargetUnavailableError)


def test_each_use_of_an_account_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCEPTANCE_STATE_DIR", str(tmp_path))
    pool, other = AccountPool(["one"], 1), AccountPool(["one"], 1)
    with pool.acquire() as place:
        turn = pool.begin_turn(place)
        with other.acquire_again(place) as is_free:
            assert not is_free
    with pool.acquire_again(place) as is_free:
        assert (is_free, pool.turn(place)) == (True, turn)
    with other.acquire() as place:
        other.begin_turn(place)
    assert pool.turn(place) == turn + 1


@pytest.mark.parametrize(
    "options", [(), pytest.param(("-n", "2"), marks=pytest.mark.nightly)], ids=["alone", "workers"]
)
def test_what_is_found_late_is_the_scenarios_verdict_everywhere(tmp_path: Path, options: tuple[str, ...]) -> None:
    project = Project(tmp_path)
    (tmp_path / "conftest.py").write_text((tmp_path / "conftest.py").read_text() + LATER)
    ended = project.pytest("-k", "good or bad", "--junitxml", str(tmp_path / "junit.xml"), *options)
    assert ended.failure("Good").seen == "47 s after the scenario: 8,000"
    assert ended.failure("Bad").seen == "that it is not"
    assert (ended.code, ended.ended) == (1, {"failed": 2, "passed": 2})
    assert ended.last_line.items() >= ended.ended.items()
    cases = list(ET.parse(tmp_path / "junit.xml").iter("testcase"))  # noqa: S314 - written by this test
    assert sum(one.find("failure") is not None for one in cases) == 2
    assert len(cases) == 4


@pytest.mark.nightly
def test_a_run_that_was_broken_off_is_not_looked_at_again(tmp_path: Path) -> None:
    project = Project(tmp_path)
    (tmp_path / "conftest.py").write_text((tmp_path / "conftest.py").read_text() + LATER)
    ended = project.pytest("-x", "-k", "good or bad")
    assert ended.failure("Bad").seen == "that it is not"
    assert ended.code == 1


def test_what_was_seen_before_another_time_came_says_nothing_of_the_credits_since(page: Page) -> None:
    moved: list[str] = []
    target: Any = SimpleNamespace(
        profile=Profile(base_url="http://site.example"), move_clock=lambda _, to: moved.append(to)
    )
    member = Member(target, Account("Ada", "ada@example.com"), cast("Any", None), page.context)
    member.last_seen = shown_credits(4_000)
    member.move_clock("next-month")
    assert (moved, member.last_seen, member.has_moved_clock) == (["next-month"], None, True)
