"""Whether all monthly credits are usable again, by what Billing tells of them and of what is used."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from steps.credits import monthly_credits_begin_anew
from steps.readers.credits import Balance, CreditsReading
from steps.readers.fact import Absent, Fact
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.targets.target import WorkspaceSetup


def _holds(monthly: Balance, used: int | None) -> type[Exception] | None:
    """Return how the promise is judged: None where it holds."""
    nothing = Absent("")
    told = nothing if used is None else Fact(used, ("",))
    reading = CreditsReading(nothing, Fact(monthly, ("",)), nothing, told, nothing, (), ())
    billing = SimpleNamespace(settled_credits=lambda: reading)
    member = SimpleNamespace(
        target=SimpleNamespace(sets_up=False),
        navigation=SimpleNamespace(go_to_billing=lambda: billing),
        others_are_using_credits=lambda: False,
    )
    try:
        monthly_credits_begin_anew(cast("Member", member), cast("WorkspaceSetup", None))
    except (BrokenPromiseError, NotVerifiedError) as error:
        return type(error)
    return None


@pytest.mark.parametrize(
    ("monthly", "used", "verdict"),
    [
        (Balance(left=10_000, whole=10_000), None, None),
        (Balance(used=0, whole=10_000), None, None),
        (Balance(left=9_480, whole=10_000), None, BrokenPromiseError),
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
    assert _holds(monthly, used) == verdict
