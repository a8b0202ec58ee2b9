"""What a purchase changed on Current Plan, judged by all that is shown there and told line by line."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from steps.readers.credits.judgement import Findings
from steps.readers.credits.line_changes import LineChanges
from steps.readers.credits.line_words import may_name_add_on
from steps.readers.credits.share_changes import ShareChanges, monthly_stay
from steps.readers.credits.totals import likely_left, stands_for_all, still_shortens
from steps.readers.page.fact import Absent, Fact, Unclear

if TYPE_CHECKING:
    from steps.readers.credits.balance import Balance
    from steps.readers.credits.credits import CreditsReading
    from steps.readers.credits.judgement import About, Changes


_NONE = re.compile(
    r"\W*(?:you have )?no (?:add-?on|bought|purchased|extra) credits(?: (?:yet|left|remaining))?\W*"
    r"|\W*(?:add-?on|bought|purchased|extra) credits\W*(?:none|nothing)(?: yet)?\W*",
    re.IGNORECASE,
)
"""A line that says that there are no add-on credits."""


def changes_after_purchase(before: CreditsReading, after: CreditsReading, amount: int) -> Changes:
    """Judge a purchase of `amount` credits by what Current Plan showed before and shows after it.

    Add-on credits grow by exactly `amount`; monthly and used credits, and the plan, stay; every other number stays,
    grows by `amount`, or is a share that follows from those.
    """
    return _Judged(before, after, amount).changes()


def unchanged(before: CreditsReading, after: CreditsReading) -> Changes:
    """Judge whether nothing that Current Plan shows has changed."""
    return _Judged(before, after, 0).changes()


def add_on_growth(before: CreditsReading, after: CreditsReading) -> int | Unclear:
    """Return by how many credits the add-on credits grew; a page may hide a zero.

    Where several numbers stand with them (left and used, used of the whole), the one that changed most counts.
    """
    was, now = before.add_on, after.add_on
    for one in (was, now):
        if isinstance(one, Unclear):
            return one
    if isinstance(now, Absent):
        if isinstance(was, Absent):
            return 0 if _none_of(after) else Unclear("Add-on credits", (), 'labels.add_on_credits = "…"')
        return -(was.value.amount or 0) if isinstance(was, Fact) else 0
    assert isinstance(now, Fact)
    if isinstance(was, Absent):
        return now.value.amount or 0
    assert isinstance(was, Fact)
    pairs = [(was.value.left, now.value.left), (was.value.whole, now.value.whole), (_unused(was), _unused(now))]
    pairs += zip_longest(was.value.plain, now.value.plain)
    steps = [other - one for one, other in pairs if one is not None and other is not None]
    if not steps:
        return Unclear("Add-on credits", (*was.lines, *now.lines), 'labels.add_on_credits = "…"')
    return max(steps, key=abs)


def _unused(credits_: Fact[Balance]) -> int | None:
    """Return what is left of "644 of 14,000 used"; None where Billing says less, or more."""
    one = credits_.value
    return one.likely_left if one.left is None and not one.plain else None


def counts_anew(was: Fact[Balance] | Unclear | Absent, now: Fact[Balance] | Unclear | Absent) -> bool:
    """Whether as many are left as before, and a month counts from those: "754 of 1,000 left", "754 of 754 left"."""
    if not isinstance(was, Fact) or not isinstance(now, Fact):
        return False
    return was.value.left == now.value.left == now.value.whole is not None


class _Judged:
    def __init__(self, before: CreditsReading, after: CreditsReading, amount: int) -> None:
        self._before, self._after, self._amount = before, after, amount
        self._found = Findings()

    def changes(self) -> Changes:
        """Return the judgement."""
        self._plan()
        self._balances()
        shares = ShareChanges(self._before, self._after, self._amount, self._found)
        LineChanges(self._before, self._after, self._amount, self._found, shares).judge()
        shares.bars()
        self._elsewhere()
        return self._found.changes()

    def _plan(self) -> None:
        before, after = self._before.plan, self._after.plan
        if _still_unclear(before, after):
            return
        if isinstance(before, Fact) and isinstance(after, Fact) and before.value.casefold() != after.value.casefold():
            self._found.break_("plan", f"the plan “{before.value}” became “{after.value}”")
        elif isinstance(before, Fact) and isinstance(after, Absent):
            self._found.unclear.append(Unclear(after.about, before.lines, 'labels.plan_name = "…"'))
        self._found.unclear += [one for one in (before, after) if isinstance(one, Unclear)]

    def _elsewhere(self) -> None:
        """Hold what the page says of all credits outside Current Plan, where it was their sum, and nothing else was."""
        if self._amount and isinstance(self._before.add_on, Fact):
            self._add_on_elsewhere(self._before.add_on.value.numbers - {0})
        there = likely_left(self._before)
        amounts = [one for line in self._before.shown for one in line.amounts]
        known = {one.number.value for one in amounts if one.owner or one.kind in {"used", "whole"}}
        if not self._amount or there is None or there in known:
            return
        for form in dict.fromkeys(one.form for one in self._before.elsewhere):
            was, now = (
                [one for one in reading.elsewhere if one.form == form] for reading in (self._before, self._after)
            )
            for before, after in zip(was, now, strict=True) if len(was) == len(now) else ():
                number = before.numbers[0]
                is_short = stands_for_all(self._before, number) and not still_shortens(self._after, number)
                if after.numbers[0].value == number.value and (number.value == there or is_short):
                    told = f"“{after.text}” beside Current Plan shows the credits as they were before"
                    self._found.break_("total", told)

    def _add_on_elsewhere(self, were: frozenset[int]) -> None:
        """Hold what the page says of add-on credits outside Current Plan, where it told as many as that."""
        for before in self._before.elsewhere:
            is_theirs = before.numbers[0].value in were and may_name_add_on(before.text)
            if is_theirs and any(one.text == before.text for one in self._after.elsewhere):
                told = f"“{before.text}” beside Current Plan shows the credits as they were before"
                self._found.break_("add-on", told)

    def _balances(self) -> None:
        """Hold the credits of each kind against what a purchase does to them."""
        for name, grows in (("monthly", 0), ("add_on", self._amount)):
            before, after = getattr(self._before, name), getattr(self._after, name)
            if not grows and _still_unclear(before, after):
                continue
            unclear = [one for one in (before, after) if isinstance(one, Unclear)]
            self._found.unclear += unclear
            if unclear:
                continue
            if isinstance(after, Absent):
                self._missing(name, before, after)
            else:
                self._grown(name, before, after, grows)

    def _missing(self, name: str, before: Fact[Balance] | Absent, after: Absent) -> None:
        if isinstance(before, Fact) and (name == "monthly" or before.value.numbers - {0}):
            self._found.break_(_about(name), f"“{before.lines[0]}” is not shown any more")
        elif self._amount and name == "add_on" and (none := _none_of(self._after)):
            self._found.break_(_about(name), f"“{none}” still shows: {self._expected(name)}")
        elif name == "monthly" or self._amount:
            self._found.unclear.append(Unclear(after.about, (), f'labels.{name}_credits = "…"'))

    def _grown(self, name: str, before: Fact[Balance] | Absent, after: Fact[Balance], grows: int) -> None:
        if isinstance(before, Absent):  # sites may hide a zero
            if name == "monthly":
                self._found.unclear.append(Unclear(before.about, after.lines, 'labels.monthly_credits = "…"'))
            elif after.value.amount != grows:
                self._found.break_("add-on", f"“{after.lines[0]}” came, where {grows:,} add-on credits were bought")
            return
        was, now = before.value, after.value
        told = f"“{'; '.join(before.lines)}” became “{'; '.join(after.lines)}”"
        if self._rounded(name):
            self._found.unclear.append(Unclear(f"{told}: rounded numbers", after.lines, f'labels.{name}_credits = "…"'))
            return
        same = was.used == now.used
        pairs = [(was.left, now.left), (was.whole, now.whole), *zip_longest(was.plain, now.plain)]
        if any((one is None) != (other is None) for one, other in pairs):
            self._found.unclear.append(Unclear(told, (*before.lines, *after.lines), f'labels.{name}_credits = "…"'))
            return
        steps = [other - one for one, other in pairs if one is not None and other is not None]
        if same and not steps:  # what is used is all that it tells
            if grows:
                about = f"Whether {grows:,} add-on credits were added"
                self._found.unclear.append(Unclear(about, after.lines, f'labels.{name}_credits = "…"'))
            return
        # Where no word says which is used and which is the whole ("2,500 / 10,000"), a part may stay.
        fits = (set(steps) == {grows}) if len(was.plain) != 2 else steps[-1] == grows and set(steps) <= {0, grows}
        if not (same and (fits or _follow(was.plain, now.plain, grows))):
            self._found.break_(_about(name), f"{told}: {self._expected(name)}")

    def _expected(self, name: str) -> str:
        if name == "monthly":
            return monthly_stay(self._amount)
        if not self._amount:
            return "the add-on credits should be the same"
        return f"the add-on credits should have grown by {self._amount:,}"

    def _rounded(self, name: str) -> bool:
        """Whether a number is too coarse to show the purchase exactly ("10.2K")."""
        owned = [
            one.number for reading in (self._before, self._after) for line in reading.shown
            for one in line.amounts if one.owner == name
        ]  # fmt: skip
        return any(one.step > 1 for one in owned)


def _follow(before: tuple[int, ...], after: tuple[int, ...], amount: int) -> bool:
    """Whether three numbers are a whole with its two parts, in whatever words, and grew as these do."""
    if not len(before) == len(after) == 3 or not amount:
        return False
    are_parts = all(2 * max(some) == sum(some) for some in (before, after))
    return are_parts and sorted(now - was for was, now in zip(before, after, strict=True)) == [0, amount, amount]


def _none_of(reading: CreditsReading) -> str:
    """Return the line that says that there are no add-on credits, "" for none."""
    return next((one.text for one in reading.shown if _NONE.fullmatch(one.text)), "")


def _still_unclear(before: object, after: object) -> bool:
    """Whether what cannot be read for certain stands there as it stood before: then it has not changed."""
    return isinstance(before, Unclear) and isinstance(after, Unclear) and before.candidates == after.candidates


def _about(name: str) -> About:
    return "monthly" if name == "monthly" else "add-on"
