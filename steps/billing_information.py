"""Steps about billing information."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from pytest_bdd import parsers, then, when

from steps.actors.balance_check import ExpectedBalance, hold_balance
from steps.actors.balance_wait import wait_for_credits
from steps.actors.billing_contents import BillingContents, hold_shown
from steps.actors.billing_information import manage, open_form, saved_information, section_of
from steps.actors.invoices import beyond
from steps.actors.mail import Inbox
from steps.actors.plans import hold_terms
from steps.actors.purchase import Purchase
from steps.pages.billing_information import information_on
from steps.pages.invoice_list import invoices_on
from steps.pages.polling import until
from steps.readers.checkout.alerts import errors_on
from steps.readers.invoices.receipts import contradictions_of_mail
from steps.readers.page.capture import capture, selectors_of
from steps.readers.page.fact import Fact
from steps.readers.workspace.information import FIELDS, misplaced, shown_under_labels
from steps.targets.test_identities import BILLING_INFORMATION
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from steps.actors.member import Member
    from steps.pages.information_form import InformationForm
    from steps.targets.target import WorkspaceSetup


@pytest.fixture
def information(start: WorkspaceSetup | None) -> dict[str, str]:
    """The billing information that is saved: what the workspace began with, until the form shows more."""
    return dict((start and start.information) or {})


@pytest.fixture
def saved(member: Member, information: dict[str, str]) -> dict[str, str]:
    """The billing information that must stay: what the member has seen saved, where that was."""
    return member.information or information


@pytest.fixture
def besides(member: Member) -> Purchase:
    """What Billing showed before the billing information was managed."""
    noted = Purchase(before=member.billing().settled_credits())
    noted.note_contents(member.page, member.target.profile)
    return noted


@when("the member begins to manage the billing information", target_fixture="form")
def the_member_begins_to_manage(member: Member) -> InformationForm:
    return open_form(member)


@then("Company Name, Tax ID, PO Number and an e-mail address for receipts are asked for")
def these_are_asked_for(form: InformationForm) -> None:
    lacking = [name for name in FIELDS if name not in form.fields()]
    if doubt := next(filter(None, map(form.doubt, lacking)), None):
        raise NotVerifiedError(str(doubt))
    missing = [form.labels.of(name).said for name in lacking]
    if missing and form.leads_nowhere:
        raise NotVerifiedError(f"A further step of the form does not show. {form.describe_page()}")
    check(
        not missing,
        expected="all four are asked for",
        actual=lambda: f"not asked for: {', '.join(missing)}. {form.describe_page()}",
    )


@when("the member enters billing information", target_fixture="information")
def the_member_enters_information(member: Member) -> dict[str, str]:
    form, _ = manage(member)
    form.enter(BILLING_INFORMATION)
    form.save()
    member.landing.hold_no_dead_end("who saves billing information is led")
    return BILLING_INFORMATION


_CHANGED = {
    "company name": ("company_name", "Smith & McMüller LLP"),
    "tax ID": ("tax_id", "GB 999 9999 73"),
    "PO number": ("po_number", "001871"),
    "PO number to nothing": ("po_number", ""),
    "tax ID to nothing": ("tax_id", ""),
    "e-mail address for receipts": ("receipts_email", "books@example.com"),
}


@when(parsers.re(r"the member changes the (?P<one>[\w -]+) and the (?P<other>[\w -]+)"), target_fixture="information")
def the_member_changes_a_part(
    member: Member, start: WorkspaceSetup, besides: Purchase, one: str, other: str
) -> dict[str, str]:
    """Change them, and nothing else: what Billing showed of the others before has to stay, whatever the form had."""
    lines, profile = besides.information_before, member.target.profile
    form, saved = manage(member)
    changed = dict(_CHANGED[name] for name in (one, other))
    form.enter(changed)
    form.save()
    emptied = [name for name, text in changed.items() if not text] if form.is_open() else []
    if any(name in form.invalid_fields() or form.error_message(name) for name in emptied):
        raise NotVerifiedError(f"What this site needs cannot be emptied: {form.describe_page()}")
    member.landing.hold_no_dead_end("who saves billing information is led")
    shown = {name: told for name, told in shown_under_labels(lines, profile).items() if re.search(r"[\d@]", told)}
    saved |= {name: told for name, told in shown.items() if not saved.get(name)}
    return (start.information if member.target.sets_up and start.information else saved) | changed


_INVALID = dict([_CHANGED["PO number"], ("receipts_email", "accounts at example")])


@when(
    parsers.parse('the member changes the PO number, and the e-mail address for receipts to "{text}"'),
    target_fixture="form",
)
def the_member_changes_the_address(member: Member, information: dict[str, str], text: str) -> InformationForm:
    """Change what is valid and what is not: the former must not be saved alone."""
    form, saved = manage(member)
    if not member.target.sets_up:
        information.update(saved)
    form.enter(_INVALID | {"receipts_email": text})
    form.save()
    return form


@when("the member enters another company name, and leaves the form without saving")
def the_member_leaves_the_form(member: Member, information: dict[str, str]) -> None:
    form, saved = manage(member)
    if not member.target.sets_up:
        information.update(saved)
    form.enter(dict([_CHANGED["company name"]]))
    member.page.keyboard.press("Tab")  # a field may be taken for done once it is left
    form.settled_values()
    form.leave()


@then("Billing shows the billing information")
def billing_shows_the_information(member: Member, information: dict[str, str]) -> None:
    failed = errors_on(capture(member.page, selectors_of(member.target.profile)))
    check(not failed, expected="it is said that it was saved", actual=f"“{'”, “'.join(failed)}”")
    for when_ in ("at once", "after a reload"):
        missing = section_of(member).missing_values(information)
        check(
            not missing,
            expected=f"Billing shows {', '.join(filter(None, information.values()))} {when_}",
            actual=f"missing: {', '.join(missing)}",
        )
        wrong = misplaced(information_on(member.page, member.target.profile), information, member.target.profile)
        check(not wrong, expected=f"each below its own label {when_}", actual="; ".join(wrong))
        member.reload()
    emptied = [name for name, text in information.items() if not text]
    if emptied:
        values = saved_information(member)
        left = [values[name] for name in emptied if values.get(name)]
        check(not left, expected="what was emptied is gone", actual=f"still there: {', '.join(left)}")


@then("plan, credits and invoices are as before")
def all_else_is_as_before(member: Member, besides: Purchase) -> None:
    now = member.navigation.go_to_billing().settled_credits()
    hold_balance(member, ExpectedBalance(besides.before, "once billing information was saved"), now)
    hold_terms(member, besides, now)
    hold_shown(member, BillingContents(besides.invoices_before or (), ()), "afterwards", is_own=True)


@then("the other member sees it after a reload")
def the_other_member_sees_it(colleague: Member, information: dict[str, str]) -> None:
    """Hold it against what was entered. Raises NotVerifiedError where a site shows this member nothing of it."""
    colleague.reload()
    profile, missing = colleague.target.profile, section_of(colleague).missing_values(information)
    shown = shown_under_labels(information_on(colleague.page, profile), profile)
    if missing and not any(shown.values()) and not colleague.target.sets_up:
        raise NotVerifiedError(f"Whether {colleague.account.name} may see the billing information is not known.")
    check(not missing, expected="the billing information as it was changed", actual=f"missing: {', '.join(missing)}")


@then("it is still there after signing in anew")
def it_is_there_after_signing_in(member: Member, information: dict[str, str], new_context: Callable[..., Any]) -> None:
    """Look in a new session; where none can be begun, on a page that is loaded anew."""
    with suppress(NotVerifiedError):
        member.sign_in_anew(new_context)
    member.navigation.go_to_billing()
    missing = section_of(member).missing_values(information)
    check(
        not missing, expected="the billing information after signing in anew", actual=f"missing: {', '.join(missing)}"
    )


@then(parsers.parse('"{name}" is offered'))
def it_is_offered(member: Member, name: str) -> None:
    section = section_of(member)
    check(section.offers(name), expected=f'Billing Information offers "{name}"', actual=section.describe_page)


@then("the member is told what is wrong with it")
def the_member_is_told(form: InformationForm) -> None:
    marked = form.invalid_fields()
    check(
        "receipts_email" in marked or (not marked and bool(form.complaint())),
        expected="the e-mail address is said to be wrong",
        actual=form.describe_page,
    )
    said = form.error_message("receipts_email") or form.complaint() or form.objection()
    check(bool(said), expected="it is said what is wrong, beside the field", actual=form.describe_page)
    others = [name for name in FIELDS if name != "receipts_email" and _names(form, name, said)]
    check(
        not others or _names(form, "receipts_email", said) or bool(_OF_MAIL.search(said)),
        expected="it is said that the e-mail address is wrong",
        actual=f"“{said}”",
    )


_OF_MAIL = re.compile(r"\be-?mails?\b|\baddress(?:es)?\b|@", re.IGNORECASE)


def _names(form: InformationForm, name: str, said: str) -> bool:
    """Whether a message names a field by its label."""
    return any(re.search(rf"\b{re.escape(one)}\b", said, re.IGNORECASE) for one in form.labels.of(name).names)


@then("everything that was entered is still there")
def what_was_entered_is_there(form: InformationForm, information: dict[str, str]) -> None:
    typed = information | _INVALID
    values, labels = form.values(), form.labels
    lost = [
        f"{labels.of(name).said} is “{values.get(name, '')}”, not “{text}”"
        for name, text in typed.items()
        if values.get(name) != text
    ]
    check(not lost, expected="all that was entered is still there", actual="; ".join(lost))


@then("the saved billing information is unchanged")
def the_saved_information_is_unchanged(member: Member, saved: dict[str, str]) -> None:
    member.reload()
    billing_shows_the_information(member, saved)
    lines = "\n".join(information_on(member.page, member.target.profile))
    typed = [text for _, text in _CHANGED.values() if text and text not in saved.values() and text in lines]
    check(not typed, expected="the billing information as it was saved", actual=f"“{'”, “'.join(typed)}”")


@then("a receipt is sent to the e-mail address for receipts")
def a_receipt_is_sent(member: Member, purchase: Purchase) -> None:
    target = member.target
    inbox = member.receipts or Inbox(target, member.account, target.receipts_address(member.account), frozenset())
    wait_for_credits(member, purchase, purchase.amount)
    mails = inbox.receipts()
    actual = f"none has arrived within {inbox.limit:g} s"
    check(bool(mails), expected=f"a receipt is sent to {inbox.address}", actual=actual)
    due = purchase.paid_for.amount_due if purchase.paid_for is not None else None
    price = due.value if isinstance(due, Fact) else None
    listed = beyond(invoices_on(member.page, target.profile), purchase.invoices_before or ())
    numbers = [one.number for one in listed if one.credits == purchase.amount]
    number = numbers[0] if len(numbers) == 1 else ""

    def contradicting() -> list[list[str]]:
        return [
            contradictions_of_mail(f"{one.subject}\n{one.text}", price, purchase.amount, target.profile, number)
            for one in inbox.receipts()
        ]

    until(lambda: not all(contradicting()), inbox.limit, every=0.5)  # that of an earlier purchase may be there before
    wrong = contradicting()
    told = f"{purchase.amount:,} credits" + (f" for {price}" if price else "")
    check(not all(wrong), expected=f"a receipt for {told}", actual="; ".join(one for some in wrong for one in some))
