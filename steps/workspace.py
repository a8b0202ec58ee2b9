"""First steps: how the scenario's workspace begins. They stand before anybody is signed in."""

from __future__ import annotations

from pytest_bdd import given, parsers

from steps.actors.purchase import parse_credits
from steps.targets.target import WorkspaceSetup

INFORMATION = {
    "company_name": "Analytical Engines Ltd",
    "tax_id": "GB 123 4567 89",
    "po_number": "PO-2026-117",
    "receipts_email": "accounts@example.com",
}
"""Made-up billing information, by the names of `steps.pages.billing_information.FIELDS`."""


@given(parsers.re(r"a workspace on the plan (?P<plan>\w+(?: \w+)?)"), target_fixture="start")
def a_workspace_on_the_plan(plan: str) -> WorkspaceSetup:
    return WorkspaceSetup(plan=plan)


@given(parsers.parse("a workspace on the plan {plan} with {add_on} add-on credits"), target_fixture="start")
def a_workspace_on_the_plan_with_credits(plan: str, add_on: str) -> WorkspaceSetup:
    return WorkspaceSetup(plan=plan, add_on_credits=parse_credits(add_on))


@given(
    parsers.parse("a workspace with {monthly} monthly credits of which {used} are used, and {add_on} add-on credits"),
    target_fixture="start",
)
def a_workspace_with_credits(monthly: str, used: str, add_on: str) -> WorkspaceSetup:
    """Return the setup, with a second member who can be asked what they see."""
    return WorkspaceSetup(
        monthly_credits=parse_credits(monthly),
        used_credits=parse_credits(used),
        add_on_credits=parse_credits(add_on),
        colleagues=1,
    )


@given(parsers.parse("a workspace with {count:d} past payments"), target_fixture="start")
def a_workspace_with_payments(count: int) -> WorkspaceSetup:
    return WorkspaceSetup(payments=count)


@given("a workspace with billing information", target_fixture="start")
def a_workspace_with_information() -> WorkspaceSetup:
    return WorkspaceSetup(information=INFORMATION)


@given(parsers.parse("a workspace with {count:d} more members"), target_fixture="start")
def a_workspace_with_members(count: int) -> WorkspaceSetup:
    return WorkspaceSetup(colleagues=count)
