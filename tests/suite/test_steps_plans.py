"""What an upgrade gives: the credits of the plan, without using any."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from steps.actors.plans import hold_marked
from steps.plans import the_credits_of_the_plan_are_there
from steps.readers.credits.balance import Balance
from steps.readers.credits.credits import CreditsReading
from steps.readers.page.fact import Absent, Fact
from steps.targets.profile import Profile
from steps.targets.target import Paid
from steps.verdicts.expectations import BrokenPromiseError


def shown(left: int, whole: int, used: int) -> CreditsReading:
    no, told = Absent(""), (f"{used:,} used",)
    return CreditsReading(no, Fact(Balance(left=left, whole=whole), ("",)), no, Fact(used, told), no, (), ())


@pytest.mark.parametrize(("left", "used", "is_red"), [(5_000, 0, False), (4_500, 500, False), (2_000, 3_000, True)])
def test_an_upgrade_uses_no_credits(monkeypatch: pytest.MonkeyPatch, left: int, used: int, *, is_red: bool) -> None:
    monkeypatch.setattr("steps.actors.plan_shown.hold_unthreatened", lambda *_: None)  # which looks at a page
    now = shown(left, 5_000, used)
    billing = SimpleNamespace(credits=lambda: now)
    target = SimpleNamespace(
        paid={"ada": Paid(plan="Pro")}, now=lambda _: datetime.now(UTC), profile=Profile(base_url="http://site.example")
    )
    member = SimpleNamespace(
        billing=lambda: billing, immediate_timeout_s=1, reload=lambda: None, doubts=[], target=target,
        account=SimpleNamespace(key="ada"),
    )  # fmt: skip
    purchase = SimpleNamespace(before=shown(1_500, 2_000, 500), plan_credits=5_000, plan_prices=(None, None))
    with pytest.raises(BrokenPromiseError, match="uses no credits") if is_red else nullcontext():
        the_credits_of_the_plan_are_there(cast("Any", member), cast("Any", purchase))


@pytest.mark.parametrize(
    ("marked", "plan", "is_red"),
    [
        (["Pro"], "Pro", False),
        (["Pro"], "Pro plan", False),
        ([], "Pro", False),
        (["Basic"], "Pro", True),
        (["Pro", "Basic"], "Pro", True),
        (["Basic"], "", False),
    ],
)
def test_a_list_marks_the_plan_that_billing_names(
    monkeypatch: pytest.MonkeyPatch, marked: list[str], plan: str, *, is_red: bool
) -> None:
    choice = SimpleNamespace(settled_plans=lambda: ["Basic", "Pro"], marked=lambda: marked)
    billing = SimpleNamespace(upgrade_plan=lambda **_: choice)
    monkeypatch.setattr("steps.actors.plans.subscription_of", lambda _: billing)
    with pytest.raises(BrokenPromiseError, match="Basic") if is_red else nullcontext():
        hold_marked(cast("Any", None), plan)
