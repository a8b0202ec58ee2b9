"""What a person reads on a control is a part of the name by which it is called (WCAG 2.5.3).

The packages are left out: each is called by its credits, as people say them, and described by its price.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

from tests.fake.support.checkout_page import Checkout

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.fake.conftest import Control

_RULE = "label-content-name-mismatch"
_ONLY = {"runOnly": {"type": "rule", "values": [_RULE]}, "rules": {_RULE: {"enabled": True}}}


def mismatches(page: Page) -> list[str]:
    page.wait_for_load_state("networkidle")
    found = Axe().run(page, options=_ONLY)
    return [node["html"] for violation in found.response["violations"] for node in violation["nodes"]]


def test_every_control_is_called_what_it_says(control: Control, page: Page) -> None:
    Checkout(control, page, layout="card-choice", summary="promotion-code")
    seen = {"payment page": mismatches(page)}
    for address in ("/settings/billing", "/flows", "/users", "/billing/success"):
        page.goto(control.fake.site_url + address)
        seen[address] = mismatches(page)
    page.goto(f"{control.fake.site_url}/settings/billing")
    page.get_by_role("button", name="Upgrade plan").click()
    page.get_by_role("dialog").wait_for()
    seen["plans"] = mismatches(page)
    page.context.clear_cookies()
    page.goto(control.fake.site_url)
    seen["sign-in page"] = mismatches(page)
    assert {place: found for place, found in seen.items() if found} == {}
