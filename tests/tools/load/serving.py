"""A fake in a process of its own, and a client that uses HTTP as the scripts of a browser do."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psutil
import urllib3

if TYPE_CHECKING:
    from collections.abc import Iterator

CARD = {
    "email": "load@example.com",
    "cardNumber": "4242424242424242",
    "cardExpiry": "12 / 34",
    "cardCvc": "123",
    "billingName": "Load",
    "billingCountry": "US",
    "billingPostalCode": "94107",
}


class LoadError(Exception):
    """An unexpected response of the fake, which makes the times meaningless."""


@dataclass(frozen=True)
class Served:
    """A started fake: its addresses, and wall and processor time until its first response, in seconds."""

    site_url: str
    control_url: str
    headers: dict[str, str]
    seconds: float
    processor_seconds: float


@contextlib.contextmanager
def running(*options: str) -> Iterator[Served]:
    """Start a fake, and end it afterwards. Raises `LoadError` if it does not start."""
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what was compiled is kept, as it is on most machines
    command = [sys.executable, "-m", "fake_backend", "--json", *options]
    began = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise LoadError("The fake did not start.")
        told = json.loads(line)
        urllib3.request("GET", f"{told['site_url']}/sign-in", retries=False)
        seconds = time.perf_counter() - began
        used = psutil.Process(process.pid).cpu_times()
        headers = {"Authorization": f"Bearer {told['control_token']}"}
        try:
            yield Served(told["site_url"], told["control_url"], headers, seconds, used.user + used.system)
        finally:
            process.kill()


def control(fake: Served, path: str, given: dict[str, Any]) -> dict[str, Any]:
    """Request a change from the control API. Raises `LoadError`."""
    answer = urllib3.request("POST", fake.control_url + path, json=given, headers=fake.headers, retries=False)
    return _told(answer)


class Buyer:
    """A signed-in member with connections of its own; created and used by one thread."""

    def __init__(self, fake: Served, workspace_id: str) -> None:
        cookie = control(fake, f"/workspaces/{workspace_id}/sign-in", {})["cookies"][0]
        self._site = fake.site_url
        self._http = urllib3.PoolManager(retries=False, timeout=30, maxsize=1)
        self._headers = {"Cookie": f"{cookie['name']}={cookie['value']}"}

    def _site_says(self, method: str, path: str, **options: Any) -> urllib3.BaseHTTPResponse:
        return self._http.request(method, self._site + path, headers=self._headers, redirect=False, **options)

    def billing(self) -> int:
        """Request Billing's balance and plan, and return the add-on credits."""
        told = _told(self._site_says("GET", "/api/billing"))
        return int(told["credits"]["add_on"]["remaining"])

    def invoices(self) -> int:
        """Request the first page of invoices, and return their number."""
        return int(_told(self._site_says("GET", "/api/billing/invoices"))["total"])

    def purchase(self) -> None:
        """Buy a package: choose, pay, return, check the credits. Raises `LoadError` if they are missing."""
        before = self.billing()
        url = _told(self._site_says("POST", "/api/billing/checkout", json={"package": "credits-2000"}))["url"]
        told = _told(self._http.request("POST", f"{url}/confirm", json=CARD))
        while told["state"] == "processing":
            told = _told(self._http.request("GET", f"{url}/outcome"))
        landed = self._http.request("GET", told["redirect_url"], headers=self._headers, redirect=False)
        if landed.status != 303 or self.billing() != before + 2_000:
            raise LoadError("A paid package was not there at once.")


def _told(answer: urllib3.BaseHTTPResponse) -> dict[str, Any]:
    if answer.status >= 300:
        raise LoadError(f"The fake answered {answer.status}: {answer.data.decode(errors='replace')[:200]}")
    told: dict[str, Any] = answer.json()
    return told
