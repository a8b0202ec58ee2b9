"""What stands on Billing beside plan and credits, and that it stays there: invoices and billing information."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from steps.actors.invoices import beyond, no_longer_paid, rows
from steps.pages.billing import BillingPage
from steps.pages.billing_information import information_on
from steps.pages.invoice_list import invoices_on, is_on_another_page
from steps.pages.invoice_walk import InvoiceWalk
from steps.pages.polling import until
from steps.readers.workspace.information import gone_from
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.actors.member import Member
    from steps.actors.purchase import Purchase
    from steps.readers.invoices.invoices import Invoice

_INVOICES, _INFORMATION = "doc:billing.6", "doc:billing.5"


class BillingContents(NamedTuple):
    """The invoices of the first page, and the lines of the billing information."""

    invoices: tuple[Invoice, ...]
    information: tuple[str, ...]


def contents_of(member: Member) -> BillingContents:
    """Return what Billing shows now; what lies over it is closed for the next look."""
    profile = member.target.profile
    billing = BillingPage(member.page, profile, member.input)
    billing.unfold_again("invoices", "billing_information")
    found = BillingContents(invoices_on(member.page, profile), information_on(member.page, profile))
    if not any(found):
        billing.close_news()
    return found


def hold_kept(member: Member, purchase: Purchase, when: str, *, is_own: bool = False) -> None:
    """Raise BrokenPromiseError where what Billing showed before is gone; `is_own` blames the scenario's own promise."""
    before = BillingContents(purchase.invoices_before or (), purchase.information_before)
    hold_shown(member, before, when, is_own=is_own)


def hold_information(member: Member, before: tuple[str, ...]) -> None:
    """Raise BrokenPromiseError where lines of the billing information that showed `before` show no more."""

    def gone() -> list[str]:
        return gone_from(before, information_on(member.page, member.target.profile))

    until(lambda: not gone(), member.target.profile.limits.page / 3, page=member.page)
    told = f"missing: {', '.join(gone())}"
    check(not gone(), expected="the billing information still shows", actual=told, promise=_INFORMATION)


def hold_shown(
    member: Member, before: BillingContents, when: str, *, is_own: bool = False, by_another: bool = False
) -> None:
    """Raise BrokenPromiseError where what Billing showed `before` is not shown to a member `when` they look.

    Newer invoices may have moved older ones to another page of the list. On a site, another member than the one who
    looked before may be one whom Billing shows no invoices at all, or no billing information: nobody documents who may.
    """
    profile = member.target.profile

    def now() -> BillingContents:
        seen = contents_of(member)
        gone = tuple(gone_from(before.information, seen.information))
        lacking = tuple(beyond(before.invoices, seen.invoices))
        is_moved = _is_pushed(lacking, before, seen) and is_on_another_page(member.page, profile)
        return BillingContents(() if is_moved else lacking, gone)

    if not until(lambda: not any(now()), profile.limits.page / 3):
        member.billing_anew()  # it may have been left on another page of the list, or folded
        until(lambda: not any(now()), profile.limits.page / 10)
    lacking, gone = now()
    if lacking and _is_pushed(lacking, before, contents_of(member)):
        lacking = _not_further_down(member, lacking)
    if any((lacking, gone)) and (doubt := _withheld(member, before, by_another=by_another)):
        member.doubts.append(f"{doubt} {when}.")
        return
    check(
        not lacking,
        expected=f"the invoices that were listed are listed {when}",
        actual=f"not listed: {rows(list(lacking))}",
        promise="" if is_own else _INVOICES,
    )
    undone = no_longer_paid(before.invoices, contents_of(member).invoices)
    check(
        not undone,
        expected=f"the invoices that were paid are so {when}",
        actual=f"no longer: {rows(undone)}",
        promise="" if is_own else _INVOICES,
    )
    check(
        not gone,
        expected=f"the billing information shows {when}",
        actual=f"missing: {', '.join(gone)}",
        promise="" if is_own else _INFORMATION,
    )


def _withheld(member: Member, before: BillingContents, *, by_another: bool) -> str:
    """Return what of Billing a member may be shown none of, on a site where others may be shown it, "" for nothing."""
    seen = contents_of(member)
    if member.target.sets_up:
        return ""
    if not any(seen):
        return "Billing shows neither invoices nor billing information"
    if by_another and not all(there for was, there in zip(before, seen, strict=True) if was):
        shown = "invoices" if seen.invoices else "billing information"
        return f"Of billing information and invoices, Billing shows only {shown}"
    return ""


def _is_pushed(lacking: tuple[Invoice, ...], before: BillingContents, now: BillingContents) -> bool:
    """Whether those that are no longer listed are the oldest, and as many newer ones have come."""
    oldest = before.invoices[len(before.invoices) - len(lacking) :]
    return lacking == oldest and len(beyond(now.invoices, before.invoices)) >= len(lacking)


def _not_further_down(member: Member, lacking: tuple[Invoice, ...]) -> tuple[Invoice, ...]:
    """Return those invoices that the whole list has not either: it may go on without a way that shows."""
    try:
        return tuple(beyond(lacking, InvoiceWalk(member.page, member.target.profile, member.input).all()))
    except NotVerifiedError as error:
        member.doubts.append(str(error))
        return ()
