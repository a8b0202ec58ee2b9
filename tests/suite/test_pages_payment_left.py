"""Ways back from a payment page, and what waits for a payment meanwhile."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from steps.actors.member import Member
from steps.pages.base_page import ElementNotFoundError
from steps.pages.billing import BillingPage
from steps.pages.checkout import PaymentPage
from steps.readers.page.fact import Fact
from steps.targets.target import Account
from steps.verdicts.verdict import NotVerifiedError
from tests.suite.support.payment_pages import NUMBER, PROFILE, served

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_tab_without_a_way_back_is_closed(page: Page) -> None:
    served(page, pay=f"<h1>Pay</h1>{NUMBER}")
    page.goto("http://site.example/billing")
    with page.expect_popup() as opened:
        page.evaluate("window.open('http://pay.example/pay')")
    opened.value.wait_for_load_state()
    PaymentPage(opened.value, PROFILE).leave()
    assert opened.value.is_closed()
    assert not page.is_closed()


@pytest.mark.parametrize("link", ["&larr; Diaflow", "Back to Diaflow", "Cancel payment", "&lt; Diaflow"])
def test_the_way_back_is_the_link_that_a_person_would_press(page: Page, link: str) -> None:
    served(page, pay=f"<a href='/terms'>Terms</a>{NUMBER}<a href='http://site.example/left'>{link}</a>")
    page.goto("http://site.example/billing")
    page.goto("http://pay.example/pay")
    PaymentPage(page, PROFILE).leave()
    assert page.url == "http://site.example/left"


@pytest.mark.parametrize("link", ["<a href='#'>Back</a>", "<a href='/nowhere' onclick='return false'>Cancel</a>"])
def test_a_way_back_that_leads_nowhere_is_not_verified(page: Page, link: str) -> None:
    page.set_content(f"{NUMBER}{link}")
    with pytest.raises(NotVerifiedError, match="leads nowhere"):
        PaymentPage(page, PROFILE).leave()


WAITING = (
    "<h2>Current Plan</h2><p>Pro</p><p>Monthly credits: 500</p><div id=on role=dialog aria-modal=true "
    "style='position:fixed;inset:40px;background:#fff'><h2>Waiting for your payment</h2>"
    "<button onclick='on.remove()'>Cancel</button></div>"
)


def test_a_pop_up_that_waits_for_the_payment_is_closed_by_its_own_control(page: Page) -> None:
    page.set_content(WAITING)
    billing = BillingPage(page, PROFILE)
    with pytest.raises(ElementNotFoundError):
        billing.credits()
    billing.close_pop_up()
    assert isinstance(billing.credits().monthly, Fact)
    billing.close_pop_up()  # with nothing on top, nothing is pressed


def test_a_pop_up_that_waits_for_a_refused_payment_is_closed_before_the_next_purchase(page: Page) -> None:
    target = cast("Any", SimpleNamespace(profile=PROFILE))
    member = Member(target, Account("Ada", "ada@example.com"), cast("Any", None), page.context)
    refused = SimpleNamespace(page=page, put_away=lambda: None)
    member.purchases.append(cast("Any", SimpleNamespace(payment=refused)))
    member.page.set_content(WAITING)
    with pytest.raises(ElementNotFoundError, match="Add credits"):
        member.choose("4,000")
