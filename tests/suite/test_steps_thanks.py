"""What a buyer who comes back is told of the payment, the credits and the account, held against what was paid."""

from __future__ import annotations

from contextlib import nullcontext
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from steps.actors.landing import Landing
from steps.actors.thanks import hold_still_thanked, hold_thanks
from steps.credits import not_told_of_a_payment
from steps.pages.input_device import MouseInput
from steps.pages.navigation import AppNavigation
from steps.pages.payment_outcome import Outcome
from steps.readers.checkout.checkout import Charge, CheckoutSummary
from steps.readers.credits.credits import read_credits
from steps.readers.money.money import Money, amounts_in
from steps.readers.page.capture import capture
from steps.readers.page.fact import Fact
from steps.targets.profile import AccountEntry, Limits, Profile
from steps.targets.target import Account
from steps.verdicts.expectations import BrokenPromiseError

if TYPE_CHECKING:
    from playwright.sync_api import Page


SITE, PAYS = "http://site.example", "http://pay.example/c/pay/cs_test_a1"
LEADS_ON = """<h1>Thank you! {} credits are in your account.</h1><p>Taking you back to Billing</p>
<script>setTimeout(() => {{ document.body.innerHTML =
  "<h2>Current Plan</h2><h2>Billing Information</h2><h2>Invoices</h2>"; }}, 700)</script>"""


def paid(asked: Any, outcome: Outcome = Outcome("left", ""), lines: tuple[str, ...] = ()) -> Any:  # noqa: B008 - never changed
    """Return a purchase of 4,000 credits that was paid."""
    return SimpleNamespace(
        amount=4_000, outcome=outcome, paid_for=asked, lines_before=lines, balances_told=[], asked_after=None
    )


@pytest.mark.parametrize("after", [700, 2_000])
@pytest.mark.parametrize("named", ["4,000", "11,000"])
def test_thanks_are_read_before_their_page_leads_on(page: Page, named: str, after: int) -> None:
    page.set_content(LEADS_ON.format(named).replace("700", str(after)))
    profile = Profile(base_url=SITE, limits=Limits(page=2))
    landing = Landing(page, profile, MouseInput())
    member = cast("Any", SimpleNamespace(landing=landing, target=SimpleNamespace(profile=profile), purchases=[]))
    with pytest.raises(BrokenPromiseError, match="11,000") if named != "4,000" else nullcontext():
        hold_thanks(member, 4_000)


TOLD = """<h2>Current Plan</h2><h2>Billing Information</h2><h2>Invoices</h2><script>setTimeout(() => {{
  document.body.insertAdjacentHTML("beforeend", "<p role=status>{}</p>"); }}, 600)</script>"""


@pytest.mark.parametrize(("named", "is_red"), [((4_000,), False), ((2_000,), True), ((), False)])
def test_thanks_on_the_way_back_are_held(page: Page, named: tuple[int, ...], *, is_red: bool) -> None:
    page.set_content("<h2>Current Plan</h2><h2>Invoices</h2>")
    profile = Profile(base_url=SITE, limits=Limits(page=1))
    bought = SimpleNamespace(
        amount=4_000,
        outcome=Outcome("left", "", named=named),
        paid_for=None,
        asked_after=None,
        lines_before=(),
    )
    landing, target = Landing(page, profile, MouseInput()), SimpleNamespace(profile=profile)
    member = cast("Any", SimpleNamespace(landing=landing, target=target, purchases=[bought]))
    with pytest.raises(BrokenPromiseError, match="2,000, before") if is_red else nullcontext():
        hold_thanks(member, 4_000)


@pytest.mark.parametrize(("told", "is_red"), [(["38.00"], False), (["34.00"], False), (["54.00"], True), ([], False)])
def test_what_was_paid_by_the_thanks_on_the_way_back_is_held(page: Page, told: list[str], *, is_red: bool) -> None:
    page.set_content("<h2>Current Plan</h2><h2>Invoices</h2>")
    profile = Profile(base_url=SITE, limits=Limits(page=1))
    priced = tuple(Money(Decimal(one), "USD") for one in told)
    asked = SimpleNamespace(amount_due=Fact(Money(Decimal(38), "USD"), ()), before_taxes=Money(Decimal(34), "USD"))
    bought = paid(asked, Outcome("left", "", priced=priced))
    landing, target = Landing(page, profile, MouseInput()), SimpleNamespace(profile=profile)
    member = cast("Any", SimpleNamespace(landing=landing, target=target, purchases=[bought]))
    with pytest.raises(BrokenPromiseError, match=r"54\.00 USD, before") if is_red else nullcontext():
        hold_thanks(member, 4_000)


@pytest.mark.parametrize(("said", "is_red"), [("Payment successful. Thank you!", True), ("You left checkout.", False)])
def test_a_message_of_a_payment_may_come_after_a_moment(page: Page, said: str, *, is_red: bool) -> None:
    page.set_content(TOLD.format(said))
    profile = Profile(base_url=SITE, limits=Limits(page=2))
    navigation = AppNavigation(page, profile)
    member = cast(
        "Any", SimpleNamespace(landing=Landing(page, profile, MouseInput()), navigation=navigation, purchases=[])
    )
    with pytest.raises(BrokenPromiseError, match="no word of a payment") if is_red else nullcontext():
        not_told_of_a_payment(member)


BILLING = "<h2>Current Plan</h2><p>Add-on credits: 16,500</p><h2>Billing Information</h2><h2>Invoices</h2>"


