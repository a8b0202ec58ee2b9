"""What a purchase did to each line of Current Plan: it stays, or grows by what was bought, or follows from those."""

from __future__ import annotations

import re
from decimal import Decimal
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from steps.readers.credits.line_words import (
    has_unknown_words,
    is_about_spending,
    is_credits_by_words,
    is_no_balance,
    may_name_add_on,
    settling,
    two_counts,
    words_before,
    words_of,
)
from steps.readers.credits.totals import must_grow, stands_for_all, still_shortens
from steps.readers.credits.wording import speaks_of_use
from steps.readers.figures.numbers import without_dates
from steps.readers.page.fact import Fact, Unclear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.readers.credits.credits import CreditsReading, Shown
    from steps.readers.credits.judgement import Findings
    from steps.readers.credits.share_changes import ShareChanges
    from steps.readers.figures.numbers import Number


_EXACT = 2
"""The steps of two numbers together, up to which both are exact."""
_MUCH = 100
"""From how many on a number that is used or left is rather credits than seats."""


class LineChanges:
    """The lines of two readings, held against a purchase of `amount` credits between them."""

    def __init__(
        self, before: CreditsReading, after: CreditsReading, amount: int, found: Findings, shares: ShareChanges
    ) -> None:
        self._before, self._after, self._amount = before, after, amount
        self._found, self._shares = found, shares

    def judge(self) -> None:
        """Hold every line of the section against the one that stood there before."""
        if [one.form for one in self._before.shown] == [one.form for one in self._after.shown]:
            for line, same in zip(self._before.shown, self._after.shown, strict=True):
                self._line(line, same)
            return
        for before, after in self._aligned(self._before.shown, self._after.shown, by_form=False):
            for was, now in self._aligned(before, after, by_form=True):
                self._exchanged(was, now)

    def _aligned(
        self, before: tuple[Shown, ...], after: tuple[Shown, ...], *, by_form: bool
    ) -> Iterator[tuple[tuple[Shown, ...], tuple[Shown, ...]]]:
        """Hold the lines that are the same, or of the same form, against one another, and yield what is between them.

        What stands as it was comes first: among lines of the same form it tells which one is new.
        """
        was, now = ([one.form if by_form else one.text for one in some] for some in (before, after))
        matcher = SequenceMatcher(None, was, now, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "equal":
                for one, other in zip(before[a:b], after[c:d], strict=True):
                    self._line(one, other)
            else:
                yield before[a:b], after[c:d]

    def _line(self, before: Shown, after: Shown) -> None:
        if before.text == after.text:
            return self._stood_still(after)
        told = f"“{before.text}” became “{after.text}”"
        kinds = [after.kind_of(number) for number in after.numbers]
        for was, now, of_what in zip(before.numbers, after.numbers, kinds, strict=True):
            if was.value is None or now.value is None:
                self._found.unclear.append(Unclear(told, (before.text, after.text), was.settle or now.settle))
            elif was.value == now.value:
                self._stayed(after, now)
            elif not of_what[1]:  # the balances themselves are judged by their own rule
                self._moved(before, after, (was, now), of_what[0], told)
        if before.numbers == after.numbers or not after.numbers:
            self._found.noted.append(told)
        if self._amount and not after.amounts and not speaks_of_use(after.text):
            self._part(before, after, told)
        return None

    def _part(self, before: Shown, after: Shown, told: str) -> None:
        """Judge a part of a whole that grew by what was bought, where no known word says that it is left, or used."""
        was, now = two_counts(before), two_counts(after)
        if not was or not now or now[1] - was[1] != self._amount:
            return
        monthly, bought = (
            one.value.numbers if isinstance(one, Fact) else () for one in (self._after.monthly, self._after.add_on)
        )
        used = self._after.used.value if isinstance(self._after.used, Fact) else None
        is_left = now[0] in {one + other for one in monthly for other in bought} or now[1] - now[0] == used
        if now[0] - was[0] not in (0, self._amount):
            self._found.break_("total", f"{told}: {self._rule('')}")
        elif now[0] != was[0] and not is_left and has_unknown_words(after):
            self._found.unclear.append(Unclear(told, (before.text, after.text), 'labels.used_credits = "…"'))

    def _moved(self, before: Shown, after: Shown, numbers: tuple[Number, Number], kind: str, told: str) -> None:
        """Judge a number that is another one now, and no balance of one kind."""
        was, now = numbers
        assert was.value is not None
        assert now.value is not None
        if self._amount and (is_no_balance(after.text, now) or self._is_spending(after, now)):
            self._found.noted.append(told)
        elif was.kind == "percent":
            self._shares.percent(told, float(was.value) / 100, float(now.value) / 100, said=before.text)
        elif self._amount and not kind and not self._may_be_credits(before, was):
            self._found.noted.append(told)
            if (
                self._may_be_used_credits(before, after)
                and speaks_of_use(before.text)
                and not self._is_grown(was.value, now.value, was.step)
            ):
                self._found.unclear.append(
                    Unclear("What became of a line", (before.text, after.text), settling(before))
                )
        elif kind == "used" or not self._amount or not self._is_grown(was.value, now.value, was.step + now.step):
            self._found.break_("used" if kind == "used" else "total", f"{told}: {self._rule(kind)}")

    @staticmethod
    def _may_be_used_credits(before: Shown, after: Shown) -> bool:
        """Whether what a line says of use may be of credits: by the word, by many of them, or for it says no other."""
        most = max((one.value for one in (*before.numbers, *after.numbers) if one.value is not None), default=0)
        return most >= _MUCH or "credit" in before.form or bool(before.bare_kind)

    def _is_grown(self, was: Decimal, now: Decimal, step: Decimal) -> bool:
        """Whether a number grew by what was bought, as far as it is written out."""
        off = abs(now - was - self._amount)
        return off <= step if step > _EXACT else off == 0

    def _may_be_credits(self, line: Shown, number: Number) -> bool:
        """Whether a number that no word explains may be credits: by the word, or by being the sum of both kinds."""
        is_sum = must_grow(self._before, number.value, "left") == "yes"
        return number.kind == "money" or is_credits_by_words(line, number) or is_sum

    def _is_spending(self, line: Shown, number: Number) -> bool:
        """Whether an amount of money tells what was spent: in its line, or in the one before."""
        at = next((at for at, one in enumerate(self._after.shown) if one is line), 0)
        near = " ".join(one.text for one in self._after.shown[max(at - 1, 0) : at + 1])
        return number.kind == "money" and is_about_spending(near)

    def _rule(self, kind: str) -> str:
        if not self._amount:
            return "nothing should have changed"
        return "a purchase uses no credits" if kind == "used" else f"it should stay, or grow by {self._amount:,}"

    def _stood_still(self, line: Shown) -> None:
        """Look at a total that did not move: one that held the bought credits before had to grow."""
        if self._amount and not line.amounts and self._counted_both(line):
            self._found.break_("total", f"“{line.told}” stayed as it was, without the {self._amount:,} bought credits")
            return
        if self._amount and (label := self._lagging(line)):
            told = line.told if label is line else f"{label.text}: {line.text}"
            self._found.break_("add-on", f"“{told}” stayed as it was, without the {self._amount:,} bought credits")
            return
        doubtful = not line.amounts and (self._repeats_a_balance(line) or self._may_be_a_total(line))
        if self._amount and doubtful and not self._is_of_the_month(line):
            self._found.unclear.append(_may_count_bought(line))
        for number in line.numbers:
            self._stayed(line, number)
            if self._amount and number.kind == "percent" and number.value is not None and speaks_of_use(line.text):
                share = float(number.value) / 100
                self._shares.percent(f"“{line.text}”", share, share, said=line.text)

    def _stayed(self, line: Shown, number: Number) -> None:
        """Look at one number that did not move."""
        if self._amount and self._may_be_left_of_all(line, number):
            self._found.unclear.append(_may_count_bought(line))
        totals = [one for one in line.amounts if one.number == number and one.owner is None and one.kind != "used"]
        for one in totals if self._amount else ():
            settled = must_grow(self._before, number.value, one.kind)
            is_of_all = stands_for_all(self._before, number) and self._amount > 2 * number.step
            if settled == "yes" or is_of_all:
                self._found.break_(
                    "total", f"“{line.told}” stayed as it was, without the {self._amount:,} bought credits"
                )
            elif settled == "unknown" and not self._is_of_the_month(line) and not still_shortens(self._after, number):
                self._found.unclear.append(_may_count_bought(line))

    def _lagging(self, line: Shown) -> Shown | None:
        """Return what names a number that may be of add-on credits, and is as before, where others tell of more."""
        was, now = self._before.add_on, self._after.add_on
        if line.amounts or not (isinstance(was, Fact) and isinstance(now, Fact)) or len(line.numbers) != 1:
            return None
        number, shown = line.numbers[0], self._after.shown
        at = next((at for at, one in enumerate(shown) if one is line), 0)
        label = shown[at - 1] if at and line.form == "#" and not shown[at - 1].numbers else line
        is_old = number.value in was.value.numbers - now.value.numbers - {0}
        is_of_a_day = any(without_dates(one.text) != one.text for one in shown[at + 1 : at + 2])
        is_one = number.kind == "count" and is_old and not is_of_a_day and may_name_add_on(label.text)
        return label if is_one else None

    def _counted_both(self, line: Shown) -> bool:
        """Whether a line's two numbers are what was left of both kinds together, and what there was of them in all."""
        counts = sorted(one.value for one in line.numbers if one.kind == "count" and one.value is not None)
        if len(counts) != len(line.numbers) or len(counts) != 2 or counts[0] == counts[1]:
            return False
        return all(
            must_grow(self._before, one, kind) == "yes" for one, kind in zip(counts, ("left", "whole"), strict=True)
        )

    def _repeats_a_balance(self, line: Shown) -> bool:
        """Whether a line that is known to be about nothing speaks of use with a number that a balance has too.

        In whatever language, two numbers do that differ by a balance: 500 of 10,000, where 9,500 are left.
        """
        balances = [one.value for one in (self._before.monthly, self._before.add_on) if isinstance(one, Fact)]
        known = {number for one in balances for number in one.numbers} - {0}
        if len(balances) == 2:
            known |= {one + other for one in balances[0].numbers for other in balances[1].numbers}
        if sum(one.kind == "count" for one in line.numbers) < 2:
            return False
        said = {int(one.value) for one in line.numbers if one.kind == "count" and one.value is not None}
        none_bought = not (self._balances()[1] - {0})
        return bool(known & said and (speaks_of_use(line.text) or none_bought)) or (
            len(said) == 2 and max(said) - min(said) in known
        )

    def _is_of_the_month(self, line: Shown) -> bool:
        """Whether a line tells of use what is true of the monthly credits, and not of all.

        A bar beside it has grown for all, or there were bought credits already, which it leaves out.
        """
        monthly, add_on = self._after.monthly, self._before.add_on
        counts = sorted(int(one.value) for one in line.numbers if one.kind == "count" and one.value is not None)
        if not isinstance(monthly, Fact) or len(counts) != 2:
            return False
        part, whole = counts
        if monthly.value.left == whole - part and isinstance(add_on, Fact) and add_on.value.amount:
            return True
        if not self._bar_grew():
            return False
        parts = {monthly.value.left, *monthly.value.plain} - {None}
        return parts != {whole} and bool(parts & {part, whole - part})

    def _bar_grew(self) -> bool:
        """Whether a bar shows the total of all credits, with what was bought."""
        pairs = zip(self._before.bars, self._after.bars, strict=False)
        wholes = ((was.whole, now.whole) for was, now in pairs if was.owner is None)
        return any(was is not None and now is not None and now - was == self._amount for was, now in wholes)

    def _may_be_a_total(self, line: Shown) -> bool:
        """Whether a line that is known to be about nothing is one number that all credits together may have."""
        most = max((number for one in self._balances() for number in one), default=0)
        only = [one.value for one in line.numbers if one.kind == "count" and one.value is not None]
        bare = re.fullmatch(r"#( [^#\s\d]+)?|[^#\d]{1,40}#( credits?)?", line.form)
        none_bought = not (self._balances()[1] - {0})  # then all are as many as the monthly ones
        is_more = bool(only) and (only[0] > most or (none_bought and only[0] == most))
        is_one = len(only) == len(line.numbers) == 1 and most > 0 and is_more and bool(bare)
        is_sum = is_one and must_grow(self._before, only[0], "whole") == "yes"
        return is_one and line.bare_kind != "used" and (is_sum or not self._is_named_monthly(line))

    def _may_be_left_of_all(self, line: Shown, number: Number) -> bool:
        """Whether a number among others that no word explains is what was left of the only credits there were."""
        monthly, bought = self._balances()
        used = self._before.used.value if isinstance(self._before.used, Fact) else 0
        if not line.amounts or bought - {0} or not used or number in [one.number for one in line.amounts]:
            return False
        own = {word for one in line.amounts if one.owner == "monthly" for word in words_before(line, one.number)}
        return (
            number.value is not None
            and int(number.value) + abs(used) in monthly
            and not own & words_before(line, number)
        )

    def _balances(self) -> tuple[set[int], set[int]]:
        """Return the numbers of monthly and of add-on credits, of lines too that do not tell which is which."""
        found: list[set[int]] = []
        for one in (self._before.monthly, self._before.add_on):
            lines = [line for line in self._before.shown if isinstance(one, Unclear) and line.text in one.candidates]
            said = {int(number.value) for line in lines for number in line.numbers if number.value is not None}
            found.append(set(one.value.numbers) if isinstance(one, Fact) else said)
        return found[0], found[1]

    def _is_named_monthly(self, line: Shown) -> bool:
        """Whether a line's label has a word with which the monthly credits alone are named: "Monthly allowance"."""
        monthly, bought = (
            {word for told in (one.lines if isinstance(one, Fact) else ()) for word in words_of(told)}
            for one in (self._before.monthly, self._before.add_on)
        )
        at = next((at for at, one in enumerate(self._after.shown) if one is line), 0)
        above = self._after.shown[at - 1] if at and line.form == "#" else line
        words = words_of(line.told) | (words_of(above.text) if not above.numbers else set())
        return bool(words & (monthly - bought)) and not words & (bought - monthly)

    def _exchanged(self, before: tuple[Shown, ...], after: tuple[Shown, ...]) -> None:
        """Name lines that came and went; numbers among them that no rule explains leave the purchase open."""
        for one in before:
            if any(other.text == one.text for other in self._after.shown):
                continue
            self._found.noted.append(f"“{one.text}” is not shown any more")
            if one.loose:
                self._found.unclear.append(Unclear("What became of a line", (one.text,), settling(one)))
        for one in after:
            if any(other.text == one.text for other in self._before.shown):
                continue
            self._found.noted.append(f"“{one.text}” came")
            credits_there = (number for number in one.loose if not is_no_balance(one.text, number))
            if any(number.value not in {Decimal(self._amount), None} for number in credits_there):
                self._found.unclear.append(Unclear("What a new line says", (one.text,), settling(one)))


def _may_count_bought(line: Shown) -> Unclear:
    return Unclear(f"Whether “{line.told}” counts bought credits", (line.text,), settling(line))
