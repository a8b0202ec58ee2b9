"""Past payments as Billing lists them, and what the list can be filtered by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from steps.readers.figures.dates import calendar_of
from steps.readers.figures.numbers import notation_of, numbers_in
from steps.readers.invoices.invoice_columns import COLUMNS, OTHER_TITLES
from steps.readers.invoices.invoice_days import RELATIVE, Days
from steps.readers.invoices.row_presses import Presses
from steps.readers.lists.flat_grids import with_repeats
from steps.readers.lists.listing import Row, headings_in, keys_of, named, rows_of, section_lines
from steps.readers.lists.neighbours import Neighbours
from steps.readers.money.prices import reading_of, unclear_money
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.readers.page.lines import Line, layout_of
from steps.targets.labels import Labels

if TYPE_CHECKING:
    from datetime import date

    from steps.readers.figures.dates import Day
    from steps.readers.figures.numbers import Number
    from steps.readers.money.money import Money
    from steps.readers.page.snapshot import Snapshot
    from steps.targets.profile import Profile

ABOUT = "the invoices"
CREDITS = "the credits of an invoice"
_STATUS = re.compile(
    r"paid|unpaid|not paid|open|due|past due|overdue|pending|outstanding|awaiting payment|failed|refunded|void|draft"
    r"|cancell?ed|declined|uncollectible|expired|processing",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![\w.,])(?:#\s?\w+(?:[-_/]\w+)*|(?=[\w/-]*\d)[A-Za-z0-9]+(?:[-_/]\w+)+|[A-Z]+\d+\w*|(?=\d*[A-Z])(?=[A-Z]*\d)[A-Z\d]{6,})(?![\w]|[.,]\d)"
)
_CREDITS = re.compile(r"[\s-]*(?:add-?on\s+)?credits?\b", re.IGNORECASE)
_OF_A_PLAN = re.compile(r"\s*(?:/|per\b|a\b|each\b|every\b|included|monthly|yearly)", re.IGNORECASE)
_PLAN = re.compile(r"\b(?:plan|subscription)\b", re.IGNORECASE)
_PACK = re.compile(r"\b(?:add-?on|extra|pack(?:age)?|top-?up)\b", re.IGNORECASE)
_PERIOD = r"month(?:ly)?|year(?:ly)?|annual(?:ly)?|quarter(?:ly)?|\d+ (?:months|years|users|seats)"
_EMPTY = re.compile(r"\W*(?:no|nothing|none|there (?:are|is) no)\b", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:total|amount paid|grand total|charged)\b(?! (?:excl|before|net))", re.IGNORECASE)
_TAX = re.compile(r"\b(?:sub-?total|tax|vat|gst|discount|due|balance|before|excl)\b", re.IGNORECASE)
_CREDITS_BEFORE = re.compile(
    r"(?:credits?|(?:credits?|add-?on|extra)\s+(?:pack(?:age|et)?|bundle|top-?up|purchase|refill)s?|\btop-?up)"
    r"\s*[:(\u2013\u2014-]?\s*(?:of\s+)?$",
    re.IGNORECASE,
)
"""What stands before the number of credits: "Credits: 4,000", "Credit pack 4,000", "Top-up of 4,000"."""


@dataclass(frozen=True)
class Invoice:
    """One payment as it is listed. `element` is its row, `receipt` what is pressed for its receipt, -1 for nothing."""

    text: str
    number: str
    date: date | None
    amount: Money | None
    credits: int | None
    """None for a plan."""
    type: str
    status: str
    element: int
    receipt: int
    unclear: tuple[Unclear, ...] = ()
    """What of it cannot be told."""
    place: tuple[int, float] = (0, 0.0)
    """Its number in the whole list, 0 where that is not told, and how far down it stands, whatever is scrolled."""
    receipt_number: str = ""
    """The number in the name of what is pressed for its receipt."""
    menu: int = -1
    """What opens a menu or a page on which the receipt may be, where none stands in its row; -1 for nothing."""
    choice: int = -1
    """The box or button by which its row is chosen, for what acts on chosen rows; -1 for none."""
    named: frozenset[int] = frozenset()
    """The credits that it names, though it may be for a plan that has them, or for other ones that it names too."""
    day: str = ""
    """Its day as it is written, which stays the same however the rest of the list shows in what order.

    "" where that is told from now on ("2 minutes ago"), which does not stay the same.
    """
    names_plan: bool = False
    """Whether a line of it is a plan's name, alone or for some months or years."""


def read_invoices(snapshot: Snapshot, profile: Profile) -> Fact[tuple[Invoice, ...]] | Absent:
    """Return the invoices that are listed, in reading order: rows with a day and an amount of money."""
    found = InvoiceList(snapshot, profile).invoices()
    return Fact(tuple(found), tuple(one.text for one in found)) if found else Absent(ABOUT)


