"""The part of the tour that buys in other ways than once: again, later, by two people, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from fake_backend.site import MemberSeed
from tests.fake.support.tour import INFORMATION, Walk


class TourBuying(Walk):
    """Purchases beside the usual one."""

    def walk(self) -> None:
        for part in (
            self.again, self.at_other_times, self.with_used_add_on, self.afterwards, self.later, self.by_two,
            self.left, self.closed, self.two_pages, self.told_twice, self.signed_in_anew,
        ):  # fmt: skip
            part()

    def again(self) -> None:
        orders = {
            "two": (4_000, 11_000), "twice the same": (6_000, 6_000), "three": (4_000, 6_000, 11_000),
            "a smaller one": (11_000, 4_000),
        }  # fmt: skip
        for name, amounts in orders.items():
            seeded, member = self.seed()
            bought = [self.buy(seeded, member, amount) for amount in amounts]
            self.seen[f"buying {name}"] = bought, self.order(seeded)
            if name == "three":
                self.seen["shown of three"] = (member.get("/api/billing").json.get("credits") or {}).get("add_on")
            if name == "two":
                self.shop.site.advance_clock(seeded.id, 60)
                self.seen["a minute after buying two"] = self.shop.add_on(seeded)

    def at_other_times(self) -> None:
        seeded, member = self.seed()
        self.to_month_end(seeded)
        packages = member.get("/api/billing/packages").json["packages"]
        buttons = self._buttons(member)
        self.seen["buying at the month's end"] = (
            self.buy(seeded, member, 2_000), self.order(seeded), len(packages), buttons,
        )  # fmt: skip
        self.shop.site.advance_clock(seeded.id, 50)  # some of it may come late
        bought = self.shop.add_on(seeded)
        self.shop.site.advance_clock(seeded.id, 2 * 86_400)
        self.seen["kept of it in the next month"] = self.shop.add_on(seeded) - bought
        seeded, member = self.seed()
        clock = self.shop.site.clock(seeded.id)
        self.shop.site.advance_clock(seeded.id, (clock.cycle_end - clock.cycle_start) / 2)
        self.seen["buying in mid-month"] = self.buy(seeded, member, 2_000)
        seeded, member = self.seed()
        self.to_month_end(seeded)
        self.shop.site.advance_clock(seeded.id, 120)
        self.seen["consumed a month later"] = (member.get("/api/billing").json.get("credits") or {}).get("consumed")
        buttons = self._buttons(member)
        self.seen["buying a month later"] = self.buy(seeded, member, 2_000), buttons
        seeded, member = self.seed()
        member.post("/api/plans/change", json={"plan": "Basic"})
        self.seen["buying before a downgrade"] = self.buy(seeded, member, 2_000)
        seeded, member = self.seed(plan="Basic")
        self.seen["buying on Basic"] = self.buy(seeded, member, 2_000)
        _, member = self.seed(plan="Business")
        self.seen["buttons on Business"] = self._buttons(member)
        seeded, member = self.seed(monthly_credits=10, used_credits=10)
        self.seen["buying with no credit left"] = self.buy(seeded, member, 2_000)

    def _buttons(self, member: Any) -> list[tuple[str, bool]]:
        sections = member.get("/api/billing").json.get("sections", [])
        return [
            (action["label"], action.get("disabled", False)) for section in sections for action in section["actions"]
        ]

    def with_used_add_on(self) -> None:
        seeded, member = self.seed(monthly_credits=1_000, used_credits=1_000, add_on_credits=5_000)
        _use(self, seeded, 200)
        self.seen["credits with used add-on ones"] = member.get("/api/billing").json.get("credits")
        self.buy(seeded, member, 4_000)
        credits_ = self.shop.credits(seeded)
        self.seen["buying with used add-on ones"] = {
            name: {part: credits_[name][part] for part in ("used", "remaining")} for name in ("monthly", "add_on")
        }

    def afterwards(self) -> None:
        seeded, member = self.seed(information=INFORMATION, invoices=2)
        self.buy(seeded, member, 2_000)
        view = member.get("/api/billing").json
        self.seen["Billing afterwards"] = [
            (section["title"], [(one["label"], one.get("disabled"), one.get("aside")) for one in section["actions"]])
            for section in view.get("sections", [])
        ]
        self.seen["information afterwards"] = view.get("information")
        plan = view.get("plan", {})
        self.seen["plan afterwards"] = {name: plan.get(name) for name in ("monthly_credits", "price", "next_plan")}
        offered = member.get("/api/billing/packages").json
        self.seen["packages afterwards"] = len(offered["packages"])
        self.seen["the shape of the pop-up afterwards"] = offered.get("shape")
        listed = member.get("/api/billing/invoices").json["invoices"]
        self.seen["invoices afterwards"] = [
            one["description"] for one in listed if not one["number"].startswith("NEIGHBOUR")
        ]
        days = [(datetime.now(UTC) + timedelta(days=by)).date().isoformat() for by in (-1, 1)]
        near = member.get("/api/billing/invoices?from={}&to={}".format(*days)).json["invoices"]
        bought = {one["number"] for one in listed if one["description"].startswith("2,000 ")}
        self.seen["a payment among those of its day"] = bought <= {one["number"] for one in near}
        mail = self.shop.site.state(seeded.id)["mail"]
        self.seen["mail afterwards"] = [
            "to a member" if one["recipient"].startswith("mem_") else one["recipient"] for one in mail
        ]

    def later(self) -> None:
        seeded, member = self.seed()
        self.buy(seeded, member, 4_000)
        self.seen["later"] = []
        for seconds in (20, 40):
            self.shop.site.advance_clock(seeded.id, seconds)
            credits_ = self.shop.credits(seeded)
            listed = [
                one["description"]
                for one in member.get("/api/billing/invoices").json["invoices"]
                if not one["number"].startswith("NEIGHBOUR")
            ]
            self.seen["later"].append((credits_["add_on"]["remaining"], credits_["monthly"]["remaining"], listed))

    def by_two(self) -> None:
        seeded, member = self.seed(MemberSeed("Ada"), MemberSeed("Grace", role="Member"))
        self.buy(seeded, member, 4_000)
        view = self.shop.member(seeded, 1).get("/api/billing").json
        self.seen["what a colleague sees"] = (view.get("credits") or {}).get("add_on")
        invoices = self.shop.member(seeded, 1).get("/api/billing/invoices").json
        self.seen["invoices a colleague sees"] = len(invoices["invoices"])

    def left(self) -> None:
        seeded, member = self.seed()
        member.post("/api/billing/checkout", json={"package": "credits-4000"})
        bought = self.shop.site.state(seeded.id)["purchases"]
        self.seen["what is said of leaving"] = None
        if bought:
            member.get(f"/billing/cancelled?purchase={bought[0]['id']}")
            view = member.get(f"/api/billing?cancelled={bought[0]['id']}").json
            self.seen["what is said of leaving"] = view.get("notice")
        self.seen["left"] = self.shop.add_on(seeded)
        if bought:
            member.get(f"/billing/return?session_id={bought[0]['session_id']}")
        self.seen["landing unpaid"] = self.shop.add_on(seeded) - self.seen["left"]
        member.post("/api/billing/checkout", json={"package": "credits-6000"})
        self.seen["choosing another after leaving"] = self.order(seeded)
        self.shop.site.advance_clock(seeded.id, 60)
        self.seen["a minute after leaving"] = self.shop.add_on(seeded)

    def closed(self) -> None:
        seeded, member = self.seed()
        dismiss = member.get("/api/billing/packages").json["dismiss"]
        if dismiss:
            member.post(dismiss, json={})
        self.seen["closed"] = self.shop.add_on(seeded)
        self.shop.site.advance_clock(seeded.id, 60)
        self.seen["a minute after closing"] = self.shop.add_on(seeded)

    def two_pages(self) -> None:
        seeded, member = self.seed()
        for amount in (4_000, 6_000):
            member.post("/api/billing/checkout", json={"package": f"credits-{amount}"})
        self.seen["a second payment page"] = self.order(seeded)
        open_ = self.shop.site.state(seeded.id)["purchases"]
        if open_:
            newest = max(open_, key=lambda purchase: purchase["created"])
            self.shop.processor.pay(newest["session_id"])
            self.shop.site.fulfilment.fulfil(newest["session_id"])
        self.seen["paying on a second page"] = self.shop.add_on(seeded)
        self.pay_on_an_older_page()

    def pay_on_an_older_page(self) -> None:
        seeded, member = self.seed()
        for amount in (4_000, 6_000):
            member.post("/api/billing/checkout", json={"package": f"credits-{amount}"})
        open_ = self.shop.site.state(seeded.id)["purchases"]
        if len(open_) > 1:
            oldest = min(open_, key=lambda purchase: purchase["created"])
            self.shop.processor.pay(oldest["session_id"])
            self.shop.site.fulfilment.fulfil(oldest["session_id"])
        self.seen["an older page adds what the newest is for"] = self.shop.add_on(seeded) == 6_000

    def told_twice(self) -> None:
        """Hear of a payment by the webhook alone, and once more."""
        from tests.fake.test_site_fulfilment import webhook

        seeded, member = self.seed()
        member.post("/api/billing/checkout", json={"package": "credits-4000"})
        for purchase in self.shop.site.state(seeded.id)["purchases"]:
            self.shop.processor.pay(purchase["session_id"])
            webhook(self.shop.browser(), purchase["session_id"])
        self.seen["closing the tab after paying"] = self.shop.add_on(seeded)
        listed = member.get("/api/billing/invoices").json["invoices"]
        self.seen["invoices after closing the tab"] = "4,000 credits" in {one["description"] for one in listed}
        for purchase in self.shop.site.state(seeded.id)["purchases"]:
            webhook(self.shop.browser(), purchase["session_id"])
        self.seen["being told twice of a payment"] = self.shop.add_on(seeded)

    def signed_in_anew(self) -> None:
        seeded, member = self.seed(add_on_credits=100)
        self.buy(seeded, member, 4_000)
        self.seen["Log out"] = member.post("/sign-out").status_code, member.get("/api/billing").status_code
        self.seen["after Log out"] = self.shop.add_on(seeded)
        seeded, member = self.seed(add_on_credits=100)
        self.buy(seeded, member, 4_000)
        visitor = self.shop.browser()
        known = {"email": seeded.members[0].email, "password": seeded.members[0].password}
        visitor.post("/sign-in", data=known)
        self.seen["after signing in"] = self.shop.add_on(seeded)


def _use(walk: Walk, seeded: Any, amount: int) -> None:
    """Use add-on credits without a run, which a fault may change."""
    from fake_backend.site.model import Grant

    workspace = walk.shop.site.core.workspace(seeded.id)
    walk.shop.site.fulfilment.give([Grant(seeded.id, "add_on", -amount, "use", "For the tour")], workspace)
