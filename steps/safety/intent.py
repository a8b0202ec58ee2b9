"""A payment about to be made, as the spend guard judges it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from steps.safety.payment_session import place_of

if TYPE_CHECKING:
    from decimal import Decimal

    from steps.targets.test_cards import Card


@dataclass(frozen=True)
class Intent:
    """A payment about to be made: URL, card and amount."""

    address: str
    card: Card = field(repr=False)
    amount: Decimal | None = None
    currency: str = ""
    net: Decimal | None = None
    """The amount without what the page itself calls taxes, where that is told for certain."""
    doubt: str = ""
    """Why the amount cannot be told, with the line of the profile that settles it."""
    redirect_chain: tuple[str, ...] = ()
    """The URLs from choosing the package to the payment page, redirects included."""
    frames: tuple[str, ...] = ()
    """The URLs of the frames with the card's fields and of those around them; empty if all are in the page itself."""

    @property
    def place(self) -> tuple[str, ...]:
        """Where the page and its frames are, without what a page may change about its own address."""
        return tuple(map(place_of, (self.address, *self.frames)))

    @property
    def origin(self) -> list[str]:
        """Scheme and host of the page: within them, a step of the payment page leads to the next."""
        return place_of(self.address).split("/")[:3]
