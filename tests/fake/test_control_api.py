"""The control API: what it makes, moves, sets and tells, and what it refuses."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from fake_backend.control import faults as catalogue
from fake_backend.control.variants import DEFAULT_VARIANT, VARIANTS
from tests.fake.conftest import Member

if TYPE_CHECKING:
    import urllib3

    from tests.fake.conftest import Control


def message(answer: urllib3.BaseHTTPResponse) -> str:
    return str(answer.json()["error"]["message"])


def test_a_workspace_needs_nothing_said(control: Control) -> None:
    made = control.seed()
    assert len(made["members"]) == 1
    assert made["variant"] == {name: values[0] for name, values in VARIANTS.items()}
    assert made["faults"] == []
    state = control.state(made["id"])
    assert state["plan"] == "Pro Internal"
    assert state["credits"]["add_on"]["remaining"] == 0
    assert (state["sessions"], state["deliveries"], state["purchases"]) == ([], [], [])
    assert abs(state["now"] - time.time()) < 5


def test_a_workspace_is_made_as_wanted(control: Control) -> None:
    made = control.seed(
        name="Difference Engines",
        plan="Basic",
        monthly_credits=500,
        used_credits=120,
        add_on_credits=2_000,
        members=[{"name": "Charles", "email": "charles@example.com", "password": "brass", "role": "Owner"}, {}],
        invoices=3,
        variant={"prices": "hidden"},
        billing_information={"company_name": "Engines Ltd"},
        processor={"webhook_copies": 2},
    )
    state = control.state(made["id"])
    assert (state["name"], state["plan"], len(state["invoices"])) == ("Difference Engines", "Basic", 3)
    assert state["credits"]["monthly"] == {"granted": 500, "used": 120, "remaining": 380}
    assert state["credits"]["add_on"]["remaining"] == 2_000
    assert [member["name"] for member in made["members"]] == ["Charles", "Ada Lovelace"]
    assert made["members"][0]["password"] == "brass"
    assert made["variant"]["prices"] == "hidden"
    assert state["information"]["company_name"] == "Engines Ltd"
    assert state["processor"]["webhook_copies"] == 2


def test_the_first_member_is_signed_in(control: Control) -> None:
    made = control.seed()
    assert Member.of(control, made).call("GET", "/api/billing").status == 200
    assert control.http.request("GET", f"{control.fake.site_url}/api/billing").status == 401


def test_any_member_can_be_signed_in_but_no_stranger(control: Control) -> None:
    made, other = control.seed(members=[{}, {"name": "Charles"}]), control.seed()
    charles = made["members"][1]["id"]
    storage = control.ask("POST", f"/workspaces/{made['id']}/sign-in", {"member_id": charles})
    member = Member.of(control, {"storage_state": storage})
    assert "Charles" in member.call("GET", "/api/members").data.decode()
    path = f"/workspaces/{other['id']}/sign-in"
    assert control.call("POST", path, {"member_id": charles}).status == 404


def test_seeding_takes_a_few_milliseconds(control: Control) -> None:
    times = []
    for _ in range(20):
        began = time.perf_counter()
        control.seed()
        times.append(time.perf_counter() - began)
    assert sorted(times)[10] < 0.1, "the median, with room for a busy machine"


@pytest.mark.parametrize("name", VARIANTS)
def test_each_open_question_takes_each_of_its_answers(control: Control, name: str) -> None:
    for value in VARIANTS[name]:
        told = control.state(control.seed(variant={name: value})["id"])
        assert told["variant"] == {**DEFAULT_VARIANT, name: value}
        assert told["processor"]["layout"] == told["variant"]["payment_page"]


@pytest.mark.nightly
def test_each_fault_can_be_had_and_got_rid_of(control: Control) -> None:
    made = control.seed()
    sound = control.state(made["id"])["processor"]
    path = f"/workspaces/{made['id']}/faults"
    for name, fault in catalogue.CATALOGUE.items():
        told = control.ask("PUT", path, {"faults": [name]})
        assert told["faults"] == [name]
        assert told["processor"] == sound | dict(fault.processor)
    assert control.ask("PUT", path, {"faults": []}) == {"variant": made["variant"], "faults": [], "processor": sound}
    both = list(catalogue.CATALOGUE)[:2]
    assert control.seed(faults=both)["faults"] == both


def test_the_clock_goes_forward_for_one_workspace_alone(control: Control) -> None:
    made, other = control.seed(), control.seed()
    path = f"/workspaces/{made['id']}/clock"
    began = time.time()
    assert control.ask("POST", path, {"advance_s": 3600})["now"] == pytest.approx(began + 3600, abs=5)
    assert control.state(made["id"])["now"] == pytest.approx(began + 3600, abs=5)
    assert control.state(other["id"])["now"] == pytest.approx(began, abs=5)
    assert control.call("POST", path, {"advance_s": -1}).status == 422
    assert control.call("POST", path, {}).status == 422
    assert control.call("POST", path, {"advance_s": 1, "to": "month-end"}).status == 422


def test_the_clock_goes_to_points_of_the_month(control: Control) -> None:
    made = control.seed(used_credits=100)
    path = f"/workspaces/{made['id']}/clock"
    cycle = control.state(made["id"])["cycle"]
    middle = control.ask("POST", path, {"to": "mid-month"})["now"]
    assert middle == pytest.approx((cycle["start"] + cycle["end"]) / 2, abs=5)
    assert control.ask("POST", path, {"to": "mid-month"})["now"] == pytest.approx(middle, abs=5)
    assert control.ask("POST", path, {"to": "month-end"})["now"] == pytest.approx(cycle["end"] - 60, abs=5)
    assert control.state(made["id"])["credits"]["monthly"]["used"] == 100
    assert control.ask("POST", path, {"to": "next-month"})["now"] > cycle["end"]
    assert control.state(made["id"])["credits"]["monthly"]["used"] == 0


def test_the_processors_settings_are_checked(control: Control) -> None:
    made = control.seed()
    path = f"/workspaces/{made['id']}/processor"
    told = control.ask("PUT", path, {"webhook_delay_s": 2, "redirect_wait_s": 0.5})
    assert (told["processor"]["webhook_delay_s"], told["processor"]["redirect_wait_s"]) == (2, 0.5)
    assert control.ask("PUT", path, {})["processor"] == told["processor"]
    for wrong in ({"webhook_copies": 0}, {"speed": 1}, {"layout": "maze"}, {"webhook_delay_s": -1}):
        assert control.call("PUT", path, wrong).status == 422
        assert control.call("POST", "/workspaces", {"processor": wrong}).status == 422
    assert control.state(made["id"])["processor"] == told["processor"]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"colour": "red"}, "There is nothing named 'colour' here."),
        ({"plan": "Platinum"}, "There is no plan named 'Platinum'"),
        ({"variant": {"prices": "maybe"}}, "variant.prices"),
        ({"variant": {"weather": "fine"}}, "variant.weather"),
        ({"faults": ["no-such-fault"]}, "There is no fault named 'no-such-fault'."),
        ({"monthly_credits": -1}, "monthly_credits"),
        ({"monthly_credits": 10**30}, "monthly_credits"),
        ({"monthly_credits": 1.5}, "monthly_credits"),
        ({"monthly_credits": True}, "monthly_credits"),
        ({"used_credits": 10, "monthly_credits": 5}, "used_credits"),
        ({"members": []}, "members"),
        ({"members": [{"email": "nobody"}]}, "members.0.email"),
        ({"invoices": 10**9}, "invoices"),
        ([], "The body"),
        ("x" * 100_000, ""),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(control: Control, wanted: Any, words: str) -> None:
    answer = control.call("POST", "/workspaces", wanted)
    assert answer.status in {413, 422}
    assert words in message(answer)


def test_an_e_mail_address_belongs_to_one_member(control: Control) -> None:
    member = {"email": f"{time.time_ns()}@example.com"}
    control.seed(members=[member])
    assert control.call("POST", "/workspaces", {"members": [member]}).status == 422


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("POST", "/clock"),
        ("PUT", "/faults"),
        ("PUT", "/processor"),
        ("POST", "/sign-in"),
    ],
)
def test_an_unknown_workspace_is_not_there(control: Control, method: str, path: str) -> None:
    body = {"/clock": {"advance_s": 1}, "/faults": {"faults": []}}.get(path, {}) if method != "GET" else None
    answer = control.call(method, f"/workspaces/ws_nothing{path}", body)
    assert answer.status == 404
    assert "ws_nothing" in message(answer)


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer wrong", "Basic d3Jvbmc6", "Bearer \xff"])
def test_without_the_token_nothing_is_told(control: Control, token: str) -> None:
    answer = control.call("GET", "/journal", headers={"Authorization": token})
    assert answer.status == 401
    assert "entries" not in answer.data.decode()


def test_bodies_that_are_no_json_are_refused(control: Control) -> None:
    cases = {b"{": 400, b"\xff": 400, b"[" * 60_000: 400, b"null": 422, b"NaN": 422}
    for body, status in cases.items():
        answer = control.call("POST", "/workspaces", None, body=body, headers={"Content-Type": "application/json"})
        assert answer.status == status, body[:9]
    assert control.call("POST", "/workspaces", None, body=b"{}", headers={"Content-Type": "text/plain"}).status == 415


def test_the_request_log_tells_what_was_asked_and_nothing_secret(control: Control) -> None:
    made = control.seed()
    member = Member.of(control, made)
    member.pay(member.checkout())
    member.call("GET", "/no/such/page?token=hidden")
    member.call("DELETE", "/api/billing")
    mine = control.ask("GET", f"/journal?workspace={made['id']}")["entries"]
    asked = [(entry["app"], entry["method"], entry["status"]) for entry in mine]
    assert ("site", "POST", 201) in asked
    assert ("processor", "POST", 200) in asked
    unexpected = control.ask("GET", f"/journal?workspace={made['id']}&unexpected=true")["entries"]
    assert [(entry["path"], entry["status"]) for entry in unexpected] == [("/no/such/page", 404), ("/api/billing", 405)]
    kept = json.dumps(control.ask("GET", "/journal"))
    for secret in ("hidden", "4242424242424242", control.fake.control_token, made["members"][0]["password"]):
        assert secret not in kept
    assert control.call("GET", "/journal?unexpected=perhaps").status == 422
    assert control.call("GET", "/journal?color=red").status == 422


def test_unknown_routes_in_the_request_log(control: Control) -> None:
    before = len(control.ask("GET", "/journal?unexpected=true")["entries"])
    assert control.call("GET", "/moon").status == 404
    assert control.call("DELETE", "/health").status == 405
    after = control.ask("GET", "/journal?unexpected=true")["entries"]
    assert [entry["status"] for entry in after[before:]] == [404, 405]


def test_what_is_still_to_come_is_told_and_comes_with_the_clock(control: Control) -> None:
    made = control.seed(faults=["taken-back-later"])
    member = Member.of(control, made)
    member.call("GET", member.pay(member.checkout("credits-2000"))["redirect_url"])
    path = f"/workspaces/{made['id']}"
    ledger = control.ask("GET", f"{path}/ledger")
    assert [(entry["pool"], entry["credits"], entry["note"]) for entry in ledger["later"]] == [
        ("add_on", -2_000, "Taken back")
    ]
    assert ledger["later"][0]["due"] > ledger["now"]
    assert [entry["credits"] for entry in ledger["ledger"] if entry["kind"] == "purchase"] == [2_000]
    assert [purchase["state"] for purchase in ledger["purchases"]] == ["paid"]
    assert control.ask("POST", f"{path}/clock", {"advance_s": 60})["later"] == []
    assert control.ask("GET", f"{path}/ledger")["credits"]["add_on"]["remaining"] == 0


@pytest.mark.parametrize(
    ("settings", "drained"),
    [
        ({"webhook_delay_s": 600.0}, {"delivered": 2, "failed": 0, "pending": 0}),
        ({"webhook_delay_s": 600.0, "webhook_fail_first": 3}, {"delivered": 2, "failed": 0, "pending": 0}),
        ({"webhook_delay_s": 600.0, "webhook_fail_first": 4}, {"delivered": 0, "failed": 2, "pending": 0}),
        ({}, {"delivered": 0, "failed": 0, "pending": 0}),
    ],
    ids=str,
)
def test_webhooks_on_their_way_are_delivered_at_a_word(
    control: Control, settings: dict[str, Any], drained: dict[str, int]
) -> None:
    made = control.seed(processor={**settings, "webhook_copies": 2, "redirect_wait_s": 2.0 if not settings else 0.0})
    member = Member.of(control, made)
    member.pay(member.checkout("credits-2000"))
    assert control.ask("POST", f"/workspaces/{made['id']}/webhooks/drain") == drained
    added = 0 if drained["failed"] else 2_000
    assert control.state(made["id"])["credits"]["add_on"]["remaining"] == added
    assert control.call("POST", "/workspaces/ws_unknown/webhooks/drain").status == 404
