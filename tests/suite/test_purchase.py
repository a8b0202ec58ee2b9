"""To which address paying would have led a buyer who did not pay."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from steps import package_selection
from steps.actors.landing import Landing
from steps.actors.purchase import Purchase
from steps.pages.input_device import MOUSE
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from steps.actors.member import Member
    from steps.readers.credits import CreditsReading


def _purchase(*addresses: str, landing: str = "") -> Purchase:
    before = cast("CreditsReading", None)
    return Purchase(before=before, addresses=list(addresses), landings=[landing] if landing else [])


@pytest.mark.parametrize(
    ("own", "paid", "landing", "led_to"),
    [
        (
            "https://pay.example/c/pay/cs_test_b2Yz#fid%2Fa/b",
            "https://pay.example/c/pay/cs_test_a1Xy#fidkd",
            "https://site.example/thanks?session=cs_test_a1Xy",
            "https://site.example/thanks?session=cs_test_b2Yz",
        ),
        (
            "https://pay.example/checkout/txn_01k7b3?lang=en",
            "https://pay.example/checkout/txn_01k7a2?lang=en",
            "https://site.example/?checkout=txn_01k7a2#settings/billing",
            "https://site.example/?checkout=txn_01k7b3#settings/billing",
        ),
        (
            "https://pay.example/?order=0f8fad5b-d9cb-469f-a165-70867728950e",
            "https://pay.example/?order=7c9e6679-7425-40de-944b-e07fc1f90ae7",
            "https://site.example/billing/7c9e6679-7425-40de-944b-e07fc1f90ae7/done",
            "https://site.example/billing/0f8fad5b-d9cb-469f-a165-70867728950e/done",
        ),
        ("https://pay.example/txn_01k7b3", "https://pay.example/txn_01k7a2", "https://site.example/thanks", ""),
        ("https://pay.example/c/2", "https://pay.example/c/1", "https://site.example/plans/1", ""),
        (
            "https://pay.example/txn_01k7b3",
            "https://other.example/v2/txn_01k7a2",
            "https://site.example/txn_01k7a2",
            "",
        ),
    ],
)
def test_the_address_names_the_session_that_was_not_paid(own: str, paid: str, landing: str, led_to: str) -> None:
    assert _purchase(own).landing_instead(_purchase(paid, landing=landing)) == led_to


THANKS = """<p>Confirming your payment</p><script>
fetch("/me").then(() => fetch("/confirm")).then(() => { document.body.textContent = "Not paid"; })</script>"""


def test_an_unpaid_order_s_page_is_given_the_time_to_confirm_it(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    confirmed: list[str] = []

    def serve(route: Route) -> None:
        confirmed.extend([route.request.url] if route.request.url.endswith("/confirm") else [])
        route.fulfill(body=THANKS, content_type="text/html")

    page.route("**/*", serve)
    paid = _purchase("https://pay.example/hp_1111a", landing="http://site.example/done?hp_1111a")
    left = _purchase("https://pay.example/hp_2222b")
    monkeypatch.setattr(package_selection, "the_member_leaves_the_payment_page", lambda *_: left)
    landing = Landing(page, Profile(base_url="http://site.example"), MOUSE)
    navigation = SimpleNamespace(visit=lambda url: page.goto(url, wait_until="commit"))
    member = SimpleNamespace(purchases=[paid], navigation=navigation, landing=landing)
    package_selection.the_member_opens_the_landing_unpaid(cast("Member", member), "6,000")
    assert confirmed == ["http://site.example/confirm"]
