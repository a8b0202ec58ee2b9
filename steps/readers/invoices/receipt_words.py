"""What a receipt says of the payment itself: that it was made, with which card, and in words that somebody wrote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.readers.figures.numbers import notation_of, numbers_in
from steps.readers.invoices.payments import is_unpaid
from steps.readers.page.terms import NO_WORD, is_recurring

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steps.readers.figures.dates import Calendar
    from steps.readers.invoices.invoices import Invoice
    from steps.readers.money.prices import Reading
    from steps.targets.profile import Profile

_PAPER = r"(?:invoice|receipt|payment|order|proof of payment)"
_UNDONE = re.compile(
    rf"\W*(?:(?:this is(?: an?)?|tax|status|state|(?:this )?{_PAPER}(?: (?:is|was|has been))?)\W+)*"
    r"(?:(?:unpaid|not (?:yet )?paid|payment (?:due|outstanding|pending)|(?:over|past )due|awaiting payment"
    r"|refunded(?: on| to)?|void(?:ed)?|cancell?ed|payment failed|draft|credit (?:note|memo)|pro[ -]?forma"
    rf"|not an? valid {_PAPER})(?:\W+(?:{_PAPER})\b)?\W*(?:this {_PAPER} (?:is|was|has been)\W+)?)+",
    re.IGNORECASE,
)
"""A line that says of a payment that it was not made, or is undone, or that this is no receipt of it."""
_AMOUNT_DUE = re.compile(r"(?:(?:amount|balance|total)(?: (?:due|owed|payable))?|due|please pay)[\W]*$", re.IGNORECASE)
"""What may follow such words, before the amount."""
_UNDOES = re.compile(r"refund|credit (?:note|memo)|reversal", re.IGNORECASE)
"""What an invoice is called that undoes another one."""
_CARD = re.compile(
    r"\b(?:visa|master ?card|amex|american express|diners(?: club)?|jcb|unionpay|card (?=ending))"
    r"(?:[\W_x]{1,24}|\W*ending(?: in| with)?\W+)(\d{4})(?![\d/-])",
    re.IGNORECASE,
)
"""A card by its last four digits."""
_FAILED = re.compile(
    r"\bpayment (?:of \S+ )?(?:has |was |could )?(?:been )?"
    r"(?:failed|declined|unsuccessful|not (?:be processed|successful|go through))\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(r"\b(?:if|when|whenever|once|should|in case)\b", re.IGNORECASE)
_QUANTITY = re.compile(r"\W*(?:quantity|qty)\W*(?:x\W*)?(\d{1,3})(?:\W*x)?\W*", re.IGNORECASE)
_OF_A_PLAN = re.compile(r"\s*(?:monthly|plan) credits\b", re.IGNORECASE)
_TIMES_BEHIND = re.compile(
    r"\bcredits?(?:\s*[x\u00d7]\s*|\W{1,4}(?:quantity|qty)\W{0,3})(\d{1,3})(?![\d.,])", re.IGNORECASE
)


def undone_on(lines: Sequence[str], invoice: Invoice, calendar: Calendar, reading: Reading) -> str:
    """Return the line that says of a payment that it was not made, or is undone, where its invoice does not."""
    if is_unpaid(invoice) or _UNDOES.search(invoice.text):
        return ""
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        is_label = line.rstrip(" :").casefold().endswith("due") and calendar.days_in(below)
        said = (line, _bare_refund(line, calendar, reading), _before_amount(line, reading))
        if not is_label and any(map(_UNDONE.fullmatch, said)):
            return line
    return ""


def _bare_refund(line: str, calendar: Calendar, reading: Reading) -> str:
    """Return a line about a refund without its days and its amounts; "" for another, and for a refund of nothing."""
    if not re.search(r"refunded", line, re.IGNORECASE) or any(not one.amount for one in reading.amounts(line)):
        return ""
    for day in calendar.days_in(line):
        line = line.replace(day.text, " ")
    return reading.without(line)


def other_plan(lines: Sequence[str], invoice: Invoice, profile: Profile) -> str:
    """Return the plan that a receipt names in place of the one of its invoice; "" where it names that one, or none."""
    known = sorted({*profile.plans, *profile.labels.of("plan_name").names}, key=len, reverse=True)
    names = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, known)) or '(?!)'})(?![\w-])")
    own = set(names.findall(invoice.text))
    told = [name for line in lines for name in names.findall(line) if re.search(r"\bplan\b|\bsubscription\b", line)]
    is_another = bool(own and told) and not own & set(names.findall("\n".join(lines)))
    return f"it is for the {told[0]} plan, not {' and '.join(sorted(own))}" if is_another else ""


def _before_amount(line: str, reading: Reading) -> str:
    """Return a line without the amount that it says is due; "" where that is none or nothing."""
    amounts = [one.amount for one in reading.amounts(line)]
    return _AMOUNT_DUE.sub("", reading.without(line)) if amounts and all(amounts) else ""


def failed_in(lines: Sequence[str]) -> str:
    """Return the line of a mail that says that the payment failed; "" where none does."""
    return next((line for line in lines if _FAILED.search(line) and not _SUPPOSED.search(line)), "")


def unwritten_on(lines: Sequence[str]) -> str:
    """Return the line in which a program wrote nothing that a person would: "undefined", the name of a blank."""
    return next(filter(NO_WORD.search, lines), "")


def another_card_on(text: str, number: str) -> str:
    """Return the card that a receipt names which is another one than was paid with; "" where it names that one."""
    named = [" ".join(one[0].split()) for one in _CARD.finditer(text) if one[1] != number[-4:]]
    return named[0] if named and number[-4:] not in text else ""


def quantity_on(lines: Sequence[str]) -> int:
    """Return how often a receipt says that something was bought; 1 where it does not say so in one way."""
    told = {int(one[1]) for one in map(_QUANTITY.fullmatch, lines) if one}
    told |= {int(one[1]) for one in map(_TIMES_BEHIND.search, lines) if one}
    return told.pop() if len(told) == 1 else 1


def other_number(lines: Sequence[str], number: str) -> str:
    """Return the number written like that of an invoice that stands there in its place; "" where its own does, or none.

    Letters and the places of digits have to be the same: "INV-1071" is no "2026-1071", which may be a receipt's.
    """
    form = re.sub(r"\d", r"\\d", re.escape(number))
    text = "\n".join(lines)
    found = re.findall(rf"(?<![\w-]){form}(?![\w-])", text) if re.search(r"[^\W\d_]", number) else []
    return found[0] if found and number not in found else ""


def plan_s_credits(lines: Sequence[str], wanted: int | None, reading: Reading, profile: Profile) -> str:
    """Return what is wrong where a receipt has a price for so many credits of a plan, and none for credits alone."""
    notation = notation_of(lines, profile.thousands)
    named = [(line, one.end) for line in lines for one in numbers_in(line, notation) if one.value == wanted]
    priced = [(line, end) for line, end in named if wanted and reading.amounts(line)]
    own = [line for line, end in named if not (_OF_A_PLAN.match(line, end) or is_recurring(line))]
    return f"it is for credits of the plan: “{priced[0][0]}”" if priced and not own else ""
