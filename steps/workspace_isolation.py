"""Steps about two workspaces that must not know of each other."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from pytest_bdd import given, parsers, then, when

from steps.actors.balance_check import ExpectedBalance, hold_balance
from steps.actors.balance_wait import wait_for_credits
from steps.actors.billing_information import manage, put_back
from steps.actors.checkout import paid
from steps.actors.invoices import beyond, invoices_of, rows
from steps.actors.purchase import Purchase
from steps.actors.workflows import flows_of, run_workflow
from steps.pages.base_page import ElementNotFoundError
from steps.pages.billing_information import information_on
from steps.readers.invoices.receipts import words_of
from steps.readers.invoices.recipients import has_name
from steps.readers.page.capture import capture
from steps.readers.page.fact import Unclear
from steps.readers.page.lines import layout_of
from steps.readers.workspace.information import shown_under_labels
from steps.targets.target import WorkspaceSetup
from steps.targets.test_identities import BILLING_INFORMATION
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError, TargetUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import APIResponse, StorageState

    from steps.actors.member import Member
    from steps.readers.invoices.invoices import Invoice
    from steps.targets.target import Account, Target

_ELSEWHERE = WorkspaceSetup(("several payments",), "Business", add_on_credits=700, payments=5, colleagues=2)

_RENAMED = "Difference Engines Inc"
"""What the other company calls itself, once it changes its billing information."""
_THEIR_WORD = "Kiwis"
"""What it runs a workflow on."""


@pytest.fixture
def neighbour(
    target: Target,
    member_of: Callable[[Account, StorageState | None], Member],
    prepared: Callable[[Member, WorkspaceSetup | None], None],
) -> Iterator[Member]:
    """A member of another company, in a browser context of their own."""
    with target.account(_ELSEWHERE) as account:
        neighbour = member_of(account, target.signed_in(account))
        prepared(neighbour, _ELSEWHERE)
        yield neighbour
        put_back(neighbour)


@given("another company's workspace with members, credits and payments")
def another_company(member: Member, neighbour: Member) -> None:
    """Open both: the member's own account is taken first, wherever a scenario comes to need it."""
    del member
    neighbour.navigation.go_to_billing()


@then("this workspace's payments are listed")
def own_payments_are_listed(listed: list[Invoice], start: WorkspaceSetup, member: Member, neighbour: Member) -> None:
    own = beyond(listed, invoices_of(neighbour).all())
    wanted = start.payments if member.target.sets_up else None
    is_complete = len(own) >= (wanted or 1)
    check(is_complete, expected=f"the {wanted or 'own'} payments of this workspace", actual=rows(listed))


@then("no payment of another workspace is listed")
def no_other_payments(listed: list[Invoice], start: WorkspaceSetup, member: Member, neighbour: Member) -> None:
    if member.target.sets_up:
        are_own = len(listed) <= (start.payments or 0)
        check(are_own, expected=f"no more than the {start.payments} payments of this workspace", actual=rows(listed))
    theirs = invoices_of(neighbour).all()
    both = [one for one in listed if not beyond([one], theirs)]
    check(not any(one.number for one in both), expected="no payment of another workspace", actual=rows(both))
    if both:  # without numbers two companies' payments of one day may look alike
        told = tuple(one.text for one in both)
        member.doubts.append(str(Unclear("whose a payment is", told, 'labels.invoices = { selector = "…" }')))
    _hold_unnamed(member, neighbour)


def _hold_unnamed(member: Member, neighbour: Member) -> None:
    """Raise BrokenPromiseError where Billing has the other company's name, as their billing information tells it."""
    profile = member.target.profile
    own, theirs = (
        shown_under_labels(information_on(one.page, profile), profile).get("company_name", "")
        for one in (member, neighbour)
    )
    layout = layout_of(capture(member.page))
    named = [line.text for line in layout.lines if not layout.is_pressed(line) and has_name(line.text, theirs)]
    is_the_site_s = has_name(member.page.title(), theirs)  # whose makers have an account, too
    check(
        not named or is_the_site_s or has_name(own, theirs) or has_name(theirs, own),
        expected="nothing that names the other company",
        actual="; ".join(f"“{one}”" for one in named),
    )


