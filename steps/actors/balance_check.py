"""Holding what Billing shows of credits against what it showed before; what looks broken is looked at twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from steps.actors.balance_wait import others_are_using_credits, wait_for_credits, wait_for_late_credits
from steps.readers.credits.agreement import hides_add_on, lagging_add_on
from steps.readers.credits.balance import total_from
from steps.readers.credits.changes import add_on_growth, changes_after_purchase
from steps.readers.page.capture import capture
from steps.readers.page.fact import Fact, Unclear
from steps.readers.page.lines import layout_of
from steps.readers.page.terms import is_unwritten
from steps.verdicts.expectations import BrokenPromiseError, check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from collections.abc import Collection

    from steps.actors.member import Member
    from steps.actors.purchase import Purchase
    from steps.pages.billing import BillingPage
    from steps.readers.credits.balance import Balance
    from steps.readers.credits.credits import CreditsReading
    from steps.readers.credits.judgement import About, Changes
    from steps.readers.page.fact import Absent

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

    What looks broken is read once more from a page that was loaded anew, which may correct itself for half of the
    time that "immediately" allows; the later look counts, if one more page shows the same. What cannot be read
    for certain makes the scenario *not verified* once its other steps are done.
    """
    changes = expected.judge(now)
    first = broken = expected.broken(changes)
    for _ in range(2 if first else 0):  # twice: what is right once only may change from look to look
        now = _looked_anew(member, expected)
        changes = expected.judge(now)
        if broken := expected.broken(changes):
            break
    by_others = broken and not member.target.is_exclusive and broken != expected.broken(changes, _USED_BY_OTHERS)
    if by_others and others_are_using_credits(member):
        broken = expected.broken(changes, _USED_BY_OTHERS)
    if broken:
        looks = "; ".join(broken) if broken == first else f"{'; '.join(first)}; after a reload: {'; '.join(broken)}"
        noted = f" ({'; '.join(changes.noted)})" if changes.noted else ""
        raise BrokenPromiseError(str(expected), looks + noted)
    member.last_seen = now
    member.doubts += [str(one) for one in changes.unclear]


def _looked_anew(member: Member, expected: ExpectedBalance) -> CreditsReading:
    """Return what Billing shows when it is loaded anew, once that is what is expected, or the time for it is over."""
    billing = member.reload()
    now = billing.settled_credits()
    if not expected.broken(expected.judge(now)):
        return now
    billing.until(lambda: not expected.broken(expected.judge(billing.credits())), member.immediate_timeout_s / 2)
    return billing.settled_credits()


def hold_still(member: Member, seconds: float) -> None:
    """Raise BrokenPromiseError where Billing, left open, comes to show what it did not show before, nor shows anew.

    A page that asks its site again and again may correct itself by that, and then shows what every other page does.
    """
    billing = member.billing()
    before, stood = billing.settled_credits(), [line.text for line in layout_of(capture(member.page)).lines]
    expected = ExpectedBalance(before, f"while it stays open for {seconds:g} s")

    def broken(now: CreditsReading) -> list[str]:
        return expected.broken(expected.judge(now))

    billing.until(lambda: broken(billing.credits()) and broken(billing.settled_credits()), seconds)
    new = [line.text for line in layout_of(capture(member.page)).lines if line.text not in stood]
    blank = "”, “".join(filter(is_unwritten, new))
    check(not blank, expected=str(expected), actual=f"“{blank}” came")
    _hold_as_anew(member, expected, billing.settled_credits())


def hold_in_sight(member: Member, billing: BillingPage, before: CreditsReading) -> None:
    """Raise BrokenPromiseError where the page in sight goes on to show what one that is loaded anew does not show."""
    expected = ExpectedBalance(before, "on the page in sight")
    billing.until(lambda: not expected.broken(expected.judge(billing.credits())), member.target.profile.limits.page / 5)
    _hold_as_anew(member, expected, billing.settled_credits())


def _hold_as_anew(member: Member, expected: ExpectedBalance, now: CreditsReading) -> None:
    if found := expected.broken(expected.judge(now)):
        anew = member.reload().settled_credits()
        is_so = bool(expected.broken(expected.judge(anew)))
        check(is_so, expected=str(expected), actual=f"{'; '.join(found)}; as before after a reload")
        hold_balance(member, expected, anew)


def hold_arrived(member: Member, purchase: Purchase, amount: int, promise: str = "") -> tuple[CreditsReading, float]:
    """Raise BrokenPromiseError unless `amount` credits are added at once; it says, too, what came later.

    Returns the credits that show, and the seconds since the end of payment.
    """
    now, seconds = wait_for_credits(member, purchase, amount)
    try:
        hold_growth(purchase.before, now, amount, seconds, promise)
    except BrokenPromiseError as error:
        grown = add_on_growth(purchase.before, now)
        lacks = not isinstance(grown, Unclear) and grown < amount
        later = wait_for_late_credits(member, purchase, amount) if lacks else ""
        seen = f"{error.seen}; {later}" if later else error.seen
        raise BrokenPromiseError(error.expected, seen, error.promise) from None
    return now, seconds


def hold_growth(before: CreditsReading, now: CreditsReading, amount: int, seconds: float, promise: str = "") -> None:
    """Raise BrokenPromiseError unless the add-on credits grew by `amount` within `seconds` after payment."""
    check(
        not hides_add_on(before, now, amount),
        expected=f"Billing shows the add-on credits, {amount:,} of which were bought",
        actual=f"none {seconds:.1f} s after payment: " + "; ".join(f"“{line.text}”" for line in now.shown),
        promise=promise,
    )
    lagging = "”, “".join(lagging_add_on(before, now, amount))
    check(
        not lagging,
        expected=f"{amount:,} more add-on credits wherever Billing tells of them",
        actual=f"“{lagging}” as before",
        promise=promise,
    )
    grown = add_on_growth(before, now)
    if isinstance(grown, Unclear):
        raise NotVerifiedError(str(grown))
    changed = [one.words for one in changes_after_purchase(before, now, amount).broken if one.about == "monthly"]
    check(
        grown == amount,
        expected=f"{amount:,} more add-on credits at once, before: {told_of(before.add_on)}",
        actual="; ".join([f"{grown:,} more {seconds:.1f} s after payment: {told_of(now.add_on)}", *changed]),
        promise=promise,
    )


def hold_usable(amount: int | None, kind: str, seen: Fact[Balance] | Unclear | Absent) -> None:
    """Raise BrokenPromiseError unless credits of a kind show as usable: `amount` of them, or any where that is None."""
    if isinstance(seen, Unclear):
        raise NotVerifiedError(str(seen))
    balance = seen.value if isinstance(seen, Fact) else None
    left: tuple[int, ...] = ()
    if balance is not None:
        told = total_from(balance.left, balance.used, balance.whole)  # "3,402 used of 20,000" tells it, too
        left = (told.left,) if told else (balance.left,) if balance.left is not None else balance.plain
    is_shown = bool(left) if amount is None else amount in left
    wanted = "" if amount is None else f"{amount:,} "
    check(is_shown, expected=f"Billing shows {wanted}{kind} credits", actual=f"it shows {told_of(seen)}")


def told_of(seen: Fact[Any] | Unclear | Absent) -> str:
    """Return the lines that a reading rests on, for a message."""
    return "; ".join(f"“{line}”" for line in seen.lines) if isinstance(seen, Fact) else "none"
