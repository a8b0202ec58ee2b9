"""The payment page in a page of the merchant's: what the API asks for it, who may show it, and that the site does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fake.conftest import Member
from tests.fake.support.bank import BUYER, GOOD
from tests.fake.support.bank_api import BankApi
from tests.fake.support.published import problems

if TYPE_CHECKING:
    from tests.fake.conftest import Control

BACK = "http://shop.test/back?session_id={CHECKOUT_SESSION_ID}"


@pytest.fixture(scope="module")
def api() -> BankApi:
    return BankApi()


def test_an_embedded_session_has_a_secret_and_no_address(api: BankApi) -> None:
    made = api.session(ui_mode="embedded", success_url=None, return_url=BACK)
    assert (made["ui_mode"], made["url"], made["return_url"]) == ("embedded_page", None, BACK)
    assert made["client_secret"].startswith(f"{made['id']}_secret_")
    assert problems(made) == []
    api.bank.payments.attempt(made["id"], GOOD, BUYER)
    told = api.client.get(f"/c/pay/{made['id']}/outcome").json
    assert told == {"state": "paid", "redirect_url": BACK.replace("{CHECKOUT_SESSION_ID}", made["id"])}


def test_its_page_may_be_shown_by_its_merchant_alone(api: BankApi) -> None:
    made = api.session(ui_mode="embedded_page", success_url=None, return_url=BACK)["id"]
    policy = api.client.get(f"/c/pay/{made}").headers["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors http://shop.test")
    hosted = api.client.get(f"/c/pay/{api.session()['id']}").headers["Content-Security-Policy"]
    assert hosted.endswith("frame-ancestors 'none'")


@pytest.mark.parametrize(
    "part", ["card", "element/payment", "element/cvc", "three-ds-2-challenge/payatt_1", "challenge-frame/payatt_1"]
)
def test_a_frame_of_it_may_stand_in_it_and_in_its_merchants_page(api: BankApi, part: str) -> None:
    made = api.session(ui_mode="embedded_page", success_url=None, return_url=BACK)["id"]
    policy = api.client.get(f"/c/pay/{made}/{part}").headers["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors 'self' http://shop.test")
    hosted = api.client.get(f"/c/pay/{api.session()['id']}/{part}").headers["Content-Security-Policy"]
    assert hosted.endswith("frame-ancestors 'self'")


@pytest.mark.parametrize(
    ("given", "param"),
    [
        ({"ui_mode": "embedded"}, "return_url"),
        ({"ui_mode": "embedded", "return_url": BACK, "success_url": BACK}, "success_url"),
        ({"return_url": BACK, "success_url": BACK}, "return_url"),
        ({}, "success_url"),
    ],
)
def test_each_way_has_its_address(api: BankApi, given: dict[str, str], param: str) -> None:
    line = {"price_data][currency": "usd", "price_data][unit_amount": "900", "price_data][product_data][name": "A"}
    lines = {f"line_items[0][{name}]": value for name, value in (line | {"quantity": "1"}).items()}
    answer = api.ask("POST", "checkout/sessions", mode="payment", **lines, **given)
    assert answer.json is not None
    assert (answer.status_code, answer.json["error"]["param"]) == (400, param)


def test_the_site_shows_it_in_a_page_of_its_own(control: Control) -> None:
    member = Member.of(control, control.seed(variant={"payment_tab": "embedded"}))
    address = member.checkout()
    assert address.startswith("/billing/pay/cs_test_")
    page = member.call("GET", address)
    frame = f"{control.fake.processor_url}/c/pay/{address.rpartition('/')[2]}"
    assert f'src="{frame}"' in page.data.decode()
    assert page.headers["Content-Security-Policy"].endswith(f"frame-src {control.fake.processor_url}")
    assert member.pay(frame)["state"] == "paid"
    assert member.call("GET", "/billing/pay/nothing").status == 404