@pytest.mark.parametrize(("balance", "is_red"), [("16,500", False), ("12,500", True)])
def test_a_balance_that_a_page_of_its_own_told_is_held_against_billing(
    page: Page, monkeypatch: pytest.MonkeyPatch, balance: str, *, is_red: bool
) -> None:
    monkeypatch.setattr("steps.actors.thanks.others_are_using_credits", lambda _: False)
    profile = Profile(base_url=SITE, limits=Limits(page=1))
    member: Any = SimpleNamespace(
        landing=Landing(page, profile, MouseInput()), target=SimpleNamespace(profile=profile), page=page,
        purchases=[paid(CheckoutSummary(Fact(amounts_in("$38.00")[0], ())))], account=Account("Ada", "ada@example.com"),
    )  # fmt: skip
    page.set_content(
        f"<h1>Thank you!</h1><p>4,000 credits have been added.</p><p>Your new balance is {balance} credits.</p>"
    )
    hold_thanks(member, 4_000)
    page.set_content(BILLING)
    with pytest.raises(BrokenPromiseError, match="they tell 12,500") if is_red else nullcontext():
        hold_thanks(member, 4_000, read_credits(capture(page), profile))


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("You paid $44.28.", ""),
        ("You paid $36.00 and tax.", ""),
        ("You paid $40.00.", "for what was asked for"),
        ("Your balance is now 16,500.", ""),
        ("Your balance is now 12,500.", "one that Billing shows"),
    ],
)
def test_thanks_tell_the_price_and_the_balance(
    page: Page, monkeypatch: pytest.MonkeyPatch, said: str, wrong: str
) -> None:
    monkeypatch.setattr("steps.actors.thanks.others_are_using_credits", lambda _: False)
    page.set_content(f"{BILLING}<p role=status>4,000 credits were added. {said}</p>")
    profile = Profile(base_url=SITE, limits=Limits(page=1))
    due, tax = (amounts_in(one)[0] for one in ("$44.28", "$8.28"))
    asked = CheckoutSummary(Fact(due, ("Total $44.28",)), (Charge("VAT", tax),))
    bought = paid(asked)
    landing, target = Landing(page, profile, MouseInput()), SimpleNamespace(profile=profile)
    account = Account("Ada", "ada@example.com")
    member = cast("Any", SimpleNamespace(landing=landing, target=target, purchases=[bought], account=account))
    with pytest.raises(BrokenPromiseError, match=wrong) if wrong else nullcontext():
        hold_thanks(member, 4_000, read_credits(capture(page), profile))


@pytest.mark.parametrize(
    ("said", "is_red"),
    [("Your last payment has failed. Credits will be removed.", True), ("Bob has signed in.", False)],
)
def test_billing_that_stays_open_does_not_come_to_say_that_it_failed(page: Page, said: str, *, is_red: bool) -> None:
    page.set_content(f"{BILLING}<p role=alert>{said}</p>")
    profile = Profile(base_url=SITE, limits=Limits(page=1))
    bought = paid(None, lines=("Current Plan", "Add-on credits: 12,500"))
    target, account = SimpleNamespace(profile=profile), Account("Ada", "ada@example.com")
    member: Any = SimpleNamespace(page=page, purchases=[bought], account=account, target=target)
    with pytest.raises(BrokenPromiseError, match="has failed") if is_red else nullcontext():
        hold_still_thanked(member)


@pytest.mark.parametrize(
    ("was", "anew", "wrong"),
    [
        ("<p role=alert>Something went wrong (500).</p>", "", "no error is shown"),
        (
            "<p>Outstanding balance: $20.00</p>",
            "<p>Outstanding balance: $20.00</p>",
            "nothing is wrong with the account",
        ),
        ("<p>You have run out of credits.</p>", "", ""),
        ("<p>bob@example.com</p>", "<p>bob@example.com</p>", "nothing is wrong with the account"),
        ("<p>ada@example.com</p>", "", ""),
        ("<p role=status>Processing your payment …</p>", "", ""),
        ("<p>You will be charged $20.00 again.</p>", "<p>You will be charged $20.00 again.</p>", "nothing is wrong"),
        ("<p>Renews automatically on Dec 30.</p>", "<p>Renews automatically on Dec 30.</p>", ""),
        ("<p role=status>Processing your payment …</p>", "<button disabled>Processing payment…</button>", "on its way"),
        ("<p>Payments processing fees apply</p>", "<p>Payments processing fees apply</p>", ""),
    ],
)
def test_a_buyer_who_has_paid_is_warned_of_nothing(page: Page, was: str, anew: str, wrong: str) -> None:
    """What is no message counts only where it shows on a page that was loaded anew, too."""
    billing = "<h2>Current Plan</h2><p>Add-on credits: 4,000</p><h2>Billing Information</h2><h2>Invoices</h2>"
    page.set_content(billing + was)
    profile = Profile(
        base_url=SITE, limits=Limits(page=1), accounts=[AccountEntry(email="bob@example.com", password="-")]
    )
    before = ("Current Plan", "ada@example.com")
    bought = SimpleNamespace(
        amount=4_000, outcome=Outcome("left", ""), paid_for=None, lines_before=before, asked_after=None
    )
    member = cast(
        "Any",
        SimpleNamespace(
            page=page, purchases=[bought], account=Account("Ada", "ada@example.com"),
            landing=Landing(page, profile, MouseInput()), target=SimpleNamespace(profile=profile),
            reload=lambda: page.set_content(billing + anew), immediate_timeout_s=0.5,
        ),
    )  # fmt: skip
    with pytest.raises(BrokenPromiseError, match=wrong) if wrong else nullcontext():
        hold_thanks(member, 4_000, read_credits(capture(page), profile))
