"""What a purchase changed on Current Plan, judged by all that is shown there and told line by line."""

from __future__ import annotations

import re
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from steps.readers.fact import Absent, Fact, Unclear
from steps.readers.judgement import About, Breach, Changes
from steps.readers.totals import likely_wholes, own_whole, used_of, whole_of

if TYPE_CHECKING:
    from steps.readers.bars import Bar
    from steps.readers.credits import Balance, CreditsReading, Shown
    from steps.readers.numbers import Number
    from steps.readers.wording import Owner

_NEAR = 0.006
"""How far two shares may be apart that are the same, for pages round them to whole percents."""


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
            return Unclear("Add-on credits", (), 'labels.add_on_credits = "…"')
        return -(was.value.amount or 0) if isinstance(was, Fact) else 0
    assert isinstance(now, Fact)
    if isinstance(was, Absent):
        return now.value.amount or 0
    assert isinstance(was, Fact)
    pairs = [(was.value.left, now.value.left), (was.value.whole, now.value.whole)]
    pairs += zip_longest(was.value.plain, now.value.plain)
    steps = [other - one for one, other in pairs if one is not None and other is not None]
    if not steps:
        return Unclear("Add-on credits", (*was.lines, *now.lines), 'labels.add_on_credits = "…"')
    return max(steps, key=abs)


