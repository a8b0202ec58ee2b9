"""What a page may call something that it does not call by its documented name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.readers.credits.credits import read_credits
from steps.readers.page.capture import capture
from steps.targets.labels import Labels
from steps.targets.profile import Profile
from steps.tools.inspection.label_suggestions import ElementLike, likely_labels, named_elements, suggest

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize(
    ("key", "among", "meant"),
    [
        ("workspace_settings", ["Preferences", "Help", "Log out"], "Preferences"),
        ("workspace_settings", ["Manage team", "My profile", "Log out"], "Manage team"),
        ("billing", ["General", "Members", "Plans & usage"], "Plans & usage"),
        ("billing", ["General", "Members", "Security"], None),
        ("add_credits", ["Upgrade plan", "Buy more", "Enter billing information"], "Buy more"),
        ("add_credits", ["Upgrade plan", "Home", "Users"], None),
        ("upgrade_plan", ["Add credits", "Change subscription"], "Change subscription"),
        ("monthly_credits", ["Included credits", "Extra credits", "8,000"], "Included credits"),
        ("add_on_credits", ["Monthly credits", "Bought credits"], "Bought credits"),
        ("invoices", ["Billing Information", "Payment history"], "Payment history"),
    ],
)
def test_what_a_thing_may_be_called(key: str, among: list[str], meant: str | None) -> None:
    found = suggest(key, [ElementLike("button", name) for name in among], Labels())
    assert (found.name if found else None) == meant


USAGE = """<h2>Current Plan</h2><table><tr><th>Credits<th>Total<th>Used<th>Available
<tr><td>Included this month<td>15,000<td>644<td>14,356<tr><td>Purchased<td>6,000<td>0<td>6,000
<tr><td>All credits<td>21,000<td>644<td>20,356</table><h2>Invoices</h2><p>Add-on: 4,000 credits</p>"""


@pytest.mark.parametrize(
    ("key", "meant"), [("monthly_credits", "Included this month"), ("add_on_credits", "Purchased")]
)
def test_what_stands_before_a_number_of_one_kind_of_credits_may_be_its_label(page: Page, key: str, meant: str) -> None:
    page.set_content(USAGE)
    shown = read_credits(capture(page), Profile()).shown
    among = likely_labels(key, shown, named_elements(page.locator("body")), Labels())
    found = suggest(key, among, Labels())
    assert found is not None
    assert found.name == meant


def test_things_are_read_by_role_and_name(page: Page) -> None:
    page.set_content(
        """<h2>Current "Plan"</h2><button>Add: credits</button><p>8,000 <b>left</b></p><div tabindex=0>Top up</div>
        <a href="/">Home</a><input aria-label="Name" value="typed"><button aria-label="">&nbsp;</button>"""
    )
    named = {str(thing) for thing in named_elements(page.locator("body"))}
    assert {'heading "Current "Plan""', 'button "Add: credits"', 'link "Home"'} <= named
    assert any("Top up" in name for name in named)
