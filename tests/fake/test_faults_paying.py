"""Faults of paying, over HTTP: what the payment page shows and says, and what is added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup

from steps.readers.invoices.receipts import text_of_pdf
from tests.fake.conftest import Member

if TYPE_CHECKING:
    from tests.fake.conftest import Control

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


def paid(control: Control, faults: list[str], card: str, later: float = 0) -> tuple[dict[str, Any], int]:
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
    workspace = f"/workspaces/{seeded['id']}"
    control.ask("POST", f"{workspace}/webhooks/drain")
    control.ask("POST", f"{workspace}/clock", {"advance_s": later})
    added = control.ask("GET", f"{workspace}/ledger")["credits"]["add_on"]["remaining"]
    return {key: told[key] for key in told if key != "redirect_url"}, added


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
        ("declined-yet-granted-later", DECLINED, (0, 0), (REFUSED, REFUSED)),
        ("unauthenticated-yet-granted-later", CHALLENGED, (0, 0), (UNKNOWN, UNKNOWN)),
    ],
)
def test_a_fault_of_paying_shows_over_http(
    control: Control, name: str, card: str, amounts: tuple[int, int], told: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    assert paid(control, [], card) == (told[0], amounts[0])
    assert paid(control, [name], card) == (told[1], amounts[1])


@pytest.mark.parametrize(
    ("faults", "amounts"),
    [([], [2_000]), (["dearer-with-each-refusal"], [2_200]), (["refused-cards-invoiced-too"], [2_000] * 3)],
    ids=str,
)
def test_what_was_refused_may_be_billed_otherwise(control: Control, faults: list[str], amounts: list[int]) -> None:
    seeded = control.seed(faults=faults)
    member = Member.of(control, seeded)
    url = member.checkout("credits-2000")
    assert [member.pay(url, cardNumber=card)["state"] for card in (DECLINED, DECLINED, GOOD)][-1] == "paid"
    control.ask("POST", f"/workspaces/{seeded['id']}/webhooks/drain")
    assert [one["amount"] for one in control.state(seeded["id"])["invoices"]] == amounts


@pytest.mark.parametrize(
    ("faults", "added", "says"),
    [
        ([], 0, ""),
        (["grant-on-leaving-after-decline"], 2_000, ""),
        (["success-after-decline"], 0, "successful"),
        (["locked-after-decline"], 0, "will be locked"),
    ],
    ids=str,
)
def test_who_leaves_after_a_decline_may_be_given_or_told_something(
    control: Control, faults: list[str], added: int, says: str
) -> None:
    member = Member.of(control, seeded := control.seed(faults=faults))
    assert member.pay(member.checkout("credits-2000"), cardNumber=DECLINED)["state"] == "declined"
    control.ask("POST", f"/workspaces/{seeded['id']}/webhooks/drain")
    (purchase,) = control.state(seeded["id"])["purchases"]
    member.call("GET", f"/billing/cancelled?purchase={purchase['id']}")
    notice = member.call("GET", f"/api/billing?cancelled={purchase['id']}").json()["notice"] or {}
    assert control.ask("GET", f"/workspaces/{seeded['id']}/ledger")["credits"]["add_on"]["remaining"] == added
    told = [one for one in ("successful", "will be locked") if one in notice.get("text", "")]
    assert told == [says] * bool(says)


@pytest.mark.parametrize(
    ("faults", "says"), [([], "44,000 credits"), (["payment-unwritten"], "billing.packages.p44000.title")], ids=str
)
def test_what_is_bought_may_be_called_by_the_name_of_a_text(control: Control, faults: list[str], says: str) -> None:
    member = Member.of(control, control.seed(faults=faults))
    page = BeautifulSoup(member.call("GET", str(member.checkout("credits-44000"))).data, "html.parser")
    assert says in page.get_text()


@pytest.mark.parametrize(
    ("faults", "labels"),
    [
        ([], ["$99.00", "$39.00", "$20.00"]),
        (["amounts-of-three-invoices-rotated"], ["$39.00", "$20.00", "$99.00"]),
    ],
    ids=str,
)
def test_three_invoices_may_have_the_amounts_of_one_another(
    control: Control, faults: list[str], labels: list[str]
) -> None:
    member = Member.of(control, seeded := control.seed(faults=faults))
    for package in (2_000, 4_000, 11_000):
        assert member.pay(member.checkout(f"credits-{package}"))["state"] == "paid"
        control.ask("POST", f"/workspaces/{seeded['id']}/webhooks/drain")
    listed = member.call("GET", "/api/billing/invoices").json()["invoices"]
    assert [one["amount_label"] for one in listed] == labels


@pytest.mark.parametrize(("faults", "price"), [([], "$249.00"), (["plans-listed-cheaper"], "$244.00")], ids=str)
def test_a_plan_may_be_listed_for_less_than_is_asked_for(control: Control, faults: list[str], price: str) -> None:
    member = Member.of(control, control.seed(faults=faults, plan="Basic"))
    listed = {one["name"]: one["price"] for one in member.call("GET", "/api/plans").json()["plans"]}
    page = BeautifulSoup(
        member.call("GET", str(member.call("POST", "/api/plans/change", json={"plan": "Business"}).json()["url"])).data,
        "html.parser",
    )
    total = page.select_one("[data-testid=product-summary-total-amount]")
    assert (listed["Business"], total and total.get_text(strip=True)) == (price, "$249.00")


@pytest.mark.parametrize(("faults", "marked"), [([], "Business"), (["list-marks-plan-before"], "Basic")])
def test_a_list_may_mark_the_plan_before_an_upgrade(control: Control, faults: list[str], marked: str) -> None:
    seeded = control.seed(faults=faults, plan="Basic")
    member = Member.of(control, seeded)
    member.call("GET", "/api/plans")
    member.pay(str(member.call("POST", "/api/plans/change", json={"plan": "Business"}).json()["url"]))
    control.ask("POST", f"/workspaces/{seeded['id']}/webhooks/drain")
    listed = member.call("GET", "/api/plans").json()["plans"]
    assert [one["name"] for one in listed if one["current"]] == [marked]


@pytest.mark.parametrize(("faults", "plan"), [([], "Basic"), (["declined-upgrade-counts"], "Business")])
def test_a_declined_upgrade_may_change_the_plan(control: Control, faults: list[str], plan: str) -> None:
    seeded = control.seed(faults=faults, plan="Basic")
    member = Member.of(control, seeded)
    url = str(member.call("POST", "/api/plans/change", json={"plan": "Business"}).json()["url"])
    assert member.pay(url, cardNumber=DECLINED)["state"] == "declined"
    control.ask("POST", f"/workspaces/{seeded['id']}/webhooks/drain")
    assert member.call("GET", "/api/billing").json()["plan"]["name"] == plan


@pytest.mark.parametrize(
    ("name", "card"), [("declined-yet-granted-later", DECLINED), ("unauthenticated-yet-granted-later", CHALLENGED)]
)
def test_a_failed_payment_may_add_credits_later(control: Control, name: str, card: str) -> None:
    assert paid(control, [name], card, later=5)[1] == 0
    assert paid(control, [name], card, later=7)[1] == 2_000


@pytest.mark.parametrize(
    ("faults", "total", "due"),
    [
        ([], "$20.00", "$20.00"),
        (["payment-shows-other-amount"], "$25.00", "$25.00"),
        (["payment-total-differs"], "$21.00", "$20.00"),
        (["payment-shows-other-currency"], "€20.00", "€20.00"),
        (["currency-differs"], "A$20.00", "A$20.00"),
        (["service-fee"], "$22.50", "$20.00"),
        (["quantity-doubled"], "$40.00", "$40.00"),
    ],
    ids=str,
)
def test_the_payment_page_may_show_another_amount(control: Control, faults: list[str], total: str, due: str) -> None:
    member = Member.of(control, control.seed(faults=faults))
    page = BeautifulSoup(member.call("GET", member.checkout("credits-2000")).data, "html.parser")
    shown = [page.select_one(one) for one in ("[data-testid=product-summary-total-amount]", ".Summary-price")]
    assert [one.get_text(strip=True) for one in shown if one] == [total, due]


def test_the_payment_page_may_ask_for_more_when_it_is_opened_again(control: Control) -> None:
    member = Member.of(control, control.seed(faults=["payment-dearer-when-opened-again"]))
    answer = member.call("GET", address := member.checkout("credits-2000"))
    assert b"$20.00" in answer.data
    member.cookie = answer.headers["Set-Cookie"].partition(";")[0]
    assert b"$25.00" in member.call("GET", address).data


@pytest.mark.parametrize(("package", "is_wrong"), [("credits-2000", False), ("credits-1200000", True)])
def test_the_receipt_of_a_large_payment_may_lose_its_thousands(
    control: Control, package: str, *, is_wrong: bool
) -> None:
    seeded = control.seed(faults=["receipt-thousands-lost"])
    member = Member.of(control, seeded)
    member.pay(member.checkout(package))
    control.ask("POST", f"/workspaces/{seeded['id']}/webhooks/drain")
    newest = member.call("GET", "/api/billing/invoices").json()["invoices"][0]
    text = text_of_pdf(member.call("GET", newest["receipt"]).data)
    assert (newest["amount_label"] not in text) is is_wrong


def _has_a_form(member: Member, url: str) -> bool:
    return b'id="payment-form"' in member.call("GET", url).data


@pytest.mark.parametrize(
    ("faults", "offered", "added"),
    [
        ([], False, 2_000),
        (["back-offers-again"], True, 2_000),
        (["back-pays-again"], True, 4_000),
        (["double-press-pays-twice"], False, 4_000),
    ],
    ids=str,
)
def test_a_second_payment_on_a_finished_page(control: Control, faults: list[str], *, offered: bool, added: int) -> None:
    seeded = control.seed(faults=faults)
    member = Member.of(control, seeded)
    url = member.checkout("credits-2000")
    assert [member.pay(url)["state"] for _ in range(2)] == ["paid", "paid"]
    assert _has_a_form(member, url) is offered
    control.ask("POST", f"/workspaces/{seeded['id']}/webhooks/drain")
    state = control.state(seeded["id"])
    assert state["credits"]["add_on"]["remaining"] == added
    assert len(state["invoices"]) == added // 2_000


def test_a_late_webhook_may_add_the_package_again(control: Control) -> None:
    seeded = control.seed(faults=["late-webhook-grants-again"])
    member = Member.of(control, seeded)
    landing = member.pay(member.checkout("credits-2000"))["redirect_url"]
    member.call("GET", landing)
    assert control.state(seeded["id"])["credits"]["add_on"]["remaining"] == 2_000
    drained = control.ask("POST", f"/workspaces/{seeded['id']}/webhooks/drain")
    assert drained["delivered"] == 1
    assert control.state(seeded["id"])["credits"]["add_on"]["remaining"] == 4_000


def test_a_second_payment_page_may_have_timed_out(control: Control) -> None:
    for faults, usable in (([], True), (["second-page-dead"], False)):
        member = Member.of(control, control.seed(faults=faults))
        first, second = (member.checkout(f"credits-{amount}") for amount in (2_000, 4_000))
        assert (_has_a_form(member, first), _has_a_form(member, second)) == (True, usable)


def test_pay_may_be_disabled(control: Control) -> None:
    for faults, disabled in (([], False), (["pay-disabled"], True)):
        member = Member.of(control, control.seed(faults=faults))
        page = BeautifulSoup(member.call("GET", member.checkout("credits-2000")).data, "html.parser")
        button = page.select_one("[data-testid=hosted-payment-submit-button]")
        assert button is not None
        assert button.has_attr("disabled") is disabled


def test_taking_a_payment_pages_fault_back_mends_it(control: Control) -> None:
    seeded = control.seed(faults=["payment-never-ends"])
    control.ask("PUT", f"/workspaces/{seeded['id']}/faults", {"faults": []})
    member = Member.of(control, seeded)
    member.pay(member.checkout("credits-2000"))
    assert control.state(seeded["id"])["credits"]["add_on"]["remaining"] == 2_000
