"""The steps of a purchase, for behave."""

from __future__ import annotations

import re
import time
from typing import Any

from behave import given, then, when
from playwright.sync_api import expect

from tests.tools.benchmarks.bare import amount, chosen, opened, pay, shown


@given("a member who has Billing open")
def billing_is_open(context: Any) -> None:
    number = next(context.numbers)
    context.email = f"buyer.{number}@example.com"
    member = {"name": "Ada Lovelace", "email": context.email, "password": f"correct horse {number}"}
    context.workspace = context.fake.post("/workspaces", {"name": f"Analytical Engines {number}", "members": [member]})
    context.billing = context.fake.told["site_url"] + "/settings/billing"
    context.page = opened(context.browser, context.workspace["storage_state"])
    context.page.goto(context.billing)
    context.before = shown(context.page)


@when("the member buys {package} credits")
def buys(context: Any, package: str) -> None:
    page = context.page
    chosen(page, package)
    context.landings = []
    page.on("request", lambda one: context.landings.append(one.url) if "/billing/return" in one.url else None)
    pay(page, context.email)
    page.wait_for_url(re.compile(r"/settings/billing"))
    context.paid = time.monotonic()


@then("{package} add-on credits are added immediately")
def added(context: Any, package: str) -> None:
    wanted = context.before["add-on"] + amount(package)
    expect(context.page.locator("#section-current-plan")).to_contain_text(f"{wanted:,}")
    assert time.monotonic() - context.paid < 10
    context.after = shown(context.page)
    assert context.after["add-on"] == wanted


@then("the plan, the monthly credits and the used credits are unchanged")
def unchanged(context: Any) -> None:
    for name in ("plan", "monthly", "used"):
        assert context.after[name] == context.before[name]


@then("the credit bar's total has grown by {package} credits")
def grown(context: Any, package: str) -> None:
    assert context.after["total"] == context.before["total"] + amount(package)


@then("the same is shown after a reload")
def same_after_reload(context: Any) -> None:
    context.page.reload()
    assert shown(context.page) == context.after


@then("the same is shown after signing in anew")
def same_after_sign_in(context: Any) -> None:
    context.page.context.close()
    state = context.fake.post(f"/workspaces/{context.workspace['id']}/sign-in", {})
    context.page = opened(context.browser, state)
    context.page.goto(context.billing)
    assert shown(context.page) == context.after


@then("opening the landing address again adds nothing")
def landing_adds_nothing(context: Any) -> None:
    context.page.goto(context.landings[0])
    assert shown(context.page) == context.after
