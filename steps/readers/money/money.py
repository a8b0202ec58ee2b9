"""Amounts of money in a text: which sign belongs to which number, and what the number is.

A sign belongs to the number that it touches. Where a text can be read in two ways, the amount carries its doubt, which
makes it equal to none that is certain; a sign that several currencies share has the currency "".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from steps.readers.money.amounts import INVISIBLE, Written, numbers_in
from steps.readers.money.currencies import Style, currencies_of, currency_of, is_code, is_word, style_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

_LETTER = r"[^\W\d_]"
_SYMBOL = "[$¢-¥֏؋৲৳૱௹฿៛\u20a0-\u20c0\ufdfc\uff04\uffe0\uffe1\uffe5]"
_SIGN = re.compile(
    rf"(?P<prefix>[A-Za-z]{{1,20}})?(?P<symbol>{_SYMBOL})(?P<suffix>[A-Za-z]{{2,3}}(?!{_LETTER}))?"
    rf"|(?<!{_LETTER})(?P<word>kr\.?|Kr\.?|zł|Kč|Ft|lei|лв\.?|\u0440\u0443\u0431\.?|грн|Rp\.?|RM|Rs\.?|S?Fr\.|KSh|TL|S/)(?!{_LETTER})"
    rf"|(?<!{_LETTER})(?P<code>[A-Za-z]{{3}})(?!{_LETTER})"
    r"|(?P<letter>[円元원đ])"
)
_SPACE = f"[\\s{INVISIBLE}]"
_COUNTRY = r"(?:US|CA|AU|NZ|HK|SG|MX|TW)"
_COUNTRY_BEFORE = re.compile(rf"(?<!{_LETTER})({_COUNTRY})\s+$")
_COUNTRY_BEHIND = re.compile(rf"\s+({_COUNTRY})(?!{_LETTER})")
_CODE_BEFORE = re.compile(rf"(?<!{_LETTER})([A-Za-z]{{3}})\s+$")
_DOLLARS = re.compile(r"\s*\(?([\w.]+) dollars?\b", re.IGNORECASE)
_OVERRIDES = re.compile("[\u202a-\u202e]")
_MINUS = re.compile(rf"(?:^|[\s(:{INVISIBLE}])(?:[-\u2212\u2013]|\u2212\s)$")
_DASH = re.compile(r"^\s*[-\u2013]\s+$")
_PER = re.compile(
    rf"{_SPACE}*(?:/|per\b|for each\b|each\b|pro\b|par\b|por\b|за\b|je\b){_SPACE}*(?P<each>[\d.,'’\u00a0\u202f]*\d)?"
    rf"{_SPACE}*(?P<of>{_LETTER}*)",
    re.IGNORECASE,
)
_PERIODS = re.compile(
    r"(?:d|w|wk|m|mo|mth|q|y|yr)|(?:day|week|month|quarter|year|mois|monat|jahr|mes|año|an)(?!a-z).*", re.IGNORECASE
)


_ONCE = re.compile(r"\W*/\W*(?:once|one[- ](?:time|off))\b", re.IGNORECASE)


@dataclass(frozen=True)
class Money:
    """An amount in the unit of its currency, and the currency's code, "" where the page does not tell it."""

    amount: Decimal
    currency: str
    text: str = field(default="", compare=False)
    """As it is written."""
    doubt: str = ""
    """Why the amount cannot be told for certain; "" where it can."""
    start: int = field(default=0, compare=False)
    """Where it stands in its text."""
    is_unit: bool = field(default=False, compare=False)
    """Whether it is the price of a part, as in "$10.00 per 1,000 credits"."""
    maybe: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """The currencies that its sign may stand for."""

    @property
    def end(self) -> int:
        """Where it ends in its text."""
        return self.start + len(self.text)

    @property
    def is_certain(self) -> bool:
        """Whether amount and currency are both told."""
        return bool(self.currency) and not self.doubt

    def __str__(self) -> str:
        """Write the amount with its currency, or as the page writes it where that is not certain."""
        return f"{self.amount} {self.currency}" if self.is_certain or not self.text else self.text


@dataclass
class _Sign:
    start: int
    end: int
    text: str
    is_vague: bool = False
    """Whether a word beside it may name a country."""


