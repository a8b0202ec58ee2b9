"""Steps about finishing checkout, and about payments that do not go through."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError
from pytest_bdd import given, parsers, then, when

from steps.actors.balance_wait import wait_for_credits
from steps.actors.billing_contents import hold_kept
from steps.actors.checkout import CHOOSING, PAYING, bought, hold_added, paid, refused, understood
from steps.actors.invoices import invoices_of, rows
from steps.actors.plan_invoices import hold_named_as_before, hold_names_plan
from steps.actors.price_check import check_price
from steps.actors.purchase import Purchase, parse_credits
from steps.actors.purchase_invoices import hold_invoiced, lacking_of_this_run
from steps.actors.thanks import hold_thanks
from steps.pages.base_page import ElementNotFoundError, blame_promise
from steps.pages.checkout import payment_page_of
from steps.pages.input_device import MOUSE, ImpatientMouse
from steps.pages.invoice_list import loaded_invoices_on
from steps.pages.packages import NotOnSaleError
from steps.pages.polling import ignore_navigation_errors, is_navigation_error
from steps.targets.test_cards import ANOTHER, CHALLENGED, PAID, REFUSED
from steps.verdicts.expectations import BrokenPromiseError, check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, StorageState

    from steps.actors.member import Member
    from steps.pages.checkout import PaymentPage
    from steps.targets.target import Account


_STEPS_BACK = 9
"""How many pages back the payment page is looked for, once it has led on."""


@when(parsers.re(r"the member buys (?P<amount>[\d,]+) credits"), target_fixture="purchase")
def the_member_buys(member: Member, amount: str) -> Purchase:
    with blame_promise(CHOOSING):
        purchase = member.choose(amount)
    member.pay(purchase, PAID)
    paid(purchase)
    return purchase


@given(parsers.re(r"the member has bought (?P<amount>[\d,]+) credits"))
def the_member_has_bought(member: Member, amount: str) -> None:
    hold_added(member, bought(member, amount, PAID), PAYING)


@when(
    parsers.parse("the member buys {amount} credits with a card that needs 3-D Secure and completes it"),
    target_fixture="purchase",
)
def the_member_completes_the_challenge(member: Member, amount: str) -> Purchase:
    purchase = bought(member, amount, CHALLENGED, complete=True)
    paid(purchase)
    return purchase


@when(
    parsers.parse("the member tries to buy {amount} credits with a card that needs 3-D Secure and fails it"),
    target_fixture="purchase",
)
def the_member_fails_the_challenge(member: Member, amount: str) -> Purchase:
    return bought(member, amount, CHALLENGED, complete=False)


@when(
    parsers.parse(
        "the member tries to buy {amount} credits with a card that needs 3-D Secure and leaves without answering"
    ),
    target_fixture="purchase",
)
def the_member_leaves_the_challenge(member: Member, amount: str) -> Purchase:
    purchase = bought(member, amount, CHALLENGED)
    outcome = understood(purchase)
    if outcome.kind != "challenged":
        raise NotVerifiedError(f"The payment page asked for no 3-D Secure: {outcome.message or outcome.kind}.")
    member.leave_challenge(purchase)
    return purchase


@given(
    parsers.parse("the member has tried to buy {amount} credits with a card that needs 3-D Secure and has failed it"),
    target_fixture="purchase",
)
def the_member_has_failed_the_challenge(member: Member, amount: str) -> Purchase:
    purchase = the_member_fails_the_challenge(member, amount)
    refused(purchase, CHALLENGED)
    return purchase


@given(
    parsers.parse("the member has tried to buy {amount} credits with a card that is {card}"), target_fixture="purchase"
)
def the_member_has_tried_to_buy(member: Member, amount: str, card: str) -> Purchase:
    purchase = the_member_tries_to_buy(member, amount, card)
    refused(purchase, REFUSED[card])
    return purchase


@when(parsers.parse("the member tries to buy {amount} credits with a card that is {card}"), target_fixture="purchase")
def the_member_tries_to_buy(member: Member, amount: str, card: str) -> Purchase:
    return bought(member, amount, REFUSED[card])


@when(
    parsers.parse("the member has a card declined for {amount} credits, and leaves the payment page"),
    target_fixture="purchase",
)
def the_member_leaves_after_a_decline(member: Member, amount: str) -> Purchase:
    purchase = bought(member, amount, REFUSED["declined"])
    refused(purchase, REFUSED["declined"])
    member.leave_payment(purchase)
    return purchase


@given(parsers.parse("the member has tried another card, which is {card}"))
def the_member_has_tried_another_card(member: Member, purchase: Purchase, card: str) -> None:
    member.pay(purchase, REFUSED[card])
    refused(purchase, REFUSED[card])


@when("the member pays with another card", target_fixture="purchase")
def the_member_pays_with_another_card(member: Member, purchase: Purchase) -> Purchase:
    member.pay(purchase, ANOTHER)
    paid(purchase)
    return purchase


@when(parsers.parse("another member of the workspace buys {amount} credits"), target_fixture="purchase")
def another_member_buys(
    member: Member, amount: str, member_of: Callable[[Account, StorageState | None], Member]
) -> Purchase:
    """Let a colleague buy. Raises NotVerifiedError where they find no way to: no page says who may."""
    account = member.target.colleague(member.account)
    member.note_packages()
    before = member.billing().settled_credits()  # what the colleague sees may be older
    listed = loaded_invoices_on(member.page, member.target.profile)
    colleague = member_of(account, member.target.signed_in(account))
    try:
        purchase = colleague.buy(amount)
    except ElementNotFoundError as error:
        if member.target.sets_up or isinstance(error, NotOnSaleError):
            raise
        raise NotVerifiedError(f"Whether {account.name} may buy credits is not known: {error}") from error
    paid(purchase)
    purchase.before, purchase.invoices_before = before, listed
    member.purchases.append(purchase)
    member.listed = ()
    member.reload()
    return purchase


@then(parsers.parse("the payment page says that the card is {card}"))
def the_payment_page_says(purchase: Purchase, card: str) -> None:
    refused(purchase, REFUSED[card])


@then("the payment page says that the card could not be authenticated")
def the_payment_page_says_not_authenticated(purchase: Purchase) -> None:
    refused(purchase, CHALLENGED)


@then("the price that was shown is what was asked for")
def the_price_is_asked_for(purchase: Purchase) -> None:
    assert purchase.summary is not None
    check_price(purchase, purchase.summary)
    if purchase.asked_last is not None:
        check_price(purchase, purchase.asked_last)


@then(parsers.parse("an invoice for {amount} credits at the price that was paid is listed"))
def an_invoice_is_listed(member: Member, purchase: Purchase, amount: str) -> None:
    """Look for it; after several purchases for those of all of them."""
    hold_invoiced(member, purchase, parse_credits(amount), f"{amount} credits")
    hold_kept(member, purchase, "after the purchase")
    earlier = {one.amount for one in member.purchases[:-1] if one.outcome is not None and one.outcome.kind == "left"}
    if earlier:
        listed = invoices_of(member, anew=True).all()
        lacking = [told for one in earlier for told in lacking_of_this_run(member, listed, one)]
        check(not lacking, expected=f"an invoice for each: {'; '.join(lacking)}", actual=rows(listed))


@then("an invoice for the plan at the price that was paid is listed")
def an_invoice_for_the_plan_is_listed(member: Member, purchase: Purchase) -> None:
    hold_invoiced(member, purchase, None, "the plan")
    hold_names_plan(member, purchase)
    hold_named_as_before(member, purchase)


@when(
    parsers.parse("the member pays for {amount} credits and closes the payment page before it leads back"),
    target_fixture="purchase",
)
def the_member_closes_the_payment_page(member: Member, amount: str) -> Purchase:
    with blame_promise(CHOOSING):
        purchase = member.choose(amount)
    assert purchase.payment is not None
    payment = purchase.payment.page
    purchase.payment.keep_from_leading_back()
    member.pay(purchase, PAID)
    if purchase.outcome is not None and purchase.outcome.kind == "unclear":
        raise NotVerifiedError(f"Whether the payment went through cannot be told: {purchase.outcome.message}.")
    member.page = member.context.new_page()
    payment.close()
    member.navigation.go_to_billing()
    return purchase


@when(
    parsers.parse("the member pays for {amount} credits impatiently, twice in a row, and hurries back"),
    target_fixture="purchase",
)
def the_member_pays_impatiently(member: Member, amount: str) -> Purchase:
    member.input = ImpatientMouse()
    purchase = member.buy(amount)
    member.input = MOUSE
    paid(purchase)
    return purchase


@when(
    parsers.parse(
        "the member opens the payment pages for {first}, {second} and {third} credits and pays on the first, the third"
        " and the second"
    ),
    target_fixture="purchase",
)
def the_member_pays_on_several(
    member: Member,
    first: str,
    second: str,
    third: str,
    member_of: Callable[[Account, StorageState | None], Member],
) -> Purchase:
    """Pay in windows of their own: tabs of one window are one payment to this suite, and nothing else differs."""
    windows = [member, *(member_of(member.account, member.target.signed_in(member.account)) for _ in range(2))]
    try:
        one, two, three = (window.choose(each) for window, each in zip(windows, (first, second, third), strict=True))
        bought = 0
        for window, purchase in ((member, one), (windows[2], three), (windows[1], two)):
            window.pay(purchase, PAID)
            paid(purchase)
            hold_thanks(window, purchase.amount)
            bought += purchase.amount
            if purchase is not two:
                wait_for_credits(window, purchase, bought)
    except BrokenPromiseError as error:
        error.promise = ""  # each page for its own package is what this is about
        raise
    member.purchases += [two, three]
    return Purchase(before=one.before, amount=bought, paid_at=two.paid_at)


@then("an invoice for each of them at the price that was paid is listed")
def an_invoice_for_each_is_listed(member: Member) -> None:
    for purchase in member.purchases:
        hold_invoiced(member, purchase, purchase.amount, f"{purchase.amount:,} credits")


@then("going back asks for no other payment")
def going_back_asks_for_nothing(member: Member) -> None:
    """Go back as far as the payment page: pages that thanked and led on may lie between, some of them the payment's."""
    for _ in range(_STEPS_BACK):
        _go_back(member.page)
        payment = payment_page_of(member.page, member.target.profile)
        if payment is None:
            continue
        with ignore_navigation_errors():  # the page may lead on by itself just then
            payment.page.reload()
        shows = payment.until(partial(_asks_or_thanks, payment), payment.limits.page / 5)
        if shows == "card" and payment.until(payment.thanks, payment.limits.page / 10):
            shows = "thanks"  # which may come after the form
        check(shows != "card", expected="what was paid is not asked for again", actual=payment.describe_page)
        if not shows:
            return


def _go_back(page: Page) -> None:
    """Go a page back. One that a form was sent to does not show: the browser would ask whether to send it again."""
    try:
        page.go_back(wait_until="commit")
    except PlaywrightError as error:
        if "ERR_CACHE_MISS" not in str(error) and not is_navigation_error(error):
            raise


def _asks_or_thanks(payment: PaymentPage) -> str:
    """Return what a payment page shows that its buyer went back to: "card", "thanks", or ""."""
    return "thanks" if payment.thanks() else "card" if payment.asks_for_card() else ""
