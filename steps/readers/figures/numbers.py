"""Numbers as pages write them: which are counts, what parts their thousands, and which cannot be told."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SPACES = " \u00a0\u202f\u2009"
_KEPT = SPACES[1:]
_UNBROKEN = re.compile(rf"\d[{_KEPT}]\d{{3}}(?!\d)")
"""Between digits these spaces part thousands and nothing else, whatever the profile says."""
APOSTROPHES = "'’\u02bc"
_TOKEN = re.compile(
    rf"(?:\d{{1,3}}(?:[{_KEPT}]\d{{3}}(?!\d))+|\d{{1,3}}(?:[{SPACES}]\d{{3}}(?!\d)(?![.,]?\d))+|\d+(?:[.,{APOSTROPHES}](?=\d)\d+)*)(?:[.,]\d+)?"
)
"""A number: a usual space parts thousands only where no other sign does, or two numbers beside would be one."""
_SHORT = re.compile(r"(?<![\w.,])(\d+)(?:[.,](\d{1,2}))?\s?([kKM])(?!\w)")
"""A number written short."""
_FEW = re.compile(rf"{_SHORT.pattern}|(?<![\w.,])\d{{1,3}}(?![\w.,])")
_FEW_ALONE = re.compile(rf"\s*(?:{_FEW.pattern})(?:\W+(?:(?:out )?of\W+)?(?:{_FEW.pattern}))*\W*")
"""Numbers of few digits and nothing else: written short, or short in themselves."""
_SHORT_ALONE = re.compile(r"\W*(\d+(?:[.,]\d{1,3})?)\s?([kKmM])\W*")
_WHOLE = r"([1-9]\d{3,}|[1-9]\d{0,2}(?:[.,\s'\u2019]\d{3})+)"
_WHOLE_LAST = re.compile(rf"(?<![\w.,]){_WHOLE}\s*$")
_WHOLE_FIRST = re.compile(rf"\W*{_WHOLE}(?![\w.,]\d)")
OF_A_NUMBER = re.compile(r"\s*(?:/|(?:(?:out )?of|von|van|sur|de|di|av|af|z)\b)\s*\d", re.IGNORECASE)
"""How a text begins that tells of which number the one before it is a part."""
_NEAR = Decimal("0.03")
"""How far a short number may be off the whole one that it repeats, as a part of that."""
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATES = re.compile(
    rf"\b\d{{4}}-\d\d?-\d\d?\b|\b(?:19|20)\d\d(?:/\d\d?/|\.\s?\d\d?\.\s?|年\d\d?月)\d\d?(?!\d)|\b\d{{1,2}}([./-])\d{{1,2}}\1(?:\d{{4}}|\d\d)?(?!\d)|\b\d{{1,2}}:\d\d(?::\d\d)?\b"
    rf"|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?\b|\b\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?\b"
    rf"|\b{_MONTH}\s+\d{{4}}\b|\b\d{{1,2}}(?:st|nd|rd|th)\b|\b\d{{1,2}}/\d{{2}}\b(?=\s*(?:expir|valid))|©\s*\d{{4}}"
    rf"|\b\d{{1,2}}([-/.]){_MONTH}\2\d{{2,4}}\b"
    r"|\b(?:since|until|till|through|expires?|expiring|in|by|year)\s+(?:19|20)\d\d\b(?![-/.]\d)",
    re.IGNORECASE,
)
_LAST_DAY, _LAST_MONTH = 31, 12
_CODES = frozenset({
    "USD", "EUR", "GBP", "JPY", "CNY", "INR", "VND", "AUD", "CAD", "NZD", "CHF", "SEK", "NOK", "DKK",
    "PLN", "CZK", "HUF", "BRL", "MXN", "SGD", "HKD", "TWD", "KRW", "IDR", "MYR", "THB", "PHP", "ZAR",
    "TRY", "RUB", "UAH", "ILS", "AED", "SAR", "KWD", "BHD", "RON", "BGN", "kr", "zł", "Rp", "Rs",
    "R",
})  # fmt: skip


@dataclass(frozen=True)
class Number:
    """A number in a text. `value` is None where the page leaves open what it is; `settle` is what would tell."""

    raw: str
    start: int
    end: int
    kind: Literal["count", "percent", "money", "other"]
    value: Decimal | None
    step: Decimal = Decimal(0)
    """What it is rounded to where it is shortened ("2.5K"); 0 for an exact one."""
    settle: str = ""


@dataclass(frozen=True)
class Notation:
    """How a page writes its numbers: what the profile says, and what the page leaves no doubt about."""

    thousands: str
    decimals: frozenset[str] = frozenset()
    """The signs that certainly stand before a fraction somewhere on the page."""
    groups: frozenset[str] = frozenset()
    """The signs that certainly part thousands somewhere on the page."""


def last_place(number: Decimal) -> Decimal:
    """Return a unit of the last digit that is written: 0.01 of 20.00, 1 of 300."""
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def exact_of(text: str, title: str) -> str:
    """Return a text with the whole number that its title tells of its only short one ("11.2K left"), or the text as is.

    The title does where it has one number, which rounds or is cut off to the short one.
    """
    written, told = _short_and_exact(text, title)
    fits = written and _rounds_to(told, written)
    return text[: written.start()] + told + text[written.end() :] if written and fits else text


def is_belied(text: str, title: str) -> bool:
    """Whether a text has one short number ("11.2K left") and its title a whole one that does not round to it."""
    written, told = _short_and_exact(text, title)
    return written is not None and not _rounds_to(told, written)


def repeats_short(text: str, before: str, behind: str) -> bool:
    """Whether a text is a number written short ("1.87K") that stands right beside the whole one that it rounds."""
    written = _SHORT_ALONE.fullmatch(text)
    beside = [found for one in (_WHOLE_LAST.search(before), _WHOLE_FIRST.match(behind)) if (found := one and one[1])]
    if written is None or not beside:
        return False
    short = Decimal(written[1].replace(",", ".")) * (1_000_000 if written[2] in "mM" else 1000)
    return any(abs(short / int(re.sub(r"\D", "", one)) - 1) <= _NEAR for one in beside)


def restates(short: str, whole: str) -> bool:
    """Whether a text is short numbers alone ("17.4k / 20k"), and another has more, and the whole one of each."""
    if not _FEW_ALONE.fullmatch(short) or not re.search(r"[^\W\d_]", whole) or OF_A_NUMBER.match(whole):
        return False
    left = [one for one in _TOKEN.findall(without_dates(whole)) if re.fullmatch(r"\d+|\d{1,3}(?:\D\d{3})+", one)]
    for written in _FEW.finditer(short):
        is_same = written[0].__eq__ if written[0].isdigit() else partial(_rounds_to, written=written)
        at = next((at for at, one in enumerate(left) if is_same(one)), -1)
        if at < 0:
            return False
        del left[: at + 1]
    return True


def _short_and_exact(text: str, title: str) -> tuple[re.Match[str] | None, str]:
    written, told = list(_SHORT.finditer(text)), _TOKEN.findall(title)
    is_told = len(told) == 1 and bool(re.fullmatch(r"\d+|\d{1,3}(?:\D\d{3})+", told[0]))
    return (written[0], told[0]) if len(written) == 1 and is_told else (None, "")


def _rounds_to(exact: str, written: re.Match[str]) -> bool:
    whole, fraction, scale = written.groups(default="")
    step: int = (1_000_000 if scale == "M" else 1000) // 10 ** len(fraction)
    beyond = int(re.sub(r"\D", "", exact)) - int(whole + fraction) * step
    return -step <= 2 * beyond and beyond < step


def notation_of(texts: Iterable[str], thousands: str) -> Notation:
    """Return how a page writes numbers, from all that stands on it and the `thousands` of the profile.

    The fraction of money says nothing of counts: prices are often written as their currency's country does.
    """
    decimals: set[str] = set()
    groups: set[str] = set()
    for text in texts:
        plain = without_dates(text)
        for match in _TOKEN.finditer(plain):
            parts, signs = _parted(match[0])
            if _is_version(parts, signs):
                continue
            group, fraction = _certain(parts, signs)
            groups.update({group} - {""})
            if not _money_before(plain[: match.start()]) and not _money_after(plain[match.end() :]):
                decimals.update({fraction} - {""})
    return Notation(thousands, frozenset(decimals - groups), frozenset(groups))


def numbers_in(text: str, notation: Notation) -> list[Number]:
    """Return the numbers of a text in order; dates and versions are none."""
    return list(_read(text, notation))


@lru_cache(8192)
def _read(text: str, notation: Notation) -> tuple[Number, ...]:
    return tuple(_numbers(text, notation))


def _numbers(text: str, notation: Notation) -> Iterator[Number]:
    plain = without_dates(text)
    for match in _TOKEN.finditer(plain):
        start, end = match.span()
        raw, before, after = match[0], plain[:start], plain[end:]
        if re.search(r"[A-Za-z_#][.-]?$", before) and not _money_before(before):
            continue  # part of a word, a version or an identifier
        parts, signs = _parted(raw)
        if _is_version(parts, signs):
            continue
        scale = re.match(r"[kKmM](?![\w])", after)
        if not scale and re.match(r"[A-Za-z]", after) and not _money_after(after):
            continue
        kind: Literal["count", "percent", "money", "other"] = "count"
        if re.match(r"\s?[%٪]", after) or re.search(r"%\s?$", before):
            kind = "percent"
        elif _money_before(before) or _money_after(after[1:] if scale else after):
            kind = "money"
        if scale:
            end += 1
        parting = " " if _UNBROKEN.search(raw) else notation.thousands
        value, step, settle = _value(
            parts, signs, scale[0].upper() if scale else "", replace(notation, thousands=parting), kind
        )
        if value is not None and re.search(r"(?:^|[\s(])[-\u2212]$", before):
            value = -value
        yield Number(text[start:end], start, end, kind, value, step, settle)


@lru_cache(8192)
def without_dates(text: str) -> str:
    """Return the text with its dates and times blanked, each number at its place."""
    return _DATES.sub(lambda found: found[0] if _ends_a_sentence(found) else " " * len(found[0]), text)


def _ends_a_sentence(found: re.Match[str]) -> bool:
    """Whether what looks like a day without a year is a price before a full stop: "for $29.00. Renews"."""
    if found[1] != "." or not found[0].endswith("."):
        return False
    day, month, _ = found[0].split(".")
    is_day = 1 <= int(day) <= _LAST_DAY and 1 <= int(month) <= _LAST_MONTH
    return not is_day or _money_before(found.string[: found.start()])


def _parted(raw: str) -> tuple[list[str], list[str]]:
    signs = [" " if sign in SPACES else "'" if sign in APOSTROPHES else sign for sign in re.findall(r"\D", raw)]
    return re.split(r"\D", raw), signs


def _is_version(parts: list[str], signs: list[str]) -> bool:
    """Whether points stand between numbers that are no thousands ("1.2.3", an address)."""
    return len(signs) > 1 and set(signs) == {"."} and not _grouped(parts)


def _grouped(parts: list[str]) -> bool:
    first, *rest = parts
    if not rest or not 1 <= len(first) <= 3 or first == "0" or len(rest[-1]) != 3:
        return False
    inner = {len(part) for part in rest[:-1]}
    return inner <= {3} or (inner == {2} and len(first) <= 2)


def _certain(parts: list[str], signs: list[str]) -> tuple[str, str]:
    """Return what parts thousands and what stands before the fraction, as far as one number alone leaves no doubt."""
    if not signs:
        return "", ""
    if len(set(signs)) == 1:
        sign = signs[0]
        if _grouped(parts):
            return (sign, "") if len(signs) > 1 or sign in " '" else ("", "")
        return "", sign if len(signs) == 1 and sign in ".," else ""
    if len(set(signs[:-1])) == 1 and signs[-1] in ".," and _grouped(parts[:-1]):
        return signs[0], signs[-1]
    return "", ""


def _value(
    parts: list[str], signs: list[str], scale: str, notation: Notation, kind: str
) -> tuple[Decimal | None, Decimal, str]:
    """Return the value, what it is rounded to, and what would settle it where the value is unclear."""
    factor = Decimal({"K": 1000, "M": 1_000_000}.get(scale, 1))
    group, fraction = _certain(parts, signs)
    if signs and not group and not fraction:
        if not _grouped(parts):
            return None, Decimal(0), f'thousands = "{signs[0]}"'
        if kind == "percent" or scale:
            fraction = signs[0] if signs[0] != notation.thousands else ""
        group = "" if fraction else signs[0]
        if group and group in notation.decimals and group not in notation.groups:
            return None, Decimal(0), f'thousands = "{group}"'
    if group and group != notation.thousands:
        return None, Decimal(0), f'thousands = "{group}"'
    if fraction and fraction == notation.thousands and kind != "money":
        return None, Decimal(0), f'thousands = "{"," if fraction == "." else "."}"'
    digits = "".join(parts) if not fraction else "".join(parts[:-1]) + "." + parts[-1]
    places = len(parts[-1]) if fraction else 0
    return Decimal(digits) * factor, factor / 10**places if scale else Decimal(0), ""


def _is_sign(char: str) -> bool:
    return unicodedata.category(char) == "Sc"


def _money_before(before: str) -> bool:
    cut = before.rstrip(SPACES + "-\u2212")
    if cut and _is_sign(cut[-1]):
        return True
    word = re.search(r"(?<![A-Za-zł])[A-Za-zł]+$", cut)
    return word is not None and word[0] in _CODES


def _money_after(after: str) -> bool:
    cut = after.lstrip(SPACES)
    if cut and _is_sign(cut[0]):
        # A sign that touches the next number belongs to that.
        return not (len(after) > len(cut) and re.match(r".\d", cut))
    word = re.match(r"[A-Za-zł]+", cut)
    return word is not None and word[0] in _CODES - {"R"}
