"""Billing with tabs of its own: each section behind its tab, and Current Plan shows again afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.pages.billing import BillingPage
from steps.pages.billing_information import information_on
from steps.pages.invoice_list import invoices_on
from steps.pages.invoices import Invoices
from steps.readers.page.fact import Absent
from steps.targets.profile import Limits, Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://tabs.example", limits=Limits(page=2))
TURN = """<script>const turn = (to) => [1, 2, 3].forEach((one) => {
  document.getElementById(`tab${one}`).ariaSelected = String(one === to);
  document.getElementById(`panel${one}`).hidden = one !== to; }); turn(1);</script>"""
TABS = "<div role=tablist>{}</div>".format(
    "".join(
        f"<button role=tab id=tab{at} onclick='turn({at})'>{name}</button>"
        for at, name in enumerate(("Subscription", "Invoices (1)", "Billing information"), 1)
    )
)
BUTTONS = {
    "buttons, one pressed": ("button", "ariaPressed"),
    "choices, one checked": ("button role=radio", "ariaChecked"),
    "links, one current": ("a href=#", "ariaCurrent"),
    "buttons, none marked": ("button", "title"),
}
"""What turns to a section in other markup, and the property that marks the one that shows."""
PANELS = """<div role=tabpanel id=panel1><h3>Current Plan</h3><p>Pro</p><p>Monthly credits: 7,500</p>
<p>Add-on credits: 4,000</p></div>
<div role=tabpanel id=panel2><h3>Invoices</h3><p>INV-1 Nov 1, 2026 Pro plan $49.00</p></div>
<div role=tabpanel id=panel3><h3>Billing information</h3><dl><dt>Company name</dt><dd>Acme Ltd</dd></dl></div>"""


def test_each_section_is_read_behind_its_tab_and_current_plan_shows_again(page: Page) -> None:
    page.set_content(f"<h2>Billing</h2>{TABS}{PANELS}{TURN}")
    billing = BillingPage(page, PROFILE)
    billing.credits()
    assert [one.number for one in invoices_on(page, PROFILE)] == ["INV-1"]
    assert "Acme Ltd" in " ".join(information_on(page, PROFILE))
    assert page.get_by_text("Add-on credits").is_visible()


def test_the_list_of_invoices_stays_open_until_the_credits_are_asked_for(page: Page) -> None:
    page.set_content(f"<h2>Billing</h2>{TABS}{PANELS}{TURN}")
    billing = BillingPage(page, PROFILE)
    billing.credits()
    invoices = Invoices(page, PROFILE)
    assert [one.number for one in invoices.all()] == ["INV-1"]
    assert page.get_by_text("INV-1").is_visible()
    assert not billing.missing_sections()
    assert not isinstance(billing.credits().add_on, Absent)
    assert page.get_by_text("Add-on credits").is_visible()


@pytest.mark.parametrize("kind", BUTTONS)
def test_what_turns_to_a_section_need_not_be_a_tab(page: Page, kind: str) -> None:
    element, mark = BUTTONS[kind]
    ways = "".join(
        f"<{element} id=tab{at} onclick='turn({at}); return false'>{name}</{element.split()[0]}>"
        for at, name in enumerate(("Overview", "Invoices", "Billing information"), 1)
    )
    panels = PANELS.replace("<h3>Invoices</h3>", "").replace("<h3>Billing information</h3>", "")
    content = f"<h2>Billing</h2><div>{ways}</div>{panels}{TURN.replace('ariaSelected', mark)}"
    page.route("**/*", lambda route: route.fulfill(content_type="text/html", body=content))
    page.goto(f"http://{element.split()[-1][0]}-{mark}.example/billing".lower())
    profile = Profile(base_url=page.url.removesuffix("/billing"), limits=Limits(page=2))
    billing = BillingPage(page, profile)
    billing.credits()
    assert [one.number for one in invoices_on(page, profile)] == ["INV-1"]
    if mark != "title":
        assert "Acme Ltd" in " ".join(information_on(page, profile))
    assert not isinstance(billing.credits().add_on, Absent)
    assert page.get_by_text("Add-on credits").is_visible()


def test_the_filter_by_date_is_looked_for_behind_its_tab_and_left_closed(page: Page) -> None:
    days = """<button onclick="days.hidden = false">Date range</button><div id=days hidden role=dialog
    style="position:fixed;inset:0;background:white"><label>From <input type=date></label>
    <label>To <input type=date></label><button>Apply</button></div>
    <script>onkeydown = ({ key }) => { if (key === "Escape") days.hidden = true; }</script>"""
    page.set_content(
        f"<h2>Billing</h2>{TABS}{PANELS.replace('<h3>Invoices</h3>', f'<h3>Invoices</h3><div>{days}</div>')}{TURN}"
    )
    BillingPage(page, PROFILE).credits()
    assert Invoices(page, PROFILE).how_days_are_chosen() == "typed into “From”"
    assert "Acme Ltd" in " ".join(information_on(page, PROFILE))
