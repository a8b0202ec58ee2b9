"""The money rules, against a model and by hand."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from fake_backend.site import ledger
from fake_backend.site.model import PACKAGES, Grant, RefusedError
from tests.fake.support.shop import Shop
from tests.fake.support.stateful import thorough

_AMOUNTS = st.sampled_from([package.credits for package in PACKAGES])


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.mark.parametrize("sql", ["UPDATE ledger SET credits = 0", "DELETE FROM ledger"])
def test_the_ledger_cannot_be_changed(shop: Shop, sql: str) -> None:
    shop.seed()
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), shop.site.core.db.transaction() as tx:
        tx.execute(sql)


def test_a_session_is_granted_once_even_by_broken_code(shop: Shop) -> None:
    seeded = shop.seed()
    grant = Grant(seeded.id, "add_on", 2_000, "purchase", "2,000 credits")
    with shop.site.core.db.transaction() as tx:
        ledger.add(tx, 0, grant, "cs_test_same")
    with pytest.raises(sqlite3.IntegrityError), shop.site.core.db.transaction() as tx:
        ledger.add(tx, 0, grant, "cs_test_same")
    assert shop.add_on(seeded) == 2_000


def test_a_purchase_needs_a_session(shop: Shop) -> None:
    seeded = shop.seed()
    with pytest.raises(sqlite3.IntegrityError), shop.site.core.db.transaction() as tx:
        ledger.add(tx, 0, Grant(seeded.id, "add_on", 2_000, "purchase", "2,000 credits"))


def test_no_pool_can_be_overdrawn_even_by_broken_code(shop: Shop) -> None:
    seeded = shop.seed(add_on_credits=5)
    with pytest.raises(sqlite3.IntegrityError), shop.site.core.db.transaction() as tx:
        ledger.add(tx, 0, Grant(seeded.id, "add_on", -6, "use", "Too much"))
    assert shop.add_on(seeded) == 5


def test_monthly_credits_are_used_before_add_on_credits(shop: Shop) -> None:
    seeded = shop.seed(monthly_credits=10, used_credits=7, add_on_credits=20)
    with shop.site.core.db.transaction() as tx:
        ledger.use(tx, seeded.id, 0, 5, "Run")
    shown = shop.credits(seeded)
    assert shown["monthly"] == {"granted": 10, "used": 10, "remaining": 0}
    assert shown["add_on"] == {"granted": 20, "used": 2, "remaining": 18}
    assert (shown["total_usable"], shown["consumed"], shown["total"]) == (18, 12, 30)


def test_the_last_credit_can_be_used(shop: Shop) -> None:
    seeded = shop.seed(monthly_credits=3, add_on_credits=2)
    with shop.site.core.db.transaction() as tx:
        ledger.use(tx, seeded.id, 0, 5, "Run")
    assert shop.credits(seeded)["total_usable"] == 0


def test_too_few_credits_use_none(shop: Shop) -> None:
    seeded = shop.seed(monthly_credits=3, add_on_credits=1)
    with pytest.raises(RefusedError) as refused, shop.site.core.db.transaction() as tx:
        ledger.use(tx, seeded.id, 0, 5_000, "Run")
    assert refused.value.message == "Run not completed: it needs 5,000 credits and only 4 are left."
    assert refused.value.status == 402
    assert shop.credits(seeded)["total_usable"] == 4


def test_every_entry_says_what_it_is_for(shop: Shop) -> None:
    seeded = shop.seed(monthly_credits=3, add_on_credits=7)
    with shop.site.core.db.transaction() as tx:
        ledger.use(tx, seeded.id, 5.0, 4, "Run of a workflow")
    entries = ledger.entries(shop.site.core.db, seeded.id)
    assert [entry.pop("id") for entry in entries] == [1, 2, 3, 4]
    assert entries[2:] == [
        {"at": 5.0, "pool": pool, "kind": "use", "credits": credits_, "session_id": None, "note": "Run of a workflow"}
        for pool, credits_ in (("monthly", -3), ("add_on", -1))
    ]
    assert [entry["id"] for entry in ledger.entries(shop.site.core.db, seeded.id, limit=2)] == [3, 4]


def test_at_zero_a_run_is_refused_in_these_words(shop: Shop) -> None:
    seeded = shop.seed(monthly_credits=1, used_credits=1)
    with pytest.raises(RefusedError) as refused, shop.site.core.db.transaction() as tx:
        ledger.use(tx, seeded.id, 0, 1, "Run")
    assert (refused.value.message, refused.value.status) == ("Run not completed: 0 credit left.", 402)


class Buying(RuleBasedStateMachine):
    """Two workspaces buy, pay, land, use credits and see months end, in any order; a model keeps the sums."""

    sessions = Bundle("sessions")

    def __init__(self) -> None:
        super().__init__()
        self.shop = Shop()
        self.spaces = [self.shop.seed(monthly_credits=100), self.shop.seed(monthly_credits=50, add_on_credits=7)]
        self.members = [self.shop.member(space) for space in self.spaces]
        self.monthly = [[100, 0], [50, 0]]  # of each workspace: remaining, used
        self.add_on = [[0, 0], [7, 0]]
        self.owed: dict[str, tuple[int, int]] = {}
        self.granted: set[str] = set()

    @rule(target=sessions, who=st.integers(0, 1), amount=_AMOUNTS)
    def choose(self, who: int, amount: int) -> str:
        session_id = self.shop.choose(self.members[who], amount)
        self.owed[session_id] = (who, amount)
        return session_id

    @rule(session_id=sessions)
    def pay(self, session_id: str) -> None:
        if self.shop.processor.sessions[session_id]["status"] == "open":
            self.shop.processor.pay(session_id)

    @rule(session_id=sessions)
    def expire(self, session_id: str) -> None:
        if self.shop.processor.sessions[session_id]["status"] == "open":
            self.shop.processor.sessions[session_id]["status"] = "expired"

    @rule(session_id=sessions, by=st.integers(0, 1))
    def land(self, session_id: str, by: int) -> None:
        assert self.members[by].get(f"/billing/return?session_id={session_id}").status_code == 303
        self._expect(session_id)

    @rule(session_id=sessions, copies=st.integers(1, 3))
    def hear_of_it(self, session_id: str, copies: int) -> None:
        for _ in range(copies):
            self.shop.site.fulfilment.fulfil(session_id)
        self._expect(session_id)

    @rule()
    def start_anew(self) -> None:
        self.shop.site.settle_pending()
        for session_id in self.owed:
            self._expect(session_id)

    def _expect(self, session_id: str) -> None:
        if self.shop.processor.sessions[session_id]["status"] == "complete" and session_id not in self.granted:
            self.granted.add(session_id)
            who, amount = self.owed[session_id]
            self.add_on[who][0] += amount

    @rule(who=st.integers(0, 1), characters=st.integers(0, 40_000))
    def run(self, who: int, characters: int) -> None:
        flow = self.members[who].get("/api/flows").json["flows"][0]["id"]
        answer = self.members[who].post(f"/api/flows/{flow}/run", json={"text": "x" * characters})
        cost = max(1, (characters + 500) // 1_000)
        monthly, add_on = self.monthly[who], self.add_on[who]
        assert answer.status_code == (200 if cost <= monthly[0] + add_on[0] else 402)
        if answer.status_code == 402:
            return
        first = min(cost, monthly[0])
        for pool, part in ((monthly, first), (add_on, cost - first)):
            pool[0] -= part
            pool[1] += part

    @rule(who=st.integers(0, 1), months=st.integers(1, 3))
    def month_ends(self, who: int, months: int) -> None:
        clock = self.shop.site.clock(self.spaces[who].id)
        self.shop.site.advance_clock(self.spaces[who].id, clock.cycle_end - clock.now + (months - 1) * 31 * 86_400)
        self.monthly[who] = [100 if who == 0 else 50, 0]
        self.add_on[who][1] = 0

    @invariant()
    def the_sums_are_right(self) -> None:
        for who, space in enumerate(self.spaces):
            shown = self.shop.credits(space)
            pools = [[shown[name]["remaining"], shown[name]["used"]] for name in ("monthly", "add_on")]
            assert pools == [self.monthly[who], self.add_on[who]]
            for name, pool in zip(("monthly", "add_on"), pools, strict=True):
                row = self.shop.site.core.db.row(
                    "SELECT SUM(credits) AS n FROM ledger WHERE workspace_id = ? AND pool = ?", [space.id, name]
                )
                assert row is not None
                assert (row["n"] or 0) == pool[0]


Buying.TestCase.settings = thorough(steps=700)
TestBuying = Buying.TestCase
