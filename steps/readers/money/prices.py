"""Amounts of money on a page, read with all that the page and the profile say of locale and currency."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from steps.readers.money.currencies import USUAL, currencies_of
from steps.readers.money.money import Money, amounts_in
from steps.readers.page.fact import Unclear
from steps.readers.page.lines import layout_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

_CODE = re.compile(r"(?<![^\W\d_])[A-Z]{3}(?![^\W\d_])")
_NUMBERED = re.compile(r"\w+(?:[-/]\w+)+")
"""The number of an invoice, which may hold any letters: "B15E5CAD-0023"."""
_WITHOUT_TAX = re.compile(
    r"(?:\b(?:without|excl\w*|plus|before|no|net of|not includ\w+|zzgl|exkl|hors|ohne|ex)\b|\+)[^.\d]{0,24}"
    r"\b(?:tax|taxes|vat|gst|mwst|ust|tva|iva|btw)\b|\bnet prices?\b",
    re.IGNORECASE,
)
_WITH_TAX = re.compile(
    r"(?<!not )\b(?:incl(?:\.|\w*)|inkl\.?|with)\s*(?:(?:all|any|of|the|sales|applicable|\d+(?:[.,]\d+)?\s?%)\s*)*"
    r"(?:tax|taxes|vat|gst|mwst|ust|tva|iva|btw)\b|\b(?:tax|taxes|vat|gst) (?:is |are )?included\b|\bttc\b",
    re.IGNORECASE,
)
SAVES = re.compile(
    r"\b(?:save|saves|saved|saving|discount|off)\b|\b(?:was|instead of)\b(?!.*\b(?:now|only|just|pay)\b)", re.IGNORECASE
)
"""What stands before an amount that is saved, or that was the price: "was $25.00 now $20.00"."""
_DOLLAR = currencies_of("$")


@dataclass(frozen=True)
class Reading:
    """How amounts are to be read on one page."""

    locale: str
    thousands: str
    language: str = ""
    currency: str = ""
    """The profile's own: the only one that may be paid in."""
    others: bool = False
    """Whether the page names dollars of another country, so that a bare "$" may be theirs."""

    def amounts(self, text: str) -> list[Money]:
        """Return the amounts of money in a text, as `amounts_in` does, with what the page says besides."""
        found = amounts_in(text, self.locale, self.thousands)
        if found and self.language and self.language != self.locale:
            found = [
                _agreed(*both) for both in zip(found, amounts_in(text, self.language, self.thousands), strict=True)
            ]
        return [self._settled(one) for one in found]

    def without(self, text: str) -> str:
        """Return a text with its amounts of money blotted out, so that counts beside them are read for themselves."""
        for money in amounts_in(text, self.locale, self.thousands):
            if not money.doubt:
                text = text[: money.start] + "|" * len(money.text) + text[money.end :]
        return text

    def _settled(self, money: Money) -> Money:
        if len(money.maybe) < 2:
            return money
        if self.others and "USD" in money.maybe:
            money = replace(money, currency="")
        if not money.currency and self.currency in money.maybe:
            return replace(money, currency=self.currency)
        return money


def reading_of(profile: Profile, language: str, texts: Iterable[str] = ()) -> Reading:
    """Return how to read the amounts of a page in a language; `texts` are all that the page says."""
    codes = (code for text in texts for code in _CODE.findall(_NUMBERED.sub(" ", text)))
    others = any(code in _DOLLAR and code != "USD" for code in codes)
    return Reading(profile.locale, profile.thousands, language, profile.payments.currency or "", others)


def unclear_money(about: str, seen: Iterable[Money]) -> Unclear:
    """Return why amounts cannot be told, with the line of the profile that settles it."""
    seen = list(seen)
    first = next((one for one in seen if not one.is_certain), seen[0])
    words = tuple(dict.fromkeys(f"{one.text} ({one.doubt})" if one.doubt else one.text for one in seen))
    if first.doubt:
        return Unclear(about, words, 'locale = "…"')
    likely = next(iter(first.maybe), "…")
    return Unclear(
        about, words, f'payments.currency = "{likely}"' if len(first.maybe) == 1 else 'payments.currency = "…"'
    )


def _agreed(by_locale: Money, by_language: Money) -> Money:
    """Return what the profile's locale and the page's language make of an amount, if they do not contradict."""
    one, other = by_locale.currency, by_language.currency
    if by_locale.doubt and not by_language.doubt:
        by_locale = replace(by_locale, amount=by_language.amount, doubt="")
    elif not by_locale.doubt and not by_language.doubt and by_locale.amount != by_language.amount:
        by_locale = replace(by_locale, doubt="read otherwise in the page's language")
    if one == other:
        return by_locale
    usual = one in USUAL.values() or other in USUAL.values()
    return replace(by_locale, currency="" if usual or (one and other) else one or other)


def tax_included(snapshot: Snapshot) -> str:
    """Return the line of what is in front that says that prices include tax; "" where none does, or one denies it."""
    lines = [line.text for line in layout_of(snapshot).lines]
    with_tax = (text for text in lines if _WITH_TAX.search(text))
    return "" if any(_WITHOUT_TAX.search(text) for text in lines) else next(with_tax, "")


def tax_note(snapshot: Snapshot) -> str:
    """Return the line of what is in front that says that prices are without tax; "" where none does."""
    return next((line.text for line in layout_of(snapshot).lines if _WITHOUT_TAX.search(line.text)), "")
