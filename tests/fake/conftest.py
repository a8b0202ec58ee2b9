"""One started fake for all tests of it, and small helpers to speak to it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest
import stripe
import urllib3

from fake_backend.serving import Fake
from fake_backend.stripe_mode import KEY_VARIABLE, SECRET_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FORM = {
    "email": "ada@example.com",
    "cardNumber": "4242424242424242",
    "cardExpiry": "12 / 34",
    "cardCvc": "123",
    "billingName": "Ada Lovelace",
    "billingCountry": "US",
    "billingPostalCode": "94107",
}


class Control:
    """A small client of the control API. Every method gives the answer's JSON and insists on success."""

    def __init__(self, fake: Fake) -> None:
        self.fake = fake
        self.http = urllib3.PoolManager(retries=False, timeout=30)

    def call(self, method: str, path: str, given: object = None, **options: Any) -> urllib3.BaseHTTPResponse:
        """Make a request whatever its answer; `path` is below the prefix."""
        headers = {"Authorization": f"Bearer {self.fake.control_token}"} | options.pop("headers", {})
        if given is not None:
            options["json"] = given
        return self.http.request(method, self.fake.control_url + path, headers=headers, **options)

    def ask(self, method: str, path: str, given: object = None) -> dict[str, Any]:
        """Make a request that must succeed."""
        answer = self.call(method, path, given)
        assert answer.status < 300, answer.data.decode()
        told: dict[str, Any] = answer.json()
        return told

    def seed(self, **wanted: Any) -> dict[str, Any]:
        """Make a workspace."""
        return self.ask("POST", "/workspaces", wanted)

    def state(self, workspace_id: str) -> dict[str, Any]:
        """Return all that is known of a workspace."""
        return self.ask("GET", f"/workspaces/{workspace_id}")


@dataclasses.dataclass
class Member:
    """A signed-in member who speaks to the site and the payment page without a browser."""

    fake: Fake
    http: urllib3.PoolManager
    cookie: str

    @classmethod
    def of(cls, control: Control, seeded: Mapping[str, Any]) -> Member:
        """Sign the workspace's first member in."""
        cookie = seeded["storage_state"]["cookies"][0]
        return cls(control.fake, control.http, f"{cookie['name']}={cookie['value']}")

    def call(self, method: str, path: str, **options: Any) -> urllib3.BaseHTTPResponse:
        """Make a request to the site; it follows no redirect."""
        url = path if path.startswith("http") else self.fake.site_url + path
        return self.http.request(method, url, headers={"Cookie": self.cookie}, redirect=False, **options)

    def checkout(self, package: str = "credits-44000") -> str:
        """Choose a package and return the payment page's address."""
        answer = self.call("POST", "/api/billing/checkout", json={"package": package})
        assert answer.status == 201, answer.data.decode()
        url: str = answer.json()["url"]
        return url

    def pay(self, url: str, **fields: str) -> dict[str, Any]:
        """Press Pay on the payment page and return what its script is told."""
        return pay(self.http, url, **fields)


def pay(http: urllib3.PoolManager, url: str, **fields: str) -> dict[str, Any]:
    """Press Pay on a payment page and return what its script is told."""
    answer = http.request("POST", f"{url}/confirm", json=FORM | fields)
    assert answer.status == 200, answer.data.decode()
    told: dict[str, Any] = answer.json()
    return told


@pytest.fixture(autouse=True)
def no_account_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start no fake with the account of Stripe that the environment may be set up for."""
    for name in (KEY_VARIABLE, SECRET_VARIABLE):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def fake() -> Iterator[Fake]:
    """Return a started fake."""
    with Fake() as started:
        yield started


@pytest.fixture(scope="session")
def control(fake: Fake) -> Control:
    """Return a client of its control API."""
    return Control(fake)


@pytest.fixture(scope="session")
def merchant(fake: Fake) -> stripe.StripeClient:
    """Return the processor's client as any merchant would make it."""
    return stripe.StripeClient(fake.processor_key, base_addresses={"api": fake.processor_url})
