"""The amounts of money on a receipt: what was paid, what is still due, and whether its parts make its total."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING

from steps.readers.money.prices import reading_of, unclear_money
from steps.targets.labels import Labels

if TYPE_CHECKING:
    from steps.readers.invoices.invoices import Invoice
    from steps.readers.money.money import Money
    from steps.readers.money.prices import Reading
    from steps.readers.page.fact import Unclear
    from steps.targets.profile import Profile

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


def other_amount(lines: list[str], invoice: Invoice, profile: Profile) -> str | Unclear | None:
    """Return in what a receipt comes to another amount than its invoice; None where it does not."""
    reading = reading_of(profile, "", lines)
    amounts = [one for line in lines for one in reading.amounts(line)]
    wanted = invoice.amount
    if wanted is None:
        return None
    totals = [one for line in lines if _TOTAL.match(line) for one in reading.amounts(line)]
    if totals and all(one.is_certain and one.currency != wanted.currency for one in totals):
        return f"its total is {', '.join(map(str, totals))}, not {wanted}"
    wholes = _behind(_WHOLE, lines, reading) or _behind(_own_whole(profile), lines, reading)
    if wholes and all(one.is_certain and one != wanted for one in wholes) and not _TAXED.search(invoice.text):
        return f"it comes to {', '.join(dict.fromkeys(map(str, wholes)))}, not {wanted}"
    if any(one == wanted for one in amounts):
        return None
    vague = [one for one in amounts if not one.is_certain]
    if any(one.doubt or (one.amount == wanted.amount and wanted.currency in one.maybe) for one in vague):
        return unclear_money("the amount of a receipt", vague)
    return f"it is about {', '.join(dict.fromkeys(map(str, amounts))) or 'no amount of money'}, not {wanted}"


def _own_whole(profile: Profile) -> re.Pattern[str]:
    """Return what the profile calls the total, or the last word of it, where that is no English one."""
    names = [] if profile.labels.of("total") == Labels().of("total") else profile.labels.of("total").names
    words = {word for name in names for word in (name, name.split()[-1])}
    return re.compile(rf"\W*(?:{'|'.join(map(re.escape, words)) or '(?!)'})\W*", re.IGNORECASE)


def other_payment(lines: list[str], invoice: Invoice, reading: Reading) -> str:
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


def unlike_sum(lines: list[str], reading: Reading) -> str:
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
