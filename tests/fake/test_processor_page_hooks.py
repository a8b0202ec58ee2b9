"""What public drivers look for on the payment page, and what is not in it until it is asked for; without a browser."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

from fake_backend.processor.money import show_elsewhere
from tests.fake.support.bank_api import BankApi

LAYOUTS = ("fields", "card-choice", "nested-frame", "save-box", "payment-element", "field-frames")


@pytest.fixture(scope="module")
def api() -> BankApi:
    return BankApi()


def shown(api: BankApi, part: str = "", language: str = "en-US", **settings: Any) -> BeautifulSoup:
    """Return what is in the page, without what its templates hold back."""
    reference = str(sorted(settings.items()))
    api.bank.change_settings(reference, settings)
    session = api.session(client_reference_id=reference)["id"]
    answer = api.client.get(f"/c/pay/{session}{part}", headers={"Accept-Language": language})
    assert answer.status_code == 200
    page = BeautifulSoup(answer.text, "html.parser")
    for template in page.find_all("template"):
        template.extract()
    return page


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_summary_has_the_published_hooks(api: BankApi, layout: str) -> None:
    page = shown(api, layout=layout)
    amounts = [
        "#ProductSummary-totalAmount .CurrencyAmount", "[data-testid=product-summary-total-amount]",
        "[data-testid=line-item-total-amount]", "#OrderDetails-TotalAmount .CurrencyAmount",
        "[data-testid=order-details-footer-subtotal-amount]",
    ]  # fmt: skip
    for selector in amounts:
        assert [found.get_text(strip=True) for found in page.select(selector)] == ["$20.00"], selector
    for selector in ("[data-testid=product-summary-name]", "[data-testid=line-item-product-name]"):
        assert [found.get_text(strip=True) for found in page.select(selector)] == ["Credits"], selector
    assert page.select_one(".TestModeBadge") is not None


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if layout != "nested-frame"])
def test_the_form_has_the_published_hooks(api: BankApi, layout: str) -> None:
    page = shown(api, layout=layout)
    assert page.select_one("form.PaymentForm-form [data-testid=hosted-payment-submit-button]") is not None
    assert page.select_one("button.SubmitButton > div.SubmitButton-IconContainer") is not None
    assert all(field["aria-invalid"] == "false" for field in page.select("input[data-field]"))


@pytest.mark.parametrize("part", ["", "/card"])
def test_before_card_is_chosen_its_fields_are_not_there(api: BankApi, part: str) -> None:
    page = shown(api, part, layout="nested-frame" if part else "card-choice")
    assert page.select_one("#payment-method-label-card") is not None
    for selector in ("#cardNumber", "#billingName", "#billingCountry", "#enableStripePass"):
        assert not page.select(selector), selector


@pytest.mark.parametrize(
    ("language", "settings", "there", "absent"),
    [
        ("en-US", {}, ["#billingPostalCode"], ["#phoneNumber"]),
        ("vi-VN", {}, [], ["#billingPostalCode", "#phoneNumber"]),
        ("en-US", {"layout": "save-box"}, ["#phoneNumber", "#enableStripePass[checked]"], []),
        ("en-US", {"save_box_ticked": True}, ["#phoneNumber", "#enableStripePass[checked]"], []),
    ],
)
def test_what_is_not_asked_for_is_not_there(
    api: BankApi, language: str, settings: dict[str, Any], there: list[str], absent: list[str]
) -> None:
    page = shown(api, language=language, **settings)
    assert [selector for selector in there if not page.select(selector)] == []
    assert [selector for selector in absent if page.select(selector)] == []


@pytest.mark.parametrize(
    ("part", "names"),
    [
        ("payment", ["number", "expiry", "cvc", "country", "postalCode"]),
        ("number", ["cardnumber"]),
        ("expiry", ["exp-date"]),
        ("cvc", ["cvc"]),
    ],
)
def test_a_frame_has_the_fields_that_it_is_for(api: BankApi, part: str, names: list[str]) -> None:
    page = shown(api, f"/element/{part}")
    fields = page.select("[data-field]")
    assert [field["name"] for field in fields] == names
    if part == "payment":
        assert fields[0]["id"] == "Field-numberInput"
        assert [field["autocomplete"] for field in fields[:3]] == [
            "billing cc-number",
            "billing cc-exp",
            "billing cc-csc",
        ]


def test_a_summary_may_have_more(api: BankApi) -> None:
    tax = shown(api, summary="tax-line")
    assert [dt.get_text() for dt in tax.select("dt")] == ["Subtotal", "VAT (20% included)", "Total due"]
    code = shown(api, summary="promotion-code")
    assert code.select_one("[data-testid=promotion-code-button]") is not None
    local = shown(api, summary="local-currency")
    assert [label.get_text(strip=True) for label in local.select(".Currencies label")] == ["USD", "EUR"]
    assert (
        {amount["data-local"] for amount in local.select(".CurrencyAmount")}
        == {show_elsewhere(2_000, "usd")}
        == {"€18.40"}
    )
    plain = shown(api)
    assert not plain.select(".Promotion, .Currencies")


def test_a_merchant_asks_for_promotion_codes(api: BankApi) -> None:
    session = api.session(allow_promotion_codes="true")
    assert "promotion-code-button" in api.client.get(f"/c/pay/{session['id']}").text


@pytest.mark.parametrize("part", ["", "/card", "/challenge-frame/payatt_1"])
def test_without_javascript_a_page_says_so(api: BankApi, part: str) -> None:
    page = api.client.get(f"/c/pay/{api.session()['id']}{part}").text
    said = BeautifulSoup(page, "html.parser").select_one("noscript")
    assert said is not None
    assert "JavaScript" in said.get_text()
