"""What a single line of Current Plan is about: credits or something else, and by which words it is named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.readers.figures.numbers import without_dates

if TYPE_CHECKING:
    from steps.readers.credits.credits import Shown
    from steps.readers.figures.numbers import Number

_OTHERS = re.compile(
    r"\s*(?:more )?(?:workflow |large |small |AI )?(?:packs?|packages?|purchases?|top-?ups?|orders?|payments?|invoices?"
    r"|runs?|executions?|tasks?|operations?|requests?|messages?|images?|videos?|pages?|documents?|words|tokens"
    r"|minutes?|hours?|days?|weeks?|months?)\b",
    re.IGNORECASE,
)
"""What a purchase makes more of besides credits, or what these are enough for."""
_CALLED = re.compile(r"\s*(?:add-?on |bought |extra )?credits?\b", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"\b(?:last|latest|can still|up to|per|each|every|costs?|earn(?:ed)?|points?|reward)\b", re.IGNORECASE
)
"""What a line speaks of that is no balance, though it is credits."""
_ABOUT = re.compile(r"(?:\u2248|~|\b(?:about|approx\.?|approximately|roughly|around|enough for))\s*$", re.IGNORECASE)
_CREDITS = re.compile(r"\bcredits?\b")
_OF = re.compile(r"\b(?:out )?(?:of|von|van|sur|de|di)\b")
_SPENT = re.compile(
    r"\b(?:spent|spend|spending|charges?|charged|paid|billed|to date|so far|worth|upcoming|average|account credit)\b",
    re.IGNORECASE,
)
"""What money is about that a purchase changes."""


_ADD_ON = re.compile(r"\b(?:add-?ons?|top-?ups?|purchased|bought|extra|additional)\b", re.IGNORECASE)
"""What sites call the credits that are bought, besides the name that the profile knows."""


def may_name_add_on(text: str) -> bool:
    """Whether a label may be one of add-on credits, by the words that sites have for them, and of no single payment."""
    return bool(_ADD_ON.search(text)) and not _OTHERWISE.search(text) and without_dates(text) == text


def is_no_balance(text: str, number: Number) -> bool:
    """Whether a number counts something else than credits that a purchase may change too."""
    return bool(_OTHERS.match(text, number.end) or _ABOUT.search(text[: number.start]))


def two_counts(line: Shown) -> list[int]:
    """Return the two numbers of a line that has no others, the smaller one first; [] for any other line."""
    counts = sorted(int(one.value) for one in line.numbers if one.kind == "count" and one.value is not None)
    return counts if len(counts) == len(line.numbers) == 2 else []


def words_of(text: str) -> set[str]:
    """Return the words by which a line is named, those aside that all have."""
    return set(re.findall(r"[^\W\d_]{4,}", text.casefold())) - {"credits", "left"}


def words_before(line: Shown, number: Number) -> set[str]:
    """Return the words before a number on its line, behind the number before it."""
    begins = max((one.end for one in line.numbers if one.end <= number.start), default=0)
    return words_of(line.text[begins : number.start])


def settling(line: Shown) -> str:
    """Return the line of the profile that settles what a line says."""
    settle = next((one.settle for one in line.numbers if one.settle), "")
    return settle or 'labels.current_plan = { selector = "…" }'


def is_credits_by_words(line: Shown, number: Number) -> bool:
    """Whether a number that no word explains is called credits, or stands alone."""
    called = _CALLED.match(line.text, number.end) and not _OTHERWISE.search(line.text)
    return bool(called) or not re.search(r"[^\W\d_]", _OF.sub(" ", line.form))


def has_unknown_words(line: Shown) -> bool:
    """Whether a line says more than how many of how many credits."""
    return bool(re.search(r"[^\W\d_]", _CREDITS.sub("", _OF.sub("", line.form))))


def is_about_spending(text: str) -> bool:
    """Whether a text is about money that a purchase changes: what was spent, paid or billed."""
    return bool(_SPENT.search(text))
