"""How a page writes numbers, money and days, and what the profile says of that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.tools.worlds.dice import Dice

Thousands = str


@dataclass(frozen=True)
class Writing:
    """How numbers are written. `thousands` is what the profile says; `written` what stands on the page."""

    thousands: Thousands = ","
    written: str = ","
    decimal: str = "."
    sign: str = "$"
    code: str = "USD"
    sign_behind: bool = False
    days: str = "%b %-d, %Y"
    rounding: str = ROUND_HALF_UP

    @property
    def conflicts(self) -> bool:
        """Whether the page writes otherwise than the profile says, in a way that changes what a number is."""
        return (self.thousands, self.written) in {(",", "."), (".", ",")}

    def number(self, amount: int) -> str:
        """Write a whole number."""
        return f"{amount:,}".replace(",", self.written)

    def share(self, part: float, *, fine: bool = False) -> str:
        """Write a share of 1 in percent, rounded."""
        step = Decimal("0.1") if fine else Decimal(1)
        return str(Decimal(part * 100).quantize(step, self.rounding)).replace(".", self.decimal)

    def money(self, amount: Decimal) -> str:
        """Write an amount of money with its sign."""
        digits = f"{amount:,.2f}".replace(",", "\0").replace(".", self.decimal).replace("\0", self.written)
        apart = "\u00a0" if len(self.sign) > 2 or self.sign_behind else ""
        return f"{digits}{apart}{self.sign}" if self.sign_behind else f"{self.sign}{apart}{digits}"

    def day(self, day: date) -> str:
        """Write a day."""
        return day.strftime(self.days)


_NUMBERS = (
    (",", ",", "."), (".", ".", ","), (" ", " ", ","), (" ", "\u00a0", ","), (" ", "\u202f", ","),
    ("'", "'", "."), ("'", "\u2019", "."), ("", "", "."), (",", "", "."),
)  # fmt: skip
_MONEY = (
    ("$", "USD", False), ("US$", "USD", False), ("\u20ac", "EUR", False), ("\u20ac", "EUR", True),
    ("\u00a3", "GBP", False), ("A$", "AUD", False), ("CHF", "CHF", False), ("USD", "USD", True), ("CA$", "CAD", False),
)  # fmt: skip
_DAYS = ("%b %-d, %Y", "%-d %B %Y", "%Y-%m-%d", "%-d %b %Y", "%B %-d, %Y", "%b %d, %Y", "%m/%d/%Y", "%d.%m.%Y")


def draw_writing(dice: Dice, *, conflicts: bool = False) -> Writing:
    """Choose how the page writes; where it may conflict with the profile, it rarely does."""
    thousands, written, decimal = dice.pick(_NUMBERS)
    if conflicts and dice.chance(40):
        thousands, written, decimal = dice.pick(((",", ".", ","), (".", ",", ".")))
    sign, code, behind = dice.pick(_MONEY)
    rounding = dice.pick((ROUND_HALF_UP, ROUND_FLOOR, ROUND_CEILING))
    return Writing(thousands, written, decimal, sign, code, behind, dice.pick(_DAYS), rounding)


def draw_day(dice: Dice) -> date:
    """Choose a day of about a year."""
    return date(2026, 11, 22) - timedelta(days=dice.number(400))


def draw_price(dice: Dice, credits_: int) -> Decimal:
    """Choose a price for credits: some cents for each ten, whole or not."""
    return (Decimal(credits_) / dice.pick((100, 200, 140, 90))).quantize(Decimal(dice.pick(("1", "0.01"))))
