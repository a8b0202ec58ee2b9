"""A walk through the whole site that writes down what it sees, so that two sites can be held against each other.

Everything that differs from one walk to the next (ids, addresses, times) is left out.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pypdf
from bs4 import BeautifulSoup

from fake_backend.site import MemberSeed
from fake_backend.site.model import PACKAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fake_backend.site import Seeded
    from tests.fake.support.shop import Shop

INFORMATION = {"company_name": "Engines Ltd", "tax_id": "GB 1", "po_number": "7", "email": "a@b.example"}


class Tour:
    """One walk; `seen` holds what was seen, by a name for each thing."""

    def __init__(self, shop: Shop, faults: Sequence[str]) -> None:
        self.shop = shop
        self.faults = faults
        self.seen: dict[str, Any] = {}
        for part in (
            self.pages,
            self.lists,
            self.purchases,
            self.more_purchases,
            self.not_buying,
            self.entering,
            self.getting_in,
            self.plans,
            self.runs,
        ):
            part()

    def seed(self, **wanted: Any) -> tuple[Seeded, Any]:
        seeded = self.shop.seed(MemberSeed("Ada"), faults=self.faults, **{"used_credits": 700, **wanted})
        return seeded, self.shop.member(seeded)

    def pages(self) -> None:
        _, member = self.seed()
        page = BeautifulSoup(member.get("/settings/billing").text, "html.parser")
        self.seen["menu"] = [item.get_text(strip=True) for item in page.select("[role=menuitem]")]
        self.seen["tabs"] = [(tab.get_text(strip=True), tab.has_attr("data-dead")) for tab in page.select("[role=tab]")]
        self.seen["navigation"] = [link.get_text(strip=True) for link in page.select("nav a")]
        view = member.get("/api/billing").json
        self.seen["error"] = view.pop("error", None)
        for name in ("sections", "plan", "credits"):
            self.seen[name] = view.get(name)
        self.seen["packages"] = member.get("/api/billing/packages").json
        self.seen["users"] = [
            (one["name"], one["role"], one["access"]) for one in member.get("/api/members").json["members"]
        ]

    def lists(self) -> None:
        _, member = self.seed(invoices=9)
        listed = member.get("/api/billing/invoices").json["invoices"]
        self.seen["invoices"] = [(one["description"], one["amount"]) for one in listed]
        filtered = member.get("/api/billing/invoices?type=plan").json["invoices"]
        self.seen["invoices of a type"] = [
            one["description"] for one in filtered if not one["number"].startswith("NEIGHBOUR")
        ]
        answer = member.get(listed[-1]["receipt"])
        lines = pypdf.PdfReader(io.BytesIO(answer.data)).pages[0].extract_text().splitlines()
        self.seen["receipt"] = [line for line in lines if "$" in line]

    def purchases(self) -> None:
        names = (
            "charged",
            "granted",
            "monthly",
            "plan",
            "landing",
            "shown",
            "bar",
            "shown again",
            "anew",
            "landed again",
            "invoice",
        )
        self.seen |= {f"buying: {name}": {} for name in names}
        for package in PACKAGES:
            for name, value in self._purchase(package.credits).items():
                self.seen[f"buying: {name}"][package.credits] = value

    def _purchase(self, amount: int) -> dict[str, Any]:
        seeded, member = self.seed()
        answer = member.post("/api/billing/checkout", json={"package": f"credits-{amount}"})
        seen: dict[str, Any] = {"charged": (answer.status_code, None, None, _kind((answer.json or {}).get("url")))}
        bought = self.shop.site.state(seeded.id)["purchases"]
        if not bought:
            return seen
        session_id = bought[0]["session_id"]
        session = self.shop.processor.sessions[session_id]
        seen["charged"] = (
            answer.status_code,
            session["amount_total"],
            session["metadata"]["name"],
            _kind(answer.json["url"]),
        )
        self.shop.processor.pay(session_id)
        landing = member.get(f"/billing/return?session_id={session_id}")
        seen["landing"] = (landing.location.split("=")[0], "Set-Cookie" in landing.headers)
        member = self.shop.member(seeded)
        state = self.shop.site.state(seeded.id)
        seen["granted"] = state["credits"]["add_on"]["remaining"]
        seen["monthly"] = state["credits"]["monthly"]
        seen["plan"] = state["plan"]
        first = _shown(member, landed=bought[0]["id"])
        seen["shown"], seen["bar"] = first[:3], first[3:]
        seen["shown again"] = _shown(member)
        seen["anew"] = _shown(self.shop.member(seeded))
        member.get(f"/billing/return?session_id={session_id}")
        seen["landed again"] = self.shop.add_on(seeded) - seen["granted"]
        invoices = self.shop.member(seeded).get("/api/billing/invoices").json["invoices"]
        seen["invoice"] = [
            (one["description"], one["amount"]) for one in invoices if not one["number"].startswith("NEIGHBOUR")
        ]
        return seen

    def more_purchases(self) -> None:
        for name, amounts in {"two": (4_000, 11_000), "twice the same": (6_000, 6_000)}.items():
            seeded, member = self.seed()
            self.seen[f"buying {name}"] = [self._bought(seeded, member, amount) for amount in amounts]
        seeded, member = self.seed()
        clock = self.shop.site.clock(seeded.id)
        self.shop.site.advance_clock(seeded.id, clock.cycle_end - clock.now - 60)
        self.seen["buying at the month's end"] = self._bought(seeded, member, 2_000)

    def _bought(self, seeded: Seeded, member: Any, amount: int) -> int | str:
        before = self.shop.add_on(seeded)
        answer = member.post("/api/billing/checkout", json={"package": f"credits-{amount}"})
        if answer.status_code != 201:
            return str(answer.json["error"]["message"])
        session_id = max(self.shop.processor.sessions, key=lambda one: int(one.rsplit("_", 1)[1]))
        self.shop.processor.pay(session_id)
        self.shop.site.fulfilment.fulfil(session_id)
        return self.shop.add_on(seeded) - before

    def not_buying(self) -> None:
        seeded, member = self.seed()
        member.post("/api/billing/checkout", json={"package": "credits-4000"})
        bought = self.shop.site.state(seeded.id)["purchases"]
        if bought:
            member.get(f"/billing/cancelled?purchase={bought[0]['id']}")
        self.seen["cancelled"] = self.shop.add_on(seeded)
        seeded, member = self.seed()
        dismiss = member.get("/api/billing/packages").json["dismiss"]
        if dismiss:
            member.post(dismiss, json={})
        self.seen["closed"] = self.shop.add_on(seeded)

    def entering(self) -> None:
        _, member = self.seed()
        self.seen["saving"] = member.put("/api/billing/information", json=INFORMATION).json
        self.seen["information"] = (member.get("/api/billing").json or {}).get("information")
        _, member = self.seed()
        self.seen["wrong"] = {}
        for name, text in {"company_name": "", "tax_id": "<>", "email": "a"}.items():
            told = member.put("/api/billing/information", json=INFORMATION | {name: text}).json
            self.seen["wrong"][name] = told.get("error", told)

    def getting_in(self) -> None:
        """Get in by the sign-in page, and by a code."""
        for way, first, then in (("password", "/sign-in", ""), ("reset", "/reset-password", "/reset-password/code")):
            seeded, _ = self.seed()
            known = self.shop.site.state(seeded.id)["members"][0]["email"]
            visitor = self.shop.browser()
            answer = visitor.post(first, data={"email": known, "password": seeded.members[0].password})
            mail = [one["body"] for one in self.shop.site.state(seeded.id)["mail"]]
            if mail and then:
                code = re.findall(r"\d{6}", mail[0])[0]
                answer = visitor.post(then, data={"email": known, "code": code, "password": "a new password"})
            self.seen[f"getting in by {way}"] = answer.status_code, len(mail)

    def plans(self) -> None:
        seeded, member = self.seed(plan="Pro")
        self.seen["plans"] = [one["name"] for one in member.get("/api/plans").json["plans"]]
        member.post("/api/plans/change", json={"plan": "Business"})
        session_id = self.shop.site.state(seeded.id)["purchases"][0]["session_id"]
        self.shop.processor.pay(session_id)
        member.get(f"/billing/return?session_id={session_id}")
        self.seen["upgraded"] = self.shop.site.state(seeded.id)["plan"]
        seeded, member = self.seed(plan="Pro")
        member.post("/api/plans/change", json={"plan": "Basic"})
        self.seen["downgraded"] = self.shop.site.state(seeded.id)["plan"]

    def runs(self) -> None:
        for name, bought in {"running": 0, "running after buying": 2_000}.items():
            seeded, member = self.seed(monthly_credits=1_000, used_credits=1_000, add_on_credits=0 if bought else 50)
            if bought:
                self._bought(seeded, member, bought)
                # What a fault took away is another's business: here only whether a run is let through.
                _give(self.shop, seeded)
            self.seen[name] = _run(member).get("used")
        seeded, member = self.seed(monthly_credits=1_000, used_credits=0, add_on_credits=50)
        _run(member)
        self.seen["pools after a run"] = [entry["pool"] for entry in self.shop.site.state(seeded.id)["ledger"]][-1]
        _, member = self.seed(monthly_credits=1_000, used_credits=1_000)
        self.seen["running without credits"] = _run(member)


def _run(member: Any) -> dict[str, Any]:
    flow = member.get("/api/flows").json["flows"][0]["id"]
    answer: dict[str, Any] = member.post(f"/api/flows/{flow}/run", json={"text": "Hello"}).json
    return answer


def _give(shop: Shop, seeded: Seeded) -> None:
    from fake_backend.site.model import Grant

    workspace = shop.site.core.workspace(seeded.id)
    shop.site.fulfilment.give([Grant(seeded.id, "add_on", 20, "grant", "For the tour")], workspace)


def _kind(url: str | None) -> str:
    return "payment page" if url and "/c/pay/" in url else str(url)


def _shown(member: Any, **query: str) -> tuple[Any, ...]:
    """Return add-on remaining, monthly remaining, used; then the bar's usable and total."""
    credits_ = member.get("/api/billing", query_string=query).json.get("credits")
    if credits_ is None:
        return ()
    parts = (credits_["add_on"]["remaining"], credits_["monthly"]["remaining"], credits_["monthly"]["used"])
    return (*parts, credits_["total_usable"], credits_["total"])
