"""What a page says that is contrary to the documentation of credits that are bought.

They are paid for once, can be bought at any time, and stay. Sentences about the plan, whose credits come each month,
are no part of that.
"""

from __future__ import annotations

import re

from steps.readers.page.terms import says_renewal

_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_OF_THE_PLAN = re.compile(r"\b(?:plans?|subscriptions?|monthly|included|unused)\b", re.IGNORECASE)
_SUPPOSED = re.compile(r"\b(?:not|never|no|without|unless|if|when|whenever|may|might)\b|n['\u2019]t\b", re.IGNORECASE)
_EACH = r"(?:an?|per|every|each) (?:day|week|month|year|(?:billing )?cycle)"
_CONTRARY = re.compile(
    r"\bcharged\b.*\bagain\b"
    rf"|\b(?:buy|purchase|bought|purchased)\b.*\b(?:only )?once {_EACH}\b"
    rf"|\bonly (?:one|a single|1) (?:package|purchase|order|top-?up) {_EACH}\b"
    r"|\bcredits?\b.*\bcan only be (?:bought|purchased|added)\b"
    r"|\bcredits?\b.*\bwill be (?:removed|deleted|revoked|reversed|withdrawn|taken (?:back|away))\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\bcredits? (?:are|will be) (?:added|available|credited|usable)\b"
    r".*\b(?:next|following) (?:billing )?(?:cycle|month|period)\b",
    re.IGNORECASE,
)


def contrary(text: str) -> str:
    """Return the sentence of a line that is contrary to what is documented of credits that are bought; "" for none."""
    return next((one for one in _sentences(text) if _is_said(_CONTRARY, one)), "")


def contrary_where_sold(text: str) -> str:
    """Return the same of a line beside packages, where a renewal is theirs, and credits are those that are on sale."""
    return contrary(text) or next((one for one in _sentences(text) if says_renewal(one) or _is_said(_LATER, one)), "")


def _sentences(text: str) -> list[str]:
    return [one for one in _SENTENCE.split(text) if not _OF_THE_PLAN.search(one)]


def _is_said(words: re.Pattern[str], sentence: str) -> bool:
    return bool(words.search(sentence)) and not _SUPPOSED.search(sentence)
