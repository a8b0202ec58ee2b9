"""What the site sells, and the values that its parts hand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Pool = Literal["monthly", "add_on"]
Kind = Literal["grant", "renewal", "purchase", "use", "expiry", "refund"]

CURRENCY = "usd"


@dataclass(frozen=True)
class Package:
    """An amount of credits on sale and its price in cents.

    The amounts are those of the documentation page `workspace/billing/buy-credits`, step 3; no public page tells the
    prices, so these are made up.
    """

    credits: int
    price: int

    @property
    def id(self) -> str:
        """Name the package in addresses and forms."""
        return f"credits-{self.credits}"

    @property
    def label(self) -> str:
        """Name the package as the documentation writes it: "2,000 credits"."""
        return f"{self.credits:,} credits"


PACKAGES = (
    Package(2_000, 2_000),
    Package(4_000, 3_900),
    Package(6_000, 5_700),
    Package(11_000, 9_900),
    Package(22_000, 18_900),
    Package(44_000, 35_900),
    Package(66_000, 51_900),
    Package(115_000, 85_900),
    Package(230_000, 164_900),
    Package(480_000, 329_900),
    Package(1_200_000, 779_900),
)
PACKAGES_BY_ID = {package.id: package for package in PACKAGES}


@dataclass(frozen=True)
class Plan:
    """A subscription: its credits each month, its price in cents each month, and whether it can be chosen.

    Names are from public repositories and the documentation's example "Pro Internal"; credits and prices are made up.
    """

    name: str
    credits: int
    price: int
    summary: str
    listed: bool = True


PLANS = (
    Plan("Basic", 3_000, 2_900, "For trying out your first workflows."),
    Plan("Pro", 10_000, 7_900, "For teams that run workflows every day."),
    Plan("Pro Internal", 15_000, 9_900, "The plan of this workspace.", listed=False),
    Plan("Business", 50_000, 24_900, "For companies with many teams."),
)
PLANS_BY_NAME = {plan.name: plan for plan in PLANS}


@dataclass(frozen=True)
class Order:
    """What the payment page asks for: lines of a name, a price in cents and a quantity."""

    lines: tuple[tuple[str, int, int], ...]
    currency: str = CURRENCY

    @property
    def amount(self) -> int:
        """The total, in cents."""
        return sum(cents * quantity for _, cents, quantity in self.lines)


@dataclass(frozen=True)
class Grant:
    """Credits on their way into the ledger; negative ones take away.

    `after` seconds of the workspace's clock: a sound site has nothing that comes later.
    """

    workspace_id: str
    pool: Pool
    credits: int
    kind: Kind = "purchase"
    note: str = ""
    after: float = 0.0


@dataclass(frozen=True)
class Workspace:
    """A workspace as it stands; times in seconds since 1970 by the workspace's own clock."""

    id: str
    name: str
    plan: str
    pending_plan: str | None
    monthly_credits: int
    created: float
    cycle_start: float
    cycle_end: float
    clock_offset: float
    variant: Mapping[str, str]
    faults: tuple[str, ...]
    information: Mapping[str, str] | None
    invoice_prefix: str

    @property
    def is_renewed(self) -> bool:
        """Whether its first month is over."""
        return self.cycle_start > self.created


@dataclass(frozen=True)
class Member:
    """A person who signs in; a session from an earlier `epoch` is no longer valid."""

    id: str
    workspace_id: str
    name: str
    email: str
    role: str
    last_login: float | None
    epoch: int


@dataclass(frozen=True)
class Purchase:
    """Something put into the payment page: a package or a plan. `amount` in cents, times in real seconds since 1970.

    `landings` counts how often the buyer has come back from the payment page, with or without having paid, `refusals`
    how often a card was refused there.
    """

    id: str
    workspace_id: str
    member_id: str
    kind: str
    item: str
    credits: int
    amount: int
    currency: str
    state: str
    created: float
    session_id: str | None = None
    paid_at: float | None = None
    seen_at: float | None = None
    landings: int = 0
    refusals: int = 0


@dataclass(frozen=True)
class InvoiceFilter:
    """Which invoices to show: of a kind, from `since` up to `until` (seconds since 1970), a page from 1."""

    kind: str | None = None
    since: float | None = None
    until: float | None = None
    page: int = 1


class RefusedError(Exception):
    """The site will not do what was asked; the message is for the person who asked, `status` for HTTP."""

    def __init__(self, message: str, status: int = 409, **fields: str) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.fields = fields


_SIGNS = {"usd": "$", "aud": "A$"}


def money(cents: int, currency: str = CURRENCY) -> str:
    """Write an amount of cents as the pages do: "$1,234.00"."""
    return f"{_SIGNS[currency]}{cents / 100:,.2f}"
