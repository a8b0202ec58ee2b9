"""Faults of what a paid purchase adds at once: how much, to whom, to which credits, and what it takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fake_backend.control.fault import fault
from fake_backend.site.hooks import Hooks
from fake_backend.site.model import Grant

if TYPE_CHECKING:
    from fake_backend.site.hooks import BillingContext, GrantContext, View
    from fake_backend.site.model import Purchase, Workspace

DAY = 86_400.0
CHALLENGED_TOO = {"assumption:challenge-decides": "What is paid with 3-D Secure is not added as it should be either."}


BOUGHT_ANYHOW = {
    **CHALLENGED_TOO,
    "doc:buy-credits.0a": "Nothing is added at any time of the month.",
    "doc:billing.3": "The credit bar cannot grow either.",
    "doc:billing.4": "The plan stays as it is, and so do the credits.",
    "assumption:unpaid-adds-nothing": "Who has left a payment page and then pays gets nothing either.",
    "assumption:declined-adds-nothing": "Who pays with another card after a decline gets nothing either.",
    "assumption:paid-once": "What is paid impatiently adds nothing, once or twice.",
    "assumption:each-payment-page-for-itself": "What is paid on two pages adds nothing.",
    "assumption:keyboard-alone": "What is bought by keyboard adds nothing either.",
    "assumption:every-display": "What is bought on a phone adds nothing either.",
}
"""Wherever something is bought, it is said what was added."""


def _with_credits(grants: list[Grant], amount: int) -> list[Grant]:
    return [replace(grant, credits=amount) if grant.pool == "add_on" else grant for grant in grants]


def _taken_back(context: GrantContext) -> list[Grant]:
    """Take the last package back, or what is left of it."""
    left = context.balance()["add_on"]["remaining"]
    return [
        Grant(context.workspace.id, "add_on", -min(last.credits, left), "grant", "Taken back")
        for last in context.earlier[-1:]
    ]


def _without_purchase(grants: list[Grant]) -> list[Grant]:
    return [grant for grant in grants if grant.kind != "purchase"]


@fault(Hooks.grants, "doc:buy-credits.4b")
def one_package_wrong(grants: list[Grant], purchase: Purchase, _: GrantContext) -> list[Grant]:
    """Buying 66,000 credits adds 60,000; all other packages are right."""
    return _with_credits(grants, 60_000) if purchase.credits == 66_000 else grants


@fault(Hooks.grants, "doc:buy-credits.4b", also=CHALLENGED_TOO)
def granted_one_less(grants: list[Grant], purchase: Purchase, _: GrantContext) -> list[Grant]:
    """Every purchase adds one credit less than the package."""
    return _with_credits(grants, purchase.credits - 1)


@fault(Hooks.grants, "doc:buy-credits.4b", also=BOUGHT_ANYHOW)
def granted_nothing(grants: list[Grant], _: Purchase, __: GrantContext) -> list[Grant]:
    """A paid purchase adds no credits."""
    return _without_purchase(grants)


@fault(Hooks.grants, "doc:buy-credits.4b", also=CHALLENGED_TOO)
def granted_twice(grants: list[Grant], _: Purchase, __: GrantContext) -> list[Grant]:
    """Every purchase adds the package twice."""
    # The ledger refuses a second grant for the same session, so the other one has none.
    return [*grants, *(replace(grant, kind="grant") for grant in grants if grant.kind == "purchase")]


@fault(Hooks.grants, "doc:buy-credits.4b", also=CHALLENGED_TOO)
def granted_to_neighbour(grants: list[Grant], _: Purchase, context: GrantContext) -> list[Grant]:
    """The credits are added to another workspace."""
    return [replace(grant, workspace_id=context.neighbour()) if grant.kind == "purchase" else grant for grant in grants]


@fault(Hooks.grants, "doc:buy-credits.4b", also=CHALLENGED_TOO)
def granted_as_monthly(grants: list[Grant], _: Purchase, __: GrantContext) -> list[Grant]:
    """The credits are added to the monthly ones instead of the add-on ones."""
    return [replace(grant, pool="monthly") if grant.kind == "purchase" else grant for grant in grants]


@fault(
    Hooks.grants,
    "doc:buy-credits.4b",
    also={
        "doc:buy-credits.0a": "A purchase leaves the monthly credits as they are at any time of the month.",
        "doc:billing.4": "The same: the monthly credits are the plan's.",
    },
)
def purchase_uses_monthly(grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
    """A purchase takes 500 of the monthly credits."""
    taken = min(500, context.balance()["monthly"]["remaining"])
    grant = Grant(purchase.workspace_id, "monthly", -taken, "grant", "Taken by a purchase")
    return [*grants, grant]


@fault(Hooks.grants, "doc:buy-credits.4b")
def purchase_adds_use(grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
    """A purchase counts 100 monthly credits as used."""
    used = min(100, context.balance()["monthly"]["remaining"])
    grant = Grant(purchase.workspace_id, "monthly", -used, "use", "Used by a purchase")
    return [*grants, *([grant] if used else [])]


@fault(
    Hooks.plan_after,
    "doc:billing.4",
    also={"doc:buy-credits.4b": "A purchase leaves everything else as it was, the plan with it."},
)
def plan_changes(plan: str, purchase: Purchase, _: Workspace) -> str:
    """After buying credits the plan is Basic."""
    return "Basic" if purchase.kind == "credits" else plan


@fault(Hooks.grants, "doc:buy-credits.0a")
def second_purchase_lost(grants: list[Grant], _: Purchase, context: GrantContext) -> list[Grant]:
    """Only the first purchase of a workspace adds credits."""
    return _without_purchase(grants) if context.earlier else grants


@fault(Hooks.grants, "doc:buy-credits.0a")
def same_package_lost(grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
    """Buying the same package a second time adds nothing."""
    known = any(other.credits == purchase.credits for other in context.earlier)
    return _without_purchase(grants) if known else grants


@fault(Hooks.grants, "doc:buy-credits.0a")
def month_end_lost(grants: list[Grant], _: Purchase, context: GrantContext) -> list[Grant]:
    """What is bought in the last three days of the month adds nothing."""
    late = context.workspace.cycle_end - context.now < 3 * DAY
    return _without_purchase(grants) if late else grants


@fault(Hooks.grants, "doc:buy-credits.0a")
def second_month_lost(grants: list[Grant], _: Purchase, context: GrantContext) -> list[Grant]:
    """What is bought after the first month adds nothing."""
    return _without_purchase(grants) if context.workspace.is_renewed else grants


@fault(Hooks.grants, "doc:upgrade-downgrade.4")
def waiting_downgrade_lost(grants: list[Grant], _: Purchase, context: GrantContext) -> list[Grant]:
    """What is bought while a downgrade waits for the end of the month adds nothing."""
    return _without_purchase(grants) if context.workspace.pending_plan else grants


@fault(Hooks.balance, "doc:buy-credits.0a")
def last_month_counts_as_used(credits_: View, context: BillingContext) -> View:
    """After the first month 700 credits of the month before are still said to be consumed."""
    return credits_ | {"consumed": credits_["consumed"] + 700} if context.workspace.is_renewed else credits_


@fault(Hooks.grants, "doc:buy-credits.0a")
def third_purchase_lost(grants: list[Grant], _: Purchase, context: GrantContext) -> list[Grant]:
    """Only the first two purchases of a workspace add credits."""
    return _without_purchase(grants) if len(context.earlier) > 1 else grants


@fault(Hooks.grants, "doc:buy-credits.0a")
def smaller_package_lost(grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
    """After a larger package a smaller one adds nothing."""
    smaller = any(other.credits > purchase.credits for other in context.earlier)
    return _without_purchase(grants) if smaller else grants


@fault(Hooks.grants, "doc:buy-credits.0a")
def month_end_halved(grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
    """What is bought in the last three days of the month adds half of the package."""
    late = context.workspace.cycle_end - context.now < 3 * DAY
    return _with_credits(grants, purchase.credits // 2) if late else grants


@fault(Hooks.grants, "doc:buy-credits.4b", also={"doc:buy-credits.0b": "Nothing runs on what was not added."})
def empty_account_lost(grants: list[Grant], _: Purchase, context: GrantContext) -> list[Grant]:
    """What is bought once no credit is left adds nothing."""
    return grants if context.balance()["total_usable"] else _without_purchase(grants)


@fault(Hooks.grants, "doc:buy-credits.4b")
def smallest_package_doubled(grants: list[Grant], purchase: Purchase, _: GrantContext) -> list[Grant]:
    """Buying 2,000 credits adds 4,000; all other packages are right."""
    return _with_credits(grants, 4_000) if purchase.credits == 2_000 else grants


@fault(Hooks.grants, "doc:buy-credits.4b")
def largest_package_short(grants: list[Grant], purchase: Purchase, _: GrantContext) -> list[Grant]:
    """Buying 1,200,000 credits adds 1,000,000; all other packages are right."""
    return _with_credits(grants, 1_000_000) if purchase.credits == 1_200_000 else grants


@fault(Hooks.grants, "doc:buy-credits.4b")
def bonus_for_large_packages(grants: list[Grant], purchase: Purchase, _: GrantContext) -> list[Grant]:
    """From 230,000 credits on a purchase adds a hundredth more, which nobody was told of."""
    return _with_credits(grants, purchase.credits * 101 // 100) if purchase.credits >= 230_000 else grants


@fault(Hooks.grants, "doc:buy-credits.4b", also=CHALLENGED_TOO)
def fee_in_credits(grants: list[Grant], purchase: Purchase, _: GrantContext) -> list[Grant]:
    """Every purchase adds a fiftieth less than the package."""
    return _with_credits(grants, purchase.credits * 49 // 50)


@fault(Hooks.grants, "doc:buy-credits.4b")
def add_on_replaced(grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
    """A purchase replaces the add-on credits that were there, instead of adding to them."""
    there = context.balance()["add_on"]["remaining"]
    return [Grant(purchase.workspace_id, "add_on", -there, "grant", "Replaced by a purchase"), *grants]


@fault(Hooks.grants, "doc:buy-credits.4b")
def add_on_use_repaid(grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
    """A purchase first makes up for the add-on credits that were used, and adds only the rest."""
    return _with_credits(grants, max(1, purchase.credits - context.balance()["add_on"]["used"]))


@fault(Hooks.grants, "doc:buy-credits.4b")
def add_on_use_forgotten(grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
    """A purchase gives back the add-on credits that were used."""
    used = context.balance()["add_on"]["used"]
    return [*grants, Grant(purchase.workspace_id, "add_on", used, "refund", "Given back by a purchase")]


@fault(Hooks.grants, "doc:buy-credits.4b")
def add_on_use_grows(grants: list[Grant], purchase: Purchase, _: GrantContext) -> list[Grant]:
    """A purchase counts 100 add-on credits as used."""
    return [*grants, Grant(purchase.workspace_id, "add_on", -100, "use", "Used by a purchase")]


@fault(Hooks.grants, "doc:buy-credits.4b")
def monthly_use_forgotten(grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
    """A purchase gives back the monthly credits that were used."""
    used = context.balance()["monthly"]["used"]
    return [*grants, Grant(purchase.workspace_id, "monthly", used, "refund", "Given back by a purchase")]


@fault(Hooks.on_sign_in, "doc:buy-credits.4b")
def gone_after_real_sign_in(grants: list[Grant], context: GrantContext) -> list[Grant]:
    """Signing in by the sign-in page takes the last package back."""
    return [*grants, *_taken_back(context)]


@fault(Hooks.on_sign_out, "doc:buy-credits.4b")
def gone_after_log_out(grants: list[Grant], context: GrantContext) -> list[Grant]:
    """Log out takes the last package back."""
    return [*grants, *_taken_back(context)]
