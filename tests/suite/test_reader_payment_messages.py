"""What a payment page says of the payment, read from pages as a browser shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.readers.checkout.payment_messages import PaymentMessage, read_messages
from steps.readers.page.capture import capture
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.targets.labels import Labels, words
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from steps.readers.page.snapshot import Snapshot

PROFILE = Profile(base_url="http://site.example")


def shown(page: Page, html: str) -> Snapshot:
    page.set_content(html)
    return capture(page)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Your credit card was declined because of insufficient funds. Try a debit card instead.",
            "insufficient funds",
        ),
        ("Your card has insufficient funds. Try a different card.", "insufficient funds"),
        ("Your credit card was declined. Try paying with a debit card instead.", "declined"),
        ("Your card was declined, you may try a different card.", "declined"),
        ("Your card is expired. Try a different card.", "expired card"),
        ("Your card’s CVC is incorrect.", "wrong security code"),
        ("An error occurred while processing your card. Try again.", "processing error"),
        ("Something went wrong while processing the card. Please try again.", "processing error"),
        ("Your card number is invalid.", "invalid number"),
        ("We are unable to authenticate your payment method. Please choose a different one.", "not authenticated"),
        ("We could not verify your card with your bank. Please use another card.", "not authenticated"),
        ("Your bank could not confirm that it is you. Please use another card.", "not authenticated"),
        ("We couldn’t verify your identity.", "not authenticated"),
        ("Authentication with your bank failed.", "not authenticated"),
        ("You did not complete the 3-D Secure authentication.", "not authenticated"),
        ("Your card number is incomplete.", "incomplete"),
        ("You’ve either completed your payment or this checkout session has timed out.", "ended"),
        ("This session has expired.", "timed out"),
        ("Payment successful", "paid"),
        ("Your payment of €52.00 for 6,000 credits went through.", "paid"),
        ("Thanks for your order!", "paid"),
        ("Thank you! 2,000 credits have been added to your workspace.", "paid"),
        ("Payment unsuccessful", "failed"),
        ("Network error: payment could not be confirmed", "refused"),
        ("Your payment of €52.00 was not successful.", "failed"),
        ("Your payment of €52.00 did not go through.", "failed"),
        ("Processing…", "processing"),
        ("Checking your card…", "processing"),
        ("Please wait", "processing"),
        ("Do not close this page.", "processing"),
        ("Confirm this payment with your bank.", "processing"),
        ("Payment failed. Your card was declined.", "declined"),
        ("Transaction failed. You have not been charged.", "refused"),
        ("We couldn’t process your payment.", "refused"),
        ("The card was not accepted. Please try a different card.", "refused"),
        ("There was a problem with your payment", "refused"),
        ("Your card does not have enough funds.", "insufficient funds"),
        ("Payment failed: your account does not have sufficient funds. Try another card.", "insufficient funds"),
        ("Order #1234-A confirmed", "paid"),
        ("There isn't enough balance on this card.", "insufficient funds"),
        ("The CVC doesn't match this card.", "wrong security code"),
        ("Payment pending. We'll e-mail you.", "processing"),
        ("Waiting for your bank's confirmation. Your card has not been charged yet.", "processing"),
        ("Charge succeeded: $400.00", "paid"),
        ("Your transaction was successful", "paid"),
        ("Your payment has been processed.", "paid"),
        ("We’ve received your payment.", "paid"),
        ("Payment is being processed", "processing"),
        ("Verifying your card", "processing"),
    ],
)
def test_a_message_is_told_by_its_published_words(page: Page, text: str, kind: str) -> None:
    before = shown(page, "<p>Pay</p>")
    found = read_messages(shown(page, f"<p>Pay</p><div>{text}</div>"), before)
    assert found == Fact(PaymentMessage(kind, text), (text,))  # type: ignore[arg-type] # a kind


@pytest.mark.parametrize(
    "text",
    [
        "What happens if my card was declined?",
        "If your card was declined, ask your bank.",
        "Your card was not declined.",
        "Once your payment is successful, the credits are added.",
        "Your card was charged",
        "Payment processed by Stripe",
        "Order processed by our reseller.",
        "No credits have been added.",
        "",
    ],
)
def test_what_is_asked_supposed_or_denied_is_no_message(page: Page, text: str) -> None:
    before = shown(page, "<p>Pay</p>")
    assert isinstance(read_messages(shown(page, f"<p>Pay</p><div>{text}</div>"), before), Absent)


def test_what_is_announced_and_only_supposed_is_no_message(page: Page) -> None:
    before = shown(page, "<p>Pay</p>")
    html = "<p>Pay</p><div role=status>If your card is declined, try another one.</div>"
    assert isinstance(read_messages(shown(page, html), before), Absent)


@pytest.mark.parametrize(
    ("text", "kind"), [("Complete", ""), ("Try another card", ""), ("Processing…", "processing"), ("Paid", "")]
)
def test_what_a_button_does_is_no_message_and_what_it_says_of_the_payment_is(page: Page, text: str, kind: str) -> None:
    page.set_content(f"<button>{text}</button>")
    said = read_messages(capture(page))
    assert (said.value.kind if isinstance(said, Fact) else "") == kind


def test_only_what_is_new_on_the_same_page_is_an_answer(page: Page) -> None:
    old = shown(page, "<p>Your card was declined.</p>")
    assert isinstance(read_messages(old, old), Absent)
    again = shown(page, "<p>Your card was declined.</p><p>Your card is expired.</p>")
    assert read_messages(again, old) == Fact(
        PaymentMessage("expired card", "Your card is expired."), ("Your card is expired.",)
    )
    elsewhere = msgspec.structs.replace(again, url="https://site.example/billing")
    assert isinstance(read_messages(elsewhere, old), Absent)


def test_messages_that_contradict_are_unclear(page: Page) -> None:
    found = read_messages(shown(page, "<p>Payment successful</p><p>Your card was declined.</p>"))
    assert isinstance(found, Unclear)
    assert found.candidates == ("Payment successful", "Your card was declined.")


def test_what_the_profile_names_refuses_without_saying_why(page: Page) -> None:
    before, labels = shown(page, "<p>Pay</p>"), Labels(payment_message=words("No luck, code 57"))
    for text in ("No luck, code 57", "No luck, code 57. Take another card."):
        found = read_messages(shown(page, f"<p>Pay</p><div>{text}</div>"), before, labels)
        assert found == Fact(PaymentMessage("failed", text, is_labelled=True), (text,))
    known = read_messages(shown(page, "<p>Pay</p><div>Your card was declined.</div>"), before, labels)
    assert isinstance(known, Fact)
    assert not known.value.is_labelled


def test_what_the_profile_names_says_that_all_is_paid(page: Page) -> None:
    before, labels = shown(page, "<p>Pay</p>"), Labels(payment_success=words("All yours"))
    found = read_messages(shown(page, "<p>Pay</p><div>All yours</div>"), before, labels)
    assert isinstance(found, Fact)
    assert found.value.kind == "paid"


def test_an_announcement_in_other_words_is_unclear(page: Page) -> None:
    before = shown(page, "<p>Pay</p>")
    found = read_messages(shown(page, "<p>Pay</p><div aria-live=polite>Your bank said no, code 57</div>"), before)
    assert isinstance(found, Unclear)
    assert found.candidates == ("Your bank said no, code 57",)