@dataclass
class _Number:
    written: Written
    before: _Sign | None = None
    after: _Sign | None = None
    doubt: str = ""


def amounts_in(text: str, locale: str = "en-US", thousands: str = "") -> list[Money]:
    """Return the amounts of money in a text, in its order; `thousands` is the profile's separator."""
    return list(_amounts(text, locale, thousands))


@lru_cache(8192)
def _amounts(text: str, locale: str, thousands: str) -> Sequence[Money]:
    """Read a text once: pages are looked at again and again."""
    if not any(character.isdigit() for character in text):
        return []
    style = style_of(locale, thousands)
    signs = list(_signs(text))
    if not signs:
        return []
    numbers = [_Number(one) for one in numbers_in(text, [(sign.start, sign.end) for sign in signs], style)]
    for sign in signs:
        _attach(sign, numbers, signs, text)
    found = [_money(number, text, style) for number in numbers if number.before or number.after]
    money = [one for one in found if one is not None]
    if _OVERRIDES.search(text):
        money = [replace(one, doubt="characters that turn the direction of writing") for one in money]
    return money


def _signs(text: str) -> Iterator[_Sign]:
    for match in _SIGN.finditer(text):
        start, end = match.span()
        if match["symbol"]:
            yield _symbol(match, text)
        elif not match["code"]:
            yield _Sign(start, end, match[0])
        elif is_code(match["code"]) and not _is_in_a_name(text, start, end):
            yield _Sign(start, end, match["code"].upper())


def _is_in_a_name(text: str, start: int, end: int) -> bool:
    """Whether a code is part of a word of letters and digits, such as the number of an invoice: "B15E5CAD-0023"."""
    around = re.search(r"[\w-]*$", text[:start]), re.match(r"[\w-]*", text[end:])
    rest = "".join(found[0] for found in around if found)
    return bool(re.search(r"\d", rest) and re.search(r"[^\W\d_]", rest))


def _symbol(match: re.Match[str], text: str) -> _Sign:
    """Return a symbol with the letters that belong to it: "A$", "CAD $", "$ CA"."""
    prefix, symbol, suffix = match["prefix"] or "", match["symbol"], match["suffix"] or ""
    start, end = match.span()
    if suffix and not currencies_of(symbol + suffix):
        end, suffix = end - len(suffix), ""
    if not currencies_of(prefix + symbol) and not is_code(prefix):
        own = re.search(r"[A-Z]*$", prefix)[0] if len(prefix) < 5 or not prefix.isupper() else ""  # type: ignore[index] # matches always
        start, prefix = start + len(prefix) - len(own), own
    if is_code(prefix):
        own = prefix.upper() if _agree(prefix, symbol) else symbol
        return _Sign(start, end, own, is_vague=own == symbol)
    code = _CODE_BEFORE.search(text[:start])
    if code and not prefix and _agree(code[1], symbol) and not re.search(r"\d\s*$", text[: code.start()]):
        return _Sign(code.start(), end, code[1].upper())
    if not prefix and not suffix and symbol == "$":
        before, behind = _COUNTRY_BEFORE.search(text[:start]), _COUNTRY_BEHIND.match(text, end)
        if behind and currencies_of(symbol + behind[1]) and re.search(rf"\d{_SPACE}*$", text[:start]):  # "15,00 $ US"
            return _Sign(start, behind.end(1), symbol + behind[1])
        country = before[1] if before else behind[1] if behind else "US"
        return _Sign(before.start(1) if before else start, end, symbol, is_vague=country != "US")
    return _Sign(start, end, prefix + symbol + suffix)


def _attach(sign: _Sign, numbers: list[_Number], signs: list[_Sign], text: str) -> None:
    """Attach a sign to the number that it touches, or else to the one that it stands beside."""
    left = next((one for one in reversed(numbers) if one.written.end <= sign.start), None)
    right = next((one for one in numbers if one.written.start >= sign.end), None)
    near_left = _gap(text[left.written.end : sign.start], code=sign.text) if left else None
    near_right = _gap(text[sign.end : right.written.start]) if right else None
    if left and right and near_left is not None and near_left == near_right:
        if not left.before and _is_suffix(right, near_left, numbers, signs, text):
            left.after = sign
        else:
            _attach_between(sign, left, right)
    elif left and near_left is not None and (near_right is None or near_left < near_right):
        left.after = sign
    elif right and near_right is not None:
        right.before = sign


