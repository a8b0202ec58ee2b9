"""The way to further rows of the list of invoices, and what the list says of how many it has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.readers.lists.listing import FIRST_OF_PART, PART_OF_LIST, unlisted
from steps.readers.page.terms import NO_WORD, is_error

if TYPE_CHECKING:
    from steps.readers.invoices.invoice_controls import Controls
    from steps.readers.invoices.invoices import InvoiceList
    from steps.readers.page.lines import Line

_EARLIER = re.compile(
    r"\W*(?:go to )?(?:the )?(?:first|prev(?:ious)?|newer)\b|\W*back\W*$|[\u2039\u00ab\u2190<]+$", re.IGNORECASE
)
_ROWS = r"(?:items?|invoices?|payments?|records?|entries|rows?|results?)"
_COUNTED = re.compile(rf"\W*(?:total:?\s*(\d+)(?: {_ROWS})?|(\d+) {_ROWS}(?: in total)?)\W*", re.IGNORECASE)
"""A line that tells how many rows there are."""
_IN_ALL = re.compile(
    rf"\W*(?:total(?: {_ROWS})?:?\s*(\d+)(?: {_ROWS})?|(\d+) {_ROWS} (?:in (?:total|all)|altogether))\W*", re.IGNORECASE
)
"""A line that says of a number of rows that there are no others."""
_NONE_LISTED = re.compile(
    r"\W*(?:(?:you have|there are) )?(?:no|not any) (?:past |previous )?(?:invoices|payments|receipts|transactions)"
    r"(?: (?:yet|found|here|so far|to (?:show|display)))?\W*",
    re.IGNORECASE,
)
"""How a list says that it is empty."""
_ARROWS = frozenset({"\u203a", "\u00bb", "\u2192", ">", ">>"})
"""What a press to the next page is called where it has no words."""


def further_rows(controls: Controls, page: int = 1) -> int:
    """Return the way to the next rows from the page of this number, -1 for nothing that could be pressed now."""
    rows = {row.element for row in controls.listed.rows}
    if not rows:
        return -1
    below = range(min(rows), max(controls.end, *rows))
    words, number = controls.pattern("next_invoices"), re.compile(rf"(?:go to )?(?:page )?{page + 1}", re.IGNORECASE)
    pressed = [
        at
        for at in (*below, *controls.above)
        if controls.is_pressed(at) and controls.layout.is_front(at) and not rows & set(controls.layout.around(at))
    ]
    for at in pressed:
        said = controls.said(at)
        if words.match(said) or said in _ARROWS or "label:next_invoices" in controls.elements[at].states:
            return at if controls.is_free(at) else -1
    numbered = (at for at in pressed if number.fullmatch(controls.said(at)) and _is_one_of_pages(controls, at, page))
    return next((at for at in numbered if controls.is_free(at)), -1)


def earlier_rows(controls: Controls) -> int:
    """Return the way to the rows before those that show, where the list says that there are some; -1 for none."""
    if not rows_before(controls.listed):
        return -1
    rows = {row.element for row in controls.listed.rows}
    named = range(min(rows, default=0), controls.end)
    return next((at for at in (*named, *controls.above) if _is_earlier(controls, at)), -1)


def _is_earlier(controls: Controls, at: int) -> bool:
    return controls.is_free(at) and bool(_EARLIER.match(controls.said(at)))


def rows_before(listed: InvoiceList) -> bool:
    """Whether the list says that it does not begin with its first row ("6-10 of 10", "Page 2 of 2")."""
    found = FIRST_OF_PART.search(part_shown(listed))
    return found is not None and int(found[1] or found[2]) > 1


def rows_beyond(listed: InvoiceList) -> str:
    """Return the line that says that more is listed than has been reached ("1-10 of 23"), "" for none."""
    first = min((row.lines[0].number for row in listed.rows), default=0)
    return unlisted(line for line in listed.lines if line.number >= first)


def part_shown(listed: InvoiceList) -> str:
    """Return the line that says which part of the list shows ("6-10 of 23"), "" for none."""
    return next((line.text for line in listed.lines if PART_OF_LIST.search(line.text)), "")


def told_last(listed: InvoiceList) -> int:
    """Return which row the list says that it shows last ("21 to 22 of 23"), 0 where it says nothing of it."""
    found = PART_OF_LIST.search(part_shown(listed))
    return int(found[1]) if found and found[1] else 0


def told_total(listed: InvoiceList) -> int:
    """Return how many rows the list says that it has ("6-6 of 6"), 0 where it says nothing of it."""
    found = (PART_OF_LIST.search(line.text) for line in listed.lines)
    return max((int(one[2]) for one in found if one and one[2]), default=0)


def counted(listed: InvoiceList) -> int:
    """Return how many rows a line of its own counts ("Total 6", "6 invoices"), 0 for none; filters may leave fewer."""
    found = (_COUNTED.fullmatch(line.text) for line in listed.lines)
    return max((int(one[1] or one[2]) for one in found if one), default=0)


def amiss(listed: InvoiceList) -> str:
    """Return the line of a list that a program wrote, tells of an error, or of no rows though there are some; or ""."""
    return next((line.text for line in listed.lines if _is_amiss(listed, line)), "")


def _is_amiss(listed: InvoiceList, line: Line) -> bool:
    is_failed = is_error(line.text) and listed.layout.is_message(line)
    is_empty = bool(listed.rows) and _NONE_LISTED.fullmatch(line.text) is not None
    return bool(NO_WORD.search(line.text)) or is_failed or is_empty


def told_of_all(listed: InvoiceList) -> tuple[int, str]:
    """Return how many rows the whole list is said to have, and the line that says it; 0 and "" where none does."""
    for line in listed.lines:
        in_all, part = _IN_ALL.fullmatch(line.text), PART_OF_LIST.search(line.text)
        if number := int((in_all and (in_all[1] or in_all[2])) or (part and part[2]) or 0):
            return number, line.text
    return 0, ""


def _is_one_of_pages(controls: Controls, at: int, page: int) -> bool:
    """Whether the number of the page before stands near by: then a number is the way to a page."""
    near = list(controls.layout.around(at))[1:5]
    texts = (line.text for up in near for line in controls.listed.near_by.within(up))
    return any(str(page) in text.split() for text in texts)
