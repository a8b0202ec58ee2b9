"""Whether all monthly credits are usable again, by what Billing tells of them and of what is used."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from steps.actors.new_month import Month, hold_begun_anew
from steps.readers.credits.balance import Balance
from steps.readers.credits.credits import CreditsReading
from steps.readers.page.fact import Absent, Fact
from steps.targets.profile import Profile
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.targets.target import WorkspaceSetup


@pytest.fixture(autouse=True)
def _nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("steps.actors.new_month.others_are_using_credits", lambda _: False)


def _reading(monthly: Balance, used: int | None = None, plan: str = "Pro") -> CreditsReading:
    nothing = Absent("")
    told = nothing if used is None else Fact(used, ("",))
    return CreditsReading(Fact(plan, ("",)), Fact(monthly, ("",)), nothing, told, nothing, (), ())


def _holds(reading: CreditsReading, before: Balance) -> type[Exception] | None:
    """Return how the promise is judged: None where it holds."""
    member = SimpleNamespace(target=SimpleNamespace(sets_up=False, profile=Profile()))
    try:
        hold_begun_anew(cast("Member", member), cast("WorkspaceSetup", None), Month(_reading(before), reading))
    except (BrokenPromiseError, NotVerifiedError) as error:
        return type(error)
    return None


@pytest.mark.parametrize(
    ("monthly", "used", "verdict"),
    [
        (Balance(left=10_000, whole=10_000), None, None),
        (Balance(used=0, whole=10_000), None, None),
        (Balance(left=9_480, whole=10_000), None, BrokenPromiseError),
        (Balance(left=17_500, whole=10_000), None, BrokenPromiseError),
        (Balance(left=10_000, whole=10_000), -2_500, BrokenPromiseError),
        (Balance(plain=(10_000, 10_000)), 0, None),
        (Balance(plain=(10_000, 10_000)), 10_000, NotVerifiedError),
        (Balance(plain=(10_000, 10_000)), None, NotVerifiedError),
        (Balance(plain=(0, 10_000)), None, NotVerifiedError),
        (Balance(plain=(0, 10_000)), 0, None),  # of 10,000, nothing is used
        (Balance(plain=(9_480, 10_000)), 0, BrokenPromiseError),
        (Balance(plain=(9_480, 10_000)), 520, BrokenPromiseError),
        (Balance(plain=(10_000,)), 0, NotVerifiedError),
        (Balance(plain=(0,)), 0, NotVerifiedError),
    ],
)
def test_a_month_begins_with_all_credits(monthly: Balance, used: int | None, verdict: type[Exception] | None) -> None:
    assert _holds(_reading(monthly, used), Balance(plain=(300,))) == verdict


@pytest.mark.parametrize(
    ("before", "now", "plan", "verdict"),
    [
        (Balance(left=300, whole=1_000), 1_000, "Pro", None),
        (Balance(left=300, whole=1_000), 0, "Pro", BrokenPromiseError),
        (Balance(left=300, whole=1_000), 0, "Basic", NotVerifiedError),
        (Balance(left=300, whole=1_000), 2_000, "Pro", NotVerifiedError),
    ],
)
def test_a_month_of_which_only_what_is_left_is_told_is_like_the_one_before(
    before: Balance, now: int, plan: str, verdict: type[Exception] | None
) -> None:
    assert _holds(_reading(Balance(plain=(now,)), plan=plan), before) == verdict


@pytest.mark.parametrize(
    ("now", "plan", "verdict"),
    [
        (Balance(left=1_000, whole=1_000), "Pro", None),
        (Balance(left=1_300, whole=1_300), "Pro", BrokenPromiseError),  # 300 of the month before
        (Balance(left=1_300, whole=1_300), "Business", None),
    ],
)
def test_no_credits_of_the_month_before_are_carried_over(
    now: Balance, plan: str, verdict: type[Exception] | None
) -> None:
    assert _holds(_reading(now, plan=plan), Balance(left=300, whole=1_000)) == verdict
