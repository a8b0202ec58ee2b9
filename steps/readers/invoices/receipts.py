"""What the text of a receipt says of its payment, held against the row of its invoice."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING

from steps.readers.figures.dates import calendar_of, orders_told
from steps.readers.figures.numbers import notation_of, numbers_in
from steps.readers.invoices.invoices import Invoice
from steps.readers.invoices.receipt_words import (
    failed_in,
    other_number,
    plan_s_credits,
    quantity_on,
    undone_on,
    unwritten_on,
)
from steps.readers.money.prices import reading_of, unclear_money
from steps.readers.page.fact import Unclear
from steps.targets.profile import USUAL_LOCALE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from steps.readers.figures.dates import Calendar, Order
    from steps.readers.figures.numbers import Number
    from steps.readers.money.money import Money
    from steps.readers.money.prices import Reading
    from steps.targets.profile import Profile


_CREDITS = re.compile(r"\s*(?:\w+[ -]){0,2}credits?\b", re.IGNORECASE)
_GIVEN = re.compile(r"\s*(?:bonus|extra|free|gift|promotional|complimentary) credits?\b", re.IGNORECASE)
"""What stands behind the number of credits that come with a purchase and were not bought."""
_NOT_BOUGHT = re.compile(
    r"\b(?:balance|remaining|left|now|total|plan|subscription|included|monthly|per|each|every)\b|/", re.IGNORECASE
)
"""Words beside credits that are not the ones that were bought."""
_TIMES = re.compile(r"\b(?:quantity|qty|units?|x)\b|[\u00d7*]|\d\s*x\b", re.IGNORECASE)

_TOTAL = re.compile(r"\W*(?:grand |sub)?total\b|\W*(?:amount|total) paid\b", re.IGNORECASE)
"""How a line begins that tells what all of a receipt comes to."""
_WHOLE = re.compile(
    r"\W*(?:grand |invoice |receipt |order )?total(?! (?:before|excl|net|ex)\b)"
    r"(?:\W+(?:amount|paid|due|charged|price|in \w+|(?:incl|including|inclusive|with)\b.{0,20}))*\W*"
    r"|\W*(?:amount|total) (?:paid|charged)\W*",
    re.IGNORECASE,
)
"""What stands before the amount that all of a receipt comes to, taxes and all."""
_PAID = re.compile(r"\W*(?:amount|total) (?:paid|charged)\W*", re.IGNORECASE)
"""What stands before the amount that was paid, whatever a receipt comes to."""
_DUE = re.compile(r"\W*(?:amount|balance|total) (?:due|outstanding|owing)\W*", re.IGNORECASE)
"""What stands before the amount that is not paid yet."""
_NET = re.compile(
    r"\W*(?:sub-?total|net(?: amount| total)?|taxable (?:value|amount)"
    r"|(?:total|amount) (?:before|excl\w*\.?) (?:tax|vat|gst))\W*",
    re.IGNORECASE,
)
"""What stands before the amount that taxes are added to."""
_TAX = re.compile(
    r"\W*(?:sales )?(?:tax|vat|[cis]?gst|hst|pst|qst|mwst|tva|iva)\b(?!.*\b(?:incl|id|no|number|reg))"
    r"(?:\W*@?\W*\d+(?:[.,]\d+)?\s*%)?\W*",
    re.IGNORECASE,
)
_PART = re.compile(r"(?<=\d)[,;\s]\s*(?=(?:net|vat|gst|tax|sub-?total|total|amount)\b)", re.IGNORECASE)
"""Where a line goes on with another amount: "Net $44.00 VAT 20 % $8.80"."""
_OTHER_PARTS = re.compile(r"\b(?:discount|coupon|credit note|refund|shipping|fees?|rounding|balance)\b", re.IGNORECASE)
"""Words for what else a total may be made of."""
_ROUNDED = Decimal("0.05")
"""How far a sum may be off, in units of the currency: each part may be rounded."""
_TAXED = re.compile(r"\b(?:net|tax|vat|gst|excl)\b", re.IGNORECASE)
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
    """Return in what a receipt says otherwise than the invoice, by "number", "date", "amount", "credits", "state".

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
        "amount": _amount(lines, invoice, profile) or _paid(lines, invoice, reading),
        "credits": _credits(lines, invoice, profile) or plan_s_credits(lines, invoice.credits, reading, profile),
        "state": undone and f"it says “{undone}”",
        "sum": _sum(lines, reading),
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
        found.append(_amount(lines, payment, profile))
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


