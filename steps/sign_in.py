"""Steps about the way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from steps.runner.run_context import Run
    from steps.targets.target import Account, Target

from steps.actors.member import Member


@given("a member who is not signed in", target_fixture="visitor")
def a_member_who_is_not_signed_in(
    run: Run, target: Target, account: Account, new_context: Callable[..., BrowserContext]
) -> Member:
    return Member(target, account, run.guard, new_context())


@when("the member signs in")
def the_member_signs_in(visitor: Member) -> None:
    visitor.sign_in()


@then("the member can open Billing")
def the_member_can_open_billing(visitor: Member) -> None:
    visitor.shell.open_billing()
