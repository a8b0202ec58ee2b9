"""What the page in sight shows is held, too: one that is loaded anew may show what it should."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from steps.actors.balance_check import hold_in_sight
from steps.pages.billing import BillingPage
from steps.targets.profile import Limits, Profile
from steps.verdicts.expectations import BrokenPromiseError

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=1))
BILLING = "<h2>Current Plan</h2><p>Pro</p><p>Monthly credits: 7,500</p><p>Add-on credits: <b id=it>4,000</b></p>"


@pytest.mark.parametrize(
    ("script", "is_red"),
    [
        ("it.textContent = '0'", True),
        ("", False),
        ("it.textContent = '0'; setTimeout(() => it.textContent = '4,000', 50)", False),  # it corrects itself
    ],
)
def test_a_figure_that_only_a_new_page_shows_is_wrong_on_the_one_in_sight(
    page: Page, script: str, *, is_red: bool
) -> None:
    def reload() -> BillingPage:
        page.set_content(BILLING)
        return billing

    page.set_content(BILLING)
    billing = BillingPage(page, PROFILE)
    member: Any = SimpleNamespace(target=SimpleNamespace(profile=PROFILE), page=page, reload=reload)
    before = billing.settled_credits()
    page.evaluate(script)
    with pytest.raises(BrokenPromiseError, match="as before after a reload") if is_red else nullcontext():
        hold_in_sight(member, billing, before)
