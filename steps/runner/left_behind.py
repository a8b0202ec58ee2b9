"""What a scenario leaves behind on an account, and what of it may not change where others may use that account too."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from steps.actors.balance_check import ExpectedBalance
from steps.readers.credits.changes import add_on_growth
from steps.readers.credits.totals import likely_left
from steps.readers.page.fact import Fact
from steps.verdicts.expectations import BrokenPromiseError, check

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import StorageState

    from steps.readers.credits.credits import CreditsReading
    from steps.readers.credits.judgement import About
    from steps.readers.invoices.invoices import Invoice
    from steps.targets.target import Account, Target


@dataclass(frozen=True)
class Left:
    """What a scenario leaves behind: whose account, what Billing showed last, and what was paid for.

    `began` is what Billing showed before the first purchase, if no workflow had used credits by then, and `unseen` the
    same where it was not looked at afterwards, and no workflow was run either; `used` is what
    single workflows have used, where it is more than the least; `next_plan` is a cheaper one, from the next cycle on;
    `unpaid` are the packages among the `amounts` that were chosen and not paid for;
    `landing` is an address that adds nothing when it is opened again; `listed` are the invoices that were listed once
    that of the last purchase was seen, `information` the lines of the billing information before that purchase, and
    `invoiced` the credits of packages whose invoices were seen; `display` is what its browser context was told beside
    the usual, a phone's size for one.
    """

    nodeid: str
    target: Target
    account: Account
    state: StorageState | None
    seen: CreditsReading | None
    paid: int
    amounts: frozenset[int]
    unpaid: frozenset[int]
    invoiced: frozenset[int]
    listed: tuple[Invoice, ...]
    information: tuple[str, ...]
    about: frozenset[About]
    began: CreditsReading | None
    unseen: CreditsReading | None
    used: frozenset[int]
    others_bought: bool
    next_plan: str
    landing: str
    display: Mapping[str, object]
    at: float


def hold_shared(left: Left, before: CreditsReading, now: CreditsReading, when: str, bought: int = 0) -> None:
    """Look at an account that others may use: what they cannot have bought or used is taken for the site's.

    That is as much as was bought, or used, before, and credits more that no packages together have; add-on credits
    while there are monthly ones; or any where nobody else is there. So many were `bought` since `before`.
    """
    own, plan = (one.value if isinstance(one, Fact) else "" for one in (before.plan, now.plan))
    if left.next_plan and plan == left.next_plan != own:
        told = f"the plan is {own} until the billing cycle ends" if own else "the plan stays until the cycle ends"
        raise BrokenPromiseError(told, plan, "doc:upgrade-downgrade.4")
    grown = add_on_growth(before, now)
    grown = grown - bought if isinstance(grown, int) else grown
    pairs = {one + other for one in left.amounts for other in left.amounts}  # two payments may be granted again
    exact = grown if isinstance(grown, int) and all(map(_is_exact, (before, now))) else 0
    is_known = isinstance(grown, int) and abs(grown) in left.amounts | pairs
    is_used_first = exact < 0 and _has_monthly(before) and _has_monthly(now)
    is_nobody_s = exact != 0 and (left.target.is_exclusive or is_used_first)
    if isinstance(grown, int) and grown and (is_known or is_nobody_s):
        raise BrokenPromiseError(str(ExpectedBalance(before, when, bought)), f"{grown + bought:+,} add-on credits")
    offered = left.target.offered
    if left.amounts and offered and exact > 0 and not _can_be_bought(exact, offered):
        told = f"{grown:+,} add-on credits, as many as no packages have"
        raise BrokenPromiseError(str(ExpectedBalance(before, when, bought)), told)
    was_used, is_used = before.used, now.used
    if before.monthly == now.monthly and isinstance(was_used, Fact) and isinstance(is_used, Fact):
        was, is_ = abs(was_used.value), abs(is_used.value)
        told = f"{was:,} used credits became {is_:,}"
        check(is_ >= was, expected=str(ExpectedBalance(before, when)), actual=told)  # nobody gives used credits back
    there, still = likely_left(before), likely_left(now)
    if there is not None and still is not None and abs(there - still) in left.used:
        raise BrokenPromiseError(
            str(ExpectedBalance(before, when)), f"{still - there:+,} credits, as many as a workflow had used before"
        )


def _has_monthly(reading: CreditsReading) -> bool:
    """Whether monthly credits are left for certain, so that no run uses others."""
    return isinstance(reading.monthly, Fact) and bool(reading.monthly.value.likely_left)


def _is_exact(reading: CreditsReading) -> bool:
    """Whether no add-on credits are written short: "15.2K" grows by what nobody bought."""
    amounts = (one for line in reading.shown for one in line.amounts if one.owner == "add_on")
    return all(one.number.step <= 1 for one in amounts)


def _can_be_bought(credits_: int, packages: frozenset[int]) -> bool:
    """Whether some packages, each of them as often as one likes, have so many credits together."""
    unit = math.gcd(*packages)
    if credits_ % unit:
        return False
    reached = [True] + [False] * (credits_ // unit)
    for at in range(1, len(reached)):
        reached[at] = any(one // unit <= at and reached[at - one // unit] for one in packages)
    return reached[-1]
