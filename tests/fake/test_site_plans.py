"""Plans, months and runs."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from fake_backend.site import Hooks, MemberSeed, Seed, SeedError, UnknownWorkspaceError, billing_cycle
from fake_backend.site.workflows import cost
from tests.fake.support.shop import Shop

DAY = 86_400.0


@pytest.fixture
def shop() -> Shop:
    return Shop()


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def test_the_list_of_plans_tells_up_from_down(shop: Shop) -> None:
    view = shop.member(shop.seed(plan="Pro")).get("/api/plans").json
    assert [(plan["name"], plan["current"], plan["action"]) for plan in view["plans"]] == [
        ("Basic", False, "Downgrade"),
        ("Pro", True, "Downgrade"),
        ("Business", False, "Upgrade"),
    ]


def test_an_upgrade_takes_effect_after_payment_and_not_before(shop: Shop) -> None:
    seeded = shop.seed(plan="Pro", used_credits=100, add_on_credits=7)
    member = shop.member(seeded)
    answer = member.post("/api/plans/change", json={"plan": "Business"})
    assert answer.status_code == 201
    assert shop.site.state(seeded.id)["plan"] == "Pro"
    session_id = answer.json["url"].rsplit("/", 1)[1]
    asked = shop.processor.sessions[session_id]
    assert (asked["amount_total"], asked["metadata"]["name"]) == (24_900, "Business plan")
    assert [(one["item"], one["credits"]) for one in shop.site.state(seeded.id)["purchases"]] == [("Business", 0)]
    shop.processor.pay(session_id)
    member.get(f"/billing/return?session_id={session_id}")
    state = shop.site.state(seeded.id)
    assert state["plan"] == "Business"
    assert state["credits"]["monthly"] == {"granted": 50_000, "used": 100, "remaining": 49_900}
    assert state["credits"]["add_on"]["remaining"] == 7
    assert [one["description"] for one in state["invoices"]] == ["Business plan"]
    granted = state["ledger"][-1]
    assert (granted["kind"], granted["note"], granted["session_id"]) == ("grant", "Upgrade to Business", None)
    assert shop.site.core.workspace(seeded.id).monthly_credits == 50_000


def test_an_upgrade_takes_no_credits_away(shop: Shop) -> None:
    seeded = shop.seed(plan="Pro", monthly_credits=60_000)
    member = shop.member(seeded)
    session_id = member.post("/api/plans/change", json={"plan": "Business"}).json["url"].rsplit("/", 1)[1]
    shop.processor.pay(session_id)
    member.get(f"/billing/return?session_id={session_id}")
    assert shop.credits(seeded)["monthly"]["granted"] == 60_000
    assert [entry["note"] for entry in shop.site.state(seeded.id)["ledger"]] == ["Monthly credits"]


def test_a_downgrade_waits_for_the_end_of_the_cycle(shop: Shop) -> None:
    seeded = shop.seed(plan="Pro", used_credits=100, add_on_credits=7)
    member = shop.member(seeded)
    answer = member.post("/api/plans/change", json={"plan": "Basic"})
    assert (answer.status_code, answer.json["next_plan"]) == (200, "Basic")
    assert shop.site.state(seeded.id)["plan"] == "Pro"
    clock = shop.site.clock(seeded.id)
    shop.site.advance_clock(seeded.id, clock.cycle_end - clock.now - 60)
    assert shop.site.state(seeded.id)["plan"] == "Pro"
    shop.site.advance_clock(seeded.id, 61)
    state = shop.site.state(seeded.id)
    assert (state["plan"], state["pending_plan"]) == ("Basic", None)
    assert state["credits"]["monthly"] == {"granted": 3_000, "used": 0, "remaining": 3_000}
    assert [(one["kind"], one["credits"]) for one in state["ledger"][-3:]] == [
        ("expiry", -9_900),
        ("renewal", 3_000),
        ("renewal", 0),
    ]
    assert state["credits"]["add_on"]["remaining"] == 7


def test_a_waiting_downgrade_can_be_taken_back(shop: Shop) -> None:
    seeded = shop.seed()
    member = shop.member(seeded)
    member.post("/api/plans/change", json={"plan": "Basic"})
    assert member.post("/api/plans/change", json={"plan": "Pro Internal"}).json["next_plan"] is None
    assert shop.site.state(seeded.id)["pending_plan"] is None


@pytest.mark.parametrize("plan", ["Pro Internal", "Free", "", "pro"])
def test_a_plan_that_is_not_offered_cannot_be_chosen(shop: Shop, plan: str) -> None:
    assert shop.member(shop.seed(plan="Pro")).post("/api/plans/change", json={"plan": plan}).status_code == 404


def test_an_unlisted_plan_renews_with_its_own_credits(shop: Shop) -> None:
    seeded = shop.seed(monthly_credits=123, used_credits=23)
    clock = shop.site.clock(seeded.id)
    shop.site.advance_clock(seeded.id, clock.cycle_end - clock.now)
    assert shop.credits(seeded)["monthly"] == {"granted": 123, "used": 0, "remaining": 123}


def test_a_month_is_renewed_once_by_two_who_look_at_the_same_moment(shop: Shop) -> None:
    seeded = shop.seed()
    shop.site.advance_clock(seeded.id, 40 * DAY)
    before = shop.site.state(seeded.id)
    workspace = shop.site.core.workspace(seeded.id)
    with shop.site.core.db.transaction() as tx:
        billing_cycle.renew(tx, workspace, time.time(), Hooks())
    after = shop.site.state(seeded.id)
    assert (after["ledger"], after["cycle"]) == (before["ledger"], before["cycle"])


def test_years_without_a_look_are_one_renewal(shop: Shop) -> None:
    seeded = shop.seed()
    before = len(shop.site.state(seeded.id)["ledger"])
    shop.site.advance_clock(seeded.id, 100 * 365 * DAY)
    state = shop.site.state(seeded.id)
    assert len(state["ledger"]) == before + 3
    assert state["cycle"]["start"] <= state["now"] < state["cycle"]["end"]


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31T10:00", 1, "2026-02-28T10:00"),
        ("2028-01-31T10:00", 1, "2028-02-29T10:00"),
        ("2026-12-15T00:00", 1, "2027-01-15T00:00"),
        ("2026-01-31T10:00", 2, "2026-03-31T10:00"),
    ],
)
def test_a_month_is_a_month_of_the_calendar(start: str, months: int, end: str) -> None:
    assert billing_cycle.month_later(at(start), months) == at(end)


def test_the_current_month_counts_from_the_first_day() -> None:
    created = at("2026-01-31T00:00")
    start, end = billing_cycle.current_month(created, created, at("2026-03-01T00:00"))
    assert (start, end) == (at("2026-02-28T00:00"), at("2026-03-31T00:00"))


@pytest.mark.parametrize("seconds", [-1.0, float("nan"), 1e12, float("inf")])
def test_the_clock_goes_forward_within_reason(shop: Shop, seconds: float) -> None:
    seeded = shop.seed()
    with pytest.raises(ValueError, match="clock"):
        shop.site.advance_clock(seeded.id, seconds)


def test_a_purchase_at_the_months_end_outlives_it(shop: Shop) -> None:
    seeded = shop.seed()
    clock = shop.site.clock(seeded.id)
    shop.site.advance_clock(seeded.id, clock.cycle_end - clock.now - 30)
    shop.buy(shop.member(seeded), 22_000)
    assert shop.add_on(seeded) == 22_000
    shop.site.advance_clock(seeded.id, 60)
    assert shop.add_on(seeded) == 22_000


@pytest.mark.parametrize(
    ("characters", "credits_"), [(0, 1), (1, 1), (1_499, 1), (1_500, 2), (2_499, 2), (2_500, 3), (50_000, 50)]
)
def test_units_round_to_the_nearest_credit_and_one_is_the_least(characters: int, credits_: int) -> None:
    assert cost(characters) == credits_


def test_a_run_uses_credits_and_says_how_many(shop: Shop) -> None:
    seeded = shop.seed()
    member = shop.member(seeded)
    flow = member.get("/api/flows").json["flows"][0]["id"]
    assert member.post(f"/api/flows/{flow}/run", json={"text": "Hello\nworld"}).json == {
        "used": 1,
        "left": 14_999,
        "text": "Run completed: 1 credit used, 14,999 left.",
    }


def test_at_zero_a_run_does_not_complete_until_credits_are_bought(shop: Shop) -> None:
    seeded = shop.seed(monthly_credits=10, used_credits=10)
    member = shop.member(seeded)
    flow = member.get("/api/flows").json["flows"][0]["id"]
    answer = member.post(f"/api/flows/{flow}/run", json={"text": "Hello"})
    assert answer.status_code == 402
    assert "0 credit" in answer.json["error"]["message"]
    shop.buy(member, 2_000)
    assert member.post(f"/api/flows/{flow}/run", json={"text": "Hello"}).json["left"] == 1_999


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"plan": "Gold"}, "no plan named 'Gold'"),
        ({"used_credits": 15_001}, "between 0 and the monthly credits"),
        ({"used_credits": -1}, "between 0 and the monthly credits"),
        ({"monthly_credits": -1}, "between 0 and the monthly credits"),
    ],
)
def test_what_cannot_be_is_not_seeded(shop: Shop, wanted: dict[str, object], words: str) -> None:
    with pytest.raises(SeedError, match=words):
        shop.seed(**wanted)


def test_an_address_belongs_to_one_member_and_nothing_is_left_of_the_other(shop: Shop) -> None:
    taken = shop.seed().members[0].email
    before = shop.site.core.db.row("SELECT COUNT(*) AS n FROM workspaces")
    with pytest.raises(SeedError, match="belongs to another member"):
        shop.seed(MemberSeed(email=taken.upper()))
    assert shop.site.core.db.row("SELECT COUNT(*) AS n FROM workspaces") == before
    with pytest.raises(SeedError, match="needs a member"):
        shop.site.seed(Seed(members=()))


def test_an_unknown_workspace_is_said_to_be_one(shop: Shop) -> None:
    for ask in (shop.site.state, shop.site.clock, shop.site.storage_state_of):
        with pytest.raises(UnknownWorkspaceError):
            ask("ws_nowhere")
