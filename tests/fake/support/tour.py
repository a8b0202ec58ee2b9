"""A walk through the whole site that writes down what it sees, so that two sites can be held against each other.

Everything that differs from one walk to the next (ids, addresses, times) is left out.
"""

from __future__ import annotations

import io
import re
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pypdf
from bs4 import BeautifulSoup

from fake_backend.site import MemberSeed
from fake_backend.site.model import PACKAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fake_backend.site import Seeded
    from tests.fake.support.shop import Shop

INFORMATION = {"company_name": "Engines LLP", "tax_id": "GB 1", "po_number": "7", "email": "a@b.example"}
PURCHASE = (
    "charged", "granted", "monthly", "plan", "landing", "thanks", "shown", "bar", "shown again", "anew",
    "landed again", "landed later", "invoice",
)  # fmt: skip


_LOOKED_AT = (2_000, 22_000)
"""The packages whose buyer comes back and looks at all; of the others, what was granted and billed."""


class Walk:
    """What every tour has: a shop, the faults of its workspaces, and what was `seen`, by a name for each thing."""

    def __init__(self, shop: Shop, faults: Sequence[str], seen: dict[str, Any]) -> None:
        self.shop = shop
        self.faults = faults
        self.seen = seen

    def seed(self, *members: MemberSeed, **wanted: Any) -> tuple[Seeded, Any]:
        wanted = {"used_credits": 700, **wanted}
        seeded = self.shop.seed(*(members or (MemberSeed("Ada"),)), faults=self.faults, **wanted)
        return seeded, self.shop.member(seeded)

    def buy(self, seeded: Seeded, member: Any, amount: int) -> int | str:
        """Buy, without coming back, and return what was added, or why nothing could be bought."""
        before = self.shop.add_on(seeded)
        answer = member.post("/api/billing/checkout", json={"package": f"credits-{amount}"})
        if answer.status_code != 201:
            return str(answer.json["error"]["message"])
        session_id = max(self.shop.processor.sessions, key=lambda one: int(one.rsplit("_", 1)[1]))
        self.shop.processor.pay(session_id)
        self.shop.site.fulfilment.fulfil(session_id)
        return self.shop.add_on(seeded) - before

    def to_month_end(self, seeded: Seeded) -> None:
        clock = self.shop.site.clock(seeded.id)
        self.shop.site.advance_clock(seeded.id, clock.cycle_end - clock.now - 60)

    def order(self, seeded: Seeded) -> Any:
        """Return what the newest payment page asks for."""
        purchases = self.shop.site.state(seeded.id)["purchases"]
        if not purchases:
            return None
        newest = max(purchases, key=lambda purchase: purchase["created"])
        session = self.shop.processor.sessions[newest["session_id"]]
        return session["lines"], session["currency"], session["status"]