class _Judged:
    def __init__(self, before: CreditsReading, after: CreditsReading, amount: int) -> None:
        self._before, self._after, self._amount = before, after, amount
        self._broken: list[Breach] = []
        self._unclear: list[Unclear] = []
        self._noted: list[str] = []

    def changes(self) -> Changes:
        """Return the judgement."""
        self._plan()
        self._balances()
        self._lines()
        self._bars()
        unclear = tuple(dict.fromkeys(self._unclear))
        return Changes(tuple(dict.fromkeys(self._broken)), unclear, tuple(dict.fromkeys(self._noted)))

    def _break(self, about: About, words: str) -> None:
        self._broken.append(Breach(about, words))

    def _plan(self) -> None:
        before, after = self._before.plan, self._after.plan
        if _still_unclear(before, after):
            return
        if isinstance(before, Fact) and isinstance(after, Fact) and before.value.casefold() != after.value.casefold():
            self._break("plan", f"the plan “{before.value}” became “{after.value}”")
        elif isinstance(before, Fact) and isinstance(after, Absent):
            self._unclear.append(Unclear(after.about, before.lines, 'labels.plan_name = "…"'))
        self._unclear += [one for one in (before, after) if isinstance(one, Unclear)]

    def _balances(self) -> None:
        """Hold the credits of each kind against what a purchase does to them."""
        for name, grows in (("monthly", 0), ("add_on", self._amount)):
            before, after = getattr(self._before, name), getattr(self._after, name)
            if not grows and _still_unclear(before, after):
                continue
            unclear = [one for one in (before, after) if isinstance(one, Unclear)]
            self._unclear += unclear
            if unclear:
                continue
            if isinstance(after, Absent):
                self._missing(name, before, after)
            else:
                self._grown(name, before, after, grows)

    def _missing(self, name: str, before: Fact[Balance] | Absent, after: Absent) -> None:
        if isinstance(before, Fact) and (name == "monthly" or before.value.numbers - {0}):
            self._break(_about(name), f"“{before.lines[0]}” is not shown any more")
        elif name == "monthly" or self._amount:
            self._unclear.append(Unclear(after.about, (), f'labels.{name}_credits = "…"'))

    def _grown(self, name: str, before: Fact[Balance] | Absent, after: Fact[Balance], grows: int) -> None:
        if isinstance(before, Absent):  # sites may hide a zero
            if name == "monthly":
                self._unclear.append(Unclear(before.about, after.lines, 'labels.monthly_credits = "…"'))
            elif after.value.amount != grows:
                self._break("add-on", f"“{after.lines[0]}” came, where {grows:,} add-on credits were bought")
            return
        was, now = before.value, after.value
        told = f"“{'; '.join(before.lines)}” became “{'; '.join(after.lines)}”"
        if self._rounded(name):
            self._unclear.append(Unclear(f"{told}: rounded numbers", after.lines, f'labels.{name}_credits = "…"'))
            return
        same = was.used == now.used
        pairs = [(was.left, now.left), (was.whole, now.whole), *zip_longest(was.plain, now.plain)]
        if any((one is None) != (other is None) for one, other in pairs):
            self._unclear.append(Unclear(told, (*before.lines, *after.lines), f'labels.{name}_credits = "…"'))
            return
        steps = [other - one for one, other in pairs if one is not None and other is not None]
        # Where no word says which is used and which is the whole ("2,500 / 10,000"), a part may stay.
        fits = (set(steps) == {grows}) if len(was.plain) != 2 else steps[-1] == grows and set(steps) <= {0, grows}
        if not (same and fits):
            self._break(_about(name), f"{told}: {self._expected(name)}")

    def _expected(self, name: str) -> str:
        if name == "monthly":
            return "a purchase leaves the monthly credits as they are"
        return f"the add-on credits should have grown by {self._amount:,}"

    def _rounded(self, name: str) -> bool:
        """Whether a number is too coarse to show the purchase exactly ("10.2K")."""
        owned = [
            one.number for reading in (self._before, self._after) for line in reading.shown
            for one in line.amounts if one.owner == name
        ]  # fmt: skip
        return any(one.step > 1 for one in owned)

    def _lines(self) -> None:
        """Hold every line of the section against the one that stood there before."""
        before, after = self._before.shown, self._after.shown
        matcher = SequenceMatcher(None, [one.form for one in before], [one.form for one in after], autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "equal":
                for one, other in zip(before[a:b], after[c:d], strict=True):
                    self._line(one, other)
            else:
                self._exchanged(before[a:b], after[c:d])

    def _line(self, before: Shown, after: Shown) -> None:
        if before.text == after.text:
            return self._stood_still(after)
        told = f"“{before.text}” became “{after.text}”"
        kinds = [after.kind_of(number) for number in after.numbers]
        for was, now, (kind, owner) in zip(before.numbers, after.numbers, kinds, strict=True):
            if was.value is None or now.value is None:
                self._unclear.append(Unclear(told, (before.text, after.text), was.settle or now.settle))
            elif was.value == now.value:
                self._stayed(after, now)
            elif owner:
                continue  # the balances themselves are judged by their own rule
            elif was.kind == "percent":
                self._share(told, float(was.value) / 100, float(now.value) / 100, said=before.text)
            elif kind == "used" or now.value - was.value != self._amount or not self._amount:
                self._break("used" if kind == "used" else "total", f"{told}: {self._rule(kind)}")
        if before.numbers == after.numbers or not after.numbers:
            self._noted.append(told)
        return None

    def _rule(self, kind: str) -> str:
        if not self._amount:
            return "nothing should have changed"
        return "a purchase uses no credits" if kind == "used" else f"it should stay, or grow by {self._amount:,}"

    def _stood_still(self, line: Shown) -> None:
        """Look at a total that did not move: one that held the bought credits before had to grow."""
        doubtful = not line.amounts and (self._repeats_a_balance(line) or self._may_be_a_total(line))
        if self._amount and doubtful and not self._is_of_the_month(line):
            self._unclear.append(_may_count_bought(line))
        for number in line.numbers:
            self._stayed(line, number)

    def _stayed(self, line: Shown, number: Number) -> None:
        """Look at one number that did not move."""
        totals = [one for one in line.amounts if one.number == number and one.owner is None and one.kind != "used"]
        for one in totals if self._amount else ():
            settled = self._must_grow(number.value, one.kind)
            if settled == "yes":
                self._break("total", f"“{line.told}” stayed as it was, without the {self._amount:,} bought credits")
            elif settled == "unknown" and not self._is_of_the_month(line):
                self._unclear.append(_may_count_bought(line))

    def _repeats_a_balance(self, line: Shown) -> bool:
        """Whether a line that is known to be about nothing speaks of use with a number that a balance has too."""
        balances = [one.value for one in (self._before.monthly, self._before.add_on) if isinstance(one, Fact)]
        known = {number for one in balances for number in one.numbers} - {0}
        if len(balances) == 2:
            known |= {one + other for one in balances[0].numbers for other in balances[1].numbers}
        if sum(one.kind == "count" for one in line.numbers) < 2:
            return False
        said = {int(one.value) for one in line.numbers if one.kind == "count" and one.value is not None}
        return bool(known & said) and bool(
            re.search(r"\b(?:used|left|remaining|available)\b", line.text, re.IGNORECASE)
        )

    def _is_of_the_month(self, line: Shown) -> bool:
        """Whether a line tells of use what is true of the monthly credits, beside a bar that has grown for all."""
        if not self._bar_grew():
            return False
        monthly = self._after.monthly
        counts = sorted(int(one.value) for one in line.numbers if one.kind == "count" and one.value is not None)
        if not isinstance(monthly, Fact) or len(counts) != 2:
            return False
        part, whole = counts
        parts = {monthly.value.left, *monthly.value.plain} - {None}
        return parts != {whole} and bool(parts & {part, whole - part})

    def _bar_grew(self) -> bool:
        """Whether a bar shows the total of all credits, with what was bought."""
        pairs = zip(self._before.bars, self._after.bars, strict=False)
        wholes = ((was.whole, now.whole) for was, now in pairs if was.owner is None)
        return any(was is not None and now is not None and now - was == self._amount for was, now in wholes)

    def _may_be_a_total(self, line: Shown) -> bool:
        """Whether a line that is known to be about nothing is one number that all credits together may have."""
        balances = [one.value for one in (self._before.monthly, self._before.add_on) if isinstance(one, Fact)]
        most = max((number for one in balances for number in one.numbers), default=0)
        only = [one.value for one in line.numbers if one.kind == "count" and one.value is not None]
        bare = re.fullmatch(r"#( credits?)?|[^#\d]{1,40}#( credits?)?", line.form)
        return len(only) == len(line.numbers) == 1 and most > 0 and only[0] > most and bool(bare)

    def _must_grow(self, value: Decimal | None, kind: str) -> Literal["yes", "no", "unknown"]:
        """Return whether a total of all credits had to grow, by what it was the sum of before."""
        monthly, add_on = self._before.monthly, self._before.add_on
        if value is None or not isinstance(monthly, Fact):
            return "unknown"
        bought = add_on.value if isinstance(add_on, Fact) else None
        of_month = monthly.value.numbers
        of_bought = bought.numbers if bought else frozenset({0})
        sums = {one + other for one in of_month for other in of_bought if other}
        if int(value) in of_month and kind != "whole" and int(value) not in sums:
            return "unknown"
        if int(value) in sums and int(value) not in of_month:
            return "yes"
        return "unknown"

    def _exchanged(self, before: tuple[Shown, ...], after: tuple[Shown, ...]) -> None:
        """Name lines that came and went; numbers among them that no rule explains leave the purchase open."""
        for one in before:
            if any(other.text == one.text for other in self._after.shown):
                continue
            self._noted.append(f"“{one.text}” is not shown any more")
            if one.loose:
                self._unclear.append(Unclear("What became of a line", (one.text,), _settle(one)))
        for one in after:
            if any(other.text == one.text for other in self._before.shown):
                continue
            self._noted.append(f"“{one.text}” came")
            if any(number.value not in {Decimal(self._amount), None} for number in one.loose):
                self._unclear.append(Unclear("What a new line says", (one.text,), _settle(one)))

    def _bars(self) -> None:
        before, after = self._before.bars, self._after.bars
        if len(before) != len(after):
            self._unclear.append(Unclear("The credit bar", tuple(map(str, (*before, *after))), _BAR))
            return
        for was, now in zip(before, after, strict=True):
            self._bar(was, now)

    def _bar(self, was: Bar, now: Bar) -> None:
        told = f"{was} became {now}"
        if was.whole is not None and now.whole is not None:
            grown = int(now.whole - was.whole)
            wanted = 0 if was.owner == "monthly" else self._amount
            if grown != wanted and (grown or self._whole_counts_all(was)):
                self._break("bar", f"{told}: its whole should have grown by {wanted:,}")
            elif grown != wanted:
                self._unclear.append(Unclear(f"Whether {now} counts bought credits", (str(now),), _BAR))
            if was.now is not None and now.now is not None and now.now - was.now not in {0, wanted}:
                self._break("bar", f"{told}: what it is filled by should stay")
        elif was.share is not None and now.share is not None:
            if was.owner == "monthly":
                if abs(was.share - now.share) > _NEAR:
                    self._break("bar", f"{told}: it pictures the monthly credits, which a purchase leaves as they are")
            else:
                self._share(told, was.share, now.share, was.owner, said=was.name if was.owner else "")

    def _whole_counts_all(self, bar: Bar) -> bool:
        return self._must_grow(bar.whole, "whole") == "yes"

    def _share(self, told: str, was: float, now: float, owner: Owner | None = None, said: str = "") -> None:
        """Hold a share against those that follow from the credits before and after."""
        still = abs(was - now) <= _NEAR
        if not self._amount:
            if not still:
                self._break("bar", f"{told}: nothing should have changed")
            return
        sure, likely = whole_of(self._before), list(likely_wholes(self._before, was))
        if owner and isinstance(self._before.add_on, Fact):
            sure = own_whole(self._before.add_on.value)
            amount = float(self._before.add_on.value.amount or 0)
            likely = [amount, *(amount / part for part in (was, 1 - was) if part > 0)]
        wholes = likely if sure is None else [sure]
        follows = [share for whole in wholes for share in self._followed(said, was, whole, owner)]
        fits = [_fits(now, share) for share in follows]
        # A share that stands still is no sign of anything, unless the purchase is too small to move it.
        if (all(fits) if still else any(fits)) and follows:
            return
        if sure is not None and not still and isinstance(self._before.monthly, Fact):
            self._break("bar", f"{told}: {' or '.join(f'{one:.0%}' for one in follows)} follows from the credits")
        else:
            self._unclear.append(Unclear(f"Whether {told} counts bought credits", (told,), _BAR))

    def _followed(self, said: str, was: float, whole: float, owner: Owner | None) -> list[float]:
        """Return what a share of the used credits becomes, and what one of those that are left becomes."""
        factor = whole / (whole + self._amount)
        of_used, of_left = was * factor, 1 - (1 - was) * factor
        used = None if owner else used_of(self._before)
        if re.search(r"\b(?:used|consumed|spent)\b", said, re.IGNORECASE):
            return [of_used]
        if re.search(r"\b(?:left|remaining|available)\b", said, re.IGNORECASE):
            return [of_left]
        if used is not None and whole and abs(used / whole - 0.5) > _NEAR and abs(was - 0.5) > _NEAR:
            return [of_used if abs(used / whole - was) < abs(1 - used / whole - was) else of_left]
        return [of_used, of_left]


def _still_unclear(before: object, after: object) -> bool:
    """Whether what cannot be read for certain stands there as it stood before: then it has not changed."""
    return isinstance(before, Unclear) and isinstance(after, Unclear) and before.candidates == after.candidates


def _about(name: str) -> About:
    return "monthly" if name == "monthly" else "add-on"


def _fits(now: float, share: float) -> bool:
    return abs(now - share) <= 2 * _NEAR


_BAR = 'labels.credit_bar = { selector = "…" }'


def _may_count_bought(line: Shown) -> Unclear:
    return Unclear(f"Whether “{line.told}” counts bought credits", (line.text,), _settle(line))


def _settle(line: Shown) -> str:
    settle = next((one.settle for one in line.numbers if one.settle), "")
    return settle or 'labels.current_plan = { selector = "…" }'
