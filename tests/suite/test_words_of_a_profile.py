"""What a profile's labels say of a site in whatever words: its thanks, its totals, what is paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
import pytest

from steps.actors.invoices import is_marked_otherwise
from steps.readers.checkout.checkout import read_summary
from steps.readers.checkout.landing import claims_payment, thanked_for
from steps.readers.credits.balance import Balance
from steps.readers.credits.credits import read_credits
from steps.readers.invoices.invoices import Invoice
from steps.readers.invoices.receipts import contradictions
from steps.readers.money.money import Money
from steps.readers.page.capture import capture, selectors_of
from steps.readers.page.fact import Fact, Unclear
from steps.targets.labels import Labels
from steps.targets.profile import Profile
from tests.suite.support.balances import value

if TYPE_CHECKING:
    from playwright.sync_api import Page

ENGLISH = Profile(base_url="http://site.example")
GERMAN = msgspec.structs.replace(
    ENGLISH,
    thousands=".",
    locale="de-DE",
    labels=Labels(
        payment_success="Zahlung erfolgreich",
        total="Zu zahlender Gesamtbetrag",
        monthly_credits="Monatliches Guthaben",
        add_on_credits="Zusatzguthaben",
        current_plan="Tarif",
    ),
)
THANKS = "<p role=status>Zahlung erfolgreich. 40.000 Credits wurden Ihrem Konto gutgeschrieben.</p>"


@pytest.mark.parametrize(("profile", "named", "is_claimed"), [(GERMAN, [40_000], True), (ENGLISH, [], False)])
def test_thanks_are_thanks_by_their_label(page: Page, profile: Profile, named: list[int], *, is_claimed: bool) -> None:
    page.set_content(f"<h1>Abrechnung</h1>{THANKS}")
    seen = capture(page, selectors_of(profile))
    assert thanked_for(seen, profile, everywhere=False) == named
    assert bool(claims_payment(seen, profile.labels, everywhere=False)) is is_claimed


@pytest.mark.parametrize(("total", "wrong"), [("67,83 \u20ac", "it comes to 67.83 EUR"), ("57,00 \u20ac", "")])
def test_a_receipt_comes_to_what_the_profile_calls_the_total(total: str, wrong: str) -> None:
    paid = Money(Decimal(57), "EUR")
    invoice = Invoice("RE-2 02.11.2026 57,00 \u20ac", "RE-2", date(2026, 11, 2), paid, 6_000, "", "", 3, 5)
    text = (
        f"Rechnung RE-2\n02.11.2026\n6.000 Zusatz-Credits 57,00 \u20ac\nNettobetrag 47,90 \u20ac\nGesamtbetrag {total}"
    )
    found = contradictions(text, invoice, GERMAN)
    assert str(found.get("amount", "")).startswith(wrong)
    assert bool(found) is bool(wrong)


@pytest.mark.parametrize(
    ("total", "is_open"),
    [("Total", True), ("Order total", False), (["Total", "Order total"], True)],
)
def test_the_usual_names_of_a_total_are_those_of_a_shorter_one_too(
    page: Page, total: str | list[str], *, is_open: bool
) -> None:
    page.set_content(
        "<p>Total $39.00</p><h2>Review your order</h2><p>Order total $41.50</p><button>Place order</button>"
    )
    profile = msgspec.structs.replace(ENGLISH, labels=Labels(total=total))
    due = read_summary(capture(page), profile).amount_due
    assert isinstance(due, Unclear if is_open else Fact)


def invoice(number: str, status: str) -> Invoice:
    return Invoice(f"{number} {status}", number, None, None, 6_000, "", status, 0, 0)


@pytest.mark.parametrize(
    ("status", "earlier", "is_otherwise"),
    [
        ("Offen", "Bezahlt", True),
        ("Bezahlt", "Bezahlt", False),
        ("Completed", "Paid", False),
        ("Paid on Nov 2", "Settled", False),
        ("Offen", "", False),
        ("", "Bezahlt", False),
    ],
)
def test_an_invoice_is_marked_as_the_earlier_ones_or_paid(status: str, earlier: str, *, is_otherwise: bool) -> None:
    new = invoice("RE-2", status)
    listed = [new, invoice("RE-1", earlier)]
    assert is_marked_otherwise(new, listed, Labels().of("paid").names) is is_otherwise
    assert not is_marked_otherwise(replace(new, status="Offen"), listed, ["Offen"])


def test_still_is_no_word_of_credits(page: Page) -> None:
    page.set_content(
        "<h2>Tarif</h2><p>Pro</p><p>Monatliches Guthaben: noch 8.750 von 12.000 Credits</p>"
        "<p>Zusatzguthaben: noch 2.000 von 2.000 Credits</p>"
    )
    seen = read_credits(capture(page, selectors_of(GERMAN)), GERMAN)
    assert value(seen.monthly) == Balance(plain=(8_750, 12_000))
    assert value(seen.add_on) == Balance(plain=(2_000, 2_000))
