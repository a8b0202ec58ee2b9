"""The site alone, without a processor behind it.

Its sessions are paid by a word, so that thousands of steps are quick. Browsers are typed as Any: Flask says that an
answer's JSON may be missing, and a test that finds it missing fails in plain words anyway.
"""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING, Any

import stripe
from flask.testing import FlaskClient

from fake_backend.control.faults import HOOKS
from fake_backend.control.variants import complete
from fake_backend.database import Database
from fake_backend.request_log import RequestLog
from fake_backend.site import SCHEMA, MemberSeed, Seed, SiteConfig, create_app
from fake_backend.site.stripe_client import Merchant, ProcessorUnreachableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import TestResponse

    from fake_backend.site import Seeded, Site
    from fake_backend.site.model import Order, Purchase

URL = "http://127.0.0.1:8123"


class WordOfMouth(Merchant):
    """A processor that is told what was paid. Answers with the objects of the `stripe` package, as the real client."""

    def __init__(self, config: SiteConfig) -> None:
        super().__init__(config)
        self.sessions: dict[str, dict[str, Any]] = {}
        self.reachable = True
        self._numbers = itertools.count(1)

    def create(
        self, purchase: Purchase, order: Order, email: str, *, embedded: bool = False
    ) -> stripe.checkout.Session:
        self._reach()
        known = next((one for one in self.sessions.values() if one["metadata"]["purchase"] == purchase.id), None)
        if known is None:
            session_id = f"cs_test_{next(self._numbers)}"
            known = self.sessions[session_id] = {
                "id": session_id,
                "url": f"http://127.0.0.1:8124/c/pay/{session_id}",
                "status": "open",
                "payment_status": "unpaid",
                "amount_total": purchase.amount,
                "currency": purchase.currency,
                "client_reference_id": purchase.workspace_id,
                "created": int(time.time()),
                "customer_email": email,
                "embedded": embedded,
                "lines": order.lines,
                "metadata": {"purchase": purchase.id, "workspace": purchase.workspace_id, "name": order.lines[0][0]},
            }
        return self._shown(known)

    def session(self, session_id: str) -> stripe.checkout.Session | None:
        self._reach()
        known = self.sessions.get(session_id)
        return self._shown(known) if known else None

    def expire(self, session_id: str) -> None:
        self.sessions[session_id]["status"] = "expired"

    def completed_since(self, real_time: float) -> Iterator[stripe.checkout.Session]:
        self._reach()
        for one in list(self.sessions.values()):
            if one["status"] == "complete" and one["created"] >= real_time:
                yield self._shown(one)

    def pay(self, session_id: str, **changes: Any) -> None:
        self.sessions[session_id] |= {"status": "complete", "payment_status": "paid"} | changes

    def _reach(self) -> None:
        if not self.reachable:
            raise ProcessorUnreachableError("It does not answer.")

    def _shown(self, fields: dict[str, Any]) -> stripe.checkout.Session:
        return stripe.checkout.Session.construct_from(fields, key=None)


class Shop:
    """A site, its processor, and signed-in members."""

    def __init__(self, path: Path | None = None) -> None:
        config = SiteConfig(
            database=Database(path, SCHEMA),
            site_url=URL,
            processor_api="http://127.0.0.1:8124",
            processor_key="sk_test_made_up",
            webhook_secret="whsec_made_up",
            request_log=RequestLog(),
            hooks=HOOKS,
            default_variant=complete({}),
        )
        self.app = create_app(config)
        self.site: Site = self.app.extensions["site"]
        self.processor = WordOfMouth(config)
        self.site.use(self.processor)

    def seed(self, *members: MemberSeed, **wanted: Any) -> Seeded:
        return self.site.seed(Seed(members=members or (MemberSeed(),), **wanted))

    def browser(self) -> Any:
        return _Browser(self.app, self.app.response_class, use_cookies=True)

    def member(self, seeded: Seeded, number: int = 0) -> Any:
        cookie = self.site.storage_state(seeded.members[number].id)["cookies"][0]
        browser = self.browser()
        browser.set_cookie(cookie["name"], cookie["value"], domain="127.0.0.1")
        return browser

    def choose(self, member: Any, credits_: int) -> str:
        """Choose a package and return the payment session."""
        answer = member.post("/api/billing/checkout", json={"package": f"credits-{credits_}"})
        assert answer.status_code == 201, answer.text
        return str(answer.json["url"]).rsplit("/", 1)[1] if answer.json["url"] else ""

    def buy(self, member: Any, credits_: int) -> Any:
        """Buy a package and return where the buyer lands."""
        session_id = self.choose(member, credits_)
        self.processor.pay(session_id)
        return member.get(f"/billing/return?session_id={session_id}")

    def credits(self, seeded: Seeded) -> dict[str, Any]:
        shown: dict[str, Any] = self.site.state(seeded.id)["credits"]
        return shown

    def add_on(self, seeded: Seeded) -> int:
        remaining: int = self.credits(seeded)["add_on"]["remaining"]
        return remaining


class _Browser(FlaskClient):
    """Speaks to the site's own address, as its pages do."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("base_url", URL)
        return super().open(*args, **kwargs)