class InvoiceList:
    """The section of invoices on a page."""

    def __init__(self, snapshot: Snapshot, profile: Profile) -> None:
        self._last = len(snapshot.elements) - 1
        if any(one.tag == "dt" for one in snapshot.elements):
            snapshot = with_repeats(snapshot)
        self.elements = snapshot.elements
        self.layout = layout_of(snapshot)
        self.near_by = Neighbours(self.layout)
        self._labels = profile.labels
        others = {name.casefold() for key in ("current_plan", "billing_information") for name in self.names(key)}
        self.lines = section_lines(self.layout, set(self.names("invoices")), "invoices", others)
        if len(self.lines) == len(self.layout.lines):
            self.lines = section_lines(self.layout, OTHER_TITLES, "invoices", others)
        texts = [line.text for line in self.lines]
        self._reading = reading_of(profile, snapshot.language, texts)
        self._calendar = calendar_of(profile, snapshot.language, [line.text for line in self.layout.lines])
        self._days = Days(self.layout, self._calendar, self.lines)
        self._notation = notation_of(texts, profile.thousands)
        plans = "|".join(map(re.escape, {*profile.labels.of("plan_name").names, *profile.plans})) or r"(?!)"
        self._plan = re.compile(rf"(?:\w+ )?(?:{plans})(?:\s*\([^()\d]*\)|\W+(?:1 )?(?:{_PERIOD})\b.*)?", re.IGNORECASE)
        called = profile.labels.of("plan_payments")
        own = "|".join(map(re.escape, called.names)) if called != Labels().of("plan_payments") else ""
        self._called = re.compile(rf"(?<!\w)(?:{own or '(?!)'})(?!\w)", re.IGNORECASE)

    def invoices(self) -> list[Invoice]:
        """Return the rows, read."""
        found = [self._invoice(row) for row in self.rows if self._has_day(row) and self._money(row)]
        return found if self.has_own_place else [one for one in found if one.number or one.receipt >= 0]

    @property
    def has_own_place(self) -> bool:
        """Whether the list is told from the rest of the page: by a title, a selector or headings."""
        return len(self.lines) < len(self.layout.lines) or bool(self._headings)

    @property
    def is_said_to_be_empty(self) -> bool:
        """Whether nothing is listed, and words say so."""
        is_its_own = self.has_own_place  # else the words may be of another section, which came before this one
        return is_its_own and not self.rows and any(_EMPTY.match(line.text) for line in self.lines)

    def unread(self) -> Unclear | None:
        """Return what stands in the section like payments, though not one could be read; None where nothing does."""
        if self.invoices() or not self.has_own_place or self.is_said_to_be_empty:
            return None
        seen = tuple(line.text for line in self.lines if self._reading.amounts(line.text))
        return Unclear(ABOUT, seen[:3], 'locale = "…"') if seen else None

    @cached_property
    def _headings(self) -> list[Line]:
        return headings_in(self.layout, self.lines, {name for names in COLUMNS.values() for name in names}, 3)

    @cached_property
    def rows(self) -> list[Row]:
        """The rows, and what looks like one."""
        days = [line for line in self.lines if self._tells_day(line)]
        money = [line for line in self.lines if self._reading.amounts(line.text)]
        found = rows_of(self.near_by, self.lines, keys_of(self.layout, days, money), self._headings)
        heads = {line.number for line in self._headings}
        first = min(heads, default=-1)
        return [row for row in found if row.lines[0].number > first and not heads & {line.number for line in row.lines}]

    @cached_property
    def presses(self) -> Presses:
        """What can be pressed in the rows and beside them."""
        return Presses(self.near_by, self.names("receipt"), self.rows)

    def _has_day(self, row: Row) -> bool:
        return any(map(self._tells_day, row.lines))

    def _tells_day(self, line: Line) -> bool:
        return bool(self._days.of([line]) or self._days.short(line) or RELATIVE.fullmatch(line.text.strip()))

    def _money(self, row: Row) -> list[Money]:
        found = (one for line in row.lines for one in self.near_by.amounts_of(line, self._reading))
        return [one for one in found if not one.is_unit]

    def _invoice(self, row: Row) -> Invoice:
        unclear: list[Unclear] = []
        receipt = self.presses.receipt(row)
        day = self._day(row)
        return Invoice(
            text=row.text,
            number=self._number(row),
            date=self._date(row, day, unclear),
            amount=self._amount(row, unclear),
            credits=self._credits(row, unclear),
            type=self._under(row, "type"),
            status=self._status(row),
            element=row.element if row.element <= self._last else row.lines[0].block,
            receipt=receipt,
            unclear=tuple(unclear),
            place=self._place(row),
            receipt_number=self._number_in(self.elements[receipt].name) if receipt >= 0 else "",
            menu=self.presses.menu(row) if receipt < 0 else -1,
            choice=self.presses.choice(row) if receipt < 0 else -1,
            named=frozenset(int(one.value) for one in self._credits_in(row) if one.value is not None),
            day=" ".join(dict.fromkeys(one.text for one in day if not RELATIVE.search(one.text))),
            names_plan=any(map(self._tells_plan, row.lines)),
        )

    def _tells_plan(self, line: Line) -> bool:
        return bool(self._plan.fullmatch(line.text.strip()) or self._called.search(line.text))

    def _under(self, row: Row, column: str) -> str:
        return row.under(self.near_by, named(self._headings, COLUMNS[column]), self._headings)

    def _number(self, row: Row) -> str:
        cell = self._under(row, "number")
        off = row.lines_under(self.near_by, named(self._headings, COLUMNS["discount"]), self._headings)
        others = (line.text for line in row.lines if line not in off)
        found = (self._number_in(text) for text in (cell, *others))
        return next(filter(None, found), cell if re.search(r"\d", cell) else "")

    def _number_in(self, text: str) -> str:
        plain = text
        days, amounts = self._calendar.days_in(text), self._reading.amounts(text)
        for part in (*(one.text for one in days), *(one.text for one in amounts)):
            plain = plain.replace(part, " ")
        found = _NUMBER.search(plain)
        return found[0] if found else ""

    def _place(self, row: Row) -> tuple[int, float]:
        around = [self.elements[at] for at in self.layout.around(row.element)]
        return next((one.index for one in around if one.index), 0), around[0].box.y + around[0].scrolled

    def _day(self, row: Row) -> list[Day]:
        """Return the days that may be a row's: of its column, where there is one, and those that stand alone."""
        column = named(self._headings, COLUMNS["date"])
        lines = row.lines_under(self.near_by, column, self._headings) or row.lines
        found = self._days.of(lines)
        return [day for day, line in found if day.text == line.text.strip()] or [day for day, _ in found]

    def _date(self, row: Row, alone: list[Day], unclear: list[Unclear]) -> date | None:
        settle = next((one.settle for one in alone if one.settle), "")
        days = {one.date for one in alone}
        if len(days) == 1 and not settle:
            return days.pop()
        told = (self._days.short(line) or line.text for line in row.lines if self._tells_day(line))
        seen = tuple(dict.fromkeys(one.text for one in alone)) or tuple(told)
        unclear.append(Unclear("the day of an invoice", seen, settle or 'labels.invoices = { selector = "…" }'))
        return None

    def _amount(self, row: Row, unclear: list[Unclear]) -> Money | None:
        under = self._under(row, "amount") or self._under(row, "paid")
        cell = {one.text for one in self._reading.amounts(under)}
        every = self._money(row)
        seen = list(dict.fromkeys([one for one in every if one.text in cell] or every))
        if len({one.amount for one in seen}) > 1:
            seen = self._totals(row) or seen
        if len(seen) == 1 and seen[0].is_certain:
            return seen[0]
        if all(one.is_certain for one in seen):
            texts = tuple(one.text for one in seen)
            unclear.append(Unclear("the amount of an invoice", texts, 'labels.invoices = { selector = "…" }'))
        else:
            unclear.append(unclear_money("the amount of an invoice", seen))
        return None

    def _totals(self, row: Row) -> list[Money]:
        """Return the amount that a row calls its total, beside others such as that of the tax; none where none is."""
        named = [line for line in row.lines if _TOTAL.search(line.text) and not _TAX.search(line.text)]
        beside = [one for line in named for one in (line, *self.near_by.in_row(line)) if one in row.lines]
        return list(dict.fromkeys(one for line in beside for one in self.near_by.amounts_of(line, self._reading)))

    def _credits_in(self, row: Row) -> list[Number]:
        cell = self._under(row, "credits")
        return [
            number
            for text in ([cell] if re.search(r"\d", cell) else [self._reading.without(line.text) for line in row.lines])
            for number in numbers_in(text, self._notation)
            if number.kind == "count"
            and (text == cell or _CREDITS.match(text, number.end) or _CREDITS_BEFORE.search(text[: number.start]))
            and not re.search(r"(?:\bper|/)\s*$", text[: number.start])
            and not ((word := _CREDITS.match(text, number.end)) and _OF_A_PLAN.match(text, word.end()))
        ]

    def _credits(self, row: Row, unclear: list[Unclear]) -> int | None:
        found = self._credits_in(row)
        if any(one.value is None for one in found):
            unclear.append(Unclear(CREDITS, tuple(one.raw for one in found), found[0].settle))
            return None
        values = {int(one.value) for one in found if one.value is not None}
        is_either = bool(_PLAN.search(row.text)) and not _PACK.search(row.text)
        if len(values) > 1 or (values and is_either):
            seen = tuple(one.raw for one in found)
            unclear.append(Unclear(CREDITS, seen, 'labels.invoices = { selector = "…" }'))
        return values.pop() if len(values) == 1 and not is_either else None

    def _status(self, row: Row) -> str:
        words = (re.sub(r"[\W_]+", " ", self._reading.without(line.text)).strip() for line in row.lines)
        return self._under(row, "status") or next(filter(_STATUS.fullmatch, words), "")

    def days_in(self, text: str) -> list[Day]:
        """Return the days in a text, as this page writes them."""
        return self._calendar.days_in(text)

    def names(self, key: str) -> list[str]:
        """Return the names of one of the profile's labels, in small letters."""
        return [name.casefold() for name in self._labels.of(key).names]
