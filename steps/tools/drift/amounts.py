"""Amounts of credits as pages write them: 2,000 · 2 000 · 2.000 · 2000 · 2k · 1.2 million."""

from __future__ import annotations

import re
from dataclasses import dataclass

_AMOUNT = re.compile(
    r"(?P<whole>\d{1,3}(?:[,.'_ ]\d{3})+(?!\d)|\d+)(?:[.,](?P<part>\d+))?\s*(?P<scale>k|thousand|m|million)?(?![\w%])"
    r"\s*(?P<unit>[^\W\d_]+)?",
    re.IGNORECASE,
)
_SCALE = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}
_IN_TEXT = re.compile(r"(?<![\w.,$€£])\d{1,3}(?:[,.]\d{3})+(?![\w%])|(?<![\w.,$€£])\d{3,}(?![\w%])")


@dataclass(frozen=True)
class Amount:
    """A package as a page names it."""

    value: int
    """In its unit, which is credits unless the page says otherwise."""
    written: str
    """The number as the page writes it."""
    unit: str = "credits"
    """The word after the number, in lower case; "credits" where there is none."""
    rest: str = ""
    """What else stands with it, such as a price."""


def amount_in(item: str) -> Amount | None:
    """Read an item of a list or a row of a table that begins with, or holds alone, an amount of credits."""
    text = item.strip()
    match = _AMOUNT.match(text)
    if match is None:
        match = next((found for found in _AMOUNT.finditer(text) if _is_credits(found["unit"])), None)
    if match is None:
        return None
    value, unit = _value(match), (match["unit"] or "credits").lower()
    if value < 100 and not _is_credits(match["unit"]):
        return None
    written = match[0][: match.start("unit") - match.start()] if match["unit"] else match[0]
    rest = (text[: match.start()] + text[match.end() :]).strip(" .,:;|()–—-\n")  # noqa: RUF001 - as pages write them
    return Amount(value, written.strip(), "credits" if unit == "credit" else unit, rest)


def amounts_in_sentence(sentence: str) -> list[Amount]:
    """Read a list of packages that is written as a sentence; fewer than three amounts are no list."""
    found = [Amount(int(re.sub(r"\D", "", match[0])), match[0]) for match in _IN_TEXT.finditer(sentence)]
    return found if len(found) >= 3 and "credit" in sentence.lower() else []


def _value(match: re.Match[str]) -> int:
    whole = re.sub(r"\D", "", match["whole"])
    scale = _SCALE.get((match["scale"] or "").lower(), 1)
    return round(float(f"{whole}.{match['part'] or 0}") * scale)


def _is_credits(unit: str | None) -> bool:
    return (unit or "").lower() in ("credit", "credits")
