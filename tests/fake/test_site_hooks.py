"""What fulfilment asks of a workspace's hooks: the right purchase, at the right moment, once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from fake_backend.site.hooks import Hooks
from fake_backend.site.model import Grant
from tests.fake.support.shop import Shop
from tests.fake.test_site_fulfilment import webhook

if TYPE_CHECKING:
    from collections.abc import Callable

    from fake_backend.site.hooks import GrantContext
    from fake_backend.site.model import Order, Package, Purchase, Workspace


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.fixture
def use(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Callable[[Hooks], None]:
    """Let every workspace have these hooks."""
    return lambda hooks: monkeypatch.setattr(shop.site.core, "hooks", lambda _: hooks)


class Watching(Hooks):
    """Does the documented thing, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def grants(self, grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
        self.asked.append(("grants", [grant.note for grant in grants], purchase.credits, context.workspace.name))
        return grants

    def sold(self, package: Package, context: GrantContext) -> Package:
        self.asked.append(("sold", package.credits, context.workspace.name))
        return package

    def order(self, order: Order, package: Package, context: GrantContext) -> Order:
        self.asked.append(("order", order.lines, order.currency, package.credits, context.workspace.name))
        return replace(order, lines=(("4,000 credits, please", *order.lines[0][1:]),))

    def ended_sessions(self, sessions: list[str], opened: str, context: GrantContext) -> list[str]:
        self.asked.append(("ended_sessions", opened[:8], context.workspace.name))
        return sessions

    def checkout(self, answer: dict[str, Any], workspace: Workspace) -> dict[str, Any]:
        self.asked.append(("checkout", sorted(answer), workspace.name))
        return answer

    def plan_after(self, plan: str, purchase: Purchase, workspace: Workspace) -> str:
        self.asked.append(("plan_after", plan, purchase.credits, workspace.name))
        return plan


def test_each_hook_is_told_of_the_purchase_and_its_workspace(shop: Shop, use: Callable[[Hooks], None]) -> None:
    seeded = shop.seed(name="Engines")
    watching = Watching()
    use(watching)
    shop.buy(shop.member(seeded), 4_000)
    assert watching.asked == [
        ("sold", 4_000, "Engines"),
        ("order", (("4,000 credits", 3_900, 1),), "usd", 4_000, "Engines"),
        ("ended_sessions", "cs_test_", "Engines"),
        ("checkout", ["url"], "Engines"),
        ("grants", ["4,000 credits"], 4_000, "Engines"),
        ("plan_after", "Pro Internal", 4_000, "Engines"),
    ]
    entry = shop.site.state(seeded.id)["ledger"][-1]
    assert (entry["note"], entry["kind"], entry["credits"]) == ("4,000 credits", "purchase", 4_000)


def test_a_purchase_is_put_into_the_payment_page_as_chosen(shop: Shop, use: Callable[[Hooks], None]) -> None:
    seeded = shop.seed()
    use(Watching())
    session_id = shop.choose(shop.member(seeded), 4_000)
    asked = shop.processor.sessions[session_id]
    assert (asked["metadata"]["name"], asked["customer_email"]) == ("4,000 credits, please", seeded.members[0].email)
    [purchase] = shop.site.state(seeded.id)["purchases"]
    assert purchase["id"] == asked["metadata"]["purchase"]
    assert purchase["id"].startswith("pur_")
    assert (purchase["item"], purchase["credits"], purchase["amount"]) == ("4000", 4_000, 3_900)
    assert (purchase["kind"], purchase["state"], purchase["session_id"]) == ("credits", "pending", session_id)


def test_a_package_that_is_not_sold_is_refused_in_words(shop: Shop) -> None:
    answer = shop.member(shop.seed()).post("/api/billing/checkout", json={"package": "credits-3000"})
    assert (answer.status_code, answer.json["error"]["message"]) == (404, "That package is not on sale.")


def test_a_session_without_an_address_opens_nothing(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    create = shop.processor.create

    def nowhere(purchase: Purchase, order: Order, email: str, **form: bool) -> Any:
        session = create(purchase, order, email, **form)
        session["url"] = None
        return session

    monkeypatch.setattr(shop.processor, "create", nowhere)
    assert shop.choose(shop.member(shop.seed()), 4_000) == ""


class Late(Hooks):
    """Grants in two parts, the second a minute later, and takes more than there is an hour later."""

    def grants(self, grants: list[Grant], purchase: Purchase, context: GrantContext) -> list[Grant]:
        assert purchase.state == "pending"
        late = [replace(grant, after=60) for grant in grants]
        bonus = Grant(context.workspace.id, "add_on", 1, "grant", "Bonus")
        return [bonus, *late, Grant(context.workspace.id, "add_on", -9_000, "grant", "Taken back", 3_600)]


def test_what_comes_later_comes_once_by_the_workspaces_clock(shop: Shop, use: Callable[[Hooks], None]) -> None:
    seeded = shop.seed(faults=["granted-late"])  # a sound workspace is not looked at for what comes later
    use(Late())
    shop.buy(shop.member(seeded), 4_000)
    session_id = shop.site.state(seeded.id)["purchases"][0]["session_id"]
    assert shop.add_on(seeded) == 1
    assert [entry["credits"] for entry in shop.site.state(seeded.id)["later"]] == [4_000, -9_000]
    shop.site.advance_clock(seeded.id, 60)
    assert [shop.add_on(seeded) for _ in range(2)] == [4_001, 4_001]
    entry = shop.site.state(seeded.id)["ledger"][-1]
    assert (entry["note"], entry["kind"], entry["session_id"]) == ("4,000 credits", "purchase", session_id)
    shop.site.advance_clock(seeded.id, 3_600)
    assert shop.add_on(seeded) == 0
    assert shop.site.state(seeded.id)["later"] == []


class Downgrading(Hooks):
    """Changes the plan when credits are bought."""

    def plan_after(self, plan: str, purchase: Purchase, workspace: Workspace) -> str:
        assert (plan, purchase.kind, workspace.plan) == ("Pro", "credits", "Pro")
        return "Basic"


def test_credits_of_the_month_follow_a_bought_plan_only(shop: Shop, use: Callable[[Hooks], None]) -> None:
    seeded = shop.seed(plan="Pro", monthly_credits=123)
    use(Downgrading())
    shop.buy(shop.member(seeded), 4_000)
    workspace = shop.site.core.workspace(seeded.id)
    assert (workspace.plan, workspace.monthly_credits) == ("Basic", 123)


def test_what_no_payment_stands_behind_is_given_without_a_session(shop: Shop) -> None:
    seeded = shop.seed()
    workspace = shop.site.core.workspace(seeded.id)
    before = len(shop.site.state(seeded.id)["ledger"])
    shop.site.fulfilment.give([], workspace)
    shop.site.fulfilment.give([Grant(seeded.id, "add_on", 9, "grant", "A gift")], workspace)
    entries = shop.site.state(seeded.id)["ledger"][before:]
    assert [(entry["note"], entry["credits"], entry["session_id"]) for entry in entries] == [("A gift", 9, None)]


def test_a_purchase_that_never_reached_the_processor_is_not_asked_about(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeded = shop.seed()
    shop.choose(shop.member(seeded), 4_000)
    with shop.site.core.db.transaction() as tx:
        tx.execute("UPDATE purchases SET session_id = NULL")
    purchase = shop.site.core.purchase(shop.site.state(seeded.id)["purchases"][0]["id"])
    assert purchase is not None
    asked: list[str] = []
    monkeypatch.setattr(shop.processor, "session", asked.append)
    assert shop.site.fulfilment.refresh_pending(purchase) == purchase
    assert asked == []


def test_a_session_of_another_amount_is_warned_of(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    seeded = shop.seed()
    session_id = shop.choose(shop.member(seeded), 4_000)
    shop.processor.pay(session_id, amount_total=1)
    webhook(shop.browser(), session_id)
    purchase = shop.site.state(seeded.id)["purchases"][0]["id"]
    assert caplog.messages == [f"Session {session_id} does not match purchase {purchase}; nothing was granted."]
    caplog.clear()
    shop.processor.pay(session_id, amount_total=3_900)
    webhook(shop.browser(), session_id)
    assert (shop.add_on(seeded), caplog.messages) == (4_000, [])
