"""What the signs of money stand for, and how a locale writes numbers. Babel (CLDR) knows both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

_DOLLARS = (
    "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU", "BRL", "BBD",
    "BMD", "BND", "BSD", "BZD", "CUP", "DOP", "FJD", "GYD", "JMD", "KYD", "LRD", "NAD", "NIO", "SBD",
    "SRD", "TTD", "XCD", "MOP",
)  # fmt: skip
_CROWNS = ("SEK", "NOK", "DKK", "ISK")
_RUPEES = ("INR", "PKR", "LKR", "NPR", "MUR", "SCR")
_POUNDS = ("GBP", "EGP", "GIP", "FKP", "SHP", "LBP", "SYP", "SDG", "SSP")

_SIGNS: dict[str, tuple[str, ...]] = {
    "$": _DOLLARS, "US$": ("USD",), "U$": ("USD",), "$US": ("USD",), "US": ("USD",),
    "A$": ("AUD",), "AU$": ("AUD",), "$AU": ("AUD",), "C$": ("CAD",), "CA$": ("CAD",), "Can$": ("CAD",),
    "CDN$": ("CAD",), "$CA": ("CAD",), "HK$": ("HKD",), "$HK": ("HKD",), "NZ$": ("NZD",), "$NZ": ("NZD",),
    "S$": ("SGD",), "SG$": ("SGD",), "$SG": ("SGD",), "MX$": ("MXN",), "Mex$": ("MXN",), "$MX": ("MXN",),
    "R$": ("BRL",), "NT$": ("TWD",), "TW$": ("TWD",),
    "€": ("EUR",), "£": _POUNDS, "¥": ("JPY", "CNY"), "￥": ("JPY", "CNY"), "CN¥": ("CNY",), "JP¥": ("JPY",),
    "円": ("JPY",), "元": ("CNY", "TWD"), "원": ("KRW",), "₩": ("KRW",), "₫": ("VND",), "đ": ("VND",), "₹": ("INR",),
    "₽": ("RUB",), "\u0440\u0443\u0431": ("RUB",), "\u0440\u0443\u0431.": ("RUB",),
    "₺": ("TRY",), "TL": ("TRY",), "₴": ("UAH",), "грн": ("UAH",),
    "₦": ("NGN",), "₱": ("PHP",), "₪": ("ILS",), "฿": ("THB",), "₡": ("CRC",), "₲": ("PYG",), "₸": ("KZT",),
    "₼": ("AZN",), "₾": ("GEL",), "₵": ("GHS",), "₭": ("LAK",), "₮": ("MNT",), "៛": ("KHR",), "৳": ("BDT",),
    "kr": _CROWNS, "kr.": _CROWNS, "Kr": _CROWNS, "Kr.": _CROWNS, "zł": ("PLN",), "Kč": ("CZK",), "Ft": ("HUF",),
    "lei": ("RON", "MDL"), "лв": ("BGN",), "лв.": ("BGN",), "Rp": ("IDR",), "Rp.": ("IDR",), "RM": ("MYR",),
    "Rs": _RUPEES, "Rs.": _RUPEES, "Fr.": ("CHF", "XOF", "XAF"), "SFr.": ("CHF",), "KSh": ("KES",), "S/": ("PEN",),
}  # fmt: skip
"""Each sign with the currencies that write it; the first is no better than the others."""

USUAL = {"$": "USD", "£": "GBP"}
"""What a sign that several countries write stands for where no locale of theirs is about."""

_WORDS = {"ALL", "TOP", "TRY", "CUP", "MAD", "PEN", "SOS", "GEL", "BAM", "ANG", "MOP", "LAK", "BOB", "RON", "RUB"}
"""Codes that are also words or names: a number beside one is money only with a fraction."""


@dataclass(frozen=True)
class Style:
    """How numbers are written where a page is read, and whose money a bare sign is."""

    group: str
    territory: str


@cache
def style_of(locale: str, thousands: str = "") -> Style:
    """Return the style of a locale such as "en-US"; `thousands` is the profile's own sign, where it is not ","."""
    found = _locale(locale)
    group = str(found.number_symbols["latn"]["group"]) if found else ","
    territory = (found.territory if found else None) or _likely_territory(found)
    return Style(thousands if thousands not in ("", ",") else group, territory)


@cache
def currencies_of(sign: str) -> tuple[str, ...]:
    """Return the currencies that a sign or code may stand for; none where it is unknown."""
    if sign in _SIGNS:
        return _SIGNS[sign]
    if sign.startswith("$") and sign[1:].upper() in _DOLLARS:
        return (sign[1:].upper(),)
    return (sign.upper(),) if is_code(sign) else ()


def currency_of(sign: str, style: Style) -> str:
    """Return the currency of a sign, "" where only the page's locale could tell it and does not."""
    possible = currencies_of(sign)
    own = _money_of(style.territory)
    if len(possible) == 1:
        return possible[0]
    if sign in USUAL:
        return USUAL[sign] if own not in possible or own == USUAL[sign] else ""
    return own if own in possible else ""


@cache
def is_code(word: str) -> bool:
    """Whether a word is the ISO 4217 code of money in use, in capitals or small letters throughout."""
    if len(word) != 3 or not (word.isupper() or (word.islower() and not is_word(word))):
        return False
    return word.upper() in _codes()


def is_word(code: str) -> bool:
    """Whether a code is a word of other meaning too."""
    return code.upper() in _WORDS


@cache
def precision_of(currency: str) -> int:
    """Return how many digits a currency has behind the point."""
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency) if currency else 2


@cache
def home_group(currency: str) -> str:
    """Return the thousands separator of the country that a currency's code names, "" unknown."""
    if currency == "EUR":
        return "."
    found = _locale(f"und-{currency[:2]}") if currency else None
    return str(found.number_symbols["latn"]["group"]) if found and "latn" in found.number_symbols else ""


@cache
def _codes() -> frozenset[str]:
    from babel.core import get_global

    return frozenset(
        code
        for of_territory in get_global("territory_currencies").values()
        for code, _, end, is_tender in of_territory
        if end is None and is_tender
    )


@cache
def _money_of(territory: str) -> str:
    from babel.numbers import get_territory_currencies

    found = get_territory_currencies(territory) if territory else []
    return str(found[0]) if len(found) == 1 else ""


@cache
def _locale(name: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(name, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def _likely_territory(locale: Locale | None) -> str:
    from babel.core import get_global

    if locale is None:
        return ""
    return str(get_global("likely_subtags").get(locale.language, "")).rpartition("_")[2]
