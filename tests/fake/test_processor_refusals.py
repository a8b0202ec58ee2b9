"""What the published API refuses is refused here, and nothing is silently ignored."""

from __future__ import annotations

from typing import Any

import pytest

from fake_backend.processor import versions
from tests.fake.support.bank import BUYER, DECLINED, GOOD
from tests.fake.support.bank_api import BankApi


@pytest.fixture(scope="module")
def api() -> BankApi:
    return BankApi()


def problem(answer: Any) -> tuple[Any, ...]:
    error = answer.json["error"]
    return answer.status_code, error.get("param"), error.get("code"), error["message"]


def lines(number: int) -> dict[str, str]:
    """Return the parameters of an order of so many lines, named by their number."""
    return {
        f"line_items[{line}][{name}]": value
        for line in range(number)
        for name, value in {
            "price_data][currency": "usd",
            "price_data][unit_amount": "2000",
            "price_data][product_data][name": f"Line {line}",
            "quantity": "1",
        }.items()
    }


def test_line_items_come_in_pages(api: BankApi) -> None:
    path = f"checkout/sessions/{api.session(**lines(5))['id']}/line_items"

    def names(**params: Any) -> tuple[list[str], bool]:
        page = api.get(path, **params)
        return [item["description"][-1] for item in page["data"]], page["has_more"]

    everything = api.get(path)["data"]
    assert names() == (["0", "1", "2", "3", "4"], False)
    assert names(limit=2) == (["0", "1"], True)
    assert names(limit=2, starting_after=everything[1]["id"]) == (["2", "3"], True)
    assert names(limit=2, starting_after=everything[3]["id"]) == (["4"], False)
    assert names(limit=2, ending_before=everything[3]["id"]) == (["1", "2"], True)
    assert names(limit=3, ending_before=everything[3]["id"]) == (["0", "1", "2"], False)
    assert names(limit=3, ending_before=everything[2]["id"]) == (["0", "1"], False)


@pytest.mark.parametrize("path", ["checkout/sessions", "checkout/sessions/{session}/line_items", "events"])
def test_a_cursor_is_one_that_is_there_and_the_only_one(api: BankApi, path: str) -> None:
    path = path.format(session=api.session()["id"])
    for name in ("starting_after", "ending_before"):
        status, param, code, message = problem(api.ask("GET", path, **{name: "x_unknown"}))
        assert (status, param, code) == (400, name, "resource_missing")
        assert "x_unknown" in message
    both = problem(api.ask("GET", path, starting_after="a", ending_before="b"))
    assert both[0] == 400
    assert "both ending_before and starting_after" in both[3]


@pytest.mark.parametrize(
    ("path", "wish"),
    [
        ("checkout/sessions", "data.mother"),
        ("checkout/sessions", "payment_intent"),
        ("checkout/sessions", "data"),
        ("checkout/sessions/{session}", "payment_intent.mother"),
        ("checkout/sessions/{session}", "amount_total"),
        ("checkout/sessions/{session}", "line_items.data.price.product.default_price"),
        ("checkout/sessions/{session}/line_items", "data.mother"),
        ("payment_intents/{intent}", "mother"),
        ("events", "data.mother"),
        ("events/{event}", "mother"),
        ("webhook_endpoints", "data.mother"),
    ],
)
def test_what_cannot_be_expanded_is_refused(api: BankApi, path: str, wish: str) -> None:
    session = api.session()["id"]
    api.bank.payments.attempt(session, GOOD, BUYER)
    intent, event = api.get(f"checkout/sessions/{session}")["payment_intent"], api.get("events")["data"][0]["id"]
    answer = api.ask("GET", path.format(session=session, intent=intent, event=event), **{"expand[]": wish})
    status, param, _, message = problem(answer)
    assert (status, param) == (400, "expand[0]")
    assert wish in message


