"""Holding what Billing shows of credits against what it showed before; what looks broken is looked at twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from steps.readers.changes import changes_after_purchase
from steps.verdicts.expectations import BrokenPromiseError

if TYPE_CHECKING:
    from collections.abc import Collection

    from steps.actors.member import Member
    from steps.readers.credits import CreditsReading
    from steps.readers.judgement import About, Changes

_USED_BY_OTHERS: frozenset[About] = frozenset({"monthly", "used", "total", "bar"})
"""What changes when somebody else works in the same workspace."""


@dataclass(frozen=True)
class ExpectedBalance:
    """What Billing should show: what it showed `before`, and `amount` add-on credits more.

    `when` ends the sentence "Billing shows …" in a message; `about` narrows what is judged.
    """

    before: CreditsReading
    when: str
    amount: int = 0
    about: Collection[About] | None = None

    def judge(self, now: CreditsReading) -> Changes:
        """Judge what Billing shows now."""
        return changes_after_purchase(self.before, now, self.amount)

    def broken(self, changes: Changes, without: Collection[About] = ()) -> list[str]:
        """Return what of the changes breaks the promise, in words."""
        judged = (one for one in changes.broken if self.about is None or one.about in self.about)
        return [one.words for one in judged if one.about not in without]

    def __str__(self) -> str:
        """Describe it in words for people."""
        return f"Billing shows {self.when} what it showed before" + (
            f", and {self.amount:,} credits more" if self.amount else ""
        )


def hold_balance(member: Member, expected: ExpectedBalance, now: CreditsReading) -> None:
    """Raise BrokenPromiseError where what Billing shows is not what is expected.

    What looks broken is read once more from a page that was loaded anew; the later look counts. What cannot be read
    for certain makes the scenario *not verified* once its other steps are done.
    """
    changes = expected.judge(now)
    first = broken = expected.broken(changes)
    if first:
        now = member.reload().settled_credits()
        changes = expected.judge(now)
        broken = expected.broken(changes)
    by_others = broken and not member.target.is_exclusive and broken != expected.broken(changes, _USED_BY_OTHERS)
    if by_others and member.others_are_using_credits():
        broken = expected.broken(changes, _USED_BY_OTHERS)
    if broken:
        looks = "; ".join(broken) if broken == first else f"{'; '.join(first)}; after a reload: {'; '.join(broken)}"
        noted = f" ({'; '.join(changes.noted)})" if changes.noted else ""
        raise BrokenPromiseError(str(expected), looks + noted)
    member.last_seen = now
    member.doubts += [str(one) for one in changes.unclear]
