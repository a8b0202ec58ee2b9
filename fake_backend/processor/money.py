"""Currencies: which are taken, how many decimals each has, how little may be charged, and how an amount is written.

Source: docs.stripe.com/currencies. Amounts are in a currency's smallest unit as the API counts it.
"""

from __future__ import annotations

_ALL = (
    "usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf"
    " chf clp cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl htg huf"
    " idr ils inr isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop"
    " mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd"
    " scr sek sgd shp sle sos srd std szl thb tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xof"
    " xpf yer zar zmw"
)
_WITHOUT = "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf"
CURRENCIES = frozenset(_ALL.split())
_WITHOUT_DECIMALS = frozenset(_WITHOUT.split())
_THREE_DECIMALS = frozenset(("bhd", "jod", "kwd", "omr", "tnd"))
# Counted in hundredths by the API, although nobody has any: the last two digits must be 0.
_WHOLE_ONLY = frozenset(("isk", "ugx"))

_SIGNS = {
    "usd": "$", "eur": "€", "gbp": "£", "jpy": "¥", "vnd": "₫", "aud": "A$", "cad": "CA$", "nzd": "NZ$", "hkd": "HK$",
    "mxn": "MX$", "brl": "R$", "inr": "₹", "krw": "₩", "ils": "₪", "twd": "NT$", "php": "₱", "cny": "CN¥",
}  # fmt: skip

_SMALLEST = {
    "aed": 200, "bgn": 100, "czk": 1_500, "dkk": 250, "gbp": 30, "hkd": 400, "huf": 17_500, "mxn": 1_000, "myr": 200,
    "nok": 300, "pln": 200, "ron": 200, "sek": 300, "thb": 1_000,
}  # fmt: skip
_ELSEWHERE_RATE = 0.92
_LARGEST = {"idr": 999_999_999_999}


def decimals(currency: str) -> int:
    """Return how many digits of an amount stand behind the decimal point."""
    return 0 if currency in _WITHOUT_DECIMALS else 3 if currency in _THREE_DECIMALS else 2


def step(currency: str) -> int:
    """Return the number that every amount of a currency is a multiple of."""
    return 100 if currency in _WHOLE_ONLY else 10 if currency in _THREE_DECIMALS else 1


def smallest(currency: str) -> int:
    """Return the least that can be charged: as published, else 50 of the smallest unit."""
    return _SMALLEST.get(currency, 50)


def largest(currency: str) -> int:
    """Return the most that can be charged."""
    return _LARGEST.get(currency, 99_999_999)


def show(amount: int, currency: str) -> str:
    """Write an amount of the currency's smallest unit: 123450 of "usd" is "$1,234.50"."""
    sign = _SIGNS.get(currency, currency.upper() + " ")
    minus, digits = ("-" if amount < 0 else ""), str(abs(amount)).zfill(4)
    places = decimals(currency)
    whole, part = (digits[:-places], digits[-places:]) if places else (digits, "")
    shown_part = "" if currency in _WHOLE_ONLY or not part else f".{part}"
    return f"{minus}{sign}{int(whole):,}{shown_part}"


def elsewhere(currency: str) -> str:
    """Return the currency of a buyer who comes from elsewhere."""
    return "usd" if currency == "eur" else "eur"


def show_elsewhere(amount: int, currency: str) -> str:
    """Write what about an amount is in that currency, at a rate that stays the same."""
    value = amount / 10 ** decimals(currency) * _ELSEWHERE_RATE
    return show(round(value * 100), elsewhere(currency))
