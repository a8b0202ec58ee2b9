"""Sections of Billing that are folded: opened as a member would, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.pages.billing import BillingPage
from steps.pages.billing_information import BillingInformation
from steps.pages.invoice_list import invoices_on
from steps.pages.invoices import Invoices
from steps.targets.labels import Labels, words
from steps.targets.profile import Limits, Profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROFILE = Profile(base_url="http://site.example", limits=Limits(page=2))
PLAN = "<p>Pro</p><p>Monthly credits: 7,500</p><p>Add-on credits: 4,000</p>"
INVOICES = "<p>INV-1 Nov 1, 2026 Pro plan $49.00</p>"
FOLDS = {
    "details": "<details><summary><h3>{}</h3></summary>{}</details>",
    "a button in a heading": "<h3><button aria-expanded=false onclick=\"ariaExpanded = ariaExpanded == 'false';"
    ' parentElement.nextSibling.hidden = ariaExpanded == `false`">{}</button></h3><div hidden>{}</div>',
}
FOLDS["a sign of a style sheet"] = (
    f"<style>h3 > button::before {{{{ content: '\u25b8' }}}}</style>{FOLDS['a button in a heading']}"
)


@pytest.mark.parametrize("fold", FOLDS.values(), ids=FOLDS.keys())
def test_a_section_that_is_folded_is_opened(page: Page, fold: str) -> None:
    page.set_content(f"<h2>Current Plan</h2>{PLAN}{fold.format('Invoices', INVOICES)}")
    assert invoices_on(page, PROFILE) == ()
    BillingPage(page, PROFILE).credits()
    assert [one.number for one in invoices_on(page, PROFILE)] == ["INV-1"]
    BillingPage(page, PROFILE).credits()
    assert invoices_on(page, PROFILE)


def test_a_section_is_opened_by_what_says_to_show_it(page: Page) -> None:
    labels = Labels(invoices=words("Invoice history"))
    profile = Profile(base_url="http://site.example", limits=Limits(page=2), labels=labels)
    fold = f"<h2>Invoice history</h2><details><summary>Show invoices</summary>{INVOICES}</details>"
    page.set_content(f"<h2>Current Plan</h2>{PLAN}{fold}")
    assert [one.number for one in Invoices(page, profile).all()] == ["INV-1"]


def test_a_section_that_is_folded_again_by_a_reload_is_opened_again(page: Page) -> None:
    folded = f"<h2>Current Plan</h2>{PLAN}{FOLDS['details'].format('Invoices', INVOICES)}"
    page.route("**", lambda route: route.fulfill(content_type="text/html", body=folded))
    page.goto(PROFILE.base)
    assert [one.number for one in Invoices(page, PROFILE).all()] == ["INV-1"]
    page.reload()
    assert [one.number for one in Invoices(page, PROFILE).all()] == ["INV-1"]


def test_of_sections_that_fold_one_another_the_current_plan_stays_open(page: Page) -> None:
    fold = "<details name=one {}><summary>{}</summary>{}</details>"
    page.set_content(fold.format("", "Current Plan", PLAN) + fold.format("open", "Invoices", INVOICES))
    assert BillingPage(page, PROFILE).credits().titled
    assert page.get_by_text("Add-on credits").is_visible()


def test_what_leads_elsewhere_is_not_pressed(page: Page) -> None:
    menu = (
        "<nav><button aria-expanded=false onclick='pressed.textContent = 1'>Invoices</button></nav><i id=pressed></i>"
    )
    page.set_content(f"{menu}<h2>Current Plan</h2>{PLAN}")
    BillingPage(page, PROFILE).credits()
    assert page.locator("#pressed").text_content() == ""


def test_billing_information_that_is_folded_is_managed(page: Page) -> None:
    form = "<div id=entry hidden><label>Tax ID <input></label></div>"
    page.set_content(
        FOLDS["details"].format("Billing Information", f"<button onclick='entry.hidden = 0'>Manage</button>{form}")
    )
    section = BillingInformation(page, PROFILE)
    assert section.offers("Manage")
    assert section.manage().is_open()


LATE = """<h2>Current Plan</h2>{plan}<div id=late><h2>Billing Information</h2></div><script>setTimeout(() => {{
late.innerHTML = `<details><summary><h2>Billing Information</h2></summary>{body}</details>`; }}, 500)</script>"""


def test_a_section_that_comes_late_and_folded_is_opened(page: Page) -> None:
    body = "<p>Acme Ltd</p><button onclick='entry.hidden = 0'>Manage</button><div id=entry hidden><label>Tax ID <input>"
    section = BillingInformation(page, Profile(base_url=PROFILE.base, limits=Limits(page=20)))
    page.set_content(LATE.format(plan=PLAN, body=body))
    assert section.offers("Manage")
    page.set_content(LATE.format(plan=PLAN, body=body))
    assert section.missing_values({"company": "Acme Ltd"}) == []
    page.set_content(LATE.format(plan=PLAN, body=body))
    assert section.manage().is_open()


BARE = """<h2>Current Plan</h2>{plan}<section><header style="cursor:pointer" onclick="told.hidden = !told.hidden">
<h2>Billing Information</h2><p>What invoices say</p><button onclick="event.stopPropagation()">Manage</button><i>v</i>
</header><p id=told {hidden}>Acme Ltd</p></section><h2>Invoices</h2>"""


@pytest.mark.parametrize("hidden", ["hidden", ""])
def test_a_section_that_is_folded_and_does_not_say_so_is_opened_for_what_it_should_show(
    page: Page, hidden: str
) -> None:
    page.set_content(BARE.format(plan=PLAN, hidden=hidden))
    BillingPage(page, PROFILE).credits()
    assert page.get_by_text("Acme").is_visible() == (not hidden)
    assert BillingInformation(page, PROFILE).missing_values({"company": "Acme Ltd"}) == []


@pytest.mark.parametrize("fold", FOLDS.values(), ids=FOLDS.keys())
def test_what_is_folded_away_with_the_current_plan_is_pressed_there(page: Page, fold: str) -> None:
    packages = "".join(f"<button>{amount} credits</button>" for amount in ("2,000", "4,000"))
    pop_up = f"<dialog id=it><h2>Add credits</h2>{packages}<button>Close</button></dialog>"
    way = "<button onclick='it.showModal()'>Add credits</button>"
    billing = BillingPage(page, PROFILE)
    for _ in range(2):
        page.set_content(fold.format("Current Plan", PLAN + way) + pop_up)
        assert billing.section_of(PROFILE.labels.of("add_credits")) == "current_plan"
    page.set_content(fold.format("Current Plan", PLAN + way) + pop_up)
    assert [offer.amount for offer in billing.add_credits().offers()] == [2000, 4000]