def _is_suffix(number: _Number, near: int, numbers: list[_Number], signs: list[_Sign], text: str) -> bool:
    """Whether signs stand behind their numbers here: the row of numbers and signs ends with a sign."""
    while True:
        own = next((one for one in signs if one.start >= number.written.end), None)
        if own is None or _gap(text[number.written.end : own.start]) != near:
            return False
        later = next((one for one in numbers if one.written.start >= own.end), None)
        if later is None or _gap(text[own.end : later.written.start]) != near:
            return True
        number = later


def _attach_between(sign: _Sign, left: _Number, right: _Number) -> None:
    """Settle a sign that stands equally near to two numbers: the one that is written as money has it."""
    if left.before:
        clash = not _agree(left.before.text, sign.text)
        if clash or left.before.text == sign.text or not is_code(sign.text):
            right.before = sign
        else:
            left.doubt = right.doubt = f"“{sign.text}” between two numbers"
            right.before = sign
        return
    money = [one for one in (left, right) if one.written.fraction]
    if len(money) != 1 and left.written.is_part != right.written.is_part:
        money = [left if right.written.is_part else right]
    if len(money) == 1:
        money[0].before, money[0].after = (None, sign) if money[0] is left else (sign, None)
    else:
        right.before = sign
        right.doubt = f"“{sign.text}” between two numbers"


def _gap(between: str, code: str = "") -> int | None:
    """Return how far a sign is from a number: 0 touches, 1 stands beside, None is elsewhere."""
    plain = re.sub(rf"[{INVISIBLE}]|^[.,][-\u2013\u2014]{{1,2}}", "", between)
    if not plain:
        return 0
    if is_code(code):
        plain = plain.replace("(", "", 1)
    return 1 if not plain.strip() or plain in ("-", "\u2212", "\u2013") else None


def _money(number: _Number, text: str, style: Style) -> Money | None:
    before, after, written = number.before, number.after, number.written
    main = before or after
    assert main is not None
    if is_code(main.text) and is_word(main.text) and not (before and after) and not written.fraction:
        return None
    start = min(written.start, before.start if before else written.start)
    end = max(written.end, after.end if after else written.end)
    currency, maybe, clash = _joint(before, after, style)
    named = _DOLLARS.match(text, end)
    if len(maybe) > 1 and named and named[1].upper().replace(".", "") not in ("US", "AMERICAN"):
        currency = ""
    value, doubt = written.value(currency, style)
    if _MINUS.search(text[:start]) or (before and re.search("[-\u2212\u2013]", text[before.end : written.start])):
        value = -value
    elif _DASH.match(text[:start]):
        doubt = "a minus or a dash"
    if main.text.endswith("¢"):
        doubt = "parts of a unit"
    doubt = number.doubt or clash or doubt
    return Money(value, currency, text[start:end], doubt, start, is_unit=_is_unit(text, end), maybe=maybe)


def _joint(before: _Sign | None, after: _Sign | None, style: Style) -> tuple[str, tuple[str, ...], str]:
    """Return the currency of an amount's signs, those that it may be, and what does not fit."""
    signs = [sign for sign in (before, after) if sign]
    maybe = tuple(code for code in currencies_of(signs[0].text) if code in currencies_of(signs[-1].text))
    if any(sign.is_vague for sign in signs):
        return "", maybe, ""
    if len(maybe) == 1:
        return maybe[0], maybe, ""
    clash = f"“{signs[0].text}” and “{signs[-1].text}” on one number" if len(signs) == 2 and not maybe else ""
    return currency_of(signs[0].text, style) if maybe else "", maybe, clash


def _agree(one: str, other: str) -> bool:
    return bool(set(currencies_of(one)) & set(currencies_of(other)))


def _is_unit(text: str, end: int) -> bool:
    """Whether what follows makes the amount the price of a part: no price per month is, nor one that is paid once."""
    found = _PER.match(text, end)
    if not found or _ONCE.match(text, end) or not (found["each"] or found["of"] or "each" in found[0].lower()):
        return False
    return not _PERIODS.fullmatch(found["of"])
