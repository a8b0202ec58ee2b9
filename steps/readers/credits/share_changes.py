"""What a purchase did to the bars of Current Plan, and to all that it tells as a share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steps.readers.credits.balance import Total, totals_of
from steps.readers.credits.bar_parts import named_owners
from steps.readers.credits.totals import likely_wholes, must_grow, own_whole, total_of_all, used_of, whole_of
from steps.readers.credits.wording import LEFT, USED, speaks_of_use
from steps.readers.page.fact import Fact, Unclear

if TYPE_CHECKING:
    from steps.readers.credits.bars import Bar
    from steps.readers.credits.credits import CreditsReading
    from steps.readers.credits.judgement import Findings
    from steps.readers.credits.number_kinds import Owner

_DRAWN = 0.03
"""How far what is drawn may be off what is said: gaps, rounded corners."""
_NEAR = 0.006
"""How far two shares may be apart that are the same, for pages round them to whole percents."""
_OF_CREDITS = re.compile(r"\bof (?:all |your |the )*credits\b", re.IGNORECASE)
"""What a share in words is of: of all credits, where no kind of them is named."""
_BAR = 'labels.credit_bar = { selector = "…" }'


_ROUNDED = 0.0101
"""How far a share in whole percents may be off that is rounded up, or down."""
_WHOLE = 0.006
"""How far a share in whole percents may be off."""


def monthly_stay(amount: int) -> str:
    """Return in words what is expected of the monthly credits, where `amount` credits were bought (0: none)."""
    return "a purchase leaves the monthly credits as they are" if amount else "the monthly credits should be the same"


class ShareChanges:
    """The bars and shares of two readings, held against a purchase of `amount` credits between them."""

    def __init__(self, before: CreditsReading, after: CreditsReading, amount: int, found: Findings) -> None:
        self._before, self._after, self._amount, self._found = before, after, amount, found
        self._monthly_stay = monthly_stay(amount)

    def bars(self) -> None:
        """Hold every bar against the one that stood there before."""
        before, after = self._before.bars, self._after.bars
        if len(before) == 1 < len(after) and not any(one.is_drawn or one.is_picture for one in (*before, *after)):
            told = " and ".join(map(str, after))
            self._found.break_("bar", f"one credit bar, {before[0]}, became {len(after)}: {told}")
            return
        if len(before) == 1 and not (after or self._after.drawings or before[0].is_drawn or before[0].is_picture):
            self._found.break_("bar", f"{before[0]} is not shown any more")
            return
        if len(before) != len(after):
            self._found.unclear.append(Unclear("The credit bar", tuple(map(str, (*before, *after))), _BAR))
            return
        for was, now in zip(before, after, strict=True):
            self._bar(was, now)

    def _bar(self, was: Bar, now: Bar) -> None:
        told = f"{was} became {now}"
        if _is_drawn_true(was) and _is_drawn_true(now) is False and was.drawn == now.drawn:
            self._found.break_("bar", f"{told}: it is drawn as before, {now.drawn:.0%} filled")
        if was.whole is not None and now.whole is not None:
            self._counted(told, was, now, int(now.whole - was.whole))
        elif was.share is not None and now.share is not None:
            whole = whole_of(self._before)
            if whole and self._amount and _is_told_in_full(was) and _is_told_in_full(now):
                self._parts(told, was, now, whole)
            elif was.owner == "monthly":
                if abs(was.share - now.share) > _NEAR:
                    self._found.break_("bar", f"{told}: it pictures the monthly credits; {self._monthly_stay}")
            else:
                self.share(told, was.share, now.share, was.owner, said=was.name if was.owner else "")

    def _counted(self, told: str, was: Bar, now: Bar, grown: int) -> None:
        """Hold a bar that counts credits: its whole grew by `grown`."""
        wanted = 0 if was.owner == "monthly" else self._amount
        if grown != wanted and (grown or must_grow(self._before, was.whole, "whole") == "yes"):
            self._found.break_("bar", f"{told}: its whole should have grown by {wanted:,}")
        elif grown != wanted and self._stayed_with_the_balances(was, now):
            self._found.break_("bar", f"{told}: it counted what both kinds have, and should have grown by {wanted:,}")
        elif grown != wanted:
            self._found.unclear.append(Unclear(f"Whether {now} counts bought credits", (str(now),), _BAR))
        if was.now is not None and now.now is not None and now.now - was.now not in {0, wanted}:
            self._found.break_("bar", f"{told}: what it is filled by should stay")

    def _parts(self, told: str, was: Bar, now: Bar, whole: float) -> None:
        """Hold the parts of a bar that is full of what is used and left: those of the add-on credits grow."""
        grown = whole + self._amount
        for owner in (None, "monthly", "add_on"):
            before, after = (sum(one.share or 0 for one in bar.parts if one.owner == owner) for bar in (was, now))
            follows = (before * whole + (self._amount if owner == "add_on" else 0)) / grown
            if not _fits(after, follows):
                name = "other" if owner is None else owner.replace("_", "-")
                words = f"{told}: of the {name} credits {follows:.0%} follows, and {after:.0%} are drawn"
                self._found.break_("bar", words)

    def _stayed_with_the_balances(self, was: Bar, now: Bar) -> bool:
        """Whether a bar stands where both kinds together were before, and its rest would not be the same number."""
        is_sum = was.now is not None and must_grow(self._before, was.now, "left") == "yes"
        return is_sum and now.now == was.now and was.whole != 2 * (was.now or 0)

    def percent(self, told: str, was: float, now: float, said: str) -> None:
        """Hold a share in words against the credits that it is of: those of a bar that is filled as it says, or all."""
        owners = {bar.owner for bar in self._before.bars if bar.share is not None and abs(bar.share - was) < _WHOLE}
        owners = {None} if _OF_CREDITS.search(said) else owners or self._owners_of(was)
        named = named_owners(said)
        owner = next(iter(named or owners), None) if len(named or owners) == 1 else None
        moved = abs(was - now) > _WHOLE
        if owner == "monthly" and moved and not named and None in self._owners_of(was):
            owner = None  # of all credits it was as many per cent
        if owner == "monthly":
            if moved:
                self._found.break_("bar", f"{told}: {self._monthly_stay}")
            return
        self.share(told, was, now, owner, said)

    def _owners_of(self, share: float) -> set[Owner | None]:
        """Return of which credits a share may be what is left or used of them."""
        monthly, add_on = (
            totals_of(one.value) if isinstance(one, Fact) else set()
            for one in (self._before.monthly, self._before.add_on)
        )
        if not add_on and (every := total_of_all(self._before)) is not None:  # of a bare number it is not told
            rest = [(every.left - one.left, every.used - one.used) for one in monthly]
            add_on = {Total(left, used) for left, used in rest if left >= 0 <= used}
        both = {Total(one.left + other.left, one.used + other.used) for one in monthly for other in add_on}
        of_what: list[tuple[Owner | None, set[Total]]] = [(None, both), ("monthly", monthly), ("add_on", add_on)]
        if not all(totals for owner, totals in of_what if owner):
            return set()  # it may be of all
        return {
            owner for owner, totals in of_what for one in totals if one.whole
            for part in (one.left, one.used) if abs(part / one.whole - share) <= _ROUNDED
        }  # fmt: skip

    def share(self, told: str, was: float, now: float, owner: Owner | None = None, said: str = "") -> None:
        """Hold a share against those that follow from the credits before and after."""
        still = abs(was - now) <= _NEAR
        if not self._amount:
            if not still:
                self._found.break_("bar", f"{told}: nothing should have changed")
            return
        sure, likely = whole_of(self._before), list(likely_wholes(self._before, was))
        if owner and isinstance(self._before.add_on, Fact):
            sure = own_whole(self._before.add_on.value)
            amount = float(self._before.add_on.value.amount or 0)
            likely = [amount, *(amount / part for part in (was, 1 - was) if part > 0)]
        wholes = likely if sure is None else [sure]
        is_at_an_end = not _NEAR < was < 1 - _NEAR
        if still and is_at_an_end and not used_of(self._before) and not speaks_of_use(said):
            return  # nothing is used, before as after; what is left of nothing would have moved
        follows = [share for whole in wholes for share in self._followed(said, was, whole, owner)]
        fits = [_fits(now, share) for share in follows]
        # A share that stands still is no sign of anything, unless the purchase is too small to move it.
        if (all(fits) if still else any(fits)) and follows:
            return
        if sure is not None and not still and isinstance(self._before.monthly, Fact):
            self._found.break_(
                "bar", f"{told}: {' or '.join(f'{one:.0%}' for one in follows)} follows from the credits"
            )
        else:
            self._found.unclear.append(Unclear(f"Whether {told} counts bought credits", (told.strip("“”"),), _BAR))

    def _followed(self, said: str, was: float, whole: float, owner: Owner | None) -> list[float]:
        """Return what a share of the used credits becomes, and what one of those that are left becomes."""
        factor = whole / (whole + self._amount)
        of_used, of_left = was * factor, 1 - (1 - was) * factor
        used = None if owner else used_of(self._before)
        if USED.search(said):
            return [of_used]
        if LEFT.search(said):
            return [of_left]
        if used is not None and whole and abs(used / whole - 0.5) > _NEAR and abs(was - 0.5) > _NEAR:
            return [of_used if abs(used / whole - was) < abs(1 - used / whole - was) else of_left]
        return [of_used, of_left]


def _is_drawn_true(bar: Bar) -> bool | None:
    """Whether a bar is drawn filled as it says, None where it does not say it, or cannot be told to be."""
    if bar.drawn is None or bar.share is None:
        return None
    return abs(bar.drawn - bar.share) < _DRAWN


def _is_told_in_full(bar: Bar) -> bool:
    """Whether the parts of a bar fill it, and one is called after the add-on credits."""
    shares = [one.share for one in bar.parts]
    return (
        None not in shares
        and abs(sum(filter(None, shares)) - 1) <= 2 * _NEAR
        and any(one.owner == "add_on" for one in bar.parts)
    )


def _fits(now: float, share: float) -> bool:
    return abs(now - share) <= 2 * _NEAR
