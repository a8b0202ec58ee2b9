"""Payments through the guard on every payment page of the fake, where its form is in a frame of a frame too."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from fake_backend.control.variants import VARIANTS
from fake_backend.serving import Fake
from steps.actors.member import Member
from steps.actors.purchase import Purchase
from steps.pages.checkout import PaymentPage
from steps.safety.payment_log import PaymentLog
from steps.safety.spend_guard import SpendGuard
from steps.targets.hosts import host_of
from steps.targets.profile import Limits, Payments, Profile
from steps.targets.target import Account
from steps.targets.test_cards import CHALLENGED, PAID, REFUSED, Card
from tests.fake.conftest import Control
from tests.fake.conftest import Member as Buyer
from tests.suite.support.variants import pairwise_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

_OF_PAYMENT = {name: VARIANTS[name] for name in ("payment_tab", "payment_page", "payment_summary")}
_IN_FRAMES = ("nested-frame", "payment-element", "field-frames")
_PAIRS = [
    pytest.param(
        variant,
        id=", ".join(variant.values()),
        marks=() if variant["payment_tab"] == "embedded" and variant["payment_page"] in _IN_FRAMES
        else pytest.mark.nightly,
    )
    for variant in pairwise_of(_OF_PAYMENT)
]  # fmt: skip


@pytest.fixture(scope="module")
def control() -> Iterator[Control]:
    with Fake() as fake:
        yield Control(fake)


class Till:
    """A member of a workspace with a variant, who has a guard and comes to payment pages."""

    def __init__(self, control: Control, page: Page, variant: dict[str, str], log: Path) -> None:
        self.control = control
        self.seeded = control.seed(variant=variant)
        site, processor = control.fake.site_url, control.fake.processor_url
        profile = Profile(
            base_url=site,
            payments=Payments(hosts=[host_of(site), host_of(processor)]),
            limits=Limits(page=10, payment=10),
        )
        self.guard = SpendGuard(profile, log)
        page.context.add_cookies(self.seeded["storage_state"]["cookies"])
        target = cast("Any", SimpleNamespace(profile=profile))
        self.member = Member(target, Account("Ada", "ada@example.com"), self.guard, page.context)

    def choose(self) -> Purchase:
        """Come to the payment page for 44,000 credits, which are $359.00."""
        self.member.history.begin()
        address = Buyer.of(self.control, self.seeded).checkout()
        site = self.control.fake.site_url
        self.member.page.goto(address if address.startswith("http") else site + address)
        payment = PaymentPage(self.member.page, self.member.target.profile, self.member.input)
        return Purchase(before=cast("Any", None), payment=payment)

    def pay(self, purchase: Purchase, card: Card, *, complete: bool | None = None) -> str:
        self.member.pay(purchase, card, complete=complete)
        assert purchase.outcome is not None
        return purchase.outcome.kind

    def bought(self) -> int:
        remaining: int = self.control.state(self.seeded["id"])["credits"]["add_on"]["remaining"]
        return remaining


@pytest.mark.parametrize("variant", _PAIRS)
def test_a_payment_goes_through_on_every_pair_of_pages(
    control: Control, page: Page, tmp_path: Path, variant: dict[str, str]
) -> None:
    till = Till(control, page, variant, tmp_path / "payments.jsonl")
    purchase = till.choose()
    assert till.pay(purchase, PAID) == "left"
    assert (str(till.guard.amount), till.bought()) == ("359.00", 44_000)


@pytest.mark.nightly
@pytest.mark.sampled(4)
@pytest.mark.parametrize("layout", _IN_FRAMES)
def test_what_a_frame_in_a_frame_says_and_asks_is_understood(
    control: Control, page: Page, tmp_path: Path, layout: str
) -> None:
    log = tmp_path / "payments.jsonl"
    till = Till(control, page, {"payment_tab": "embedded", "payment_page": layout}, log)
    purchase = till.choose()
    assert till.pay(purchase, REFUSED["declined"]) == "refused"
    assert till.pay(purchase, CHALLENGED, complete=True) == "left"
    assert [payment.outcome for payment in PaymentLog(log).payments()] == ["refused", "left"]
    assert till.bought() == 44_000
