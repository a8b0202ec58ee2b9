"""How many credits runs use, and how credits are used up by them."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from steps import workflows as step_module
from steps.actors import credit_use, preconditions, workflows
from steps.actors.workflows import TooFewCreditsError
from steps.readers.credits.balance import Balance
from steps.readers.credits.credits import CreditsReading, Shown
from steps.readers.credits.number_kinds import Amount
from steps.readers.figures.numbers import Number
from steps.readers.page.fact import Absent, Fact
from steps.readers.workspace.workflow_results import WorkflowResult
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import NotVerifiedError
from steps.workflows import _changes

if TYPE_CHECKING:
    from collections.abc import Callable

    from steps.actors.member import Member
    from steps.actors.workflows import Size


def _seen(monthly: int, add_on: int, used: int) -> CreditsReading:
    kinds = [Fact(Balance(left=left, whole=10_000), ()) for left in (monthly, add_on)]
    return CreditsReading(Absent(""), kinds[0], kinds[1], Fact(used, ()), Absent(""), (), ())


@pytest.mark.parametrize(
    ("now", "changed"),
    [
        ((0, 7_001, 12_999), {5_000}),
        ((0, 7_001, 12_998), {5_000, 4_999}),
        ((1, 7_001, 12_999), {2_000, 2_999, 5_000}),
        ((0, 10_000, 10_000), {2_001}),
        ((2_000, 10_000, 8_000), {1}),
    ],
)
def test_a_run_that_uses_up_the_monthly_credits_uses_both_kinds(now: tuple[int, int, int], changed: set[int]) -> None:
    assert _changes(_seen(2_001, 10_000, 7_999), _seen(*now)) == changed


@pytest.mark.parametrize(("left", "changed"), [(0, {200}), (3, {96, 101, 200})])
def test_of_two_numbers_that_no_word_explains_one_may_be_what_is_left(left: int, changed: set[int]) -> None:
    def plain(monthly: int, add_on: int, used: int) -> CreditsReading:
        of_month = Fact(Balance(plain=(monthly, 8_000)), ())
        return replace(_seen(0, add_on, used), monthly=of_month)

    assert _changes(plain(99, 6_000, 7_901), plain(left, 5_899, 8_101)) == changed


DONE = WorkflowResult("Completed")


def _in_one_line(add_on: int) -> CreditsReading:
    line = f"Monthly credits: 0 left. Add-on credits: {add_on:,} left."
    kinds = [Fact(Balance(left=left), (line,)) for left in (0, add_on)]
    return CreditsReading(Absent(""), kinds[0], kinds[1], Absent(""), Absent(""), (), ())


def test_a_line_that_tells_of_both_kinds_changes_with_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(step_module, "credits_after", lambda _, __: _in_one_line(5_687))
    ran = step_module.Run(_in_one_line(5_688), DONE)
    step_module.one_add_on_credit_is_used(cast("Member", None), ran)


@pytest.mark.parametrize(("used", "is_sound"), [(644, True), (643, False), (645, False)])
def test_an_add_on_credit_that_is_used_is_one_more_of_those_that_are_told_as_used(
    monkeypatch: pytest.MonkeyPatch, used: int, *, is_sound: bool
) -> None:
    before, now = (
        replace(_seen(0, 0, 0), add_on=Fact(Balance(used=one, whole=14_000), ("Add-on credits",)))
        for one in (643, used)
    )
    monkeypatch.setattr(step_module, "credits_after", lambda *_: now)
    with nullcontext() if is_sound else pytest.raises(BrokenPromiseError, match="one add-on credit is used"):
        step_module.one_add_on_credit_is_used(cast("Member", None), step_module.Run(before, DONE))


def test_parts_of_credits_on_billing_are_no_whole_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    number = Number("7,499.75", 0, 8, "count", Decimal("7499.75"))
    now = replace(_seen(7_499, 0, 2_500), shown=(Shown("7,499.75 left", (number,), (Amount("left", number),)),))
    monkeypatch.setattr(step_module, "credits_after", lambda _, __: now)
    with pytest.raises(BrokenPromiseError, match="whole credits"):
        step_module.one_credit_is_used(cast("Member", None), step_module.Run(_seen(7_500, 0, 2_500), DONE))


@pytest.mark.parametrize(
    ("text", "is_sound"),
    [
        ("Completed", True),
        ("Completed: 200 credits used, 9,800 left.", True),
        ("Completed: 400 credits used, 9,600 left.", False),
        ("Run completed. Used 1,200 credits", False),
        ("Finished · Credits used: 200", True),
        ("Finished · Credits used: 400", False),
        ("Completed. 199.5 credits used", True),  # parts of credits are another promise's
        ("Completed. You have used 4 of 5 runs, 9,800 credits left", True),
    ],
)
def test_a_run_uses_as_many_credits_as_it_says(monkeypatch: pytest.MonkeyPatch, text: str, is_sound: bool) -> None:  # noqa: FBT001 - a row of the table
    monkeypatch.setattr(step_module, "credits_after", lambda _, __: _seen(9_800, 0, 200))
    ran = step_module.Run(_seen(10_000, 0, 0), WorkflowResult(text))
    with nullcontext() if is_sound else pytest.raises(BrokenPromiseError, match="as the run says"):
        step_module.more_credits_are_used(cast("Member", None), ran)


@pytest.mark.parametrize("bought", [0, 1])
def test_credits_are_bought_for_a_large_run_that_there_are_too_few_for(
    monkeypatch: pytest.MonkeyPatch, bought: int
) -> None:
    paid: list[object] = []

    def run(*_: object) -> WorkflowResult:
        if len(paid) < bought:
            raise TooFewCreditsError("The account had 160.")
        return DONE

    billing = SimpleNamespace(settled_credits=lambda: _seen(160, 0, 0))
    member = SimpleNamespace(target=SimpleNamespace(sets_up=False), billing=lambda: billing)
    monkeypatch.setattr(step_module, "_run", run)
    monkeypatch.setattr(step_module, "buy_smallest", paid.append)
    monkeypatch.setattr(step_module, "credits_after", lambda _, before: before)
    step_module.the_member_has_run_a_workflow(cast("Member", member), "large")
    assert len(paid) == bought


class _Account:
    """An account on which runs use up credits; a run for which there are too few is refused."""

    def __init__(self, monthly: int, add_on: int = 0, whole: int = 20_000, counted: float = 1) -> None:
        self.left = {"monthly": monthly, "add-on": add_on}
        self.whole, self.counted = whole, counted
        self.sizes: list[Size | int] = []
        self.capabilities = {"clock"}
        self.sets_up = False

    def run(self, _: object, size: Size | int) -> WorkflowResult:
        self.sizes.append(size)
        cost = COSTS[size]
        if cost > sum(self.left.values()):
            return WorkflowResult("Run stopped: 0 credit")
        from_monthly = min(cost, self.left["monthly"])
        self.left["monthly"] -= from_monthly
        self.left["add-on"] -= cost - from_monthly
        return WorkflowResult("Completed")

    def reading(self, *_: object) -> CreditsReading:
        used = int((self.whole - sum(self.left.values())) * self.counted)
        kinds = [Fact(Balance(self.left["monthly"], used), ()), Fact(Balance(self.left["add-on"], 0), ())]
        return CreditsReading(Absent(""), kinds[0], kinds[1], Fact(used, ()), Absent(""), (), ())

    def move_clock(self, *_: object) -> None:
        self.left["monthly"] = 10_000


COSTS: dict[Size | int, int] = {
    "large": 5_000, 20_000: 20, "medium": 1_000, 4_000: 1_000, 800: 200, 160: 40, "small": 1, 5: 1,
}  # fmt: skip


@pytest.fixture
def member_with(monkeypatch: pytest.MonkeyPatch) -> Callable[[_Account], Member]:
    def of(account: _Account) -> Member:
        for module, name in ((credit_use, "_run"), (workflows, "run_workflow")):
            monkeypatch.setattr(module, name, account.run)
        for module in (credit_use, workflows):
            monkeypatch.setattr(module, "credits_after", account.reading)
        billing = SimpleNamespace(
            settled_credits=account.reading, credits=account.reading, until=lambda holds, _: holds()
        )
        navigation = SimpleNamespace(go_to_billing=lambda: billing)
        return cast(
            "Member",
            SimpleNamespace(
                billing=lambda: billing,
                navigation=navigation,
                target=account,
                account=None,
                immediate_timeout_s=5,
                reload=lambda: None,
                move_clock=account.move_clock,
            ),
        )

    return of


def test_credits_are_used_up_by_runs_that_they_are_enough_for(member_with: Callable[[_Account], Member]) -> None:
    account = _Account(7_003)
    preconditions.earn(member_with(account), ["gone credits"])
    assert account.left["monthly"] == 0
    assert account.sizes == ["large", "medium", "medium", 800, 160, *["small"] * 3]


def test_credits_for_which_a_medium_run_is_too_large_are_used_up_by_smaller_ones(
    member_with: Callable[[_Account], Member],
) -> None:
    account = _Account(0, 484)
    preconditions.earn(member_with(account), ["no add-on credits"])
    assert account.sizes == ["large", "medium", 800, 800, 160, 160, *["small"] * 4]


@pytest.mark.parametrize(("whole", "runs"), [(1_000, 2), (4_000, 8), (40_000, 1)])
def test_credits_are_used_until_a_bar_shows_it_where_some_runs_bring_that(
    member_with: Callable[[_Account], Member], whole: int, runs: int
) -> None:
    account = _Account(whole, whole=whole)
    preconditions.earn(member_with(account), ["used credits"])
    assert account.sizes == [20_000] * runs


@pytest.mark.parametrize("counted", [0, 0.5])
def test_credits_that_are_used_and_not_counted_are_a_broken_promise(
    member_with: Callable[[_Account], Member], counted: float
) -> None:
    account = _Account(1_000, whole=1_000, counted=counted)
    with pytest.raises(BrokenPromiseError, match="as many credits in all as before the runs"):
        preconditions.earn(member_with(account), ["used credits"])


def test_credits_that_are_used_up_and_not_counted_are_a_broken_promise(
    member_with: Callable[[_Account], Member],
) -> None:
    with pytest.raises(BrokenPromiseError, match="as consumed"):
        preconditions.earn(member_with(_Account(1, whole=1, counted=0)), ["gone credits"])


def test_a_run_that_completes_and_uses_nothing_is_a_broken_promise(
    member_with: Callable[[_Account], Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    member = member_with(_Account(190))
    monkeypatch.setattr(credit_use, "_run", lambda *_: WorkflowResult("Completed, used 0 credits"))
    with pytest.raises(BrokenPromiseError, match="at least one credit") as raised:
        preconditions.earn(member, ["gone credits"])
    assert raised.value.promise == "doc:credit-use.1"


def test_a_large_run_that_is_refused_leaves_few_credits(member_with: Callable[[_Account], Member]) -> None:
    account = _Account(2_001)
    preconditions.earn(member_with(account), ["few credits"])
    assert account.left["monthly"] == 2_001


def test_add_on_credits_are_used_up_too(member_with: Callable[[_Account], Member]) -> None:
    account = _Account(2, 1_998)
    preconditions.earn(member_with(account), ["gone credits", "no add-on credits"])
    assert account.left == {"monthly": 0, "add-on": 0}
    with pytest.raises(NotVerifiedError, match="cannot be used up"):
        preconditions.earn(member_with(_Account(0, 2_000_000)), ["no add-on credits"])


def test_a_new_month_brings_monthly_credits(member_with: Callable[[_Account], Member]) -> None:
    account = _Account(0)
    preconditions.earn(member_with(account), ["monthly credits"])
    assert account.left["monthly"] == 10_000
    account.capabilities.clear()
    account.left["monthly"] = 0
    with pytest.raises(NotVerifiedError, match="next month"):
        preconditions.earn(member_with(account), ["monthly credits"])


@pytest.mark.parametrize(("left", "is_affordable"), [(0, False), (900, False), (4_000, False), (6_000, True)])
def test_a_large_run_that_costs_more_than_there_is_may_stop(
    member_with: Callable[[_Account], Member], left: int, *, is_affordable: bool
) -> None:
    stopped = WorkflowResult("Run stopped: 0 credit")
    with nullcontext() if is_affordable else pytest.raises(NotVerifiedError, match="A large run"):
        workflows.hold_affordable(member_with(_Account(0, left)), stopped)
    workflows.hold_affordable(member_with(_Account(0, left)), WorkflowResult("Completed"))


@pytest.mark.parametrize(("enough_for", "is_broken"), [(4_000, False), (800, False), (5, False), (0, True)])
def test_add_on_credits_are_used_by_as_long_a_text_as_they_are_enough_for(
    monkeypatch: pytest.MonkeyPatch, enough_for: int, *, is_broken: bool
) -> None:
    letters = {"medium": 4_000, "small": 5}

    def run(_: object, size: str | int) -> WorkflowResult:
        wanted = letters[size] if isinstance(size, str) else size
        return DONE if wanted <= enough_for else WorkflowResult("Stopped. No credits left.")

    monkeypatch.setattr(credit_use, "_run", run)
    with pytest.raises(BrokenPromiseError, match="the run completes") if is_broken else nullcontext():
        credit_use.run_on_what_is_left(cast("Member", None))


@pytest.mark.parametrize(
    ("now", "wrong"),
    [
        ((0, 3_899, 401), ""),
        ((0, 3_599, 701), "401 credits are used"),
        ((300, 3_599, 401), "no add-on credits are used"),
    ],
)
def test_what_runs_tell_of_is_used_of_the_monthly_credits_first(now: tuple[int, int, int], wrong: str) -> None:
    billing = SimpleNamespace(credits=lambda: _seen(*now), settled_credits=lambda: _seen(*now), until=lambda *_: None)
    navigation = SimpleNamespace(go_to_billing=lambda: billing)
    member = SimpleNamespace(navigation=navigation, immediate_timeout_s=0, last_seen=None)
    told = [WorkflowResult("Completed. 400 credits used."), WorkflowResult("Completed. 1 credit used.")]
    runs = step_module.Runs(_seen(300, 4_000, 0), told)
    with pytest.raises(BrokenPromiseError, match=wrong) if wrong else nullcontext():
        step_module.what_they_tell_of_is_used(cast("Member", member), runs)
