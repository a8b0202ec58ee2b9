"""A buyer at a payment page, a guard, and a record of all that happens there."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from steps.actors.member import Member
from steps.actors.purchase import Purchase
from steps.pages.checkout import PaymentPage
from steps.safety.spend_guard import SpendGuard
from steps.targets.profile import Limits, Payments, Profile
from steps.targets.target import Account
from steps.targets.test_cards import PAID, Card
from tests.suite.support.payment_stand import Stand, Watch, serve_abroad

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext

    from steps.readers.money.money import Money
    from steps.readers.packages.offer import Offer
    from steps.targets.target import Target
    from tests.suite.support.guard_situations import Situation


@dataclass
class Table:
    """A buyer who has come to a payment page, a guard, and a record of all that happens there."""

    stand: Stand
    context: BrowserContext
    payment_log: Path
    watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        self.watch = Watch(self.context)
        serve_abroad(self.context, "checkout.stripe.com", self.stand.at("site", "/thanks"))

    def profile(self, **payments: Any) -> Profile:
        given = {"hosts": [self.stand.host("pay")]} | payments
        site = f"http://{self.stand.host('site')}"
        return Profile(base_url=site, payments=Payments(**given), limits=Limits(page=5, payment=5))

    def member(self, *, flag: bool = False, **payments: Any) -> Member:
        profile = self.profile(**payments)
        guard = SpendGuard(profile, self.payment_log, allow_real=flag)
        target = cast("Target", SimpleNamespace(profile=profile))
        return Member(target, Account("Ada", "ada@example.com"), guard, self.context)

    def pay(self, member: Member, address: str, card: Card = PAID, *, price: Money | None = None) -> Purchase:
        """Choose what has a price, which leads to an address, and pay there."""
        member.history.begin()
        member.page.goto(address)
        return self.pay_here(member, card, price=price)

    def pay_here(self, member: Member, card: Card = PAID, *, price: Money | None = None) -> Purchase:
        page = member.context.pages[-1]
        page.wait_for_load_state()
        purchase = Purchase(before=cast("Any", None), payment=PaymentPage(page, member.target.profile, member.input))
        if price is not None:
            purchase.offer = cast("Offer", SimpleNamespace(prices=(price,), recurs=""))
        member.pay(purchase, card)
        return purchase

    def lines(self) -> int:
        return len(self.payment_log.read_text().splitlines()) if self.payment_log.is_file() else 0

    def meet(self, situation: Situation) -> Purchase:
        """Pay in a situation."""
        address = situation.address(self.stand)
        if address.startswith("http://checkout."):
            self.context.route("http://checkout.stripe.com/**", lambda route: route.fulfill(body="<p>$18", status=200))
        return self.pay(self.member(flag=situation.flag, **situation.payments), address, situation.card)