def test_what_can_be_expanded_is_a_whole_object(api: BankApi) -> None:
    made = api.session()["id"]
    assert api.get(f"checkout/sessions/{made}", **{"expand[]": "payment_intent"})["payment_intent"] is None
    api.bank.payments.attempt(made, GOOD, BUYER)
    wishes = {"expand[]": ["data.payment_intent", "data.line_items.data.price", "data.subscription"]}
    found = api.get("checkout/sessions", limit=1, **wishes)["data"][0]
    assert (found["payment_intent"]["object"], found["subscription"]) == ("payment_intent", None)
    assert found["line_items"]["data"][0]["price"]["unit_amount"] == 2_000
    assert "line_items" not in api.get("checkout/sessions", limit=1)["data"][0]


def test_events_are_found_by_a_pattern(api: BankApi) -> None:
    made = [api.session()["id"] for _ in range(2)]
    api.post(f"checkout/sessions/{made[0]}/expire")
    api.bank.payments.attempt(made[1], GOOD, BUYER)
    found = [event["type"] for event in api.get("events", type="checkout.session.*", limit=2)["data"]]
    assert found == ["checkout.session.completed", "checkout.session.expired"]
    assert api.get("events", **{"types[]": ["invoice.*"]})["data"] == []
    status, _, code, _ = problem(api.ask("GET", "events", type="a", **{"types[]": ["b"]}))
    assert (status, code) == (400, "parameters_exclusive")


def test_the_account_is_this_one(api: BankApi) -> None:
    answer = api.ask("GET", "checkout/sessions", headers={"Stripe-Account": "acct_other"})
    assert problem(answer)[0::2] == (403, "account_invalid")
    assert api.bank.api_key not in answer.text


@pytest.mark.parametrize("version", ["2023-08-16", "2027-01-01.endive", "2025-04-31.basil", "latest"])
def test_an_unknown_version_is_refused(api: BankApi, version: str) -> None:
    answer = api.ask("GET", "checkout/sessions", headers={"Stripe-Version": version})
    assert problem(answer) == (400, None, None, f"Invalid Stripe API version: {version}")


@pytest.mark.parametrize("version", versions.KNOWN)
def test_a_known_version_is_sent_back_and_its_shapes_are_its_own(api: BankApi, version: str) -> None:
    made = api.session()["id"]
    api.bank.payments.attempt(made, DECLINED, BUYER)
    options: dict[str, Any] = {"headers": {"Stripe-Version": version}, "expand[]": "data.payment_intent"}
    answer = api.ask("GET", "checkout/sessions", limit=1, **options)
    assert answer.headers["Stripe-Version"] == version
    assert answer.json is not None
    session = answer.json["data"][0]
    assert session["ui_mode"] == ("hosted_page" if version > "2026-03" else "hosted")
    assert ("shipping_details" in session) == ("invoice" in session["payment_intent"]) == (version < "2025-03-31")


def test_the_version_in_use_is_told_where_none_was_asked_for(api: BankApi) -> None:
    for answer in (api.ask("GET", "checkout/sessions"), api.ask("GET", "nothing"), api.client.get("/v1/events")):
        assert answer.headers["Stripe-Version"] == versions.CURRENT


def test_a_replay_is_in_the_version_of_who_asks(api: BankApi) -> None:
    for version, ui_mode in ((versions.CURRENT, "hosted_page"), ("2023-10-16", "hosted")):
        headers = {"Idempotency-Key": "versions", "Stripe-Version": version}
        answer = api.ask(
            "POST", "checkout/sessions", headers=headers, **lines(1), mode="payment", success_url="http://a/"
        )
        assert answer.json is not None
        assert answer.json["ui_mode"] == ui_mode


def test_a_stranger_is_told_how_to_prove_who_they_are(api: BankApi) -> None:
    answer = api.client.get("/v1/events")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="Stripe"')
    assert "WWW-Authenticate" not in api.ask("GET", "nothing").headers


def test_a_method_that_a_page_does_not_take_is_told_which_it_takes(api: BankApi) -> None:
    answer = api.client.post("/c/pay/cs_test_1", json={})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
