"""Uses an account's credits by running workflows: all of a kind, or as many as show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.actors.workflows import SHORTER, credits_after, run_workflow
from steps.readers.credits.totals import likely_left, total_of_all
from steps.readers.page.fact import Fact, Unclear
from steps.targets.capabilities import require
from steps.verdicts.expectations import BrokenPromiseError, check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.actors.workflows import Size
    from steps.readers.credits.balance import Total
    from steps.readers.credits.credits import CreditsReading
    from steps.readers.workspace.workflow_results import WorkflowResult

_RUNNING, _BAR, _USE = "doc:buy-credits.0b", "doc:billing.3", "doc:credit-use.1"
_MOST_RUNS = 80
"""Runs of a workflow within which an account's credits must be used up: more of them would take too long."""
_SOME_RUNS = 12
"""Runs of a workflow that are worth their time where a part of an account's credits shall be used."""
_LARGE = 20_000
"""Letters of a run that uses many credits."""
_SHOWS = 25
"""The part of all credits that shows in a bar: one of so many."""
_SIZES: tuple[Size | int, ...] = ("large", "medium", *SHORTER[1:-1], "small")
"""The runs that use credits up, the largest first, some by their number of letters."""


def left_of(member: Member, kind: str) -> int:
    """Return how many credits of a kind ("monthly", "add-on") Billing shows as left; 0 where it shows none."""
    return _left_in(member.billing().settled_credits(), kind)


def _left_in(seen: CreditsReading, kind: str) -> int:
    fact = seen.monthly if kind == "monthly" else seen.add_on
    if isinstance(fact, Unclear):
        raise NotVerifiedError(str(fact))
    if not isinstance(fact, Fact):
        return 0
    if fact.value.likely_left is None:
        raise NotVerifiedError(f"How many {kind} credits are left cannot be told.")
    return fact.value.likely_left


def monthly_left(member: Member) -> int:
    """Return how many monthly credits Billing shows as left."""
    return left_of(member, "monthly")


def use_some(member: Member) -> None:
    """Use as many credits as show in a bar, where some large runs bring that; else what one of them uses."""
    began = seen = member.billing().settled_credits()
    used, lacking = _used_so_far(seen)
    for left in reversed(range(_SOME_RUNS)):
        if lacking <= 0:
            break
        result = _run(member, _LARGE)
        if result.out_of_credits:
            break
        _hold_completed(result)
        before, seen = used, credits_after(member, seen)
        used, lacking = _used_so_far(seen)
        if used and lacking > (used - before) * left:
            break
    if not used:
        run_completed(member, "small")
    _hold_counted(member, began)


def _used_so_far(seen: CreditsReading) -> tuple[int, int]:
    """Return how many credits are used, and how many more would show in a bar."""
    used, there = seen.used.value if isinstance(seen.used, Fact) else 0, total_of_all(seen)
    return used, (there.whole // _SHOWS if there else 1) - used


def _hold_counted(member: Member, began: CreditsReading) -> None:
    """Raise BrokenPromiseError where Billing does not count the monthly credits that were used as consumed."""
    before = total_of_all(began)
    billing = member.billing()
    if before is None or not monthly_left(member):
        return

    def now() -> Total:
        return total_of_all(billing.credits()) or before

    if not billing.until(lambda: now().whole == before.whole, member.immediate_timeout_s):
        expected = f"as many credits in all as before the runs, which were {before}"
        check(now() == before, expected=expected, actual=str(now()), promise=_BAR)


def run_completed(member: Member, size: Size) -> None:
    """Run a workflow. Raises BrokenPromiseError where it does not complete, NotVerifiedError where none may be run."""
    _hold_completed(_run(member, size))


def run_on_what_is_left(member: Member) -> None:
    """Run a workflow on as much text as the credits that are left are enough for. Raises as `run_completed` does."""
    for size in _SIZES[1:]:
        result = _run(member, size)
        if result.completed or not result.out_of_credits:
            break
    _hold_completed(result)


def _run(member: Member, size: Size | int) -> WorkflowResult:
    require(member.target.profile, "run workflows", "Workflows would have to be run first.")
    return run_workflow(member, size)


def _hold_completed(result: WorkflowResult) -> None:
    check(result.completed, expected="the run completes", actual=f"“{result.text}”", promise=_RUNNING)


def use_up(member: Member, kind: str = "monthly", *, to_the_last: bool) -> None:
    """Run workflows until the credits of a kind are gone, or else fewer than a large run uses."""
    seen = member.billing().settled_credits()
    left = _left_in(seen, kind)
    cost: dict[Size | int, int] = dict.fromkeys(_SIZES, 0)
    for done in range(_MOST_RUNS):
        if left == 0 or (left < cost["large"] and not to_the_last):
            total = total_of_all(seen) if done else None
            check(
                total is None or total.used > 0,
                expected="Billing shows what was used as consumed",
                actual=str(total),
                promise=_BAR,
            )
            return
        size = next((one for one in cost if left >= cost[one]), _SIZES[-1])
        there = likely_left(seen)
        result, seen = _run(member, size), credits_after(member, seen)
        before, left = left, _left_in(seen, kind)
        if result.out_of_credits and left < before:
            continue  # Billing showed more than there was
        if result.out_of_credits and size != "small":
            cost[size] = left + 1
            continue
        _hold_completed(result)
        cost[size] = before - left
        if there is not None and likely_left(seen) == there:
            raise BrokenPromiseError(
                "a run that completes uses at least one credit", f"“{result.text}” used none", _USE
            )
        if before == left or left / cost[size] > _MOST_RUNS - done:
            raise NotVerifiedError(
                f"The account's {left:,} {kind} credits cannot be used up within {_MOST_RUNS} runs of a workflow; a "
                "workspace with fewer of them can be asked."
            )
    raise NotVerifiedError(f"The account's {kind} credits were not used up by {_MOST_RUNS} runs of a workflow.")
