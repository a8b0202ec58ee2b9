"""The eleven purchases as a bare Playwright script, as somebody would write it who needs nothing but the purchases.

`python -m tests.tools.benchmarks.bare 2,000 4,000 …` does the work of the outline "Buying <package> credits", with the
same checks, on the same fake: one browser, a workspace that is already signed in, a new context for each purchase, and
a late look at each workspace at the end. It knows this one site by its ids, and waits as Playwright waits.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect, sync_playwright

from tests.tools.benchmarks.moments import CLOSED, FIRST_CLICK, LAST_PURCHASE, LOOKED_LATE, STARTED, note

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--deny-permission-prompts",
]
"""The arguments with which the suite starts its browser."""


class Fake:
    """The fake, in a process of its own, and its control API."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "fake_backend", "--json"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.told: dict[str, str] = {}

    def ready(self) -> None:
        assert self.process.stdout is not None
        self.told = json.loads(self.process.stdout.readline())

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.told['control_token']}", "Content-Type": "application/json"}
        request = urllib.request.Request(  # noqa: S310 - our own address
            self.told["control_url"] + path, json.dumps(body).encode(), headers
        )
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - the same
            told: dict[str, Any] = json.load(answer)
        return told

    def stop(self) -> None:
        self.process.communicate()


def amount(text: str | None) -> int:
    return int((text or "").replace(",", ""))


def shown(page: Page) -> dict[str, Any]:
    """Return what Billing shows after loading."""
    section = page.locator("#section-current-plan")
    rows = section.get_by_role("rowheader")
    monthly = rows.filter(has_text="Monthly credits").locator("xpath=..").get_by_role("cell")
    add_on = rows.filter(has_text="Add-on credits").locator("xpath=..").get_by_role("cell")
    return {
        "plan": section.locator(".plan-name").inner_text(),
        "monthly": monthly.nth(0).inner_text(),
        "used": monthly.nth(1).inner_text(),
        "add-on": amount(add_on.nth(0).inner_text()),
        "total": amount(section.get_by_role("progressbar").get_attribute("aria-valuemax")),
    }


def pay(page: Page, email: str) -> None:
    if page.locator("#email").is_editable():
        page.locator("#email").fill(email)
    page.locator("#cardNumber").fill("4242424242424242")
    page.locator("#cardExpiry").fill("12 / 34")
    page.locator("#cardCvc").fill("123")
    page.locator("#billingName").fill("Test Buyer")
    page.locator("#billingCountry").select_option("US")
    page.locator("#billingPostalCode").fill("10001")
    page.get_by_test_id("hosted-payment-submit-button").click()


def chosen(page: Page, package: str) -> str:
    """Choose a package, compare the payment page with the pop-up, and return the price."""
    page.get_by_role("button", name="Add credits").click()
    offer = page.get_by_role("dialog").get_by_role("button", name=re.compile(rf"^{package} credits\b"))
    price = offer.locator(".package-price").inner_text()
    offer.click()
    total = page.get_by_test_id("product-summary-total-amount")
    expect(total).to_have_text(price)
    expect(page.get_by_test_id("product-summary-name")).to_contain_text(f"{package} credits")
    return price


@dataclass(frozen=True)
class Bought:
    """A workspace after its purchase, for the late look."""

    workspace: str
    state: Any
    package: str
    price: str
    shown: dict[str, Any]
    landing: str


def bought(browser: Browser, fake: Fake, package: str, number: int) -> Bought:
    """Buy one package as a member of a new workspace, and check Billing four times afterwards."""
    email = f"buyer.{number}@example.com"
    member = {"name": "Ada Lovelace", "email": email, "password": f"correct horse {number}"}
    workspace = fake.post("/workspaces", {"name": f"Analytical Engines {number}", "members": [member]})
    billing = fake.told["site_url"] + "/settings/billing"
    landings: list[str] = []

    page = opened(browser, workspace["storage_state"])
    page.goto(billing)
    before = shown(page)
    price = chosen(page, package)
    page.on("request", lambda request: landings.append(request.url) if "/billing/return" in request.url else None)
    pay(page, email)
    page.wait_for_url(re.compile(r"/settings/billing"))
    paid = time.monotonic()
    expect(page.locator("#section-current-plan")).to_contain_text(f"{before['add-on'] + amount(package):,}")
    assert time.monotonic() - paid < 10
    after = shown(page)
    grown = {"add-on": before["add-on"] + amount(package), "total": before["total"] + amount(package)}
    assert after == before | grown, (before, after)
    thanks = re.findall(r"([\d,]+) (?:add-on )?credits", page.locator("#billing-notice").inner_text())
    assert not thanks or package in thanks, thanks
    expect(invoice(page, package)).to_contain_text(price)
    page.reload()
    assert shown(page) == after
    page.context.close()

    page = opened(browser, fake.post(f"/workspaces/{workspace['id']}/sign-in", {}))
    page.goto(billing)
    assert shown(page) == after
    page.goto(landings[0])
    assert shown(page) == after
    page.context.close()
    return Bought(workspace["id"], workspace["storage_state"], package, price, after, landings[0])


def look_late(browser: Browser, fake: Fake, left: Bought) -> None:
    """Look at a workspace once more, a minute later on its clock: the credits are still there, and added once."""
    fake.post(f"/workspaces/{left.workspace}/webhooks/drain", {})
    fake.post(f"/workspaces/{left.workspace}/clock", {"advance_s": 60})
    page = opened(browser, left.state)
    page.goto(left.landing)
    page.goto(fake.told["site_url"] + "/settings/billing")
    assert shown(page) == left.shown
    expect(invoice(page, left.package)).to_contain_text(left.price)
    page.context.close()


def invoice(page: Page, package: str) -> Locator:
    """Return the row of a package in the list of invoices."""
    rows = page.get_by_role("table", name="Invoices").get_by_role("row")
    return rows.filter(has=page.get_by_role("cell", name=f"{package} credits", exact=True))


def opened(browser: Browser, state: Any) -> Page:
    context: BrowserContext = browser.new_context(
        storage_state=state, viewport={"width": 1280, "height": 900}, locale="en-US", timezone_id="UTC"
    )
    return context.new_page()


def main() -> None:
    """Buy the named packages, or all; with BENCH_TIMES the seconds of each are written to a file."""
    packages = sys.argv[1:]
    fake = Fake()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=os.environ.get("ACCEPTANCE_BROWSER"), args=FLAGS)
            fake.ready()
            note(STARTED)
            left: list[Bought] = []
            note(FIRST_CLICK)
            for number, package in enumerate(packages):
                started = time.perf_counter()
                left.append(bought(browser, fake, package, number))
                sys.stdout.write(f"{package:>9} credits bought in {time.perf_counter() - started:.2f} s\n")
            note(LAST_PURCHASE)
            for one in left:
                look_late(browser, fake, one)
            note(LOOKED_LATE)
            browser.close()
            note(CLOSED)
    finally:
        fake.stop()


if __name__ == "__main__":
    main()
