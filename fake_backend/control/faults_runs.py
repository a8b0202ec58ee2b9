"""Faults of the runs of workflows: whether they complete, and what they use."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fake_backend.control.fault import fault, part_of
from fake_backend.site.hooks import Hooks
from fake_backend.site.model import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fake_backend.site.hooks import BillingContext, View
    from fake_backend.site.model import Member, Pool, Purchase, Workspace


@fault(
    Hooks.run_cost,
    "doc:buy-credits.0b",
    also={
        "doc:credit-use.1": "No run completes, whatever it would use.",
        "assumption:monthly-first": "The same, whichever credits are left.",
    },
)
def runs_fail(credits_: int, _: Workspace, __: Sequence[Purchase], left: int) -> int:
    """With credits left no workflow completes: something is said to have gone wrong."""
    if left:
        raise RefusedError("Something went wrong. The run was not completed.", status=409)
    return credits_


@fault(Hooks.run_cost, "doc:buy-credits.0b")
def runs_stay_stopped(credits_: int, _: Workspace, paid: Sequence[Purchase], __: int) -> int:
    """After buying credits a workflow still says "0 credit"."""
    if paid:
        raise RefusedError("Run not completed: 0 credit left.", status=402)
    return credits_


_stopped: set[str] = set()
"""The workspaces in which a run has stopped for want of credits."""


@fault(Hooks.run_cost, "assumption:no-credits-no-run")
def stopped_runs_stay(credits_: int, workspace: Workspace, _: Sequence[Purchase], left: int) -> int:
    """Once a run has stopped for want of credits none completes, whatever is bought later."""
    if credits_ > left:
        _stopped.add(workspace.id)
    if workspace.id in _stopped:
        raise RefusedError("Run not completed: 0 credit left.", status=402)
    return credits_


_charged: set[str] = set()
"""The workspaces in which a stopped run has been charged."""


@fault(Hooks.run_cost, "assumption:no-credits-no-run")
def stopped_runs_count(credits_: int, workspace: Workspace, _: Sequence[Purchase], left: int) -> int:
    """A run that stops for want of credits counts as a consumed credit all the same."""
    if credits_ > left:
        _charged.add(workspace.id)
    return credits_


@part_of("stopped-runs-count", Hooks.balance)
def stopped_runs_counted(view: View, context: BillingContext) -> View:
    used = int(context.workspace.id in _charged)
    monthly = {**view["monthly"], "used": view["monthly"]["used"] + used}
    return {**view, "monthly": monthly, "consumed": view["consumed"] + used, "total": view["total"] + used}


_used_by_runs: Counter[str] = Counter()
"""Credits that runs have used, by workspace, while the bar did not move."""


@fault(Hooks.run_cost, "doc:billing.3", also={"doc:credit-use.1": "What Billing says is looked at after a run."})
def bar_unmoved_by_runs(credits_: int, workspace: Workspace, _: Sequence[Purchase], left: int) -> int:
    """The credit bar and the total do not change with what runs use; the figures beside them do."""
    _used_by_runs[workspace.id] += credits_ if credits_ <= left else 0
    return credits_


@part_of("bar-unmoved-by-runs", Hooks.balance)
def bar_as_before_runs(view: View, context: BillingContext) -> View:
    used = _used_by_runs[context.workspace.id]
    return {**view, "total_usable": view["total_usable"] + used, "consumed": view["consumed"] - used}


@fault(
    Hooks.run_cost,
    "doc:credit-use.1",
    also={"assumption:monthly-first": "A run that needs more than is left of the monthly credits uses add-on ones."},
)
def run_overcharged(credits_: int, _: Workspace, __: Sequence[Purchase], ___: int) -> int:
    """A run that should use one credit uses ten."""
    return credits_ * 10


@fault(Hooks.use_order, "assumption:monthly-first")
def add_on_used_first(pools: Sequence[Pool], _: Workspace) -> Sequence[Pool]:
    """A run uses add-on credits while there are monthly ones."""
    return pools[::-1]


@fault(Hooks.run_cost, "assumption:no-credits-no-run")
def runs_without_credits(credits_: int, _: Workspace, __: Sequence[Purchase], left: int) -> int:
    """With no credits left a workflow completes anyway."""
    return min(left, credits_)


@fault(Hooks.run_cost, "assumption:no-credits-no-run")
def want_of_credits_unsaid(credits_: int, _: Workspace, __: Sequence[Purchase], left: int) -> int:
    """A run that lacks credits stops without saying why."""
    if credits_ > left:
        raise RefusedError("Run not completed.", status=402)
    return credits_


@fault(Hooks.run_cost, "doc:buy-credits.0b")
def runs_dearer_after_purchase(credits_: int, _: Workspace, paid: Sequence[Purchase], __: int) -> int:
    """Once credits were bought, a run uses a hundred times as many as before."""
    return credits_ * 100 if paid else credits_


@fault(
    Hooks.run_cost,
    "doc:credit-use.1",
    also={"assumption:monthly-first": "Where only add-on credits are left, such a run uses none of them."},
)
def run_for_nothing(credits_: int, _: Workspace, __: Sequence[Purchase], ___: int) -> int:
    """A run that needs next to nothing uses no credit at all."""
    return 0 if credits_ == 1 else credits_


@fault(Hooks.run_cost, "doc:credit-use.1")
def long_runs_flat(_: int, __: Workspace, ___: Sequence[Purchase], ____: int) -> int:
    """A run uses one credit however much it needs."""
    return 1


@fault(Hooks.run_result, "doc:credit-use.1")
def run_use_in_fractions(text: str, used: int) -> str:
    """A run is said to have used half a credit more than a whole number of them."""
    return text.replace(f"{used:,} credit", f"{used:,}.5 credit", 1)


@fault(Hooks.run_result, "doc:credit-use.1")
def run_says_less(text: str, used: int) -> str:
    """A run of more than one credit is said to have used one."""
    return text.replace(f"{used:,} credits used", "1 credit used", 1)


@fault(Hooks.run_cost, "doc:buy-credits.0b")
def long_runs_stop(credits_: int, _: Workspace, paid: Sequence[Purchase], left: int) -> int:
    """With bought credits a run of more than one credit stops for want of credits."""
    if paid and credits_ > 1 and left > credits_:
        raise RefusedError("Run not completed: 0 credit left.", status=402)
    return credits_


@fault(Hooks.run_cost, "assumption:monthly-first")
def last_credits_stay(credits_: int, _: Workspace, __: Sequence[Purchase], left: int) -> int:
    """A run that would use exactly the credits that are left stops for want of credits."""
    if credits_ == left:
        raise RefusedError("Run not completed: 0 credit left.", status=402)
    return credits_


@fault(Hooks.usable, "doc:buy-credits.0b")
def bought_for_buyer_alone(left: int, member: Member, paid: Sequence[Purchase], monthly: int) -> int:
    """Bought credits can be used by whoever bought them alone: others stop once the monthly ones are gone."""
    return monthly if paid and all(one.member_id != member.id for one in paid) else left
