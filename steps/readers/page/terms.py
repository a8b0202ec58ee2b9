"""Words that several readers look for."""

import re

ACCEPTED = r"(?!.*\b(newsletter|marketing|offers|news|save)\b).*\b(accept|agree|consent|read)\b.*\b(terms|conditions)\b"
"""What is said beside a box with which terms are accepted."""
NOTHING = re.compile(r"\b(?:undefined|NaN)\b|\[object Object\]|\bInvalid Date\b|[$\u20ac\u00a3\u00a5]\s?null\b")
"""What programs write where they have nothing to write, whatever stands around it."""
NO_WORD = re.compile(rf"{NOTHING.pattern}|\{{\{{.*?\}}\}}|\$\{{\w[\w.]*\}}|%\(\w+\)[sd]")
"""That, and what they have not filled in."""
_ERROR = re.compile(
    r"\bsomething went wrong\b|\b(?:unexpected|internal(?: server)?|server) error\b|\ban error (?:has )?occurred\b"
    r"|\b(?:could not|couldn['\u2019]t|can ?not|can['\u2019]t|failed to|unable to) "
    r"(?:be )?(?:load|fetch|retrieve|reach|connect|save)",
    re.IGNORECASE,
)
"""How a message says that something could not be done."""
PERIOD = r"(?:(?:per|an?|each|every)\s+|(?<=/)\s?)(?:week|month|mo|year|yr)\b"
"""For which time a price is, or an item: "per month", "/mo"."""
_OF_EACH = re.compile(
    rf"\bcredits?\W{{1,3}}(?:(?:weekly|monthly|yearly|annual(?:ly)?|recurring)\b|{PERIOD})", re.IGNORECASE
)
_RENEWS = re.compile(
    r"\b(?:auto-?|automatically )renew|\brenews? (?:automatically|every|each|monthly|yearly)\b"
    r"|\b(?:billed|charged) (?:again |automatically )?(?:every|each|monthly|yearly|annually)\b"
    r"|\bcharges? .*\bagain (?:when|once|every|each|as soon as)"
    rf"|\b(?:then|afterwards?|after that|followed by)\b[^.\d]{{0,15}}\d[\d.,]*\W{{0,3}}{PERIOD}"
    r"|\buntil (?:you |it is )?cancel(?:led|ed)?\b",
    re.IGNORECASE,
)
"""How a sentence says that something is paid again: "Renews automatically every month until you cancel"."""
_ONCE = re.compile(
    r"\b(?:once(?! (?:you|your|the|they)\b)|one-?time|one-?off|not|never|no)\b|n['\u2019]t\b", re.IGNORECASE
)
_KEY = re.compile(
    r"(?=.*[A-Z])[a-z]\w*(?:\.[a-z]\w*){2,}"
    r"|[a-z]\w*(?:\.[a-z]\w*)+\.(?:title|subtitle|label|name|text|description|heading|message|button|cta|error)"
)
"""The name of a text, where the text itself should stand: "billing.addCredits.title"."""


def is_unwritten(text: str) -> bool:
    """Whether a program wrote this in place of what somebody should have written."""
    return bool(NO_WORD.search(text) or _KEY.fullmatch(text.strip()))


def is_error(text: str) -> bool:
    """Whether a message says that something could not be done."""
    return bool(_ERROR.search(text))


def is_recurring(text: str) -> bool:
    """Whether an item is one of each month, or year: "4,000 credits (monthly)", "4,000 credits / month"."""
    return bool(_OF_EACH.search(text)) or says_renewal(text)


def says_renewal(text: str) -> bool:
    """Whether a line says that something is paid again by itself."""
    return bool(_RENEWS.search(text)) and not _ONCE.search(text)
