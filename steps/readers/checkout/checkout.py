"""The payment page's summary. The amount to pay is worked out here and nowhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from steps.readers.checkout.due_amount import (
    ABOUT,
    TAX,
    Amount,
    bare_label,
    has_letters,
    largest,
    names_of_total,
    one_of,
    unclear_total,
)
from steps.readers.checkout.extras import extras_on
from steps.readers.checkout.line_items import forgotten_discount, miscounted
from steps.readers.checkout.recurring import each_period, renewing
from steps.readers.checkout.unpayable import other_price, unpayable
from steps.readers.figures.numbers import notation_of, numbers_in
from steps.readers.lists.neighbours import Neighbours
from steps.readers.money.prices import Reading, reading_of
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.readers.page.lines import Line, layout_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from steps.readers.figures.numbers import Number
    from steps.readers.money.money import Money
    from steps.readers.page.snapshot import Box, Snapshot
    from steps.targets.profile import Profile

FRAMES = ("iframe", "frame")
_HOOKS = ("product-summary-total-amount", "ProductSummary-totalAmount", "OrderDetails-TotalAmount")
"""Published ids of the total, on the processor's hosted page."""
_DUE = re.compile(r"\b(?:due|to pay|payable|to be paid)\b", re.IGNORECASE)
_WITH_TAX = re.compile(r"\W*(?:\+|(?:plus|incl\w*|excl\w*|with|without|before|after)\b)", re.IGNORECASE)
"""How words begin that tell whether a price is one with its tax: "+ tax", "incl. VAT"."""
_PRICE_WITH_TAX = re.compile(
    r"\b(?:total|price|amount|sum|cost)\b\W+(?:\+|(?:plus|incl\w*|inkl\w*|excl\w*|exkl\w*|with|without|before|after)\b)",
    re.IGNORECASE,
)
"""Words that tell so behind what they tell it of: "Total incl. 8.1% VAT"."""
_CREDITS = re.compile(
    r"\s*(?:(?!(?:for|of|in|and|or|to|with|from|by|your)\b)[^\W\d_][\w-]*\s+){0,3}credits?\b", re.IGNORECASE
)
"""What stands behind the number of credits, with up to three words on them: "11,000 Diaflow add-on credits"."""


@dataclass(frozen=True)
class Charge:
    """A tax."""

    name: str
    amount: Money


@dataclass(frozen=True)
class CheckoutSummary:
    """What a payment page asks for."""

    amount_due: Fact[Money] | Unclear | Absent
    taxes: tuple[Charge, ...] = ()
    credits: tuple[int, ...] | Unclear = ()
    """The amounts of credits that it names, each once."""
    recurs: str = ""
    """The line that says that the amount to pay will be asked for again and again."""
    on_button: Money | None = None
    """The amount on the button that pays, where that is certain."""
    times: tuple[int, ...] = ()
    """How often it names the credits, where that is more than once: "2 \u00d7 4,000 credits"."""
    extras: tuple[str, ...] = ()
    """What boxes add that are ticked from the start."""
    miscounted: tuple[tuple[str, str], ...] = ()
    """Lines whose credits at so much each come to no amount of the page, each with what they come to."""

    amiss: str = ""
    """The line by which it cannot be paid, costs more than it asks for, or seems to cost something else."""

    @property
    def before_taxes(self) -> Money | None:
        """The amount to pay without its taxes, where both are told for certain."""
        if not isinstance(self.amount_due, Fact) or not all(one.amount.is_certain for one in self.taxes):
            return None
        due = self.amount_due.value
        if any(one.amount.currency != due.currency for one in self.taxes):
            return None
        return replace(due, amount=due.amount - sum(one.amount.amount for one in self.taxes))


def read_summary(form: Snapshot, profile: Profile, around: Snapshot | None = None, frame: int = -1) -> CheckoutSummary:
    """Return what is to be paid by a form; `around` is the page around the frame that the form stands in.

    `frame` is which element of `around` that frame is; where that is not known (-1), it may be any.
    What surrounds the frame counts where the frame itself shows no amount, and otherwise only speaks against a frame
    that marks none of its amounts as the total.
    """
    inner = _Page(form, profile)
    outer = None
    if around is not None:
        frames = [at for at, one in enumerate(around.elements) if one.tag in FRAMES and frame in (at, -1)]
        outer = _Page(around, profile, frames)
    source = inner if inner.amounts or outer is None else outer
    due = source.due()
    if source is inner and outer is not None and isinstance(due, Fact) and not inner.is_marked:
        other = outer.due()
        if not isinstance(other, Absent) and not (isinstance(other, Fact) and other.value == due.value):
            seen = (*due.lines, *(other.lines if isinstance(other, Fact) else other.candidates))
            due = Unclear(ABOUT, seen, 'labels.total = "…"')
    credits_named = inner.credits() or (outer.credits() if outer is not None else ())
    recurs = source.recurring(due, notes=source is inner)
    times = (*inner.times(due), *(outer.times(due) if outer is not None else ()))
    extras = (*extras_on(form, profile), *(extras_on(around, profile) if around is not None else ()))
    found = CheckoutSummary(
        due, source.taxes(), credits_named, recurs, inner.on_button(), times, extras, source.miscounted(due)
    )
    texts = [line.text for page in (inner, outer) if page is not None for line in page.lines]
    unlike = other_price(source.amounts, due.value, found.before_taxes) if isinstance(due, Fact) else ""
    return replace(found, amiss=unpayable(texts) or unlike)


