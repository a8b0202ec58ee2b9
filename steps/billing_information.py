"""Steps about billing information."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import parsers, then, when

from steps.pages.billing_information import FIELDS, BillingInformation
from steps.verdicts.expectations import check
from steps.workspace import INFORMATION

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.actors.purchase import Purchase
    from steps.pages.billing_information import InformationForm


@when("the member begins to manage the billing information", target_fixture="form")
def the_member_begins_to_manage(member: Member) -> InformationForm:
    return _section(member).manage()


@then("Company Name, Tax ID, PO Number and an e-mail address for receipts are asked for")
def these_are_asked_for(form: InformationForm) -> None:
    missing = [form.labels.of(name).names[0] for name in FIELDS if name not in form.fields()]
    check(
        not missing,
        expected="all four are asked for",
        actual=lambda: f"not asked for: {', '.join(missing)}. {form.describe_page()}",
    )


@when("the member enters billing information", target_fixture="information")
def the_member_enters_information(member: Member) -> dict[str, str]:
    return _saved(member, INFORMATION)


@when("the member changes the company name", target_fixture="information")
def the_member_changes_the_company(member: Member) -> dict[str, str]:
    return INFORMATION | _saved(member, {"company_name": "Difference Engines Ltd"})


@when(parsers.parse('the member changes the e-mail address for receipts to "{text}"'), target_fixture="form")
def the_member_changes_the_address(member: Member, text: str) -> InformationForm:
    form = _section(member).manage()
    form.enter({"receipts_email": text})
    form.save()
    return form


@then("Billing shows the billing information")
def billing_shows_the_information(member: Member, information: dict[str, str]) -> None:
    for when_ in ("at once", "after a reload"):
        missing = _section(member).missing_values(information)
        check(
            not missing,
            expected=f"Billing shows {', '.join(information.values())} {when_}",
            actual=f"missing: {', '.join(missing)}",
        )
        member.reload()


@then(parsers.parse('"{name}" is offered'))
def it_is_offered(member: Member, name: str) -> None:
    section = _section(member)
    check(section.offers(name), expected=f'Billing Information offers "{name}"', actual=section.describe_page)


@then("the member is told what is wrong with it")
def the_member_is_told(form: InformationForm) -> None:
    check(
        "receipts_email" in form.invalid_fields(),
        expected="the e-mail address is said to be wrong",
        actual=form.describe_page,
    )
    check(
        bool(form.error_message("receipts_email")),
        expected="it is said what is wrong, beside the field",
        actual=form.describe_page,
    )


@then("everything that was entered is still there")
def what_was_entered_is_there(form: InformationForm) -> None:
    typed = INFORMATION | {"receipts_email": "accounts at example"}
    check(form.values() == typed, expected="all that was entered is still there", actual=str(form.values()))


@then("the saved billing information is unchanged")
def the_saved_information_is_unchanged(member: Member) -> None:
    member.reload()
    billing_shows_the_information(member, INFORMATION)


@then("a receipt is sent to the e-mail address for receipts")
def a_receipt_is_sent(member: Member, purchase: Purchase) -> None:
    member.wait_for_credits(purchase, purchase.amount)
    sent = member.target.receipts_sent_to(member.account)
    check(
        INFORMATION["receipts_email"] in sent,
        expected=f"a receipt to {INFORMATION['receipts_email']}",
        actual=f"to {sent or 'nobody'}",
    )


def _section(member: Member) -> BillingInformation:
    member.billing()
    return BillingInformation(member.page, member.target.profile)


def _saved(member: Member, values: dict[str, str]) -> dict[str, str]:
    form = _section(member).manage()
    form.enter(values)
    form.save()
    return values
