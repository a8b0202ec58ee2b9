"""Steps about two workspaces that must not know of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytest_bdd import given, parsers, then, when

from steps.actors.purchase import Purchase
from steps.checkout import paid
from steps.invoices import invoices_of
from steps.targets.target import WorkspaceSetup
from steps.verdicts.expectations import check
from steps.workflows import flows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import APIResponse, StorageState

    from steps.actors.member import Member
    from steps.readers.invoices import Invoice
    from steps.targets.target import Account, Target

_ELSEWHERE = WorkspaceSetup(plan="Business", add_on_credits=700, payments=5, colleagues=2)


@pytest.fixture
def neighbour(target: Target, member_of: Callable[[Account, StorageState | None], Member]) -> Iterator[Member]:
    """A member of another company, in a browser context of their own."""
    with target.account(_ELSEWHERE) as account:
        yield member_of(account, target.signed_in(account))


@given("another company's workspace with members, credits and payments")
def another_company(neighbour: Member) -> None:
    neighbour.navigation.go_to_billing()


@then("this workspace's payments are listed")
def own_payments_are_listed(listed: list[Invoice], start: WorkspaceSetup, neighbour: Member) -> None:
    theirs = _numbers(neighbour)
    own = [invoice for invoice in listed if invoice.number not in theirs]
    told = "; ".join(invoice.text for invoice in listed)
    check(len(own) == start.payments, expected=f"the {start.payments} payments of this workspace", actual=told)


@then("no payment of another workspace is listed")
def no_other_payments(listed: list[Invoice], neighbour: Member) -> None:
    theirs = _numbers(neighbour)
    beyond = [invoice.text for invoice in listed if invoice.number in theirs]
    check(not beyond, expected="no payment of another workspace", actual="; ".join(beyond))


@when("the member opens another workspace's receipt link", target_fixture="answer")
def the_member_opens_their_receipt(member: Member, neighbour: Member) -> APIResponse:
    invoices = invoices_of(neighbour)
    theirs = invoices.on_this_page()
    check(bool(theirs), expected="payments of the other company", actual="none is listed", promise="doc:billing.6")
    return member.context.request.get(invoices.receipt_address(theirs[0]))


@then("the receipt is withheld")
def the_receipt_is_withheld(answer: APIResponse) -> None:
    given_ = answer.ok and b"%PDF" in answer.body()[:1024]
    check(not given_, expected="the receipt of another company is withheld", actual=f"it is given ({answer.status})")


@when(parsers.parse("the other company buys {amount} credits"), target_fixture="purchase")
def the_other_company_buys(member: Member, neighbour: Member, amount: str) -> Purchase:
    own = Purchase(before=member.billing().credits())
    theirs = neighbour.buy(amount)
    paid(theirs)
    neighbour.wait_for_credits(theirs, theirs.amount)
    return own


@when("the other company runs a workflow", target_fixture="purchase")
def the_other_company_runs(member: Member, neighbour: Member) -> Purchase:
    own = Purchase(before=member.billing().credits())
    flows_of(neighbour).run("Hello")
    return own


def _numbers(member: Member) -> set[str]:
    """Return the numbers of a member's invoices."""
    return {invoice.number for invoice in invoices_of(member).all()}
