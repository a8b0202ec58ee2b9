"""What a buyer is told who comes back from the payment page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.checkout.landing import (
    claims_payment,
    dead_end,
    denied,
    paid_by_thanks,
    put_off,
    said_of_payment,
    thanked_for,
    thanks_for_the_month,
    told_with_thanks,
)
from steps.readers.page.capture import capture
from steps.targets.profile import Profile

PROFILE = Profile(base_url="http://site.example")

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize(
    ("message", "is_claimed"),
    [
        ("Thank you! Your credits have been added.", True),
        ("Payment successful", True),
        ("We have added 4,000 credits to your account.", True),
        ("4,000 credits added<br>Receipt sent to ada@example.com", True),
        ("<h2>Payment complete</h2><p>4,000 credits are yours.</p>", True),
        ("<h2>Payment complete</h2><p>4,000 credits</p><h2>Help</h2>", False),
        ("Thank you! 4,000 credits will be added shortly.", True),
        ("Thank you. 4,000 credits will be added once you have paid.", False),
        ("4,000 credits will be added as soon as you pay.", False),
        ("Checkout was cancelled. No credits were added.", False),
        ("Thank you! Your payment is on its way.", True),
        ("Thank you. No payment was made.", False),
        ("Your payment was cancelled, thank you for looking.", False),
        ("Credits are added once you pay; none have been added yet.", False),
        ("All set! Your credits are ready to use.", True),
        ("Your payment is being processed. This page follows by itself.", False),
        ("Credits will be added to your workspace shortly.", True),
        ("Credits will be added shortly once you have paid.", False),
        ("Your card was charged.", True),
        ("Your card was not charged.", False),
        ("Payment successful</div><p>Nov 2, 2026: payment received</p><div>", True),
        ("Checkout cancelled</div><p>Nov 2, 2026: payment received</p><div>", False),
    ],
)
def test_who_has_left_is_not_told_of_a_payment(page: Page, message: str, *, is_claimed: bool) -> None:
    page.set_content(f"<div role=status>{message}</div><h2>Current Plan</h2>")
    assert bool(claims_payment(capture(page), everywhere=False)) == is_claimed


def test_what_stood_there_before_tells_of_an_earlier_payment(page: Page) -> None:
    page.set_content("<h2>Current Plan</h2><ol role=log><li>Payment received</li></ol>")
    assert claims_payment(capture(page), everywhere=False) == "Payment received"
    assert not claims_payment(capture(page), everywhere=False, known={"Payment received"})


@pytest.mark.parametrize(("message", "is_claimed"), [("Payment successful", True), ("Checkout canceled", False)])
def test_a_message_that_lies_over_a_dialog_is_read(page: Page, message: str, *, is_claimed: bool) -> None:
    page.set_content(
        "<style>#back { position: fixed; inset: 0; z-index: 40; background: #0008 } [role=dialog] { position: fixed;"
        " inset: 9px; background: white; z-index: 50 } ol { position: fixed; right: 9px; bottom: 9px; z-index: 99 }"
        "</style><main aria-hidden=true><p>Diaflow</p></main><div id=back></div><div role=dialog aria-modal=true>"
        "<h2>Current Plan</h2><p>Pro</p><h2>Invoices</h2></div>"
        f"<section aria-live=polite><ol><li>{message}</li></ol></section>"
    )
    assert bool(claims_payment(capture(page), everywhere=False)) == is_claimed


@pytest.mark.parametrize(
    ("message", "is_put_off"),
    [
        ("We've received your payment. 2,000 credits will be added within 24 hours.", True),
        ("Credits are added within 2 business days after payment.", True),
        ("Thank you! Your order is being reviewed. Credits arrive within 24 hours.", True),
        ("Add-on credits are available up to 365 days after the purchase.", False),
        ("Your credits will appear in a few seconds.", False),
        ("2,000 credits were added. Monthly credits will be renewed in 9 days.", False),
        ("2,000 credits were added. Credits will be available for 365 days.", False),
        ("Your monthly credits will be granted again in 9 days", False),
    ],
)
def test_a_buyer_is_not_told_to_wait(page: Page, message: str, *, is_put_off: bool) -> None:
    page.set_content(f"<div role=status>{message}</div><h2>Current Plan</h2>")
    assert bool(put_off(capture(page), everywhere=False)) == is_put_off


def test_what_billing_says_of_credits_to_come_puts_no_buyer_off(page: Page) -> None:
    page.set_content("<h2>Current Plan</h2><p>3,000 credits will be added in 9 days</p>")
    assert not put_off(capture(page), everywhere=False)


@pytest.mark.parametrize(
    ("content", "kind", "amounts"),
    [
        ("<p role=status>Payment successful. 4,000 credits were added to your account.</p>", "paid", [4_000]),
        ("<p role=alert>Your payment of £18.00 was received: 6,000 credits.</p>", "paid", [6_000]),
        ("<p role=status>6,000 credits have been added.</p>", "paid", [6_000]),
        ("<p>6,000 credits were added on 1 May.</p>", None, []),
        ("<p role=alert>The payment failed. No credits were added.</p>", "failed", []),
        ("<div>Payment received. 4,000 credits were added to your balance.</div>", None, [4_000]),
        ("<p>Payment received</p>", None, []),
        ("<p>4,000 credits</p>", None, []),
        ("<div>Thank you. Your order of 22,000 credits has been processed.</div>", None, [22_000]),
    ],
)
def test_what_a_buyer_is_told_who_comes_back(page: Page, content: str, kind: str | None, amounts: list[int]) -> None:
    page.set_content(f"<h1>Billing</h1>{content}")
    said = said_of_payment(capture(page), everywhere=False)
    assert (said.kind if said else None, thanked_for(capture(page), PROFILE, everywhere=False)) == (kind, amounts)


@pytest.mark.parametrize(
    ("line", "money", "balances"),
    [
        ("Payment received. 4,000 credits were added to your workspace. You paid $46.00.", [46], []),
        ("4,000 credits were added. Your add-on balance is now 16,500.", [], [16_500]),
        ("Thank you! 4,000 credits for $46.00 (balance: 16,500)", [46], [16_500]),
        ("4,000 credits were added to your balance on 29 November.", [], []),
        ("Thank you! You paid $99.00 for the Pro plan.", [], []),
    ],
)
def test_thanks_tell_a_price_and_a_balance(page: Page, line: str, money: list[int], balances: list[int]) -> None:
    page.set_content(f"<h1>Billing</h1><p role=status>{line}</p>")
    told = told_with_thanks(capture(page), 4_000, PROFILE)
    assert [int(one.amount) for one in told[0]] == money
    assert told[1] == balances


@pytest.mark.parametrize(
    ("line", "balances"),
    [
        ("Your new balance is 16,500 credits.", [16_500]),
        ("New add-on balance: 16,500", [16_500]),
        ("You now have 16,500 credits", [16_500]),
        ("You now have 4,000 more credits", []),
        ("Balance 12,500", []),  # in a sidebar, of before
    ],
)
def test_a_page_of_its_own_tells_the_new_balance_beside_the_thanks(page: Page, line: str, balances: list[int]) -> None:
    page.set_content(f"<h1>Thank you!</h1><p>4,000 credits have been added.</p><p>{line}</p>")
    assert told_with_thanks(capture(page), 4_000, PROFILE, everywhere=True)[1] == balances
    assert told_with_thanks(capture(page), 4_000, PROFILE)[1] == []


@pytest.mark.parametrize(("everywhere", "money"), [(False, []), (True, [34])])
def test_what_a_list_says_of_an_earlier_purchase_is_no_thanks(
    page: Page, money: list[int], *, everywhere: bool
) -> None:
    page.set_content("<h1>Billing</h1><p>1 May: 4,000 credits purchased for $34.00</p>")
    told = told_with_thanks(capture(page), 4_000, PROFILE, everywhere=everywhere)
    assert [int(one.amount) for one in told[0]] == money


@pytest.mark.parametrize(
    ("content", "amounts"),
    [
        ("<dl style='display:flex'><dt>2,000 credits</dt><dd>US$99.00</dd></dl>", [2_000]),
        ("<p>2,000 credits $22.00</p>", [2_000]),
        ("<table><tr><td>1 \u00d7 2,000 credits<td>$22.00</table>", [2_000]),
        ("<p>Your balance</p><p>14,000 credits</p><p>$22.00 were paid.</p>", []),
        ("<p>2,000 credits were added.</p><p>14,000 credits $1.00</p>", [2_000]),
        ("<p>A payment of $38.00 to Diaflow for 2,000 credits was successful.</p>", [2_000]),
        ("<p>You paid $38.00 USD to Diaflow for 2,000 credits.</p>", [2_000]),
    ],
)
def test_a_page_of_its_own_names_what_was_paid_beside_its_price(page: Page, content: str, amounts: list[int]) -> None:
    page.set_content(f"<h1>Payment successful</h1>{content}<a href='#'>Return to the site</a>")
    assert thanked_for(capture(page), PROFILE, of_its_own=True) == amounts
    assert thanked_for(capture(page), PROFILE) == (amounts if "added" in content else [])


@pytest.mark.parametrize(
    ("line", "money"),
    [
        ("A payment of $38.00 to Diaflow for 2,000 credits was successful.", [38]),
        ("Thank you for your purchase of 2,000 credits for $38.00.", [38]),
        ("4,000 credits cost $54.00.", []),
    ],
)
def test_a_page_of_its_own_tells_what_was_paid(page: Page, line: str, money: list[int]) -> None:
    page.set_content(f"<h1>Payment successful</h1><p>{line}</p>")
    told = paid_by_thanks(capture(page), PROFILE)
    assert [int(one.amount) for one in told] == money


def test_a_page_of_thanks_says_it_anywhere(page: Page) -> None:
    page.set_content("<h1>Payment successful</h1><p>40,000 credits were added.</p>")
    said = said_of_payment(capture(page), everywhere=True)
    assert said is not None
    assert said.kind == "paid"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("404", True),
        ("404 | This page could not be found.", True),
        ("Page not found", True),
        ("This page doesn\u2019t exist.", True),
        ("500 Internal Server Error", True),
        ("Application error: a client-side exception has occurred", True),
        ("500 credits have been added.", False),
        ("404 credits left", False),
        ("Not found what you need? Write to us.", False),
        ("Not what you were looking for?", False),
    ],
)
def test_a_page_may_say_that_it_is_none(page: Page, text: str, *, is_one: bool) -> None:
    page.set_content(f"<h1>{text}</h1><p>Diaflow</p>")
    assert bool(dead_end(capture(page))) is is_one


def test_a_number_alone_among_others_is_no_error(page: Page) -> None:
    page.set_content("<h1>Home</h1>" + "".join(f"<p>{number}</p><p>runs</p>" for number in (12, 500, 404, 7)))
    assert dead_end(capture(page)) == ""


@pytest.mark.parametrize(
    ("line", "is_message", "is_told"),
    [
        ("Payment successful. 2,000 monthly credits have been added to your plan.", True, True),
        ("2,000 monthly credits have been added on Nov 1", False, False),  # in a list
        ("Thank you! 2,000 plan credits were added.", False, True),
        ("Payment successful. 2,000 credits have been added to your plan.", True, False),
    ],
)
def test_a_buyer_is_not_thanked_for_monthly_credits(page: Page, line: str, *, is_message: bool, is_told: bool) -> None:
    page.set_content(f"<h1>Billing</h1><p {'role=status' if is_message else ''}>{line}</p>")
    assert bool(thanks_for_the_month(capture(page), everywhere=False)) is is_told


@pytest.mark.parametrize(
    ("alert", "is_denied"),
    [
        ("<p role=alert>Payment failed. You have not been charged.</p>", True),
        ("<p>Payment failed on Nov 1</p>", False),  # in a list
        ("<p role=status>Processing\u2026</p>", False),
        ("<p role=alert>Your card expires soon.</p>", False),
    ],
)
def test_a_refusal_beside_the_thanks_is_one(page: Page, alert: str, *, is_denied: bool) -> None:
    page.set_content(f"<h1>Billing</h1><p role=status>Payment successful. Thank you!</p>{alert}")
    assert bool(denied(capture(page))) is is_denied
    assert not denied(capture(page), ["Payment failed. You have not been charged."])
