"""What a person reads on a generated page: the truth that readers are held against."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from steps.targets.profile import Profile
    from tests.tools.worlds.boxes import Box


@dataclass(frozen=True)
class Balance:
    """What one line says of credits. None: not said. `plain` are numbers that the line does not say the meaning of."""

    left: int | None = None
    used: int | None = None
    whole: int | None = None
    plain: tuple[int, ...] = ()

    @property
    def numbers(self) -> frozenset[int]:
        """All numbers of the line."""
        return frozenset({*self.plain, *(one for one in (self.left, self.used, self.whole) if one is not None)})


@dataclass(frozen=True)
class Credits:
    """The truth of a Billing page. None: the page does not say so."""

    plan: str | None = None
    monthly: Balance | None = None
    add_on: Balance | None = None
    overall: Balance = field(default_factory=Balance)
    doubtful: bool = False
    """Whether it stands there in a way that a person may wonder at."""
    account: tuple[Balance, Balance, Balance] = (Balance(), Balance(), Balance())
    """What is so of monthly, add-on and all credits, said or not: a reading may not go against it."""


@dataclass(frozen=True)
class Offer:
    """A package on sale."""

    credits: int
    price: Decimal
    currency: str


@dataclass(frozen=True)
class Offers:
    """The truth of a pop-up of packages: what shows of it, and whether there is more behind a press or a scroll."""

    offers: tuple[Offer, ...]
    more: bool = False
    folded: bool = False
    """Whether the packages are in a list that is not unfolded yet."""


@dataclass(frozen=True)
class Payment:
    """The truth of a payment page: what it asks for, and what it says of an attempt to pay."""

    total: Decimal
    currency: str
    credits: int | None = None
    messages: tuple[str, ...] = ()
    """What it says of the attempt; none where nothing went wrong."""


@dataclass(frozen=True)
class Invoice:
    """A line of the list of invoices."""

    number: str
    day: date
    credits: int | None
    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Invoices:
    """The truth of a list of invoices, in its order."""

    invoices: tuple[Invoice, ...]


@dataclass(frozen=True)
class User:
    """A line of the list of users."""

    name: str
    email: str
    role: str
    access: str
    last_login: str


@dataclass(frozen=True)
class Users:
    """The truth of a list of users, in its order."""

    users: tuple[User, ...]


Truth = Credits | Offers | Payment | Invoices | Users


@dataclass(frozen=True)
class World:
    """A page with its truth; of a purchase, the page before it too."""

    kind: str
    page: Box
    truth: Truth
    profile: Profile
    url: str = "https://site.example/settings/billing"
    settled: bool = True
    """Whether a person who knows the profile is sure of all of it. Where not, a reader may be silent, but not wrong."""
    before: Box | None = None
    before_truth: Truth | None = None
    before_url: str = ""
    """The address of the page before, where it is another."""
    bought: int = 0
    fault: str = ""
    """How the purchase is broken; "" for a sound one."""
