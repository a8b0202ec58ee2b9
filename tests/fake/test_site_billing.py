"""What Billing shows, in every variant."""

from __future__ import annotations

import io
import time
from datetime import UTC, datetime
from typing import Any

import pypdf
import pytest

from fake_backend.site import MemberSeed
from fake_backend.site.model import PACKAGES
from steps.documentation.packages import documented_packages
from tests.fake.support.shop import Shop

DOCUMENTED = [int(amount.replace(",", "")) for amount in documented_packages()]


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.mark.parametrize("path", ["/settings/billing", "/flows", "/users"])
def test_without_javascript_a_page_says_so(shop: Shop, path: str) -> None:
    page = shop.member(shop.seed()).get(path).text
    assert "needs JavaScript" in page.partition("<noscript>")[2].partition("</noscript>")[0]


def test_billing_tells_plan_credits_and_sections(shop: Shop) -> None:
    seeded = shop.seed(plan="Pro", used_credits=400, add_on_credits=50)
    view = shop.member(seeded).get("/api/billing").json
    assert view["plan"]["name"] == "Pro"
    assert [kind["label"] for kind in view["credits"].pop("legend")] == ["Monthly credits", "Add-on credits"]
    assert view["credits"] == {
        "monthly": {"granted": 10_000, "used": 400, "remaining": 9_600},
        "add_on": {"granted": 50, "used": 0, "remaining": 50},
        "total_usable": 9_650, "consumed": 400, "total": 10_050,
        "bar": {
            "name": "Credits", "usable": 9_650, "total": 10_050, "text": "9,650 of 10,050 credits usable",
            "headline": "9,650", "consumed": "400", "parts": {"monthly": 9_600, "add-on": 50, "used": 400},
        },
    }  # fmt: skip
    assert [section["title"] for section in view["sections"]] == ["Current Plan", "Billing Information", "Invoices"]
    assert [action["label"] for action in view["sections"][0]["actions"]] == ["Upgrade plan", "Add credits"]


def test_the_default_plan_is_pro_internal(shop: Shop) -> None:
    assert shop.member(shop.seed()).get("/api/billing").json["plan"]["name"] == "Pro Internal"


def test_the_eleven_packages_are_those_of_the_documentation(shop: Shop) -> None:
    view = shop.member(shop.seed()).get("/api/billing/packages").json
    assert [item["label"] for item in view["packages"]] == [f"{amount:,} credits" for amount in DOCUMENTED]
    assert all(item["price"].startswith("$") for item in view["packages"])
    support = "support@diaflow.io"
    assert view["help"] == {
        "link": "Upgrade/Downgrade a subscription", "href": "/settings/billing", "support": support, "mailto": support,
    }  # fmt: skip


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.label)
def test_each_package_is_charged_and_granted_as_offered(shop: Shop, package: Any) -> None:
    seeded = shop.seed(used_credits=70, add_on_credits=5)
    member = shop.member(seeded)
    before = shop.credits(seeded)
    assert shop.buy(member, package.credits).status_code == 303
    session = next(iter(shop.processor.sessions.values()))
    assert (session["amount_total"], session["metadata"]["name"]) == (package.price, package.label)
    after = shop.credits(seeded)
    assert after["add_on"]["remaining"] == 5 + package.credits
    assert after["monthly"] == before["monthly"]
    assert (after["consumed"], after["total"]) == (70, before["total"] + package.credits)
    assert shop.site.state(seeded.id)["plan"] == "Pro Internal"
    invoices = member.get("/api/billing/invoices").json["invoices"]
    assert [(one["description"], one["amount"]) for one in invoices] == [(package.label, package.price)]


@pytest.mark.parametrize("package", ["credits-88000", "2000", "", "credits-2000 ", "' OR 1=1", "x" * 10_000])
def test_what_is_not_on_sale_cannot_be_chosen(shop: Shop, package: str) -> None:
    seeded = shop.seed()
    answer = shop.member(seeded).post("/api/billing/checkout", json={"package": package})
    assert answer.status_code == 404
    assert shop.site.state(seeded.id)["purchases"] == []


def landed(shop: Shop, **variant: str) -> tuple[Any, Any, str]:
    seeded = shop.seed(variant=variant)
    member = shop.member(seeded)
    location = shop.buy(member, 2_000).location
    return seeded, member, location


def shown(member: Any, location: str = "") -> int:
    purchase = location.partition("purchase=")[2]
    view = member.get("/api/billing", query_string={"landed": purchase} if purchase else {}).json
    return int(view["credits"]["add_on"]["remaining"])


