"""One purchase, from choosing a package to the result of the payment."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from steps.pages.billing_information import information_on
from steps.pages.invoice_list import loaded_invoices_on
from steps.pages.polling import until
from steps.readers.page.capture import capture
from steps.readers.page.lines import layout_of
from steps.safety.payment_session import differing, id_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from steps.pages.checkout import PaymentPage
    from steps.pages.payment_outcome import Outcome
    from steps.readers.checkout.checkout import CheckoutSummary
    from steps.readers.credits.credits import CreditsReading
    from steps.readers.invoices.invoices import Invoice
    from steps.readers.money.money import Money
    from steps.readers.packages.offer import Offer
    from steps.targets.profile import Profile
    from steps.targets.test_cards import Card


@dataclass
class Purchase:
    """One purchase: the credits before, the choice, and the result."""

    before: CreditsReading
    amount: int = 0
    plan_credits: int | None = None
    """The credits a month of the plan that is chosen, where the list of plans says them."""
    plan_prices: tuple[Money | None, Money | None] = (None, None)
    """What a month costs by the list of plans, of the plan before and of the chosen one, where it tells."""
    offer: Offer | None = None
    summary: CheckoutSummary | None = None
    """What the payment page asked for when it opened."""
    asked_last: CheckoutSummary | None = None
    """What it asked for last before it was paid, where that can be told."""
    asked_after: CheckoutSummary | None = None
    """What it asks for once it has refused a card."""
    payment: PaymentPage | None = None
    card: Card | None = None
    """The card that was used last."""
    outcome: Outcome | None = None
    is_challenged: bool = False
    """Whether a bank was seen to ask when it was paid last."""
    tax_note: str = ""
    """The line with which the pop-up says that its prices are without tax; "" where it says nothing of it."""
    tax_included: str = ""
    """The line with which it says that they include tax."""
    total_told: Money | None = None
    """What the pop-up said that all comes to, once the package was chosen."""
    paid_at: float = 0.0
    invoices_before: tuple[Invoice, ...] | None = None
    """The invoices that were listed before, on the first page; None where they had not loaded."""
    information_before: tuple[str, ...] = ()
    """What Billing showed before of the billing information."""
    lines_before: tuple[str, ...] = ()
    """What the lines of the page said before, in reading order."""
    follows_runs: bool = False
    """Whether the member had run workflows before, in the same scenario."""
    is_invoiced: bool = False
    """Whether its invoice was seen."""
    opened_at: str = ""
    """The address of Billing before."""
    place: str = ""
    """The address of the page on which it is chosen and paid, as long as that leads nowhere else."""
    came_to: str = ""
    """The address that the payment page had led to once it was left, be it by a request or without."""
    balances_told: list[int] = field(default_factory=list)
    """What the buyer was told that the balance is since."""
    addresses: list[str] = field(default_factory=list)
    """The addresses of the payment page and its frames when it opened."""
    landings: list[str] = field(default_factory=list)
    reopened: str = ""
    """The address of the landing that was opened again, where that adds nothing."""

    @property
    def paid_for(self) -> CheckoutSummary | None:
        """What was paid, as far as the payment page told it."""
        return self.asked_last or self.summary

    def note_contents(self, page: Page, profile: Profile) -> None:
        """Note what Billing shows beside the credits before a purchase, or before whatever else is to come."""
        found: list[tuple[Invoice, ...] | None] = []

        def have_loaded() -> bool:
            found.append(loaded_invoices_on(page, profile))
            return found[-1] is not None

        until(have_loaded, profile.limits.page / 10)
        self.invoices_before = found[-1]
        self.information_before = information_on(page, profile)
        self.lines_before = _lines_of(page)

    def new_lines(self, page: Page) -> list[str]:
        """Return what the page says and did not say before, line by line, in reading order."""
        new = Counter(now := _lines_of(page)) - Counter(self.lines_before)
        return [one for one in dict.fromkeys(now) if new[one]]

    @property
    def session_id(self) -> str:
        """The id of the payment session, "" for none: of the frames, for a page around them may name an earlier one."""
        return id_in([*self.addresses[1:], *self.addresses[:1]])

    def thanked_at(self, base: str) -> str:
        """Return the address of a payment page elsewhere than the site that thanked for the payment; else ""."""
        is_thanked = self.outcome is not None and self.outcome.message
        own = urlsplit(base).netloc
        return next((one for one in self.addresses[:1] if is_thanked and urlsplit(one).netloc != own), "")

    def stay_at(self, address: str) -> None:
        """Note where the buyer is: `place` is none once that is another page."""
        if address != self.place:
            self.place = ""

    def own_landing(self, base: str) -> str:
        """Return where a payment page of the site's own has led without asking it for a page; "" for another one."""
        is_own = {urlsplit(one).netloc for one in (self.came_to, *self.addresses[:1])} == {urlsplit(base).netloc}
        return self.came_to if is_own and self.addresses and self.came_to not in self.addresses else ""

    def landing_instead(self, paid: Purchase) -> str:
        """Return the address to which paying would have led, as `paid` tells it; "" where that names no session."""
        pairs = zip(self.addresses, paid.addresses, strict=False)
        ids = [(self.session_id, paid.session_id), *(two for pair in pairs for two in differing(*pair))]
        swapped = {other: mine for mine, other in ids if mine and other}
        for landing in paid.landings:
            named = [other for other in swapped if other in landing]
            if named:
                return landing.replace(longest := max(named, key=len), swapped[longest])
        return ""


def _lines_of(page: Page) -> tuple[str, ...]:
    return tuple(line.text for line in layout_of(capture(page)).lines)


def parse_credits(amount: str) -> int:
    """Convert a documented amount ("44,000") to a number of credits."""
    return int(amount.replace(",", ""))
