"""Faults of what stands around buying: getting in, billing information, plans, and runs of workflows."""

# ruff: noqa: ARG002 - a hook is told more than some of its versions need

from __future__ import annotations

from typing import TYPE_CHECKING

from fake_backend.control.fault import fault
from fake_backend.site.hooks import Hooks
from fake_backend.site.model import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fake_backend.site.hooks import View
    from fake_backend.site.model import Pool, Purchase, Workspace


@fault("password-refused", "assumption:sign-in", "The right password is said to be wrong.")
class _PasswordRefused(Hooks):
    def admits(self, workspace: Workspace) -> bool:
        return False


@fault("reset-code-missing", "doc:sign-in.1", "A code to reset the password is asked for, and none is e-mailed.")
class _ResetCodeMissing(Hooks):
    def mails_code(self, purpose: str, workspace: Workspace) -> bool:
        return purpose != "reset" and super().mails_code(purpose, workspace)


@fault("information-lost", "doc:billing.5", "Billing information is said to be saved, and is gone afterwards.")
class _InformationLost(Hooks):
    def information(self, fields: View, workspace: Workspace) -> View | None:
        return None


@fault("wrong-address-saved", "assumption:wrong-information-is-told", "What is no e-mail address is saved as one.")
class _WrongAddressSaved(Hooks):
    def complaints(self, wrong: Mapping[str, str], workspace: Workspace) -> dict[str, str]:
        return {name: words for name, words in super().complaints(wrong, workspace).items() if name != "email"}


@fault(
    "complaint-misplaced",
    "assumption:wrong-information-is-told",
    "What is wrong with the e-mail address is said beside the PO number.",
)
class _ComplaintMisplaced(Hooks):
    def complaints(self, wrong: Mapping[str, str], workspace: Workspace) -> dict[str, str]:
        told = super().complaints(wrong, workspace)
        return {"po_number" if name == "email" else name: words for name, words in told.items()}


@fault("plans-missing", "doc:upgrade-downgrade.2", "Upgrade plan lists the current plan only.")
class _PlansMissing(Hooks):
    def plans(self, view: View, workspace: Workspace) -> View:
        view = super().plans(view, workspace)
        return {**view, "plans": [plan for plan in view["plans"] if plan["current"]]}


@fault("upgrade-without-effect", "doc:upgrade-downgrade.3", "An upgrade is paid and the plan stays what it was.")
class _UpgradeWithoutEffect(Hooks):
    def plan_after(self, plan: str, purchase: Purchase, workspace: Workspace) -> str:
        return workspace.plan if purchase.kind == "plan" else super().plan_after(plan, purchase, workspace)


@fault("downgrade-at-once", "doc:upgrade-downgrade.4", "A downgrade takes effect at once, not at the end of the cycle.")
class _DowngradeAtOnce(Hooks):
    def downgrades_at_once(self) -> bool:
        return True


@fault("runs-stay-stopped", "doc:buy-credits.0", 'After buying credits a workflow still says "0 credit".')
class _RunsStayStopped(Hooks):
    def run_cost(self, credits_: int, workspace: Workspace, paid: Sequence[Purchase], left: int) -> int:
        if paid:
            raise RefusedError("Run not completed: 0 credit left.", status=402)
        return super().run_cost(credits_, workspace, paid, left)


@fault(
    "run-overcharged",
    "doc:credit-use.1",
    "A run that should use one credit uses ten.",
    also={"assumption:monthly-first": "A run that needs more than is left of the monthly credits uses add-on ones."},
)
class _RunOvercharged(Hooks):
    def run_cost(self, credits_: int, workspace: Workspace, paid: Sequence[Purchase], left: int) -> int:
        return super().run_cost(credits_, workspace, paid, left) * 10


@fault("add-on-used-first", "assumption:monthly-first", "A run uses add-on credits while there are monthly ones.")
class _AddOnUsedFirst(Hooks):
    def use_order(self, pools: Sequence[Pool], workspace: Workspace) -> Sequence[Pool]:
        return super().use_order(pools, workspace)[::-1]


@fault("runs-without-credits", "assumption:no-credits-no-run", "With no credits left a workflow completes anyway.")
class _RunsWithoutCredits(Hooks):
    def run_cost(self, credits_: int, workspace: Workspace, paid: Sequence[Purchase], left: int) -> int:
        return min(left, super().run_cost(credits_, workspace, paid, left))


@fault("want-of-credits-unsaid", "assumption:no-credits-no-run", "A run that lacks credits stops without saying why.")
class _WantOfCreditsUnsaid(Hooks):
    def run_cost(self, credits_: int, workspace: Workspace, paid: Sequence[Purchase], left: int) -> int:
        cost = super().run_cost(credits_, workspace, paid, left)
        if cost > left:
            raise RefusedError("Run not completed.", status=402)
        return cost