def test_a_fresh_balance_is_there_at_once(shop: Shop) -> None:
    _, member, location = landed(shop)
    assert location.startswith("/settings/billing?purchase=pur_")
    view = member.get("/api/billing", query_string={"landed": location.partition("=")[2]}).json
    assert view["credits"]["add_on"]["remaining"] == 2_000
    assert view["notice"] == {
        "kind": "success",
        "text": "Payment successful. 2,000 credits were added to your account.",
    }
    assert view["look_again_ms"] is None


def test_a_delayed_balance_follows_by_itself(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    _, member, location = landed(shop, balance="delayed")
    purchase = location.partition("=")[2]
    first = member.get("/api/billing", query_string={"landed": purchase}).json
    assert (first["credits"]["add_on"]["remaining"], first["look_again_ms"]) == (0, 400)
    assert first["credits"]["total"] == 15_000
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 1.6)
    second = member.get("/api/billing", query_string={"landed": purchase}).json
    assert (second["credits"]["add_on"]["remaining"], second["look_again_ms"]) == (2_000, None)


def test_a_balance_after_reload_is_old_on_the_first_view_only(shop: Shop) -> None:
    _, member, location = landed(shop, balance="after-reload")
    assert shown(member, location) == 0
    assert shown(member) == 2_000


def test_landing_on_a_success_page_leads_back_to_billing(shop: Shop) -> None:
    _, member, location = landed(shop, landing="success")
    page = member.get(location).text
    assert "Payment successful" in page
    assert "2,000 credits were added to your account" in page
    assert f'href="/settings/billing?purchase={location.partition("=")[2]}">Back to Billing' in page


@pytest.mark.parametrize(
    ("variant", "where", "what"),
    [
        ({"package_choice": "cards"}, "choice", "cards"),
        ({"package_choice": "radios"}, "choice", "radios"),
        ({"popup_motion": "animated"}, "animated", True),
        ({"payment_tab": "new"}, "new_tab", True),
    ],
)
def test_the_popup_has_the_variants_form(shop: Shop, variant: dict[str, str], where: str, what: object) -> None:
    view = shop.member(shop.seed(variant=variant)).get("/api/billing/packages").json
    default = shop.member(shop.seed()).get("/api/billing/packages").json
    assert view == {**default, where: what}
    assert view != default


def test_hidden_prices_are_not_in_the_popup(shop: Shop) -> None:
    view = shop.member(shop.seed(variant={"prices": "hidden"})).get("/api/billing/packages").json
    assert {item["price"] for item in view["packages"]} == {None}


def test_the_section_may_be_titled_with_credits(shop: Shop) -> None:
    view = shop.member(shop.seed(variant={"section_title": "current-plan-and-credits"})).get("/api/billing").json
    assert view["sections"][0]["title"] == "Current Plan & Credits"


def test_coming_back_unpaid_changes_nothing(shop: Shop) -> None:
    seeded = shop.seed()
    member = shop.member(seeded)
    shop.choose(member, 2_000)
    purchase = shop.site.state(seeded.id)["purchases"][0]["id"]
    answer = member.get(f"/billing/cancelled?purchase={purchase}")
    assert (answer.status_code, answer.location) == (303, f"/settings/billing?cancelled={purchase}")
    assert shop.add_on(seeded) == 0


INFORMATION = {"company_name": "Ödland & Söhne", "tax_id": "DE 123/45", "po_number": "PO-7", "email": "a@b.example"}


def test_billing_information_is_kept_and_printed_on_later_receipts(shop: Shop) -> None:
    seeded = shop.seed()
    member = shop.member(seeded)
    shop.buy(member, 2_000)
    assert member.put("/api/billing/information", json=INFORMATION).json == {"information": INFORMATION}
    shop.buy(member, 44_000)
    view = member.get("/api/billing").json
    assert view["information"] == INFORMATION
    assert view["sections"][1]["actions"][0]["label"] == "Manage"
    newest, oldest = member.get("/api/billing/invoices").json["invoices"]
    text = receipt_text(member, newest["receipt"])
    today = datetime.fromtimestamp(newest["at"], UTC)
    for words in (
        newest["number"],
        f"{today.day} {today:%B %Y}",
        "44,000 credits",
        "$359.00",
        "Ödland & Söhne",
        "DE 123/45",
        "PO-7",
        "a@b.example",
    ):
        assert words in text
    assert "Ödland" not in receipt_text(member, oldest["receipt"])
    mail = shop.site.state(seeded.id)["mail"]
    assert [one["recipient"] for one in mail] == [seeded.members[0].email, "a@b.example"]
    assert newest["number"] in mail[1]["body"]


