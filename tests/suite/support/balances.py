"""Sections of a page that tell credits, for tests of how they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.readers.credits.balance import Balance
from steps.readers.credits.credits import CreditsReading, read_credits
from steps.readers.page.capture import capture, selectors_of
from steps.readers.page.fact import Fact
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example")
PLAN = "<p>Pro</p>"
PAGE = "<h2>Current Plan</h2>" + PLAN + "{}<h2>Billing Information</h2><h2>Invoices</h2><p>2,000 credits $20</p>"


def read(page: Page, section: str, profile: Profile = PROFILE, *, plan: str = PLAN) -> CreditsReading:
    page.set_content(PAGE.format(section).replace(PLAN, plan, 1))
    return read_credits(capture(page, selectors_of(profile)), profile)


def value(one: object) -> object:
    return one.value if isinstance(one, Fact) else type(one)


ROW = "<div style='display:flex'><div>{}</div><div>{}</div></div>"
PLAIN = (Balance(plain=(7_500,)), Balance(plain=(4_000,)))
PAIRS = (("Monthly credits", "7,500"), ("Add-on credits", "4,000"))


def each(form: str) -> str:
    return "".join(form.format(label, amount) for label, amount in PAIRS)
