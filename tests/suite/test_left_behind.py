"""What the next scenario on an account begins with, held against what the last one left there."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

import pytest

from steps.readers.credits.balance import Balance
from steps.readers.credits.credits import Shown
from steps.readers.credits.number_kinds import Amount
from steps.readers.figures.numbers import Number
from steps.readers.page.fact import Fact
from tests.suite.support.late_looks import Bought, StandIn, looked_at, shown_credits


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
    first.last_seen, second.purchases[0].before = shown_credits(6_000, month), shown_credits(500, month)
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
