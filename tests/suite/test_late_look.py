"""A last look at each account: what it holds against what, whose account it may use, and how its red is told."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast
from xml.etree import ElementTree as ET

import pytest

from steps.readers.credits.balance import Balance
from steps.readers.credits.credits import CreditsReading, Shown
from steps.readers.credits.number_kinds import Amount
from steps.readers.figures.numbers import Number
from steps.readers.page.fact import Absent, Fact
from steps.runner.late_look import LateLooks
from steps.targets.account_pool import AccountPool
from steps.targets.fake_control_client import ControlError
from steps.targets.profile import Limits, Profile
from steps.targets.target import Account, Paid
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import TargetUnavailableError
from tests.suite.support.reported import Project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


@dataclass
class StandIn:
    """A target whose books are made up."""

    added: int = 4_000
    is_same: bool = True
    looked: list[str] = field(default_factory=list)
    is_exclusive: bool = False
    moved: float = 60.0
    offered: frozenset[int] = frozenset({2_000, 4_000, 6_000})
    paid: defaultdict[str, Paid] = field(default_factory=lambda: defaultdict(Paid))
    profile = Profile(base_url="http://site.example", limits=Limits(late=1))

    def signed_in(self, account: Account) -> None:
        assert account

    @contextlib.contextmanager
    def same_account(self, account: Account) -> Iterator[bool]:
        assert account
        yield self.is_same

    def let_time_pass(self, account: Account) -> float:
        self.looked.append(account.name)
        return self.moved

    def added_credits(self, account: Account) -> int:
        assert account
        return self.added


class Silent(StandIn):
    """A target that does not answer."""

    def added_credits(self, account: Account) -> int:
        raise ControlError(account.name)


class Bought:
    """What a late look knows of a member who has paid for 4,000 credits."""

    own_state = None
    month_ends = False
    listed = ()

    def __init__(
        self, target: StandIn, name: str = "one", key: str = "a", turn: int = 0, add_on: tuple[int, int] | None = None
    ) -> None:
        self.target, self.account = target, Account(name, "", key=key, turn=turn)
        before, self.last_seen = map(_shown, add_on or (None, None))
        self.credits_used: list[int] = []
        paid = SimpleNamespace(kind="left")
        self.purchases = [
            SimpleNamespace(
                amount=4_000, outcome=paid, is_invoiced=False, before=before, reopened="", listed=(), follows_runs=False
            )
        ]


def _shown(add_on: int | None, month: int = 0) -> CreditsReading | None:
    if add_on is None:
        return None
    no = Absent("")
    monthly = Fact(Balance(month), (f"{month} monthly credits",))
    return CreditsReading(no, monthly, Fact(Balance(add_on), (f"{add_on:,} add-on credits",)), no, no, (), ())


def looked_at(*members: Bought) -> list[tuple[str, Exception]]:
    looks = LateLooks(cast("Any", None), cast("Any", None))
    for member in members:
        looks.note(member.account.name, cast("Any", member))
    return list(looks.look())


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


@pytest.mark.parametrize(
    ("begins", "turn", "follows_runs", "seen"),
    [
        (6_000, 2, False, None),
        (10_000, 2, False, "+4,000 add-on credits"),
        (2_000, 2, False, "-4,000 add-on credits"),
        (14_000, 2, False, "+8,000 add-on credits"),
        (12_000, 2, False, None),  # others may have bought 6,000
        (6_400, 2, False, "+400 add-on credits, as many as no packages have"),
        (2_000, 2, True, None),  # used up by the scenario itself
        (10_000, 3, False, None),  # somebody else had the account
    ],
    ids=["same", "granted again", "taken back", "twice", "another package", "no package", "used", "others"],
)
def test_what_the_next_scenario_begins_with_is_held_against_the_end_of_the_last(
    begins: int, turn: int, seen: str | None, *, follows_runs: bool
) -> None:
    target = StandIn(is_same=False)
    first, second = (
        Bought(target, "one", turn=1, add_on=(2_000, 6_000)),
        Bought(target, "two", turn=turn, add_on=(begins, begins + 4_000)),
    )
    second.credits_used = [4_000]  # before or after it bought
    second.purchases[0].follows_runs = follows_runs
    found = [(nodeid, getattr(error, "seen", "")) for nodeid, error in looked_at(first, second)]
    assert found == ([("one", seen)] if seen else [])


@pytest.mark.parametrize(
    ("begins", "seen"), [(6_000, []), (12_000, ["+6,000 add-on credits"]), (5_999, ["-1 add-on credits"])]
)
def test_where_nobody_else_is_no_add_on_credits_may_come_or_go(begins: int, seen: list[str]) -> None:
    target = StandIn(is_same=False, is_exclusive=True)
    first, second = (
        Bought(target, "one", turn=1, add_on=(2_000, 6_000)),
        Bought(target, "two", turn=2, add_on=(begins, begins + 4_000)),
    )
    assert [getattr(error, "seen", "") for _, error in looked_at(first, second)] == seen


@pytest.mark.parametrize(("month", "seen"), [(0, []), (900, ["-5,500 add-on credits"])])
def test_nobody_uses_add_on_credits_while_there_are_monthly_ones(month: int, seen: list[str]) -> None:
    target = StandIn(is_same=False)
    first, second = (Bought(target, name, turn=turn) for name, turn in (("one", 1), ("two", 2)))
    first.last_seen, second.purchases[0].before = _shown(6_000, month), _shown(500, month)
    assert [getattr(error, "seen", "") for _, error in looked_at(first, second)] == seen


@pytest.mark.parametrize(("uses", "seen"), [([], "-4,000 add-on credits"), ([1], None)])
def test_a_scenario_in_between_may_have_changed_what_it_did_not_look_at(uses: list[int], seen: str | None) -> None:
    target = StandIn(is_same=False)
    first, third = (
        Bought(target, name, turn=turn, add_on=shown)
        for name, turn, shown in (("one", 1, (0, 4_000)), ("three", 3, (0, 4_000)))
    )
    second = Bought(target, "two", turn=2)
    second.purchases, second.credits_used = [], uses
    found = [(nodeid, getattr(error, "seen", "")) for nodeid, error in looked_at(first, second, third)]
    assert found == ([("one", seen)] if seen else [])


@pytest.mark.parametrize(
    ("begins", "uses", "seen"),
    [(4_000, [], None), (0, [], "+0 add-on credits"), (8_000, [], "+8,000 add-on credits"), (0, [400], None)],
)
def test_what_was_bought_and_not_looked_at_is_there_when_the_next_scenario_begins(
    begins: int, uses: list[int], seen: str | None
) -> None:
    target = StandIn(is_same=False)
    first, second = (
        Bought(target, name, turn=turn, add_on=(was, 0)) for name, turn, was in (("one", 1, 0), ("two", 2, begins))
    )
    first.last_seen, first.credits_used = None, uses
    found = [(nodeid, getattr(error, "seen", "")) for nodeid, error in looked_at(first, second)]
    assert found == ([("one", seen)] if seen else [])


def test_what_an_earlier_scenario_bought_may_be_taken_back_in_a_later_one() -> None:
    target = StandIn(is_same=False)
    first, second, third = (
        Bought(target, name, turn=turn, add_on=seen)
        for name, turn, seen in (("one", 1, (0, 4_000)), ("two", 2, (4_000, 10_000)), ("three", 3, (6_000, 8_000)))
    )
    second.purchases[0].amount, third.purchases[0].amount = 6_000, 2_000
    ((nodeid, error),) = looked_at(first, second, third)
    assert (nodeid, getattr(error, "seen", "")) == ("one", "-4,000 add-on credits")


@pytest.mark.parametrize(("runs", "bought", "waited"), [(0, 1, 1), (1, 0, 1), (0, 0, 0)])
def test_what_changes_credits_is_looked_at_late(runs: int, bought: int, waited: int) -> None:
    member = Bought(StandIn(added=8_000, moved=0.0), add_on=(2_000, 6_000))
    member.credits_used, member.purchases = [200] * runs, member.purchases * bought
    ((_, error),) = looked_at(member)
    assert isinstance(error, BrokenPromiseError)
    assert error.seen == f"{waited} s after the scenario: 8,000 were added"


@pytest.mark.parametrize(("now", "seen"), [(5_800, "-200 credits, as many as a workflow had used before"), (5_799, "")])
def test_what_a_workflow_used_is_not_used_again(now: int, seen: str) -> None:
    first, second = (
        Bought(StandIn(is_same=False), turn=1, add_on=(6_000, 6_000)),
        Bought(StandIn(is_same=False), turn=2, add_on=(now, now)),
    )
    first.credits_used = [200]
    assert [getattr(error, "seen", "") for _, error in looked_at(first, second)] == ([seen] if seen else [])


@pytest.mark.parametrize(("now", "seen"), [(1_200, "+200 credits, as many as a workflow had used before"), (1_300, "")])
def test_what_a_workflow_used_is_not_given_back(now: int, seen: str) -> None:
    first, second = (Bought(StandIn(is_same=False), turn=turn, add_on=(6_000, 6_000)) for turn in (1, 2))
    first.credits_used = [200]
    first.last_seen = replace(cast("Any", first.last_seen), monthly=Fact(Balance(1_000), ("1,000",)))
    there = Fact(Balance(now), (f"{now:,}",))
    second.purchases[0].before = replace(cast("Any", second.purchases[0].before), monthly=there)
    assert [getattr(error, "seen", "") for _, error in looked_at(first, second)] == ([seen] if seen else [])


@pytest.mark.parametrize(("step", "found"), [(0, 1), (100, 0)])
def test_credits_that_are_written_short_grow_by_what_nobody_bought(step: int, found: int) -> None:
    target = StandIn(is_same=False)
    first, second = Bought(target, turn=1, add_on=(6_000, 6_000)), Bought(target, turn=2, add_on=(6_500, 6_500))
    number = Number("6.5K", 0, 4, "count", Decimal(6_500), Decimal(step))
    shown = (Shown("6.5K", (number,), (Amount("plain", number, "add_on"),)),)
    second.purchases[0].before = replace(cast("Any", second.purchases[0].before), shown=shown)
    assert len(looked_at(first, second)) == found


@pytest.mark.parametrize(("now", "seen"), [(0, "420 used credits became 0"), (420, ""), (430, "")])
def test_used_credits_are_not_given_back(now: int, seen: str) -> None:
    target = StandIn(is_same=False)
    first, second = (Bought(target, turn=turn, add_on=(6_000, 6_000)) for turn in (1, 2))
    first.last_seen = replace(cast("Any", first.last_seen), used=Fact(420, ("420 used",)))
    second.purchases[0].before = replace(cast("Any", second.purchases[0].before), used=Fact(now, (f"{now} used",)))
    assert [getattr(error, "seen", "") for _, error in looked_at(first, second)] == ([seen] if seen else [])


@pytest.mark.parametrize(
    ("now", "chosen", "seen"), [("Basic", "Basic", "Basic"), ("Basic", "", ""), ("Pro", "Basic", "")]
)
def test_a_plan_that_was_chosen_for_later_is_not_the_plan_yet(now: str, chosen: str, seen: str) -> None:
    target = StandIn(is_same=False)
    first, second = (Bought(target, turn=turn, add_on=(6_000, 6_000)) for turn in (1, 2))
    first.last_seen = replace(cast("Any", first.last_seen), plan=Fact("Pro", ("Pro",)))
    second.purchases[0].before = replace(cast("Any", second.purchases[0].before), plan=Fact(now, (now,)))
    target.paid["a"].next_plan = chosen
    found = [getattr(error, "seen", "") for _, error in looked_at(first, second)]
    assert found == ([seen] if seen else [])


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