def receipt_text(member: Any, address: str) -> str:
    answer = member.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return pypdf.PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()


def test_a_field_may_be_full(shop: Shop) -> None:
    full = {"company_name": "x" * 120, "tax_id": "1" * 30, "po_number": "2" * 40, "email": f"{'e' * 188}@example.com"}
    member = shop.member(shop.seed())
    assert member.put("/api/billing/information", json=full).json == {"information": full}
    shop.buy(member, 2_000)
    assert "x" * 50 in receipt_text(member, member.get("/api/billing/invoices").json["invoices"][0]["receipt"])


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("company_name", "", "Enter the company name."),
        ("company_name", "x" * 121, "Use at most 120 characters."),
        ("company_name", "a\u202eb", "This holds characters that cannot be printed."),
        ("tax_id", "<b>", "Use letters, digits, spaces, dots, slashes and hyphens only."),
        ("po_number", "x\ud800y", "This holds characters that cannot be printed."),
        ("po_number", "x\ny", "This holds characters that cannot be printed."),
        ("email", "", "Enter the e-mail address that receipts go to."),
        ("email", "ada@example", "Enter an e-mail address such as accounts@example.com."),
        ("email", "a b@example.com", "Enter an e-mail address such as accounts@example.com."),
    ],
)
def test_what_is_wrong_is_said_of_its_field(shop: Shop, field: str, value: str, words: str) -> None:
    member = shop.member(shop.seed())
    answer = member.put("/api/billing/information", json=INFORMATION | {field: value})
    assert answer.status_code == 422
    assert answer.json["error"]["fields"] == {field: words}
    assert member.get("/api/billing").json["information"] is None


def test_invoices_are_filtered_and_paged(shop: Shop) -> None:
    seeded = shop.seed(invoices=23)
    member = shop.member(seeded)
    pages = [member.get(f"/api/billing/invoices?page={number}").json for number in (1, 2, 3, 4)]
    assert [len(page["invoices"]) for page in pages] == [10, 10, 3, 0]
    assert {(page["pages"], page["total"]) for page in pages} == {(3, 23)}
    numbers = [one["number"] for page in pages for one in page["invoices"]]
    assert numbers == sorted(set(numbers), reverse=True)
    plans = member.get("/api/billing/invoices?type=plan").json
    assert plans["total"] == 5
    assert {one["type"] for one in plans["invoices"]} == {"plan"}
    oldest = pages[2]["invoices"][-1]
    day = time.strftime("%Y-%m-%d", time.gmtime(oldest["at"]))
    only = member.get("/api/billing/invoices", query_string={"from": day, "to": day}).json
    assert [one["number"] for one in only["invoices"]] == [oldest["number"]]


def test_thousands_of_invoices_stay_quick(shop: Shop) -> None:
    few, many = shop.member(shop.seed(invoices=12)), shop.member(shop.seed(invoices=20_000))
    usual = quickest(few, "")
    for query in ("", "page=1000", "page=2000", "type=plan", "type=credits&page=1500", "from=2020-01-01&to=2021-01-01"):
        assert quickest(many, query) < 50 * usual, query


def quickest(member: Any, query: str) -> float:
    """Ask for a page of ten invoices a few times, and return the shortest time in seconds."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        answer = member.get(f"/api/billing/invoices?{query}")
        times.append(time.perf_counter() - began)
        assert len(answer.json["invoices"]) == 10
    return min(times)


@pytest.mark.parametrize(
    "query",
    [
        "type=x",
        "page=0",
        "page=-1",
        "page=%C2%B2",
        "page=" + "9" * 50,
        "from=yesterday",
        "to=0000-00-00",
        "from=2026-02-30",
    ],
)
def test_wrong_filters_are_refused(shop: Shop, query: str) -> None:
    assert shop.member(shop.seed()).get(f"/api/billing/invoices?{query}").status_code == 422


def test_users_are_listed_with_role_access_and_last_login(shop: Shop) -> None:
    seeded = shop.seed(MemberSeed("Ada", role="Owner"), MemberSeed("Babbage", role="Member"))
    browser = shop.browser()
    ada = seeded.members[0]
    browser.post("/sign-in", data={"email": ada.email, "password": ada.password})
    rows = browser.get("/api/members").json["members"]
    assert [(row["name"], row["role"], row["access"]) for row in rows] == [
        ("Ada", "Owner", "Full access"),
        ("Babbage", "Member", "Workflows"),
    ]
    assert rows[0]["last_login"].endswith("UTC")
    assert rows[1]["last_login"] == "Never"
