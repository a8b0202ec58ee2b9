"""Faults of what stands around buying: getting in, billing information, plans, and runs of workflows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fake_backend.control.fault import fault
from fake_backend.site.hooks import Hooks
from fake_backend.site.model import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fake_backend.site.hooks import View
    from fake_backend.site.model import Pool, Purchase, Workspace


@fault(Hooks.password, "assumption:sign-in")
def password_refused(typed: str, _: Workspace) -> str:
    """The right password is said to be wrong."""
    return f"not {typed}"


@fault(Hooks.mailed_code, "doc:sign-in.1")
def reset_code_missing(code: str, purpose: str, _: Workspace) -> str | None:
    """A code to reset the password is asked for, and none is e-mailed."""
    return None if purpose == "reset" else code


@fault(Hooks.information, "doc:billing.5")
def information_lost(_: View, __: Workspace) -> View | None:
    """Billing information is said to be saved, and is gone afterwards."""
    return None


@fault(Hooks.complaints, "assumption:invalid-information-is-refused")
def wrong_address_saved(wrong: Mapping[str, str], _: Workspace) -> dict[str, str]:
    """What is no e-mail address is saved as one."""
    return {name: words for name, words in wrong.items() if name != "email"}


@fault(Hooks.complaints, "assumption:invalid-information-is-refused")
def complaint_misplaced(wrong: Mapping[str, str], _: Workspace) -> dict[str, str]:
    """What is wrong with the e-mail address is said beside the PO number."""
    return {"po_number" if name == "email" else name: words for name, words in wrong.items()}


@fault(Hooks.plans, "doc:upgrade-downgrade.2")
def plans_missing(view: View, _: Workspace) -> View:
    """Upgrade plan lists the current plan only."""
    return {**view, "plans": [plan for plan in view["plans"] if plan["current"]]}


@fault(Hooks.plan_after, "doc:upgrade-downgrade.3")
def upgrade_without_effect(plan: str, purchase: Purchase, workspace: Workspace) -> str:
    """An upgrade is paid and the plan stays what it was."""
    return workspace.plan if purchase.kind == "plan" else plan


@fault(Hooks.downgraded_at, "doc:upgrade-downgrade.4")
def downgrade_at_once(_: float, workspace: Workspace) -> float:
    """A downgrade takes effect at once, not at the end of the cycle."""
    return workspace.cycle_start


@fault(Hooks.run_cost, "doc:buy-credits.0b")
def runs_stay_stopped(credits_: int, _: Workspace, paid: Sequence[Purchase], __: int) -> int:
    """After buying credits a workflow still says "0 credit"."""
    if paid:
        raise RefusedError("Run not completed: 0 credit left.", status=402)
    return credits_


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
