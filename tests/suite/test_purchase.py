"""To which address paying would have led a buyer who did not pay."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from playwright.sync_api import Error as PlaywrightError

from steps import package_selection
from steps.actors.landing import Landing, stayed
from steps.actors.member import Member
from steps.actors.purchase import Purchase
from steps.pages.input_device import MOUSE
from steps.pages.payment_outcome import Outcome
from steps.targets.labels import Labels
from steps.targets.labels import words as label_words
from steps.targets.profile import Limits, Profile
from steps.verdicts.expectations import BrokenPromiseError
from steps.verdicts.verdict import NotVerifiedError

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from steps.readers.credits.credits import CreditsReading


_SITE = "http://site.example"


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


def test_each_line_that_is_new_since_a_purchase_is_told_once(page: Page) -> None:
    page.set_content("<p>Pro</p><p>Paid</p><p>4,000 credits were added</p><p>Paid</p>")
    bought = Purchase(before=cast("Any", None), lines_before=("Pro", "Paid", "No credits"))
    assert bought.new_lines(page) == ["Paid", "4,000 credits were added"]


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


STAYED = "Payment received. Taking you back…"


@pytest.mark.parametrize(
    ("words", "landing", "profile", "doubts"),
    [
        (STAYED, "", Profile(base_url=_SITE), 1),
        ("Thank you! You will be redirected shortly.", "", Profile(base_url=_SITE), 1),
        (STAYED, f"{_SITE}/done", Profile(base_url=_SITE), 0),
        (STAYED, "", Profile(base_url=_SITE, labels=Labels(payment_success=label_words(STAYED))), 0),
        ("Payment successful. You can return to the shop.", "", Profile(base_url=_SITE), 0),
        ("", "", Profile(base_url=_SITE), 0),
    ],
)
def test_a_payment_page_that_says_it_leads_back_and_stays_is_doubtful(
    words: str, landing: str, profile: Profile, doubts: int
) -> None:
    purchase = _purchase("https://pay.example/hp_1", landing=landing)
    purchase.outcome = Outcome("left", words)
    found = stayed(purchase, profile)
    assert len(found) == doubts
    assert all(STAYED in one or "redirected shortly" in one for one in found)


@pytest.mark.parametrize(
    ("message", "landing", "opened"),
    [
        ("", f"{_SITE}/done", f"{_SITE}/done"),
        ("Payment successful", "", "https://pay.example/hp_1"),
        ("Payment successful", f"{_SITE}/done", f"{_SITE}/done"),
    ],
)
def test_where_a_payment_ended_is_opened_again(message: str, landing: str, opened: str) -> None:
    visited: list[str] = []
    purchase = _purchase("https://pay.example/hp_1", "https://pay.example/frame", landing=landing)
    purchase.outcome = Outcome("left", message)
    way = SimpleNamespace(to_billing=lambda: visited.append("Billing"))
    target = SimpleNamespace(profile=Profile(base_url=_SITE))
    member: Any = SimpleNamespace(
        navigation=SimpleNamespace(visit=visited.append), landing=way, target=target, doubts=[]
    )
    Member.open_landing_again(member, purchase)
    assert visited == [opened, "Billing"]
    purchase.addresses, purchase.landings = [], []
    with pytest.raises(NotVerifiedError, match="opened again"):
        Member.open_landing_again(member, purchase)


LATE = "<div id=root></div><script>setTimeout(() => {{ root.textContent = 'Home' }}, {})</script>"
ONCE = "<script>document.write(sessionStorage.seen ? 'Home' : '404'); sessionStorage.seen = 1</script>"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<p>Home</p>", ""),
        (LATE.format(2_500), ""),
        (ONCE, ""),
        ("<div id=root></div>", "/back: a blank page"),
        ("<h1>404</h1><p>This page could not be found.</p>", "/back: 404"),
    ],
)
def test_a_buyer_who_has_paid_is_not_sent_to_a_dead_end(
    page: Page, monkeypatch: pytest.MonkeyPatch, body: str, told: str
) -> None:
    page.route("**/*", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto(f"{_SITE}/back")
    monkeypatch.setattr("steps.actors.landing.AppNavigation.go_to_billing", lambda _: None)
    landing = Landing(page, Profile(base_url=_SITE, limits=Limits(page=4)), MOUSE)
    with pytest.raises(BrokenPromiseError, match=told) if told else nullcontext():
        landing.to_billing()


def test_a_buyer_who_has_paid_is_not_sent_where_nobody_answers(page: Page) -> None:
    page.route("**/*", lambda route: route.abort("connectionrefused"))
    with suppress(PlaywrightError):
        page.goto("http://gone.example/settings/billing?paid=1")
    landing = Landing(page, Profile(base_url=_SITE, limits=Limits(page=4)), MOUSE)
    with pytest.raises(BrokenPromiseError, match="cannot reach where that leads"):
        landing.to_billing()
