"""What Billing shows of credits at a glance: the bar, both kinds apart, what is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.actors.balance_check import told_of
from steps.readers.credits.agreement import labelled_numbers
from steps.readers.credits.bars import bars_beside
from steps.readers.page.capture import capture
from steps.readers.page.fact import Absent, Fact, Unclear
from steps.verdicts.expectations import check
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from steps.pages.billing import BillingPage
    from steps.readers.credits.credits import CreditsReading
    from steps.targets.target import WorkspaceSetup


def hold_one_bar(billing: BillingPage) -> None:
    """Raise BrokenPromiseError where there is none, or several; NotVerifiedError where that cannot be told."""
    seen = billing.settled_credits()
    bars = seen.bars
    pictures = tuple(map(str, bars)) if sum(bar.is_picture for bar in bars) > 1 else ()
    found = seen.drawings or pictures or (() if bars else bars_beside(capture(billing.page)))
    if found:
        raise NotVerifiedError(str(Unclear("The credit bar", found, 'labels.credit_bar = { selector = "…" }')))
    if len(bars) > 1 and len({bar.owner for bar in bars} - {None}) > 1:
        raise NotVerifiedError("Billing shows a bar for each kind of credits, where one bar for both is documented.")
    none = 'none (one that is drawn otherwise is found by labels.credit_bar = { selector = "…" })'
    check(len(bars) == 1, expected="one credit bar is shown", actual="; ".join(map(str, bars)) or none)


def hold_shown_separately(billing: BillingPage) -> None:
    """Raise BrokenPromiseError where no monthly credits show; NotVerifiedError where one kind cannot be told."""
    seen = billing.settled_credits()
    names = [name.casefold() for name in billing.labels.of("monthly_credits").names]
    named = [one.text for one in seen.shown if one.numbers and any(name in one.text.casefold() for name in names)]
    if isinstance(seen.monthly, Absent) and named:
        line = 'labels.monthly_credits = { selector = "…" }'
        raise NotVerifiedError(str(Unclear("Monthly credits", tuple(named), line)))
    loose, called = [one.text for one in seen.shown if one.loose], labelled_numbers(seen)
    are_told_apart = len({*called}) == len(called) > 1  # in other words, each in its own
    if isinstance(seen.monthly, Absent) and isinstance(seen.add_on, Absent) and are_told_apart:
        lines = 'labels.monthly_credits = "…" and labels.add_on_credits = "…"'
        raise NotVerifiedError(str(Unclear("Monthly and add-on credits", tuple(loose), lines)))
    check(
        not isinstance(seen.monthly, Absent),
        expected="Billing shows the monthly credits",
        actual=billing.describe_current_plan,
    )
    if isinstance(seen.add_on, Absent):
        raise NotVerifiedError(str(Unclear("Add-on credits", (), 'labels.add_on_credits = "…"')))
    for one in (seen.monthly, seen.add_on):
        if isinstance(one, Unclear):
            raise NotVerifiedError(str(one))


def hold_consumed(seen: CreditsReading, start: WorkspaceSetup | None) -> None:
    """Raise BrokenPromiseError where the credits that are used do not show; `start` says how many, None that some are.

    Raises NotVerifiedError where they cannot be told.
    """
    used = seen.used
    if isinstance(used, Unclear):
        raise NotVerifiedError(str(used))
    if start is None:
        by_bar = isinstance(used, Absent) and bool(seen.bars)
        is_some = isinstance(used, Fact) and used.value > 0
        check(by_bar or is_some, expected="Billing shows the used credits", actual=f"it shows {told_of(used)}")
        return
    is_shown = isinstance(used, Fact) and used.value == start.used_credits
    check(is_shown, expected=f"Billing shows {start.used_credits:,} used credits", actual=f"it shows {told_of(used)}")


def hold_bar(seen: CreditsReading, start: WorkspaceSetup) -> None:
    """Raise BrokenPromiseError where a bar shows otherwise than what the workspace began with."""
    whole = (start.monthly_credits or 0) + (start.add_on_credits or 0)
    left = whole - (start.used_credits or 0)
    for bar in seen.bars:
        expected = f"the bar shows {left:,} usable credits of {whole:,}"
        check(bar.whole in {None, whole}, expected=expected, actual=str(bar))
        check(bar.now in {None, left, whole - left}, expected=expected, actual=str(bar))
        shares = (left / whole, 1 - left / whole)
        near = bar.share is None or any(abs(bar.share - share) < 0.01 for share in shares)
        check(near, expected=expected, actual=f"{bar}, of which {bar.share or 0:.1%} are filled")
        said = [one.number.value for one in bar.amounts]
        check(set(said) <= {left, whole - left, whole}, expected=expected, actual=f"{bar}")
