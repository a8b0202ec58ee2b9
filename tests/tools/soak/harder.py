"""A plugin that makes a run harder: a slow browser, a slow network, late, repeated and unordered webhooks.

SOAK_HARDER lists the wanted conditions, separated by commas.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from steps.targets.fake_target import FakeTarget

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from steps.targets.target import Account, Target

SLOW_BROWSER, SLOW_NETWORK, LATE_WEBHOOKS = "slow browser", "slow network", "late webhooks"
HARDER = frozenset(filter(None, os.environ.get("SOAK_HARDER", "").split(",")))
_NETWORK = {"offline": False, "latency": 100, "downloadThroughput": 250_000, "uploadThroughput": 100_000}
"""Latency in milliseconds, and bytes per second: a phone on a mobile network."""
_WEBHOOKS = {"webhook_delay_s": 0.5, "webhook_copies": 3, "webhook_fail_first": 1, "webhook_shuffle": True}


def slow_down(page: Page) -> None:
    """Slow a tab down as configured."""
    session = page.context.new_cdp_session(page)
    if SLOW_BROWSER in HARDER:
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    if SLOW_NETWORK in HARDER:
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", _NETWORK)


@pytest.fixture(scope="session")
def browser(browser: Browser) -> Browser:
    """The browser, whose tabs are slowed down where configured."""
    make = browser.new_context

    def new_context(**wanted: Any) -> BrowserContext:
        context = make(**wanted)
        for page in context.pages:
            slow_down(page)
        context.on("page", slow_down)
        return context

    if HARDER & {SLOW_BROWSER, SLOW_NETWORK}:
        browser.new_context = new_context  # type: ignore[method-assign] # pytest-playwright's fixtures ask it
    return browser


@pytest.fixture
def account(account: Account, target: Target) -> Account:
    """The account, whose processor sends webhooks late where configured."""
    if LATE_WEBHOOKS in HARDER and isinstance(target, FakeTarget):
        target.control._call("PUT", f"/workspaces/{account.workspace}/processor", _WEBHOOKS)  # noqa: SLF001 - no scenario needs it
    return account
