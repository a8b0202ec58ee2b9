"""The part of the tour that looks a second time: whether a colleague, or who signs in anew, sees the same."""

from __future__ import annotations

from typing import Any

from fake_backend.site import MemberSeed
from tests.fake.support.tour import INFORMATION, Walk, receipt_of


class TourAgain(Walk):
    """Whether what was seen before, or by somebody else, is seen again."""

    def walk(self) -> None:
        for part in (
            self.colleague,
            self.upgraded,
            self.downgraded,
            self.signed_in,
            self.stopped,
            self.run,
            self.left_open,
        ):
            part()

    def colleague(self) -> None:
        seeded, member = self.seed(MemberSeed("Ada"), MemberSeed("Grace", role="Member"))
        colleague = self.shop.member(seeded, 1)
        roles, _ = _roles(member), _credits(colleague)
        self.buy(seeded, member, 6_000)
        listed = colleague.get("/api/billing/invoices").json.get("invoices", [])
        bought = [one for one in listed if one["description"] == "6,000 credits"]
        self.seen["receipt of a colleague's purchase"] = all(receipt_of(colleague, one)[0] == 200 for one in bought)
        self.seen["a colleague sees what is new"] = _credits(colleague) == _credits(member)
        self.seen["users are the same again"] = _roles(colleague) == roles
        self.seen["logins are told again"] = _logged_in(colleague)

    def upgraded(self) -> None:
        seeded, member = self.seed(MemberSeed("Ada"), MemberSeed("Grace", role="Member"), plan="Pro", invoices=2)
        totals = _beyond_the_kinds(member)
        earlier = member.get("/api/billing/invoices").json.get("invoices", [])[1:2]
        receipts = [receipt_of(member, one) for one in earlier]
        member.post("/api/plans/change", json={"plan": "Business"})
        newest = max(self.shop.site.state(seeded.id)["purchases"], key=lambda purchase: purchase["created"])
        self.shop.processor.pay(newest["session_id"])
        member.get(f"/billing/return?session_id={newest['session_id']}")
        plan = _plan(member)
        self.seen["the totals follow an upgrade"] = _beyond_the_kinds(member) == totals
        self.seen["receipts as before an upgrade"] = [receipt_of(member, one) for one in earlier] == receipts
        listed = [one["description"] for one in member.get("/api/billing/invoices").json.get("invoices", [])]
        self.seen["invoices of an upgrade"] = listed.count("Business plan")
        self.seen["upgraded for who signs in anew"] = _plan(self.shop.member(seeded)) == plan
        colleague = self.shop.member(seeded, 1)
        self.seen["upgraded for a colleague"] = _plan(colleague) == plan
        found = [one["description"] for one in colleague.get("/api/billing/invoices").json.get("invoices", [])]
        self.seen["invoices of an upgrade, for a colleague"] = found.count("Business plan")
        granted = self.shop.credits(seeded)["monthly"]
        member.get(f"/billing/return?session_id={newest['session_id']}")
        self.seen["monthly credits after an upgrade's landing again"] = self.shop.credits(seeded)["monthly"] == granted
        for _ in range(2):
            clock = self.shop.site.clock(seeded.id)
            self.shop.site.advance_clock(seeded.id, clock.cycle_end - clock.now + 1)
        self.seen["the plan two months after an upgrade"] = self.shop.site.state(seeded.id)["plan"]

    def downgraded(self) -> None:
        _, member = self.seed(plan="Pro")
        before, listed = _credits(member), _listed(member)
        member.post("/api/plans/change", json={"plan": "Basic"})
        self.seen["a downgrade that waits leaves the credits"] = _credits(member) == before
        self.seen["a downgrade that waits is charged for"] = _listed(member) != listed
        plan = _billing(member).get("plan", {})
        self.seen["a downgrade waits for the cycle's end"] = plan.get("next_plan_from") == plan.get("renews")
        self.seen["a downgrade that waits"] = plan.get("next_plan"), plan.get("price")

    def signed_in(self) -> None:
        seeded, member = self.seed(information=INFORMATION)
        before = _billing(member).get("information")
        self.seen["information for who signs in anew"] = _billing(self.shop.member(seeded)).get("information") == before

    def stopped(self) -> None:
        _, member = self.seed(monthly_credits=10, used_credits=10)
        before, flow = _credits(member), member.get("/api/flows").json["flows"][0]["id"]
        member.post(f"/api/flows/{flow}/run", json={"text": "Hello"})
        self.seen["a stopped run leaves the credits"] = _credits(member) == before

    def run(self) -> None:
        _, member = self.seed(monthly_credits=1_000, used_credits=0)
        before, flow = _beyond_the_kinds(member), member.get("/api/flows").json["flows"][0]["id"]
        member.post(f"/api/flows/{flow}/run", json={"text": "Hello"})
        self.seen["the totals follow a run"] = _beyond_the_kinds(member) == before

    def left_open(self) -> None:
        seeded, member = self.seed(add_on_credits=5_000)
        self.seen["a page that is open shows the same"] = _looks_alike(member)
        self.buy(seeded, member, 2_000)
        _billing(member)
        self.seen["a page that is open shows what was bought"] = _looks_alike(member)


def _looks_alike(member: Any) -> bool:
    """Whether Billing shows the same credits to a page that asks again by itself and to a new one."""
    again = member.get("/api/billing", query_string={"looks": 1}).json or {}
    return bool(again.get("credits") == _billing(member).get("credits"))


def _billing(member: Any) -> dict[str, Any]:
    view: dict[str, Any] = member.get("/api/billing").json or {}
    return view


def _listed(member: Any) -> list[str]:
    return [one["number"] for one in member.get("/api/billing/invoices").json.get("invoices", [])]


def _beyond_the_kinds(member: Any) -> list[int]:
    """Return by how much the totals of usable and consumed credits are off what is told of both kinds."""
    shown = _billing(member).get("credits") or {}
    totals = {"total_usable": "remaining", "consumed": "used"} if {"monthly", "add_on"} <= set(shown) else {}
    return [shown[total] - shown["monthly"][one] - shown["add_on"][one] for total, one in totals.items()]


def _plan(member: Any) -> Any:
    return _billing(member).get("plan", {}).get("name")


def _roles(member: Any) -> list[Any]:
    return [one["role"] for one in member.get("/api/members").json["members"]]


def _logged_in(member: Any) -> bool:
    return any(one["last_login"] != "Never" for one in member.get("/api/members").json["members"])


def _credits(member: Any) -> list[Any]:
    shown = _billing(member).get("credits") or {}
    return [(shown[kind]["used"], shown[kind]["remaining"]) for kind in ("monthly", "add_on") if kind in shown]