def _amount(lines: list[str], invoice: Invoice, profile: Profile) -> str | Unclear | None:
    reading = reading_of(profile, "", lines)
    amounts = [one for line in lines for one in reading.amounts(line)]
    wanted = invoice.amount
    if wanted is None:
        return None
    totals = [one for line in lines if _TOTAL.match(line) for one in reading.amounts(line)]
    if totals and all(one.is_certain and one.currency != wanted.currency for one in totals):
        return f"its total is {', '.join(map(str, totals))}, not {wanted}"
    wholes = _behind(_WHOLE, lines, reading)
    if wholes and all(one.is_certain and one != wanted for one in wholes) and not _TAXED.search(invoice.text):
        return f"it comes to {', '.join(dict.fromkeys(map(str, wholes)))}, not {wanted}"
    if any(one == wanted for one in amounts):
        return None
    vague = [one for one in amounts if not one.is_certain]
    if any(one.doubt or (one.amount == wanted.amount and wanted.currency in one.maybe) for one in vague):
        return unclear_money("the amount of a receipt", vague)
    return f"it is about {', '.join(dict.fromkeys(map(str, amounts))) or 'no amount of money'}, not {wanted}"


def _paid(lines: list[str], invoice: Invoice, reading: Reading) -> str:
    """Return what is wrong where less was paid than the invoice is about, and nothing else made up for it."""
    paid = _behind(_PAID, lines, reading)
    if owed := _still_due(lines, reading):
        return f"it says that {paid[0]} was paid, and that {owed} is due"
    wanted, others = invoice.amount, any(map(_OTHER_PARTS.search, lines))
    if wanted is None or others or not paid or not all(one.is_certain and one.amount < wanted.amount for one in paid):
        return ""
    return f"it says that {', '.join(dict.fromkeys(map(str, paid)))} was paid, not {wanted}"


def _still_due(lines: list[str], reading: Reading) -> Money | None:
    """Return the amount that is said to be due behind the one that was paid, where none is said to be nothing."""
    first = next((at for at, line in enumerate(lines) if _behind(_PAID, lines[at : at + 2], reading)), len(lines))
    owed = _behind(_DUE, lines[first + 1 :], reading)
    is_all_paid = not owed or any(not one.amount for one in _behind(_DUE, lines, reading))
    return None if is_all_paid else owed[0]


def _sum(lines: list[str], reading: Reading) -> str:
    """Return what is wrong where what taxes are added to, and any of the taxes, do not make the total."""
    parts = [part for line in lines for part in _PART.split(line)]
    net, taxes, whole = (_behind(pattern, parts, reading) for pattern in (_NET, _TAX, _WHOLE))
    told = [*net, *taxes, *whole]
    if len(net) != 1 or not taxes or len({*whole}) != 1 or any(map(_OTHER_PARTS.search, lines)):
        return ""
    if not all(one.is_certain for one in told) or len({one.currency for one in told}) > 1:
        return ""
    sums = {net[0].amount}  # a tax may be told with the item and again below, or be included
    for tax in taxes:
        sums |= {one + tax.amount for one in sums}
    if any(abs(one - whole[0].amount) <= _ROUNDED for one in sums):
        return ""
    return f"{net[0]} and {' and '.join(map(str, taxes))} of tax are not {whole[0]}"


def _behind(label: re.Pattern[str], lines: list[str], reading: Reading) -> list[Money]:
    """Return the amounts that stand behind a label, on its line or below it."""
    found = []
    for line, below in zip_longest(lines, lines[1:], fillvalue=""):
        amounts = reading.amounts(line)
        if label.fullmatch(reading.without(line)):
            found += amounts or reading.amounts(below)
    return found


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