@when("the member opens another workspace's receipt link", target_fixture="given_away")
def the_member_opens_their_receipt(member: Member, neighbour: Member) -> list[str]:
    """Open the receipt itself, and the page that shows it where there is one; returns those that are given."""
    invoices = invoices_of(neighbour)
    theirs = invoices.on_this_page()
    check(bool(theirs), expected="payments of the other company", actual="none is listed", promise="doc:billing.6")
    page, receipt = (one if one.startswith("http") else "" for one in invoices.receipt_addresses(theirs[0]))
    if not (page or receipt):
        raise NotVerifiedError("The receipts have no address of their own that another could open.")
    answers = {one: member.context.request.get(one) for one in (page, receipt) if one}
    return [
        f"{one} ({answer.status})" for one, answer in answers.items()
        if (answer.ok and b"%PDF" in answer.body()[:1024])
        or tells_of(answer, theirs[0], is_page=answer.ok and one == page)
    ]  # fmt: skip


def tells_of(answer: APIResponse, invoice: Invoice, *, is_page: bool) -> bool:
    """Whether an answer in words tells of another company's invoice: its number, and in a file its amount, too."""
    if not invoice.number or b"\0" in answer.body()[:1024]:
        return False
    words = answer.text()
    amount = f"{invoice.amount.amount:,.2f}" if invoice.amount is not None else ""
    return invoice.number in words and (is_page or (bool(amount) and amount.replace(",", "") in words.replace(",", "")))


@then("the receipt is withheld")
def the_receipt_is_withheld(given_away: list[str]) -> None:
    told = f"it is given: {', '.join(given_away)}"
    check(not given_away, expected="the receipt of another company is withheld", actual=told)


@when(parsers.parse("the other company buys {amount} credits"), target_fixture="purchase")
def the_other_company_buys(member: Member, neighbour: Member, amount: str) -> Purchase:
    own = _as_it_is(member)
    member.others_bought = True
    theirs = neighbour.buy(amount)
    paid(theirs)
    wait_for_credits(neighbour, theirs, theirs.amount)
    return own


@then("opening the address that its payment led to adds nothing here")
def their_landing_adds_nothing(member: Member, neighbour: Member, purchase: Purchase) -> None:
    """Open it, where there is one and it may be opened: it may as well be withheld."""
    theirs = neighbour.purchases[-1]
    with suppress(NotVerifiedError, TargetUnavailableError, ElementNotFoundError):
        member.open_landing_again(theirs).settled_credits()  # it may tell the site once it has loaded
    now = member.navigation.go_to_billing().settled_credits()
    hold_balance(member, ExpectedBalance(purchase.before, "after another company's payment led here"), now)


@when("the other company runs a workflow", target_fixture="purchase")
def the_other_company_runs(member: Member, neighbour: Member) -> Purchase:
    own = _as_it_is(member)
    run_workflow(neighbour, "small", _THEIR_WORD)
    return own


@then("what it ran on shows nowhere among the workflows here")
def what_it_ran_on_does_not_show(member: Member) -> None:
    with suppress(NotVerifiedError, ElementNotFoundError):  # whether there are workflows is for other scenarios
        flows_of(member)
    shown = [line.text for line in layout_of(capture(member.page)).all_lines if _THEIR_WORD in line.text]
    check(not shown, expected="only what this company ran", actual=f"“{'”, “'.join(shown)}”")


@when("the other company changes its billing information", target_fixture="purchase")
def the_other_company_changes_information(member: Member, neighbour: Member) -> Purchase:
    """Change two fields, and fill in what is empty; NotVerifiedError where the site does not take it."""
    own = _as_it_is(member)
    form, there = manage(neighbour)
    empty = {name: value for name, value in BILLING_INFORMATION.items() if there.get(name) == ""}
    form.enter(empty | {"company_name": _RENAMED, "po_number": "DE-7"})
    form.save()
    if form.is_open() and (form.invalid_fields() or form.complaint()):
        raise NotVerifiedError(f"The site does not take what the other company enters. {form.describe_page()}")
    return own


@then("receipts here do not name it")
def receipts_do_not_name_it(member: Member) -> None:
    """Look at the newest one; whether there are receipts is for other scenarios."""
    invoices, text = invoices_of(member, anew=True), ""
    with suppress(NotVerifiedError, ElementNotFoundError, IndexError):
        text = words_of(invoices.receipt(invoices.on_this_page()[0]))
    told = " ".join(text.split())
    check(_RENAMED not in told, expected="a receipt of this company", actual=f"it names {_RENAMED}: {told[:200]}")


def _as_it_is(member: Member) -> Purchase:
    """Return what Billing shows, to be held against what it shows later."""
    now = Purchase(before=member.billing().credits())
    now.note_contents(member.page, member.target.profile)
    return now
