"""One-time codes as mails tell them, and whether a mail is a receipt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.readers.page.fact import Absent, Fact, Unclear

if TYPE_CHECKING:
    from steps.targets.mailbox import Mail

_TOKEN = re.compile(
    r"(?<![\w.,:/#$€£%+@-])(\d{4,8}|\d{3}[ -]\d{3}|\d(?: \d){3,7}|(?=[A-Z]*\d)[A-Z\d]{5,10})(?![\w@%/:-]|[.,]\d)"
)
"""Digits, in one, in two groups or one by one, or capital letters and digits; no amount, date, time or address."""
_NAMED = re.compile(r"\b(?:code|passcode|password|otp|pin|token)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_RECEIPT = re.compile(r"\b(?:receipt|invoice|payment|paid|purchase|order)\b", re.IGNORECASE)


def read_code(mail: Mail, words: str = "") -> Fact[str] | Unclear | Absent:
    """Return the one-time code in a mail: alone on its line, else beside the word for it, else the only one there is.

    Where `words` are given, it is the first one after these.
    """
    lines = [mail.subject, *mail.text.splitlines()]
    if words:
        _, there, after = "\n".join(lines).partition(words)
        first = _TOKEN.search(after) if there else None
        return Fact(_bare(first[1]), (words,)) if first else Absent(f"a code after “{words}”")
    found = [(token[1], line.strip()) for line in lines for token in _TOKEN.finditer(line)]
    alone = [one for one in found if one[0] == one[1].strip(" .:*[]()")]
    named = [one for one in found if _NAMED.search(one[1])]
    for kind in (alone, named, [one for one in found if not _YEAR.fullmatch(one[0])]):
        codes = list(dict.fromkeys(_bare(code) for code, _ in kind))
        if len(codes) == 1:
            return Fact(codes[0], tuple(line for _, line in kind))
        if codes:
            return Unclear("The code in the mail", tuple(line for _, line in kind), 'mailbox.code = "…"')
    return Absent("a code in the mail")


def is_receipt(mail: Mail) -> bool:
    """Whether a mail speaks of a payment, in its subject or text or by what is attached."""
    return bool(_RECEIPT.search(f"{mail.subject}\n{mail.text}")) or any(
        one.lower().endswith(".pdf") for one in mail.files
    )


def _bare(code: str) -> str:
    return code.replace(" ", "").replace("-", "")


def other_codes(code: str) -> tuple[str, str]:
    """Return two codes that differ from one in its last and in its first letter or digit alone."""
    return code[:-1] + _following(code[-1]), _following(code[0]) + code[1:]


def _following(sign: str) -> str:
    return {"9": "0", "z": "a", "Z": "A"}.get(sign, chr(ord(sign) + 1))