_CREDITS_BEFORE = re.compile(
    r"\bcredits?(?: pack(?:age)?| bundle)?\s*[\u2013\u2014:,-]\s*$|\bcredit pack(?:age)? $", re.IGNORECASE
)
"""What stands before the number of credits: "Diaflow credits \u2013 11,000", "Credit pack: 2,000"."""
_TIMES = re.compile(
    r"(?<![\d.,])([2-9]|[1-9]\d{1,2})\s?[\u00d7x]\s?(?=\d[\d.,'\u00a0 ]*(?:[\w-]+ ){0,3}credits?\b)"
    r"|\bcredits?\s?[\u00d7x]\s?([2-9]|[1-9]\d{1,2})\b(?![.,]?\d)",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"\b(?:qty|quantity)\W{0,3}([2-9]|[1-9]\d{1,2})\b(?![.,]?\d).*\b(?:each|per unit)\b", re.IGNORECASE
)
_FEWEST = 100
"""Credits from which on a number is one of a package."""


_STRONG = re.compile(r"\btotal\b|\bamount due\b|\bpayable\b|\bcharged\b", re.IGNORECASE)
"""What an amount is called that can be nothing else than all."""
_ABOUT_AS_MUCH = re.compile(r"\u2248|\bapprox")


class _Page:
    """One page or frame: its amounts in front, each with its words."""

    def __init__(self, snapshot: Snapshot, profile: Profile, frames: Sequence[int] = ()) -> None:
        self._snapshot = snapshot
        self._layout = layout_of(snapshot)
        self._near_by = Neighbours(self._layout)
        behind = [snapshot.elements[at].box for at in frames]
        self.lines = [one for one in self._layout.lines if not any(_is_over(box, one) for box in behind)]
        self._profile = profile
        self._totals = names_of_total(profile.labels)
        self._pays = frozenset(map(bare_label, (*profile.labels.of("confirm").names, "Subscribe")))
        self._reading: Reading = reading_of(profile, snapshot.language, (line.text for line in self.lines))
        self.amounts = [one for line in self.lines for one in self._amounts(line)]
        self._near = [one for at in frames for one in self._nearest(at)] or self.amounts

    @property
    def is_marked(self) -> bool:
        """Whether one of its amounts is marked as the total."""
        return any(one.marked for one in self._near)

    def due(self) -> Fact[Money] | Unclear | Absent:
        """Return the total that is marked, or else the largest amount, where that can be nothing else."""
        chosen = self._by_selector()
        marked = chosen or [one for one in self._near if one.marked]
        if marked and not chosen and all(self._pays_by(one.line, one.label) for one in marked):
            # A total that stands further from the form may contradict its button.
            marked += [one for one in self.amounts if one.marked and one not in marked and _STRONG.search(one.label)]
        if marked:
            return one_of(self._due_of(marked))
        prices = [one for one in self._near if one.is_price]
        if not prices:
            return Absent(ABOUT) if not self._near else unclear_total(self._near)
        if len({one.money for one in prices}) == 1 or any(not one.money.is_certain for one in prices):
            return one_of(prices)
        return largest(prices)

    def _due_of(self, marked: list[Amount]) -> list[Amount]:
        """Return what is due of several totals, where what is taken off explains the difference; else all of them."""
        named = [one for one in marked if bare_label(one.label) != "amount"]  # which may be the heading of a column
        if named and all(_STRONG.search(one.label) for one in named):
            marked = named
        due = [one for one in marked if _DUE.search(one.label)]
        off = sum((abs(one.money.amount) for one in self.amounts if one.money.amount < 0), Decimal(0))
        explained = {one.money.amount for one in due} | {one.money.amount + off for one in due}
        return due if off and {one.money.amount for one in marked} <= explained else marked

    def recurring(self, due: Fact[Money] | Unclear | Absent, *, notes: bool) -> str:
        """Return what says that the amount to pay is one for each month or year; "" for none.

        With `notes`, other lines tell it as well: a page around a form may say so of something else.
        """
        asked = [one for one in self.amounts if isinstance(due, Fact) and one.money == due.value]
        return each_period(asked, self.lines) or (renewing(line.text for line in self.lines) if notes else "")

    def taxes(self) -> tuple[Charge, ...]:
        """Return the taxes: what is called one, and is no price with or without it."""
        called = [(one, one.label if has_letters(one.label) else one.behind) for one in self.amounts]
        return tuple(
            Charge(label, one.money) for one, label in called
            if not one.marked and one.is_price and TAX.search(label)
            and not (_WITH_TAX.match(label) or _PRICE_WITH_TAX.search(label))
        )  # fmt: skip

    def credits(self) -> tuple[int, ...] | Unclear:
        """Return the amounts of credits that are named, but for those of unit prices."""
        found = self._credits(self._profile.thousands)
        if own := self._own_thousands(found):
            found = self._credits(own)
        if vague := [one for one in found if one.value is None]:
            return Unclear("the credits to pay for", tuple(dict.fromkeys(one.raw for one in vague)), vague[0].settle)
        return tuple(dict.fromkeys(int(one.value) for one in found if one.value is not None))

    def times(self, due: Fact[Money] | Unclear | Absent) -> Iterator[int]:
        """Yield how often the credits are named, or are to be paid for at a price that is the whole amount to pay."""
        for line in self.lines:
            text = self._reading.without(line.text)
            yield from (int(one[1] or one[2]) for one in _TIMES.finditer(text))
            prices = [one.amount for one in self._reading.amounts(line.text)]
            for many in (int(one[1]) for one in _QUANTITY.finditer(text)):
                if isinstance(due, Fact) and any(due.value.amount in (price, many * price) for price in prices):
                    yield many

    def miscounted(self, due: Fact[Money] | Unclear | Absent) -> tuple[tuple[str, str], ...]:
        """Return the lines that reckon wrongly."""
        texts, amounts = [line.text for line in self.lines], {one.money for one in self.amounts}
        wrong = tuple(miscounted(texts, self._reading, self._profile.thousands, amounts))
        return (*wrong, *forgotten_discount(self.amounts, due.value)) if isinstance(due, Fact) else wrong

    def _credits(self, thousands: str) -> list[Number]:
        notation = notation_of((line.text for line in self.lines), thousands)
        return [
            number
            for text in (self._reading.without(line.text) for line in self.lines)
            for number in numbers_in(text, notation)
            if number.kind == "count"
            and (_CREDITS.match(text, number.end) or _CREDITS_BEFORE.search(text[: number.start]))
            and (number.value is None or number.value >= _FEWEST)
            and not re.search(r"(?:\bper|/|\byou have)\s*$", text[: number.start], re.IGNORECASE)
        ]

    def _own_thousands(self, found: list[Number]) -> str:
        """Return the sign that parts the thousands of a payment page, which may write them otherwise than the site.

        It is certain where all credits agree on it, and all prices write their fractions with the other one.
        """
        signs = {sign for one in found if one.value is None for sign in re.findall(r"\D", one.raw)}
        fractions = {cut[1] for one in self.amounts if (cut := re.search(r"\d([.,])\d\d(?!\d)", one.money.text))}
        known = signs <= {".", ","} and len(signs) == len(fractions) == 1 and signs != fractions
        return next(iter(signs)) if known else ""

    def _amounts(self, line: Line) -> Iterator[Amount]:
        found = self._near_by.amounts_of(line, self._reading)
        hook = any(self._snapshot.elements[at].id in _HOOKS for at in self._layout.around(line.elements[0]))
        for index, money in enumerate(found):
            if _ABOUT_AS_MUCH.search(line.text[: money.start]):
                continue  # in another currency
            label = line.text[found[index - 1].end if index else 0 : money.start].strip()
            behind = line.text[money.end : found[index + 1].start if index + 1 < len(found) else None].strip()
            marked = hook or self._is_total(label) or (len(found) == 1 and bare_label(behind) in self._totals)
            if index == 0 and not has_letters(label) and not has_letters(behind):
                words = self._near_by.label_of(line, lambda text: bool(self._reading.amounts(text)))
                marked, label = marked or self._is_total(words), f"{words} {label}".strip()
            marked = marked or self._pays_by(line, label)
            yield Amount(money, label, behind, line, marked and not money.is_unit)

    def on_button(self) -> Money | None:
        """Return the amount on the button that pays."""
        found = {one.money for one in self.amounts if self._pays_by(one.line, one.label) and one.money.is_certain}
        return next(iter(found)) if len(found) == 1 else None

    def _is_total(self, label: str) -> bool:
        """Whether a label, or the last part of a sentence that leads to an amount, is what the total is called."""
        return bool({bare_label(label), bare_label(re.split(r"[,;|\u00b7]", label)[-1])} & self._totals)

    def _pays_by(self, line: Line, label: str) -> bool:
        is_button = self._layout.role_around(line, frozenset({"button"})) >= 0
        return is_button and bare_label(label) in self._pays

    def _by_selector(self) -> list[Amount]:
        held = (
            any("label:total" in self._snapshot.elements[at].states for at in self._layout.around(one.line.elements[0]))
            for one in self.amounts
        )
        return [one for one, chosen in zip(self.amounts, held, strict=True) if chosen]

    def _nearest(self, frame: int) -> list[Amount]:
        """Return the amounts of the smallest part of the page that holds a frame and an amount."""
        for holder in self._layout.around(frame):
            if found := [one for one in self.amounts if self._layout.inside(one.line, holder)]:
                return found
        return self.amounts


def _is_over(box: Box, line: Line) -> bool:
    """Whether a frame lies over a line, as a payment page does that is opened over the site's own."""
    x, y = line.box.x + line.box.width / 2, line.box.y + line.box.height / 2
    return box.x < x < box.right and box.y < y < box.bottom
