"""What the text of a receipt says of its payment, held against the row of its invoice."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from steps.readers.figures.dates import calendar_of, orders_told
from steps.readers.figures.numbers import notation_of, numbers_in
from steps.readers.invoices.invoices import Invoice
from steps.readers.invoices.receipt_amounts import other_amount, other_payment, unlike_sum
from steps.readers.invoices.receipt_words import (
    failed_in,
    other_number,
    other_plan,
    plan_s_credits,
    quantity_on,
    undone_on,
    unwritten_on,
)
from steps.readers.money.prices import reading_of
from steps.readers.page.fact import Unclear
from steps.targets.profile import USUAL_LOCALE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from decimal import Decimal

    from steps.readers.figures.dates import Calendar, Order
    from steps.readers.figures.numbers import Number
    from steps.readers.money.money import Money
    from steps.targets.profile import Profile


_CREDITS = re.compile(r"\s*(?:\w+[ -]){0,2}credits?\b", re.IGNORECASE)
_GIVEN = re.compile(r"\s*(?:bonus|extra|free|gift|promotional|complimentary) credits?\b", re.IGNORECASE)
"""What stands behind the number of credits that come with a purchase and were not bought."""
_NOT_BOUGHT = re.compile(
    r"\b(?:balance|remaining|left|now|total|plan|subscription|included|monthly|per|each|every)\b|/", re.IGNORECASE
)
"""Words beside credits that are not the ones that were bought."""
_TIMES = re.compile(r"\b(?:quantity|qty|units?|x)\b|[\u00d7*]|\d\s*x\b", re.IGNORECASE)

_MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_DRAWING = frozenset({
    b"Tj", b"TJ", b"'", b'"', b"Do", b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"sh", b"INLINE IMAGE",
})  # fmt: skip
"""The operators of a PDF that show text, pictures and shapes."""


def text_of_pdf(content: bytes) -> str:
    """Return what a PDF says. Raises pypdf.errors.PyPdfError where it is none."""
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def words_of(content: bytes) -> str:
    """Return what a file says that may be a PDF, "" where it is none."""
    from pypdf.errors import PyPdfError

    try:
        return text_of_pdf(content) if b"%PDF" in content[:1024] else ""
    except PyPdfError:
        return ""


def is_blank_pdf(content: bytes) -> bool:
    """Whether nothing is drawn on any page. Raises pypdf.errors.PyPdfError where it is no PDF."""
    from pypdf import PdfReader

    contents = (page.get_contents() for page in PdfReader(BytesIO(content)).pages)
    return not any(sign in _DRAWING for one in contents if one is not None for _, sign in one.operations)


def told_of_file(content: bytes) -> str:
    """Return in words what a file is that is no PDF."""
    text = content[:2000].decode("utf-8", errors="replace")
    words = " ".join(_MARKUP.sub(" ", text).split())
    if not content.strip():
        return "an empty file"
    if not words.isprintable() or "\ufffd" in words:
        return f"a file of {len(content):,} bytes of another kind"
    return f"{'a page' if _MARKUP.search(text) else 'a text'} that begins with “{words[:80]}”"


def contradictions(
    text: str,
    invoice: Invoice,
    profile: Profile,
    days: Collection[date] | None = None,
    others: Iterable[str] = (),
) -> dict[str, str | Unclear]:
    """Return in what a receipt says otherwise than its invoice, by "number", "date", "amount", "credits" and so on.

    By "sum" it is told where its own amounts do not make its total, by "words" where it was not filled in.
    What the receipt cannot be read for is unclear; what the invoice itself does not tell is left out. Another one of
    the `days` on which it may have been, in whatever time zone, is unclear too; None for the day before and after.
    `others` are further receipts of the site: in which order it writes days may stand in them alone.
    """
    if not text.strip():
        return {"text": Unclear("what a receipt says", (), 'labels.receipt = "…", if this is not the receipt')}
    lines = text.splitlines()
    reading, calendars = reading_of(profile, "", lines), _calendars(profile, lines, others)
    undone = undone_on(lines, invoice, calendars[0], reading)
    unwritten = unwritten_on(lines)
    found = {
        "number": _number(text, invoice),
        "date": _day(lines, invoice, calendars, days),
        "amount": other_amount(lines, invoice, profile) or other_payment(lines, invoice, reading),
        "credits": _credits(lines, invoice, profile) or plan_s_credits(lines, invoice.credits, reading, profile),
        "plan": invoice.credits is None and other_plan(lines, invoice, profile),
        "state": undone and f"it says “{undone}”",
        "sum": unlike_sum(lines, reading),
        "words": unwritten and f"it says “{unwritten}”",
    }
    return {what: one for what, one in found.items() if one}


def contradictions_of_mail(
    text: str, paid: Money | None, credits_: int, profile: Profile, number: str = ""
) -> list[str]:
    """Return in what a mailed receipt says otherwise than what was paid; what it does not tell is left out.

    `number` is that of the invoice that is listed, where it is known.
    """
    lines = text.splitlines()
    payment = Invoice("", number, None, paid, credits_, "", "", -1, -1)
    amiss, other = failed_in(lines) or unwritten_on(lines), other_number(lines, number)
    found = [_credits(lines, payment, profile), amiss and f"it says “{amiss}”"]
    found.append(other and f"it is for {other}, not {number}")
    if any(map(reading_of(profile, "", lines).amounts, lines)):
        found.append(other_amount(lines, payment, profile))
    return [one for one in found if isinstance(one, str) and one]


def _number(text: str, invoice: Invoice) -> str:
    plain, wanted = "".join(text.split()), "".join(invoice.number.split()).lstrip("#")
    return "" if wanted in plain else f"the number {invoice.number} is not on it: {_short(text)}"


def _calendars(profile: Profile, lines: list[str], others: Iterable[str]) -> list[Calendar]:
    """Return how a receipt may write days: each order that is not ruled out, where the profile does not say."""
    calendar = calendar_of(profile, "", lines)
    if profile.locale != USUAL_LOCALE:
        return [calendar]
    orders: Iterable[Order] = orders_told([*lines, *others]) or ("mdy", "dmy")
    return [replace(calendar, order=one, contradicts=False) for one in orders]


def _day(
    lines: list[str], invoice: Invoice, calendars: list[Calendar], days: Collection[date] | None
) -> str | Unclear | None:
    told = [day for calendar in calendars for line in lines for day in calendar.days_in(line)]
    if invoice.date is None or any(day.date == invoice.date for day in told):
        return None
    seen = tuple(dict.fromkeys(day.text for day in told))
    if doubtful := next((day for day in told if day.date is None), None):
        return Unclear("the day of a receipt", seen, doubtful.settle)
    if not told:
        return Unclear("the day of a receipt", (), 'locale = "…"')
    beside = {invoice.date - timedelta(days=1), invoice.date + timedelta(days=1)}
    if any(day.date in (beside if days is None else beside & {*days}) for day in told):
        return Unclear("the day of a receipt", seen, 'timezone = "…"')
    return f"the date is {', '.join(seen)}, not {invoice.date:%Y-%m-%d}"


def _credits(lines: list[str], invoice: Invoice, profile: Profile) -> str | Unclear | None:
    """Return what is wrong with the credits that a receipt names: it may name none, or how many there are in all."""
    notation = notation_of(lines, profile.thousands)
    counts = {line: [one for one in numbers_in(line, notation) if one.kind == "count"] for line in lines}
    named = [
        one
        for line, numbers in counts.items()
        for one in numbers
        if _CREDITS.match(line, one.end) and not _NOT_BOUGHT.search(line)
    ]
    factors = {one.value or 0 for line, numbers in counts.items() if _TIMES.search(line) for one in numbers} | {1}
    wanted, values = invoice.credits, {_value(one, invoice.credits) for one in named}
    every = {_value(one, wanted) for numbers in counts.values() for one in numbers}
    given = [
        f"{one.raw}{words[0]}"
        for line, numbers in counts.items()
        for one in numbers
        if (words := _GIVEN.match(line, one.end)) and one.value != wanted
    ]
    if given and wanted is not None:
        return f"it names {' and '.join(given)} besides, which nobody bought"
    if values == {wanted} and quantity_on(lines) > 1 and quantity_on(lines) != wanted:
        return f"it is for {quantity_on(lines)} times {wanted:,} credits"
    reading = reading_of(profile, "", lines)
    goods = {
        line: [one for one in numbers if one in named] for line, numbers in counts.items() if reading.amounts(line)
    }
    others = [f"{some[0].raw} credits" for some in goods.values() if some and wanted not in {one.value for one in some}]
    if others and any(wanted in {one.value for one in some} for some in goods.values()):
        return f"it names {' and '.join(others)} besides, each with a price, and one purchase has one package"
    if (
        not named
        or wanted is None
        or wanted in every
        or any(one and one * by == wanted for one in values for by in factors)
    ):
        return None
    seen = tuple(dict.fromkeys(one.raw for one in named))
    if len(values) > 1 or None in values:
        settle = next((one.settle for one in named if one.settle), 'labels.receipt = "…", if this is not the receipt')
        return Unclear("the credits of a receipt", seen, settle)
    return f"it is for {seen[0]} credits, not {wanted:,}"


def _value(number: Number, wanted: int | None) -> Decimal | int | None:
    """Return the value of a number; a file may write thousands otherwise than the pages: "6,000" beside 6’000."""
    return wanted if number.value is None and re.sub(r"\D", "", number.raw) == str(wanted) else number.value


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) < 300 else f"{plain[:300]}…"
