"""Steps about what Billing tells of plan and credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import parsers, then

from steps.actors.member import whole
from steps.pages.billing_overview import BillingOverview
from steps.verdicts.expectations import expect
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.actors.member import Member, Purchase
    from steps.pages.billing import BillingPage


@then("Billing shows the current plan, the billing information and the invoices")
def billing_shows_its_sections(billing: BillingPage) -> None:
    missing = _overview(billing).missing_sections()
    seen = f"there is no section for {', '.join(missing)}"
    expect(not missing, "Billing shows current plan, billing information and invoices", seen)


@then("the current plan is named")
def the_plan_is_named(billing: BillingPage) -> None:
    expect(bool(billing.credits().plan), "Billing names the current plan", billing.describe_page)


@then(parsers.re(r"the current plan is (?P<plan>(?!still|immediately|by now|named)\S.*)"))
def the_plan_is(billing: BillingPage, plan: str) -> None:
    seen = billing.credits().plan
    expect(seen == plan, f"Billing names the plan {plan}", seen or "it names none")


@then("one credit bar is shown, and monthly credits are told from add-on credits")
def one_credit_bar(billing: BillingPage) -> None:
    seen = billing.credits()
    count = _overview(billing).count_bars()
    shown = count == 1 or (count == 0 and billing.bar_shows())
    expect(shown, "one credit bar is shown", f"{count} bars" if count else "none")
    if seen.add_on is None:
        raise NotVerifiedError("Billing shows no add-on credits: the account may have none.")


@then(
    parsers.parse("{monthly} monthly credits and {add_on} add-on credits are usable, and {used} credits are consumed")
)
def these_credits_are_usable(billing: BillingPage, monthly: str, add_on: str, used: str) -> None:
    seen = billing.credits()
    for name, amount, numbers in (
        ("monthly credits", monthly, seen.monthly),
        ("add-on credits", add_on, seen.add_on),
        ("used credits", used, seen.used),
    ):
        told = ", ".join(f"{number:,}" for number in numbers or ()) or "none"
        expect(whole(amount) in (numbers or ()), f"Billing shows {amount} {name}", f"it shows {told}")


@then(parsers.parse("the credit bar pictures {usable} usable credits of {total}"))
def the_bar_pictures(billing: BillingPage, usable: str, total: str) -> None:
    seen = billing.credits().totals
    expect(whole(total) in seen, f"the bar's whole is {total} credits", f"it is {seen or 'not told'}")
    share, told = whole(usable) / whole(total), _overview(billing).bar_shares()
    near = any(abs(one - share) < 0.01 or abs(one - (1 - share)) < 0.01 for one in told)
    expect(near, f"the bar divides {usable} usable credits from the rest of {total}", f"it shows {told}")


@then("the add-on credits are unchanged")
def the_add_on_credits_are_unchanged(member: Member, attempt: Purchase) -> None:
    before, now = attempt.before.add_on_amount, member.billing().credits().add_on_amount
    expect(now == before, f"{before:,} add-on credits, as before", f"{now:,}")


def _overview(billing: BillingPage) -> BillingOverview:
    return BillingOverview(billing.page, billing.profile)
