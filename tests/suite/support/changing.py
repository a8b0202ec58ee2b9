"""Current Plan before and after a purchase, for tests of what may change there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.readers.credits.credits import CreditsReading, read_credits
from steps.readers.page.capture import capture
from steps.targets.profile import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example")
SENTENCE = "<p>{used} of {whole} credits used</p>"
LINES = "<dl><dt>Monthly credits<dd>{monthly}<dt>Add-on credits<dd>{add_on}</dl>"
BEFORE = {"plan": "Pro", "used": "1,250", "whole": "11,000", "monthly": "10,000", "add_on": "1,000"}


def read(page: Page, section: str, **shown: str) -> CreditsReading:
    filled = ("<h2>Current Plan</h2><p>{plan}</p>" + section).format(**BEFORE | shown)
    page.set_content(f"{filled}<p>Seats: 3 of 5</p><h2>Invoices</h2>")
    return read_credits(capture(page), PROFILE)