class Tour(Walk):
    """Pages, lists, and a purchase of each package."""

    def __init__(self, shop: Shop, faults: Sequence[str]) -> None:
        from tests.fake.support.tour_again import TourAgain
        from tests.fake.support.tour_around import TourAround
        from tests.fake.support.tour_buying import TourBuying
        from tests.fake.support.tour_lasting import TourLasting

        super().__init__(shop, faults, {})
        self.pages()
        self.lists()
        self.receipts()
        self.purchases()
        TourBuying(shop, faults, self.seen).walk()
        TourAround(shop, faults, self.seen).walk()
        TourLasting(shop, faults, self.seen).walk()
        TourAgain(shop, faults, self.seen).walk()

    def pages(self) -> None:
        _, member = self.seed(add_on_credits=500)
        page = BeautifulSoup(member.get("/settings/billing").text, "html.parser")
        self.seen["menu"] = [(item.get_text(strip=True), item.get("href")) for item in page.select("[role=menuitem]")]
        self.seen["tabs"] = [(tab.get_text(strip=True), tab.has_attr("data-dead")) for tab in page.select("[role=tab]")]
        self.seen["navigation"] = [link.get_text(strip=True) for link in page.select("nav a")]
        page = BeautifulSoup(member.get("/users").text, "html.parser")
        self.seen["menu on users"] = [item.get_text(strip=True) for item in page.select("[role=menuitem]")]
        view = member.get("/api/billing").json
        self.seen["error"] = view.pop("error", None)
        for name in ("sections", "plan", "credits", "covered", "information_fields", "form_forgets", "cancel_saves"):
            self.seen[name] = view.get(name)
        self.seen["packages"] = member.get("/api/billing/packages").json
        seeded, member = self.seed(MemberSeed("Ada"), MemberSeed("Grace", role="Member"))
        address = seeded.sign_in_url.removeprefix("http://127.0.0.1:8123")
        page = BeautifulSoup(self.shop.browser().get(address).text, "html.parser")
        self.seen["sign-in page"] = [(link.get_text(strip=True), link.get("href")) for link in page.select("a")]
        self.seen["users"] = [
            (one["name"], one["role"], one["access"], re.findall(r"\d{4}", one["last_login"]))
            for one in member.get("/api/members").json["members"]
        ]

    def lists(self) -> None:
        _, member = self.seed(invoices=13)
        day = datetime.fromtimestamp(time.time() - 60 * 86_400, UTC).date().isoformat()
        queries = {
            "": "",
            " of a type": "?type=plan",
            " of credits": "?type=credits",
            " on page 2": "?page=2",
            " of days": f"?from={day}&to={day}",
        }
        for name, query in queries.items():
            listed = member.get(f"/api/billing/invoices{query}").json["invoices"]
            self.seen[f"invoices{name}"] = [
                (one["description"], one["amount_label"], one["status"])
                for one in listed
                if not (name and one["number"].startswith("NEIGHBOUR"))
            ]
            if name == " on page 2":
                self.seen["receipts on page 2"] = all(one["number"] in one["receipt"] for one in listed)

    def receipts(self) -> None:
        _, member = self.seed(invoices=4)
        listed = member.get("/api/billing/invoices").json["invoices"]
        own = [one for one in listed if not one["number"].startswith("NEIGHBOUR")]
        self.seen["receipt"] = [receipt_of(member, one) for one in (own[0], *own[2:])]
        _, older = self.seed(invoices=22)
        last = older.get("/api/billing/invoices?page=3").json["invoices"]
        self.seen["receipt of the first payment"] = [receipt_of(older, one)[:1] for one in last[-1:]]
        _, stranger = self.seed()
        self.seen["receipt of another"] = receipt_of(stranger, own[0])[:1]

    def purchases(self) -> None:
        self.seen |= {f"buying: {name}": {} for name in PURCHASE}
        for package in PACKAGES:
            for name, value in self._purchase(package.credits).items():
                self.seen[f"buying: {name}"][package.credits] = value

    def _purchase(self, amount: int) -> dict[str, Any]:
        seeded, member = self.seed()
        answer = member.post("/api/billing/checkout", json={"package": f"credits-{amount}"})
        url = (answer.json or {}).get("url")
        kind = "payment page" if url and "/c/pay/" in url else str(url)
        seen: dict[str, Any] = {"charged": (answer.status_code, self.order(seeded), kind)}
        bought = self.shop.site.state(seeded.id)["purchases"]
        if not bought:
            return seen
        session_id = bought[0]["session_id"]
        self.shop.processor.pay(session_id)
        if amount not in _LOOKED_AT:
            self.shop.site.fulfilment.fulfil(session_id)
            return seen | self._paid(seeded, member)
        landing = member.get(f"/billing/return?session_id={session_id}")
        seen["landing"] = (landing.location.split("=")[0], "Set-Cookie" in landing.headers)
        member = self.shop.member(seeded)
        seen |= self._paid(seeded, member)
        view = member.get("/api/billing", query_string={"landed": bought[0]["id"]}).json
        success = BeautifulSoup(member.get(f"/billing/success?purchase={bought[0]['id']}").text, "html.parser")
        seen["thanks"] = view.get("notice"), [line.get_text(strip=True) for line in success.select(".result p")]
        seen["shown"], seen["bar"] = _figures(view)
        seen["shown again"] = _figures(member.get("/api/billing").json)
        seen["anew"] = _figures(self.shop.member(seeded).get("/api/billing").json)
        member.get(f"/billing/return?session_id={session_id}")
        seen["landed again"] = self.shop.add_on(seeded) - seen["granted"]
        self.shop.site.advance_clock(seeded.id, 60)
        before = self.shop.add_on(seeded)
        member.get(f"/billing/return?session_id={session_id}")
        seen["landed later"] = self.shop.add_on(seeded) - before
        return seen

    def _paid(self, seeded: Seeded, member: Any) -> dict[str, Any]:
        """Return what was granted, and the invoice."""
        state = self.shop.site.state(seeded.id)
        invoice = [
            (
                one["description"],
                one["amount_label"],
                one["status"],
                one["type"],
                round((state["now"] - one["at"]) / 86_400),
            )
            for one in member.get("/api/billing/invoices").json["invoices"]
            if not one["number"].startswith("NEIGHBOUR")
        ]
        credits_ = state["credits"]
        granted, monthly = credits_["add_on"]["remaining"], credits_["monthly"]
        return {"granted": granted, "monthly": monthly, "plan": state["plan"], "invoice": invoice}


def words_of_receipt(member: Any, invoice: dict[str, Any]) -> str:
    """Return what the receipt of an invoice says, "" where none is given."""
    answer = member.get(invoice["receipt"])
    is_pdf = answer.data.startswith(b"%PDF")
    return pypdf.PdfReader(io.BytesIO(answer.data)).pages[0].extract_text() if is_pdf else ""


def receipt_of(member: Any, invoice: dict[str, Any]) -> tuple[Any, ...]:
    """Return the status, whether there is a PDF with the invoice's number and day, and the lines with amounts."""
    answer = member.get(invoice["receipt"])
    text = words_of_receipt(member, invoice)
    if not text:
        return answer.status_code, answer.mimetype
    when = datetime.fromtimestamp(invoice["at"], UTC)
    amounts = [line for line in text.splitlines() if re.search(r"\$\d", line)]
    return answer.status_code, invoice["number"] in text, f"{when.day} {when:%B %Y}" in text, amounts


def _figures(view: dict[str, Any]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return add-on remaining, monthly remaining, used; then the bar's usable and total."""
    credits_ = view.get("credits")
    if credits_ is None:
        return (), ()
    parts = (credits_["add_on"]["remaining"], credits_["monthly"]["remaining"], credits_["monthly"]["used"])
    return parts, (credits_["bar"]["usable"], credits_["bar"]["total"])
