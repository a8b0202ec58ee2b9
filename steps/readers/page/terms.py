"""Words that several readers look for."""

import re

ACCEPTED = r"(?!.*\b(newsletter|marketing|offers|news|save)\b).*\b(accept|agree|consent|read)\b.*\b(terms|conditions)\b"
"""What is said beside a box with which terms are accepted."""
NOTHING = re.compile(r"\b(?:undefined|NaN)\b|\[object Object\]|\bInvalid Date\b|[$\u20ac\u00a3\u00a5]\s?null\b")
"""What programs write where they have nothing to write, whatever stands around it."""
NO_WORD = re.compile(rf"{NOTHING.pattern}|\{{\{{.*?\}}\}}|\$\{{\w[\w.]*\}}|%\(\w+\)[sd]")
"""That, and what they have not filled in."""
_KEY = re.compile(
    r"(?=.*[A-Z])[a-z]\w*(?:\.[a-z]\w*){2,}"
    r"|[a-z]\w*(?:\.[a-z]\w*)+\.(?:title|subtitle|label|name|text|description|heading|message|button|cta|error)"
)
"""The name of a text, where the text itself should stand: "billing.addCredits.title"."""


def is_unwritten(text: str) -> bool:
    """Whether a program wrote this in place of what somebody should have written."""
    return bool(NO_WORD.search(text) or _KEY.fullmatch(text.strip()))
