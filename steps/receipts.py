"""Steps about the receipts of invoices."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from pytest_bdd import then, when

from steps.actors import invoices as listing
from steps.actors.invoices import MIDNIGHT, beyond, invoices_of
from steps.pages.base_page import ElementNotFoundError
from steps.pages.billing_information import information_on
from steps.readers.invoices.receipt_words import another_card_on
from steps.readers.invoices.receipts import contradictions, is_blank_pdf, text_of_pdf, told_of_file, words_of
from steps.readers.invoices.recipients import another_order_on, stranger_on
from steps.readers.page.capture import capture
from steps.readers.page.lines import layout_of
from steps.readers.workspace.information import shown_under_labels
from steps.targets.test_cards import PAID
from steps.verdicts.expectations import BrokenPromiseError, check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from steps.actors.member import Member
    from steps.actors.purchase import Purchase
    from steps.invoices import Added
    from steps.readers.invoices.invoices import Invoice


@when(
    "the member downloads receipts of new and of older payments, for credits and for plans", target_fixture="receipts"
)
def the_member_downloads_receipts(member: Member) -> list[tuple[Invoice, bytes]]:
    invoices = invoices_of(member)
    listed = invoices.on_this_page()
    check(bool(listed), expected="invoices whose receipts can be downloaded", actual="none is listed")
    chosen = listing.samples(listed)
    found = [(one, invoices.receipt(one)) for one in chosen]
    further = beyond(invoices.on_the_next_page(listed), listed)
    found += [(one, invoices.receipt(one)) for one in listing.one_more(further, chosen)]
    with suppress(NotVerifiedError):  # whether all are listed is for another scenario
        invoices.all()
    last = beyond(invoices.on_this_page(), [*listed, *further])
    found += [(one, invoices.receipt(one)) for one in listing.oldest(last)]
    if len(found) == 1:
        raise NotVerifiedError("There is one payment alone, so no older one whose receipt could be downloaded.")
    return found


@then("the other member is given their receipts, too")
def the_other_member_is_given_receipts(colleague: Member) -> None:
    """Hold that each of a few is given; who is given none may not be meant to."""
    invoices, refused = invoices_of(colleague, anew=True), []
    chosen = listing.samples(invoices.on_this_page())
    for one in chosen:
        try:
            invoices.receipt(one)
        except ElementNotFoundError as error:
            refused.append((one, str(error)))
    if len(refused) == len(chosen) and not colleague.target.sets_up:
        raise NotVerifiedError(f"Whether {colleague.account.name} may have receipts is not known.")
    told = "; ".join(f"“{one.text}”: {why}" for one, why in refused)
    check(not refused, expected=f"the receipts of these {len(chosen)} payments", actual=told)


@then("each receipt is a PDF with the number, the date and the amount of its invoice, and names no other credits")
def each_receipt_is_a_pdf(member: Member, receipts: list[tuple[Invoice, bytes]]) -> None:
    _hold_receipts(member, receipts, () if listing.tells_days(member) else None)


@then("receipts of earlier payments are still for what was paid then")
def earlier_receipts_are_as_before(member: Member, purchase: Purchase) -> None:
    """Hold the newest and the oldest of those that were listed; all else about receipts is for other scenarios."""
    invoices, known = invoices_of(member, anew=True), purchase.invoices_before or ()
    earlier = listing.samples(listing.shared(invoices.on_this_page(), list(known)))
    receipts = []
    with suppress(ElementNotFoundError, NotVerifiedError):
        receipts = [(one, invoices.receipt(one)) for one in (*earlier[:1], *earlier[1:][-1:])]
    texts = [(one, words_of(content)) for one, content in receipts]
    for invoice, text in texts:
        found = contradictions(text, invoice, member.target.profile, None, [one for _, one in texts])
        wrong = [one for one in found.values() if isinstance(one, str) and text.strip()]
        check(not wrong, expected=f"the receipt of “{invoice.text}” as before", actual="; ".join(wrong))


def _hold_receipts(member: Member, receipts: list[tuple[Invoice, bytes]], days: Collection[date] | None) -> None:
    """Raise BrokenPromiseError unless each is the receipt of its invoice; its day may also be one of some `days`."""
    others = [_text_of(content) for _, content in receipts if b"%PDF" in content[:1024]]
    for invoice, content in receipts:
        member.doubts += [str(one) for one in invoice.unclear]
        check(b"%PDF" in content[:1024], expected="a PDF", actual=f"{told_of_file(content)}, for “{invoice.text}”")
        text = _text_of(content)
        says_nothing = not text.strip() and is_blank_pdf(content)
        check(not says_nothing, expected=f"the receipt of “{invoice.text}”", actual="a PDF of empty pages")
        found = contradictions(text, invoice, member.target.profile, days, others)
        wrong = [one for one in found.values() if isinstance(one, str)]
        check(not wrong, expected=f"the receipt of “{invoice.text}”", actual="; ".join(wrong))
        member.doubts += [str(one) for one in found.values()]


@then("its receipt is a PDF with the number, the date and the amount of its invoice, and names no other credits")
def its_receipt_is_a_pdf(member: Member, purchase: Purchase, added: Added) -> None:
    twice: list[tuple[Invoice, bytes]] = []
    for _ in range(2):  # it may be given once; a link may be, where the page has another one then
        invoices = invoices_of(member, anew=True)
        own = listing.shared(invoices.on_this_page(), [added.invoice])
        twice += [(one, invoices.receipt(one)) for one in own[:1]]
    if not twice:
        member.doubts.append(
            f"“{added.invoice.text}” is on another page of the list, so its receipt was not looked at."
        )
        return
    now = member.target.now(member.account)
    days = listing.days_of(now) | listing.days_of(now - MIDNIGHT)
    _hold_receipts(member, twice, () if listing.tells_days(member) else days)
    _hold_recipient(member, twice[0][1])
    card = purchase.card and another_card_on(_text_of(twice[0][1]), purchase.card.number)
    check(not card, expected="a receipt that names the card that was paid with", actual=f"it names “{card}”")


@then("the receipt of that invoice can be downloaded")
def its_receipt_can_be_downloaded(member: Member, purchase: Purchase) -> None:
    """Hold that it is a receipt of it; what cannot be told of its words is for the scenarios about receipts."""
    invoices, known = invoices_of(member, anew=True), purchase.invoices_before or ()
    own = [one for one in beyond(invoices.on_this_page(), known) if one.credits == purchase.amount]
    if not own:
        raise NotVerifiedError("Which invoice is that of the purchase cannot be told.")
    content = invoices.receipt(own[0])
    check(b"%PDF" in content[:1024], expected="a PDF", actual=f"{told_of_file(content)}, for “{own[0].text}”")
    found = contradictions(words_of(content), own[0], member.target.profile, None, [])
    wrong = [one for one in found.values() if isinstance(one, str) and words_of(content).strip()]
    check(not wrong, expected=f"the receipt of “{own[0].text}”", actual="; ".join(wrong))


def _hold_recipient(member: Member, content: bytes) -> None:
    """Raise BrokenPromiseError where a receipt is billed to somebody else than the company that Billing shows.

    The buyer may be billed as well, or whom another line of the page names: the workspace.
    """
    profile = member.target.profile
    information = shown_under_labels(information_on(member.page, profile), profile)
    company, order = information.get("company_name", ""), information.get("po_number", "")
    another = another_order_on(_text_of(content), order, profile.labels.of("po_number").names)
    check(not another, expected=f"a receipt with the PO number {order}", actual=f"it says “{another}”")
    if not re.search(r"\w", company):
        return
    shown = [line.text for line in layout_of(capture(member.page)).lines]
    known = [company, member.account.name, member.account.email, PAID.holder]
    stranger = stranger_on(_text_of(content), known, shown)
    check(not stranger, expected=f"a receipt for {company}", actual=f"it is for “{stranger}”")


def _text_of(content: bytes) -> str:
    from pypdf.errors import PyPdfError

    try:
        return text_of_pdf(content)
    except PyPdfError as error:
        raise BrokenPromiseError("a PDF that can be read", f"one that cannot: {error}") from error
