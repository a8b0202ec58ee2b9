"""What an account has, and what a purchase makes of it, soundly or not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from steps.documentation.packages import documented_packages
from tests.tools.worlds.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.tools.worlds.dice import Dice

PACKAGES = tuple(int(amount.replace(",", "")) for amount in documented_packages())
PLANS = ("Pro", "Basic", "Business", "Pro Internal", "Enterprise", "Starter")


@dataclass(frozen=True)
class Account:
    """Credits of a workspace: `monthly` and `add_on` are what was given, the others what was used of that."""

    plan: str
    monthly: int
    monthly_used: int
    add_on: int
    add_on_used: int = 0
    stale_total: int = 0
    """What overall totals lack: a fault of the page, 0 on a sound one."""
    stale_share: int = 0
    """What shares and bars are reckoned without, though the numbers stand right."""

    @property
    def used(self) -> int:
        """All used credits."""
        return self.monthly_used + self.add_on_used

    @property
    def whole(self) -> int:
        """All credits that were given, as the page adds them up."""
        return self.monthly + self.add_on - self.stale_total

    @property
    def left(self) -> int:
        """All usable credits, as the page adds them up."""
        return self.whole - self.used

    @property
    def share(self) -> float:
        """The used part of the whole, as the page reckons it."""
        return self.used / max(1, self.whole - self.stale_share)


def draw_account(dice: Dice) -> Account:
    """Choose an account; amounts are such that no two of them are equal by chance where that would hide a fault."""
    monthly = dice.pick((10_000, 5_000, 1_000, 25_000, 120_000, 500, 100_000, 12_500))
    used = monthly * dice.between(1, 19) // 20 + dice.pick((0, 3, 17, 41))
    add_on = dice.pick((0, 4_000, 6_000, 13_000, 750, 1_202_000))
    spent = dice.pick((0, 0, 0, 120)) if add_on else 0
    return Account(dice.pick(PLANS), monthly, min(used, monthly - 1), add_on, spent)


Fault = "Callable[[Account, int], Account]"
BROKEN: Registry[Callable[[Account, int], Account]] = Registry()
"""What can go wrong: from the account before and the bought amount to the account after."""


def sound(before: Account, bought: int) -> Account:
    """The account after a purchase that did what it promises."""
    return replace(before, add_on=before.add_on + bought)


def _after(before: Account, bought: int, **changed: object) -> Account:
    return replace(sound(before, bought), **changed)  # type: ignore[arg-type]


@BROKEN.form
def nothing_granted(before: Account, bought: int) -> Account:
    """Nothing arrives."""
    del bought
    return before


@BROKEN.form
def wrong_amount(before: Account, bought: int) -> Account:
    """A thousand fewer arrive."""
    return sound(before, bought - 1_000)


@BROKEN.form
def one_too_few(before: Account, bought: int) -> Account:
    """One is lost on the way."""
    return sound(before, bought - 1)


@BROKEN.form
def ten_times(before: Account, bought: int) -> Account:
    """A digit too many."""
    return sound(before, bought * 10)


@BROKEN.form
def granted_twice(before: Account, bought: int) -> Account:
    """The landing and the webhook both give."""
    return sound(before, bought * 2)


@BROKEN.form
def into_monthly(before: Account, bought: int) -> Account:
    """The monthly credits grow instead."""
    return replace(before, monthly=before.monthly + bought)


@BROKEN.form
def into_both(before: Account, bought: int) -> Account:
    """The monthly credits grow too."""
    return _after(before, bought, monthly=before.monthly + bought)


@BROKEN.form
def monthly_taken(before: Account, bought: int) -> Account:
    """The monthly credits shrink."""
    return _after(before, bought, monthly=before.monthly - before.monthly // 10 - 1)


@BROKEN.form
def monthly_refilled(before: Account, bought: int) -> Account:
    """The use of the month is forgotten."""
    return _after(before, bought, monthly_used=0, add_on_used=0)


@BROKEN.form
def used_grown(before: Account, bought: int) -> Account:
    """The purchase itself is counted as use."""
    return _after(
        before, bought, monthly_used=before.monthly_used + max(1, (before.monthly - before.monthly_used) // 2)
    )


@BROKEN.form
def used_moved(before: Account, bought: int) -> Account:
    """The use goes over to the bought credits."""
    return _after(before, bought, monthly_used=0, add_on_used=min(before.used, before.add_on + bought))


@BROKEN.form
def add_on_taken(before: Account, bought: int) -> Account:
    """Earlier bought credits are replaced by the new ones."""
    return _after(before, bought, add_on=bought, add_on_used=0)


@BROKEN.form
def add_on_lost(before: Account, bought: int) -> Account:
    """What was bought is subtracted."""
    return replace(before, add_on=max(before.add_on - bought, 0), add_on_used=0)


@BROKEN.form
def plan_changed(before: Account, bought: int) -> Account:
    """The plan is another one."""
    return _after(before, bought, plan="Business" if before.plan != "Business" else "Basic")


@BROKEN.form
def total_not_grown(before: Account, bought: int) -> Account:
    """Overall totals stay."""
    return _after(before, bought, stale_total=bought)


@BROKEN.form
def total_grown_by_less(before: Account, bought: int) -> Account:
    """Overall totals grow by half of it."""
    return _after(before, bought, stale_total=bought // 2)


@BROKEN.form
def share_stands_still(before: Account, bought: int) -> Account:
    """Percents and bars stay where they were, though the numbers have grown."""
    return _after(before, bought, stale_share=bought)
