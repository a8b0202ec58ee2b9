"""Amounts of money as pages write them, and what a person reads."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steps.readers.money.money import Money, amounts_in
from steps.readers.money.prices import reading_of
from steps.targets.profile import Payments, Profile


def told(text: str, locale: str = "en-US", thousands: str = "") -> list[str]:
    """Return the amounts, each as "20.00 USD", "20.00 ?" without a currency, "? …" where it is in doubt."""
    found = [one for one in amounts_in(text, locale, thousands) if not one.is_unit]
    return [f"{'?' if one.doubt else one.amount} {one.currency or '?'}" for one in found]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Qty 1 $20.00", "20.00 USD"),
        ("Order 4711 $49.00", "49.00 USD"),
        ("2,000 $20.00", "20.00 USD"),
        ("Qty 2 US$64.00", "64.00 USD"),
        ("12 £30.00", "30.00 GBP"),
        ("1 CHF 20.00", "20.00 CHF"),
        ("20.00 CHF 2", "20.00 CHF"),
        ("INV-2 CHF 40", "40 CHF"),
        ("12/11/2026 EUR 40", "40 EUR"),
        ("1$20.00", "20.00 USD"),
        ("Pro plan$49.00", "49.00 USD"),
        ("TOTAL$49.00", "49.00 USD"),
        ("(US$ 1,234.56)", "1234.56 USD"),
        ("$20.00 · $10.00 per 1,000 credits", "20.00 USD"),
        ("$20.00 ($0.01 / credit)", "20.00 USD"),
        ("$99.00 per month", "99.00 USD"),
        ("$49/mo", "49 USD"),
        ("$20 / once", "20 USD"),
        ("$20.00 / one-time payment ($20.00 / one credit)", "20.00 USD"),
        ("CHF 20.-", "20 CHF"),
        ("TRY 200,00", "200.00 TRY"),
    ],
)
def test_a_sign_belongs_to_the_number_that_it_touches(text: str, amount: str) -> None:
    assert told(text) == [amount]


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("CA$20.00", "CAD"),
        ("C$20.00", "CAD"),
        ("A$20.00", "AUD"),
        ("AU$20", "AUD"),
        ("HK$20", "HKD"),
        ("S$20", "SGD"),
        ("NZ$20.00", "NZD"),
        ("MX$20.00", "MXN"),
        ("R$ 20,00", "BRL"),
        ("NT$600", "TWD"),
        ("$20.00 USD", "USD"),
        ("$18.00 CAD", "CAD"),
        ("$18.00 (CAD)", "CAD"),
        ("$18.00 cad", "CAD"),
        ("CAD $18.00", "CAD"),
        ("PLN$20", "?"),
        ("20,00 $CA", "CAD"),
        ("$20.00", "USD"),
        ("US $20.00", "USD"),
        ("CA $20.00", "?"),
        ("20,00 $ CA", "CAD"),
        ("15,00 $ US", "USD"),
        ("TT$20", "?"),
        ("$18.00 Canadian dollars", "?"),
        ("$18.00 US dollars", "USD"),
        ("E£20", "?"),
        ("¥2,000", "?"),
        ("CN¥20", "CNY"),
        ("kr 200", "?"),
        ("200 zł", "PLN"),
        ("USD20", "USD"),
        ("20.00USD", "USD"),
        ("Rs. 1,20,000.50", "?"),
    ],
)
def test_no_currency_is_taken_for_another(text: str, currency: str) -> None:
    assert [one.currency or "?" for one in amounts_in(text)] == [currency]


@pytest.mark.parametrize(
    ("text", "locale", "currency"),
    [
        ("$20", "en-CA", ""),
        ("$20", "es-MX", ""),
        ("$20", "de-DE", "USD"),
        ("$20", "en", "USD"),
        ("¥2,000", "ja-JP", "JPY"),
        ("¥2,000", "zh-CN", "CNY"),
        ("kr 200", "sv-SE", "SEK"),
        ("£20", "ar-EG", ""),
        ("$20", "xx-YY", "USD"),
    ],
)
def test_a_sign_of_several_countries_is_told_by_the_locale(text: str, locale: str, currency: str) -> None:
    assert [one.currency for one in amounts_in(text, locale)] == [currency]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("20,00 €", "20.00"),
        ("1.200,00 €", "1200.00"),
        ("€1 200,00", "1200.00"),
        ("1\u202f200,00 €", "1200.00"),
        ("1\u00a0200,00 €", "1200.00"),
        ("1 200,00 €", "1200.00"),
        ("CHF 1'200.00", "1200.00"),
        ("CHF 11’250.00", "11250.00"),
        ("$7\u2009799.00", "7799.00"),
        ("$7 799.00", "7799.00"),
        ("Total 20 000,00 ₽", "20000.00"),
        ("49.000 ₫", "49000"),
        ("Rp 49.000", "49000"),
        ("KWD 12.500", "12.500"),
        ("1,20,000 ₹", "120000"),
        ("€1.234", "1234"),
        ("$1,234", "1234"),
        ("€ 0,500", "0.500"),
        ("$0.00025", "0.00025"),
        ("$2.4K", "2400.0"),
        ("$1.2M", "1200000.0"),
        ("-$5.00", "-5.00"),
        ("$-5.00", "-5.00"),
        ("\u2212$5.00", "-5.00"),
        ("Basic \u2013 $5.00", "5.00"),
        ("\u2068$20.00\u2069", "20.00"),
        ("\u200f20.00 ₪", "20.00"),
    ],
)
def test_a_number_is_read_as_its_currency_writes_it(text: str, amount: str) -> None:
    assert [(str(one.amount), one.doubt) for one in amounts_in(text)] == [(amount, "")]


@pytest.mark.parametrize(
    "text",
    [
        "Qty 1 200,00 €",
        "$20 500 credits",
        "CHF 1 200",
        "$1.234",
        "KWD 12,500",
        "5 € 20",
        "5 USD 20",
        "$5 million",
        "$5m",
        "$20⁹⁹",
        "$20\u206099",
        "$7\u200b799.00",
        "$2\u03360.00",
        "\u202e00.02$",
        "€20.00 USD",
        "$1,00,0",
        "$1.200.00",
        "50¢",
        "\u2013 $5.00",
        "$20%",
    ],
)
def test_an_amount_that_can_be_read_in_two_ways_carries_its_doubt(text: str) -> None:
    (found,) = amounts_in(text)
    assert found.doubt
    assert not found.is_certain


@pytest.mark.parametrize(
    "text", ["ALL 5 items", "TOP 10 of 20", "try 30 days free", "11 packages", "INV-20", "B15E5CAD-0023", ""]
)
def test_what_has_no_sign_of_money_is_none(text: str) -> None:
    assert amounts_in(text) == []


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Subtotal $39.00 Service fee $2.99 Total $41.99", ["39.00 USD", "2.99 USD", "41.99 USD"]),
        ("$18.00 then €16.50", ["18.00 USD", "16.50 EUR"]),
        ("20,00€40,00€", ["20.00 EUR", "40.00 EUR"]),
        ("$10.00$20.00", ["10.00 USD", "20.00 USD"]),
        ("US$20.00 CAD 27.50", ["20.00 USD", "27.50 CAD"]),
        ("$20.00 CAD 27.50", ["? USD", "? CAD"]),
        ("2,000 $20.00 4,000 $40.00", ["20.00 USD", "40.00 USD"]),
        ("$10\u2013$20", ["10 USD", "20 USD"]),
    ],
)
def test_several_amounts_are_told_apart(text: str, amounts: list[str]) -> None:
    assert told(text) == amounts


def test_the_thousands_of_the_profile_settle_what_the_locale_leaves_open() -> None:
    assert told("$1.234") == ["? USD"]
    assert told("$1.234", "de-DE") == ["1234 USD"]
    assert told("$1.234", thousands=".") == ["1234 USD"]


def test_spaces_that_part_thousands_here_are_told_from_counts() -> None:
    assert told("Total 1 200,00 €") == ["? EUR"]
    assert told("Total 1 200,00 €", "fr-FR") == ["1200.00 EUR"]
    assert told("€1 200", thousands=" ") == ["1200 EUR"]
    assert told("Qty 1 200,00 €", "fr-FR") == ["? EUR"]
    assert told("€20 500 credits", "fr-FR") == ["? EUR"]


def test_an_amount_in_doubt_equals_none_that_is_certain() -> None:
    assert amounts_in("$20.00") == [Money(Decimal(20), "USD")]
    assert amounts_in("$1.234") != [Money(Decimal(1234), "USD")]


@pytest.mark.parametrize("number", ["B15E5CAD-0023", "CAD00001-0001", "INV/CAD/7"])
def test_the_letters_of_an_invoice_name_no_other_dollar(number: str) -> None:
    reading = reading_of(Profile(), "en", [f"{number} 2 November 2026", "$39.00"])
    assert [one.currency for one in reading.amounts("$39.00")] == ["USD"]


def test_the_rest_of_the_page_may_name_other_dollars() -> None:
    plain, named = reading_of(Profile(), "en"), reading_of(Profile(), "en", ["All prices in CAD."])
    assert [one.currency for one in plain.amounts("$18.00")] == ["USD"]
    assert [one.currency for one in named.amounts("$18.00")] == [""]
    assert [one.currency for one in named.amounts("US$18.00")] == ["USD"]


def test_the_currency_of_the_profile_settles_a_sign_that_may_be_its_own() -> None:
    profile = Profile(payments=Payments(currency="JPY"))
    amounts = reading_of(profile, "en").amounts("¥2,000 $20.00 kr 200")
    assert [one.currency for one in amounts] == ["JPY", "USD", ""]


def test_the_language_of_the_page_tells_what_the_locale_does_not() -> None:
    assert [one.currency for one in reading_of(Profile(), "ja").amounts("¥2,000")] == ["JPY"]
    assert [one.currency for one in reading_of(Profile(), "en-AU").amounts("$20.00")] == [""]
    assert [one.doubt for one in reading_of(Profile(), "de").amounts("$1.234")] == [""]
