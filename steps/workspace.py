"""First steps: what must be so of the scenario's workspace. They stand before anybody is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, parsers

from steps.actors.purchase import parse_credits
from steps.targets.target import WorkspaceSetup
from steps.targets.test_identities import BILLING_INFORMATION

if TYPE_CHECKING:
    from steps.targets.target import Need


@given("a workspace on the cheapest plan", target_fixture="start")
def a_workspace_on_the_cheapest_plan() -> WorkspaceSetup:
    return WorkspaceSetup(("cheapest plan",), plan="Basic")


@given("a workspace on the dearest plan", target_fixture="start")
def a_workspace_on_the_dearest_plan() -> WorkspaceSetup:
    return WorkspaceSetup(("dearest plan",), plan="Business")


@given("a workspace on the usual plan", target_fixture="start")
def a_workspace_on_the_usual_plan() -> WorkspaceSetup:
    return WorkspaceSetup(plan="Pro")


@given("a workspace on a plan that was paid for", target_fixture="start")
def a_workspace_on_a_chosen_plan() -> WorkspaceSetup:
    return WorkspaceSetup(("chosen plan",), plan="Business")


@given("a workspace with add-on credits, on a plan that can be upgraded", target_fixture="start")
def a_workspace_to_upgrade() -> WorkspaceSetup:
    return WorkspaceSetup(("upgradable plan", "add-on credits"), plan="Basic", add_on_credits=500, colleagues=1)


@given("a workspace with add-on credits, on a plan that can be downgraded", target_fixture="start")
def a_workspace_to_downgrade() -> WorkspaceSetup:
    return WorkspaceSetup(("add-on credits", "dear plan"), plan="Business", add_on_credits=500)


@given(
    parsers.parse("a workspace with {monthly} monthly credits of which {used} are used, and {add_on} add-on credits"),
    target_fixture="start",
)
def a_workspace_with_credits(monthly: str, used: str, add_on: str) -> WorkspaceSetup:
    needs: tuple[Need, ...] = ("used credits", "add-on credits")
    return WorkspaceSetup(needs, None, parse_credits(monthly), parse_credits(used), parse_credits(add_on))


@given("a workspace with monthly and add-on credits, some of them used", target_fixture="start")
def a_workspace_with_both_kinds() -> WorkspaceSetup:
    return WorkspaceSetup(("add-on credits", "used credits"), None, 10_000, 4_000, 5_000)


@given("a workspace with monthly and add-on credits", target_fixture="start")
def a_workspace_with_monthly_credits_left() -> WorkspaceSetup:
    return WorkspaceSetup(("monthly credits", "add-on credits"), None, 10, 2, 50)


@given("a workspace whose monthly credits are all used", target_fixture="start")
def a_workspace_with_used_credits() -> WorkspaceSetup:
    return WorkspaceSetup(("gone credits",), None, 10, 10, 0)


@given("a workspace with several members, whose monthly credits are all used", target_fixture="start")
def a_workspace_of_several_with_used_credits() -> WorkspaceSetup:
    return WorkspaceSetup(("gone credits",), None, 10, 10, 0, colleagues=1)


@given("a workspace whose monthly credits are nearly all used", target_fixture="start")
def a_workspace_with_few_credits() -> WorkspaceSetup:
    return WorkspaceSetup(("few credits",), None, 10, 9, 0)


@given("a workspace with add-on credits, whose monthly credits are all used", target_fixture="start")
def a_workspace_with_add_on_credits_left() -> WorkspaceSetup:
    return WorkspaceSetup(("gone credits", "add-on credits"), None, 10, 10, 1)


@given("a workspace with add-on credits, whose monthly credits are in use", target_fixture="start")
def a_workspace_with_both_kinds_in_use() -> WorkspaceSetup:
    return WorkspaceSetup(("add-on credits", "used add-on credits"), None, 10, 10, 5_000)


@given("a workspace without credits", target_fixture="start")
def a_workspace_without_credits() -> WorkspaceSetup:
    return WorkspaceSetup(("gone credits", "no add-on credits"), None, 10, 10, 0)


@given("a workspace with past payments", target_fixture="start")
def a_workspace_with_payments() -> WorkspaceSetup:
    return WorkspaceSetup(("several payments",), payments=23)


@given("a workspace with past payments and several members", target_fixture="start")
def a_workspace_with_payments_and_members() -> WorkspaceSetup:
    return WorkspaceSetup(("several payments",), payments=23, colleagues=1)


@given("a workspace with past payments for credits and for plans", target_fixture="start")
def a_workspace_with_payments_of_both_types() -> WorkspaceSetup:
    return WorkspaceSetup(("payments of both types",), payments=23)


@given("a workspace with payments of several days", target_fixture="start")
def a_workspace_with_payments_of_several_days() -> WorkspaceSetup:
    return WorkspaceSetup(("payments of several days",), payments=23)


@given("a workspace with billing information and several members", target_fixture="start")
def a_workspace_with_information_for_all() -> WorkspaceSetup:
    return WorkspaceSetup(("billing information",), information=BILLING_INFORMATION, colleagues=1)


@given("a workspace with billing information", target_fixture="start")
def a_workspace_with_information() -> WorkspaceSetup:
    return WorkspaceSetup(("billing information",), information=BILLING_INFORMATION, add_on_credits=500)


@given("a workspace with an e-mail address for receipts", target_fixture="start")
def a_workspace_with_a_receipts_address() -> WorkspaceSetup:
    return WorkspaceSetup(("receipts address",), information=BILLING_INFORMATION)


@given("a workspace without billing information", target_fixture="start")
def a_workspace_without_information() -> WorkspaceSetup:
    return WorkspaceSetup(("no billing information",))


@given("a workspace with several members", target_fixture="start")
def a_workspace_with_members() -> WorkspaceSetup:
    return WorkspaceSetup(colleagues=3)
