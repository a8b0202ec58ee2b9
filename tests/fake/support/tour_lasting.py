"""The part of the tour that looks whether what Billing shows lasts: through upgrades, months, sign-ins, for others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fake_backend.site import MemberSeed
from fake_backend.site.model import Grant
from tests.fake.support.tour import INFORMATION, Walk

if TYPE_CHECKING:
    from fake_backend.site import Seeded


class TourLasting(Walk):
    """What must be there afterwards as it was before."""

    def walk(self) -> None:
        for part in (
            self.upgraded,
            self.months,
            self.downgraded,
            self.month_end,
            self.others,
            self.bought,
            self.entered,
        ):
            part()

    def upgraded(self) -> None:
        seeded, member = self.seed(plan="Pro", information=INFORMATION)
        self.buy(seeded, member, 2_000)
        before = self.shop.add_on(seeded)
        member.post("/api/plans/change", json={"plan": "Business"})
        newest = max(self.shop.site.state(seeded.id)["purchases"], key=lambda purchase: purchase["created"])
        self.shop.processor.pay(newest["session_id"])
        member.get(f"/billing/return?session_id={newest['session_id']}")
        view = member.get("/api/billing").json
        self.seen["information after an upgrade"] = view.get("information")
        plan = view.get("plan", {})
        self.seen["terms after an upgrade"] = plan.get("price"), plan.get("monthly_credits")
        self.seen["bought ones taken by an upgrade"] = before - self.shop.add_on(seeded)
        self._next_month(seeded)
        listed = member.get("/api/billing/invoices").json.get("invoices", [])  # who was signed out sees none
        self.seen["a month is charged for after an upgrade"] = any("RENEWAL" in one["number"] for one in listed)

    def months(self) -> None:
        seeded, member = self.seed(information=INFORMATION, invoices=2)
        renews = self._plan(member).get("renews")
        self._next_month(seeded)
        self.seen["information a month later"] = member.get("/api/billing").json.get("information")
        stays = renews is not None and self._plan(member).get("renews") == renews
        self.seen["the same day of renewal a month later"] = stays
        self.seen["invoices a month later"] = self._invoices(member)
        seeded, _ = self.seed(add_on_credits=500)
        workspace = self.shop.site.core.workspace(seeded.id)
        self.shop.site.fulfilment.give([Grant(seeded.id, "add_on", -20, "use", "For the tour")], workspace)
        self._next_month(seeded)
        self.seen["used add-on credits a month later"] = self.shop.add_on(seeded)
        monthly = [self.shop.credits(seeded)["monthly"]["remaining"]]
        use = Grant(seeded.id, "monthly", -min(20, monthly[0]), "use", "For the tour")
        self.shop.site.fulfilment.give([use] if use.credits else [], workspace)
        self._next_month(seeded)
        self.seen["monthly credits after months of use"] = [*monthly, self.shop.credits(seeded)["monthly"]["remaining"]]

    def downgraded(self) -> None:
        seeded, member = self.seed(plan="Pro")
        member.post("/api/plans/change", json={"plan": "Basic"})
        self._plan(member)
        self._next_month(seeded)
        self.seen["a downgrade is announced after it took effect"] = bool(self._plan(member).get("next_plan"))

    def month_end(self) -> None:
        seeded, member = self.seed()
        self.to_month_end(seeded)
        credits_ = member.get("/api/billing").json.get("credits") or {}
        self.seen["monthly credits at the month's end"] = credits_.get("monthly", {}).get("remaining")

    def others(self) -> None:
        seeded, member = self.seed(MemberSeed("Ada"), MemberSeed("Grace", role="Member"), information=INFORMATION)
        colleague = self.shop.member(seeded, 1)
        self.seen["information a colleague sees"] = colleague.get("/api/billing").json.get("information")
        self.seen["what a colleague buys"] = self.buy(seeded, colleague, 6_000)
        beside, _ = self.seed(information=INFORMATION)
        member.put("/api/billing/information", json=INFORMATION | {"company_name": "Others Inc"})
        seen = colleague.get("/api/billing").json.get("information") or {}
        self.seen["what is changed, for a colleague"] = seen.get("company_name") == "Others Inc"
        self.seen["another company's information"] = self.shop.site.state(beside.id)["information"]

    def bought(self) -> None:
        seeded, member = self.seed(monthly_credits=10, used_credits=10, information=INFORMATION, invoices=2)
        member.post("/api/billing/checkout", json={"package": "credits-2000"})
        self.seen["price without credits"] = self.order(seeded)
        seeded, member = self.seed(information=INFORMATION, invoices=2)
        self.buy(seeded, member, 4_000)
        self.seen["plans after a purchase"] = [one["name"] for one in member.get("/api/plans").json["plans"]]
        self.seen["mailed"] = [one["body"].partition(": ")[2] for one in self.shop.site.state(seeded.id)["mail"]]
        anew = self.shop.member(seeded)
        self.seen["information after signing in"] = anew.get("/api/billing").json.get("information")
        self.seen["invoices after signing in"] = self._invoices(anew)
        listed = member.get("/api/billing/invoices").json
        self.seen["display without amounts"] = listed.get("amounts_gone")
        self.seen["states of invoices"] = {one["status"] for one in listed["invoices"][1:]}
        self.shop.site.advance_clock(seeded.id, 60)
        newest = member.get("/api/billing/invoices").json.get("invoices", [])[:1]
        self.seen["information a minute later"] = member.get("/api/billing").json.get("information")
        self.seen["the newest invoice a minute later"] = [one["status"] == "Void" for one in newest]

    def entered(self) -> None:
        _, member = self.seed(information=INFORMATION)
        member.put("/api/billing/information", json=INFORMATION | {"po_number": ""})
        self.seen["PO number emptied"] = ((member.get("/api/billing").json or {}).get("information") or {}).get(
            "po_number"
        )
        member.put("/api/billing/information", json=INFORMATION | {"tax_id": ""})
        self.seen["tax ID emptied"] = ((member.get("/api/billing").json or {}).get("information") or {}).get("tax_id")
        seeded, member = self.seed(monthly_credits=10, used_credits=10, add_on_credits=1)
        flow = member.get("/api/flows").json["flows"][0]["id"]
        self.seen["the last credit"] = member.post(f"/api/flows/{flow}/run", json={"text": "Hello"}).json.get("used")
        known = self.shop.site.state(seeded.id)["members"][0]["email"]
        visitor = self.shop.browser()
        visitor.post("/reset-password", data={"email": known})
        other = {"email": known, "code": "wrong", "password": "a new password"}
        self.seen["another code"] = visitor.post("/reset-password/code", data=other).status_code
        mailed = re.search(r"\d{6}", "".join(one["body"] for one in self.shop.site.state(seeded.id)["mail"]))
        code = mailed[0] if mailed else "000000"
        other["code"] = f"{(int(code[0]) + 1) % 10}{code[1:]}"
        self.seen["a code with another first digit"] = visitor.post("/reset-password/code", data=other).status_code

    def _plan(self, member: Any) -> dict[str, Any]:
        plan: dict[str, Any] = member.get("/api/billing").json.get("plan", {})
        return plan

    def _next_month(self, seeded: Seeded) -> None:
        clock = self.shop.site.clock(seeded.id)
        self.shop.site.advance_clock(seeded.id, clock.cycle_end - clock.now + 1)

    def _invoices(self, member: Any) -> int:
        return len(member.get("/api/billing/invoices").json["invoices"])
