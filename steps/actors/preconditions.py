"""Brings an account into the state that a scenario begins with, as a member does it who has nothing but the product.

What is there already is used; so what one scenario has brought about serves all others on the account.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from steps.actors.billing_information import fill_in, manage, saved_information
from steps.actors.checkout import INVOICES, PAYING, bought, hold_added
from steps.actors.credit_use import left_of, monthly_left, run_on_what_is_left, use_some, use_up
from steps.actors.invoices import beyond, invoices_of, listed_after
from steps.actors.mail import Inbox
from steps.actors.plans import can_be_downgraded, can_be_upgraded, downgrade, upgrade
from steps.documentation.packages import documented_packages
from steps.pages.invoice_walk import RepeatedPageError
from steps.readers.invoices.payments import kind_of
from steps.targets.capabilities import require
from steps.targets.test_cards import PAID
from steps.targets.test_identities import BILLING_INFORMATION
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from steps.actors.member import Member
    from steps.readers.invoices.invoices import Invoice
    from steps.targets.target import Need

_SEVERAL = 2
_DEAREST = (
    "Of the plans that could be read the account is on the dearest: there is none to upgrade to. "
    'Others that the list has are named by plans = ["…"] in the profile.'
)


class WorkspaceUsedError(NotVerifiedError):
    """The workspace has what a scenario begins without, or has used up what it begins with; another one may not."""


def earn(member: Member, needs: Iterable[Need]) -> None:
    """Bring about what is needed, as far as the profile permits. Raises NotVerifiedError where that cannot be."""
    for need in needs:
        _EARNERS[need](member)


def _payments(member: Member) -> list[Invoice]:
    """Return all payments that are listed; where further pages repeat the first one, its own."""
    try:
        return invoices_of(member).all()
    except RepeatedPageError:
        return invoices_of(member, anew=True).on_this_page()


def _several_payments(member: Member) -> None:
    listed = _payments(member)
    while len(listed) < _SEVERAL:
        known = listed
        buy_smallest(member)
        listed = listed_after(member, known)
        check(bool(beyond(listed, known)), expected="an invoice for what was bought", actual="none", promise=INVOICES)


def _both_types(member: Member) -> None:
    kinds = {kind_of(one) for one in _payments(member)}
    if "credits" not in kinds:
        buy_smallest(member)
    if "plans" not in kinds:
        _choose_plan(member)


def _several_days(member: Member) -> None:
    """Buy on another day than that of the payments so far, where it is another one or the clock can be moved."""
    days = {one.date for one in _payments(member)}
    if len(days) >= _SEVERAL:
        return
    if not days:
        buy_smallest(member)
    if days <= {member.target.now(member.account).date()}:
        if "clock" not in member.target.capabilities:
            raise NotVerifiedError("All payments of this account are of one day: only time brings others.")
        member.move_clock("next-month")
        member.reload()
    buy_smallest(member)


def _upgradable_plan(member: Member) -> None:
    """Leave the dearest plan, where the clock can be moved: a downgrade takes effect with the next billing cycle."""
    if can_be_upgraded(member):
        return
    if "clock" not in member.target.capabilities:
        raise WorkspaceUsedError(_DEAREST)
    _change_down(member)


def _change_down(member: Member) -> None:
    require(member.target.profile, "change plan", "The account is not on the cheapest plan.")
    downgrade(member)
    member.move_clock("next-month")
    member.reload()


def _monthly_credits(member: Member) -> None:
    if monthly_left(member) == 0 and "clock" in member.target.capabilities:
        member.move_clock("next-month")
        member.reload()
    if monthly_left(member) == 0:
        raise WorkspaceUsedError("The account's monthly credits are used up until its next month begins.")


def _add_on_credits(member: Member) -> None:
    if left_of(member, "add-on") == 0:
        buy_smallest(member)


def _no_add_on_credits(member: Member) -> None:
    use_up(member, "add-on", to_the_last=True)


def _used_add_on_credits(member: Member) -> None:
    """Use add-on credits, where the monthly ones are gone or soon used up and others need none of them; else any."""
    workspaces = {one.workspace for one in member.target.profile.accounts}
    with suppress(NotVerifiedError):  # more monthly credits than some runs use
        if len(workspaces) > 1 or monthly_left(member) == 0:
            use_up(member, to_the_last=True)
            run_on_what_is_left(member)
            return
    use_some(member)


def _gone_credits(member: Member) -> None:
    use_up(member, to_the_last=True)


def _few_credits(member: Member) -> None:
    use_up(member, to_the_last=False)


def _information(member: Member) -> None:
    if not any(saved_information(member).values()):
        fill_in(member)


def _receipts_address(member: Member) -> None:
    """Let receipts go to an address whose mail can be read, and that is not the member's own."""
    address = member.target.receipts_address(member.account)
    form, saved = manage(member)
    if saved.get("receipts_email") != address:
        form.enter((saved if any(saved.values()) else BILLING_INFORMATION) | {"receipts_email": address})
        form.save()
    member.reload()
    member.information = saved_information(member)
    member.receipts = Inbox(member.target, member.account, address)


def _no_information(member: Member) -> None:
    if any(saved_information(member).values()):
        raise WorkspaceUsedError("The account has billing information already.")


def _choose_plan(member: Member) -> None:
    if not member.target.paid[member.account.key].plan:
        require(member.target.profile, "change plan", "No payment for a plan is known here.")
        if not can_be_upgraded(member):
            raise WorkspaceUsedError(_DEAREST)
        upgrade(member, "doc:upgrade-downgrade.3", to="next")


def _dear_plan(member: Member) -> None:
    if not can_be_downgraded(member):
        require(member.target.profile, "change plan", "The account is on the cheapest plan.")
        upgrade(member, "doc:upgrade-downgrade.3", to="next")


def _dearest_plan(member: Member) -> None:
    if can_be_upgraded(member):
        require(member.target.profile, "change plan", "The account is not on the dearest plan.")
        upgrade(member, "doc:upgrade-downgrade.3")


def _cheapest_plan(member: Member) -> None:
    if can_be_downgraded(member):
        _change_down(member)


_EARNERS: dict[Need, Callable[[Member], None]] = {
    "several payments": _several_payments,
    "payments of both types": _both_types,
    "payments of several days": _several_days,
    "monthly credits": _monthly_credits,
    "add-on credits": _add_on_credits,
    "no add-on credits": _no_add_on_credits,
    "used credits": use_some,
    "used add-on credits": _used_add_on_credits,
    "gone credits": _gone_credits,
    "few credits": _few_credits,
    "billing information": _information,
    "no billing information": _no_information,
    "receipts address": _receipts_address,
    "cheapest plan": _cheapest_plan,
    "upgradable plan": _upgradable_plan,
    "chosen plan": _choose_plan,
    "dear plan": _dear_plan,
    "dearest plan": _dearest_plan,
}


def buy_smallest(member: Member) -> None:
    """Buy the smallest package. Raises NotVerifiedError where that is not allowed."""
    require(member.target.profile, "buy", "A purchase would be needed first.")
    hold_added(member, bought(member, documented_packages()[0], PAID), PAYING)
