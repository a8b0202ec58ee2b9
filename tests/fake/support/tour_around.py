"""The part of the tour around buying: billing information, getting in, plans, months, runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fake_backend.site import MemberSeed
from fake_backend.site.model import Grant
from tests.fake.support.tour import INFORMATION, Walk, words_of_receipt

if TYPE_CHECKING:
    from fake_backend.site import Seeded


class TourAround(Walk):
    """What stands around a purchase."""

    def walk(self) -> None:
        for part in (self.entering, self.getting_in, self.plans, self.months, self.runs, self.beside):
            part()

    def entering(self) -> None:
        _, member = self.seed(add_on_credits=500)
        shown = (member.get("/api/billing").json or {}).get("credits")
        self.seen["saving"] = member.put("/api/billing/information", json=INFORMATION).json
        view = member.get("/api/billing").json or {}
        self.seen["credits once information is saved"] = view.get("credits") == shown
        self.seen["information"] = view.get("information")
        member.put("/api/billing/information", json=INFORMATION | {"tax_id": "DE 2"})
        self.seen["tax ID changed"] = ((member.get("/api/billing").json or {}).get("information") or {}).get("tax_id")
        buttons = [one["actions"] for one in view.get("sections", []) if one["id"] == "billing-information"]
        self.seen["managing"] = [button["label"] for button in buttons[0][:1]] if buttons else None
        _, member = self.seed()
        self.seen["wrong"] = {}
        for name, text in {"company_name": "", "tax_id": "<>", "email": "a"}.items():
            told = member.put("/api/billing/information", json=INFORMATION | {name: text}).json
            self.seen["wrong"][name] = told.get("error", told)
        self.seen["kept of what is wrong"] = (member.get("/api/billing").json or {}).get("information")

    def getting_in(self) -> None:
        """Get in by the sign-in page, and by a code."""
        for way, first, then in (("password", "/sign-in", ""), ("reset", "/reset-password", "/reset-password/code")):
            seeded, _ = self.seed()
            known = self.shop.site.state(seeded.id)["members"][0]["email"]
            visitor = self.shop.browser()
            answer = visitor.post(first, data={"email": known, "password": seeded.members[0].password})
            self.seen[f"a code is asked for after {way}"] = "one-time-code" in answer.text
            mail = [one["body"] for one in self.shop.site.state(seeded.id)["mail"]]
            if mail and then:
                code = re.findall(r"\d{6}", mail[0])[0]
                answer = visitor.post(then, data={"email": known, "code": code, "password": "a new password"})
                chosen = {"email": known, "password": "a new password"}
                self.seen["getting in by the new password"] = visitor.post("/sign-in", data=chosen).status_code
            self.seen[f"getting in by {way}"] = answer.status_code, len(mail)
        seeded, _ = self.seed()
        known = self.shop.site.state(seeded.id)["members"][0]["email"]
        answer = self.shop.browser().post("/sign-in", data={"email": known, "password": "another password"})
        self.seen["getting in by another password"] = answer.status_code

    def plans(self) -> None:
        seeded, member = self.seed(plan="Pro", add_on_credits=500)
        self.seen["plans"] = [one["name"] for one in member.get("/api/plans").json["plans"]]
        self._upgrade(seeded, member)
        self.seen["upgraded"] = self.shop.site.state(seeded.id)["plan"]
        self.seen["invoices after an upgrade"] = len(self.shop.site.state(seeded.id)["invoices"])
        self.seen["invoiced for an upgrade"] = [
            one["description"] for one in self.shop.site.state(seeded.id)["invoices"] if one["kind"] == "plan"
        ]
        self.seen["monthly credits after an upgrade"] = self.shop.site.state(seeded.id)["credits"]["monthly"]["granted"]
        self.seen["add-on credits after an upgrade"] = self.shop.add_on(seeded)
        self.shop.site.advance_clock(seeded.id, 60)
        self.seen["a minute after an upgrade"] = self.shop.add_on(seeded)
        seeded, member = self.seed(plan="Pro", add_on_credits=500)
        member.post("/api/plans/change", json={"plan": "Basic"})
        self.seen["downgraded"] = self.shop.site.state(seeded.id)["plan"]
        self._next_month(seeded)
        self.seen["a month after a downgrade"] = self.shop.site.state(seeded.id)["plan"], self.shop.add_on(seeded)
        self.seen["monthly credits after a downgrade"] = self.shop.credits(seeded)["monthly"]["remaining"]

    def _upgrade(self, seeded: Seeded, member: Any) -> None:
        member.post("/api/plans/change", json={"plan": "Business"})
        session_id = self.shop.site.state(seeded.id)["purchases"][0]["session_id"]
        self.shop.processor.pay(session_id)
        member.get(f"/billing/return?session_id={session_id}")

    def _next_month(self, seeded: Seeded) -> None:
        clock = self.shop.site.clock(seeded.id)
        self.shop.site.advance_clock(seeded.id, clock.cycle_end - clock.now + 1)

    def months(self) -> None:
        seeded, _ = self.seed(add_on_credits=500)
        for name in ("a month later", "two months later"):
            self._next_month(seeded)
            credits_ = self.shop.credits(seeded)
            self.seen[name] = credits_["monthly"]["remaining"], credits_["add_on"]["remaining"]
            self.seen[f"plan {name}"] = self.shop.site.state(seeded.id)["plan"]

    def runs(self) -> None:
        for name, bought in {"running": 0, "running after buying": 2_000}.items():
            for length, text in {"": "Hello", " on a long text": "x" * 20_000}.items():
                seeded, member = self.seed(monthly_credits=1_000, used_credits=1_000, add_on_credits=5_000)
                if bought:
                    self.buy(seeded, member, bought)
                told = _run(member, text)
                says_so = f" {told.get('used'):,} credit" in told.get("text", "") if told.get("used") else None
                self.seen[name + length] = told.get("used"), _fractions(told.get("text")), says_so
        seeded, member = self.seed(monthly_credits=1_000, used_credits=0, add_on_credits=50)
        _run(member)
        used = [entry["pool"] for entry in self.shop.site.state(seeded.id)["ledger"] if entry["kind"] == "use"]
        self.seen["pools after a run"] = used[:1]
        seeded, member = self.seed(monthly_credits=1_000, used_credits=1_000)
        self.seen["running without credits"] = _run(member)
        self.seen["running on what was bought after that"] = self._runs_on_what_it_buys(seeded, member)
        seeded, member = self.seed(monthly_credits=1_000, used_credits=1_000)
        self.seen["running on what was bought"] = self._runs_on_what_it_buys(seeded, member)
        seeded, member = self.seed(MemberSeed("Ada"), MemberSeed("Grace"), monthly_credits=1_000, used_credits=1_000)
        colleague = self.shop.member(seeded, 1)
        self.seen["running on what a colleague bought"] = self._runs_on_what_it_buys(seeded, member, colleague)

    def _runs_on_what_it_buys(self, seeded: Any, member: Any, runner: Any = None) -> bool:
        self.buy(seeded, member, 2_000)
        # What a fault took away is another's business: here only whether a run is let through.
        workspace = self.shop.site.core.workspace(seeded.id)
        self.shop.site.fulfilment.give([Grant(seeded.id, "add_on", 20, "grant", "For the tour")], workspace)
        return "used" in _run(runner or member)

    def beside(self) -> None:
        """Look at one company while another buys and runs."""
        beside, visitor = self.seed(monthly_credits=1_000, used_credits=0)
        _, member = self.seed(monthly_credits=1_000, used_credits=0)
        _run(member)
        self.seen["another company's run"] = self.shop.credits(beside)["monthly"]["used"]
        seeded, member = self.seed()
        self.buy(seeded, member, 2_000)
        self.seen["another company's purchase"] = bought = self.shop.add_on(beside)
        session_id = max(self.shop.processor.sessions, key=lambda one: int(one.rsplit("_", 1)[1]))
        visitor.get(f"/billing/return?session_id={session_id}")
        self.seen["another company's landing"] = self.shop.add_on(beside) - bought
        visitor.put("/api/billing/information", json={**INFORMATION, "company_name": "Difference Engines"})
        receipts = [words_of_receipt(member, one) for one in member.get("/api/billing/invoices").json["invoices"][:1]]
        self.seen["another company on a receipt"] = any("Difference Engines" in one for one in receipts)


def _run(member: Any, text: str = "Hello") -> dict[str, Any]:
    flow = member.get("/api/flows").json["flows"][0]["id"]
    answer: dict[str, Any] = member.post(f"/api/flows/{flow}/run", json={"text": text}).json
    return answer


def _fractions(text: str | None) -> list[str]:
    return re.findall(r"\d\.\d", text or "")
