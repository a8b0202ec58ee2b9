"""Every fault of the catalogue does what it says and nothing else."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup

from fake_backend.control.faults import CATALOGUE, HOOKS, UnknownFaultError, processor_settings
from fake_backend.site.hooks import Hooks
from tests.fake.conftest import Member
from tests.fake.support.shop import Shop
from tests.fake.support.tour import Tour

if TYPE_CHECKING:
    from tests.fake.conftest import Control

FIGURES = {"buying: shown", "buying: shown again", "buying: anew"}
SHOWN = {"buying: bar", *FIGURES}
BUYING = {"buying two", "buying twice the same", "buying at the month's end"}
GRANT = {"buying: granted", *SHOWN, *BUYING}
NOTHING_BOUGHT = GRANT | {
    f"buying: {name}" for name in ("charged", "monthly", "plan", "landing", "landed again", "invoice")
}

# What each fault is allowed to change of what the tour sees, and must.
CHANGES: dict[str, set[str]] = {
    "settings-entry-missing": {"menu"},
    "settings-entry-renamed": {"menu"},
    "log-out-missing": {"menu"},
    "billing-tab-missing": {"tabs"},
    "billing-tab-renamed": {"tabs"},
    "billing-tab-dead": {"tabs"},
    "billing-shows-error": {"error", "sections", "plan", "credits", "information", *SHOWN},
    "current-plan-missing": {"sections"},
    "current-plan-renamed": {"sections"},
    "invoices-missing": {"sections"},
    "information-renamed": {"sections"},
    "add-credits-missing": {"sections"},
    "add-credits-renamed": {"sections"},
    "add-credits-elsewhere": {"sections"},
    "add-credits-dead": {"sections"},
    "credit-bar-unnamed": {"credits"},
    "packages-need-a-mouse": {"packages"},
    "popup-too-wide": {"packages"},
    "support-address-wrong": {"packages"},
    "upgrade-plan-missing": {"sections"},
    "upgrade-plan-elsewhere": {"sections"},
    "upgrade-plan-dead": {"sections"},
    "plan-misnamed": {"plan"},
    "pools-swapped": {"credits", *FIGURES},
    "package-missing": {"packages"},
    "package-extra": {"packages"},
    "package-misnamed": {"packages"},
    "package-amount-wrong": {"packages"},
    "packages-reordered": {"packages"},
    "package-twice": {"packages"},
    "packages-empty": {"packages"},
    "neighbour-among-users": {"users"},
    "role-not-shown": {"users"},
    "neighbour-among-invoices": {"invoices"},
    "invoice-filter-dead": {"invoices of a type"},
    "receipt-wrong": {"receipt"},
    "leads-to-another": {"buying: charged", "buying: granted", "buying: invoice", *SHOWN},
    "price-differs": {"buying: charged", "buying: invoice"},
    "payment-misnamed": {"buying: charged"},
    "choosing-does-nothing": {"buying: charged"},
    "choosing-returns-home": {"buying: charged"},
    "choosing-fails": NOTHING_BOUGHT,
    "second-purchase-refused": {"buying two", "buying twice the same"},
    "month-end-refused": {"buying at the month's end"},
    "closing-adds-credits": {"packages", "closed"},
    "grant-on-cancel": {"cancelled"},
    "session-lost": {"buying: landing"},
    "invoice-missing": {"buying: invoice"},
    "invoice-amount-wrong": {"buying: invoice"},
    "password-refused": {"getting in by password"},
    "reset-code-missing": {"getting in by reset"},
    "information-lost": {"information"},
    "wrong-address-saved": {"wrong"},
    "complaint-misplaced": {"wrong"},
    "plans-missing": {"plans"},
    "upgrade-without-effect": {"upgraded"},
    "downgrade-at-once": {"downgraded"},
    "runs-stay-stopped": {"running after buying"},
    "run-overcharged": {"running", "running after buying"},
    "add-on-used-first": {"pools after a run"},
    "runs-without-credits": {"running without credits"},
    "want-of-credits-unsaid": {"running without credits"},
    "one-package-wrong": {"buying: granted", *SHOWN},
    "granted-one-less": GRANT,
    "granted-nothing": GRANT,
    "granted-twice": GRANT,
    "granted-to-neighbour": GRANT,
    "granted-as-monthly": {"buying: granted", "buying: monthly", *FIGURES, *BUYING},
    "granted-again-on-landing": {"buying: landed again"},
    "gone-after-reload": {"buying: shown again", "buying: anew"},
    "gone-after-sign-in": SHOWN,
    "purchase-uses-monthly": {"buying: monthly", *SHOWN},
    "purchase-adds-use": {"buying: monthly", *SHOWN},
    "used-reset": SHOWN,
    "plan-changes": {"buying: plan"},
    "bar-stays": {"buying: bar", "buying: shown again", "buying: anew"},
    "second-purchase-lost": {"buying two", "buying twice the same"},
    "same-package-lost": {"buying twice the same"},
    "month-end-lost": {"buying at the month's end"},
}  # fmt: skip
OF_THE_PROCESSOR = {name for name, fault in CATALOGUE.items() if fault.processor}
ELSEWHERE = {"granted-late", "declined-yet-granted", "unauthenticated-yet-granted"} | OF_THE_PROCESSOR


@pytest.fixture(scope="module")
def shop() -> Shop:
    return Shop()


@pytest.fixture(scope="module")
def sound(shop: Shop) -> dict[str, Any]:
    return Tour(shop, ()).seen


def test_there_are_at_least_forty_and_each_is_tried_here() -> None:
    assert len(CATALOGUE) >= 40
    assert set(CATALOGUE) == set(CHANGES) | ELSEWHERE


def test_a_sound_site_looks_the_same_twice(shop: Shop, sound: dict[str, Any]) -> None:
    assert Tour(shop, ()).seen == sound


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_a_fault_changes_what_it_says_and_nothing_else(shop: Shop, sound: dict[str, Any], name: str) -> None:
    seen = Tour(shop, (name,)).seen
    assert {key for key in sound if seen.get(key) != sound[key]} == CHANGES[name]


@pytest.mark.parametrize("fault", CATALOGUE.values(), ids=CATALOGUE)
def test_a_fault_is_described_for_its_readers(fault: Any) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", fault.name)
    assert re.fullmatch(r"(doc:[a-z-]+\.(\d+[ab]?|help)|assumption:[a-z-]+)", fault.breaks)
    assert fault.sees[0].isupper()
    assert fault.sees.endswith(".")
    assert fault.changes or fault.processor


def test_faults_stack(shop: Shop, sound: dict[str, Any]) -> None:
    seen = Tour(shop, ("billing-tab-renamed", "package-missing", "granted-one-less", "granted-twice")).seen
    assert seen["tabs"] == [("General", False), ("Payments", False)]
    assert len(seen["packages"]["packages"]) == 10
    assert seen["buying: granted"][2_000] == 2 * 1_999
    assert seen["menu"] == sound["menu"]


@pytest.mark.parametrize("name", ["second-purchase-refused", "second-purchase-lost", "same-package-lost"])
def test_a_payment_that_was_left_is_no_first_purchase(shop: Shop, name: str) -> None:
    seeded = shop.seed(faults=[name])
    member = shop.member(seeded)
    shop.choose(member, 2_000)
    shop.buy(member, 2_000)
    assert shop.add_on(seeded) == 2_000


def test_faults_can_be_set_and_taken_back(shop: Shop) -> None:
    seeded = shop.seed()
    member = shop.member(seeded)
    shop.site.set_faults(seeded.id, ["package-missing"])
    assert len(member.get("/api/billing/packages").json["packages"]) == 10
    shop.site.set_faults(seeded.id, [])
    assert len(member.get("/api/billing/packages").json["packages"]) == 11


def test_an_unknown_fault_is_named_with_the_nearest(shop: Shop) -> None:
    for refuse in (HOOKS.with_faults, processor_settings, lambda names: shop.seed(faults=names)):
        with pytest.raises(UnknownFaultError, match="did you mean 'package-missing'"):
            refuse(["package-mising"])
    with pytest.raises(UnknownFaultError):
        Hooks().with_faults(["package-missing"])


def test_a_late_grant_comes_twenty_seconds_after_the_payment(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    seeded = shop.seed(faults=["granted-late"])
    shop.buy(shop.member(seeded), 2_000)
    session_id = shop.site.state(seeded.id)["purchases"][0]["session_id"]
    assert shop.add_on(seeded) == 0
    now = time.monotonic()
    for later, expected in ((19.0, 0), (20.5, 2_000), (30.0, 2_000)):
        monkeypatch.setattr(time, "monotonic", lambda later=later: now + later)
        shop.site.fulfilment.fulfil(session_id)
        assert shop.add_on(seeded) == expected


def test_a_late_grant_comes_by_itself(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HOOKS.with_faults(["granted-late"]), "grant_delay", lambda *_: 0.2)
    seeded = shop.seed(faults=["granted-late"])
    shop.buy(shop.member(seeded), 2_000)
    assert shop.add_on(seeded) == 0
    end = time.monotonic() + 5
    while shop.add_on(seeded) == 0 and time.monotonic() < end:
        time.sleep(0.05)
    assert shop.add_on(seeded) == 2_000


GOOD, DECLINED, CHALLENGED = "4242424242424242", "4000000000000002", "4000002760003184"
REFUSED = {
    "state": "declined",
    "message": "Your credit card was declined. Try paying with a debit card instead.",
    "of_card": True,
}
UNKNOWN = {
    "state": "declined",
    "message": "We are unable to authenticate your payment method. "
    "Please choose a different payment method and try again.",
    "of_card": False,
}


def paid(control: Control, faults: list[str], card: str) -> tuple[dict[str, Any], int]:
    """Buy 2,000 credits over HTTP, failing the challenge if there is one.

    Returns what the payment page is told last, and the add-on credits once every webhook has been delivered.
    """
    seeded = control.seed(faults=faults)
    member = Member.of(control, seeded)
    url = member.checkout("credits-2000")
    told = member.pay(url, cardNumber=card)
    if told["state"] == "challenge":
        answer = member.http.request("POST", f"{url}/challenge/{told['challenge']}", json={"outcome": "fail"})
        told = answer.json()
    end = time.monotonic() + 10
    state = control.state(seeded["id"])
    while time.monotonic() < end and any(one["state"] == "pending" for one in state["deliveries"]):
        time.sleep(0.02)
        state = control.state(seeded["id"])
    return {key: told[key] for key in told if key != "redirect_url"}, state["credits"]["add_on"]["remaining"]


@pytest.mark.parametrize(
    ("name", "card", "amounts", "told"),
    [
        ("payment-never-ends", GOOD, (2_000, 0), ({"state": "paid"}, {"state": "processing"})),
        ("payment-never-returns", GOOD, (2_000, 2_000), ({"state": "paid"}, {"state": "processing"})),
        ("grant-on-decline", DECLINED, (0, 2_000), (REFUSED, {"state": "paid"})),
        ("decline-without-a-word", DECLINED, (0, 0), (REFUSED, {**REFUSED, "message": ""})),
        ("grant-on-failed-challenge", CHALLENGED, (0, 2_000), (UNKNOWN, {"state": "paid"})),
        ("declined-yet-granted", DECLINED, (0, 2_000), (REFUSED, REFUSED)),
        ("declined-yet-granted", CHALLENGED, (0, 0), (UNKNOWN, UNKNOWN)),
        ("unauthenticated-yet-granted", CHALLENGED, (0, 2_000), (UNKNOWN, UNKNOWN)),
        ("unauthenticated-yet-granted", DECLINED, (0, 0), (REFUSED, REFUSED)),
    ],
)
def test_a_fault_of_paying_shows_over_http(
    control: Control, name: str, card: str, amounts: tuple[int, int], told: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    assert paid(control, [], card) == (told[0], amounts[0])
    assert paid(control, [name], card) == (told[1], amounts[1])


def test_the_payment_page_may_show_another_amount(control: Control) -> None:
    for faults, total in (([], "$20.00"), (["payment-shows-other-amount"], "$25.00")):
        member = Member.of(control, control.seed(faults=faults))
        page = BeautifulSoup(member.call("GET", member.checkout("credits-2000")).data, "html.parser")
        shown = page.select_one("[data-testid=product-summary-total-amount]")
        assert shown is not None
        assert shown.get_text(strip=True) == total


def test_taking_a_payment_pages_fault_back_mends_it(control: Control) -> None:
    seeded = control.seed(faults=["payment-never-ends"])
    control.ask("PUT", f"/workspaces/{seeded['id']}/faults", {"faults": []})
    member = Member.of(control, seeded)
    member.pay(member.checkout("credits-2000"))
    assert control.state(seeded["id"])["credits"]["add_on"]["remaining"] == 2_000
