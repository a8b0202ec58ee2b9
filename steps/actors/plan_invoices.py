"""The invoices of plans: which plan they name, and what a month of it is charged at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.actors.invoices import INVOICES, beyond, rows
from steps.actors.purchase_invoices import new_since, repeated
from steps.pages.invoice_list import invoices_on
from steps.readers.invoices.payments import is_unpaid
from steps.readers.page.fact import Fact
from steps.verdicts.expectations import check

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.actors.purchase import Purchase

_OVERDUE = re.compile(r"\b(?:past|over)[ -]?due\b|\bfailed\b|\buncollectible\b", re.IGNORECASE)


def hold_named_as_before(member: Member, purchase: Purchase) -> None:
    """Raise BrokenPromiseError where earlier invoices are for the plan that this run has paid for since."""
    plan = member.target.paid[member.account.key].plan.casefold()
    now = {one.number: one for one in invoices_on(member.page, member.target.profile) if one.number}
    pairs = [(one, now[one.number]) for one in purchase.invoices_before or () if one.number in now]
    renamed = [two for one, two in pairs if plan and plan in two.text.casefold() and plan not in one.text.casefold()]
    check(not renamed, expected="earlier invoices as they were", actual=rows(renamed), promise=INVOICES)


def hold_names_plan(member: Member, purchase: Purchase) -> None:
    """Raise BrokenPromiseError where what was invoiced for an upgrade names the plan before, and not the one of now."""
    left, new = member.target.paid[member.account.key], beyond(member.listed, purchase.invoices_before or ())
    texts = [one.text.casefold() for one in new if one.credits is None]
    named = {plan: [one for one in texts if _names(one, plan)] for plan in (left.plan, left.plan_before) if plan}
    is_of_the_old = bool(named.get(left.plan_before)) and not named.get(left.plan)
    check(not is_of_the_old, expected=f"an invoice for the plan {left.plan}", actual=rows(new), promise=INVOICES)


def _names(text: str, plan: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(plan.casefold())}(?!\w)", text))


def hold_renewed_at(member: Member, since: Purchase, change: Purchase) -> None:
    """Raise BrokenPromiseError where a month that began `since` is charged for twice, or at another price.

    That is the price of the plan before the `change`, or any other than the new plan's, where no more and no less was
    paid for the change itself: taxes, or what was left of the plan before, may be reckoned otherwise.
    """
    was, now = change.plan_prices
    new = new_since(member, since)
    bought = [one for one in new if one.credits is not None and not is_unpaid(one)]
    is_nobody_s = bool(bought) and member.target.is_exclusive
    check(not is_nobody_s, expected="no further invoice for credits", actual=rows(bought), promise=INVOICES)
    months = [one for one in new if one.credits is None]
    overdue = [one for one in months if _OVERDUE.search(one.status)]
    check(not overdue, expected="a month of the plan that is paid for", actual=rows(overdue), promise=INVOICES)
    due = change.paid_for.amount_due if change.paid_for is not None else None
    is_plain = isinstance(due, Fact) and due.value == now
    told = [one for one in months if now is not None and one.amount not in {None, now}]
    wrong = [one for one in told if is_plain or one.amount == was]
    check(not wrong, expected=f"a month of the plan charged at its price, {now}", actual=rows(wrong), promise=INVOICES)
    twice = repeated(months)
    check(not twice, expected="a month of the plan charged once", actual=rows(twice), promise=INVOICES)
