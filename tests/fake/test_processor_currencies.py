"""Currencies of the payment processor, against the tables of CLDR and what the processor publishes."""

from __future__ import annotations

import pytest
from babel.numbers import get_currency_precision, get_currency_symbol

from fake_backend.processor import money
from fake_backend.processor.errors import ApiError
from tests.fake.support.bank import created, processor

# Where the processor counts otherwise than CLDR, as it publishes.
_COUNTED_IN_HUNDREDTHS = {
    "afn", "all", "amd", "cop", "crc", "huf", "idr", "irr", "isk", "kpw", "lak", "lbp", "mmk", "mnt", "mur", "pkr",
    "rsd", "sle", "sos", "std", "syp", "twd", "tzs", "ugx", "uzs", "yer", "zmk",
}  # fmt: skip


@pytest.mark.parametrize("currency", sorted(money.CURRENCIES))
def test_a_currency_has_the_decimals_that_are_published(currency: str) -> None:
    known = get_currency_precision(currency.upper())
    assert money.decimals(currency) == (2 if currency in _COUNTED_IN_HUNDREDTHS else known)
    sign = get_currency_symbol(currency.upper(), "en_US")
    if currency in money._SIGNS:  # noqa: SLF001 - each sign of the table is the one that people know
        assert money.show(100_000, currency).startswith(sign)
    else:
        assert money.show(100_000, currency).startswith(f"{currency.upper()} ")


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        (123_450, "usd", "$1,234.50"),
        (5, "usd", "$0.05"),
        (-5, "usd", "-$0.05"),
        (500, "jpy", "¥500"),
        (1_234_560, "kwd", "KWD 1,234.560"),
        (50, "bhd", "BHD 0.050"),
        (150_000, "isk", "ISK 1,500"),
        (0, "eur", "€0.00"),
    ],
)
def test_an_amount_is_written_in_its_own_decimals(amount: int, currency: str, shown: str) -> None:
    assert money.show(amount, currency) == shown


@pytest.mark.parametrize(
    ("amount", "currency", "code"),
    [
        (29, "gbp", "amount_too_small"), (30, "gbp", None), (49, "jpy", "amount_too_small"), (50, "jpy", None),
        (17_499, "huf", "amount_too_small"), (590_000_000, "idr", None), (100_000_000, "usd", "amount_too_large"),
        (1_005, "kwd", "invalid_charge_amount"), (1_010, "kwd", None), (150_050, "isk", "invalid_charge_amount"),
    ],
)  # fmt: skip
def test_a_total_may_be_what_is_published_for_its_currency(amount: int, currency: str, code: str | None) -> None:
    price = {"currency": currency, "unit_amount": str(amount), "product_data": {"name": "Credits"}}
    lines = [{"price_data": price, "quantity": "1"}]
    if code is None:
        assert created(processor(), line_items=lines)["amount"] == amount
        return
    with pytest.raises(ApiError) as refused:
        created(processor(), line_items=lines)
    assert refused.value.body()["error"]["code"] == code
